package cohort

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"aulacomune/lms"
)

// seat takes a seat, or a place in the queue, and writes what follows.
func (s *Cohorts) seat(ctx context.Context, c Cohort, seat Seat) (Whereabouts, error) {
	var w Whereabouts
	err := s.change(ctx, c, func(x *Seats) error {
		if x.Dismissed {
			return conflict("error.cohort.closed") // while they were on their way in
		}
		x.take(seat, seat.By)
		w.Place, w.Position = x.Of(seat.Person)
		return nil
	})
	if err != nil {
		return Whereabouts{}, err
	}
	return w, nil
}

// change changes the seats of a cohort, seats who waits where seats became free, and writes what follows of it; of a webinar's, behind the answer. What
// cannot be written is logged and left to the sweep: the seats stand.
func (s *Cohorts) change(ctx context.Context, c Cohort, decide func(*Seats) error) error {
	ours, err := s.decided(ctx, c, decide)
	if err != nil || len(ours) == 0 {
		return err
	}
	if c.Webinar != "" {
		s.settleBehind(ctx, c.ID)
		return nil
	}
	if err := s.settle(ctx, c, ours); err != nil {
		s.log.Error("seats not settled yet", "cohort", c.ID, "err", err)
	}
	return nil
}

// settlers is how many people's changes are settled at a time.
const settlers = 8

// settle writes what follows of changes to seats: registration, enrolment, letter; then they are no longer due. All of it can be written again. What
// happened to one person is written in its order.
func (s *Cohorts) settle(ctx context.Context, c Cohort, changes []Change) error {
	of := map[lms.PersonID][]Change{}
	for _, ch := range changes {
		of[ch.Seat.Person] = append(of[ch.Seat.Person], ch)
	}
	var mu sync.Mutex
	done, errs := map[int]bool{}, []error(nil)
	slots := make(chan struct{}, settlers)
	var all sync.WaitGroup
	for _, theirs := range of {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			for _, ch := range theirs {
				err := s.register(ctx, c, ch)
				mu.Lock()
				if done[ch.Number] = err == nil; err != nil {
					errs = append(errs, fmt.Errorf("settle change %d: %w", ch.Number, err))
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	_, err := s.decided(ctx, Cohort{ID: c.ID}, func(x *Seats) error {
		x.Due = slices.DeleteFunc(slices.Clone(x.Due), func(ch Change) bool { return done[ch.Number] })
		return nil
	})
	return errors.Join(append(errs, err)...)
}

// register writes one change into the registration, enrols who is seated once the cohort has begun, and tells them.
func (s *Cohorts) register(ctx context.Context, c Cohort, ch Change) error {
	p, err := s.school.People.Known(ctx, ch.Seat.Person)
	if lms.Is(err, lms.NotFound) {
		return nil // erased meanwhile
	}
	if err != nil {
		return err
	}
	r, err := s.registered(ctx, c, p, ch)
	if err != nil {
		return err
	}
	if r.Place().Has() {
		if _, err := s.enrol(ctx, c, r); err != nil {
			return err
		}
	}
	return s.tell(ctx, c, p, ch)
}

// registered writes one change into the registration.
func (s *Cohorts) registered(ctx context.Context, c Cohort, p lms.Person, ch Change) (Registration, error) {
	id := registrationID(c.ID, p.ID)
	member := p.Current(s.now())
	if i := slices.IndexFunc(p.Memberships, func(m lms.Membership) bool { return m.Organisation == ch.Seat.Ente && m.At(s.now()) }); i >= 0 {
		member = p.Memberships[i]
	}
	fresh := Registration{Cohort: c.ID, Course: c.Course, Webinar: c.Webinar, Person: p.ID, Member: member, Name: lms.Fold(p.Family + " " + p.Given), Begins: c.Terms.From, History: []Change{ch}}
	err := s.registrations.Add(ctx, fresh)
	if !lms.IsTaken(err, "id") {
		return fresh, err
	}
	return s.registrations.Change(ctx, id, func(r *Registration) error {
		if r.Place() != ch.What && ch.What.Has() {
			r.Member = member // who comes back comes as who they are now
		}
		r.Begins = c.Terms.From
		r.happened(ch)
		return nil
	})
}

// enrol enrols who is seated, from the first day of the cohort, in the edition that was pinned.
func (s *Cohorts) enrol(ctx context.Context, c Cohort, r Registration) (Registration, error) {
	if c.Webinar != "" || r.Enrolment != "" || c.Terms.From != "" && !c.begun(s.Today()) || !c.Cancelled.IsZero() {
		return r, nil
	}
	last := r.History[len(r.History)-1].Seat
	turn, err := s.turn(ctx, r.Person, c)
	if err != nil {
		return r, err
	}
	st, err := s.school.Learning.Place(ctx, lms.Placement{Person: r.Person, Course: c.Course, Member: r.Member, Edition: c.Edition, By: last.By, Turn: turn})
	if err != nil {
		return r, err
	}
	return s.registrations.Change(ctx, registrationID(r.Cohort, r.Person), func(r *Registration) error {
		r.Enrolment = st.Enrolment.ID
		return nil
	})
}

// turn is the turn of the course that a seat gives: the one they are in, or the next where they completed it before the cohort was opened.
func (s *Cohorts) turn(ctx context.Context, p lms.PersonID, c Cohort) (int, error) {
	e, ok, err := s.school.Learning.Taken(ctx, p, c.Course)
	if ok && !e.Completed.IsZero() && e.Completed.Before(c.Opened) {
		return e.Turn + 1, err
	}
	return e.Turn, err
}

// letters are the kinds of letter about a seat, with the words that each has besides the titles.
func letters() map[Place]letter {
	return map[Place]letter{
		Seated: {"seat.given", []string{"from", "to"}}, Waiting: {"seat.waiting", nil}, Promoted: {"seat.promoted", []string{"from", "to"}},
		Removed: {"seat.removed", []string{"reason"}}, Dismissed: {"cohort.cancelled", []string{"from", "reason"}},
	}
}

type letter struct {
	kind  string
	words []string
}

// tell writes to somebody what happened to their seat. Who left by themselves knows. Of webinars their own room tells.
func (s *Cohorts) tell(ctx context.Context, c Cohort, p lms.Person, ch Change) error {
	if c.Webinar != "" {
		return s.webinar(ctx, c, p, ch)
	}
	l := letters()[ch.What]
	if ch.Dates {
		l = letter{"cohort.moved", []string{"from", "to"}}
	}
	if l.kind == "" || p.Email == "" {
		return nil
	}
	_, content, err := s.school.Library.Shown(ctx, c.Course)
	if err != nil {
		return err
	}
	all := map[string]string{"from": c.Terms.From.Words(p.Lang), "to": c.Terms.To.Words(p.Lang), "reason": ch.Reason}
	words := map[string]string{"title": c.Terms.Title, "course": content.Title}
	for _, w := range l.words {
		words[w] = all[w]
	}
	return s.post(ctx, lms.Letter{
		Cause: fmt.Sprintf("cohort/%s/%d", c.ID, ch.Number), Kind: l.kind, To: p.Email, Person: p.ID, Name: p.Name(), Lang: p.Lang,
		Organisation: c.Organisation, Words: words, Link: "/edizioni/" + string(c.ID),
	})
}

// follow brings the seats in line with a cohort whose dates changed, or that was cancelled, and tells everybody in it.
func (s *Cohorts) follow(ctx context.Context, c Cohort) error {
	err := s.change(ctx, c, func(x *Seats) error {
		if !c.Cancelled.IsZero() {
			x.dismiss(Act{By: c.By, At: c.Cancelled, Reason: c.Reason})
			return nil
		}
		if c.Webinar == "" { // a webinar tells its hour itself
			x.announce(c.dates(), s.now())
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = s.cohorts.Change(ctx, string(c.ID), func(now *Cohort) error {
		if now.dates() == c.dates() && now.Cancelled.Equal(c.Cancelled) {
			now.Behind = false
		}
		return nil
	})
	return err
}

// sweepBehind lets seats follow their cohorts that a crash left behind.
func (s *Cohorts) sweepBehind(ctx context.Context) error {
	behind, err := s.cohorts.All(ctx, lms.Query{Index: "behind", Limit: 200})
	errs := []error{err}
	for _, c := range behind {
		errs = append(errs, s.follow(ctx, c))
	}
	return errors.Join(errs...)
}

// sweepSeats settles what a crash left.
func (s *Cohorts) sweepSeats(ctx context.Context) error {
	due, err := s.seats.All(ctx, lms.Query{Index: "due", Limit: 200})
	if err != nil {
		return err
	}
	var errs []error
	for _, x := range due {
		c, err := s.cohorts.Find(ctx, string(x.Cohort))
		if err == nil {
			err = s.settle(ctx, c, x.Due)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("sweep cohort %s: %w", x.Cohort, err))
		}
	}
	return errors.Join(errs...)
}

// sweepBeginnings enrols who is seated in a cohort whose first day has come.
func (s *Cohorts) sweepBeginnings(ctx context.Context) error {
	begun, err := s.registrations.All(ctx, lms.Query{Index: "begins", To: string(s.Today().Add(1)), Limit: 2000})
	if err != nil {
		return err
	}
	var errs []error
	for _, r := range begun {
		c, err := s.cohorts.Find(ctx, string(r.Cohort))
		if err == nil {
			_, err = s.enrol(ctx, c, r)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("sweep registration %s: %w", registrationID(r.Cohort, r.Person), err))
		}
	}
	return errors.Join(errs...)
}

// Follow gives cohorts, registrations and groups the place of their organisation in the tree, when one has moved.
func (s *Cohorts) Follow(ctx context.Context, id lms.OrganisationID, place func(lms.OrganisationID) []lms.OrganisationID) error {
	return errors.Join(
		lms.Relocate(ctx, s.cohorts, id, place, func(c *Cohort) (lms.OrganisationID, *[]lms.OrganisationID) { return c.Organisation, &c.Within }),
		lms.Relocate(ctx, s.groups, id, place, func(g *Group) (lms.OrganisationID, *[]lms.OrganisationID) { return g.Organisation, &g.Within }),
		lms.Relocate(ctx, s.registrations, id, place, func(r *Registration) (lms.OrganisationID, *[]lms.OrganisationID) {
			return r.Member.Organisation, &r.Member.Within
		}),
	)
}
