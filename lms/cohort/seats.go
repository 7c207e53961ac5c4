package cohort

import (
	"slices"
	"time"

	"aulacomune/lms"
)

// Seats are who is seated in a cohort and who waits, each in the order they came. They are a document of their own: every change is one atomic write
// that many may race for, and holds what is still to be done about it. They are stored as kept.
type Seats struct {
	Cohort    ID
	Capacity  int // 0 is no limit
	Seated    []Seat
	Waiting   []Seat
	Dates     string   // of the cohort, as everybody here was told
	Last      int      // number of the last change
	Due       []Change // changes whose registrations are not written yet
	Dismissed bool     // with the cohort: nobody is seated any more
}

// Seat is a place of somebody, or their place in the queue.
type Seat struct {
	Person lms.PersonID       `json:"person"`
	Ente   lms.OrganisationID `json:"ente"` // as whose member
	Via    Way                `json:"via"`
	By     lms.PersonID       `json:"by"`
	Since  time.Time          `json:"since"`
}

// Place is where somebody is in a cohort, or what happened to them there.
type Place string

// The places. Who was promoted is seated, who was moved is seated in another cohort.
const (
	Seated    Place = "seated"
	Waiting   Place = "waiting"
	Promoted  Place = "promoted" // from the waiting list
	Left      Place = "left"     // by themselves
	Removed   Place = "removed"
	Dismissed Place = "cancelled" // with the cohort
)

// Has says whether a place is a seat.
func (p Place) Has() bool { return p == Seated || p == Promoted }

// Change is something that happened to somebody's seat. Numbers begin at 1 and rise.
type Change struct {
	Number int          `json:"number"`
	What   Place        `json:"what"`
	Seat   Seat         `json:"seat"`
	At     time.Time    `json:"at"`
	By     lms.PersonID `json:"by,omitempty"` // "" is the house itself
	Reason string       `json:"reason,omitempty"`
	Dates  bool         `json:"dates,omitempty"` // the place is as it was, the dates are others
}

// seatings says how seats are kept.
var seatings = lms.Noun[Seats]{
	Name:   "seats",
	ID:     func(s Seats) string { return string(s.Cohort) },
	Shared: 64,
	Clone: func(s Seats) Seats { // what is appended to a copy is nobody else's
		s.Seated, s.Waiting, s.Due = slices.Clip(s.Seated), slices.Clip(s.Waiting), slices.Clip(s.Due)
		return s
	},
	Indexes: []lms.Index[Seats]{
		{Name: "due", Keys: func(s Seats) []string {
			if len(s.Due) == 0 {
				return nil
			}
			return []string{lms.TimeKey(s.Due[0].At)}
		}},
	},
	Upgrades: []lms.Upgrade{asTexts},
}

// Of says where somebody is; the position counts from 1, and "" is nowhere.
func (s Seats) Of(p lms.PersonID) (Place, int) {
	here := func(x Seat) bool { return x.Person == p }
	if i := slices.IndexFunc(s.Seated, here); i >= 0 {
		return Seated, i + 1
	}
	if i := slices.IndexFunc(s.Waiting, here); i >= 0 {
		return Waiting, i + 1
	}
	return "", 0
}

// Free is how many seats nobody has; a large number where there is no limit.
func (s Seats) Free() int {
	if s.Capacity == 0 {
		return maxCapacity
	}
	return s.Capacity - len(s.Seated)
}

// take gives a seat, or a place in the queue where none is free or others wait. Who has one keeps it.
func (s *Seats) take(seat Seat, by lms.PersonID) {
	switch place, _ := s.Of(seat.Person); {
	case place != "":
	case s.Free() > 0 && len(s.Waiting) == 0:
		s.Seated = append(s.Seated, seat)
		s.changed(Seated, seat, Act{By: by, At: seat.Since})
	default:
		s.Waiting = append(s.Waiting, seat)
		s.changed(Waiting, seat, Act{By: by, At: seat.Since})
	}
}

// Act is who did something to a seat, when and why.
type Act struct {
	By     lms.PersonID
	At     time.Time
	Reason string
}

// leave frees what somebody has.
func (s *Seats) leave(p lms.PersonID, what Place, act Act) {
	here := func(x Seat) bool { return x.Person == p }
	for _, list := range []*[]Seat{&s.Seated, &s.Waiting} {
		if i := slices.IndexFunc(*list, here); i >= 0 {
			seat := (*list)[i]
			*list = slices.Delete(slices.Clone(*list), i, i+1)
			s.changed(what, seat, act)
			return
		}
	}
}

// promote seats who waits, the first first, while seats are free.
func (s *Seats) promote(at time.Time) {
	for len(s.Waiting) > 0 && s.Free() > 0 {
		seat := s.Waiting[0]
		s.Waiting = slices.Clone(s.Waiting[1:])
		s.Seated = append(s.Seated, seat)
		s.changed(Promoted, seat, Act{At: at})
	}
}

// announce tells everybody other dates, once.
func (s *Seats) announce(dates string, at time.Time) {
	if s.Dates == dates {
		return
	}
	s.Dates = dates
	for _, seat := range s.Seated {
		s.changed(Seated, seat, Act{At: at})
		s.Due[len(s.Due)-1].Dates = true
	}
	for _, seat := range s.Waiting {
		s.changed(Waiting, seat, Act{At: at})
		s.Due[len(s.Due)-1].Dates = true
	}
}

// dismiss empties a cohort that does not take place.
func (s *Seats) dismiss(act Act) {
	for _, seat := range slices.Concat(s.Seated, s.Waiting) {
		s.changed(Dismissed, seat, act)
	}
	s.Seated, s.Waiting, s.Dismissed = nil, nil, true
}

func (s *Seats) changed(what Place, seat Seat, act Act) {
	s.Last++
	s.Due = append(s.Due, Change{Number: s.Last, What: what, Seat: seat, At: act.At, By: act.By, Reason: act.Reason})
}
