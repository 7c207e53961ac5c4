package acts

import (
	"bufio"
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/audit"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// list shows the acts that the address asks for.
func (p Pages) list(r *front.Request) error {
	page := &ActsPage{
		Organisation: r.Query("ente"), From: front.Day(r.Query("dal")), To: front.Day(r.Query("al")), Verb: r.Query("azione"), By: strings.TrimSpace(r.Query("chi")), Person: strings.TrimSpace(r.Query("persona")),
		Check: r.Actor.Is(lms.Administrator),
	}
	v, err := p.Log.Verdict(r.Ctx())
	if err != nil {
		return err
	}
	page.Chain = chain(v)
	var found []audit.Entry
	var next string
	q, err := page.asked(r)
	if err == nil {
		found, next, err = p.Log.Look(r.Ctx(), r.Actor, q, r.Page())
	}
	if text, fields, rest := r.Problem(err); rest != nil {
		return front.Unknown(rest, "error.organisation.unknown")
	} else if text != "" {
		page.Problem, page.Errors = text, fields
		if fields["verb"] != "" {
			page.Errors = map[string]string{"azione": fields["verb"]}
		}
	}
	if err := page.show(r, found); err != nil {
		return err
	}
	page.Export, page.More = here+"/registro.csv?"+page.query(), front.More(here+"?"+page.query()+"&", next)
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("acts.title")})
	return r.Show("acts", r.T("acts.title"), page)
}

// query is the filter as it stands in addresses.
func (page *ActsPage) query() string {
	q := url.Values{}
	for k, v := range map[string]string{"ente": page.Organisation, "dal": page.From, "al": page.To, "azione": page.Verb, "chi": page.By, "persona": page.Person} {
		if v != "" {
			q.Set(k, v)
		}
	}
	return q.Encode()
}

// asked reads the filter. Days are whole ones in Italy.
func (page *ActsPage) asked(r *front.Request) (q audit.Asked, err error) {
	q = audit.Asked{Organisation: lms.OrganisationID(page.Organisation), Verb: page.Verb}
	if q.From, err = day(r, "dal", page.From, 0); err != nil {
		return q, err
	}
	if q.To, err = day(r, "al", page.To, 1); err != nil {
		return q, err
	}
	if q.By, err = person(r, page.By); err != nil {
		return q, err
	}
	q.Person, err = person(r, page.Person)
	return q, err
}

// day is the beginning of a day in Italy, some days later.
func day(r *front.Request, field, text string, later int) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, text, r.InRome(r.Now()).Location())
	if err != nil {
		return t, lms.Wrong(field, "error.day")
	}
	return t.AddDate(0, 0, later), nil
}

// person is whom a login or an id names. One that nobody has finds nothing, as does somebody whose acts the reader may not see.
func person(r *front.Request, text string) (lms.PersonID, error) {
	if text == "" {
		return "", nil
	}
	p, err := r.School().People.ByLogin(r.Ctx(), text)
	if lms.Is(err, lms.NotFound) || lms.Is(err, lms.Invalid) {
		return lms.PersonID(text), nil
	}
	return p.ID, err
}

// show puts acts on the page, and what its filter offers.
func (page *ActsPage) show(r *front.Request, found []audit.Entry) (err error) {
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	page.Organisations = slices.Insert(page.Organisations, 0, front.Option{Value: "", Label: r.T("acts.own")})
	for _, v := range audit.Verbs() {
		page.Verbs = append(page.Verbs, front.Option{Value: v, Label: audit.Words(v, r.Lang)})
	}
	slices.SortFunc(page.Verbs, func(a, b front.Option) int { return cmp.Compare(a.Label, b.Label) })
	page.Verbs = slices.Insert(page.Verbs, 0, front.Option{Value: "", Label: r.T("acts.every")})
	names := map[lms.OrganisationID]string{}
	for _, e := range found {
		row := page.row(r, e)
		if row.Organisation, err = where(r, e.Within, names); err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	return nil
}

// roleWords says roles in words; none is nothing.
func roleWords(w front.Words, role lms.Role) string {
	if role == "" {
		return ""
	}
	return w.T("role." + string(role))
}

func (page *ActsPage) row(r *front.Request, e audit.Entry) ActRow {
	row := ActRow{
		Seq: e.Seq, At: e.At, By: e.ByName, Machine: e.By == "", Verb: audit.Words(e.Verb, r.Lang), Details: pairs(r.Words(), e.Details), Person: e.PersonName, About: e.Person != "",
		Personal: pairs(r.Words(), e.Personal), Erased: e.Erased,
	}
	row.Role = roleWords(r.Words(), e.Role)
	only := *page
	only.By, only.Person = string(e.By), ""
	row.ByHref = here + "?" + only.query()
	only.By, only.Person = "", string(e.Person)
	row.PersonHref = here + "?" + only.query()
	return row
}

// pairs writes names and values on one line, in the order of the names: in words, as far as there are any.
func pairs(w front.Words, m map[string]string) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		name, value := k, m[k]
		if w.Has("acts.detail." + k) {
			name = w.T("acts.detail." + k)
		}
		for _, words := range []string{"letter.kind.", "role."} {
			if w.Has(words + value) {
				value = w.T(words + value)
			}
		}
		out = append(out, name+": "+value)
	}
	return strings.Join(out, "; ")
}

// where is the name of the organisation where something happened; one that is no more stays an id.
func where(r *front.Request, within []lms.OrganisationID, names map[lms.OrganisationID]string) (string, error) {
	if len(within) == 0 {
		return "", nil
	}
	id := within[len(within)-1]
	if names[id] == "" {
		o, err := r.School().Organisations.Find(r.Ctx(), id)
		if err != nil && !lms.Is(err, lms.NotFound) {
			return "", err
		}
		names[id] = cmp.Or(o.Name, string(id))
	}
	return names[id], nil
}

// csv sends all the acts that the address asks for, the earliest first, as they are read.
func (p Pages) csv(r *front.Request) error {
	page := &ActsPage{Organisation: r.Query("ente"), From: front.Day(r.Query("dal")), To: front.Day(r.Query("al")), Verb: r.Query("azione"), By: r.Query("chi"), Person: r.Query("persona")}
	q, err := page.asked(r)
	if err != nil {
		return err
	}
	each, err := p.Log.Each(r.Ctx(), r.Actor, q)
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	r.Attach(r.T("acts.file")+".csv", front.TypeCSV)
	if r.C.Method() == fiber.MethodHead {
		r.C.Response().SkipBody = true
		return nil
	}
	lang, log, words := r.Lang, r.Log(), r.Words()
	say := audit.Say{Role: func(role lms.Role) string { return roleWords(words, role) }, Pairs: func(m map[string]string) string { return pairs(words, m) }}
	r.C.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		err := sheet.CSV(w, p.Log.Table(lang, say, each))
		if err == nil {
			err = w.Flush()
		}
		if err != nil {
			log.Error("export of the log of acts", "err", err)
		}
	})
	return nil
}

// verify checks the chain.
func (p Pages) verify(r *front.Request) error {
	v, err := p.Log.Verify(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	if v.Break != nil {
		return r.Done(here, "acts-broken")
	}
	return r.Done(here, "acts-whole")
}

func chain(v audit.Verdict) ChainView {
	c := ChainView{At: v.At, Rows: v.Rows, Erased: v.Erased, Head: string(v.Head)}
	if v.Break != nil {
		c.Broken, c.Personal = v.Break.Row, v.Break.Personal
	}
	return c
}
