package storagetest_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// losing is an engine whose answers get lost: every write is tried in vain once, half of them are made all the same.
type losing struct {
	lms.Engine
	tried sync.Map
	n     atomic.Int64
}

func (l *losing) lose(what string, write func() error) error {
	if _, again := l.tried.LoadOrStore(what, true); again {
		return write()
	}
	if l.n.Add(1)%2 == 0 {
		if err := write(); err != nil {
			return err
		}
	}
	return lms.Fail(lms.Unavailable, "lost")
}

// Insert adds a document.
func (l *losing) Insert(ctx context.Context, collection string, d lms.Document) error {
	return l.lose("insert "+d.Tokens[0], func() error { return l.Engine.Insert(ctx, collection, d) })
}

// Replace writes over a document.
func (l *losing) Replace(ctx context.Context, collection string, next lms.Document) error {
	return l.lose("replace "+next.Tokens[len(next.Tokens)-1], func() error { return l.Engine.Replace(ctx, collection, next) })
}

// Delete removes a document.
func (l *losing) Delete(ctx context.Context, collection, id string, rev int64) error {
	return l.lose("delete "+id, func() error { return l.Engine.Delete(ctx, collection, id, rev) })
}

// A write whose answer was lost is made once, however often it is tried, while others write too.
func TestLostAnswers(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		e := &losing{Engine: s.Open(t)}
		handles := []*lms.Records[thing]{records(t, lms.Engine(e), things("things")), records(t, lms.Engine(e), things("things"))}
		changeMuch(t, handles)
	})
}

// late is an engine whose first answer to a change is lost, and others are busy before the writer learns of it.
type late struct {
	lms.Engine
	once  sync.Once
	other func()
}

// Replace writes over a document.
func (l *late) Replace(ctx context.Context, collection string, next lms.Document) error {
	err := l.Engine.Replace(ctx, collection, next)
	l.once.Do(func() {
		l.other()
		err = lms.Fail(lms.Unavailable, "lost")
	})
	return err
}

// However much others write before a writer tries again, its change is made once.
func TestLostAnswerThenManyChanges(t *testing.T) {
	count := func(t *testing.T, r *lms.Records[thing]) {
		if _, err := r.Change(t.Context(), "a", func(x *thing) error { x.N++; return nil }); err != nil {
			t.Error(err)
		}
	}
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		other := open(t, s, "things")
		if err := other.Add(t.Context(), thing{ID: "a"}); err != nil {
			t.Fatal(err)
		}
		e := &late{Engine: s.Open(t), other: func() {
			for range 50 {
				count(t, other)
			}
		}}
		count(t, records(t, lms.Engine(e), things("things")))
		if got, err := other.Find(t.Context(), "a"); err != nil || got.N != 51 {
			t.Errorf("%d changes were kept of 51, error %v", got.N, err)
		}
	})
}

// changeMuch adds, changes and removes through several handles and checks that all of it was done once.
func changeMuch(t *testing.T, handles []*lms.Records[thing]) {
	t.Helper()
	ctx := t.Context()
	if err := handles[0].Add(ctx, thing{ID: "shared"}); err != nil {
		t.Fatal(err)
	}
	const workers, rounds = 4, 20
	parallel(workers, func(w int) {
		r := handles[w%len(handles)]
		for i := range rounds {
			id := fmt.Sprint(w, "-", i)
			if err := r.Add(ctx, thing{ID: id, Code: id}); err != nil {
				t.Errorf("add: %v", err)
			}
			if _, err := r.Change(ctx, "shared", func(x *thing) error { x.N++; return nil }); err != nil {
				t.Errorf("change: %v", err)
			}
			if i%2 == 1 {
				continue
			}
			if err := r.Remove(ctx, id); err != nil {
				t.Errorf("remove: %v", err)
			}
		}
	})
	if got, err := handles[0].Find(ctx, "shared"); err != nil || got.N != workers*rounds {
		t.Errorf("%d changes were kept of %d, error %v", got.N, workers*rounds, err)
	}
	if n, err := handles[0].Count(ctx, lms.Query{}); err != nil || n != 1+workers*rounds/2 {
		t.Errorf("%d records are left of %d, error %v", n, 1+workers*rounds/2, err)
	}
	consistent(t, handles[0])
}

// The same with a connection that breaks after the server got the question and before its answer is back.
func TestBrokenConnections(t *testing.T) {
	s := storagetest.Mongo(t)
	p := startBreaker(t, s.Source)
	broken := s
	broken.Source = p.source
	handles := []*lms.Records[thing]{open(t, broken, "things"), open(t, broken, "things")}
	p.breakEvery.Store(37)
	changeMuch(t, handles)
	p.breakEvery.Store(0)
	if p.broke.Load() == 0 {
		t.Error("no connection was broken")
	}
}

// breaker passes connections on to a server and breaks one at every so many answers.
type breaker struct {
	source     string
	server     string
	breakEvery atomic.Int64
	answers    atomic.Int64
	broke      atomic.Int64
}

func startBreaker(t *testing.T, source string) *breaker {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(source, "://")
	server, database, _ := strings.Cut(rest, "/")
	database, _, _ = strings.Cut(database, "?") // what is measured here is the engine's own patience
	// Directly, because the server tells its own address to whoever asks for the replica set.
	b := &breaker{server: server, source: "mongodb://" + l.Addr().String() + "/" + database + "?directConnection=true"}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { b.pass(c) })
		}
	})
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		all.Wait()
	})
	return b
}

// pass copies questions one way and answers the other until one of them ends or it is time to break.
func (b *breaker) pass(client net.Conn) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("tcp", b.server)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() {
		_, _ = io.Copy(server, client) // ends when either is closed
		_ = server.Close()
	}()
	buffer := make([]byte, 64<<10)
	for {
		n, err := server.Read(buffer)
		if err != nil {
			return
		}
		if every := b.breakEvery.Load(); every > 0 && b.answers.Add(1)%every == 0 {
			b.broke.Add(1)
			return
		}
		if _, err := client.Write(buffer[:n]); err != nil {
			return
		}
	}
}
