// Package mongo keeps records in MongoDB: the engine of lms.Records for installations with several nodes.
//
// # How it is laid out
//
// A collection is a collection. A document holds _id, rev, version (of its shape), tokens, keys and body. The body is the record's JSON
// as nested BSON: fields in their order, whole numbers as int64, other numbers as double, times as the strings they are. keys.<index> is
// a string, or an array where an index allows several; it is absent where there is no key. An index is on (keys.<index>, _id), a unique
// one on keys.<index> alone and sparse, so that documents without a key don't collide.
//
// # How it writes and reads
//
// Writes wait for a majority and the journal; reads go to the primary. Every change is one write to one document, with the revision in
// its filter. What is read from an index with one key is sorted by that index; see scan.go for those with several.
package mongo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"aulacomune/lms"
)

// Engine is a database on a server that may be several. It is safe for use by many goroutines.
type Engine struct {
	client *mongo.Client
	db     *mongo.Database
	specs  sync.Map // collection to map[string]lms.IndexSpec: a document does not say which of its keys are unique
}

var _ lms.Engine = (*Engine)(nil)

const (
	defaultDatabase = "aula"
	reachWithin     = 5 * time.Second  // to find a primary and connect to it
	answerWithin    = 15 * time.Second // one question to it
	leaveWithin     = 2 * time.Second  // to say goodbye to a server that may be gone
)

// Open connects to mongodb://host/database and asks once whether the server is there. It waits five seconds for a server, or as long as the address says in
// serverSelectionTimeoutMS and connectTimeoutMS, up to the time an answer may take.
func Open(ctx context.Context, uri string) (*Engine, error) {
	journal := true
	o := options.Client().
		SetServerSelectionTimeout(reachWithin).
		SetConnectTimeout(reachWithin).
		ApplyURI(uri). // which may ask for more patience
		SetAppName("aula").
		SetRetryWrites(false). // lms.Records tries again itself, and knows its own writes by their tokens on any server
		SetReadPreference(readpref.Primary()).
		SetReadConcern(readconcern.Local()).
		SetWriteConcern(&writeconcern.WriteConcern{W: writeconcern.WCMajority, Journal: &journal})
	client, err := mongo.Connect(o)
	if err != nil {
		return nil, fmt.Errorf("open MongoDB: %w", err)
	}
	e := &Engine{client: client, db: client.Database(database(uri))}
	if err := e.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open MongoDB: %w", err), e.Close())
	}
	return e, nil
}

// database is the name in a URI's path. A URI may list several hosts, which net/url does not read.
func database(uri string) string {
	_, rest, _ := strings.Cut(uri, "://")
	rest, _, _ = strings.Cut(rest, "?")
	_, name, _ := strings.Cut(rest, "/")
	if name == "" {
		return defaultDatabase
	}
	return name
}

// Close ends the connections.
func (e *Engine) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), leaveWithin)
	defer cancel()
	if err := e.client.Disconnect(ctx); err != nil && !errors.Is(err, mongo.ErrClientDisconnected) {
		return fmt.Errorf("close MongoDB: %w", err)
	}
	return nil
}

// Ping says whether a primary answers.
func (e *Engine) Ping(ctx context.Context) error {
	within, cancel := limit(ctx)
	defer cancel()
	if err := e.client.Ping(within, readpref.Primary()); err != nil {
		return fmt.Errorf("ping: %w", fault(ctx, err))
	}
	return nil
}

// limit gives the context of one question, so that a server that hangs is not waited for.
func limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, answerWithin)
}

// Prepare makes a collection's indexes as they are declared, and drops those that are declared no more or otherwise. It has no time
// limit of its own: the first index on a large collection takes a while.
func (e *Engine) Prepare(ctx context.Context, c lms.Collection) error {
	specs := map[string]lms.IndexSpec{}
	for _, s := range c.Indexes {
		specs[s.Name] = s
	}
	e.specs.Store(c.Name, specs)
	if err := e.prepare(ctx, c); err != nil {
		return fmt.Errorf("prepare %s: %w", c.Name, fault(ctx, err))
	}
	return nil
}

func (e *Engine) prepare(ctx context.Context, c lms.Collection) error {
	view := e.db.Collection(c.Name).Indexes()
	there, err := view.ListSpecifications(ctx)
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, s := range there {
		if !strings.HasPrefix(s.Name, indexPrefix) {
			continue
		}
		if isDeclared(s, c.Indexes) {
			kept[s.Name] = true
		} else if err := view.DropOne(ctx, s.Name); err != nil && !hasCode(err, indexNotFound) {
			return err
		}
	}
	var models []mongo.IndexModel
	for _, s := range c.Indexes {
		if !kept[indexPrefix+s.Name] {
			models = append(models, model(s))
		}
	}
	if len(models) == 0 {
		return nil
	}
	_, err = view.CreateMany(ctx, models)
	return err
}

// indexPrefix begins the names of our indexes.
const indexPrefix = "key_"

// model is an index as the server is asked for it.
func model(s lms.IndexSpec) mongo.IndexModel {
	o := options.Index().SetName(indexPrefix + s.Name)
	if s.Unique {
		return mongo.IndexModel{Keys: bson.D{{Key: field(s), Value: 1}}, Options: o.SetUnique(true).SetSparse(true)}
	}
	return mongo.IndexModel{Keys: bson.D{{Key: field(s), Value: 1}, {Key: "_id", Value: 1}}, Options: o}
}

// isDeclared says whether an index on the server is one of ours as it should be.
func isDeclared(there mongo.IndexSpecification, specs []lms.IndexSpec) bool {
	for _, s := range specs {
		if indexPrefix+s.Name == there.Name {
			return s.Unique == (there.Unique != nil && *there.Unique)
		}
	}
	return false
}

// field is where the keys of an index lie.
func field(s lms.IndexSpec) string {
	if s.Name == "id" {
		return "_id"
	}
	return "keys." + s.Name
}

// Drop deletes the database with everything in it.
func (e *Engine) Drop(ctx context.Context) error {
	if err := e.db.Drop(ctx); err != nil {
		return fmt.Errorf("drop %s: %w", e.db.Name(), fault(ctx, err))
	}
	return nil
}
