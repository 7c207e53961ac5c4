package api

import (
	"cmp"
	"context"

	"aulacomune/course"
	"aulacomune/lms"
)

// courseCard is a course in a list.
type courseCard struct {
	Slug         string `json:"slug"`
	Organisation string `json:"organisation" doc:"whose course it is: it issues the certificates"`
	Title        string `json:"title"`
	Summary      string `json:"summary"`
	Minutes      int    `json:"minutes"`
	Modules      int    `json:"modules"`
	Objects      int    `json:"objects"`
	Edition      int    `json:"edition" doc:"number of the latest edition that is not withdrawn, or of the latest where all are"`
	EditionHash  string `json:"edition_hash"`
	Enrolling    bool   `json:"enrolling" doc:"false: every edition is withdrawn, and nobody enrols any more"`
}

// courses is a page of courses.
type courses struct {
	Items []courseCard `json:"items"`
	Next  string       `json:"next" doc:"cursor of the next page; empty at the end"`
}

type coursesIn struct{ page }

// shows says whether the catalogue shows a course to somebody.
func (a *API) shows(ctx context.Context, k call, slug course.Slug) (bool, error) {
	if a.Shows == nil {
		return true, nil
	}
	return a.Shows(ctx, k.actor, slug)
}

func (a *API) courses(ctx context.Context, k call, in coursesIn) (courses, error) {
	found, next, err := a.School.Library.Courses(ctx, in.Cursor, in.Limit)
	out := courses{Items: []courseCard{}, Next: next}
	for _, c := range found {
		if shown, err := a.shows(ctx, k, c.Slug); err != nil || !shown {
			if err != nil {
				return out, err
			}
			continue
		}
		e := c.Shown()
		out.Items = append(out.Items, courseCard{
			Slug: string(c.Slug), Organisation: string(c.Organisation), Title: e.Title, Summary: e.Summary,
			Minutes: e.Minutes, Modules: e.Modules, Objects: e.Objects, Edition: e.Number, EditionHash: string(e.Hash), Enrolling: c.Latest().Number > 0,
		})
	}
	return out, err
}

// courseDetail is what anyone may know of a course before taking it.
type courseDetail struct {
	Slug         string   `json:"slug"`
	Organisation string   `json:"organisation" doc:"whose course it is: it issues the certificates"`
	Title        string   `json:"title"`
	Summary      string   `json:"summary"`
	Lang         string   `json:"lang"`
	Programme    string   `json:"programme,omitempty"`
	Audience     string   `json:"audience,omitempty"`
	Objectives   []string `json:"objectives"`
	Sequential   bool     `json:"sequential" doc:"an object opens when the one before is completed"`
	Minutes      int      `json:"minutes"`
	Edition      int      `json:"edition"`
	EditionHash  string   `json:"edition_hash"`
	Enrolling    bool     `json:"enrolling" doc:"false: every edition is withdrawn, and nobody enrols any more"`
	Modules      []module `json:"modules"`
}

// module is a chapter of a course.
type module struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Summary string    `json:"summary,omitempty"`
	Objects []outline `json:"objects"`
}

// outline is a learning object before anyone takes it.
type outline struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Kind      string `json:"kind" enum:"reading,lesson,pill,story,webinar"`
	Minutes   int    `json:"minutes"`
	Webinar   string `json:"webinar,omitempty" doc:"which one it is, by its name in the address of its page"`
	Questions int    `json:"questions" doc:"how many"`
	Rule      rule   `json:"rule"`
}

// rule is what completes an object: everything that is set.
type rule struct {
	Read     bool   `json:"read" doc:"the learner says so"`
	Watched  int    `json:"watched" doc:"percent of the video"`
	Answered int    `json:"answered" doc:"percent of the questions, answered right"`
	Attended bool   `json:"attended" doc:"whoever attended the webinar, or watched so much of its recording"`
	Text     string `json:"text" doc:"the same in words"`
}

type courseIn struct {
	Slug string `path:"slug"`
}

func (a *API) course(ctx context.Context, k call, in courseIn) (courseDetail, error) {
	head, c, err := a.School.Library.Shown(ctx, course.Slug(in.Slug))
	if err != nil {
		return courseDetail{}, err
	}
	if shown, err := a.shows(ctx, k, head.Slug); err != nil || !shown {
		return courseDetail{}, cmp.Or(err, error(lms.Fail(lms.NotFound, "error.course.unknown")))
	}
	out := courseDetail{
		Slug: string(c.Slug), Organisation: string(head.Organisation), Title: c.Title, Summary: c.Summary, Lang: c.Lang, Programme: c.Programme,
		Audience: c.Audience, Objectives: list(c.Objectives), Sequential: c.Sequential, Minutes: c.Minutes,
		Edition: head.Shown().Number, EditionHash: string(c.Hash), Enrolling: head.Latest().Number > 0, Modules: []module{},
	}
	for _, m := range c.Modules {
		each := module{ID: string(m.ID), Title: m.Title, Summary: m.Summary, Objects: []outline{}}
		for _, o := range m.Objects {
			each.Objects = append(each.Objects, outline{
				ID: string(o.ID), Title: o.Title, Kind: string(o.Kind), Minutes: o.Minutes, Webinar: o.Webinar, Questions: len(o.Questions), Rule: a.rule(k.lang, o),
			})
		}
		out.Modules = append(out.Modules, each)
	}
	return out, nil
}

func (a *API) rule(lang string, o course.Object) rule {
	return rule{Read: o.Rule.Read, Watched: o.Rule.Watched, Answered: o.Rule.Answered, Attended: o.Rule.Attended, Text: a.sentence(lang, course.RulePhrases(o))}
}

// list is a slice that is written as [] when it is empty.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
