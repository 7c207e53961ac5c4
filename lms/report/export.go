package report

import (
	"iter"
	"strings"

	"aulacomune/lms/sheet"
)

// Sheet is a report as a table to be written as CSV or XLSX. say gives the text of a message.
func Sheet(name string, columns []Column, rows iter.Seq2[Row, error], say func(key string) string) sheet.Table {
	t := sheet.Table{Name: name}
	for _, c := range columns {
		t.Columns = append(t.Columns, sheet.Column{Title: say("report.column." + c.Key), Kind: c.Kind, Width: width(c.Kind)})
	}
	t.Rows = func(yield func([]any, error) bool) {
		for row, err := range rows {
			if !yield(row.In(say), err) || err != nil {
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

// In is a row with its message ids said.
func (row Row) In(say func(key string) string) []any {
	out := make([]any, len(row))
	for i, v := range row {
		out[i] = v
		if s, ok := v.(string); ok && strings.HasPrefix(s, "=") {
			out[i] = say(s[1:])
		}
	}
	return out
}
