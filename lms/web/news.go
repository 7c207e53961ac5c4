package web

import (
	"time"

	"aulacomune/lms"
)

// NewsPage is news.html: what changed in a course since the reader took it up, in plain words.
type NewsPage struct {
	Frame
	Course         Crumb
	Mine, From, To int       // numbers of editions
	Moved          time.Time // to theirs; zero when they were never moved
	Again          []string  // titles of objects that began again then
	Notes          []NewsNote
	Diff           DiffView
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
	c, err := r.school().Learning.WhatChanged(r.ctx(), r.actor, slug)
	if lms.Is(err, lms.NotFound) {
		if _, err := r.school().Library.Find(r.ctx(), slug); err != nil {
			return unknown(err, "error.course.unknown")
		}
		return r.see(courseHref(slug))
	}
	if err != nil {
		return err
	}
	p := &NewsPage{Course: Crumb{c.Mine.Title, courseHref(slug)}, Mine: c.Mine.Number, From: c.From.Number, To: c.To.Number, Moved: c.Moved.At, Diff: r.diff(c.Diff, c.Lang)}
	p.Again = c.Again
	for _, e := range c.Notes {
		p.Notes = append(p.Notes, NewsNote{e.Number, e.Note, e.At})
	}
	p.NoIndex, p.ContentLang = true, p.Diff.ContentLang
	p.Crumbs = r.crumbs(Crumb{r.t("nav.courses"), "/corsi"}, p.Course, Crumb{r.t("news.title"), ""})
	return r.show("news", r.t("news.title")+" – "+p.Course.Label, p)
}
