package post

import (
	"context"
	"net/url"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/mail"
	"aulacomune/lms/web/front"
)

// arrived shows what is in the mailbox of a demo, the latest first.
func (p Pages) arrived(r *front.Request) error {
	page := &BoxPage{To: strings.TrimSpace(r.Query("a"))}
	address, list := boxAddress+"?", p.Box.List
	if page.To != "" {
		address += "a=" + url.QueryEscape(page.To) + "&"
		list = func(ctx context.Context, at lms.PageAt) ([]mail.Arrived, string, error) {
			return p.Box.To(ctx, page.To, at)
		}
	}
	found, next, err := list(r.Ctx(), r.Page())
	if err != nil {
		return err
	}
	for _, a := range found {
		page.Rows = append(page.Rows, arrivedRow(r, a))
	}
	page.More = front.More(address, next)
	page.NoIndex = true
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("demo.mail")})
	return r.Show("demo_mail", r.T("demo.mail"), page)
}

func arrivedRow(r *front.Request, a mail.Arrived) ArrivedRow {
	return ArrivedRow{
		Href: boxAddress + "/" + a.ID, Subject: a.Subject, ContentLang: r.ContentLang(a.Lang), Name: a.Name, To: a.To, ToHref: boxAddress + "?a=" + url.QueryEscape(a.To), At: a.At,
	}
}

// open shows a letter of that mailbox as text: what arrives is nothing that a browser could run.
func (p Pages) open(r *front.Request) error {
	a, err := p.Box.Find(r.Ctx(), r.Param("letter"))
	if err != nil {
		return front.Unknown(err, "error.page")
	}
	page := &ArrivedPage{Letter: arrivedRow(r, a), Text: blocks(a.Text, r.URL("")), Invitation: invitation(r, a.Calendar, r.Path+"/appuntamento.ics")}
	page.NoIndex = true
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("demo.mail"), Href: boxAddress}, front.Crumb{Label: a.Subject})
	return r.Show("demo_letter", a.Subject, page)
}
