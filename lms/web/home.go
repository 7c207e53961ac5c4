package web

import (
	"fmt"

	"aulacomune/course"
	"aulacomune/lms"
)

const pageSize = 50

func home(r *request) error {
	cards, _, err := r.courseCards("")
	if err != nil {
		return err
	}
	p := &HomePage{Courses: cards}
	p.Description = r.t("home.description")
	for i := range cards {
		if cards[i].State == string(lms.InProgress) {
			p.Continue = &cards[i]
			break
		}
	}
	return r.show("home", "", p)
}

func listCourses(r *request) error {
	cards, next, err := r.courseCards(r.query("cursore"))
	if err != nil {
		return err
	}
	p := &CoursesPage{Courses: cards, More: more("/corsi?", next)}
	p.Crumbs = r.crumbs(Crumb{r.t("nav.courses"), ""})
	p.Description = r.t("courses.description")
	return r.show("courses", r.t("courses.title"), p)
}

// page is the page of a list that the address asks for.
func (r *request) page() lms.PageAt { return lms.PageAt{After: r.query("cursore"), Limit: pageSize} }

// more is the address of the next page of a list.
func more(address, next string) string {
	if next == "" {
		return ""
	}
	return address + "cursore=" + next
}

func (r *request) crumbs(more ...Crumb) []Crumb {
	return append([]Crumb{{r.t("crumbs.home"), "/"}}, more...)
}

// courseCards lists courses with how far the reader is in each.
func (r *request) courseCards(after string) ([]CourseCard, string, error) {
	heads, next, err := r.school().Library.Courses(r.ctx(), after, pageSize)
	if err != nil {
		return nil, "", err
	}
	mine := map[course.Slug]lms.Standing{}
	if !r.actor.Nobody() {
		all, err := r.school().Learning.All(r.ctx(), r.actor)
		if err != nil {
			return nil, "", err
		}
		for _, st := range all {
			mine[st.Enrolment.Course] = st
		}
	}
	var cards []CourseCard
	for _, h := range heads {
		st, enrolled := mine[h.Slug]
		card := r.courseCard(h)
		if enrolled {
			r.stand(&card, st)
		}
		cards = append(cards, card)
	}
	return cards, next, nil
}

func (r *request) courseCard(h lms.Course) CourseCard {
	e := h.Shown()
	card := CourseCard{Href: courseHref(h.Slug), ContentLang: r.contentLang(e.Lang), Title: e.Title, Summary: e.Summary, Minutes: e.Minutes, Objects: e.Objects, Modules: e.Modules, Edition: e.Number}
	if o, err := r.school().Organisations.Find(r.ctx(), h.Organisation); err == nil {
		card.Owner = o.Name
	}
	return card
}

// stand puts somebody's standing on the card of their course.
func (r *request) stand(card *CourseCard, st lms.Standing) {
	card.Href, card.Title, card.Summary, card.ContentLang = courseHref(st.Enrolment.Course), st.Content.Title, st.Content.Summary, r.contentLang(st.Content.Lang)
	card.Enrolled, card.State, card.Percent, card.Done, card.Pending = true, string(st.State), st.Percent, st.Done, st.Pending
	card.Edition, card.Minutes, card.Objects, card.Modules = st.Enrolment.Edition, st.Planned, st.Total, len(st.Content.Modules)
	if o, err := r.school().Organisations.Find(r.ctx(), st.Enrolment.Owner); err == nil {
		card.Owner = o.Name
	}
	if o, ok := st.Of(st.Next); ok {
		card.Next = &Crumb{o.Object.Title, objectHref(st.Enrolment.Course, st.Next)}
	}
	if code := st.Enrolment.Certificate(); code != "" {
		card.Certificate = verifyHref(code)
	}
}

func courseHref(s course.Slug) string { return "/corsi/" + string(s) }

func objectHref(s course.Slug, o course.ObjectID) string { return courseHref(s) + "/" + string(o) }

func verifyHref(c lms.Code) string { return "/verifica/" + string(c) }

func myLearning(r *request) error {
	all, err := r.school().Learning.All(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	p := &LearningPage{}
	for _, st := range all {
		var card CourseCard
		r.stand(&card, st)
		p.Minutes += st.Minutes
		if st.State == lms.Completed {
			p.Completed = append(p.Completed, card)
			continue
		}
		html, err := r.fragment("part/course-card", fmt.Sprint(st.Content.Hash, card.Href, card.Owner, card.State, card.Done, st.Next), func() any { return card })
		if err != nil {
			return err
		}
		p.Active = append(p.Active, html)
	}
	p.Crumbs = r.crumbs(Crumb{r.t("nav.learning"), ""})
	return r.show("learning", r.t("learning.title"), p)
}
