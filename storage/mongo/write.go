package mongo

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"aulacomune/lms"
)

// Get reads one document.
func (e *Engine) Get(ctx context.Context, collection, id string) (lms.Document, error) {
	within, cancel := limit(ctx)
	defer cancel()
	var s stored
	err := e.db.Collection(collection).FindOne(within, bson.D{{Key: "_id", Value: id}}).Decode(&s)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return lms.Document{}, fmt.Errorf("get %s: %w", collection, notFound())
	}
	if err != nil {
		return lms.Document{}, fmt.Errorf("get %s: %w", collection, fault(ctx, err))
	}
	d, err := e.document(collection, s)
	if err != nil {
		return d, fmt.Errorf("get %s: %w", collection, err)
	}
	return d, nil
}

// Insert adds a document.
func (e *Engine) Insert(ctx context.Context, collection string, d lms.Document) error {
	doc, err := toBSON(d)
	if err != nil {
		return fmt.Errorf("insert %s: %w", collection, err)
	}
	within, cancel := limit(ctx)
	defer cancel()
	if _, err := e.db.Collection(collection).InsertOne(within, doc); err != nil {
		return fmt.Errorf("insert %s: %w", collection, fault(ctx, err))
	}
	return nil
}

// Replace writes a document over the one of the revision before.
func (e *Engine) Replace(ctx context.Context, collection string, next lms.Document) error {
	doc, err := toBSON(next)
	if err != nil {
		return fmt.Errorf("replace %s: %w", collection, err)
	}
	within, cancel := limit(ctx)
	defer cancel()
	res, err := e.db.Collection(collection).ReplaceOne(within, revision(next.ID, next.Rev-1), doc)
	if err == nil && res.MatchedCount == 0 {
		err = e.staleOrGone(within, collection, next.ID)
	}
	if err != nil {
		return fmt.Errorf("replace %s: %w", collection, fault(ctx, err))
	}
	return nil
}

// Delete removes a document of a revision.
func (e *Engine) Delete(ctx context.Context, collection, id string, rev int64) error {
	within, cancel := limit(ctx)
	defer cancel()
	res, err := e.db.Collection(collection).DeleteOne(within, revision(id, rev))
	if err == nil && res.DeletedCount == 0 {
		err = e.staleOrGone(within, collection, id)
	}
	if err != nil {
		return fmt.Errorf("delete %s: %w", collection, fault(ctx, err))
	}
	return nil
}

// revision finds a document as it was when it was read.
func revision(id string, rev int64) bson.D {
	return bson.D{{Key: "_id", Value: id}, {Key: "rev", Value: rev}}
}

// staleOrGone says why a revision was not found.
func (e *Engine) staleOrGone(ctx context.Context, collection, id string) error {
	only := options.FindOne().SetProjection(bson.D{{Key: "_id", Value: 1}})
	err := e.db.Collection(collection).FindOne(ctx, bson.D{{Key: "_id", Value: id}}, only).Err()
	switch {
	case err == nil:
		return lms.Stale()
	case errors.Is(err, mongo.ErrNoDocuments):
		return notFound()
	default:
		return err
	}
}
