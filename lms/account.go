package lms

import (
	"context"
	"time"

	"aulacomune/lms/memory"
	"aulacomune/lms/password"
	"aulacomune/lms/records"
)

// Accounts is how people prove who they are: passwords, sessions, links, tokens.
type Accounts struct {
	people    *Records[Person]
	sessions  *Records[Session]
	links     *Records[Link]
	tokens    *Records[Token]
	passwords *password.Hasher
	throttle  *memory.Throttle
	actors    *memory.Recent[string, Actor] // by the hash of their secret
	now       func() time.Time
}

// freeSignIns is how many wrong passwords cost nothing.
const freeSignIns = 5

// SignIn checks a login and password and opens a session. Whether the login exists cannot be told from the answer or its time.
// from is the client's address: failures are counted by login and address, and slow both down.
func (s *Accounts) SignIn(ctx context.Context, login, password, from string) (secret string, who Actor, err error) {
	keys := []string{"login " + FoldLogin(login) + " " + from, "address " + from}
	if err := s.throttle.Try(s.now(), keys...); err != nil {
		return "", Actor{}, err
	}
	p, err := s.byLogin(ctx, login)
	if err != nil && !Is(err, NotFound) {
		return "", Actor{}, err
	}
	ok, err := s.passwords.Check(ctx, p.Password, password)
	if err != nil {
		return "", Actor{}, err
	}
	if !ok {
		return "", Actor{}, &Error{Kind: Invalid, Message: "error.signin.wrong", Fields: map[string]string{"password": "error.signin.wrong"}}
	}
	s.throttle.Succeeded(keys...)
	if !p.MayEnter() {
		return "", Actor{}, Fail(Forbidden, "error.signin.suspended")
	}
	secret, err = s.Begin(ctx, p.ID)
	return secret, ActorOf(p, s.now(), Everything), err
}

// HashPassword gives the PHC string of a password.
func (s *Accounts) HashPassword(ctx context.Context, password string) (string, error) {
	return s.passwords.Hash(ctx, password)
}

// Enter opens a session for a login without a password. Only a demo does that.
func (s *Accounts) Enter(ctx context.Context, login string) (secret string, err error) {
	p, err := s.byLogin(ctx, login)
	if err != nil {
		return "", err
	}
	return s.Begin(ctx, p.ID)
}

func (s *Accounts) byLogin(ctx context.Context, login string) (Person, error) {
	if FoldLogin(login) == "" || !records.IsClean(login) {
		return Person{}, Fail(NotFound, "error.person.unknown")
	}
	for p, err := range s.people.List(ctx, Query{Index: "login", Equal: FoldLogin(login), Limit: 1}) {
		return p, err
	}
	return Person{}, Fail(NotFound, "error.person.unknown")
}

// Me is the actor's own person.
func (s *Accounts) Me(ctx context.Context, a Actor) (Person, error) {
	if err := a.mayRead(); err != nil {
		return Person{}, err
	}
	return s.people.Find(ctx, string(a.ID))
}

// ChangePassword replaces the actor's password, ends their sessions and begins a new one.
func (s *Accounts) ChangePassword(ctx context.Context, a Actor, old, next string) (session string, err error) {
	if err := a.must(Learner); err != nil {
		return "", err
	}
	p, err := s.people.Find(ctx, string(a.ID))
	if err != nil {
		return "", err
	}
	key := "password " + string(a.ID)
	if err := s.throttle.Try(s.now(), key); err != nil {
		return "", err
	}
	if ok, err := s.passwords.Check(ctx, p.Password, old); err != nil || !ok {
		return "", cmpErr(err, Wrong("old", "error.password.old"))
	}
	s.throttle.Succeeded(key)
	if err := checkNew(p, "new", next); err != nil {
		return "", err
	}
	hash, err := s.passwords.Hash(ctx, next)
	if err != nil {
		return "", err
	}
	if err := s.setPassword(ctx, a.ID, hash); err != nil {
		return "", err
	}
	return s.Begin(ctx, a.ID)
}

// cmpErr is the first error that is one.
func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// setPassword stores a hash and signs the person out everywhere.
func (s *Accounts) setPassword(ctx context.Context, id PersonID, hash string) error {
	_, err := s.people.Change(ctx, string(id), func(p *Person) error {
		p.Password = hash
		if p.Activated.IsZero() {
			p.Activated = s.now()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.endSessions(ctx, id)
}

// SetLang keeps the language the actor reads in.
func (s *Accounts) SetLang(ctx context.Context, a Actor, lang string) error {
	if err := a.must(Learner); err != nil {
		return err
	}
	if lang != "it" && lang != "en" {
		return Wrong("lang", "error.lang")
	}
	_, err := s.people.Change(ctx, string(a.ID), func(p *Person) error {
		p.Lang = lang
		return nil
	})
	s.actors.ForgetAll()
	return err
}

// ActorByLogin is somebody as an actor, for the command line of the machine itself.
func (s *Accounts) ActorByLogin(ctx context.Context, login string) (Actor, error) {
	p, err := s.byLogin(ctx, login)
	if err != nil {
		return Actor{}, err
	}
	return ActorOf(p, s.now(), Everything), nil
}

// LinkFor makes an activation link for a login, for the command line of the machine itself.
func (s *Accounts) LinkFor(ctx context.Context, login string) (secret string, err error) {
	p, err := s.byLogin(ctx, login)
	if err != nil {
		return "", err
	}
	return s.newLink(ctx, p.ID, LinkLife)
}
