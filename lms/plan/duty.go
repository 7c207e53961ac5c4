package plan

import (
	"aulacomune/lms/cohort"
)

// State is how somebody stands with what is asked of them.
type State string

// The states.
const (
	NotStarted State = "not_started"
	InProgress State = "in_progress"
	Compliant  State = "compliant"
	Expiring   State = "expiring" // compliant, and to be repeated soon
	InGrace    State = "grace"    // the day has passed, and some days are still given
	Overdue    State = "overdue"
	Waived     State = "waived"
	Withdrawn  State = "withdrawn" // it was taken back: nothing is asked any more
)

// States lists them, what needs somebody's attention first.
func States() []State {
	return []State{Overdue, InGrace, Expiring, NotStarted, InProgress, Compliant, Waived, Withdrawn}
}

// Terms are what is asked: once by a day, or again every so many months.
type Terms struct {
	Due    cohort.Day `json:"due,omitempty"`    // the first time; "" is without a day
	Months int        `json:"months,omitempty"` // after which it is to be repeated; 0 is once for all
	Notice int        `json:"notice,omitempty"` // days before it runs out in which it is expiring
	Grace  int        `json:"grace,omitempty"`  // days after a day has passed that are still given
}

// History is what somebody did about it.
type History struct {
	Completed []cohort.Day // of every turn that was completed, in any order
	Started   bool         // the turn they are in
	Waived    cohort.Day   // the last day on which nothing is asked of them; "" is none
}

// Duty is how somebody stands, and the day that counts for it: by which they are to complete the course, or until which what they completed is good.
type Duty struct {
	State State
	By    cohort.Day // "" is no day
	Last  cohort.Day // on which they completed it last; "" is never
}

// Of works out how somebody stands on a day. It depends on nothing else.
func (t Terms) Of(h History, today cohort.Day) Duty {
	d := Duty{By: t.Due}
	for _, c := range h.Completed {
		d.Last = max(d.Last, c)
	}
	if d.Last != "" {
		d.By = ""
		if t.Months > 0 {
			d.By = d.Last.AddMonths(t.Months)
		}
	}
	d.State = t.state(d, h, today)
	return d
}

func (t Terms) state(d Duty, h History, today cohort.Day) State {
	late := d.By != "" && today > d.By
	switch {
	case h.Waived != "" && today <= h.Waived:
		return Waived
	case late && today <= d.By.Add(t.Grace):
		return InGrace
	case late:
		return Overdue
	case d.Last != "" && d.By != "" && today >= d.By.Add(-t.Notice):
		return Expiring
	case d.Last != "":
		return Compliant
	case h.Started:
		return InProgress
	}
	return NotStarted
}

// soonDays is how long before its day somebody is reminded of what they never completed.
const soonDays = 14

// next is the first day after today on which something may be to do about an assignment; "" is none.
func (t Terms) next(d Duty, h History, today cohort.Day) cohort.Day {
	var out cohort.Day
	days := []cohort.Day{}
	if h.Waived != "" {
		days = append(days, h.Waived.Add(1))
	}
	if d.By != "" {
		notice := t.Notice
		if d.Last == "" {
			notice = soonDays
		}
		days = append(days, d.By.Add(-notice), d.By.Add(1))
	}
	for _, day := range days {
		if day > today && (out == "" || day < out) {
			out = day
		}
	}
	return out
}
