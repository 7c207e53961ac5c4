package lms

import (
	"context"
	"strings"
	"time"
)

// Token lets a program act for a person within a scope. Its id is the hash of the secret, which is shown once.
type Token struct {
	ID      string    `json:"id"`
	Person  PersonID  `json:"person"`
	Name    string    `json:"name"` // what it is for
	Scope   Scope     `json:"scope"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires"`
}

// tokens says how tokens are kept.
var tokens = Noun[Token]{
	Name: "tokens",
	ID:   func(t Token) string { return t.ID },
	Indexes: []Index[Token]{
		{Name: "person", Keys: func(t Token) []string { return []string{string(t.Person)} }},
		{Name: "expires", Keys: func(t Token) []string { return []string{TimeKey(t.Expires.Add(tokenShown))} }},
	},
}

// tokenPrefix makes a token recognisable, to a person and to a scanner of leaked secrets.
const tokenPrefix = "aula_"

const (
	maxTokenDays = 366
	tokenShown   = 30 * 24 * time.Hour // after it expired, so that its person sees why a program stopped
)

// AddToken makes a token for the actor and gives its secret, once.
func (s *Accounts) AddToken(ctx context.Context, a Actor, name string, scope Scope, days int) (secret string, err error) {
	if err := a.must(Learner); err != nil {
		return "", err
	}
	switch name = strings.TrimSpace(name); {
	case name == "" || len(name) > 80:
		return "", Wrong("name", "error.token.name")
	case scope != ScopePublish && scope != ScopeRead:
		return "", Wrong("scope", "error.token.scope")
	case days < 1 || days > maxTokenDays:
		return "", Wrong("days", "error.token.days")
	}
	secret, now := tokenPrefix+newSecret(), s.now()
	return secret, s.tokens.Add(ctx, Token{ID: secretID(secret), Person: a.ID, Name: name, Scope: scope, Created: now, Expires: now.AddDate(0, 0, days)})
}

// Tokens lists the actor's tokens.
func (s *Accounts) Tokens(ctx context.Context, a Actor) ([]Token, error) {
	if err := a.mayRead(); err != nil {
		return nil, err
	}
	return s.tokens.All(ctx, Query{Index: "person", Equal: string(a.ID)})
}

// RevokeToken ends one of the actor's tokens.
func (s *Accounts) RevokeToken(ctx context.Context, a Actor, id string) error {
	if err := a.must(Learner); err != nil {
		return err
	}
	t, err := s.tokens.Find(ctx, id)
	if err != nil {
		return asUnknown(err, "error.token.unknown")
	}
	if t.Person != a.ID {
		return Fail(NotFound, "error.token.unknown")
	}
	err = s.tokens.Remove(ctx, id)
	s.actors.ForgetAll()
	return err
}

// Bearer says who holds a bearer secret, be it a token or a session.
func (s *Accounts) Bearer(ctx context.Context, secret string) (Actor, error) {
	if !strings.HasPrefix(secret, tokenPrefix) {
		return s.Who(ctx, secret)
	}
	id, now := secretID(secret), s.now()
	if a, ok := s.actors.Get(id, now); ok {
		return a, nil
	}
	t, err := s.tokens.Find(ctx, id)
	if Is(err, NotFound) || err == nil && !now.Before(t.Expires) {
		return Actor{}, nil
	}
	if err != nil {
		return Actor{}, err
	}
	return s.actor(ctx, id, t.Person, t.Scope)
}
