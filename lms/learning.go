package lms

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms/memory"

	"github.com/google/uuid"
)

// Learning is what learners do: enrol, take objects, complete.
type Learning struct {
	enrolments *Records[Enrolment]
	batches    *Records[Batch]
	people     *Records[Person]
	library    *Library
	register   *Register
	taking     *memory.Recent[string, EnrolmentID] // the latest, by course and person
	admit      func(ctx context.Context, p Person, slug course.Slug) error
	completed  func(ctx context.Context, st Standing) error
	attendance Attendance
	log        *slog.Logger
	note       Note
	now        func() time.Time
}

// Enrol enrols the actor in the latest edition of a course. Who is enrolled already gets the enrolment they have.
func (s *Learning) Enrol(ctx context.Context, a Actor, slug course.Slug) (Standing, error) {
	if err := a.must(Learner); err != nil {
		return Standing{}, err
	}
	if _, err := s.library.Find(ctx, slug); err != nil { // of what is no course nothing else is asked
		return Standing{}, err
	}
	p, err := s.people.Find(ctx, string(a.ID))
	if err == nil && s.admit != nil { // who is enrolled is not asked again
		if _, taken, fault := s.Taken(ctx, p.ID, slug); fault != nil || !taken {
			err = cmpErr(fault, s.admit(ctx, p, slug))
		}
	}
	if err != nil {
		return Standing{}, err
	}
	return s.enrol(ctx, p, Placement{Course: slug, Member: p.Current(s.now()), By: a.ID})
}

// EnrolPerson enrols somebody as a member of an organisation that the actor administers.
func (s *Learning) EnrolPerson(ctx context.Context, a Actor, id PersonID, slug course.Slug) (Standing, error) {
	if err := a.MustKeep(); err != nil {
		return Standing{}, err
	}
	p, err := s.people.Find(ctx, string(id))
	if err != nil {
		return Standing{}, asUnknown(err, "error.person.unknown")
	}
	if !p.BelongsTo(a.Kept()) {
		return Standing{}, Fail(NotFound, "error.person.unknown")
	}
	for _, m := range p.Memberships {
		if m.At(s.now()) && a.Keeps(m.Within) {
			st, err := s.enrol(ctx, p, Placement{Course: slug, Member: m, By: a.ID})
			if st.Enrolment.By == a.ID {
				err = s.note.of(ctx, err, a, st.Enrolment.act("enrolment.add"))
			}
			return st, err
		}
	}
	return Standing{}, Fail(Forbidden, "error.role") // they have left
}

// Placement is an enrolment that was decided.
type Placement struct {
	Person  PersonID
	Course  course.Slug
	Member  Membership // who the person is when enrolled
	Edition int        // 0, or one that was withdrawn since, means the one that newcomers take
	Turn    int        // at least: 2 begins the course again where it was completed once
	By      PersonID
}

// Place enrols somebody where a room below lms decided it. It asks nobody, and the same again changes nothing.
func (s *Learning) Place(ctx context.Context, pl Placement) (Standing, error) {
	p, err := s.people.Find(ctx, string(pl.Person))
	if err != nil {
		return Standing{}, asUnknown(err, "error.person.unknown")
	}
	return s.enrol(ctx, p, pl)
}

func (s *Learning) enrol(ctx context.Context, p Person, pl Placement) (Standing, error) {
	head, err := s.library.Find(ctx, pl.Course)
	if err != nil {
		return Standing{}, err
	}
	old, ok, err := s.Taken(ctx, p.ID, pl.Course)
	if err != nil || ok && (old.Turn >= pl.Turn || old.Completed.IsZero()) {
		return s.standing(ctx, old, err)
	}
	edition, ok := head.Edition(pl.Edition)
	if !ok || !edition.Withdrawn.IsZero() {
		edition = head.Latest()
	}
	if edition.Number == 0 {
		return Standing{}, &Error{Kind: Conflict, Message: "error.course.closed"}
	}
	e := Enrolment{
		ID: EnrolmentID(uuid.Must(uuid.NewV7()).String()), Course: pl.Course, Owner: head.Organisation, Edition: edition.Number, Hash: edition.Hash,
		Person: p.ID, Turn: old.Turn + 1, Member: pl.Member, Name: Fold(p.Family + " " + p.Given), At: s.now(), By: pl.By,
	}
	err = s.enrolments.Add(ctx, e)
	if IsTaken(err, "taking") {
		e, _, err = s.Taken(ctx, p.ID, pl.Course)
	}
	if err == nil {
		e = s.recall(ctx, e)
	}
	return s.standing(ctx, e, err)
}

// Taken finds the latest enrolment of a person in a course. It asks nobody who they are.
func (s *Learning) Taken(ctx context.Context, p PersonID, slug course.Slug) (Enrolment, bool, error) {
	key := string(slug) + "/" + string(p)
	if id, ok := s.taking.Get(key, time.Time{}); ok {
		e, err := s.enrolments.Find(ctx, string(id))
		if !Is(err, NotFound) && e.Completed.IsZero() { // who has completed it may have begun again
			return e, err == nil, err
		}
	}
	for e, err := range s.enrolments.List(ctx, Query{Index: "taking", Prefix: key + "/", Reverse: true}) {
		if err == nil {
			s.taking.Put(key, e.ID, time.Time{})
		}
		return e, err == nil, err
	}
	return Enrolment{}, false, nil
}

func (s *Learning) standing(ctx context.Context, e Enrolment, err error) (Standing, error) {
	if err != nil {
		return Standing{}, err
	}
	c, err := s.library.Open(ctx, e.Hash)
	if err != nil {
		return Standing{}, err
	}
	return Stand(c, e), nil
}

// Mine is the actor's standing in a course; NotFound when they are not enrolled.
func (s *Learning) Mine(ctx context.Context, a Actor, slug course.Slug) (Standing, error) {
	if err := a.mayRead(); err != nil {
		return Standing{}, err
	}
	e, ok, err := s.Taken(ctx, a.ID, slug)
	if err == nil && !ok {
		err = Fail(NotFound, "error.enrolment.unknown")
	}
	return s.standing(ctx, e, err)
}

// All lists the actor's standings, the latest enrolment first.
func (s *Learning) All(ctx context.Context, a Actor) ([]Standing, error) {
	if err := a.mayRead(); err != nil {
		return nil, err
	}
	return s.Of(ctx, a.ID)
}

// OfEnte yields the enrolments of the members of one organisation, not of those below it, in the order in which they turned from one state into the next;
// or the last of them alone. It asks nobody who they are.
func (s *Learning) OfEnte(ctx context.Context, org OrganisationID, last bool) iter.Seq2[Enrolment, error] {
	q := Query{Index: "ente", Prefix: string(org) + "/", Reverse: last}
	if last {
		q.Limit = 1
	}
	return s.enrolments.List(ctx, q)
}

// Turns are somebody's enrolments in a course, the first first. It asks nobody who they are.
func (s *Learning) Turns(ctx context.Context, p PersonID, slug course.Slug) ([]Enrolment, error) {
	return s.enrolments.All(ctx, Query{Index: "taking", Prefix: string(slug) + "/" + string(p) + "/"})
}

// Of lists the standings of a person, the latest enrolment first. It asks nobody who they are.
func (s *Learning) Of(ctx context.Context, id PersonID) ([]Standing, error) {
	out, _, err := s.standings(ctx, Query{Index: "person", Equal: string(id), Reverse: true})
	return out, err
}

// standings is one page of a query.
func (s *Learning) standings(ctx context.Context, q Query) (out []Standing, next string, err error) {
	page, next, err := s.enrolments.Page(ctx, q)
	for _, e := range page {
		st, err := s.standing(ctx, e, nil)
		if err != nil {
			return nil, "", err
		}
		out = append(out, st)
	}
	return out, next, err
}

// Standing reads one enrolment: the actor's own, or one of a person whom the actor administers.
func (s *Learning) Standing(ctx context.Context, a Actor, id EnrolmentID) (Standing, error) {
	e, err := s.followed(ctx, a, id)
	if e.Person != a.ID {
		err = s.note.of(ctx, err, a, e.act("enrolment.read"))
	}
	return s.standing(ctx, e, err)
}

// followed is an enrolment that the actor may see: their own, or one of a person whom they administer.
func (s *Learning) followed(ctx context.Context, a Actor, id EnrolmentID) (Enrolment, error) {
	if err := a.mayRead(); err != nil {
		return Enrolment{}, err
	}
	e, err := s.enrolments.Find(ctx, string(id))
	if err == nil && e.Person != a.ID && !a.Keeps(e.Member.Within) {
		err = Fail(NotFound, "error.enrolment.unknown")
	}
	return e, asUnknown(err, "error.enrolment.unknown")
}

// Recorded is the answer to events.
type Recorded struct {
	Standing
	Dropped float64 // seconds of watching that were over the budget and don't count
}

// Record adds events to the actor's own enrolment. All of them count or none does. When they complete the course, the certificate is issued before Record returns; if that fails, the standing says Pending and the sweep issues it.
func (s *Learning) Record(ctx context.Context, a Actor, id EnrolmentID, events []Event) (Recorded, error) {
	if err := a.must(Learner); err != nil {
		return Recorded{}, err
	}
	before, err := s.enrolments.Find(ctx, string(id))
	if err == nil && before.Person != a.ID {
		err = Fail(NotFound, "error.enrolment.unknown")
	}
	if err != nil {
		return Recorded{}, asUnknown(err, "error.enrolment.unknown")
	}
	dropped := 0.0
	c, e, err := s.within(ctx, before, func(c *course.Course, e *Enrolment) (err error) {
		now := s.now()
		if err := checkEvents(c, *e, events, now); err != nil {
			return err
		}
		dropped, err = e.apply(c, events, now)
		return err
	})
	if err != nil {
		return Recorded{}, err
	}
	if e.Pending() {
		e = s.certify(ctx, e)
	}
	if slices.ContainsFunc(events, func(ev Event) bool { return ev.Kind == Opened && e.awaits(c, ev.Object) != "" }) {
		st, err := s.standing(ctx, s.recall(ctx, e), nil)
		return Recorded{st, dropped}, err
	}
	return Recorded{Stand(c, e), dropped}, nil
}

// errMoved says that an enrolment is no longer in the edition it was read in.
var errMoved = errors.New("moved to another edition meanwhile")

// within changes an enrolment together with the content of its edition. Who is moved to another edition meanwhile is read again.
func (s *Learning) within(ctx context.Context, e Enrolment, decide func(*course.Course, *Enrolment) error) (*course.Course, Enrolment, error) {
	for {
		c, err := s.library.Open(ctx, e.Hash)
		if err != nil {
			return nil, e, err
		}
		was := e
		e, err = s.enrolments.Change(ctx, string(was.ID), func(e *Enrolment) error {
			if e.Hash != was.Hash || e.Edition != was.Edition {
				return errMoved
			}
			return decide(c, e)
		})
		if err != errMoved { //nolint:errorlint // ours, as it is
			return c, e, err
		}
		if e, err = s.enrolments.Find(ctx, string(was.ID)); err != nil {
			return nil, e, err
		}
	}
}

// WatchedWithoutScript accepts a whole video from a page without JavaScript: the server's time since the object was opened must be at least the video's length.
func (s *Learning) WatchedWithoutScript(ctx context.Context, a Actor, slug course.Slug, id course.ObjectID) (Recorded, error) {
	st, err := s.Mine(ctx, a, slug)
	if err != nil {
		return Recorded{}, err
	}
	o, ok := st.Of(id)
	if !ok || o.Object.Video == nil {
		return Recorded{}, Fail(NotFound, "error.object.unknown")
	}
	if o.Progress.Opened.IsZero() || s.now().Sub(o.Progress.Opened).Seconds() < o.Object.Length() {
		return Recorded{}, Wrong("watched", "error.watched.early")
	}
	whole := []course.Interval{{0, o.Object.Length()}}
	return s.Record(ctx, a, st.Enrolment.ID, []Event{{ID: uuid.NewString(), Object: id, Kind: Watched, Intervals: whole}})
}

// certify issues the certificate of a completed enrolment and notes it there. A failure is logged and left to the sweep: the completion stands.
func (s *Learning) certify(ctx context.Context, e Enrolment) Enrolment {
	done, err := s.issue(ctx, e, false)
	if err != nil {
		s.log.Error("certificate not issued yet", "enrolment", e.ID, "err", err)
		return e
	}
	return done
}

func (s *Learning) issue(ctx context.Context, e Enrolment, again bool) (Enrolment, error) {
	attested := e.attested()
	c, err := s.library.Open(ctx, attested.Hash)
	if err != nil {
		return e, err
	}
	p, err := s.people.Find(ctx, string(e.Person))
	if err != nil {
		return e, err
	}
	row, err := s.register.Issue(ctx, Stand(c, attested), p, again)
	if err != nil {
		return e, err
	}
	e, err = s.enrolments.Change(ctx, string(e.ID), func(e *Enrolment) error {
		if !slices.Contains(e.Certificates, row.Code) {
			e.Certificates = append(e.Certificates, row.Code)
		}
		return nil
	})
	if err != nil {
		return e, err
	}
	return s.tell(ctx, e), nil
}

// Sweep issues the certificates that could not be issued at once, and hands on the completions that nobody took. One that still fails keeps no other waiting.
func (s *Learning) Sweep(ctx context.Context) error {
	pending, err := s.enrolments.All(ctx, Query{Index: "pending", Limit: 200})
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range pending {
		if _, err := s.issue(ctx, e, false); err != nil {
			errs = append(errs, fmt.Errorf("sweep enrolment %s: %w", e.ID, err))
		}
	}
	untold, err := s.enrolments.All(ctx, Query{Index: "untold", Limit: 200})
	for _, e := range untold {
		s.tell(ctx, e)
	}
	return errors.Join(append(errs, err)...)
}

// Pending lists the completed enrolments of people whom an administrator keeps that still wait for their certificates. The sweep issues them; one that stays
// is for a person to look at. Of an installation where very many wait, the first are looked at.
func (s *Learning) Pending(ctx context.Context, a Actor) ([]Enrolment, error) {
	if err := a.must(Administrator); err != nil {
		return nil, err
	}
	all, err := s.enrolments.All(ctx, Query{Index: "pending", Limit: 500})
	return slices.DeleteFunc(all, func(e Enrolment) bool { return !a.Has(Administrator, e.Member.Within) }), err
}

// IssueFor issues the certificate of a completed enrolment at an administrator's request: the pending one, or a new one after a revocation, which
// is for administrators of the issuer alone.
func (s *Learning) IssueFor(ctx context.Context, a Actor, id EnrolmentID) (Standing, error) {
	if err := a.must(Administrator); err != nil {
		return Standing{}, err
	}
	st, err := s.Standing(ctx, a, id)
	if err != nil {
		return st, err
	}
	if !a.Has(Administrator, st.Enrolment.Member.Within) {
		return st, Fail(Forbidden, "error.role")
	}
	if st.Enrolment.Completed.IsZero() {
		return st, &Error{Kind: Conflict, Message: "error.issue.incomplete"}
	}
	issuer, err := s.register.organisations.Find(ctx, string(st.Enrolment.Owner))
	if err != nil {
		return st, err
	}
	ours := a.Has(Administrator, issuer.Within)
	e, err := s.issue(ctx, st.Enrolment, ours)
	if err == nil && !ours {
		err = s.register.stillValid(ctx, e.Certificate())
	}
	if err == nil && e.Certificate() != st.Enrolment.Certificate() {
		err = s.note.of(ctx, nil, a, e.act("certificate.issue"))
	}
	return s.standing(ctx, e, err)
}

// Preview opens the edition of a course that is shown to newcomers, for its authors and administrators; NotFound for everyone else.
func (s *Learning) Preview(ctx context.Context, a Actor, slug course.Slug) (*course.Course, error) {
	if err := a.mayRead(); err != nil {
		return nil, err
	}
	head, err := s.library.Find(ctx, slug)
	if err != nil {
		return nil, err
	}
	if !a.Has(Author, head.Within) && !a.Has(Administrator, head.Within) {
		return nil, Fail(NotFound, "error.enrolment.unknown")
	}
	return s.library.Open(ctx, head.Shown().Hash)
}

// visible opens the edition of a course that the actor may see: the one they are enrolled in, or the latest for its authors and administrators.
func (s *Learning) visible(ctx context.Context, a Actor, slug course.Slug) (*course.Course, error) {
	if err := a.mayRead(); err != nil {
		return nil, err
	}
	e, ok, err := s.Taken(ctx, a.ID, slug)
	if err != nil {
		return nil, err
	}
	if ok {
		return s.library.Open(ctx, e.Hash)
	}
	return s.Preview(ctx, a, slug)
}

// InCourse lists the standings of the people of an organisation in a course, by name, one page at a time; in all courses, by course, where slug is "".
func (s *Learning) InCourse(ctx context.Context, a Actor, org OrganisationID, slug course.Slug, at PageAt) (out []Standing, next string, err error) {
	prefix, err := s.scope(ctx, a, org, slug)
	if err != nil {
		return nil, "", err
	}
	o, err := s.register.organisations.Find(ctx, string(org))
	if err = s.note.of(ctx, err, a, Act{Verb: "progress.list", Object: string(slug), Within: o.Within}); err != nil {
		return nil, "", err
	}
	return s.standings(ctx, Query{Index: "within", Prefix: prefix, After: at.After, Limit: at.Limit})
}

// CountInCourse counts the people of an organisation who take a course.
func (s *Learning) CountInCourse(ctx context.Context, a Actor, org OrganisationID, slug course.Slug) (int, error) {
	prefix, err := s.scope(ctx, a, org, slug)
	if err != nil {
		return 0, err
	}
	return s.enrolments.Count(ctx, Query{Index: "within", Prefix: prefix})
}

// scope is the index prefix of an organisation's people in a course, for its administrators.
func (s *Learning) scope(ctx context.Context, a Actor, org OrganisationID, slug course.Slug) (string, error) {
	if err := a.MustKeep(); err != nil && a.Scope != ScopeRead {
		return "", err
	}
	o, err := s.register.organisations.Find(ctx, string(org))
	if err != nil {
		return "", err
	}
	if !a.Keeps(o.Within) {
		return "", Fail(NotFound, "error.organisation.unknown")
	}
	if slug == "" {
		return string(org) + "/", nil
	}
	return string(org) + "/" + string(slug) + "/", nil
}

// OfPerson lists the standings of somebody whom the actor administers: those they have as a member of the actor's organisations.
func (s *Learning) OfPerson(ctx context.Context, a Actor, id PersonID) ([]Standing, error) {
	if err := a.mayRead(); err != nil {
		return nil, err
	}
	p, err := s.people.Find(ctx, string(id))
	if err != nil {
		return nil, asUnknown(err, "error.person.unknown")
	}
	if !p.BelongsTo(a.Kept()) {
		return nil, Fail(NotFound, "error.person.unknown")
	}
	all, err := s.Of(ctx, id)
	return slices.DeleteFunc(all, func(st Standing) bool { return !a.Keeps(st.Enrolment.Member.Within) }), err
}
