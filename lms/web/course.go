package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

func showCourse(r *request) error {
	slug := course.Slug(r.Param("slug"))
	head, c, err := r.School().Library.Shown(r.Ctx(), slug)
	if err != nil {
		return front.Unknown(err, "error.course.unknown")
	}
	if shown, err := r.shows(slug); err != nil || !shown {
		return cmp.Or(err, error(lms.Fail(lms.NotFound, "error.course.unknown")))
	}
	p := &CoursePage{Course: r.courseCard(head)}
	var st lms.Standing
	if !r.Actor.Nobody() {
		if st, err = r.School().Learning.Mine(r.Ctx(), r.Actor, slug); err != nil && !lms.Is(err, lms.NotFound) {
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
	case r.Actor.Nobody():
		p.SignIn = "/accedi?da=" + courseHref(slug)
		p.Enrol = courseHref(slug) + "/iscrizione"
	default:
		p.Enrol = courseHref(slug) + "/iscrizione"
	}
	if r.pages.o.Offers != nil {
		alone := true
		if p.Cohorts, alone, err = r.pages.o.Offers(r.Request, slug); err != nil {
			return err
		}
		if !alone && p.SignIn == "" {
			p.Enrol = ""
		}
	}
	if r.Actor.Has(lms.Author, head.Within) || r.Actor.Has(lms.Administrator, head.Within) {
		p.Editions = editionsHref(slug)
	}
	p.Planned, p.Programme, p.Audience, p.Objectives = c.Minutes, c.Programme, c.Audience, c.Objectives
	if p.Modules, err = r.outline("part/module", outlined{slug, c, st, ""}); err != nil {
		return err
	}
	p.Description, p.ContentLang = c.Summary, r.ContentLang(c.Lang)
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.courses"), Href: "/corsi"}, front.Crumb{Label: c.Title, Href: ""})
	if err := r.shareCourse(p, string(c.Hash)); err != nil {
		return err
	}
	return r.Show("course", c.Title, p)
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
		html, err := r.Fragment(part, o.key(m), func() any { return r.module(o, i, before) })
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
	v := ModuleView{Number: i + 1, ContentLang: r.ContentLang(o.content.Lang), Title: m.Title, Summary: m.Summary}
	for k, object := range m.Objects {
		os, enrolled := o.st.Of(object.ID)
		if enrolled {
			object = os.Object // with the questions that are asked of this reader
		}
		card := ObjectCard{Number: before + k + 1, Title: object.Title, Kind: string(object.Kind), Minutes: object.Minutes, Rule: r.Say(course.RulePhrases(object)), Current: object.ID == o.current}
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
	card.State, card.Percent, card.Missing = string(os.State), os.Percent, r.Say(course.MissingPhrases(os.Missing))
	if os.State != lms.Locked {
		card.Href = objectHref(slug, os.Object.ID)
	}
}

func enrol(r *request) error {
	slug := course.Slug(r.Param("slug"))
	if _, err := r.School().Learning.Enrol(r.Ctx(), r.Actor, slug); err != nil {
		return front.Unknown(err, "error.course.unknown")
	}
	return r.Done(courseHref(slug), "enrolled")
}
