package report

import (
	"iter"

	"aulacomune/lms/sheet"
)

// Sheet is a report as a table to be written as CSV or XLSX.
func Sheet(name string, columns []Column, rows iter.Seq2[Row, error], w Words) sheet.Table {
	t := sheet.Table{Name: name}
	for _, c := range columns {
		t.Columns = append(t.Columns, sheet.Column{Title: w.Say("report.column." + c.Key), Kind: c.Kind, Width: width(c.Kind)})
	}
	t.Rows = func(yield func([]any, error) bool) {
		for row, err := range rows {
			if !yield(row.In(w), err) || err != nil {
				return
			}
		}
	}
	return t
}

// width is how wide a column of a kind is, in characters.
func width(k sheet.Kind) float64 {
	if k == sheet.Text {
		return 24
	}
	return 12
}
