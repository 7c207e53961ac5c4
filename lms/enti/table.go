package enti

import (
	"errors"
	"iter"
	"strings"
	"unicode/utf8"

	"aulacomune/lms"
	"aulacomune/lms/sheet"

	"golang.org/x/text/encoding/charmap"
)

// column is what is read of a file, with the headings it may have, folded: a heading is one of them, or begins with one that ends in *.
type column struct {
	name   string
	heads  []string
	needed bool
}

// table is a file whose columns were found.
type table struct {
	source   Source
	at       map[string]int
	rows     iter.Seq2[sheet.Row, error]
	repaired int
}

// row is a row of a table, read by the names of its columns.
type row struct {
	t     *table
	cells sheet.Row
}

// headTries is how many rows may stand before the headings, and over how many rows these may be broken.
const headTries = 4

// open finds the headings of a file. They may stand below a title, hold line breaks, or be broken over several rows by a spreadsheet.
func open(source Source, file []byte, columns []column) (*table, error) {
	rows, err := sheet.Read(file)
	if err != nil {
		return nil, at(source, err)
	}
	t := &table{source: source, rows: rows}
	var first [][]string
	for r, err := range rows {
		if err != nil {
			return nil, at(source, err)
		}
		if first = append(first, r.Cells); len(first) == 2*headTries {
			break
		}
	}
	var best []string
	for begin := range min(headTries, len(first)) {
		var head []string
		for n := 0; n < headTries && begin+n < len(first); n++ {
			head = joinHead(head, first[begin+n])
			at, missing := locate(head, columns)
			if len(missing) == 0 {
				t.at, t.rows = at, skip(rows, begin+n+1)
				return t, nil
			}
			if best == nil || len(missing) < len(best) {
				best = missing
			}
		}
	}
	if len(first) == 0 {
		best = []string{"-"}
	}
	return nil, &lms.Error{Kind: lms.Invalid, Message: "error.enti.columns", Fields: map[string]string{string(source): "error.enti.columns"}, Err: &Lacking{Columns: best}}
}

// at names the file of an error.
func at(source Source, err error) error {
	key := "error.sheet.kind"
	if e, ok := errors.AsType[*lms.Error](err); ok && e.Fields["file"] != "" {
		key = e.Fields["file"]
	}
	return &lms.Error{Kind: lms.Invalid, Message: key, Fields: map[string]string{string(source): key}, Err: err}
}

// joinHead continues headings with a row: its first cell belongs to the last heading.
func joinHead(head, cells []string) []string {
	if len(head) == 0 {
		return append(head, cells...)
	}
	if len(cells) == 0 {
		return head
	}
	head = append([]string(nil), head...)
	head[len(head)-1] += " " + cells[0]
	return append(head, cells[1:]...)
}

// locate finds columns by their headings; the first that fits counts.
func locate(head []string, columns []column) (at map[string]int, missing []string) {
	at = map[string]int{}
	folded := make([]string, len(head))
	for i, h := range head {
		h, _ = repair(h)
		folded[i] = lms.Fold(h)
	}
	for _, c := range columns {
		at[c.name] = -1
		for _, want := range c.heads {
			prefix, open := strings.CutSuffix(want, "*")
			for i, h := range folded {
				if at[c.name] < 0 && (h == prefix || open && strings.HasPrefix(h, prefix)) {
					at[c.name] = i
				}
			}
		}
		if c.needed && at[c.name] < 0 {
			missing = append(missing, c.heads[0])
		}
	}
	return at, missing
}

// skip leaves rows out.
func skip(rows iter.Seq2[sheet.Row, error], n int) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		for r, err := range rows {
			if n--; n >= 0 && err == nil {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// each yields the rows behind the headings.
func (t *table) each() iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		for r, err := range t.rows {
			if err != nil {
				yield(row{}, at(t.source, err))
				return
			}
			if !yield(row{t, r}, nil) {
				return
			}
		}
	}
}

// place is where the row stands.
func (r row) place() place { return place{r.t.source, r.cells.Line} }

// get is a cell: without double spaces, and with its letters put right. What stands for nothing is "".
func (r row) get(name string) string {
	i, ok := r.t.at[name]
	if !ok {
		return ""
	}
	s, repaired := repair(r.cells.Cell(i))
	if repaired {
		r.t.repaired++
	}
	s = strings.Join(strings.Fields(s), " ")
	switch strings.ToLower(s) {
	case "-", "null", "n.d.", "n/d", "nd", "#n/d", "#n/a":
		return ""
	}
	return s
}

// repair undoes what a program does that takes UTF-8 for Windows-1252 and writes it as UTF-8 again: "AgliÃ¨" was "Agliè". A text that does
// not become UTF-8 that way was none.
func repair(s string) (string, bool) {
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0 {
		return s, false
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		c, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			if r < 0x80 || r > 0xff { // Windows-1252 has five places without a letter
				return s, false
			}
			c = byte(r)
		}
		b = append(b, c)
	}
	if !utf8.Valid(b) {
		return s, false
	}
	return string(b), true
}

// lost says whether letters of a text are gone for good.
func lost(s string) bool { return strings.ContainsRune(s, utf8.RuneError) }
