package webinars

import (
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
)

// cameBack shows a webinar again with what is wrong with a form on its page. Whoever is not let in hears why.
func (p Pages) cameBack(r *front.Request, err error) error {
	if lms.Is(err, lms.Forbidden) && r.Has(key(err)) {
		err = &lms.Error{Kind: lms.Conflict, Message: key(err), Err: err}
	}
	text, wrong, rest := r.Problem(err)
	if rest != nil {
		return rest
	}
	return p.webinarPage(r, sent(r), text, wrong)
}

// sent is what a form of a webinar said.
func sent(r *front.Request) map[string]string {
	values := map[string]string{}
	for name, value := range r.C.Request().PostArgs().All() {
		if string(name) != "csrf" {
			values[string(name)] = string(value)
		}
	}
	return values
}

func (p Pages) register(r *front.Request) error {
	slug := r.Param("slug")
	v, err := p.Webinars.Find(r.Ctx(), r.Actor, slug)
	if err != nil {
		return err
	}
	got, err := p.Webinars.Register(r.Ctx(), r.Actor, slug, r.Form("code"), answers(r, v.Terms))
	switch {
	case err != nil:
		return p.cameBack(r, err)
	case got.Place == cohort.Waiting:
		return r.Done(href(slug), "webinar-waiting")
	}
	return r.Done(href(slug), "webinar-seated")
}

// ask asks for a seat that somebody has to agree to.
func (p Pages) ask(r *front.Request) error {
	slug := r.Param("slug")
	v, err := p.Webinars.Find(r.Ctx(), r.Actor, slug)
	if err != nil {
		return err
	}
	if err := p.Webinars.Answer(r.Ctx(), r.Actor, slug, answers(r, v.Terms)); err != nil {
		return p.cameBack(r, err)
	}
	q, err := p.Requests.Ask(r.Ctx(), r.Actor, cohort.ID(v.ID), r.Form("why"))
	if err != nil {
		return p.cameBack(r, err)
	}
	return r.Done("/richieste/"+string(q.ID), "request-asked")
}

func (p Pages) withdraw(r *front.Request) error {
	slug := r.Param("slug")
	if err := p.Webinars.Withdraw(r.Ctx(), r.Actor, slug); err != nil {
		return p.cameBack(r, err)
	}
	if _, err := p.Webinars.Find(r.Ctx(), r.Actor, slug); lms.Is(err, lms.NotFound) {
		return r.Done("/webinar/miei", "webinar-left") // it is shown only to those in it
	}
	return r.Done(href(slug), "webinar-left")
}
