package web

import (
	"strconv"

	"aulacomune/lms"
)

func profile(r *request) error { return r.showProfile(nil) }

// showProfile shows the reader's own person; adjust may change the page before.
func (r *request) showProfile(adjust func(*ProfilePage)) error {
	me, err := r.school().Accounts.Me(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	tokens, err := r.school().Accounts.Tokens(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	p := &ProfilePage{Name: me.Name(), Email: me.Email, Login: me.Login, MayPublish: r.actor.Is(lms.Author), Memberships: r.memberships(me)}
	for _, t := range tokens {
		p.Tokens = append(p.Tokens, TokenView{Name: t.Name, Scope: r.t("scope." + string(t.Scope)), Created: t.Created, Expires: t.Expires, Revoke: "/profilo/gettoni/" + t.ID + "/revoca", Expired: r.site.now().After(t.Expires)})
	}
	p.Crumbs = r.crumbs(Crumb{r.t("nav.profile"), ""})
	p.Path = "/profilo"
	if adjust != nil {
		adjust(p)
	}
	r.path = "/profilo"
	return r.show("profile", r.t("profile.title"), p)
}

func (r *request) memberships(p lms.Person) []MembershipView {
	var out []MembershipView
	for _, m := range p.Memberships {
		out = append(out, MembershipView{Organisation: m.Name, Office: m.Office, Category: string(m.Category), Role: r.t("role." + string(m.Role)), From: m.From, To: m.To})
	}
	return out
}

// profileProblem shows the profile again with what is wrong with a form.
func (r *request) profileProblem(err error) error {
	text, fields, err := r.problem(err)
	if err != nil {
		return err
	}
	name := r.form("name")
	return r.showProfile(func(p *ProfilePage) { p.Problem, p.Errors, p.TokenName = text, fields, name })
}

func changePassword(r *request) error {
	next := r.form("new")
	if next != r.form("again") {
		return r.profileProblem(lms.Wrong("again", "error.password.again"))
	}
	secret, err := r.school().Accounts.ChangePassword(r.ctx(), r.actor, r.form("old"), next)
	if err != nil {
		return r.profileProblem(err)
	}
	r.begin(secret)
	return r.done("/profilo", "password")
}

func addToken(r *request) error {
	days, _ := strconv.Atoi(r.form("days"))
	secret, err := r.school().Accounts.AddToken(r.ctx(), r.actor, r.form("name"), lms.Scope(r.form("scope")), days)
	if err != nil {
		return r.profileProblem(err)
	}
	return r.showProfile(func(p *ProfilePage) { p.NewToken = secret })
}

func revokeToken(r *request) error {
	if err := r.school().Accounts.RevokeToken(r.ctx(), r.actor, r.param("id")); err != nil {
		return unknown(err, "error.token.unknown")
	}
	return r.done("/profilo", "token-revoked")
}
