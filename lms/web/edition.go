package web

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

// EditionsPage is editions.html: the editions of a course, for those who look after it or after people who take it.
type EditionsPage struct {
	front.Frame
	Course   front.Crumb
	Author   bool // the reader is an author of the course: counts are of everybody
	Closed   bool // nobody enrols any more
	Editions []EditionCard
	Batches  []BatchRow // that can be taken back
}

// EditionCard is an edition with what the reader may do with it; an address is "" where they may not, or need not.
type EditionCard struct {
	Number                                int
	Title, Note, By, Hash                 string
	Published                             time.Time
	Minutes, Objects, People              int
	Current                               bool // new enrolments take it
	Withdrawn                             time.Time
	Reason                                string // of the withdrawal
	Restores                              int    // number of the older edition that it brought back
	Compare, Restore, Withdraw, Offer, To string // To moves people to it
	Copies                                *CopiesView
}

// BatchRow is a move of people in a list.
type BatchRow struct {
	Href       string
	To, People int
	At         time.Time
}

// EditionActPage is edition_act.html: restore or withdraw an edition, with a reason.
type EditionActPage struct {
	front.Frame
	Course  front.Crumb
	Edition EditionCard
	Act     string // restore | withdraw
	Next    int    // number that a restored edition will have
	Value   string // of the note or reason
	Problem string
	Errors  map[string]string
}

// ComparePage is edition_compare.html: what changes from one edition to another.
type ComparePage struct {
	front.Frame
	Course   front.Crumb
	From, To EditionCard
	Numbers  []front.Option
	Diff     DiffView
}

func editionsHref(slug course.Slug) string { return "/versioni/" + string(slug) }

func (r *request) slug() course.Slug { return course.Slug(r.Param("slug")) }

func listEditions(r *request) error {
	f, err := r.School().Learning.Follow(r.Ctx(), r.Actor, r.slug())
	if err != nil {
		return err
	}
	p := &EditionsPage{Course: r.courseCrumb(f.Course), Author: f.Author, Closed: f.Course.Latest().Number == 0}
	older := 0 // people in older editions than the one at hand
	for i := len(f.Editions) - 1; i >= 0; i-- {
		e := f.Editions[i]
		card := r.editionCard(f, e)
		if older > 0 && e.Withdrawn.IsZero() {
			card.To = fmt.Sprintf("%s/sposta?a=%d", editionsHref(f.Course.Slug), e.Number)
		}
		older += e.People
		p.Editions = append([]EditionCard{card}, p.Editions...)
	}
	batches, err := r.School().Learning.Batches(r.Ctx(), r.Actor, f.Course.Slug)
	if err != nil {
		return err
	}
	for _, b := range batches {
		p.Batches = append(p.Batches, BatchRow{batchHref(b.Batch), b.To, b.People, b.At})
	}
	p.NoIndex = true
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.courses"), Href: "/corsi"}, p.Course, front.Crumb{Label: r.T("editions.title"), Href: ""})
	return r.Show("editions", r.T("editions.title")+" – "+p.Course.Label, p)
}

// courseCrumb names a course and leads to its page.
func (r *request) courseCrumb(head lms.Course) front.Crumb {
	return front.Crumb{Label: head.Shown().Title, Href: courseHref(head.Slug)}
}

func (r *request) editionCard(f lms.Followed, e lms.FollowedEdition) EditionCard {
	card := cardOf(e.Edition)
	card.By, card.People, card.Current = e.ByName, e.People, e.Number == f.Course.Latest().Number
	href := editionsHref(f.Course.Slug)
	if e.Number > 1 {
		card.Compare = fmt.Sprintf("%s/confronto?da=%d&a=%d", href, e.Number-1, e.Number)
	}
	card.Copies = r.copies(f.Course, e.Number)
	if !f.Author {
		return card
	}
	act := fmt.Sprintf("%s/%d/", href, e.Number)
	if e.Hash != f.Course.Newest().Hash && e.Hash != f.Course.Latest().Hash {
		card.Restore = act + "ripristina"
	}
	if e.Withdrawn.IsZero() {
		card.Withdraw = act + "ritira"
	} else {
		card.Offer = act + "offri"
	}
	return card
}

func cardOf(e lms.Edition) EditionCard {
	return EditionCard{
		Number: e.Number, Title: e.Title, Note: e.Note, Hash: string(e.Hash[:12]), Published: e.At, Minutes: e.Minutes, Objects: e.Objects,
		Withdrawn: e.Withdrawn, Reason: e.Reason, Restores: e.Restores,
	}
}

// number is the edition that the address names; 0, which no edition has, when it names none.
func (r *request) number() int {
	n, _ := strconv.Atoi(r.Param("number"))
	return n
}

func restoreForm(r *request) error  { return r.actPage("restore", "", "", nil) }
func withdrawForm(r *request) error { return r.actPage("withdraw", "", "", nil) }

// actPage asks for the note or the reason, and is the last question before it is done.
func (r *request) actPage(act, value, problem string, errors map[string]string) error {
	f, err := r.School().Learning.Follow(r.Ctx(), r.Actor, r.slug())
	if err != nil {
		return err
	}
	if !f.Author {
		return lms.Fail(lms.Forbidden, "error.role")
	}
	e, ok := f.Course.Edition(r.number())
	if !ok {
		return lms.Fail(lms.NotFound, "error.edition.unknown")
	}
	p := &EditionActPage{Course: r.courseCrumb(f.Course), Edition: cardOf(e), Act: act, Next: f.Course.Newest().Number + 1, Value: value, Problem: problem, Errors: errors}
	p.NoIndex = true
	title := r.T("edition."+act, "Number", e.Number)
	p.Crumbs = r.editionCrumbs(p.Course, f.Course.Slug, title)
	return r.Show("edition_act", title, p)
}

func (r *request) editionCrumbs(c front.Crumb, slug course.Slug, here string) []front.Crumb {
	return r.Crumbs(front.Crumb{Label: r.T("nav.courses"), Href: "/corsi"}, c, front.Crumb{Label: r.T("editions.title"), Href: editionsHref(slug)}, front.Crumb{Label: here, Href: ""})
}

func restoreEdition(r *request) error {
	note := r.Form("note")
	_, err := r.School().Publishing.Restore(r.Ctx(), r.Actor, r.slug(), r.number(), note)
	return r.acted("restore", note, "restored", err)
}

func withdrawEdition(r *request) error {
	reason := r.Form("reason")
	_, err := r.School().Publishing.Withdraw(r.Ctx(), r.Actor, r.slug(), r.number(), reason)
	return r.acted("withdraw", reason, "withdrawn", err)
}

// acted shows the editions, or the form again with what was wrong.
func (r *request) acted(act, value, outcome string, err error) error {
	if err == nil {
		return r.Done(editionsHref(r.slug()), outcome)
	}
	text, fields, err := r.Problem(err)
	if err != nil {
		return err
	}
	return r.actPage(act, value, text, fields)
}

func offerEdition(r *request) error {
	if _, err := r.School().Publishing.Offer(r.Ctx(), r.Actor, r.slug(), r.number()); err != nil {
		return err
	}
	return r.Done(editionsHref(r.slug()), "offered")
}

// compareEditions compares two editions that the address names: da and a, which are the newest and the one before where it does not say.
func compareEditions(r *request) error {
	slug := r.slug()
	f, err := r.School().Learning.Follow(r.Ctx(), r.Actor, slug)
	if err != nil {
		return err
	}
	to := r.queryNumber("a", f.Course.Newest().Number)
	from := r.queryNumber("da", max(1, to-1))
	c, err := r.School().Learning.Compare(r.Ctx(), r.Actor, slug, from, to)
	if err != nil {
		return err
	}
	p := &ComparePage{Course: r.courseCrumb(f.Course), From: cardOf(c.From), To: cardOf(c.To), Diff: r.diff(c.Diff, c.Lang)}
	p.Diff.Open = true
	for _, e := range f.Editions {
		p.Numbers = append(p.Numbers, front.Option{Value: strconv.Itoa(e.Number), Label: r.T("edition.option", "Number", e.Number, "Date", r.Words().Date(e.At))})
	}
	p.NoIndex = true
	title := r.T("difference.title", "From", from, "To", to)
	p.Crumbs = r.editionCrumbs(p.Course, slug, title)
	return r.Show("edition_compare", title+" – "+p.Course.Label, p)
}

// queryNumber is a number of the address, or another where it has none.
func (r *request) queryNumber(name string, otherwise int) int {
	n, err := strconv.Atoi(r.Query(name))
	if err != nil {
		return otherwise
	}
	return n
}

func batchHref(b lms.Batch) string {
	return editionsHref(b.Course) + "/spostamenti/" + url.PathEscape(string(b.ID))
}
