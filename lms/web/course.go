package web

import (
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
	p.Modules = r.outline(slug, c, st, "")
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

// outline is the modules and objects of a course, with the reader's standing where there is one.
func (r *request) outline(slug course.Slug, c *course.Course, st lms.Standing, current course.ObjectID) []ModuleView {
	var out []ModuleView
	number := 0
	for i, m := range c.Modules {
		v := ModuleView{Number: i + 1, Title: m.Title, Summary: m.Summary}
		for _, o := range m.Objects {
			number++
			card := ObjectCard{Number: number, Title: o.Title, Kind: string(o.Kind), Minutes: o.Minutes, Rule: r.say(lms.RulePhrases(o)), Current: o.ID == current}
			if os, ok := st.Of(o.ID); ok {
				r.standObject(&card, slug, os)
			}
			if card.State == string(lms.Completed) {
				v.Done++
			}
			v.Objects = append(v.Objects, card)
		}
		out = append(out, v)
	}
	return out
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
