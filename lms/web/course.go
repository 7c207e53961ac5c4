package web

import (
	"fmt"
	"html/template"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
)

func showCourse(r *request) error {
	slug := course.Slug(r.param("slug"))
	head, c, err := r.school().Library.Latest(r.ctx(), slug)
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
		if newest := head.Latest().Number; newest > st.Enrolment.Edition {
			p.Newer = newest
		}
	case r.actor.Nobody():
		p.SignIn = "/accedi?da=" + courseHref(slug)
		p.Enrol = courseHref(slug) + "/iscrizione"
	default:
		p.Enrol = courseHref(slug) + "/iscrizione"
	}
	p.Planned, p.Programme, p.Audience, p.Objectives = c.Minutes, c.Programme, c.Audience, c.Objectives
	if p.Modules, err = r.outline("part/module", slug, c, st, ""); err != nil {
		return err
	}
	p.Description = c.Summary
	p.Crumbs = r.crumbs(Crumb{r.t("nav.courses"), "/corsi"}, Crumb{c.Title, ""})
	return r.show("course", c.Title, p)
}

// unknown gives a NotFound a message of its own.
func unknown(err error, message string) error {
	if lms.Is(err, lms.NotFound) {
		return &lms.Error{Kind: lms.NotFound, Message: message, Err: err}
	}
	return err
}

// outline is the modules and objects of a course, with the reader's standing where there is one, each rendered by a part. A module is rendered
// once for each state that its objects can be in.
func (r *request) outline(part string, slug course.Slug, c *course.Course, st lms.Standing, current course.ObjectID) ([]template.HTML, error) {
	out := make([]template.HTML, 0, len(c.Modules))
	number := 0
	for i, m := range c.Modules {
		html, err := r.fragment(part, moduleKey(slug, c, m, st, current), func() any { return r.module(i+1, number, slug, m, st, current) })
		if err != nil {
			return nil, err
		}
		out = append(out, html)
		number += len(m.Objects)
	}
	return out, nil
}

// moduleKey holds everything that a module's outline shows.
func moduleKey(slug course.Slug, c *course.Course, m course.Module, st lms.Standing, current course.ObjectID) string {
	var b strings.Builder
	b.WriteString(string(slug) + " " + string(c.Hash) + " " + string(m.ID))
	for _, o := range m.Objects {
		if o.ID == current {
			b.WriteString(" here")
		}
		if os, ok := st.Of(o.ID); ok {
			b.WriteString(" " + string(os.State))
			if os.State == lms.InProgress {
				fmt.Fprint(&b, os.Percent, os.Missing)
			}
		}
	}
	return b.String()
}

// module is one module; before is the number of objects before it.
func (r *request) module(number, before int, slug course.Slug, m course.Module, st lms.Standing, current course.ObjectID) ModuleView {
	v := ModuleView{Number: number, Title: m.Title, Summary: m.Summary}
	for i, o := range m.Objects {
		card := ObjectCard{Number: before + i + 1, Title: o.Title, Kind: string(o.Kind), Minutes: o.Minutes, Rule: r.say(lms.RulePhrases(o)), Current: o.ID == current}
		if os, ok := st.Of(o.ID); ok {
			r.standObject(&card, slug, os)
		}
		if card.State == string(lms.Completed) {
			v.Done++
		}
		v.Objects = append(v.Objects, card)
	}
	return v
}

func (r *request) standObject(card *ObjectCard, slug course.Slug, os lms.ObjectStanding) {
	card.State, card.Percent, card.Missing = string(os.State), os.Percent, r.say(lms.MissingPhrases(os.Missing))
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
