package access

import (
	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

// passwordForm is for who forgot their password: where letters leave the house it asks for one, elsewhere it says whom to ask.
func (p Pages) passwordForm(r *front.Request) error {
	return p.showPassword(r, &PasswordPage{})
}

func (p Pages) showPassword(r *front.Request, page *PasswordPage) error {
	page.Mails, page.Contact, page.Minutes = p.Forgotten != nil, p.Contact, forgottenMinutes()
	return r.Show("access_password", r.T("forgotten.title"), page)
}

// forgottenMinutes is how long the link to a new password may be used.
func forgottenMinutes() int { return int(lms.ForgottenLife.Minutes()) }

// askPassword answers everybody alike, whether or not somebody signs in so.
func (p Pages) askPassword(r *front.Request) error {
	if p.Forgotten == nil {
		return lms.Fail(lms.NotFound, "error.page")
	}
	if err := p.Forgotten(r.Ctx(), r.Form("login"), r.C.IP()); err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return err
		}
		return p.showPassword(r, &PasswordPage{Login: r.Form("login"), Problem: text, Errors: fields})
	}
	return r.See("/accedi/password/inviata")
}

func (p Pages) passwordSent(r *front.Request) error {
	return r.Show("access_password_sent", r.T("access.sent.title"), &PasswordSentPage{Contact: p.Contact, Minutes: forgottenMinutes()})
}
