package hours

import (
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/front"
)

// PeoplePage is the years of people: hours_people.html.
type PeoplePage struct {
	front.Frame
	Organisation  string // "" for those who answer to the reader
	Organisations []front.Option
	Manager       bool
	Capped        bool // of somebody not all hours count
	Year          int
	Before, After string
	Rows          []PersonRow
	More          string
	Files         []front.Crumb
}

// PersonRow is somebody's year in a list.
type PersonRow struct {
	Name, Href, Office             string
	Done, Asked, Missing, Forecast string
	Counted                        string // of those done, where not all count
	Percent                        int
	Reached, Enough                bool
}

// people lists the reader's people; those of an ente where the address names one, or where nobody answers to the reader.
func (p Pages) people(r *front.Request) error {
	org := lms.OrganisationID(r.Query("ente"))
	if org == "" && !r.Actor.Is(lms.Manager) {
		org = r.Organisation()
	}
	found, next, err := p.Ledger.People(r.Ctx(), r.Actor, org, wanted(r), r.Page())
	if err == nil {
		err = p.Ledger.Foresee(r.Ctx(), r.Actor, found)
	}
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	page := &PeoplePage{Organisation: string(org), Manager: r.Actor.Is(lms.Manager), Year: p.Ledger.Today().Year()}
	if y := wanted(r); y > 0 {
		page.Year = y
	}
	if len(r.Actor.Kept()) > 0 {
		if page.Organisations, err = r.Organisations(); err != nil {
			return err
		}
	}
	at := func(year int) string {
		return "/ore/persone?" + escaped("ente", string(org)) + "&anno=" + strconv.Itoa(year)
	}
	page.Before, page.More = at(page.Year-1), front.More(at(page.Year)+"&", next)
	if page.Year < p.Ledger.Today().Year() {
		page.After = at(page.Year + 1)
	}
	for _, f := range files("/ore/persone", page.Year) {
		f.Href += "&" + escaped("ente", string(org))
		page.Files = append(page.Files, f)
	}
	for _, a := range found {
		row := PersonRow{
			Name: a.Name, Href: "/ore/persone/" + string(a.Person) + "?anno=" + strconv.Itoa(a.Year), Office: a.Member.Office, Done: hm(a.Minutes), Asked: hm(a.Target), Missing: hm(a.Missing()),
			Forecast: hm(a.Forecast), Percent: a.Percent(), Reached: a.Reached(), Enough: a.Forecast >= a.Target,
		}
		if a.Counted < a.Minutes {
			row.Counted, page.Capped = hm(a.Counted), true
		}
		page.Rows = append(page.Rows, row)
	}
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("hours.people")})
	return r.Show("hours_people", r.T("hours.people"), page)
}

// peopleTable is the same as a file: the people and, in a workbook, each of their rows on a second sheet.
func (p Pages) peopleTable(r *front.Request) error {
	org := lms.OrganisationID(r.Query("ente"))
	if org == "" && (strings.HasPrefix(r.Path, "/amministrazione/") || !r.Actor.Is(lms.Manager)) {
		org = r.Organisation()
	}
	year := wanted(r)
	if _, _, err := p.Ledger.People(r.Ctx(), r.Actor, org, year, lms.PageAt{Limit: 1}); err != nil { // refused before anything is written
		return front.Unknown(err, "error.organisation.unknown")
	}
	return p.send(r, "ore-"+strconv.Itoa(year), p.Ledger.Each(r.Ctx(), r.Actor, org, year))
}

// bookletTable is the reader's own year as a file.
func (p Pages) bookletTable(r *front.Request) error {
	a, err := p.Ledger.Year(r.Ctx(), r.Actor, r.Actor.ID, wanted(r))
	if err != nil {
		return err
	}
	one := func(yield func(ledger.Account, error) bool) { yield(a, nil) }
	return p.send(r, "libretto-"+strconv.Itoa(a.Year), one)
}

// send sends accounts as a file.
func (p Pages) send(r *front.Request, name string, accounts iter.Seq2[ledger.Account, error]) error {
	kind, ending, table := front.TypeCSV, ".csv", p.peopleSheet
	write := func(f io.Writer) error { return sheet.CSV(f, table(r, accounts)) }
	switch {
	case strings.HasSuffix(r.Path, ".xlsx"):
		kind, ending = front.TypeXLSX, ".xlsx"
		write = func(f io.Writer) error { return sheet.XLSX(f, p.peopleSheet(r, accounts), p.rowsSheet(r, accounts)) }
	case r.Path == "/ore/libretto.csv":
		table = p.rowsSheet
	}
	return r.Save(name+ending, kind, write)
}

// peopleSheet is a table with a row for each account.
func (p Pages) peopleSheet(r *front.Request, accounts iter.Seq2[ledger.Account, error]) sheet.Table {
	column := func(key string, k sheet.Kind, width float64) sheet.Column {
		return sheet.Column{Title: r.T("hours.sheet." + key), Kind: k, Width: width}
	}
	return sheet.Table{
		Name: r.T("hours.sheet.people"),
		Columns: []sheet.Column{
			column("name", sheet.Text, 30), column("ente", sheet.Text, 30), column("office", sheet.Text, 24), column("category", sheet.Text, 18), column("year", sheet.Number, 8),
			column("asked", sheet.Hours, 12), column("done", sheet.Hours, 12), column("counted", sheet.Hours, 14), column("missing", sheet.Hours, 12), column("percent", sheet.Percent, 10),
		},
		Rows: func(yield func([]any, error) bool) {
			for a, err := range accounts {
				row := []any{a.Name, a.Member.Name, a.Member.Office, category(r, a.Member.Category), a.Year, a.Target, a.Minutes, a.Counted, a.Missing(), a.Percent()}
				if !yield(row, err) || err != nil {
					return
				}
			}
		},
	}
}

// rowsSheet is a table with a row for each training.
func (p Pages) rowsSheet(r *front.Request, accounts iter.Seq2[ledger.Account, error]) sheet.Table {
	column := func(key string, k sheet.Kind, width float64) sheet.Column {
		return sheet.Column{Title: r.T("hours.sheet." + key), Kind: k, Width: width}
	}
	areas := map[lms.OrganisationID]ledger.Areas{}
	rows := func(a ledger.Account) (out [][]any, err error) {
		counts := a.Counts()
		for i, h := range a.Rows {
			all, ok := areas[h.Member.Organisation]
			if !ok {
				if all, err = p.areas(r, h.Member); err != nil {
					return nil, err
				}
				areas[h.Member.Organisation] = all
			}
			out = append(out, []any{
				a.Name, h.Member.Name, h.Title, h.Provider, r.T("hours.kind." + string(h.Kind)), areaName(r, all, h.Area), date(h.From), date(h.To), h.Minutes, counts[i],
				r.T("hours.outcome." + string(h.Outcome)), string(h.Evidence.Certificate), reason(r, a, h),
			})
		}
		return out, nil
	}
	return sheet.Table{
		Name: r.T("hours.sheet.rows"),
		Columns: []sheet.Column{
			column("name", sheet.Text, 30), column("ente", sheet.Text, 30), column("title", sheet.Text, 50), column("provider", sheet.Text, 30), column("kind", sheet.Text, 16),
			column("area", sheet.Text, 28), column("from", sheet.Day, 12), column("to", sheet.Day, 12), column("done", sheet.Hours, 12), column("counted", sheet.Hours, 14), column("outcome", sheet.Text, 16),
			column("certificate", sheet.Text, 18), column("correction", sheet.Text, 40),
		},
		Rows: func(yield func([]any, error) bool) {
			for a, err := range accounts {
				var found [][]any
				if err == nil {
					found, err = rows(a)
				}
				if err != nil {
					yield(nil, err)
					return
				}
				for _, row := range found {
					if !yield(row, nil) {
						return
					}
				}
			}
		},
	}
}

// date is a day for a sheet; the zero time for none.
func date(d ledger.Day) time.Time {
	if d == "" {
		return time.Time{}
	}
	return d.Time()
}
