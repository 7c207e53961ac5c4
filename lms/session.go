package lms

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Session is a person signed in, in one browser or one API client. Its id is the hash of the secret that the client holds.
type Session struct {
	ID      string    `json:"id"`
	Person  PersonID  `json:"person"`
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen"` // to within ten minutes
	Expires time.Time `json:"expires"`
}

// sessions says how sessions are kept.
var sessions = Noun[Session]{
	Name: "sessions",
	ID:   func(s Session) string { return s.ID },
	Indexes: []Index[Session]{
		{Name: "person", Keys: func(s Session) []string { return []string{string(s.Person)} }},
		{Name: "expires", Keys: func(s Session) []string { return []string{TimeKey(s.Expires)} }},
	},
}

const (
	sessionLife  = 12 * time.Hour   // without use
	sessionTouch = 10 * time.Minute // how often use is written down
	sessionCache = 5 * time.Second  // how long another node may not know of a sign-out
)

// TimeKey is a moment as an order-preserving index key.
func TimeKey(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// Begin opens a session and gives its secret, which is kept nowhere. It asks nobody who they are: lms/signin does that, too.
func (s *Accounts) Begin(ctx context.Context, p PersonID) (secret string, err error) {
	now := s.now()
	secret = newSecret()
	return secret, s.sessions.Add(ctx, Session{ID: secretID(secret), Person: p, Created: now, Seen: now, Expires: now.Add(sessionLife)})
}

// Who says who holds a session's secret; the zero Actor when it is unknown or over.
func (s *Accounts) Who(ctx context.Context, secret string) (Actor, error) {
	if secret == "" || strings.HasPrefix(secret, tokenPrefix) {
		return Actor{}, nil
	}
	id, now := secretID(secret), s.now()
	if a, ok := s.actors.Get(id, now); ok {
		return a, nil
	}
	session, err := s.sessions.Find(ctx, id)
	if Is(err, NotFound) || err == nil && !now.Before(session.Expires) {
		return Actor{}, nil
	}
	if err != nil {
		return Actor{}, err
	}
	if now.Sub(session.Seen) > sessionTouch {
		if err := s.touch(ctx, id, now); err != nil {
			return Actor{}, err
		}
	}
	return s.actor(ctx, id, session.Person, Everything)
}

func (s *Accounts) touch(ctx context.Context, id string, now time.Time) error {
	_, err := s.sessions.Change(ctx, id, func(x *Session) error {
		x.Seen, x.Expires = now, now.Add(sessionLife)
		return nil
	})
	if Is(err, NotFound) {
		return nil
	}
	return err
}

// actor loads the person behind a credential and remembers them for a few seconds.
func (s *Accounts) actor(ctx context.Context, id string, p PersonID, scope Scope) (Actor, error) {
	person, err := s.people.Find(ctx, string(p))
	if Is(err, NotFound) || err == nil && !person.MayEnter() {
		return Actor{}, nil
	}
	if err != nil {
		return Actor{}, err
	}
	a := ActorOf(person, s.now(), scope)
	s.actors.Put(id, a, s.now())
	return a, nil
}

// SignOut ends a session.
func (s *Accounts) SignOut(ctx context.Context, secret string) error {
	err := s.sessions.Remove(ctx, secretID(secret))
	s.actors.ForgetAll()
	if Is(err, NotFound) {
		return nil
	}
	return err
}

// Forget removes every way by which somebody signs in.
func (s *Accounts) Forget(ctx context.Context, p PersonID) error {
	return cmpErr(s.endSessions(ctx, p), removeOf(ctx, s.links, p), removeOf(ctx, s.tokens, p))
}

// removeOf removes what its index "person" says is somebody's.
func removeOf[T any](ctx context.Context, r *Records[T], p PersonID) error {
	return r.RemoveAll(ctx, Query{Index: "person", Equal: string(p)})
}

// endSessions signs a person out everywhere.
func (s *Accounts) endSessions(ctx context.Context, p PersonID) error {
	err := removeOf(ctx, s.sessions, p)
	s.actors.ForgetAll()
	return err
}

// Sweep removes sessions, links and tokens that are over.
func (s *Accounts) Sweep(ctx context.Context) error {
	now := s.now()
	return errors.Join(removeOver(ctx, s.sessions, now), removeOver(ctx, s.links, now), removeOver(ctx, s.tokens, now))
}

// sweepBatch is how much of one kind is removed at a time: what is left waits for the next sweep, half a minute later.
const sweepBatch = 1000

// removeOver removes what its index "expires" says is over. Another node may be doing the same.
func removeOver[T any](ctx context.Context, r *Records[T], now time.Time) error {
	return r.RemoveAll(ctx, Query{Index: "expires", To: TimeKey(now), Limit: sweepBatch})
}
