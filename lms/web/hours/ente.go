package hours

import (
	"slices"
	"strconv"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/web/front"
)

// EntePage is an organisation's year with all below it: hours_ente.html. It is the page of a referent, of a region, and, limited, of who compares.
type EntePage struct {
	front.Frame
	Heading       string
	Organisation  string
	Organisations []front.Option // to choose from; none where there is one
	Year          int
	Before, After string
	Total         SumRow
	Percent       int
	Tables        []SumTable
	Limited       bool // no people: only sums over five and more
	Withheld      bool // something is not shown
	Counted       time.Time
	Files         []front.Crumb
	Waiting       int // claims
	Areas         bool
}

// SumTable is a table of sums with its chart.
type SumTable struct {
	ID, Caption, First string
	Who                string // heading of the people that are counted
	Rows               []SumRow
	Chart              front.Chart
	Simple             bool // people and hours only
}

// SumRow is a row of a table of sums.
type SumRow struct {
	Name, Href                       string
	People, Active, Reached, Percent int
	Hours, Average, Asked            string
	Hidden                           bool
}

// ente is the page of who keeps an organisation's people.
func (p Pages) ente(r *front.Request) error {
	page := &EntePage{}
	org := r.Organisation()
	var err error
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	if page.Waiting, err = p.Ledger.CountWaiting(r.Ctx(), r.Actor); err != nil {
		return err
	}
	page.Areas = r.Actor.Is(lms.Administrator)
	return p.showSums(r, page, org, "/amministrazione/ore")
}

// compare is the page of who may not see all people: their ente by office, or the whole tree by ente.
func (p Pages) compare(r *front.Request) error {
	page := &EntePage{}
	org := lms.OrganisationID(r.Query("ente"))
	for _, m := range r.Actor.Memberships {
		offer := []lms.OrganisationID{m.Within[0]}
		if m.Role == lms.Manager {
			offer = append(offer, m.Organisation)
		}
		if m.Role == lms.Learner || m.Role == lms.Author || m.Role == lms.Instructor {
			continue
		}
		for _, id := range offer {
			o, err := r.School().Organisations.Find(r.Ctx(), id)
			if err != nil {
				return err
			}
			option := front.Option{Value: string(id), Label: o.Name}
			if !slices.Contains(page.Organisations, option) {
				page.Organisations = append(page.Organisations, option)
			}
		}
	}
	if org == "" && len(page.Organisations) > 0 {
		org = lms.OrganisationID(page.Organisations[0].Value)
	}
	return p.showSums(r, page, org, "/ore/confronto")
}

func (p Pages) showSums(r *front.Request, page *EntePage, org lms.OrganisationID, address string) error {
	s, err := p.Ledger.Summary(r.Ctx(), r.Actor, org, wanted(r))
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	areas, err := p.Ledger.Areas(r.Ctx(), r.Actor, s.Organisation.ID)
	if err != nil {
		return err
	}
	page.Organisation, page.Year, page.Limited, page.Counted, page.Heading = string(org), s.Year, s.Limited, s.Counted, s.Organisation.Name
	page.Total, page.Percent = sumRow(ledger.Group{Sum: s.Total, Hidden: s.TotalHidden}, s.Organisation.Name, ""), s.Total.Percent()
	at := func(year int) string {
		return address + "?" + escaped("ente", string(org)) + "&anno=" + strconv.Itoa(year)
	}
	page.Before = at(s.Year - 1)
	if s.Year < p.Ledger.Today().Year() {
		page.After = at(s.Year + 1)
	}
	page.tables(r, s, areas)
	page.Withheld = s.TotalHidden || slices.ContainsFunc(append(s.Enti, s.Offices...), func(g ledger.Group) bool { return g.Hidden })
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("hours.compare")})
	if address == "/amministrazione/ore" {
		page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("hours.desk")})
		for _, f := range files("/amministrazione/ore", s.Year) {
			f.Href += "&" + escaped("ente", string(org))
			page.Files = append(page.Files, f)
		}
	}
	return r.Show("hours_ente", r.T("hours.of", "Name", s.Organisation.Name), page)
}

// tables are those of a summary that hold something.
func (e *EntePage) tables(r *front.Request, s ledger.Summary, areas ledger.Areas) {
	plain := func(g ledger.Group) string { return g.Key }
	if len(s.Enti) > 1 {
		e.table(r, "enti", s.Enti, func(g ledger.Group) string { return g.Name })
	}
	e.table(r, "offices", s.Offices, func(g ledger.Group) string {
		if g.Key == "" {
			return r.T("hours.office.none")
		}
		return plain(g)
	})
	e.table(r, "categories", s.Categories, func(g ledger.Group) string {
		if g.Key == "" {
			return r.T("hours.category.none")
		}
		return r.T("category." + g.Key)
	})
	e.table(r, "areas", s.Areas, func(g ledger.Group) string { return areaName(r, areas, ledger.AreaID(g.Key)) })
	e.table(r, "kinds", s.Kinds, func(g ledger.Group) string { return r.T("hours.kind." + g.Key) })
}

func (e *EntePage) table(r *front.Request, id string, of []ledger.Group, name func(ledger.Group) string) {
	if len(of) == 0 {
		return
	}
	t := SumTable{ID: id, Caption: r.T("hours.by." + id), First: r.T("hours.column." + id), Simple: e.Limited || id == "areas" || id == "kinds", Who: r.T("hours.sum.people")}
	if id == "areas" || id == "kinds" {
		t.Who = r.T("hours.sum.with")
	}
	if id == "offices" && !e.Limited && e.parted() {
		t.Caption = r.T("hours.by.offices.of", "Name", e.Heading)
	}
	for _, g := range of {
		href := ""
		if id == "enti" && !e.Limited && g.Key != e.Organisation {
			href = "/amministrazione/ore?" + escaped("ente", g.Key) + "&anno=" + strconv.Itoa(e.Year)
		}
		t.Rows = append(t.Rows, sumRow(g, name(g), href))
	}
	t.Chart = front.NewChart(r.T("hours.chart", "What", t.Caption), amounts(of, t.Rows))
	e.Tables = append(e.Tables, t)
}

// parted says whether the sums are of several enti, so that a table of one of them has to say so.
func (e *EntePage) parted() bool {
	return slices.ContainsFunc(e.Tables, func(t SumTable) bool { return t.ID == "enti" })
}

// amounts are hours as bars. What is hidden has none.
func amounts(of []ledger.Group, rows []SumRow) (out []front.Amount) {
	for i, g := range of {
		if !g.Hidden {
			out = append(out, front.Amount{Name: rows[i].Name, Size: g.Sum.Minutes, Value: rows[i].Hours})
		}
	}
	return out
}

func sumRow(g ledger.Group, name, href string) SumRow {
	s := g.Sum
	return SumRow{
		Name: name, Href: href, People: s.People, Active: s.Active, Reached: s.Reached, Percent: s.Percent(), Hours: hm(s.Minutes), Average: hm(s.Average()), Asked: hm(s.Target), Hidden: g.Hidden,
	}
}
