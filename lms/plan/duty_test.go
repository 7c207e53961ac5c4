package plan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"aulacomune/lms/cohort"
)

func TestDuty(t *testing.T) {
	once := Terms{Due: "2026-06-30", Grace: 10}
	yearly := Terms{Due: "2026-06-30", Months: 12, Notice: 30, Grace: 10}
	done := func(days ...cohort.Day) History { return History{Completed: days} }
	for _, c := range []struct {
		name  string
		terms Terms
		h     History
		today cohort.Day
		want  Duty
	}{
		{"nothing done", once, History{}, "2026-06-30", Duty{NotStarted, "2026-06-30", ""}},
		{"begun", once, History{Started: true}, "2026-06-01", Duty{InProgress, "2026-06-30", ""}},
		{"the first day after", once, History{Started: true}, "2026-07-01", Duty{InGrace, "2026-06-30", ""}},
		{"the last day of grace", once, History{}, "2026-07-10", Duty{InGrace, "2026-06-30", ""}},
		{"too late", once, History{}, "2026-07-11", Duty{Overdue, "2026-06-30", ""}},
		{"done in time", once, done("2026-05-01"), "2030-01-01", Duty{Compliant, "", "2026-05-01"}},
		{"done late", once, done("2026-08-01"), "2026-08-01", Duty{Compliant, "", "2026-08-01"}},
		{"without a day", Terms{}, History{}, "2030-01-01", Duty{NotStarted, "", ""}},
		{"waived", once, History{Waived: "2026-12-31"}, "2026-12-31", Duty{Waived, "2026-06-30", ""}},
		{"no longer waived", once, History{Waived: "2026-12-31"}, "2027-01-01", Duty{Overdue, "2026-06-30", ""}},
		{"done this year", yearly, done("2026-05-01"), "2027-03-31", Duty{Compliant, "2027-05-01", "2026-05-01"}},
		{"to be repeated soon", yearly, done("2026-05-01"), "2027-04-01", Duty{Expiring, "2027-05-01", "2026-05-01"}},
		{"to be repeated, and begun", yearly, History{Completed: []cohort.Day{"2026-05-01"}, Started: true}, "2027-05-01", Duty{Expiring, "2027-05-01", "2026-05-01"}},
		{"ran out yesterday", yearly, done("2026-05-01"), "2027-05-02", Duty{InGrace, "2027-05-01", "2026-05-01"}},
		{"ran out long ago", yearly, done("2026-05-01"), "2027-05-12", Duty{Overdue, "2027-05-01", "2026-05-01"}},
		{"repeated", yearly, done("2027-05-20", "2026-05-01"), "2027-05-21", Duty{Compliant, "2028-05-20", "2027-05-20"}},
		{"on the last of February", Terms{Months: 12}, done("2028-02-29"), "2029-02-28", Duty{Expiring, "2029-02-28", "2028-02-29"}},
	} {
		if got := c.terms.Of(c.h, c.today); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// With the days, who does nothing passes from state to state in one direction only; who completes is compliant that day; and on every day on which the
// state changes the sweep has a look.
func TestDutyOverTime(t *testing.T) {
	order := []State{Compliant, Expiring, InGrace, Overdue}
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		terms := Terms{Due: "2026-03-01", Months: 1 + r.IntN(24), Notice: r.IntN(60), Grace: r.IntN(30)}
		terms.Notice = min(terms.Notice, terms.Months*28-1)
		h := History{Completed: []cohort.Day{cohort.Day("2026-01-01").Add(r.IntN(365))}}
		today := h.Completed[0]
		last, check := terms.Of(h, today), terms.next(terms.Of(h, today), h, today)
		if last.State != Compliant && last.State != Expiring {
			t.Fatalf("seed %d: completed today, and %s", seed, last.State)
		}
		for range 1000 {
			today = today.Add(1)
			d := terms.Of(h, today)
			if slices.Index(order, d.State) < slices.Index(order, last.State) {
				t.Fatalf("seed %d, %s: from %s to %s", seed, today, last.State, d.State)
			}
			if d.State != last.State && d.State != Overdue && check != today {
				t.Fatalf("seed %d, %s: %s, and the sweep looks on %q", seed, today, d.State, check)
			}
			if check == today {
				check = terms.next(d, h, today)
			}
			last = d
		}
		if last.State != Overdue {
			t.Errorf("seed %d: %s after a thousand days of %s", seed, last.State, fmt.Sprint(terms))
		}
	}
}
