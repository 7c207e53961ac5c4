package offices

import (
	"bytes"
	"strings"

	"aulacomune/lms/roll"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/front"
)

// preview says who a file would add or change, who may be there already, and what its columns were understood as.
func (p *IntakePage) preview(r *front.Request, i roll.Intake) {
	for _, g := range i.Glances {
		row := GlanceRow{Line: g.Line, Name: g.Name, Organisation: g.Organisation, Office: g.Office, Role: r.T("role." + string(g.Role)), Changed: g.Changed}
		if g.Category != "" {
			row.Category = r.T("category." + string(g.Category))
		}
		p.Glances = append(p.Glances, row)
	}
	for _, l := range i.Likely {
		row := LikelyRow{Line: l.Line, Name: l.Name, Organisation: l.Organisation, Other: l.Other}
		if l.Person != "" {
			row.Href = front.PersonHref(l.Person)
		}
		p.Likely = append(p.Likely, row)
	}
	taken := map[int]roll.Field{}
	for f, at := range i.Columns {
		taken[at] = f
	}
	for at, heading := range i.Headings {
		if heading == "" {
			heading = r.T("intake.column.number", "Number", at+1)
		}
		if f, ok := taken[at]; ok {
			p.Recognised = append(p.Recognised, heading+" → "+r.T("field."+string(f)))
		} else {
			p.LeftOut = append(p.LeftOut, heading)
		}
	}
}

// wrongRows is a file of the rows that do nothing, as they stand, with what is wrong with each behind them: to be put right and brought again.
func (p Pages) wrongRows(r *front.Request) error {
	i, rows, err := p.Roll.WrongRows(r.Ctx(), r.Actor, roll.IntakeID(r.Param("intake")))
	if err != nil {
		return front.Unknown(err, "error.intake.unknown")
	}
	var t sheet.Table
	for _, h := range append(i.Headings, r.T("import.line"), r.T("intake.problem")) {
		t.Columns = append(t.Columns, sheet.Column{Title: h})
	}
	t.Rows = func(yield func([]any, error) bool) {
		for row, err := range rows {
			cells := make([]any, len(t.Columns))
			for n := range i.Headings {
				cells[n] = ""
				if n < len(row.Cells) {
					cells[n] = row.Cells[n]
				}
			}
			cells[len(cells)-2], cells[len(cells)-1] = row.Line, strings.Join(problemRow(r, row.Problem).Problems, " ")
			if !yield(cells, err) {
				return
			}
		}
	}
	var b bytes.Buffer
	if err := sheet.CSV(&b, t); err != nil {
		return err
	}
	return r.Download("righe-da-correggere.csv", front.TypeCSV, b.Bytes())
}
