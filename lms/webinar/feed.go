package webinar

import (
	"context"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/codes"
)

// Feed lets calendar programs fetch somebody's webinars by a secret address, until they make another or end it.
type Feed struct {
	Person lms.PersonID `json:"person"`
	Hash   string       `json:"hash"` // of the secret
	At     time.Time    `json:"at"`
}

// feeds says how feeds are kept: one for each person.
var feeds = lms.Noun[Feed]{
	Name: "webinar_feeds",
	ID:   func(f Feed) string { return string(f.Person) },
	Indexes: []lms.Index[Feed]{
		{Name: "hash", Unique: true, Keys: func(f Feed) []string { return []string{f.Hash} }},
	},
}

// NewFeed gives the actor the secret of their calendar feed; the one before stops working.
func (s *Webinars) NewFeed(ctx context.Context, a lms.Actor) (secret string, err error) {
	if err := a.Must(lms.Learner); err != nil {
		return "", err
	}
	secret = codes.Secret()
	f := Feed{Person: a.ID, Hash: codes.Digest(secret), At: s.now()}
	err = s.feeds.Add(ctx, f)
	if lms.IsTaken(err, "id") {
		_, err = s.feeds.Change(ctx, string(a.ID), func(old *Feed) error { *old = f; return nil })
	}
	return secret, err
}

// EndFeed ends the actor's calendar feed. The same again changes nothing.
func (s *Webinars) EndFeed(ctx context.Context, a lms.Actor) error {
	if err := a.Must(lms.Learner); err != nil {
		return err
	}
	return unlessNotFound(s.feeds.Remove(ctx, string(a.ID)))
}

// FeedSince is since when the actor has a calendar feed; zero where they have none.
func (s *Webinars) FeedSince(ctx context.Context, a lms.Actor) (time.Time, error) {
	if a.Nobody() {
		return time.Time{}, lms.Fail(lms.SignIn, "error.signin")
	}
	f, err := s.feeds.Find(ctx, string(a.ID))
	return f.At, unlessNotFound(err)
}

// Fetched is what a calendar program gets.
type Fetched struct {
	Lang    string
	Invites []Invite // without where one enters: addresses of feeds get passed on
}

// FetchFeed gives the webinars in which the owner of a feed has a seat, cancelled ones too, the latest first; NotFound where the secret is nobody's.
func (s *Webinars) FetchFeed(ctx context.Context, secret string) (Fetched, error) {
	none := lms.Fail(lms.NotFound, "error.link")
	found, err := s.feeds.All(ctx, lms.Query{Index: "hash", Equal: codes.Digest(secret), Limit: 1})
	if err != nil || len(found) == 0 {
		return Fetched{}, errorOr(err, none)
	}
	p, err := s.in.School.People.Known(ctx, found[0].Person)
	if err != nil || !p.MayEnter() {
		return Fetched{}, errorOr(unlessNotFound(err), none)
	}
	out := Fetched{Lang: p.Lang}
	for r, err := range s.in.Cohorts.Webinars(ctx, p.ID) {
		if err != nil {
			return Fetched{}, err
		}
		w, err := s.byID(ctx, ID(r.Webinar))
		if err != nil {
			return Fetched{}, err
		}
		if r.Place().Has() || w.State() == Cancelled {
			i := s.invite(w, p)
			i.Enter, i.Email, i.Stamp = "", "", r.Since()
			out.Invites = append(out.Invites, i)
		}
	}
	return out, nil
}

// errorOr is an error, or another where there is none.
func errorOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
