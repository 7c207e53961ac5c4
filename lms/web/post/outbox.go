package post

import (
	"cmp"
	"net/url"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/mail"
	"aulacomune/lms/web/front"
)

// list shows the letters of an ente and below.
func (p Pages) list(r *front.Request) error {
	q := mail.Asked{Organisation: r.Organisation(), State: mail.State(r.Query("stato")), To: strings.TrimSpace(r.Query("a"))}
	page := &LettersPage{Organisation: string(q.Organisation), State: string(q.State), To: q.To, Mails: p.Outbox.Configured(), Away: p.Outbox.Away()}
	if r.Actor.Is(lms.Administrator) {
		page.Fault = p.Outbox.Fault()
	}
	found, next, err := p.Outbox.List(r.Ctx(), r.Actor, q, r.Page())
	if text, fields, rest := r.Problem(err); rest != nil {
		return front.Unknown(rest, "error.organisation.unknown")
	} else if text != "" {
		page.Problem, page.Errors = text, map[string]string{"a": fields["to"]}
	}
	for _, l := range found {
		page.Rows = append(page.Rows, letterRow(r, l))
	}
	page.More = front.More(href(q)+"&", next)
	if err := p.fill(r, page, q); err != nil {
		return err
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("letters.title")})
	return r.Show("letters", r.T("letters.title"), page)
}

// href is the address of a list.
func href(q mail.Asked) string {
	v := url.Values{"ente": {string(q.Organisation)}}
	if q.State != "" {
		v.Set("stato", string(q.State))
	}
	if q.To != "" {
		v.Set("a", q.To)
	}
	return outboxAddress + "?" + v.Encode()
}

// fill gives the page what its filter offers, and how many letters are in each state.
func (p Pages) fill(r *front.Request, page *LettersPage, q mail.Asked) (err error) {
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	counts, err := p.Outbox.Counts(r.Ctx(), r.Actor, q.Organisation)
	if err != nil {
		return err
	}
	page.States = []front.Option{{Value: "", Label: r.T("report.all")}}
	for _, s := range mail.States() {
		page.States = append(page.States, front.Option{Value: string(s), Label: r.T("letter.state." + string(s))})
		page.Counts = append(page.Counts, CountView{
			Href: href(mail.Asked{Organisation: q.Organisation, State: s}), State: string(s), Label: r.T("letters.count."+string(s), "Count", counts[s]),
		})
	}
	return nil
}

// kind is a kind of letter in words; one of earlier times stays as it is.
func kind(r *front.Request, name string) string {
	if r.Has("letter.kind." + name) {
		return r.T("letter.kind." + name)
	}
	return name
}

func letterRow(r *front.Request, l mail.Letter) LetterRow {
	return LetterRow{
		Href: outboxAddress + "/" + url.PathEscape(l.ID), Kind: kind(r, l.Kind), To: l.To, Name: l.Name, State: string(l.State), Reason: l.Fault,
		Posted: l.Posted, Since: l.Since, Next: l.Next,
	}
}

func (p Pages) letter(r *front.Request) error { return p.show(r, &LetterPage{}) }

// show shows a letter; what stands against an act is said above.
func (p Pages) show(r *front.Request, page *LetterPage) error {
	l, said, err := p.Outbox.Read(r.Ctx(), r.Actor, r.Param("letter"))
	if err != nil {
		return front.Unknown(err, "error.letter.none")
	}
	page.Letter, page.Tries = letterRow(r, l), l.Tries
	page.Subject, page.SaidLang, page.Example = said.Subject, r.ContentLang(said.Lang), said.Example
	if said.Text != "" {
		page.Text = withoutLinks(blocks(said.Text, r.URL("")))
	}
	if l.Person != "" {
		page.PersonHref = front.PersonHref(l.Person)
	}
	if l.Again {
		page.Retry = page.Letter.Href + "/riprova"
	}
	if l.State == mail.Sent || l.State == mail.Bounced {
		page.Bounce = page.Letter.Href + "/tornata"
		page.Note = cmp.Or(page.Note, l.Fault)
	}
	r.Path = page.Letter.Href
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("letters.title"), Href: outboxAddress}, front.Crumb{Label: page.Letter.Kind})
	return r.Show("letter", page.Letter.Kind, page)
}

// withoutLinks are blocks that lead nowhere: a link in a letter is for whom it is to.
func withoutLinks(b []Block) []Block {
	for _, x := range b {
		for i := range x.Lines {
			x.Lines[i].Href = ""
		}
	}
	return b
}

func (p Pages) retry(r *front.Request) error {
	return p.act(r, p.Outbox.Retry(r.Ctx(), r.Actor, r.Param("letter")), "letter-retried")
}

func (p Pages) bounce(r *front.Request) error {
	return p.act(r, p.Outbox.Bounce(r.Ctx(), r.Actor, r.Param("letter"), r.Form("note")), "letter-bounced")
}

// act leads back to the letter, or shows it again with what stood against the act.
func (p Pages) act(r *front.Request, err error, outcome string) error {
	if err == nil {
		return r.Done(outboxAddress+"/"+url.PathEscape(r.Param("letter")), outcome)
	}
	text, fields, err := r.Problem(err)
	if err != nil {
		return front.Unknown(err, "error.letter.none")
	}
	return p.show(r, &LetterPage{Note: r.Form("note"), Problem: text, Errors: fields})
}
