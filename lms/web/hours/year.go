package hours

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/web/front"
)

// YearPage is somebody's year: hours.html.
type YearPage struct {
	front.Frame
	Heading                 string // "Le tue ore", or whose they are
	Year                    int
	Before, After           string // addresses of the years around; "" for none
	Mine                    bool
	Leads                   bool   // the reader may see the hours of others
	Member                  string // ente, office, category
	Percent                 int
	Done, Target, Counted   string // durations in words
	Missing, Forecast       string
	Reached, Enough, Capped bool // enough is done; what lies ahead would do; not all that was done counts
	Areas, Kinds            []ShareRow
	Rows                    []HoursRow
	Ahead                   []AheadRow
	Claims                  []ClaimRow
	Files                   []front.Crumb // downloads
	Plan                    *PlanForm     // nil for who does not plan
	Terms                   *TermsForm    // nil for who does not keep the person
	Action                  string        // address that forms of this page begin with
}

// ShareRow is a part of the hours: of an area, of a kind.
type ShareRow struct {
	Name, Hours string
	Percent     int // of all of them
}

// HoursRow is a row of the ledger.
type HoursRow struct {
	Title, Provider, Kind, Area, Outcome, Hours string
	From, To                                    time.Time // From is zero where it is the same day
	Evidence, EvidenceHref                      string
	Corrected                                   string // why it is not as it was
	Correct                                     string // address of the form, "" for who may not
	Struck                                      bool
}

// AheadRow is what lies ahead.
type AheadRow struct {
	Title, Href, Area, Hours string
	Due                      time.Time
	Planned                  bool
	Line                     string // of the plan, for who may take it out
}

// ClaimRow is a declaration.
type ClaimRow struct {
	Title, Provider, Person, Hours, Declared, State, Reason string
	From, To, Since                                         time.Time
	Href, File, Withdraw                                    string
	Waiting                                                 bool
}

// PlanForm adds a line to a plan.
type PlanForm struct {
	Values         map[string]string
	Errors         map[string]string
	Problem        string
	Areas, Courses []front.Option
	Lines          []AheadRow
}

// TermsForm says how somebody works in a year.
type TermsForm struct{ Values, Errors map[string]string }

// mine is the reader's own year.
func (p Pages) mine(r *front.Request) error { return p.year(r, r.Actor.ID, nil, nil) }

// person is the year of somebody else, or of oneself.
func (p Pages) person(r *front.Request) error {
	return p.year(r, lms.PersonID(r.Param("id")), nil, nil)
}

// wanted is the year that an address asks for; 0 is this one.
func wanted(r *front.Request) int {
	n, _ := strconv.Atoi(r.Query("anno")) // what is no year is this one
	return n
}

func (p Pages) year(r *front.Request, id lms.PersonID, plan *PlanForm, terms *TermsForm) error {
	a, err := p.Ledger.Year(r.Ctx(), r.Actor, id, wanted(r))
	if err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	areas, err := p.areas(r, a.Member)
	if err != nil {
		return err
	}
	page := &YearPage{Year: a.Year, Mine: id == r.Actor.ID, Percent: a.Percent(), Reached: a.Reached(), Enough: a.Forecast >= a.Target, Capped: a.Counted < a.Minutes}
	w := r.Words()
	page.Done, page.Target, page.Counted, page.Missing, page.Forecast = w.Duration(a.Minutes), w.Duration(a.Target), w.Duration(a.Counted), w.Duration(a.Missing()), w.Duration(a.Forecast)
	page.Member = joined(a.Member.Name, a.Member.Office, category(r, a.Member.Category))
	base := "/ore"
	page.Heading, page.Crumbs = r.T("hours.mine"), r.Crumbs(front.Crumb{Label: r.T("hours.mine")})
	if !page.Mine {
		base = "/ore/persone/" + string(a.Person)
		page.Heading, page.Crumbs = a.Name, r.DeskCrumbs(front.Crumb{Label: r.T("hours.people"), Href: "/ore/persone"}, front.Crumb{Label: a.Name})
		page.Plan, page.Terms = plan, terms
		if err := p.planning(r, page, a, areas); err != nil {
			return err
		}
	} else {
		page.Files, page.Leads = files("/ore/libretto", a.Year), front.Leader.Lets(r.Actor)
	}
	page.Action = base
	page.Before = base + "?anno=" + strconv.Itoa(a.Year-1)
	if a.Year < p.Ledger.Today().Year() {
		page.After = base + "?anno=" + strconv.Itoa(a.Year+1)
	}
	page.fill(r, a, areas)
	return r.Show("hours", page.Heading, page)
}

// files are the downloads of a booklet or a table.
func files(base string, year int) []front.Crumb {
	var out []front.Crumb
	for _, f := range []struct{ label, ending string }{{"PDF", ".pdf"}, {"Excel (XLSX)", ".xlsx"}, {"CSV", ".csv"}, {"JSON", ".json"}} {
		if (f.ending == ".pdf" || f.ending == ".json") && !strings.HasSuffix(base, "libretto") {
			continue
		}
		out = append(out, front.Crumb{Label: f.label, Href: base + f.ending + "?anno=" + strconv.Itoa(year)})
	}
	return out
}

func category(r *front.Request, c lms.Category) string {
	if c == "" {
		return ""
	}
	return r.T("category." + string(c))
}

// areas are those of the tree in which somebody is.
func (p Pages) areas(r *front.Request, m lms.Membership) (ledger.Areas, error) {
	if m.Organisation == "" {
		return ledger.Areas{}, nil
	}
	return p.Ledger.Areas(r.Ctx(), r.Actor, m.Organisation)
}

// areaName is an area in the reader's language.
func areaName(r *front.Request, all ledger.Areas, id ledger.AreaID) string {
	if a, ok := all.Find(id); ok {
		return a.In(r.Lang)
	}
	if id != "" {
		return string(id)
	}
	return r.T("hours.area.none")
}

// fill puts an account into the page.
func (y *YearPage) fill(r *front.Request, a ledger.Account, areas ledger.Areas) {
	byArea, byKind := map[string]int{}, map[string]int{}
	for id, m := range a.Areas {
		byArea[areaName(r, areas, id)] += m
	}
	for k, m := range a.Kinds {
		byKind[r.T("hours.kind."+string(k))] += m
	}
	y.Areas, y.Kinds = shares(byArea), shares(byKind)
	for _, h := range a.Rows {
		y.Rows = append(y.Rows, rowView(r, h, areas))
	}
	for _, h := range a.Replaced {
		if h.Minutes == 0 && h.Year() == a.Year {
			row := rowView(r, h, areas)
			row.Struck = true
			y.Rows = append(y.Rows, row)
		}
	}
	for _, e := range a.Ahead {
		row := AheadRow{Title: e.Title, Area: areaName(r, areas, e.Area), Hours: hm(e.Minutes), Due: e.Due.Time(), Planned: e.Planned}
		if row.Title == "" {
			row.Title = row.Area
		}
		if e.Due == "" {
			row.Due = time.Time{}
		}
		if y.Mine && e.Course != "" {
			row.Href = "/corsi/" + string(e.Course)
		}
		if y.Mine && e.Webinar != "" {
			row.Href = "/webinar/" + e.Webinar
		}
		y.Ahead = append(y.Ahead, row)
	}
	for _, c := range a.Claims {
		y.Claims = append(y.Claims, claimRow(r, c))
	}
}

// shares puts parts in order, the largest first.
func shares(of map[string]int) []ShareRow {
	sum := 0
	var names []string
	for name, m := range of {
		names = append(names, name)
		sum += m
	}
	slices.SortFunc(names, func(a, b string) int {
		if of[a] != of[b] {
			return of[b] - of[a]
		}
		return strings.Compare(a, b)
	})
	var out []ShareRow
	for _, n := range names {
		out = append(out, ShareRow{Name: n, Hours: hm(of[n]), Percent: of[n] * 100 / max(1, sum)})
	}
	return out
}

func rowView(r *front.Request, h ledger.Hours, areas ledger.Areas) HoursRow {
	row := HoursRow{
		Title: h.Title, Provider: h.Provider, Kind: r.T("hours.kind." + string(h.Kind)), Area: areaName(r, areas, h.Area), Outcome: r.T("hours.outcome." + string(h.Outcome)),
		Hours: hm(h.Minutes), To: h.To.Time(), Corrected: h.Reason,
	}
	if h.From != h.To {
		row.From = h.From.Time()
	}
	switch {
	case h.Evidence.Certificate != "":
		row.Evidence, row.EvidenceHref = r.T("hours.evidence.certificate", "Code", string(h.Evidence.Certificate)), "/verifica/"+string(h.Evidence.Certificate)
	case h.Evidence.Claim != "":
		row.Evidence = r.T("hours.evidence.file")
		if h.Person == r.Actor.ID || r.Actor.Keeps(h.Member.Within) {
			row.EvidenceHref = "/ore/dichiarazioni/" + string(h.Evidence.Claim) + "/attestato"
		}
	case h.Evidence.Attendance != "":
		row.Evidence = r.T("hours.evidence.attendance")
	}
	if h.Person != r.Actor.ID && r.Actor.Keeps(h.Member.Within) {
		row.Correct = "/ore/righe/" + base64.RawURLEncoding.EncodeToString([]byte(h.ID)) + "/correggi"
	}
	return row
}

func claimRow(r *front.Request, c ledger.Claim) ClaimRow {
	row := ClaimRow{
		Title: c.Title, Provider: c.Provider, Person: c.Name, Hours: hm(c.Minutes), Declared: hm(c.Minutes), State: r.T("hours.claim." + string(c.State)), Reason: c.Last().Reason,
		To: c.To.Time(), Since: c.History[0].At, Waiting: c.State == ledger.Declared, File: "/ore/dichiarazioni/" + string(c.ID) + "/attestato",
	}
	if c.From != c.To {
		row.From = c.From.Time()
	}
	if c.State == ledger.Accepted {
		row.Hours = hm(c.Counted)
	}
	if c.Person == r.Actor.ID && row.Waiting {
		row.Withdraw = "/ore/dichiarazioni/" + string(c.ID) + "/ritira"
	}
	if c.Person != r.Actor.ID && r.Actor.Keeps(c.Member.Within) {
		row.Href = "/amministrazione/ore/convalida/" + string(c.ID)
	}
	return row
}
