package cohort

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"aulacomune/lms"
)

// Whatever happens in whatever order: nobody stands twice, no capacity is exceeded, nobody waits while a seat is free, who came first is promoted
// first, and the changes tell where everybody is.
func TestSeatsKeepTheirPromises(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		s := Seats{Capacity: r.IntN(4)}
		at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		for step := range 60 {
			at = at.Add(time.Minute)
			p := lms.PersonID(fmt.Sprint("p", r.IntN(8)))
			switch r.IntN(5) {
			case 0, 1, 2:
				s.take(Seat{Person: p, Since: at}, p)
			case 3:
				s.leave(p, Left, Act{By: p, At: at})
			case 4:
				if n := r.IntN(5); n == 0 || n >= len(s.Seated) {
					s.Capacity = n
				}
			}
			s.promote(at)
			checkSeats(t, s, seed, step)
		}
		if !slices.IsSortedFunc(s.Waiting, func(a, b Seat) int { return a.Since.Compare(b.Since) }) {
			t.Errorf("seed %d: the queue is out of order: %v", seed, s.Waiting)
		}
	}
}

func checkSeats(t *testing.T, s Seats, seed uint64, step int) {
	t.Helper()
	if s.Capacity > 0 && len(s.Seated) > s.Capacity {
		t.Fatalf("seed %d, step %d: %d seats of %d", seed, step, len(s.Seated), s.Capacity)
	}
	if len(s.Waiting) > 0 && s.Free() > 0 {
		t.Fatalf("seed %d, step %d: %d wait while %d are free", seed, step, len(s.Waiting), s.Free())
	}
	seen := map[lms.PersonID]Place{}
	for i, x := range slices.Concat(s.Seated, s.Waiting) {
		if seen[x.Person] != "" {
			t.Fatalf("seed %d, step %d: %s stands twice", seed, step, x.Person)
		}
		seen[x.Person] = Seated
		if i >= len(s.Seated) {
			seen[x.Person] = Waiting
		}
	}
	told := map[lms.PersonID]Registration{}
	for i, c := range s.Due {
		if c.Number != i+1 {
			t.Fatalf("seed %d, step %d: change %d has number %d", seed, step, i, c.Number)
		}
		r := told[c.Seat.Person]
		r.happened(c)
		r.happened(c)
		told[c.Seat.Person] = r
	}
	for p, r := range told {
		place := r.Place()
		if place == Promoted {
			place = Seated
		}
		if place == Left {
			place = ""
		}
		if place != seen[p] {
			t.Fatalf("seed %d, step %d: %s is %q, and the changes say %q", seed, step, p, seen[p], r.Place())
		}
	}
}

// Changes that arrive out of order, or again, make the same history.
func TestAHistoryIsTheSameHoweverItIsWritten(t *testing.T) {
	changes := []Change{{Number: 3, What: Waiting}, {Number: 9, What: Promoted}, {Number: 12, What: Left}}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 1, 2, 0, 0}, {2, 0, 1, 2}} {
		var r Registration
		for _, i := range order {
			r.happened(changes[i])
		}
		if !slices.Equal(r.History, changes) || r.Place() != Left {
			t.Errorf("%v: %+v", order, r.History)
		}
	}
}

func TestDismissAndAnnounce(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	s := Seats{Capacity: 1, Dates: "a/b"}
	s.take(Seat{Person: "p", Since: at}, "p")
	s.take(Seat{Person: "q", Since: at}, "q")
	s.announce("a/b", at)
	if len(s.Due) != 2 {
		t.Errorf("told the dates they know: %+v", s.Due)
	}
	s.announce("a/c", at)
	s.announce("a/c", at)
	if len(s.Due) != 4 || !s.Due[2].Dates || s.Due[2].What != Seated || s.Due[3].What != Waiting {
		t.Errorf("other dates: %+v", s.Due)
	}
	s.dismiss(Act{By: "x", At: at, Reason: "neve"})
	s.promote(at)
	if len(s.Seated)+len(s.Waiting) != 0 || len(s.Due) != 6 || s.Due[5].What != Dismissed || s.Due[5].Reason != "neve" {
		t.Errorf("dismissed: %+v", s)
	}
}
