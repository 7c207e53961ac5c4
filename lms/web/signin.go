package web

import (
	"net/url"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

func signInForm(r *request) error {
	if !r.Actor.Nobody() {
		return r.See(front.Local(r.Query("da"), "/apprendimento"))
	}
	return r.ShowSignIn(&front.SignInPage{Next: front.Local(r.Query("da"), "")})
}

func signIn(r *request) error {
	login, next, keep := r.Form("email"), front.Local(r.Form("da"), "/apprendimento"), r.Form("keep")
	secret, _, err := r.School().Accounts.SignIn(r.Ctx(), login, r.Form("password"), r.C.IP())
	if err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return err
		}
		return r.ShowSignIn(&front.SignInPage{Email: login, Next: front.Local(r.Form("da"), ""), Keep: keep, Problem: text, Errors: fields})
	}
	return r.Welcome(secret, next, keep)
}

func signOut(r *request) error {
	if err := r.SignOut(); err != nil {
		return err
	}
	return r.Done("/", "signout")
}

func activateForm(r *request) error {
	p, err := r.activation()
	if err != nil {
		return err
	}
	return r.Show("activate", r.T("activate.title"), p)
}

// activation opens the link of the address.
func (r *request) activation() (*ActivatePage, error) {
	person, err := r.School().Accounts.OpenLink(r.Ctx(), r.Param("secret"))
	if lms.Is(err, lms.NotFound) {
		return nil, lms.Fail(lms.NotFound, "error.link")
	}
	if err != nil {
		return nil, err
	}
	login := person.Email
	if login == "" {
		login = person.Login
	}
	p := &ActivatePage{Name: person.Name(), Login: login, Action: "/attiva/" + url.PathEscape(r.Param("secret")), MinLength: lms.MinPassword}
	p.NoIndex = true
	return p, nil
}

func activate(r *request) error {
	p, err := r.activation()
	if err != nil {
		return err
	}
	password := r.Form("password")
	if password != r.Form("again") {
		err = lms.Wrong("again", "error.password.again")
	}
	var secret string
	if err == nil {
		secret, err = r.School().Accounts.UseLink(r.Ctx(), r.Param("secret"), password)
	}
	if err != nil {
		if p.Problem, p.Errors, err = r.Problem(err); err != nil {
			return err
		}
		return r.Show("activate", r.T("activate.title"), p)
	}
	r.Begin(secret)
	return r.Done("/apprendimento", "activated")
}

func setLang(r *request) error {
	lang := r.Form("lingua")
	if !r.Actor.Nobody() {
		if err := r.School().Accounts.SetLang(r.Ctx(), r.Actor, lang); err != nil {
			return err
		}
	}
	r.Choose(lang)
	return r.See(front.Local(r.Form("da"), "/"))
}

func demoEnter(r *request) error {
	email := r.Form("email")
	for _, a := range r.pages.o.Demo.Accounts {
		if a.Email != email {
			continue
		}
		secret, err := r.School().Accounts.Enter(r.Ctx(), email)
		if err != nil {
			return err
		}
		return r.Welcome(secret, front.Local(r.Form("da"), "/apprendimento"), r.Form("keep"))
	}
	return lms.Fail(lms.NotFound, "error.person.unknown")
}

func demoRestart(r *request) error {
	r.Leave()
	if err := r.Show("restart", r.T("restart.title"), &RestartPage{}); err != nil {
		return err
	}
	r.C.Set("Refresh", "5; url=/")
	r.pages.o.Demo.Restart()
	return nil
}
