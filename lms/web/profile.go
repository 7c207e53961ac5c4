package web

import (
	"strconv"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

func profile(r *request) error { return r.showProfile(nil) }

// showProfile shows the reader's own person; adjust may change the page before.
func (r *request) showProfile(adjust func(*ProfilePage)) error {
	me, err := r.School().Accounts.Me(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	tokens, err := r.School().Accounts.Tokens(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	p := &ProfilePage{Name: me.Name(), Email: me.Email, Login: me.Login, MayPublish: r.Actor.Is(lms.Author), Memberships: r.Memberships(me)}
	for _, t := range tokens {
		p.Tokens = append(p.Tokens, TokenView{Name: t.Name, Scope: r.T("scope." + string(t.Scope)), Created: t.Created, Expires: t.Expires, Revoke: "/profilo/gettoni/" + t.ID + "/revoca", Expired: r.Now().After(t.Expires)})
	}
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.profile"), Href: ""})
	p.Path = "/profilo"
	if adjust != nil {
		adjust(p)
	}
	r.Path = "/profilo"
	return r.Show("profile", r.T("profile.title"), p)
}

// profileProblem shows the profile again with what is wrong with a form.
func (r *request) profileProblem(err error) error {
	text, fields, err := r.Problem(err)
	if err != nil {
		return err
	}
	name := r.Form("name")
	return r.showProfile(func(p *ProfilePage) { p.Problem, p.Errors, p.TokenName = text, fields, name })
}

func changePassword(r *request) error {
	next := r.Form("new")
	if next != r.Form("again") {
		return r.profileProblem(lms.Wrong("again", "error.password.again"))
	}
	secret, err := r.School().Accounts.ChangePassword(r.Ctx(), r.Actor, r.Form("old"), next)
	if err != nil {
		return r.profileProblem(err)
	}
	r.Begin(secret)
	return r.Done("/profilo", "password")
}

func addToken(r *request) error {
	days, _ := strconv.Atoi(r.Form("days"))
	secret, err := r.School().Accounts.AddToken(r.Ctx(), r.Actor, r.Form("name"), lms.Scope(r.Form("scope")), days)
	if err != nil {
		return r.profileProblem(err)
	}
	return r.showProfile(func(p *ProfilePage) { p.NewToken = secret })
}

func revokeToken(r *request) error {
	if err := r.School().Accounts.RevokeToken(r.Ctx(), r.Actor, r.Param("id")); err != nil {
		return front.Unknown(err, "error.token.unknown")
	}
	return r.Done("/profilo", "token-revoked")
}
