package webinar

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/memory"
)

// Picture is an uploaded picture in one width, written anew.
type Picture struct {
	Width, Height int
	Type          string
	Bytes         []byte
}

// Invite is what somebody's calendar is told of their place.
type Invite struct {
	Webinar     ID
	Person      lms.PersonID
	Name, Email string // of the person
	Organiser   string // name of the organisation
	Sequence    int
	Stamp       time.Time
	Starts      time.Time
	Ends        time.Time
	Title, Text string
	Page        string // path of the page; it holds no secret
	Enter       string // path by which this person enters; a secret
	Cancelled   bool
	Lang        string
}

// Entrance is somebody who is let through to a room of the house.
type Entrance struct {
	Webinar      ID
	Slug         string
	Title        string
	Starts, Ends time.Time
	Person       lms.PersonID
	Name         string
	Keeps        bool // they keep the webinar
}

// Booking is hours of somebody, for the ledger. The cause is the row's id; told again, it is the same row.
type Booking struct {
	Cause      string // "webinar/ID/PERSON"
	Slug       string // of the webinar: courses know it by that name
	Correction int    // 0 at first, then 1, 2, …: the row that corrects the one before
	Person     lms.PersonID
	Minutes    int // 0 in a correction strikes the row
	Area       string
	Title      string
	Provider   string // name of the organisation
	Day        cohort.Day
	By         lms.PersonID // who corrected
	Reason     string       // of a correction
}

// Attestation is what an attestato of participation says. The cause is known to the register: told again, it is the same certificate.
type Attestation struct {
	Cause        string // "webinar/ID/PERSON"
	Turn         int    // 1 at first; a later one supersedes the one before
	Issuer       lms.OrganisationID
	Person       lms.PersonID
	Member       lms.Membership // who they were
	Title        string
	Series       string
	Minutes      int
	Planned      int
	Starts, Ends time.Time
	Revoke       bool // nothing is attested any more
	By           lms.PersonID
	Reason       string // of a later turn
}

// Asking is somebody who would like to belong to an ente, where their mail address does not prove it.
type Asking struct {
	Email, Given, Family string
	Category             lms.Category
	Organisation         lms.OrganisationID
}

// Ports is what the room needs from outside.
type Ports struct {
	Engine   lms.Engine
	Objects  lms.Objects
	School   *lms.School
	Cohorts  *cohort.Cohorts
	Post     lms.Post
	Note     lms.Note
	Redraw   func(io.ReadSeeker) ([]Picture, error)                                     // an uploaded picture, the widest first; its error is for whoever uploaded it
	Propose  func(ctx context.Context, email string) ([]lms.Organisation, error)        // to which enti an address belongs
	Ask      func(ctx context.Context, q Asking) error                                  // lets a referent decide whether somebody belongs to an ente
	Calendar func(Invite) (part []byte, method string, err error)                       // nil: letters have no calendar part
	Room     func(ctx context.Context, e Entrance) (address string, err error)          // a room of the house; nil where it has none
	Read     Reader                                                                     // a report of a meeting
	Book     func(ctx context.Context, b Booking) error                                 // hours, into the ledger
	Attest   func(ctx context.Context, a Attestation) (lms.Code, error)                 // an attestato, in the register
	Complete func(ctx context.Context, p lms.PersonID, slug string, at time.Time) error // the learning objects that are this webinar, in somebody's courses
	Rome     *time.Location                                                             // Europe/Rome
	Log      *slog.Logger                                                               // where faults are written that the sweep repairs
	Now      func() time.Time                                                           // nil means the clock
}

// Webinars is what people do with webinars.
type Webinars struct {
	in        Ports
	webinars  *lms.Records[Webinar]
	places    *lms.Records[Sheet]
	guests    *lms.Records[Guest]
	errands   *lms.Records[Errand]
	feeds     *lms.Records[Feed]
	presences *lms.Records[Presence]
	reports   *lms.Records[Report]
	outcomes  *lms.Records[Outcome]
	opinions  *lms.Records[Opinion]
	slugs     *memory.Recent[string, ID] // they never change
	throttle  *memory.Throttle
	behind    sync.WaitGroup // what is done behind the answers
	now       func() time.Time
}

// freeGuests is how many times an address may be given for a guest before it is slowed down.
const freeGuests = 5

// Open prepares the records.
func Open(ctx context.Context, p Ports) (s *Webinars, err error) {
	s = &Webinars{in: p, now: lms.Clock(p.Now), slugs: memory.NewRecent[string, ID](0), throttle: memory.NewThrottle(freeGuests, lms.Fail(lms.TooMany, "error.toomany"))}
	err = errors.Join(
		open(ctx, p.Engine, webinars, &s.webinars), open(ctx, p.Engine, sheets, &s.places), open(ctx, p.Engine, guests, &s.guests),
		open(ctx, p.Engine, errands, &s.errands), open(ctx, p.Engine, feeds, &s.feeds), open(ctx, p.Engine, presences, &s.presences),
		open(ctx, p.Engine, reports, &s.reports), open(ctx, p.Engine, outcomes, &s.outcomes), open(ctx, p.Engine, opinions, &s.opinions),
	)
	return s, err
}

func open[T any](ctx context.Context, e lms.Engine, n lms.Noun[T], into **lms.Records[T]) (err error) {
	*into, err = lms.OpenRecords(ctx, e, n)
	return err
}

// Collections are what a backup holds of the room: what is cited before what cites it.
func Collections() []lms.Collection {
	return []lms.Collection{
		webinars.Collection(), sheets.Collection(), guests.Collection(), errands.Collection(), feeds.Collection(), reports.Collection(),
		presences.Collection(), outcomes.Collection(), opinions.Collection(),
	}
}

// Rooms says whether a webinar without a link is held in a room of the house.
func (s *Webinars) Rooms() bool { return s.in.Room != nil }

// Wait waits for what is being written behind the answers.
func (s *Webinars) Wait() { s.behind.Wait() }

// Close ends the room, once what is being written behind the answers is written.
func (s *Webinars) Close() error {
	s.Wait()
	return nil
}

// Sweep does what is left to do now and then: what a crash left, reminders, webinars that are over, guests whose referent has agreed. What cannot be done
// keeps nothing else waiting.
func (s *Webinars) Sweep(ctx context.Context) error {
	return errors.Join(s.sweepWebinars(ctx), s.sweepErrands(ctx), s.sweepReports(ctx), s.sweepOutcomes(ctx), s.sweepGuests(ctx))
}

func newID() string { return strings.ToLower(rand.Text()[:16]) }

// noted writes an act of staff into the log. The act is done: a fault there is reported at the top, and does not undo it.
func (s *Webinars) noted(ctx context.Context, a lms.Actor, w Webinar, act lms.Act) error {
	act.Within, act.Role = w.Within, a.By(w.Within)
	if act.Object == "" {
		act.Object = string(w.ID)
	}
	if err := s.in.Note.Of(ctx, a, act); err != nil {
		return fmt.Errorf("note %s of %s: %w", act.Verb, act.Object, err)
	}
	return nil
}

// byID finds a webinar. It asks nobody.
func (s *Webinars) byID(ctx context.Context, id ID) (Webinar, error) {
	w, err := s.webinars.Find(ctx, string(id))
	return w, asUnknown(err)
}

// bySlug finds a webinar by its address. It asks nobody.
func (s *Webinars) bySlug(ctx context.Context, slug string) (Webinar, error) {
	if slug == "" {
		return Webinar{}, unknown()
	}
	if id, ok := s.slugs.Get(slug, s.now()); ok {
		return s.byID(ctx, id)
	}
	for w, err := range s.webinars.List(ctx, lms.Query{Index: "slug", Equal: slug, Limit: 1}) {
		if err == nil {
			s.slugs.Put(slug, w.ID, s.now())
		}
		return w, asUnknown(err)
	}
	return Webinar{}, unknown()
}
