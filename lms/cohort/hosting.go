package cohort

import (
	"cmp"
	"context"
	"iter"
	"time"

	"aulacomune/lms"
)

// Hour is when the cohort of a webinar takes people, to the moment: a course's has days.
type Hour struct {
	Closes time.Time `json:"closes"` // nobody gets in from then on
	Ends   time.Time `json:"ends"`   // and nobody moves up from then on
}

// WebinarSeat is told what happened to somebody's seat in a webinar, and sends the letters. It may be told of the same again. Numbers of changes rise.
type WebinarSeat func(ctx context.Context, c Cohort, p lms.Person, ch Change) error

// Hosting is a webinar as its cohort must know it. The cohort has the webinar's id.
type Hosting struct {
	Webinar      string
	Organisation lms.OrganisationID
	Within       []lms.OrganisationID
	Terms        Terms // as Check left them
	Hour         Hour
	At           time.Time // when the webinar was made, by whom
	By           lms.PersonID
	Opened       time.Time // zero while nobody may get in
	Cancelled    time.Time // with the reason
	Reason       string
}

// Check says what is wrong with the terms of a cohort that an organisation, given with all above it, delivers, and tidies them.
func (s *Cohorts) Check(ctx context.Context, within []lms.OrganisationID, t *Terms) error {
	return s.check(ctx, within, t)
}

// CheckCapacity says whether a number of seats can be: 0 is no limit.
func CheckCapacity(n int) error { return checkCapacity(n) }

// Host makes the cohort of a webinar with so many seats, or brings the one there is in line with it, whose seats stay as they are. Where the webinar was
// cancelled everybody in it is dismissed. It asks nobody, and may be told of the same again.
func (s *Cohorts) Host(ctx context.Context, h Hosting, capacity int) error {
	id := ID(h.Webinar)
	if err := s.seats.Add(ctx, Seats{Cohort: id, Capacity: capacity}); err != nil && !lms.IsTaken(err, "id") {
		return err
	}
	fresh := Cohort{ID: id, Webinar: h.Webinar, Organisation: h.Organisation, Within: h.Within, At: h.At, By: h.By}
	h.into(&fresh)
	c, err := fresh, s.cohorts.Add(ctx, fresh)
	if lms.IsTaken(err, "id") {
		c, err = s.cohorts.Change(ctx, string(id), func(c *Cohort) error { h.into(c); return nil })
	}
	if err != nil || !c.Behind {
		return err
	}
	return s.follow(ctx, c)
}

func (h Hosting) into(c *Cohort) {
	c.Terms, c.Hour, c.Opened, c.Within = h.Terms, h.Hour, h.Opened, h.Within
	if !h.Cancelled.IsZero() && c.Cancelled.IsZero() {
		c.Cancelled, c.Reason, c.By, c.Behind = h.Cancelled, h.Reason, h.By, true
	}
}

// Reseat changes how many seats a webinar has, as Resize does. It asks nobody.
func (s *Cohorts) Reseat(ctx context.Context, webinar string, capacity int) error {
	c, err := s.hosted(ctx, webinar)
	if err != nil {
		return err
	}
	return s.resize(ctx, c, capacity)
}

// hosted reads the cohort of a webinar.
func (s *Cohorts) hosted(ctx context.Context, webinar string) (Cohort, error) {
	c, err := s.cohorts.Find(ctx, webinar)
	if err == nil && c.Webinar == "" {
		err = lms.Fail(lms.NotFound, "error.cohort.unknown")
	}
	return c, asUnknown(err)
}

// Webinar reads the cohort of a webinar that the actor may see.
func (s *Cohorts) Webinar(ctx context.Context, a lms.Actor, webinar string) (Seen, error) {
	seen, err := s.either(ctx, a, ID(webinar))
	if err == nil && seen.Webinar == "" {
		return Seen{}, lms.Fail(lms.NotFound, "error.cohort.unknown")
	}
	return seen, err
}

// Count says how many are seated in a webinar, how many wait, and how many seats there are (0: no limit). It asks nobody.
func (s *Cohorts) Count(ctx context.Context, webinar string) (seated, waiting, capacity int, err error) {
	x, err := s.seats.Find(ctx, webinar)
	return len(x.Seated), len(x.Waiting), x.Capacity, asUnknown(err)
}

// JoinWebinar lets the actor into a webinar by themselves, as Join does.
func (s *Cohorts) JoinWebinar(ctx context.Context, a lms.Actor, webinar, code string) (Whereabouts, error) {
	return s.join(ctx, a, ID(webinar), code, true)
}

// PlaceIn says where somebody is in a webinar. It asks nobody. What follows of a seat is written behind it: where that is not there yet the seats are asked.
func (s *Cohorts) PlaceIn(ctx context.Context, webinar string, p lms.PersonID) (Place, error) {
	r, err := s.registrations.Find(ctx, registrationID(ID(webinar), p))
	if err == nil && r.Place().Has() || unlessNotFound(err) != nil {
		return r.Place(), err
	}
	x, err := s.seats.Find(ctx, webinar)
	place, _ := x.Of(p)
	return cmp.Or(place, r.Place()), asUnknown(err)
}

// Unseat takes somebody out of a webinar: by themselves, or by somebody else for a reason. It asks nobody, and may be told again.
func (s *Cohorts) Unseat(ctx context.Context, webinar string, p lms.PersonID, act Act) error {
	c, err := s.hosted(ctx, webinar)
	if err != nil {
		return err
	}
	what := Removed
	if act.By == p {
		what = Left
	}
	return s.change(ctx, c, func(x *Seats) error { x.leave(p, what, act); return nil })
}

// Everyone yields who is or was in a webinar, by name. It asks nobody.
func (s *Cohorts) Everyone(ctx context.Context, webinar string) iter.Seq2[Registration, error] {
	return s.registrations.List(ctx, lms.Query{Index: "within", Prefix: "/" + webinar + "/"})
}

// Webinars yields somebody's registrations in webinars, the latest first. It asks nobody.
func (s *Cohorts) Webinars(ctx context.Context, p lms.PersonID) iter.Seq2[Registration, error] {
	return func(yield func(Registration, error) bool) {
		for r, err := range s.registrations.List(ctx, lms.Query{Index: "person", Prefix: string(p) + "/", Reverse: true}) {
			if err == nil && r.Webinar == "" {
				continue
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// Unsettled says whether something of a webinar's seats is still to be written. It asks nobody.
func (s *Cohorts) Unsettled(ctx context.Context, webinar string) (bool, error) {
	x, err := s.seats.Find(ctx, webinar)
	return len(x.Due) > 0, asUnknown(err)
}
