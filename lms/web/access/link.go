package access

import (
	"net/url"

	"aulacomune/lms"
	"aulacomune/lms/signin"
	"aulacomune/lms/web/front"
)

// minutes is how long a link may be used.
func minutes() int { return int(signin.LinkLife.Minutes()) }

func (p Pages) linkForm(r *front.Request) error {
	if !p.SignIn.SendsLinks() {
		return lms.Fail(lms.NotFound, "error.page")
	}
	return r.Show("access_link", r.T("access.link.title"), &LinkPage{Next: front.Local(r.Query("da"), ""), Minutes: minutes()})
}

func (p Pages) askLink(r *front.Request) error {
	next := front.Local(r.Form("da"), "")
	if err := p.SignIn.Ask(r.Ctx(), r.Form("email"), next, r.C.IP()); err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return err
		}
		return r.Show("access_link", r.T("access.link.title"), &LinkPage{Email: r.Form("email"), Next: next, Minutes: minutes(), Problem: text, Errors: fields})
	}
	return r.See("/accedi/collegamento/inviato")
}

func (p Pages) linkSent(r *front.Request) error {
	return r.Show("access_sent", r.T("access.sent.title"), &SentPage{Minutes: minutes()})
}

// openLink shows whose a link is, and changes nothing: mail scanners come here, too.
func (p Pages) openLink(r *front.Request) error {
	o, err := p.SignIn.OpenLink(r.Ctx(), r.Param("secret"))
	if err != nil {
		return err
	}
	page := &EnterPage{Name: o.Name, Login: o.Login, Action: "/accedi/collegamento/" + url.PathEscape(r.Param("secret"))}
	page.NoIndex = true
	return r.Show("access_enter", r.T("access.enter.title"), page)
}

func (p Pages) useLink(r *front.Request) error {
	session, next, err := p.SignIn.UseLink(r.Ctx(), r.Param("secret"))
	if err != nil {
		return err
	}
	r.Begin(session)
	return r.See(front.Local(next, "/apprendimento"))
}
