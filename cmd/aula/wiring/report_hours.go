package wiring

import (
	"cmp"
	"context"
	"slices"

	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/report"
	"aulacomune/lms/sheet"
)

// The reports of the ledger. What may be seen of whom, and which sums are withheld, is the ledger's to say.
const (
	hoursKind report.Kind = "hours"      // a row is somebody's year
	enteKind  report.Kind = "hours-ente" // a row is the year of an organisation's own people
	areaKind  report.Kind = "hours-area" // a row is a year in one area
)

// hoursSource is the report with a row for each person of a year: what was asked of them, what they did, of which kind.
func (h *House) hoursSource() report.Source {
	columns := append(report.WhoColumns(), report.Column{Key: "year", Kind: sheet.Number}, report.Column{Key: "target", Kind: sheet.Hours})
	for _, k := range ledger.Kinds() {
		columns = append(columns, report.Column{Key: string(k), Kind: sheet.Hours})
	}
	columns = append(columns, report.Column{Key: "minutes", Kind: sheet.Hours}, report.Column{Key: "counted", Kind: sheet.Hours}, report.Column{Key: "missing", Kind: sheet.Hours}, report.Column{Key: "share", Kind: sheet.Percent})
	return report.Source{Kind: hoursKind, Columns: columns, Asks: []report.Filter{report.ByYear}, Page: h.hoursOfPeople}
}

func (h *House) hoursOfPeople(ctx context.Context, a lms.Actor, s report.Spec, at lms.PageAt) (rows []report.Row, next string, err error) {
	found, next, err := h.Ledger.PeopleOf(ctx, a, s.Organisation, s.Year, at)
	if err != nil {
		return nil, "", err
	}
	for _, acc := range found {
		p, err := h.School.People.Known(ctx, acc.Person)
		if err != nil {
			return nil, "", err
		}
		row := append(report.Who(p, acc.Member), acc.Year, acc.Target)
		for _, k := range ledger.Kinds() {
			row = append(row, acc.Kinds[k])
		}
		rows = append(rows, append(row, acc.Minutes, acc.Counted, acc.Missing(), acc.Percent()))
	}
	return rows, next, nil
}

// hoursOfEnti is the report with a row for each organisation that has people of its own. Whoever does not keep them sees people and hours, without what is
// over fewer than five people or would give such a sum away.
func (h *House) hoursOfEnti() report.Source {
	return report.Source{
		Kind: enteKind, Asks: []report.Filter{report.ByYear}, Chart: "minutes", Sums: true, Page: h.enteHours,
		Columns: []report.Column{
			{Key: "organisation"}, {Key: "people", Kind: sheet.Number}, {Key: "active", Kind: sheet.Number}, {Key: "reached", Kind: sheet.Number}, {Key: "target", Kind: sheet.Hours},
			{Key: "minutes", Kind: sheet.Hours}, {Key: "counted", Kind: sheet.Hours}, {Key: "average", Kind: sheet.Hours}, {Key: "share", Kind: sheet.Percent}, {Key: "note"},
		},
	}
}

func (h *House) enteHours(ctx context.Context, a lms.Actor, s report.Spec, at lms.PageAt) (rows []report.Row, next string, err error) {
	sum, err := h.Ledger.Summary(ctx, a, s.Organisation, s.Year)
	if err != nil {
		return nil, "", err
	}
	page, next, err := groupsOf(sum.Enti, func(g ledger.Group) string { return lms.Fold(g.Name) }, at)
	if err != nil {
		return nil, "", err
	}
	for _, g := range page {
		switch {
		case g.Hidden:
			rows = append(rows, report.Row{g.Name, nil, nil, nil, nil, nil, nil, nil, nil, report.Withheld})
		case sum.Limited:
			rows = append(rows, report.Row{g.Name, g.Sum.People, nil, nil, nil, g.Sum.Minutes, nil, g.Sum.Average(), nil, nil})
		default:
			rows = append(rows, report.Row{g.Name, g.Sum.People, g.Sum.Active, g.Sum.Reached, g.Sum.Target, g.Sum.Minutes, g.Sum.Counted, g.Sum.Average(), g.Sum.Percent(), nil})
		}
	}
	return rows, next, nil
}

// hoursOfAreas is the report with a row for each area of competence. Somebody may be in several, so that only who keeps the people sees it.
func (h *House) hoursOfAreas() report.Source {
	return report.Source{
		Kind: areaKind, Asks: []report.Filter{report.ByYear}, Chart: "minutes", Page: h.areaHours,
		Columns: []report.Column{{Key: "area"}, {Key: "people", Kind: sheet.Number}, {Key: "minutes", Kind: sheet.Hours}, {Key: "average", Kind: sheet.Hours}, {Key: "part", Kind: sheet.Percent}},
	}
}

func (h *House) areaHours(ctx context.Context, a lms.Actor, s report.Spec, at lms.PageAt) (rows []report.Row, next string, err error) {
	sum, err := h.Ledger.Summary(ctx, a, s.Organisation, s.Year)
	if err != nil {
		return nil, "", err
	}
	if sum.Limited {
		return nil, "", lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	areas, err := h.Ledger.Areas(ctx, a, s.Organisation)
	if err != nil {
		return nil, "", err
	}
	page, next, err := groupsOf(sum.Areas, func(g ledger.Group) string { return g.Key }, at)
	if err != nil {
		return nil, "", err
	}
	for _, g := range page {
		var name any = report.Message("hours.area.none")
		if area, ok := areas.Find(ledger.AreaID(g.Key)); ok {
			name = report.Name{Italian: area.Name, English: area.English}
		} else if g.Key != "" {
			name = g.Key
		}
		rows = append(rows, report.Row{name, g.Sum.People, g.Sum.Minutes, g.Sum.Average(), g.Sum.Minutes * 100 / max(1, sum.Total.Minutes)})
	}
	return rows, next, nil
}

// groupsOf cuts a page out of sums, in the order of what they are called, those called nothing last.
func groupsOf(all []ledger.Group, called func(ledger.Group) string, at lms.PageAt) ([]ledger.Group, string, error) {
	key := func(g ledger.Group) string {
		if g.Key == "" {
			return "\U0010FFFF"
		}
		return called(g) + "\x00" + g.Key
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(x, y ledger.Group) int { return cmp.Compare(key(x), key(y)) })
	return pageOf(all, key, at)
}
