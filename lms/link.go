package lms

import (
	"context"
	"time"

	"aulacomune/lms/password"
)

// Link lets a person set a password, once, without knowing one. Its id is the hash of the secret in the address.
type Link struct {
	ID      string    `json:"id"`
	Person  PersonID  `json:"person"`
	Expires time.Time `json:"expires"`
	Used    time.Time `json:"used,omitzero"`
}

// links says how links are kept.
var links = Noun[Link]{
	Name: "links",
	ID:   func(l Link) string { return l.ID },
	Indexes: []Index[Link]{
		{Name: "person", Keys: func(l Link) []string { return []string{string(l.Person)} }},
		{Name: "expires", Keys: func(l Link) []string { return []string{TimeKey(l.over())} }},
	},
}

// How long a link may be used: to activate an account, and by whoever forgot their password.
const (
	LinkLife      = 7 * 24 * time.Hour
	ForgottenLife = time.Hour
)

// MinPassword is the least number of characters of a password.
const MinPassword = password.Min

// over is the moment from which the link is good for nothing.
func (l Link) over() time.Time {
	if !l.Used.IsZero() {
		return l.Used
	}
	return l.Expires
}

// newLink makes a link for a person; older ones stop working.
func (s *Accounts) newLink(ctx context.Context, p PersonID, life time.Duration) (secret string, err error) {
	old, err := s.links.All(ctx, Query{Index: "person", Equal: string(p)})
	if err != nil {
		return "", err
	}
	for _, l := range old {
		if err := s.links.Remove(ctx, l.ID); err != nil && !Is(err, NotFound) {
			return "", err
		}
	}
	secret = newSecret()
	return secret, s.links.Add(ctx, Link{ID: secretID(secret), Person: p, Expires: s.now().Add(life)})
}

// OpenLink says whom a link belongs to; NotFound when it is unknown, used or over, Conflict when its person was taken back. Opening it changes nothing: mail scanners open links.
func (s *Accounts) OpenLink(ctx context.Context, secret string) (Person, error) {
	l, err := s.links.Find(ctx, secretID(secret))
	if err == nil && (!l.Used.IsZero() || !s.now().Before(l.Expires)) {
		err = Fail(NotFound, "error.link")
	}
	if err != nil {
		return Person{}, err
	}
	p, err := s.people.Find(ctx, string(l.Person))
	if Is(err, NotFound) {
		err = Fail(Conflict, "error.link.withdrawn") // the file they came with was undone
	}
	if err == nil && !p.MayEnter() {
		err = Fail(NotFound, "error.link")
	}
	return p, err
}

// UseLink sets the password of the link's person, ends their sessions and begins a new one.
func (s *Accounts) UseLink(ctx context.Context, secret, next string) (session string, err error) {
	p, err := s.OpenLink(ctx, secret)
	if err != nil {
		return "", err
	}
	if err := checkNew(p, "password", next); err != nil {
		return "", err
	}
	hash, err := s.passwords.Hash(ctx, next)
	if err != nil {
		return "", err
	}
	_, err = s.links.Change(ctx, secretID(secret), func(l *Link) error {
		if !l.Used.IsZero() {
			return Fail(NotFound, "error.link")
		}
		l.Used = s.now()
		return nil
	})
	if err != nil {
		return "", err
	}
	if err := s.setPassword(ctx, p.ID, hash); err != nil {
		return "", err
	}
	return s.Begin(ctx, p.ID)
}

// checkNew says what is wrong with a new password of somebody, about a field.
func checkNew(p Person, field, next string) error {
	if wrong := password.Weak(next, p.Email, p.Login, p.Given, p.Family); wrong != "" {
		return Wrong(field, wrong)
	}
	return nil
}

// Forgotten makes a link for whoever says that they forgot their password, and tells whose it is: it is for that person's mailbox alone. The secret is
// "" for who has none; NotFound when nobody signs in so.
func (s *Accounts) Forgotten(ctx context.Context, login string) (p Person, secret string, err error) {
	if p, err = s.byLogin(ctx, login); err == nil && p.Email != "" {
		secret, err = s.newLink(ctx, p.ID, ForgottenLife)
	}
	return p, secret, err
}
