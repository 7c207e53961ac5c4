package organiser

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// reportLimit is what a report of a meeting may weigh, with the form around it. The service refuses what is above its own limit with words.
const reportLimit = 24 << 20

// kinds are the reports that are read, as people call them.
func kinds(r *front.Request) (out []string) {
	for _, k := range []string{"teams", "zoom", "meet", "bbb", "paper"} {
		out = append(out, r.T("attendance.kind."+k))
	}
	return out
}

func (p Pages) presence(r *front.Request) error { return p.presencePage(r, &PresencePage{}) }

func (p Pages) presencePage(r *front.Request, page *PresencePage) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	r.Path = href(v.ID) + "/presenze"
	page.Top, page.Base, page.Why = p.head(r, v, "organiser.tab.presence", "/presenze"), href(v.ID), p.why(r, v, webinar.DeedPresence)
	page.Planned, page.Threshold, page.Closed, page.Kinds = v.Planned(), v.Terms.Threshold, v.Now == webinar.Closed, kinds(r)
	for _, o := range []string{"", "dmy", "mdy"} {
		page.Orders = append(page.Orders, front.Option{Value: o, Label: r.T("organiser.order." + o)})
	}
	doubts, err := p.Webinars.Doubts(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	page.Doubts = doubts[v.ID]
	if page.Why == "" {
		all, err := p.Webinars.Attendance(r.Ctx(), r.Actor, v.ID)
		if err != nil {
			return err
		}
		page.fill(r, v, all)
	}
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.tab.presence")
	return r.Show("organiser_presence", r.T("organiser.tab.presence")+" – "+v.Terms.Title, page)
}

func (page *PresencePage) fill(r *front.Request, v webinar.Seen, all []webinar.Attended) {
	for _, a := range all {
		row := PresenceRow{Name: a.Name, Ente: a.Member.Name, Place: r.T("organiser.unregistered"), Href: href(v.ID) + "/persone/" + string(a.Person) + "/presenza", Minutes: a.Minutes, Percent: a.Percent, Enough: a.Enough}
		if a.Place != "" {
			row.Place = r.T("seat." + string(a.Place))
		}
		for _, s := range a.Sources {
			row.Sources = append(row.Sources, r.T("organiser.source."+string(s)))
			page.Reports = page.Reports || s == webinar.ByReport
		}
		if page.Rows = append(page.Rows, row); a.Enough {
			page.Enough++
		} else {
			page.Below++
		}
	}
}

// problems are what a report says of itself, in words; at most so many.
func problems(r *front.Request, all []webinar.Problem, grave bool) (out []ReportProblem) {
	for _, x := range all {
		if grave && !x.Grave || len(out) == mostShown {
			continue
		}
		var args []any
		for k, v := range x.Args {
			if day, err := time.Parse(time.DateOnly, v); err == nil {
				v = r.Words().Date(day)
			}
			args = append(args, k, v)
		}
		out = append(out, ReportProblem{Text: r.T(x.Key, args...), Line: x.Line, Grave: x.Grave})
	}
	return out
}

// upload is the report in a form.
func upload(r *front.Request) (webinar.Upload, error) {
	up := webinar.Upload{Order: r.Form("order"), Despite: r.Form("despite") != ""}
	f, err := r.File()
	if err != nil {
		return up, err
	}
	up.Name = path.Base(strings.ReplaceAll(r.FileName(), `\`, "/"))
	up.Bytes, err = io.ReadAll(f)
	return up, err
}

// bring takes a report of the meeting in.
func (p Pages) bring(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	up, err := upload(r)
	known := false
	if err == nil {
		known, err = p.knows(r, v, up)
	}
	var got webinar.Report
	if err == nil {
		got, err = p.Webinars.Import(r.Ctx(), r.Actor, v.ID, up)
	}
	if err != nil {
		page := &PresencePage{Values: map[string]string{"order": up.Order}, File: up.Name}
		if lms.Is(err, lms.Conflict) {
			page.Grave = problems(r, got.Problems, true)
		}
		if page.Problem, page.Errors, err = r.Problem(err); err != nil {
			return err
		}
		return p.presencePage(r, page)
	}
	outcome := "organiser-report"
	switch {
	case known:
		outcome = "organiser-report-known"
	case len(got.Doubts()) > 0:
		outcome = "organiser-report-doubts"
	}
	return r.Done(href(v.ID)+"/resoconti?resoconto="+got.Hash, outcome)
}

// knows says whether a file was taken in already.
func (p Pages) knows(r *front.Request, v webinar.Seen, up webinar.Upload) (bool, error) {
	sum := sha256.Sum256(up.Bytes)
	hash := hex.EncodeToString(sum[:])
	all, err := p.Webinars.Reports(r.Ctx(), r.Actor, v.ID)
	return slices.ContainsFunc(all, func(x webinar.Report) bool { return x.Hash == hash }), err
}

// signList is a list to be signed on paper: who has a seat, with room for entrance, exit and signature. Filled in, it is read as a report.
func (p Pages) signList(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: r.T("organiser.sign"), Columns: []sheet.Column{
		{Title: r.T("organiser.sign.name"), Width: 30}, {Title: r.T("organiser.sign.ente"), Width: 30}, {Title: r.T("organiser.sign.email"), Width: 30}, {Title: r.T("organiser.sign.day"), Width: 12},
		{Title: r.T("organiser.sign.in"), Width: 10}, {Title: r.T("organiser.sign.out"), Width: 10}, {Title: r.T("organiser.sign.sign"), Width: 24},
	}}
	day := r.InRome(v.Terms.Starts).Format("02/01/2006")
	t.Rows = func(yield func([]any, error) bool) {
		for e, err := range p.everybody(r, v.ID) {
			if err == nil && !e.Place.Has() {
				continue
			}
			if !yield([]any{e.Name, e.Member.Name, e.Email, day, "", "", ""}, err) || err != nil {
				return
			}
		}
	}
	return save(r, "foglio-firme-"+v.Slug, t)
}
