package web

import (
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

// NewsPage is news.html: what changed in a course since the reader took it up, in plain words.
type NewsPage struct {
	front.Frame
	Course         front.Crumb
	Mine, From, To int // numbers of editions
	Moves          []NewsMove
	Notes          []NewsNote
	Diff           DiffView
}

// NewsMove is how the reader came to another edition.
type NewsMove struct {
	From, To int
	At       time.Time
	Again    []string // titles of objects that began again then
}

// NewsNote is what the authors say of an edition.
type NewsNote struct {
	Number    int
	Note      string
	Published time.Time
}

// showNews tells a learner what changed. Who does not take the course is led to its page.
func showNews(r *request) error {
	slug := r.slug()
	c, err := r.School().Learning.WhatChanged(r.Ctx(), r.Actor, slug)
	if lms.Is(err, lms.NotFound) {
		if _, err := r.School().Library.Find(r.Ctx(), slug); err != nil {
			return front.Unknown(err, "error.course.unknown")
		}
		return r.See(courseHref(slug))
	}
	if err != nil {
		return err
	}
	p := &NewsPage{Course: front.Crumb{Label: c.Mine.Title, Href: courseHref(slug)}, Mine: c.Mine.Number, From: c.From.Number, To: c.To.Number, Diff: r.diff(c.Diff, c.Lang)}
	for _, m := range c.Moves {
		p.Moves = append(p.Moves, NewsMove{m.From, m.To, m.At, m.Again})
	}
	for _, e := range c.Notes {
		p.Notes = append(p.Notes, NewsNote{e.Number, e.Note, e.At})
	}
	p.NoIndex, p.ContentLang = true, p.Diff.ContentLang
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.courses"), Href: "/corsi"}, p.Course, front.Crumb{Label: r.T("news.title"), Href: ""})
	return r.Show("news", r.T("news.title")+" – "+p.Course.Label, p)
}
