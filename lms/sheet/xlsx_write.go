package sheet

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// XLSX writes tables as the sheets of one workbook (ECMA-376, SpreadsheetML), with the few parts that tables need. What is written leaves for w at once:
// memory does not grow with the rows. It ends at the first error that a row brings.
//
// It is written here because the stream writer of excelize holds up to 16 MB of each sheet, and then the whole packed file: 27 MB of the heap for 100,000
// rows where 10,000 took 9, and three times as long. In the tests excelize reads what is written.
func XLSX(w io.Writer, tables ...Table) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, packing) })
	for _, p := range parts(tables) {
		if err := writePart(z, p.name, func(out *bufio.Writer) error { out.WriteString(p.text); return nil }); err != nil {
			return err
		}
	}
	for i, t := range tables {
		if err := writePart(z, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), func(out *bufio.Writer) error { return writeSheet(out, t) }); err != nil {
			return err
		}
	}
	return z.Close()
}

// packing is how hard a workbook is packed: cells repeat themselves so much that more costs twice the time and saves a tenth.
const packing = 3

// writePart writes a part of the package through a buffer, whose errors stay until its Flush.
func writePart(z *zip.Writer, name string, write func(*bufio.Writer) error) error {
	part, err := z.Create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(part, 32<<10)
	out.WriteString(xml.Header)
	if err := write(out); err != nil {
		return err
	}
	return out.Flush()
}

// fixedPart is a part whose text is known before any row.
type fixedPart struct{ name, text string }

// What the parts of a workbook are called in XML.
const (
	mainSpace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	packageSpace = "http://schemas.openxmlformats.org/package/2006/"
	officeSpace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	mainType     = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// parts are those that say what the sheets are called, where they lie, and how their cells look.
func parts(tables []Table) []fixedPart {
	var kinds, sheets, relations strings.Builder
	for i, t := range tables {
		n := i + 1
		fmt.Fprintf(&kinds, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n, mainType)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, attributeText(sheetName(t.Name, i)), n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, officeSpace, n)
	}
	fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(tables)+1, officeSpace)
	return []fixedPart{
		{"[Content_Types].xml", fmt.Sprintf(`<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="%sstyles+xml"/>%s</Types>`, packageSpace, mainType, mainType, kinds.String())},
		{"_rels/.rels", fmt.Sprintf(`<Relationships xmlns="%srelationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>`, packageSpace, officeSpace)},
		{"xl/workbook.xml", fmt.Sprintf(`<workbook xmlns="%s" xmlns:r="%s"><bookViews><workbookView/></bookViews><sheets>%s</sheets></workbook>`, mainSpace, officeSpace, sheets.String())},
		{"xl/_rels/workbook.xml.rels", fmt.Sprintf(`<Relationships xmlns="%srelationships">%s</Relationships>`, packageSpace, relations.String())},
		{"xl/styles.xml", stylesPart()},
	}
}

// attributeText is a text within the quotes of an attribute.
func attributeText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
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

// How cells look, by their place in the styles.
const (
	lookNumber = iota
	lookHead
	lookText
	lookDay
	lookHours
	lookPercent
)

// stylesPart is how cells look: a head in white on dark blue, and a format for each kind of column.
func stylesPart() string {
	const plain = `fontId="0" fillId="0" borderId="0" xfId="0"`
	look := func(format int) string {
		return fmt.Sprintf(`<xf numFmtId="%d" %s applyNumberFormat="1"/>`, format, plain)
	}
	const text, day, hours, percent = 49, 164, 165, 166 // 49 is "@" everywhere, from 164 on they are one's own
	return `<styleSheet xmlns="` + mainSpace + `">` +
		fmt.Sprintf(`<numFmts count="3"><numFmt numFmtId="%d" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="%d" formatCode="[h]:mm"/><numFmt numFmtId="%d" formatCode="0&quot;%%&quot;"/></numFmts>`, day, hours, percent) +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts>` +
		`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF17324D"/></patternFill></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="6"><xf numFmtId="0" ` + plain + `/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>` +
		look(text) + look(day) + look(hours) + look(percent) + `</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}

// look is how cells of a column look.
func (k Kind) look() int {
	return [...]int{Text: lookText, Number: lookNumber, Day: lookDay, Hours: lookHours, Percent: lookPercent}[k]
}

// writeSheet streams a table into a sheet whose head stays in sight.
func writeSheet(out *bufio.Writer, t Table) error {
	out.WriteString(`<worksheet xmlns="` + mainSpace + `"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(t.Columns) > 0 {
		out.WriteString("<cols>")
		for i, c := range t.Columns {
			width := c.Width
			if width == 0 {
				width = float64(min(60, max(10, utf8.RuneCountInString(c.Title)+3)))
			}
			fmt.Fprintf(out, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, width)
		}
		out.WriteString("</cols>")
	}
	out.WriteString(`<sheetData><row r="1" ht="24" customHeight="1">`)
	line := &rowWriter{out: out, line: "1"}
	for i, c := range t.Columns {
		line.text(i, lookHead, c.Title)
	}
	out.WriteString("</row>")
	n := 1
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		n++
		if n > maxLines {
			return fmt.Errorf("a sheet holds %d rows", maxLines)
		}
		line.line = strconv.Itoa(n)
		if err := line.write(t.Columns, row); err != nil {
			return err
		}
	}
	out.WriteString("</sheetData></worksheet>")
	return nil
}

// maxLines is how many rows a sheet of a workbook may have.
const maxLines = 1 << 20

// rowWriter writes the cells of a row. It is used for all rows of a sheet, so that they cost no memory of their own.
type rowWriter struct {
	out     *bufio.Writer
	line    string
	columns []string // their letters
	digits  []byte
}

// write is a row with what stands in it.
func (r *rowWriter) write(columns []Column, row []any) error {
	r.out.WriteString(`<row r="`)
	r.out.WriteString(r.line)
	r.out.WriteString(`">`)
	for i, v := range row {
		kind := Text
		if i < len(columns) {
			kind = columns[i].Kind
		}
		switch v := v.(type) {
		case nil:
		case string:
			r.text(i, lookText, v)
		case time.Time:
			if !v.IsZero() {
				r.number(i, lookDay, float64(serial(v)))
			}
		case int:
			r.number(i, kind.look(), scaled(kind, float64(v)))
		case float64:
			r.number(i, kind.look(), scaled(kind, v))
		default:
			r.text(i, lookText, fmt.Sprint(v))
		}
	}
	_, err := r.out.WriteString("</row>")
	return err
}

// open begins a cell.
func (r *rowWriter) open(column, look int) {
	for len(r.columns) <= column {
		r.columns = append(r.columns, letters(len(r.columns)))
	}
	r.out.WriteString(`<c r="`)
	r.out.WriteString(r.columns[column])
	r.out.WriteString(r.line)
	if look != lookNumber {
		r.out.WriteString(`" s="`)
		r.out.WriteByte('0' + byte(look))
	}
}

// letters is what a column is called, from 0: A to Z, AA…
func letters(column int) string {
	if column < 26 {
		return string(rune('A' + column))
	}
	return letters(column/26-1) + string(rune('A'+column%26))
}

// text is a cell with a text; none where it is empty.
func (r *rowWriter) text(column, look int, s string) {
	if s = Defused(printable(s)); s == "" {
		return
	}
	r.open(column, look)
	r.out.WriteString(`" t="inlineStr"><is><t`)
	if s[0] <= ' ' || s[len(s)-1] <= ' ' || strings.ContainsAny(s, "\n\r\t") || strings.Contains(s, "  ") {
		r.out.WriteString(` xml:space="preserve"`)
	}
	r.out.WriteByte('>')
	escapeText(r.out, s)
	r.out.WriteString("</t></is></c>")
}

// escapeText writes a text so that XML gives it back: lines end in one way, and what looks like an escape of its own is none (ECMA-376, part 1, 22.9.2.19).
func escapeText(out *bufio.Writer, s string) {
	from := 0
	for i := range len(s) {
		var instead string
		switch c := s[i]; {
		case c == '&':
			instead = "&amp;"
		case c == '<':
			instead = "&lt;"
		case c == '>':
			instead = "&gt;"
		case c == '\r' && i+1 < len(s) && s[i+1] == '\n':
		case c == '\r':
			instead = "\n"
		case c == '_' && i+7 <= len(s) && escapes().MatchString(s[i:i+7]):
			instead = "_x005F_"
		default:
			continue
		}
		out.WriteString(s[from:i])
		out.WriteString(instead)
		from = i + 1
	}
	out.WriteString(s[from:])
}

// number is a cell with a number; none where there is none.
func (r *rowWriter) number(column, look int, v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return
	}
	r.open(column, look)
	r.digits = strconv.AppendFloat(r.digits[:0], v, 'g', -1, 64)
	r.out.WriteString(`"><v>`)
	r.out.Write(r.digits)
	r.out.WriteString("</v></c>")
}

// scaled is a number as a workbook keeps it: minutes as a part of a day.
func scaled(k Kind, v float64) float64 {
	if k == Hours {
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
