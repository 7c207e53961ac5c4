package cohort

import (
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// Registration is what became of somebody in a cohort, with its whole history. It is written after the seats, and follows them.
type Registration struct {
	Cohort    ID              `json:"cohort"`
	Course    course.Slug     `json:"course"`            // "" of a webinar
	Webinar   string          `json:"webinar,omitempty"` // id of the webinar; "" of a course
	Person    lms.PersonID    `json:"person"`
	Member    lms.Membership  `json:"member"` // as who they came
	Name      string          `json:"name"`   // folded, to list by
	Begins    Day             `json:"begins,omitempty"`
	Enrolment lms.EnrolmentID `json:"enrolment,omitempty"` // from the cohort's first day
	History   []Change        `json:"history"`             // by number
}

// registrations says how registrations are kept.
var registrations = lms.Noun[Registration]{
	Name: "registrations",
	ID:   func(r Registration) string { return registrationID(r.Cohort, r.Person) },
	Indexes: []lms.Index[Registration]{
		{Name: "person", Keys: func(r Registration) []string { return []string{string(r.Person) + "/" + lms.TimeKey(r.Since())} }},
		{Name: "within", Many: true, Keys: func(r Registration) []string {
			keys := []string{"/" + string(r.Cohort) + "/" + r.Name} // everybody
			for _, o := range r.Member.Within {
				keys = append(keys, string(o)+"/"+string(r.Cohort)+"/"+r.Name)
			}
			return keys
		}},
		{Name: "begins", Keys: func(r Registration) []string { // seated, and not enrolled yet
			if !r.Place().Has() || r.Enrolment != "" || r.Webinar != "" {
				return nil
			}
			return []string{string(r.Begins)}
		}},
	},
}

// Place is where the person is now, or what happened to them last.
func (r Registration) Place() Place {
	if n := len(r.History); n > 0 {
		return r.History[n-1].What
	}
	return ""
}

// Since is when the last thing happened.
func (r Registration) Since() time.Time {
	if n := len(r.History); n > 0 {
		return r.History[n-1].At
	}
	return time.Time{}
}

// happened notes a change, once.
func (r *Registration) happened(c Change) {
	i, known := slices.BinarySearchFunc(r.History, c.Number, func(h Change, n int) int { return h.Number - n })
	if !known {
		r.History = slices.Insert(slices.Clone(r.History), i, c)
	}
}
