package report

import (
	"context"
	"maps"
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// Counts is how far people are in a course, by head.
type Counts struct {
	Enrolled  int `json:"enrolled"`
	Started   int `json:"started"`   // of them: who has opened something
	Completed int `json:"completed"` // of them
	Certified int `json:"certified"` // of them: whose certificate was issued
}

func (c Counts) plus(d Counts) Counts {
	return Counts{c.Enrolled + d.Enrolled, c.Started + d.Started, c.Completed + d.Completed, c.Certified + d.Certified}
}

// Percent is how many of those enrolled have completed, rounded down.
func (c Counts) Percent() int {
	if c.Enrolled == 0 {
		return 0
	}
	return c.Completed * 100 / c.Enrolled
}

// Tally is how the members of one organisation are doing, not those of the organisations below it.
type Tally struct {
	Organisation lms.OrganisationID     `json:"organisation"`
	Courses      map[course.Slug]Counts `json:"courses,omitempty"`
	Counted      time.Time              `json:"counted"` // when the counting began
}

// tallies says how tallies are kept.
var tallies = lms.Noun[Tally]{Name: "tallies", ID: func(t Tally) string { return string(t.Organisation) }, Shared: 4096}

// fresh gives the tally of an organisation as its enrolments are now: what is kept, unless one of them turned since.
func (r *Reports) fresh(ctx context.Context, org lms.OrganisationID) (Tally, error) {
	kept, err := r.tallies.Find(ctx, string(org))
	if err != nil && !lms.Is(err, lms.NotFound) {
		return Tally{}, err
	}
	for e, err2 := range r.school.Learning.OfEnte(ctx, org, true) {
		if err2 != nil {
			return Tally{}, err2
		}
		if err == nil && e.Turned().Before(kept.Counted) {
			return kept, nil
		}
		return r.recount(ctx, org)
	}
	return Tally{Organisation: org}, nil // nobody is enrolled
}

// recount counts an organisation's enrolments, and keeps what it found unless somebody counted later.
func (r *Reports) recount(ctx context.Context, org lms.OrganisationID) (Tally, error) {
	t, err := r.count(ctx, org)
	if err != nil {
		return t, err
	}
	err = r.tallies.Add(ctx, t)
	if lms.IsTaken(err, "id") {
		_, err = r.tallies.Change(ctx, string(org), func(old *Tally) error {
			if old.Counted.Before(t.Counted) {
				*old = t
			}
			return nil
		})
	}
	return t, err
}

func (r *Reports) count(ctx context.Context, org lms.OrganisationID) (Tally, error) {
	t := Tally{Organisation: org, Courses: map[course.Slug]Counts{}, Counted: r.now()}
	for e, err := range r.school.Learning.OfEnte(ctx, org, false) {
		if err != nil {
			return t, err
		}
		t.Courses[e.Course] = t.Courses[e.Course].plus(of(e))
	}
	return t, nil
}

// of is what one enrolment adds.
func of(e lms.Enrolment) Counts {
	one := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	return Counts{1, one(!e.Started.IsZero()), one(!e.Completed.IsZero()), one(len(e.Certificates) > 0)}
}

// Summary is how an organisation and all below it are doing.
type Summary struct {
	Organisation lms.Organisation
	Total        Counts
	Courses      []CourseCounts // by name
	Enti         []EnteCounts   // those below that have somebody enrolled, by name; each with its own members alone
}

// CourseCounts is one course of a summary.
type CourseCounts struct {
	Course course.Slug
	Title  string
	Counts
}

// EnteCounts is one organisation of a summary.
type EnteCounts struct {
	ID   lms.OrganisationID
	Name string
	Counts
}

// Summary sums up an organisation and all below it, in one course or, with "", in all, for whoever keeps its people.
func (r *Reports) Summary(ctx context.Context, a lms.Actor, org lms.OrganisationID, only course.Slug) (Summary, error) {
	if _, err := r.source(ctx, a, Spec{Kind: Progress, Organisation: org}); err != nil {
		return Summary{}, err
	}
	root, err := r.school.Organisations.Find(ctx, org)
	if err != nil {
		return Summary{}, err
	}
	out, courses := Summary{Organisation: root}, map[course.Slug]Counts{}
	for o, err := range r.school.Organisations.Below(ctx, org) {
		if err != nil {
			return out, err
		}
		t, err := r.fresh(ctx, o.ID)
		if err != nil {
			return out, err
		}
		sum := Counts{}
		for slug, c := range t.Courses {
			if only != "" && slug != only {
				continue
			}
			sum, courses[slug] = sum.plus(c), courses[slug].plus(c)
		}
		if sum.Enrolled > 0 {
			out.Enti = append(out.Enti, EnteCounts{o.ID, o.Name, sum})
		}
		out.Total = out.Total.plus(sum)
	}
	out.Courses, err = r.named(ctx, courses)
	return out, err
}

// named gives courses their titles, and their order.
func (r *Reports) named(ctx context.Context, courses map[course.Slug]Counts) (out []CourseCounts, err error) {
	for _, slug := range slices.Sorted(maps.Keys(courses)) {
		head, err := r.school.Library.Find(ctx, slug)
		if err != nil {
			return nil, err
		}
		out = append(out, CourseCounts{slug, head.Latest().Title, courses[slug]})
	}
	slices.SortStableFunc(out, func(x, y CourseCounts) int { return lms.CompareFolded(x.Title, y.Title) })
	return out, nil
}

// Differing counts everything anew and tells of which organisations the kept tally says something else than the enrolments do, once it is brought up to
// date: of none, unless there is a fault.
func (r *Reports) Differing(ctx context.Context, orgs []lms.OrganisationID) (out []lms.OrganisationID, err error) {
	for _, id := range orgs {
		kept, err := r.fresh(ctx, id)
		if err != nil {
			return nil, err
		}
		counted, err := r.count(ctx, id)
		if err != nil {
			return nil, err
		}
		if !maps.Equal(kept.Courses, counted.Courses) {
			out = append(out, id)
		}
	}
	return out, nil
}
