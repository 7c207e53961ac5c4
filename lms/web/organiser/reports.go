package organiser

import (
	"cmp"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// linesShown is how many lines of a report a page shows.
const linesShown = 100

// nameOf names people: of whom nothing is known any more there is no name.
func nameOf(r *front.Request, ids []lms.PersonID) (map[lms.PersonID]string, error) {
	return r.School().People.Names(r.Ctx(), slices.DeleteFunc(ids, func(id lms.PersonID) bool { return id == "" }))
}

// spans are stays, in words: the one place of a page where their times stand.
func spans(r *front.Request, all []webinar.Span) (out []string) {
	for _, s := range all {
		to := r.T("organiser.span.open")
		if !s.To.IsZero() {
			to = r.InRome(s.To).Format("15:04")
		}
		out = append(out, r.InRome(s.From).Format("15:04")+"–"+to)
	}
	return out
}

func (p Pages) reports(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	all, err := p.Webinars.Reports(r.Ctx(), r.Actor, v.ID)
	if err != nil {
		return err
	}
	page := &ReportsPage{Top: p.head(r, v, "organiser.reports", "/presenze"), Base: href(v.ID)}
	names, err := nameOf(r, takers(all))
	if err != nil {
		return err
	}
	chosen := len(all) - 1
	for i, x := range all {
		if x.Hash == r.Query("resoconto") {
			chosen = i
		}
	}
	for i, x := range slices.Backward(all) {
		row := reportRow(r, v, x, names[x.By])
		if row.Current = i == chosen; row.Current {
			page.Current = &row
		}
		page.Reports = append(page.Reports, row)
	}
	if chosen >= 0 {
		if err := page.fill(r, v, all[chosen]); err != nil {
			return err
		}
	}
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.reports")
	return r.Show("organiser_reports", r.T("organiser.reports")+" – "+v.Terms.Title, page)
}

// takers are who took reports in.
func takers(all []webinar.Report) (out []lms.PersonID) {
	for _, x := range all {
		out = append(out, x.By)
	}
	return out
}

func reportRow(r *front.Request, v webinar.Seen, x webinar.Report, by string) ReportRow {
	at := href(v.ID) + "/resoconti"
	row := ReportRow{
		Name: x.Name, Kind: kindName(r, x.Kind), By: by, At: x.At, Href: at + "?resoconto=" + x.Hash, Original: at + "/" + x.Hash + "/originale", Lines: len(x.Lines), Doubts: len(x.Doubts()),
	}
	for _, l := range x.Lines {
		switch n := len(l.Turns); {
		case n == 0:
		case l.Turns[n-1].Person == "":
			row.Nobody++
		default:
			row.Matched++
		}
	}
	return row
}

// kindName is a kind of report as people call it.
func kindName(r *front.Request, kind string) string {
	if key := "attendance.kind." + kind; r.Has(key) {
		return r.T(key)
	}
	return r.T("organiser.kind.unknown")
}

// fill puts in a page of the lines of a report, with what it says of itself.
func (page *ReportsPage) fill(r *front.Request, v webinar.Seen, x webinar.Report) error {
	page.Problems = problems(r, x.Problems, false)
	from := min(max(0, number(r.Query("da"))), len(x.Lines))
	to := min(from+linesShown, len(x.Lines))
	if to < len(x.Lines) {
		page.More = href(v.ID) + "/resoconti?resoconto=" + url.QueryEscape(x.Hash) + "&da=" + strconv.Itoa(to)
	}
	var ids []lms.PersonID
	for _, l := range x.Lines[from:to] {
		for _, t := range l.Turns {
			ids = append(ids, t.Person, t.By)
		}
	}
	names, err := nameOf(r, ids)
	for _, l := range x.Lines[from:to] {
		page.Lines = append(page.Lines, lineRow(r, v, l, names))
	}
	return err
}

func lineRow(r *front.Request, v webinar.Seen, l webinar.Line, names map[lms.PersonID]string) LineRow {
	row := LineRow{Name: cmp.Or(l.Name, r.T("organiser.nameless")), Email: strings.Join(l.Emails, ", "), Ente: l.Ente, Spans: spans(r, l.Spans), Why: whys(r, l.Why), Doubt: len(l.Turns) == 0}
	if row.Doubt {
		return row
	}
	t := l.Turns[len(l.Turns)-1]
	if t.Person != "" {
		row.Person, row.Href = cmp.Or(names[t.Person], r.T("organiser.erased")), href(v.ID)+"/persone/"+string(t.Person)+"/presenza"
	}
	row.Decided = r.T("organiser.decided.house")
	if t.By != "" {
		row.Decided = r.T("organiser.decided.by", "Name", names[t.By])
		if t.Reason != "" {
			row.Decided += ": " + t.Reason
		}
	}
	return row
}

// whys are reasons in words.
func whys(r *front.Request, keys []string) (out []string) {
	for _, k := range keys {
		out = append(out, r.T(k))
	}
	return out
}

// original sends the file of a report as it came.
func (p Pages) original(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	x, o, err := p.Webinars.OpenReport(r.Ctx(), r.Actor, v.ID, r.Param("resoconto"))
	if err != nil {
		return front.Unknown(err, "error.webinar.unknown")
	}
	defer o.Close()
	return r.Save(x.Name, "application/octet-stream", func(w io.Writer) error {
		_, err := io.Copy(w, o)
		return err
	})
}

// doubtsShown is how many doubts a page shows: the next ones come as these are cleared.
const doubtsShown = 20

func (p Pages) doubts(r *front.Request) error { return p.doubtsPage(r, &DoubtsPage{}) }

func (p Pages) doubtsPage(r *front.Request, page *DoubtsPage) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	all, err := p.Webinars.Reports(r.Ctx(), r.Actor, v.ID)
	if err != nil {
		return err
	}
	r.Path = href(v.ID) + "/dubbi"
	page.Top, page.Base, page.Why, page.Closed = p.head(r, v, "organiser.doubts", "/presenze"), href(v.ID), p.why(r, v, webinar.DeedPresence), v.Now == webinar.Closed
	skip := max(0, number(r.Query("da")))
	for _, x := range all {
		for _, l := range x.Doubts() {
			if page.Total++; page.Total <= skip || len(page.Doubts) == doubtsShown {
				continue
			}
			d, err := p.doubt(r, v, x, l)
			if err != nil {
				return err
			}
			d.Number, d.Wrong = page.Total, x.Hash == r.Form("report") && l.Key == r.Form("line")
			page.Doubts = append(page.Doubts, d)
		}
	}
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.doubts")
	return r.Show("organiser_doubts", r.T("organiser.doubts")+" – "+v.Terms.Title, page)
}

func (p Pages) doubt(r *front.Request, v webinar.Seen, x webinar.Report, l webinar.Line) (Doubt, error) {
	d := Doubt{Report: x.Hash, Key: l.Key, File: x.Name, Name: cmp.Or(l.Name, r.T("organiser.nameless")), Email: strings.Join(l.Emails, ", "), Ente: l.Ente, Spans: spans(r, l.Spans), Why: whys(r, l.Why)}
	for _, id := range l.Candidates {
		who, err := r.School().People.Known(r.Ctx(), id)
		if lms.Is(err, lms.NotFound) {
			continue
		}
		if err != nil {
			return d, err
		}
		d.Candidates = append(d.Candidates, Candidate{ID: string(id), Name: who.Name(), Ente: who.Current(v.Terms.Starts).Name, Email: who.Email})
	}
	return d, nil
}

// What may be said of a doubt besides who it is.
const (
	isNobody = "nessuno"
	isOther  = "altra"
)

// resolve decides who somebody in a report is. Whoever says nothing leaves the doubt as it is.
func (p Pages) resolve(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	at := href(v.ID) + "/dubbi"
	verdict := webinar.Verdict{Report: r.Form("report"), Line: r.Form("line"), Reason: r.Form("reason")}
	switch who := r.Form("who"); who {
	case "":
		return r.See(at)
	case isNobody:
		verdict.Nobody = true
	case isOther:
		if verdict.Login = strings.TrimSpace(r.Form("login")); verdict.Login == "" {
			err = lms.Wrong("login", "error.required")
		}
	default:
		verdict.Person = lms.PersonID(who)
	}
	if err == nil {
		_, err = p.Webinars.Resolve(r.Ctx(), r.Actor, v.ID, verdict)
	}
	if err == nil {
		return r.Done(at, "organiser-resolved")
	}
	page := &DoubtsPage{Values: map[string]string{"who": r.Form("who"), "login": r.Form("login"), "reason": r.Form("reason")}}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return front.Unknown(err, "error.webinar.report.line")
	}
	return p.doubtsPage(r, page)
}
