package signin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/fiscal"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// connection is a provider with what it says of itself, which is asked when it is first needed, and again now and then.
type connection struct {
	provider Provider
	back     string // where it sends people back to
	client   *http.Client
	now      func() time.Time
	mu       sync.Mutex
	opened   *opened
	until    time.Time
}

// opened is a provider that answered.
type opened struct {
	provider *oidc.Provider
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
}

const (
	askedFor    = 12 * time.Hour // how long what a provider says of itself is believed
	answerTime  = 10 * time.Second
	answerBytes = 1 << 20
)

// Why a provider's answer was refused.
var (
	errClock = errors.New("the token is over, or not yet good: one of the clocks is wrong")
	errNonce = errors.New("the token is of another attempt")
	errDown  = errors.New("the provider does not answer")
)

func newConnection(p Provider, address string, now func() time.Time) *connection {
	return &connection{provider: p, back: strings.TrimSuffix(address, "/") + "/accedi/con/" + p.ID + "/ritorno", now: now, client: &http.Client{Timeout: answerTime, Transport: short{http.DefaultTransport}}}
}

// short reads no more of an answer than any provider has to say.
type short struct{ http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (s short) RoundTrip(r *http.Request) (*http.Response, error) {
	a, err := s.RoundTripper.RoundTrip(r)
	if err == nil {
		a.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(a.Body, answerBytes), a.Body}
	}
	return a, err
}

// context is for calls of the provider: with our client.
func (c *connection) context(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, c.client)
}

// open asks the provider what it is, unless that was done not long ago.
func (c *connection) open(ctx context.Context) (*opened, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.opened != nil && c.now().Before(c.until) {
		return c.opened, nil
	}
	p, err := oidc.NewProvider(c.context(context.WithoutCancel(ctx)), c.provider.Issuer) // its keys are fetched with this context, later
	if err != nil {
		if c.opened != nil {
			return c.opened, nil // what it said before is better than nothing
		}
		return nil, fmt.Errorf("%w: %w", errDown, err)
	}
	c.opened = &opened{
		provider: p, verifier: p.Verifier(&oidc.Config{ClientID: c.provider.ClientID, Now: c.now}),
		oauth: oauth2.Config{ClientID: c.provider.ClientID, ClientSecret: c.provider.Secret, Endpoint: p.Endpoint(), RedirectURL: c.back, Scopes: c.provider.Scopes},
	}
	c.until = c.now().Add(askedFor)
	return c.opened, nil
}

// address is where the browser goes.
func (o *opened) address(state string, at Attempt) string {
	return o.oauth.AuthCodeURL(state, oidc.Nonce(at.Nonce), oauth2.S256ChallengeOption(at.Verifier))
}

// claims are what a provider says of somebody.
type claims struct {
	provider      Provider
	issuer        string
	subject       string
	fiscal        fiscal.Number // "" without a good one
	given, family string
	email         string
	verified      bool
}

// exchange gives the code for a token, checks it, and reads what it says of whom.
func (c *connection) exchange(ctx context.Context, at Attempt, code string) (claims, error) {
	o, err := c.open(ctx)
	if err != nil {
		return claims{}, err
	}
	ctx = c.context(ctx)
	token, err := o.oauth.Exchange(ctx, code, oauth2.VerifierOption(at.Verifier))
	if err != nil {
		return claims{}, down(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := o.verifier.Verify(ctx, raw)
	if expired, ok := errors.AsType[*oidc.TokenExpiredError](err); ok {
		return claims{}, fmt.Errorf("%w: %w", errClock, expired)
	}
	if err != nil && strings.Contains(err.Error(), "before the nbf") {
		return claims{}, fmt.Errorf("%w: %w", errClock, err)
	}
	if err != nil {
		return claims{}, down(err)
	}
	if id.Nonce == "" || id.Nonce != at.Nonce {
		return claims{}, errNonce
	}
	said := map[string]any{}
	if err := id.Claims(&said); err != nil {
		return claims{}, fmt.Errorf("claims: %w", err)
	}
	if azp, ok := said["azp"].(string); ok && azp != c.provider.ClientID {
		return claims{}, errors.New("the token was made for another client")
	}
	if err := o.more(ctx, token, id.Subject, said); err != nil {
		return claims{}, err
	}
	return c.read(id, said), nil
}

// more adds what the provider's page about its user says and the token does not.
func (o *opened) more(ctx context.Context, token *oauth2.Token, subject string, said map[string]any) error {
	if o.provider.UserInfoEndpoint() == "" {
		return nil
	}
	info, err := o.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return down(err)
	}
	if info.Subject != subject {
		return errors.New("the provider's page about its user is about another")
	}
	also := map[string]any{}
	if err := info.Claims(&also); err != nil {
		return fmt.Errorf("claims: %w", err)
	}
	for name, value := range also {
		if _, there := said[name]; !there {
			said[name] = value
		}
	}
	return nil
}

// read maps what was said to what we know. A fiscal number that is none is as none at all.
func (c *connection) read(id *oidc.IDToken, said map[string]any) claims {
	text := func(name string) string {
		s, _ := said[name].(string)
		if name == "" || len(s) > 300 {
			return ""
		}
		return strings.TrimSpace(s)
	}
	names := c.provider.Claims
	out := claims{provider: c.provider, issuer: id.Issuer, subject: id.Subject, given: text(names.Given), family: text(names.Family), email: lms.FoldLogin(text(names.Email))}
	if n, err := fiscal.Parse(text(names.Fiscal)); err == nil {
		out.fiscal = n
	}
	switch v := said[names.EmailVerified].(type) {
	case bool:
		out.verified = v
	case string:
		out.verified = v == "true"
	}
	return out
}

// down tells a provider that does not answer from one that says no.
func down(err error) error {
	if _, no := errors.AsType[*oauth2.RetrieveError](err); no {
		return err
	}
	if _, ok := errors.AsType[*url.Error](err); ok || strings.Contains(err.Error(), "fetching keys") {
		return fmt.Errorf("%w: %w", errDown, err)
	}
	return err
}
