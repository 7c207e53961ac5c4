package web

import (
	"fmt"
	"slices"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

func home(r *request) error {
	cards, _, err := r.courseCards("")
	if err != nil {
		return err
	}
	p := &HomePage{Courses: cards}
	p.Description = r.T("home.description")
	for i := range cards {
		if cards[i].State == string(lms.InProgress) {
			p.Continue = &cards[i]
			break
		}
	}
	return r.Show("home", "", p)
}

func listCourses(r *request) error {
	cards, next, err := r.courseCards(r.Query("cursore"))
	if err != nil {
		return err
	}
	p := &CoursesPage{Courses: cards, More: front.More("/corsi?", next)}
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.courses"), Href: ""})
	p.Description = r.T("courses.description")
	return r.Show("courses", r.T("courses.title"), p)
}

// courseCards lists courses with how far the reader is in each.
func (r *request) courseCards(after string) ([]CourseCard, string, error) {
	heads, next, err := r.School().Library.Courses(r.Ctx(), after, front.PageSize)
	if err != nil {
		return nil, "", err
	}
	mine := map[course.Slug]lms.Standing{}
	if !r.Actor.Nobody() {
		all, err := r.School().Learning.All(r.Ctx(), r.Actor)
		if err != nil {
			return nil, "", err
		}
		for _, st := range slices.Backward(all) { // the latest turn of a course comes last
			mine[st.Enrolment.Course] = st
		}
	}
	var cards []CourseCard
	for _, h := range heads {
		if shown, err := r.shows(h.Slug); err != nil || !shown {
			if err != nil {
				return nil, "", err
			}
			continue
		}
		st, enrolled := mine[h.Slug]
		card := r.courseCard(h)
		if enrolled {
			r.stand(&card, st)
		}
		cards = append(cards, card)
	}
	return cards, next, nil
}

// shows says whether the catalogue shows a course to the reader.
func (r *request) shows(slug course.Slug) (bool, error) {
	if r.pages.o.Shows == nil {
		return true, nil
	}
	return r.pages.o.Shows(r.Ctx(), r.Actor, slug)
}

func (r *request) courseCard(h lms.Course) CourseCard {
	e := h.Shown()
	card := CourseCard{Href: courseHref(h.Slug), ContentLang: r.ContentLang(e.Lang), Title: e.Title, Summary: e.Summary, Minutes: e.Minutes, Objects: e.Objects, Modules: e.Modules, Edition: e.Number, Closed: h.Latest().Number == 0}
	if o, err := r.School().Organisations.Find(r.Ctx(), h.Organisation); err == nil {
		card.Owner = o.Name
	}
	return card
}

// stand puts somebody's standing on the card of their course.
func (r *request) stand(card *CourseCard, st lms.Standing) {
	card.Href, card.Title, card.Summary, card.ContentLang = courseHref(st.Enrolment.Course), st.Content.Title, st.Content.Summary, r.ContentLang(st.Content.Lang)
	card.Enrolled, card.State, card.Percent, card.Done, card.Pending = true, string(st.State), st.Percent, st.Done, st.Pending
	card.Edition, card.Minutes, card.Objects, card.Modules = st.Enrolment.Edition, st.Planned, st.Total, len(st.Content.Modules)
	if o, err := r.School().Organisations.Find(r.Ctx(), st.Enrolment.Owner); err == nil {
		card.Owner = o.Name
	}
	if o, ok := st.Of(st.Next); ok {
		card.Next = &front.Crumb{Label: o.Object.Title, Href: objectHref(st.Enrolment.Course, st.Next)}
	}
	if code := st.Enrolment.Certificate(); code != "" {
		card.Certificate = verifyHref(code)
	}
}

func courseHref(s course.Slug) string { return "/corsi/" + string(s) }

func objectHref(s course.Slug, o course.ObjectID) string { return courseHref(s) + "/" + string(o) }

func verifyHref(c lms.Code) string { return "/verifica/" + string(c) }

func myLearning(r *request) error {
	all, err := r.School().Learning.All(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	p := &LearningPage{}
	if front.Leader.Lets(r.Actor) {
		if p.Waiting, err = r.Waiting(); err != nil {
			return err
		}
	}
	for _, st := range all {
		var card CourseCard
		r.stand(&card, st)
		p.Minutes += st.Minutes
		if st.State == lms.Completed {
			p.Completed = append(p.Completed, card)
			continue
		}
		html, err := r.Fragment("part/course-card", fmt.Sprint(st.Content.Hash, card.Href, card.Owner, card.State, card.Done, st.Next), func() any { return card })
		if err != nil {
			return err
		}
		p.Active = append(p.Active, html)
	}
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.learning"), Href: ""})
	return r.Show("learning", r.T("learning.title"), p)
}
