// Package sheet reads and writes tables as spreadsheets know them: CSV and XLSX, the one like the other.
//
// What is read may come from anybody: files are bounded in every direction before they fill the memory (Limits), and a cell is a text, never
// something that is worked out. What is written may be opened by anybody: a text that a spreadsheet would take for a formula leaves
// with an apostrophe before it, and loses it again when such a file is read (see Defused).
package sheet

import (
	"bytes"
	"iter"
	"strings"
	"unicode"

	"aulacomune/lms"
)

// Row is a row in which something stands.
type Row struct {
	Line  int      // from 1: the line of a CSV on which the row begins, the row's number in an XLSX
	Cells []string // as texts, without the space around them; the empty ones behind the last are left out
}

// Cell is what stands in a column, counted from 0; "" behind the last.
func (r Row) Cell(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// Limits bound what is read. A zero means the default.
type Limits struct {
	Bytes    int   // of the file; 32 MB
	Unpacked int64 // bytes of what an XLSX unpacks to; 256 MB
	Rows     int   // in which something stands; 200,000
	Columns  int   // 256
	Cell     int   // bytes in one cell; 32,768
}

func (l Limits) orDefault() Limits {
	for _, n := range []struct {
		at   *int
		most int
	}{{&l.Bytes, 32 << 20}, {&l.Rows, 200_000}, {&l.Columns, 256}, {&l.Cell, 32 << 10}} {
		if *n.at == 0 {
			*n.at = n.most
		}
	}
	if l.Unpacked == 0 {
		l.Unpacked = 256 << 20
	}
	return l
}

// Error says what is wrong with a file, and on which line. It is an lms.Error (Invalid, field "file") by Unwrap.
type Error struct {
	Line int // 0 where it is not about one line
	Err  *lms.Error
}

// Error is for logs.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap gives the error with its message key.
func (e *Error) Unwrap() error { return e.Err }

// wrong is an Error with a message key, and its cause where there is one.
func wrong(line int, key string, cause error) *Error {
	return &Error{line, &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: map[string]string{"file": key}, Err: cause}}
}

// Read is Limits.Read with the default limits.
func Read(file []byte) (iter.Seq2[Row, error], error) { return Limits{}.Read(file) }

// Read reads a CSV (UTF-8, UTF-16 or Windows-1252; semicolons, commas or tabs) or the first visible sheet of an XLSX, and yields the rows in
// which something stands, the headings among them. A date in an XLSX is a text like 2026-03-31 or 2026-03-31 09:30, a duration like 37:30, a
// formula the value it had when the file was saved. The error, like one that is yielded, is Invalid in the field "file"
// with the key of a message, and an *Error where a line is to blame.
func (l Limits) Read(file []byte) (iter.Seq2[Row, error], error) {
	l = l.orDefault()
	switch {
	case len(file) > l.Bytes:
		return nil, wrong(0, "error.sheet.large", nil)
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		return readXLSX(file, l)
	case bytes.HasPrefix(file, []byte("\xd0\xcf\x11\xe0")):
		return nil, wrong(0, "error.sheet.old", nil)
	case bytes.HasPrefix(file, []byte("%PDF")):
		return nil, wrong(0, "error.sheet.kind", nil)
	}
	text, err := decode(file)
	if err != nil {
		return nil, err
	}
	return l.bounded(readCSV(text, l)), nil
}

// All is every row of a file; for small ones.
func All(rows iter.Seq2[Row, error], err error) ([]Row, error) {
	if err != nil {
		return nil, err
	}
	var out []Row
	for r, err := range rows {
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// bounded cleans rows, leaves out the empty ones, and ends with an error where there are too many.
func (l Limits) bounded(rows iter.Seq2[Row, error]) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		seen := 0
		for r, err := range rows {
			if err != nil {
				yield(Row{}, err)
				return
			}
			if r.Cells = cleaned(r.Cells); len(r.Cells) == 0 {
				continue
			}
			if seen++; seen > l.Rows {
				yield(Row{}, wrong(r.Line, "error.sheet.rows", nil))
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// cleaned takes away what surrounds texts: space, our own apostrophe, the empty cells at the end.
func cleaned(cells []string) []string {
	full := 0
	for i, c := range cells {
		if cells[i] = strings.TrimSpace(Restored(strings.TrimLeftFunc(c, unicode.IsSpace))); cells[i] != "" {
			full = i + 1
		}
	}
	return cells[:full]
}
