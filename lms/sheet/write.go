package sheet

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
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

// printable is a text without what neither kind of file can hold.
func printable(s string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' && !strings.ContainsRune("\t\r\n", r) || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
	for n := utf8.RuneCountInString(clean); n > excelize.TotalCellChars-1; n-- { // one for the apostrophe
		_, size := utf8.DecodeLastRuneInString(clean)
		clean = clean[:len(clean)-size]
	}
	return clean
}

// XLSX writes tables as the sheets of one workbook. Memory does not grow with the rows: what a sheet holds lies in a temporary file until its end.
func XLSX(w io.Writer, tables ...Table) (err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	looks, err := newLooks(f)
	if err != nil {
		return err
	}
	for i, t := range tables {
		name := sheetName(t.Name, i)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = looks.write(f, name, t)
		}
		if err != nil {
			return err
		}
	}
	_, err = f.WriteTo(w)
	return err
}

// sheetName is a name that a workbook allows: at most 31 characters, some of them not, and no name twice.
func sheetName(name string, i int) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, "")), " '")
	if i > 0 {
		name = fmt.Sprintf("%d %s", i+1, name)
	}
	if name == "" {
		return "Foglio"
	}
	runes := []rune(name)
	return string(runes[:min(len(runes), 31)])
}

// looks are the styles of a workbook.
type looks struct {
	head  int
	kinds map[Kind]int
}

func newLooks(f *excelize.File) (l looks, err error) {
	l.kinds = map[Kind]int{}
	head := &excelize.Style{
		Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"17324D"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	}
	if l.head, err = f.NewStyle(head); err != nil {
		return l, err
	}
	for _, of := range []struct { // in an order, so that a table is the same file whenever it is written
		kind Kind
		code string
	}{{Text, "@"}, {Day, "yyyy-mm-dd"}, {Hours, "[h]:mm"}, {Percent, `0"%"`}} {
		if l.kinds[of.kind], err = f.NewStyle(&excelize.Style{CustomNumFmt: &of.code}); err != nil {
			return l, err
		}
	}
	return l, nil
}

// write streams a table into a sheet.
func (l looks) write(f *excelize.File, name string, t Table) error {
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	titles := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		width := c.Width
		if width == 0 {
			width = float64(min(60, max(10, utf8.RuneCountInString(c.Title)+3)))
		}
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
		titles[i] = excelize.Cell{StyleID: l.head, Value: Defused(printable(c.Title))}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetRow("A1", titles, excelize.RowOpts{Height: 24}); err != nil {
		return err
	}
	line := 1
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		line++
		if err := out.SetRow("A"+strconv.Itoa(line), l.cells(t.Columns, row)); err != nil {
			return fmt.Errorf("row %d: %w", line, err)
		}
	}
	return out.Flush()
}

// cells are a row's values with how they look.
func (l looks) cells(columns []Column, row []any) []any {
	out := make([]any, len(row))
	for i, v := range row {
		kind := Text
		if i < len(columns) {
			kind = columns[i].Kind
		}
		switch v := v.(type) {
		case nil:
			continue
		case string:
			out[i] = excelize.Cell{StyleID: l.kinds[Text], Value: Defused(printable(v))}
		case time.Time:
			if !v.IsZero() {
				out[i] = excelize.Cell{StyleID: l.kinds[Day], Value: serial(v)}
			}
		case int:
			out[i] = excelize.Cell{StyleID: l.kinds[kind], Value: number(kind, float64(v))}
		case float64:
			out[i] = excelize.Cell{StyleID: l.kinds[kind], Value: number(kind, v)}
		default:
			out[i] = excelize.Cell{StyleID: l.kinds[Text], Value: Defused(printable(fmt.Sprint(v)))}
		}
	}
	return out
}

func number(k Kind, v float64) any {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return ""
	case k == Hours:
		return v / (24 * 60)
	}
	return v
}

// serial is a date as the number of its day.
func serial(t time.Time) int {
	const unix = 25569 // 1 January 1970
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/86400) + unix
}
