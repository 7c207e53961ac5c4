package signin

import (
	"context"
	"crypto/subtle"
	"errors"
	"strings"
	"time"

	"aulacomune/lms"

	"golang.org/x/oauth2"
)

// Attempt is somebody on their way to a provider and back. Its id is the hash of the state that goes with them. It is removed when they are back.
type Attempt struct {
	ID       string       `json:"id"`
	Provider string       `json:"provider"`
	Browser  string       `json:"browser"` // the hash of what the browser holds that began it
	Nonce    string       `json:"nonce"`
	Verifier string       `json:"verifier"` // of PKCE
	Next     string       `json:"next,omitempty"`
	Person   lms.PersonID `json:"person,omitempty"` // who wants to link an account; "" for signing in
	Expires  time.Time    `json:"expires"`
}

var attempts = lms.Noun[Attempt]{
	Name:    "signin_attempts",
	ID:      func(a Attempt) string { return a.ID },
	Indexes: []lms.Index[Attempt]{{Name: "over", Keys: func(a Attempt) []string { return []string{lms.TimeKey(a.Expires)} }}},
}

// AttemptLife is how long somebody may be at a provider.
const AttemptLife = 10 * time.Minute

// Departure is where a browser goes to, and what it holds until it is back.
type Departure struct {
	Address string // of the provider
	Browser string // a secret for a cookie
}

// Depart begins an attempt with a provider: to sign in, or for an actor to link their account there. from is the client's address, next where to go afterwards.
func (s *Service) Depart(ctx context.Context, a lms.Actor, provider, next, from string) (Departure, error) {
	c, err := s.connection(provider)
	if err != nil {
		return Departure{}, err
	}
	if !a.Nobody() {
		if err := a.Must(lms.Learner); err != nil {
			return Departure{}, err
		}
	}
	if err := s.departures.Try(s.now(), from); err != nil {
		return Departure{}, err
	}
	o, err := c.open(ctx)
	if err != nil {
		s.log.Error("identity provider does not answer", "provider", provider, "err", err)
		return Departure{}, &lms.Error{Kind: lms.Unavailable, Message: "error.oidc.down", Err: err}
	}
	if len(next) > maxNext {
		next = ""
	}
	state, browser := newSecret(), newSecret()
	at := Attempt{ID: hash(state), Provider: provider, Browser: hash(browser), Nonce: newSecret(), Verifier: oauth2.GenerateVerifier(), Next: next, Person: a.ID, Expires: s.now().Add(AttemptLife)}
	if err := s.attempts.Add(ctx, at); err != nil {
		return Departure{}, err
	}
	return Departure{Address: o.address(state, at), Browser: browser}, nil
}

// Return is what a browser brings back from a provider.
type Return struct {
	Provider, State, Code string
	Issuer                string // who says that they answer, where the provider does (RFC 9207)
	Error                 string // instead of a code
	Browser               string // of the cookie
	From                  string // the client's address
}

// Arrival is what came of an attempt.
type Arrival struct {
	Session string // secret of the new session; "" where an account was linked
	Next    string
	Name    string // what the provider says of somebody whom nobody knows here
	Email   string
	Ente    string // whose referents were told that this person would like to be added; "" for none
}

// Arrive ends an attempt. a is who is signed in in the browser, if anybody: only who began to link an account can end it.
func (s *Service) Arrive(ctx context.Context, a lms.Actor, r Return) (Arrival, error) {
	if _, err := s.connection(r.Provider); err != nil {
		return Arrival{}, err
	}
	at, c, err := s.take(ctx, r)
	if err != nil {
		return Arrival{}, err
	}
	if r.Error != "" {
		return Arrival{}, s.refused(r)
	}
	found, err := c.exchange(ctx, at, r.Code)
	if err != nil {
		s.log.Warn("sign-in with an identity provider failed", "provider", r.Provider, "err", err)
		return Arrival{}, inWords(err)
	}
	if at.Person != "" {
		if a.ID != at.Person {
			return Arrival{}, lms.Fail(lms.Forbidden, "error.oidc.other")
		}
		return Arrival{Next: at.Next}, s.link(ctx, found, a.ID, Themselves)
	}
	p, err := s.person(ctx, found)
	if err != nil {
		return s.stranger(ctx, found, err), err
	}
	s.departures.TakeBack(r.From)
	session, err := s.enter(ctx, p)
	return Arrival{Session: session, Next: at.Next}, err
}

// stranger says what a provider says of somebody who is not let in, and tells the referents of their ente of somebody who is not known there, where the
// provider is believed about the address.
func (s *Service) stranger(ctx context.Context, c claims, why error) Arrival {
	out := Arrival{Name: strings.TrimSpace(c.given + " " + c.family), Email: c.email}
	e, ok := errors.AsType[*lms.Error](why)
	if !ok || e.Message != "error.oidc.unknown" || s.propose == nil || !c.verified || !c.provider.trusts(c.email) || c.given == "" || c.family == "" {
		return out
	}
	ente, err := s.propose(ctx, c.email, c.given, c.family)
	if err != nil {
		s.log.Error("proposal of a new person", "err", err)
		return out
	}
	out.Ente = ente
	return out
}

// take finds an attempt and removes it: it can be ended once, by the browser that began it, with the provider to which it went.
func (s *Service) take(ctx context.Context, r Return) (Attempt, *connection, error) {
	over := lms.Fail(lms.Forbidden, "error.oidc.over")
	if r.State == "" || r.Browser == "" {
		return Attempt{}, nil, over
	}
	at, err := s.attempts.Find(ctx, hash(r.State))
	if lms.Is(err, lms.NotFound) {
		return Attempt{}, nil, over
	}
	if err != nil {
		return Attempt{}, nil, err
	}
	if subtle.ConstantTimeCompare([]byte(at.Browser), []byte(hash(r.Browser))) != 1 {
		return Attempt{}, nil, over
	}
	if err := s.attempts.Remove(ctx, at.ID); lms.Is(err, lms.NotFound) {
		return Attempt{}, nil, over
	} else if err != nil {
		return Attempt{}, nil, err
	}
	if at.Provider != r.Provider || !s.now().Before(at.Expires) {
		return Attempt{}, nil, over
	}
	c, err := s.connection(r.Provider)
	if err == nil && r.Issuer != "" && r.Issuer != c.provider.Issuer {
		err = lms.Fail(lms.Forbidden, "error.oidc.answer")
	}
	return at, c, err
}

// refused is a provider's own no.
func (s *Service) refused(r Return) error {
	switch r.Error {
	case "access_denied", "login_required", "consent_required", "interaction_required":
		return lms.Fail(lms.Forbidden, "error.oidc.denied")
	case "temporarily_unavailable", "server_error":
		return lms.Fail(lms.Unavailable, "error.oidc.down")
	}
	s.log.Warn("an identity provider refused", "provider", r.Provider, "error", clean(r.Error))
	return lms.Fail(lms.Forbidden, "error.oidc.answer")
}

// clean is the code of an error as a log may hold it.
func clean(code string) string {
	out := []byte{}
	for i := range min(len(code), 60) {
		if c := code[i]; c == '_' || c >= 'a' && c <= 'z' {
			out = append(out, c)
		}
	}
	return string(out)
}

func (s *Service) connection(id string) (*connection, error) {
	for _, c := range s.providers {
		if c.provider.ID == id {
			return c, nil
		}
	}
	return nil, lms.Fail(lms.NotFound, "error.oidc.provider")
}

// inWords is why a provider's answer was refused, as people may read it.
func inWords(err error) error {
	for _, x := range []struct {
		err  error
		kind lms.ErrorKind
		key  string
	}{{errClock, lms.Forbidden, "error.oidc.clock"}, {errNonce, lms.Forbidden, "error.oidc.over"}, {errDown, lms.Unavailable, "error.oidc.down"}} {
		if errors.Is(err, x.err) {
			return &lms.Error{Kind: x.kind, Message: x.key, Err: err}
		}
	}
	return &lms.Error{Kind: lms.Forbidden, Message: "error.oidc.answer", Err: err}
}
