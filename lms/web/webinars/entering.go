package webinars

import (
	"net/url"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"

	"github.com/gofiber/fiber/v2"
)

// placeHref is the address of a personal page.
func placeHref(r *front.Request) string {
	return href(r.Param("slug")) + "/posto/" + url.PathEscape(r.Param("token"))
}

// place shows somebody's place by the link of a letter, and changes nothing.
func (p Pages) place(r *front.Request) error { return p.placePage(r, nil, "", nil) }

func (p Pages) placePage(r *front.Request, values map[string]string, problem string, wrong map[string]string) error {
	own, err := p.Webinars.OpenPlace(r.Ctx(), r.Param("slug"), r.Param("token"))
	if err != nil {
		return err
	}
	w := own.Webinar
	page := &PlacePage{
		Name: own.Name, Place: place(r, own.Place, 0), Seated: own.Place.Has(), Material: material(w.Terms), Opens: w.Opens(), Reason: w.Reason, Values: values, Problem: problem, Errors: wrong,
	}
	if own.Place == "" {
		page.Place = r.T("webinar.place.none")
	}
	if page.Card, err = cardOf(r, w); err != nil {
		return err
	}
	ahead := w.State() == webinar.Published && key(own.Door) != "error.webinar.door.late"
	if ahead && page.Seated {
		page.Enter = own.Enter
	}
	if ahead && (page.Seated || own.Place == cohort.Waiting) {
		page.Withdraw = placeHref(r) + "/ritira"
	}
	if own.Survey {
		page.Survey = surveyForm(w.Terms.Survey, placeHref(r)+"/questionario", values, wrong)
	}
	r.Path, page.NoIndex = placeHref(r), true
	return r.Show("webinar_place", r.T("webinar.place.title", "Title", w.Terms.Title), page)
}

// placeBack shows a place again with what is wrong with a form on its page.
func (p Pages) placeBack(r *front.Request, err error) error {
	text, wrong, rest := r.Problem(err)
	if rest != nil {
		return rest
	}
	return p.placePage(r, sent(r), text, wrong)
}

func (p Pages) withdrawByLink(r *front.Request) error {
	if err := p.Webinars.WithdrawByLink(r.Ctx(), r.Param("slug"), r.Param("token")); err != nil {
		return p.placeBack(r, err)
	}
	return r.Done(placeHref(r), "webinar-left")
}

func (p Pages) opineByLink(r *front.Request) error {
	v, err := p.Webinars.OpenPlace(r.Ctx(), r.Param("slug"), r.Param("token"))
	if err == nil {
		err = p.Webinars.OpineByLink(r.Ctx(), r.Param("slug"), r.Param("token"), opinion(r, v.Webinar.Terms.Survey))
	}
	if err != nil {
		return p.placeBack(r, err)
	}
	return r.Done(placeHref(r), "webinar-opined")
}

// entrance is the door for whoever is signed in.
func (p Pages) entrance(r *front.Request) error { return p.ownDoor(r, "") }

func (p Pages) ownDoor(r *front.Request, problem string) error {
	v, err := p.Webinars.Find(r.Ctx(), r.Actor, r.Param("slug"))
	if err != nil {
		return err
	}
	own, err := p.Webinars.MyPlace(r.Ctx(), r.Actor, v.Slug)
	if err != nil {
		return err
	}
	page := &EntrancePage{Action: href(v.Slug) + "/entra", State: door(own, v.Keeps), Problem: problem}
	return p.doorPage(r, own, page)
}

// door says how the door of a meeting stands for somebody. Who keeps the webinar is let in earlier, and needs no seat.
func door(own webinar.Place, keeps bool) string {
	switch why := key(own.Door); {
	case why == "error.webinar.door.late":
		return "late"
	case why != "" && why != "error.webinar.door.early":
		return "off"
	case keeps:
		return "open"
	case own.Place == cohort.Waiting:
		return "waiting"
	case !own.Place.Has():
		return "outside"
	case why != "":
		return "early"
	}
	return "open"
}

// patience is after how many seconds the page of a door comes again by itself, for who asked for it: nobody is made to wait on a page that moves.
const patience = "30"

func (p Pages) doorPage(r *front.Request, own webinar.Place, page *EntrancePage) error {
	var err error
	if page.Card, err = cardOf(r, own.Webinar); err != nil {
		return err
	}
	page.Opens, page.NoIndex = own.Webinar.Opens(), true
	page.Wait = page.Action + "?aspetta=si"
	if page.State == "early" && r.Query("aspetta") == "si" && r.C.Method() == fiber.MethodGet {
		page.Waits, page.Wait = true, page.Action
		r.C.Set("Refresh", patience)
	}
	if page.Problem != "" {
		r.C.Status(fiber.StatusConflict)
	}
	r.Path = page.Action
	return r.Show("webinar_enter", r.T("webinar.enter.title", "Title", own.Webinar.Terms.Title), page)
}

func (p Pages) enter(r *front.Request) error {
	address, err := p.Webinars.Enter(r.Ctx(), r.Actor, r.Param("slug"))
	if shut(err) {
		return p.ownDoor(r, words(r, err))
	}
	if err != nil {
		return err
	}
	v, err := p.Webinars.Find(r.Ctx(), r.Actor, r.Param("slug"))
	if err != nil {
		return err
	}
	return p.goPage(r, v.Webinar, address)
}

// shut says that somebody is not let in, for a reason that the page of the door says.
func shut(err error) bool {
	return lms.Is(err, lms.Conflict) || lms.Is(err, lms.Forbidden) || lms.Is(err, lms.Unavailable)
}

// linkedEntrance is the door for whoever a personal link is for. Opening it changes nothing.
func (p Pages) linkedEntrance(r *front.Request) error { return p.linkedDoor(r, "") }

func (p Pages) linkedDoor(r *front.Request, problem string) error {
	own, err := p.Webinars.OpenEntrance(r.Ctx(), r.Param("slug"), r.Param("token"))
	if err != nil {
		return err
	}
	page := &EntrancePage{Name: own.Name, Action: href(own.Webinar.Slug) + "/entra/" + url.PathEscape(r.Param("token")), State: door(own, false), Problem: problem}
	return p.doorPage(r, own, page)
}

func (p Pages) enterByLink(r *front.Request) error {
	address, err := p.Webinars.EnterByLink(r.Ctx(), r.Param("slug"), r.Param("token"))
	if shut(err) {
		return p.linkedDoor(r, words(r, err))
	}
	if err != nil {
		return err
	}
	own, err := p.Webinars.OpenEntrance(r.Ctx(), r.Param("slug"), r.Param("token"))
	if err != nil {
		return err
	}
	return p.goPage(r, own.Webinar, address)
}

// goPage leads to the meeting, from a page of ours: where forms may lead is said once for all pages, and that is this site.
func (p Pages) goPage(r *front.Request, w webinar.Webinar, address string) error {
	c, err := cardOf(r, w)
	if err != nil {
		return err
	}
	r.C.Set("Refresh", "0; url="+address)
	page := &GoPage{Card: c, Address: address}
	page.NoIndex = true
	return r.Show("webinar_go", r.T("webinar.go.title"), page)
}
