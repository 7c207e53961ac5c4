package web

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
)

func showCourse(r *request) error {
	slug := course.Slug(r.param("slug"))
	head, c, err := r.school().Library.Shown(r.ctx(), slug)
	if err != nil {
		return unknown(err, "error.course.unknown")
	}
	p := &CoursePage{Course: r.courseCard(head)}
	var st lms.Standing
	if !r.actor.Nobody() {
		if st, err = r.school().Learning.Mine(r.ctx(), r.actor, slug); err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
	}
	switch {
	case st.Content != nil:
		c = st.Content
		r.stand(&p.Course, st)
		p.Minutes = st.Minutes
		if newest := head.Latest(); newest.Number > st.Enrolment.Edition && newest.Hash != st.Enrolment.Hash {
			p.Newer = newest.Number
		}
		if from, to := st.Enrolment.Span(head); from != to {
			p.News = "/novita/" + string(slug)
		}
	case head.Latest().Number == 0:
		p.Closed = true
	case r.actor.Nobody():
		p.SignIn = "/accedi?da=" + courseHref(slug)
		p.Enrol = courseHref(slug) + "/iscrizione"
	default:
		p.Enrol = courseHref(slug) + "/iscrizione"
	}
	if r.actor.Has(lms.Author, head.Within) || r.actor.Has(lms.Administrator, head.Within) {
		p.Editions = editionsHref(slug)
	}
	p.Planned, p.Programme, p.Audience, p.Objectives = c.Minutes, c.Programme, c.Audience, c.Objectives
	if p.Modules, err = r.outline("part/module", outlined{slug, c, st, ""}); err != nil {
		return err
	}
	p.Description, p.ContentLang = c.Summary, r.contentLang(c.Lang)
	p.Crumbs = r.crumbs(Crumb{r.t("nav.courses"), "/corsi"}, Crumb{c.Title, ""})
	if err := r.shareCourse(p, string(c.Hash)); err != nil {
		return err
	}
	return r.show("course", c.Title, p)
}

// unknown gives a NotFound a message of its own.
func unknown(err error, message string) error {
	if lms.Is(err, lms.NotFound) {
		return &lms.Error{Kind: lms.NotFound, Message: message, Err: err}
	}
	return err
}

// outlined is what an outline shows: an edition with the reader's standing in it, where there is one, and the object that is being read.
type outlined struct {
	slug    course.Slug
	content *course.Course
	st      lms.Standing
	current course.ObjectID
}

// outline renders the modules by a part, each once for every state that its objects can be in.
func (r *request) outline(part string, o outlined) ([]template.HTML, error) {
	out := make([]template.HTML, 0, len(o.content.Modules))
	before := 0
	for i, m := range o.content.Modules {
		html, err := r.fragment(part, o.key(m), func() any { return r.module(o, i, before) })
		if err != nil {
			return nil, err
		}
		out = append(out, html)
		before += len(m.Objects)
	}
	return out, nil
}

// key holds everything that a module's outline shows.
func (o outlined) key(m course.Module) string {
	var b strings.Builder
	b.WriteString(string(o.slug) + " " + string(o.content.Hash) + " " + string(m.ID))
	for _, object := range m.Objects {
		if object.ID == o.current {
			b.WriteString(" here")
		}
		if os, ok := o.st.Of(object.ID); ok {
			b.WriteString(" " + string(os.State))
			if os.Object.Personal() {
				fmt.Fprint(&b, " ", os.Object.Needed(), "/", os.Object.Points())
			}
			if os.State == lms.InProgress {
				m := os.Missing
				m.Seconds = math.Ceil(m.Seconds) // as it is shown
				fmt.Fprint(&b, m)
			}
		}
	}
	return b.String()
}

// module is one module of an outline; before is the number of objects before it.
func (r *request) module(o outlined, i, before int) ModuleView {
	m := o.content.Modules[i]
	v := ModuleView{Number: i + 1, ContentLang: r.contentLang(o.content.Lang), Title: m.Title, Summary: m.Summary}
	for k, object := range m.Objects {
		os, enrolled := o.st.Of(object.ID)
		if enrolled {
			object = os.Object // with the questions that are asked of this reader
		}
		card := ObjectCard{Number: before + k + 1, Title: object.Title, Kind: string(object.Kind), Minutes: object.Minutes, Rule: r.say(course.RulePhrases(object)), Current: object.ID == o.current}
		if enrolled {
			r.standObject(&card, o.slug, os)
		}
		if card.State == string(lms.Completed) {
			v.Done++
		}
		v.Objects = append(v.Objects, card)
	}
	return v
}

func (r *request) standObject(card *ObjectCard, slug course.Slug, os lms.ObjectStanding) {
	card.State, card.Percent, card.Missing = string(os.State), os.Percent, r.say(course.MissingPhrases(os.Missing))
	if os.State != lms.Locked {
		card.Href = objectHref(slug, os.Object.ID)
	}
}

func enrol(r *request) error {
	slug := course.Slug(r.param("slug"))
	if _, err := r.school().Learning.Enrol(r.ctx(), r.actor, slug); err != nil {
		return unknown(err, "error.course.unknown")
	}
	return r.done(courseHref(slug), "enrolled")
}
