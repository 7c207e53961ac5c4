package roll

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"time"

	"aulacomune/lms"
)

// Part is what another room knows of people: it tells it for the person (GDPR, art. 15) and erases it (art. 17).
type Part struct {
	Name   string                                                 // of the file in the person's copy: "hours"
	Tell   func(ctx context.Context, p lms.PersonID) (any, error) // for JSON; nil says nothing
	Files  func(ctx context.Context, p lms.PersonID, add func(name string, body io.Reader) error) error
	Erase  func(ctx context.Context, p lms.PersonID) error
	Rehome func(ctx context.Context, from lms.PersonID, to lms.Person) error // gives what is somebody's to who they turned out to be; may be called again
}

// Ports is what the roll needs from outside. Note may be nil: nothing is noted.
type Ports struct {
	Engine  lms.Engine
	School  *lms.School
	Objects lms.Objects
	Note    lms.Note
	Parts   []Part
	Log     *slog.Logger
	Now     func() time.Time // nil means the clock
}

// Roll is what those who keep people do with them.
type Roll struct {
	intakes *lms.Records[Intake]
	school  *lms.School
	objects lms.Objects
	note    lms.Note
	parts   []Part
	log     *slog.Logger
	now     func() time.Time

	ctx     context.Context // of what goes on behind the pages
	stop    context.CancelFunc
	working sync.WaitGroup
}

// Open prepares the records. Close it: what is under way stops between two people, and goes on after the next start.
func Open(ctx context.Context, p Ports) (r *Roll, err error) {
	if p.Note == nil {
		p.Note = func(context.Context, lms.Actor, lms.Act) error { return nil }
	}
	r = &Roll{school: p.School, objects: p.Objects, note: p.Note, parts: p.Parts, log: p.Log, now: lms.Clock(p.Now)}
	r.ctx, r.stop = context.WithCancel(context.WithoutCancel(ctx))
	r.intakes, err = lms.OpenRecords(ctx, p.Engine, intakes)
	return r, err
}

// Close stops what goes on behind the pages.
func (r *Roll) Close() error {
	r.stop()
	r.working.Wait()
	return nil
}

// Collections are what a backup holds of the roll.
func Collections() []lms.Collection { return []lms.Collection{intakes.Collection()} }

// act notes what was done with somebody. The act is done: where it cannot be noted, that is logged and the answer is still the act's.
func (r *Roll) act(ctx context.Context, a lms.Actor, verb string, p lms.Person, act lms.Act) {
	act.Verb, act.Person = verb, p.ID
	if act.Object == "" {
		act.Object = string(p.ID)
	}
	if act.Within == nil {
		act.Within = p.Current(r.now()).Within
	}
	act.Role = a.By(act.Within)
	if err := r.note(ctx, a, act); err != nil {
		r.log.Error("act not noted", "verb", verb, "err", err)
	}
}
