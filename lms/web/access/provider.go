package access

import (
	"errors"
	"net/http"

	"aulacomune/lms"
	"aulacomune/lms/signin"
	"aulacomune/lms/web/front"
)

// attemptCookie holds what ties an attempt to the browser that began it.
const attemptCookie = "accesso"

func (p Pages) depart(r *front.Request) error {
	return p.leave(r, lms.Actor{}, front.Local(r.Form("da"), ""))
}

func (p Pages) departToLink(r *front.Request) error { return p.leave(r, r.Actor, "/profilo/accessi") }

// leave sends the browser to a provider. It does so from a page of ours: where forms may lead is said once for all pages, and that is this site.
func (p Pages) leave(r *front.Request, a lms.Actor, next string) error {
	d, err := p.SignIn.Depart(r.Ctx(), a, r.Param("provider"), next, r.C.IP())
	if lms.Is(err, lms.Unavailable) {
		return p.trouble(r, signin.Arrival{}, err)
	}
	if err != nil {
		return err
	}
	r.SetCookie(attemptCookie, d.Browser, signin.AttemptLife)
	r.C.Set("Refresh", "0; url="+d.Address)
	page := &GoPage{Provider: p.name(r.Param("provider")), Address: d.Address}
	page.NoIndex = true
	return r.Show("access_go", r.T("access.go.title"), page)
}

func (p Pages) name(id string) string {
	for _, b := range p.SignIn.Providers() {
		if b.ID == id {
			return b.Name
		}
	}
	return id
}

func (p Pages) arrive(r *front.Request) error {
	came, err := p.SignIn.Arrive(r.Ctx(), r.Actor, signin.Return{
		Provider: r.Param("provider"), State: r.Query("state"), Code: r.Query("code"), Issuer: r.Query("iss"), Error: r.Query("error"),
		Browser: r.Cookie(attemptCookie), From: r.C.IP(),
	})
	if lms.Is(err, lms.NotFound) {
		return err
	}
	r.SetCookie(attemptCookie, "", -1)
	switch {
	case err != nil:
		return p.trouble(r, came, err)
	case came.Session == "":
		return r.Done(front.Local(came.Next, "/profilo/accessi"), "account-linked")
	}
	r.Begin(came.Session)
	return r.See(front.Local(came.Next, "/apprendimento"))
}

// trouble says why nobody was signed in. What is our own fault is answered as anywhere.
func (p Pages) trouble(r *front.Request, came signin.Arrival, err error) error {
	e, ok := errors.AsType[*lms.Error](err)
	if !ok || !r.Has(e.Message) {
		return err
	}
	status, ok := map[lms.ErrorKind]int{lms.Forbidden: http.StatusForbidden, lms.Conflict: http.StatusConflict, lms.Unavailable: http.StatusServiceUnavailable}[e.Kind]
	if !ok {
		return err
	}
	r.C.Status(status)
	page := &TroublePage{Text: r.T(e.Message), Name: came.Name, Email: came.Email, Ente: came.Ente, Contact: p.Contact, Back: front.Crumb{Label: r.T("access.trouble.back"), Href: "/accedi"}}
	if !r.Actor.Nobody() {
		page.Back = front.Crumb{Label: r.T("access.own.title"), Href: "/profilo/accessi"}
	}
	if e.Message != "error.oidc.unknown" {
		page.Name, page.Email = "", ""
	}
	page.NoIndex = true
	return r.Show("access_trouble", r.T("access.trouble.title"), page)
}
