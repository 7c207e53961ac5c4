package front

import "strconv"

// FileColumn says which column of a table that was sent holds a field, for part/file-columns.
type FileColumn struct {
	Field, Label, Value string
	Options             []Option
}

// FileProblem is a row of a table that does nothing, and why, for part/file-problems.
type FileProblem struct {
	Line     int
	Name     string
	Problems []string
}

// FileColumn is a field with the columns it may stand in; at is the column it stands in, from 0, and -1 where nobody knows.
func (r *Request) FileColumn(field string, headings []string, at int) FileColumn {
	c := FileColumn{Field: field, Label: r.T("field." + field), Options: []Option{{Label: r.T("intake.column.none")}}}
	for i, h := range headings {
		if h == "" {
			h = r.T("intake.column.number", "Number", i+1)
		}
		c.Options = append(c.Options, Option{strconv.Itoa(i), h})
	}
	if at >= 0 {
		c.Value = strconv.Itoa(at)
	}
	return c
}
