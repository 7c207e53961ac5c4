package plan

import (
	"fmt"
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Assignment is a course that somebody is to take. A person has one for a course, whatever how often it was assigned.
type Assignment struct {
	Course  course.Slug    `json:"course"`
	Person  lms.PersonID   `json:"person"`
	Member  lms.Membership `json:"member"` // as whom
	Name    string         `json:"name"`   // folded, to list by
	Terms   Terms          `json:"terms"`
	Rule    RuleID         `json:"rule,omitempty"`   // that assigned it; "" by hand
	Waived  cohort.Day     `json:"waived,omitempty"` // the last day on which nothing is asked
	Ended   time.Time      `json:"ended,omitzero"`   // taken back
	Check   cohort.Day     `json:"check,omitempty"`  // the day on which something may be to do; "" is none
	History []Entry        `json:"history"`
	Untold  []int          `json:"untold,omitempty"` // entries of which the person is still to be told
}

// What happened to an assignment.
type What string

// What may happen.
const (
	Assigned   What = "assigned"
	Extended   What = "extended"
	TakenBack  What = "withdrawn"
	Excused    What = "waived"
	Remembered What = "soon"    // the day is near
	Missed     What = "late"    // the day has passed
	Renewed    What = "renewed" // it begins again
)

// Entry is one line of an assignment's history.
type Entry struct {
	Number int          `json:"number"` // from 1
	What   What         `json:"what"`
	At     time.Time    `json:"at"`
	By     lms.PersonID `json:"by,omitempty"` // "" is a rule, or the house itself
	Day    cohort.Day   `json:"day,omitempty"`
	Reason string       `json:"reason,omitempty"`
}

// assignmentID is computed, so that a course is assigned once.
func assignmentID(c course.Slug, p lms.PersonID) string { return fmt.Sprintf("%s/%s", c, p) }

// assignments says how assignments are kept.
var assignments = lms.Noun[Assignment]{
	Name: "assignments",
	ID:   func(x Assignment) string { return assignmentID(x.Course, x.Person) },
	Indexes: []lms.Index[Assignment]{
		{Name: "person", Keys: func(x Assignment) []string { return []string{string(x.Person) + "/" + string(x.Terms.Due)} }},
		{Name: "within", Many: true, Keys: func(x Assignment) []string {
			var keys []string
			for _, o := range x.Member.Within {
				keys = append(keys, string(o)+"/"+string(x.Course)+"/"+x.Name)
			}
			return keys
		}},
		{Name: "check", Keys: func(x Assignment) []string {
			switch {
			case len(x.Untold) > 0:
				return []string{"0"}
			case x.Check == "" || !x.Ended.IsZero():
				return nil
			}
			return []string{string(x.Check)}
		}},
	},
}

// happened adds to the history, and notes that the person is to be told.
func (x *Assignment) happened(e Entry) {
	e.Number = len(x.History) + 1
	x.History = append(slices.Clone(x.History), e)
	x.Untold = append(slices.Clone(x.Untold), e.Number)
}

// said says whether a day was spoken of already.
func (x Assignment) said(w What, day cohort.Day) bool {
	return slices.ContainsFunc(x.History, func(e Entry) bool { return e.What == w && e.Day == day })
}

// The bounds of what is asked.
const (
	mostMonths = 120
	mostDays   = 366
)

// tidy says what is wrong with terms, all at once.
func (t *Terms) tidy() error {
	fields := map[string]string{}
	due, ok := cohort.ParseDay(string(t.Due))
	if t.Due = due; !ok {
		fields["due"] = "error.day"
	}
	for name, n := range map[string][2]int{"months": {t.Months, mostMonths}, "notice": {t.Notice, mostDays}, "grace": {t.Grace, mostDays}} {
		if n[0] < 0 || n[0] > n[1] {
			fields[name] = "error.plan.number"
		}
	}
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}
