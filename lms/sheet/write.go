package sheet

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Kind says what the cells of a column are.
type Kind int

// The kinds of cell.
const (
	Text    Kind = iota // string
	Number              // int or float64
	Day                 // time.Time, of which the date is shown; the zero time is an empty cell
	Hours               // int: minutes, shown as hours, 37:30
	Percent             // int or float64: 42 is shown as 42 %
)

// Column is a column of a table.
type Column struct {
	Title string
	Kind  Kind
	Width float64 // in characters; 0 is wide enough for the title
}

// Table is a table to be written. A row has a value for each column: a string in any, or what the column's kind says; nil is an empty cell. Rows
// are asked for one by one while the file is written.
type Table struct {
	Name    string // of the sheet
	Columns []Column
	Rows    iter.Seq2[[]any, error]
}

// CSV writes a table as Italian spreadsheets read it with a double click: UTF-8 with a mark, semicolons, decimal commas. It ends at the first error
// that a row brings.
func CSV(w io.Writer, t Table) error {
	out := bufio.NewWriterSize(w, 32<<10)
	out.WriteString("\ufeff") // errors of a bufio.Writer stay until Flush
	titles := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	writeLine(out, nil, titles)
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		writeLine(out, t.Columns, row)
	}
	return out.Flush()
}

func writeLine(out *bufio.Writer, columns []Column, row []any) {
	for i, v := range row {
		if i > 0 {
			out.WriteByte(';')
		}
		kind := Text
		if i < len(columns) {
			kind = columns[i].Kind
		}
		s := spelt(kind, v)
		if _, isText := v.(string); isText {
			s = Defused(s)
		}
		if strings.ContainsAny(s, ";\"\r\n\t,") || strings.TrimSpace(s) != s {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		out.WriteString(s)
	}
	out.WriteString("\r\n")
}

// spelt is a value as a text.
func spelt(k Kind, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return printable(v)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.Format(time.DateOnly)
	case int:
		if k == Hours {
			return fmt.Sprintf("%s%d:%02d", sign(v), abs(v)/60, abs(v)%60)
		}
		return strconv.Itoa(v) + percent(k)
	case float64:
		return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1) + percent(k)
	}
	return printable(fmt.Sprint(v))
}

func sign(n int) string {
	if n < 0 {
		return "-"
	}
	return ""
}

func abs(n int) int { return max(n, -n) }

func percent(k Kind) string {
	if k == Percent {
		return "%"
	}
	return ""
}

// maxText is how many characters spreadsheet programs keep in a cell.
const maxText = 32_767

// printable is a text without what neither kind of file can hold.
func printable(s string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' && !strings.ContainsRune("\t\r\n", r) || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
	for n := utf8.RuneCountInString(clean); n > maxText-1; n-- { // one for the apostrophe
		_, size := utf8.DecodeLastRuneInString(clean)
		clean = clean[:len(clean)-size]
	}
	return clean
}
