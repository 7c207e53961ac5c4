package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"sync"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/fiscal"
	"aulacomune/lms/memory"
)

// Ports is what signing in needs from outside.
type Ports struct {
	Engine    lms.Engine
	School    *lms.School
	Fiscal    *fiscal.Office
	Post      lms.Post // nil: no links are sent
	Providers []Provider
	Propose   Propose // nil: strangers are told whom to ask, and nobody is told of them
	URL       string  // public address: providers send people back there
	Log       *slog.Logger
	Now       func() time.Time // nil means the clock
}

// Propose tells those who keep the people of the ente to which an address belongs of somebody who would like to be added, and gives that ente's name;
// "" where the address belongs to none.
type Propose func(ctx context.Context, email, given, family string) (ente string, err error)

// Service signs people in.
type Service struct {
	school     *lms.School
	fiscal     *fiscal.Office
	post       lms.Post
	propose    Propose
	links      *lms.Records[Link]
	attempts   *lms.Records[Attempt]
	identities *lms.Records[Identity]
	providers  []*connection
	throttle   *memory.Throttle // of links, by login and address
	departures *memory.Throttle // to providers, by address: a whole ente may have one
	log        *slog.Logger
	now        func() time.Time
	behind     sync.WaitGroup // letters that are being written behind an answer
	slots      chan struct{}  // how many at a time
}

const (
	freeTries      = 5   // of one person from one address, before they have to wait
	freeDepartures = 200 // of one address, that did not come to an end
	behindMost     = 64  // letters written at a time
	behindWrite    = time.Minute
)

// Open prepares the records. Providers are asked when somebody first wants to sign in with them: one that is down keeps nobody else out.
func Open(ctx context.Context, p Ports) (*Service, error) {
	now := p.Now
	if now == nil {
		now = time.Now
	}
	s := &Service{
		school: p.School, fiscal: p.Fiscal, post: p.Post, propose: p.Propose, log: p.Log, now: func() time.Time { return now().UTC().Truncate(time.Second) },
		throttle:   memory.NewThrottle(freeTries, lms.Fail(lms.TooMany, "error.toomany")),
		departures: memory.NewThrottle(freeDepartures, lms.Fail(lms.TooMany, "error.toomany")), slots: make(chan struct{}, behindMost),
	}
	for _, provider := range p.Providers {
		s.providers = append(s.providers, newConnection(provider, p.URL, s.now))
	}
	var errs [3]error
	s.links, errs[0] = lms.OpenRecords(ctx, p.Engine, links)
	s.attempts, errs[1] = lms.OpenRecords(ctx, p.Engine, attempts)
	s.identities, errs[2] = lms.OpenRecords(ctx, p.Engine, identities)
	return s, errors.Join(errs[:]...)
}

// Collections are what a backup holds of signing in.
func Collections() []lms.Collection {
	return []lms.Collection{links.Collection(), attempts.Collection(), identities.Collection()}
}

// Close waits for the letters that are being written.
func (s *Service) Close() error {
	s.behind.Wait()
	return nil
}

// sweepBatch is how much of one kind is removed at a time.
const sweepBatch = 1000

// Sweep removes links and attempts that are over.
func (s *Service) Sweep(ctx context.Context) error {
	return errors.Join(
		removeOver(ctx, s.links, s.now(), func(l Link) string { return string(l.Person) }),
		removeOver(ctx, s.attempts, s.now(), func(a Attempt) string { return a.ID }))
}

func removeOver[T any](ctx context.Context, r *lms.Records[T], now time.Time, id func(T) string) error {
	all, err := r.All(ctx, lms.Query{Index: "over", To: lms.TimeKey(now), Limit: sweepBatch})
	for _, x := range all {
		if err := r.Remove(ctx, id(x)); err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
	}
	return err
}

// Forget removes every link and linked account of a person.
func (s *Service) Forget(ctx context.Context, id lms.PersonID) error {
	if err := s.links.Remove(ctx, string(id)); err != nil && !lms.Is(err, lms.NotFound) {
		return err
	}
	all, err := s.identities.All(ctx, lms.Query{Index: "person", Equal: string(id)})
	for _, x := range all {
		if err := s.identities.Remove(ctx, x.ID); err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
	}
	return err
}

// enter opens a session for somebody whom a link or a provider has shown to be it.
func (s *Service) enter(ctx context.Context, p lms.Person) (session string, err error) {
	if p.Activated.IsZero() {
		if p, err = s.school.People.Amend(ctx, p.ID, func(p *lms.Person) error {
			p.Activated = s.now()
			return nil
		}); err != nil {
			return "", err
		}
	}
	return s.school.Accounts.Begin(ctx, p.ID)
}

// newSecret is an unguessable text of 130 random bits.
func newSecret() string { return rand.Text() }

// hash is what is kept of a secret, or of what names somebody elsewhere.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
