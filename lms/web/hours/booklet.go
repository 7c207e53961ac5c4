package hours

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms/ledger"
	"aulacomune/lms/web/front"
)

// Booklet is somebody's year as they take it with them ("libretto formativo"): what the JSON holds, and what the PDF prints.
type Booklet struct {
	Lang         string        `json:"lang"`
	Person       string        `json:"person"`
	Organisation string        `json:"organisation"`
	Office       string        `json:"office,omitempty"`
	Category     string        `json:"category,omitempty"`
	Year         int           `json:"year"`
	Made         time.Time     `json:"made"`
	Asked        int           `json:"asked_minutes"`
	Done         int           `json:"done_minutes"`
	Counted      int           `json:"counted_minutes"`
	Missing      int           `json:"missing_minutes"`
	Limits       []string      `json:"limits,omitempty"` // of kinds of training, in words
	Note         string        `json:"note"`             // that it is no official register
	Rows         []BookletRow  `json:"rows"`
	Areas        []BookletPart `json:"areas"`
}

// BookletRow is one training.
type BookletRow struct {
	Title        string `json:"title"`
	Provider     string `json:"provider"`
	Organisation string `json:"organisation"` // of the person then
	Kind         string `json:"kind"`
	Area         string `json:"area"`
	From         string `json:"from"` // 2026-03-31
	To           string `json:"to"`
	Minutes      int    `json:"minutes"`
	Counted      int    `json:"counted_minutes"`
	Outcome      string `json:"outcome"`
	Certificate  string `json:"certificate,omitempty"` // code, to be verified at the address
	Verify       string `json:"verify,omitempty"`
	File         bool   `json:"file,omitempty"` // shown by an attestato that was uploaded
	Correction   string `json:"correction,omitempty"`
}

// BookletPart is the minutes of an area.
type BookletPart struct {
	Name    string `json:"name"`
	Minutes int    `json:"minutes"`
}

// booklet is the reader's own year.
func (p Pages) booklet(r *front.Request) (Booklet, error) {
	a, err := p.Ledger.Year(r.Ctx(), r.Actor, r.Actor.ID, wanted(r))
	if err != nil {
		return Booklet{}, err
	}
	areas, err := p.areas(r, a.Member)
	if err != nil {
		return Booklet{}, err
	}
	b := Booklet{
		Lang: r.Lang, Person: a.Name, Organisation: a.Member.Name, Office: a.Member.Office, Category: category(r, a.Member.Category), Year: a.Year, Made: r.InRome(r.Now()).Truncate(time.Second),
		Asked: a.Target, Done: a.Minutes, Counted: a.Counted, Missing: a.Missing(), Limits: limits(r, a.Policy), Note: r.T("hours.unofficial"), Rows: []BookletRow{}, Areas: []BookletPart{},
	}
	counts := a.Counts()
	for i, h := range a.Rows {
		row := BookletRow{
			Title: h.Title, Provider: h.Provider, Organisation: h.Member.Name, Kind: r.T("hours.kind." + string(h.Kind)), Area: areaName(r, areas, h.Area), From: string(h.From), To: string(h.To),
			Minutes: h.Minutes, Counted: counts[i], Outcome: r.T("hours.outcome." + string(h.Outcome)), Certificate: string(h.Evidence.Certificate), File: h.Evidence.Claim != "", Correction: reason(r, a, h),
		}
		if row.Certificate != "" {
			row.Verify = r.URL("/verifica/" + row.Certificate)
		}
		b.Rows = append(b.Rows, row)
	}
	for _, area := range append(areas.Items, ledger.Area{}) {
		if m := a.Areas[area.ID]; m > 0 {
			b.Areas = append(b.Areas, BookletPart{areaName(r, areas, area.ID), m})
		}
	}
	return b, nil
}

// bookletJSON gives the reader's own year to be read by other programs.
func (p Pages) bookletJSON(r *front.Request) error {
	b, err := p.booklet(r)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	r.Attach("libretto-"+strconv.Itoa(b.Year)+".json", "application/json; charset=utf-8")
	return r.C.Send(text)
}

// Printed is a booklet in the words that are printed; it has the shape of certificate.Booklet.
type Printed struct {
	Lang, Maker, Title, Person, Who string
	Facts                           [][2]string
	Caption                         string
	Head                            []string
	Shares                          []float64
	Rows                            [][]string
	Empty, Note, Page               string
	Made                            time.Time
}

// printed puts a booklet in words.
func (p Pages) printed(r *front.Request, b Booklet) Printed {
	w := r.Words()
	out := Printed{
		Lang: r.Lang, Maker: p.Owner, Title: r.T("hours.booklet.title", "Year", b.Year), Person: b.Person, Who: joined(b.Organisation, b.Office, b.Category),
		Facts:   [][2]string{{r.T("hours.sheet.done"), w.Duration(b.Done)}, {r.T("hours.sheet.counted"), w.Duration(b.Counted)}, {r.T("hours.sheet.asked"), w.Duration(b.Asked)}, {r.T("hours.sheet.missing"), w.Duration(b.Missing)}, {r.T("hours.booklet.made"), w.Date(b.Made)}},
		Caption: r.T("hours.rows"), Shares: []float64{0.35, 0.19, 0.15, 0.07, 0.12, 0.12},
		Head:  []string{r.T("hours.sheet.title"), r.T("hours.sheet.area"), r.T("hours.booklet.days"), r.T("hours.booklet.hours"), r.T("hours.sheet.outcome"), r.T("hours.evidence")},
		Empty: r.T("hours.none"), Note: b.Note, Page: r.T("hours.booklet.page"), Made: b.Made,
	}
	for _, limit := range b.Limits {
		out.Facts = append(out.Facts, [2]string{r.T("hours.booklet.limit"), limit})
	}
	for _, row := range b.Rows {
		days := shortDate(b.Lang, row.To)
		if row.From != row.To {
			days = shortDate(b.Lang, row.From) + " – " + days
		}
		done := hm(row.Minutes)
		if row.Counted < row.Minutes {
			done = r.T("hours.booklet.counted", "Done", done, "Counted", hm(row.Counted))
		}
		evidence := row.Certificate
		if evidence == "" && row.File {
			evidence = r.T("hours.evidence.file")
		}
		out.Rows = append(out.Rows, []string{joined(row.Title, row.Provider, row.Kind, row.Correction), row.Area, days, done, row.Outcome, evidence})
	}
	return out
}

// shortDate is a day as people write it in a table.
func shortDate(lang, d string) string {
	if lang == "it" {
		return ledger.Day(d).Time().Format("02/01/2006")
	}
	return ledger.Day(d).Time().Format("2 Jan 2006")
}

// limits are those that a policy puts on kinds of training, in words.
func limits(r *front.Request, of ledger.Policy) (out []string) {
	for _, k := range ledger.Kinds() {
		if m, ok := of.Most[k]; ok {
			out = append(out, r.T("hours.policy.most", "Kind", r.T("hours.kind."+string(k)), "Hours", r.Words().Duration(m)))
		}
	}
	return out
}

// reason is why a row is not as it was, or not as it was declared; "" where it is.
func reason(r *front.Request, a ledger.Account, h ledger.Hours) string {
	if h.Reason != "" {
		return h.Reason
	}
	for _, c := range a.Claims {
		if c.ID == h.Evidence.Claim && c.State == ledger.Accepted && c.Counted != c.Minutes {
			return r.T("hours.claim.reduced", "Declared", hm(c.Minutes), "Counted", hm(c.Counted), "Reason", c.Last().Reason)
		}
	}
	return ""
}

// joined puts texts beside one another, without the empty ones.
func joined(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), " · ")
}

// bookletPDF gives it to be printed and kept.
func (p Pages) bookletPDF(r *front.Request) error {
	b, err := p.booklet(r)
	if err != nil {
		return err
	}
	pdf, err := p.Draw(p.printed(r, b))
	if err != nil {
		return err
	}
	r.Attach("libretto-"+strconv.Itoa(b.Year)+".pdf", "application/pdf")
	return r.C.Send(pdf)
}
