package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"aulacomune/lms"
	"aulacomune/lms/sheet"

	"github.com/xuri/excelize/v2"
)

// said is what rows look like in a test: "line: a|b|c".
func said(rows []sheet.Row) []string {
	var out []string
	for _, r := range rows {
		out = append(out, fmt.Sprint(r.Line, ": ", strings.Join(r.Cells, "|")))
	}
	return out
}

// key is the message of what is wrong with a file, and the line.
func key(err error) string {
	e, ok := errors.AsType[*lms.Error](err)
	if !ok {
		return fmt.Sprint(err)
	}
	if s, ok := errors.AsType[*sheet.Error](err); ok && s.Line > 0 {
		return fmt.Sprint(e.Fields["file"], " ", s.Line)
	}
	return e.Fields["file"]
}

func utf16Bytes(s string, order binary.AppendByteOrder, mark bool) []byte {
	var b []byte
	if mark {
		s = "\ufeff" + s
	}
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

func TestACSVIsReadAsSpreadsheetsWriteIt(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"semicolons", "nome;cognome\nAnna;Rossi\n", []string{"1: nome|cognome", "2: Anna|Rossi"}},
		{"commas", "nome,cognome\r\nAnna,Rossi", []string{"1: nome|cognome", "2: Anna|Rossi"}},
		{"tabs", "nome\tcognome\nAnna\tRossi", []string{"1: nome|cognome", "2: Anna|Rossi"}},
		{"more commas in the texts than semicolons between them", "nome;note\nAnna;\"a, b, c, d\"", []string{"1: nome|note", "2: Anna|a, b, c, d"}},
		{"more commas in a title than tabs", "Titolo\ta, b, c, d, e\nNome\tOra\nAnna\t9:58\n", []string{"1: Titolo|a, b, c, d, e", "2: Nome|Ora", "3: Anna|9:58"}},
		{"a line that names the separator", "sep=;\na,b;c\n", []string{"2: a,b|c"}},
		{"a mark", "\ufeffnome;x", []string{"1: nome|x"}},
		{"old line ends", "a;b\rc;d\r", []string{"1: a|b", "2: c|d"}},
		{"a heading over several lines", "\"Denominazione\r\n(italiana)\";codice\nAla;001\n", []string{"1: Denominazione\r\n(italiana)|codice", "3: Ala|001"}},
		{"empty rows and cells", "a;b;;\n;;;\n\n;c\n", []string{"1: a|b", "4: |c"}},
		{"quotes in quotes", `"dice ""ciao""";x`, []string{`1: dice "ciao"|x`}},
		{"quotes in the middle", `Istituto "Dante";x`, []string{`1: Istituto "Dante"|x`}},
		{"text behind quotes", `"Dante" Alighieri;x`, []string{`1: Dante Alighieri|x`}},
		{"space before quotes", "a; \"b;c\" ;d", []string{"1: a|b;c|d"}},
		{"no-break space around", "\u00a0a\u00a0; b ", []string{"1: a|b"}},
		{"Windows-1252", "citt\xe0;\x80 5", []string{"1: città|€ 5"}},
		{"UTF-8", "città;perché", []string{"1: città|perché"}},
		{"UTF-16 LE", string(utf16Bytes("città;€\nx;😀", binary.LittleEndian, true)), []string{"1: città|€", "2: x|😀"}},
		{"UTF-16 BE", string(utf16Bytes("città;€", binary.BigEndian, true)), []string{"1: città|€"}},
		{"UTF-16 LE without a mark", string(utf16Bytes("nome;cognome", binary.LittleEndian, false)), []string{"1: nome|cognome"}},
		{"UTF-16 BE without a mark", string(utf16Bytes("nome;cognome", binary.BigEndian, false)), []string{"1: nome|cognome"}},
		{"what we defused", "'=1+1;'+39 011;''=x;'ndrangheta", []string{"1: =1+1|+39 011|'=x|'ndrangheta"}},
		{"nothing", "", nil},
		{"blanks", " \n ; \n", nil},
	} {
		rows, err := sheet.All(sheet.Read([]byte(c.file)))
		if got := said(rows); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

func TestWhatIsNoSheetIsRefusedInWords(t *testing.T) {
	for _, c := range []struct {
		name, file, want string
		limits           sheet.Limits
	}{
		{"a PDF", "%PDF-1.7", "error.sheet.kind", sheet.Limits{}},
		{"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "error.sheet.old", sheet.Limits{}},
		{"bytes", "a;b\n\x00\x01\x02;c;d;e;f", "error.sheet.kind", sheet.Limits{}},
		{"a quote without an end", "a;b\nc;\"d\ne;f\n", "error.sheet.quote 2", sheet.Limits{}},
		{"a damaged zip", "PK\x03\x04 and no more", "error.sheet.broken", sheet.Limits{}},
		{"a zip without a workbook", string(zipped(t, map[string]string{"a.txt": "a"})), "error.sheet.broken", sheet.Limits{}},
		{"an OpenDocument sheet", string(zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})), "error.sheet.ods", sheet.Limits{}},
		{"too large", "a;b", "error.sheet.large", sheet.Limits{Bytes: 2}},
		{"too many rows", "a\nb\n\nc", "error.sheet.rows 4", sheet.Limits{Rows: 2}},
		{"too many columns", "a;b\nc;d;e", "error.sheet.columns 2", sheet.Limits{Columns: 2}},
		{"a cell too long", "a;b\nc;ddd", "error.sheet.cell 2", sheet.Limits{Cell: 2}},
		{"a quoted cell too long", "a;b\nc;\"ddd\"", "error.sheet.cell 2", sheet.Limits{Cell: 2}},
	} {
		_, err := sheet.All(c.limits.Read([]byte(c.file)))
		if got := key(err); got != c.want || !lms.Is(err, lms.Invalid) {
			t.Errorf("%s: %s (%v), want %s", c.name, got, err, c.want)
		}
	}
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// workbook writes a workbook with cells in these formats, by an independent writer.
func workbook(t testing.TB, change func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	change(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestANumberIsWhatTheSheetMeansByIt(t *testing.T) {
	cases := []struct {
		value any
		code  string
		want  string
	}{
		{46112, "dd/mm/yyyy", "2026-03-31"},
		{46112, `[$-410]d mmmm yyyy;@`, "2026-03-31"},
		{46112.395833333336, "dd/mm/yyyy hh:mm", "2026-03-31 09:30"},
		{46112, "yyyy-mm-dd hh:mm", "2026-03-31"},
		{46112.3955, "dd/mm/yyyy hh:mm", "2026-03-31 09:29:31"},
		{0.3955, "h:mm:ss", "09:29:31"},
		{0.395833333333333, "hh:mm", "09:30"},
		{1.5625, "[h]:mm", "37:30"},
		{46112, "General", "46112"},
		{46112, `0 "days"`, "46112"},
		{46112, `#,##0.00_ ;[Red]\-#,##0.00\ `, "46112"},
		{1001, "000000", "001001"},
		{1.5, "0.00", "1.5"},
		{12345678901.0, "0", "12345678901"},
		{1e21, "General", "1000000000000000000000"},
		{-3, "dd/mm/yyyy", "-3"},
		{true, "General", "1"},
		{"31/03/2026", "@", "31/03/2026"},
		{60, "dd/mm/yyyy", "1900-02-29"},
	}
	file := workbook(t, func(f *excelize.File) {
		for i, c := range cases {
			at := fmt.Sprint("B", i+1)
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &c.code})
			if err := errors.Join(err, f.SetCellValue("Sheet1", at, c.value), f.SetCellStyle("Sheet1", at, at, style)); err != nil {
				t.Fatal(err)
			}
		}
	})
	rows, err := sheet.All(sheet.Read(file))
	if err != nil || len(rows) != len(cases) {
		t.Fatal(len(rows), err)
	}
	for i, c := range cases[:len(cases)-1] { // the last, a day that never was, is whatever the library says
		if got := rows[i].Cell(1); got != c.want || rows[i].Cell(0) != "" || rows[i].Line != i+1 {
			t.Errorf("%v as %s: %q, want %q", c.value, c.code, got, c.want)
		}
	}
}

func TestAWorkbookIsReadWhicheverWayItIsWritten(t *testing.T) {
	on := true
	built := func(id int) func(f *excelize.File) {
		return func(f *excelize.File) {
			style, err := f.NewStyle(&excelize.Style{NumFmt: id})
			if err := errors.Join(err, f.SetCellValue("Sheet1", "A1", 46112), f.SetCellStyle("Sheet1", "A1", "A1", style)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name   string
		change func(f *excelize.File)
		want   []string
	}{
		{"a date in the machine's format", built(14), []string{"1: 2026-03-31"}},
		{"a date and time in the machine's format", built(22), []string{"1: 2026-03-31"}},
		{"a number in thousands", built(3), []string{"1: 46112"}},
		{"years from 1904", func(f *excelize.File) {
			built(14)(f)
			if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on}); err != nil {
				t.Fatal(err)
			}
		}, []string{"1: 2030-04-01"}},
		{"a hidden sheet first", func(f *excelize.File) {
			_, err := f.NewSheet("due")
			f.SetActiveSheet(1)
			if err := errors.Join(err, f.SetCellStr("Sheet1", "A1", "nascosto"), f.SetCellStr("due", "A1", "visibile"), f.SetSheetVisible("Sheet1", false)); err != nil {
				t.Fatal(err)
			}
		}, []string{"1: visibile"}},
		{"rows and cells left out", func(f *excelize.File) {
			if err := errors.Join(f.SetCellStr("Sheet1", "C7", "x"), f.SetCellStr("Sheet1", "A9", "y")); err != nil {
				t.Fatal(err)
			}
		}, []string{"7: ||x", "9: y"}},
		{"a text in several fonts", func(f *excelize.File) {
			if err := f.SetCellRichText("Sheet1", "A1", []excelize.RichTextRun{{Text: "Comune "}, {Text: "di Ala", Font: &excelize.Font{Bold: true}}}); err != nil {
				t.Fatal(err)
			}
		}, []string{"1: Comune di Ala"}},
		{"a formula, as the program that saved it saw it", func(f *excelize.File) {
			if err := errors.Join(f.SetCellValue("Sheet1", "A1", 42), f.SetCellFormula("Sheet1", "A1", "6*7")); err != nil {
				t.Fatal(err)
			}
		}, []string{"1: 42"}},
	} {
		rows, err := sheet.All(sheet.Read(workbook(t, c.change)))
		if got := said(rows); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q %v, want %q", c.name, got, err, c.want)
		}
	}
}

// parts is the least an XLSX consists of.
func parts(rows string) map[string]string {
	const rel = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>`
	return map[string]string{
		"_rels/.rels":                fmt.Sprintf(rel, "officeDocument", "xl/workbook.xml"),
		"xl/_rels/workbook.xml.rels": fmt.Sprintf(rel, "worksheet", "/xl/worksheets/sheet1.xml"),
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`,
	}
}

func TestAWorkbookIsBounded(t *testing.T) {
	for _, c := range []struct {
		name, rows, want string
		limits           sheet.Limits
	}{
		{"without places", `<row><c t="inlineStr"><is><t>a</t></is></c><c><v>2</v></c></row><row r="9"><c r="B9"><v>3</v></c></row><row/>`, "", sheet.Limits{}},
		{"a bomb: blanks", strings.Repeat(" ", 9<<20), "error.sheet.large 1", sheet.Limits{}},
		{"a bomb: an element within an element", strings.Repeat("<a>", 3<<20), "error.sheet.large 1", sheet.Limits{Unpacked: 4 << 20}},
		{"a bomb: rows", strings.Repeat("<row/>", 1<<20), "error.sheet.large", sheet.Limits{Unpacked: 4 << 20}},
		{"a cell too far to the right", `<row r="1"><c r="XFD1"><v>1</v></c></row>`, "error.sheet.columns 1", sheet.Limits{}},
		{"a column that does not exist", `<row r="1"><c r="ZZZZZZZZZZZZZZZZZ1"><v>1</v></c></row>`, "error.sheet.columns 1", sheet.Limits{}},
		{"a cell too long", `<row r="1"><c r="A1" t="str"><v>` + strings.Repeat("x", 40_000) + `</v></c></row>`, "error.sheet.cell 1", sheet.Limits{}},
		{"too many rows", strings.Repeat(`<row><c><v>1</v></c></row>`, 3), "error.sheet.rows 3", sheet.Limits{Rows: 2}},
		{"a shared text that is not there", `<row r="1"><c r="A1" t="s"><v>7</v></c></row>`, "error.sheet.broken 1", sheet.Limits{}},
		{"a row without an end", `<row r="1"><c r="A1"><v>1</v></c>`, "error.sheet.broken 1", sheet.Limits{}},
		{"an entity", `<row r="1"><c r="A1"><v>&bomb;</v></c></row>`, "error.sheet.broken 1", sheet.Limits{}},
	} {
		rows, err := sheet.All(c.limits.Read(zipped(t, parts(c.rows))))
		if c.want == "" {
			if got := said(rows); err != nil || !slices.Equal(got, []string{"1: a|2", "9: |3"}) {
				t.Errorf("%s: %q %v", c.name, got, err)
			}
			continue
		}
		if got := key(err); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s (%v), want %s", c.name, got, err, c.want)
		}
	}
}

func TestDaysAndDurationsInCells(t *testing.T) {
	day := time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC)
	for cell, want := range map[string]time.Time{
		"2026-03-31": day, "31/3/2026": day, "31/03/2026": day, "31-03-2026": day, "31.3.2026": day, "31/03/26": day, "2026-03-31 09:30": day, "2026-03-31T09:30:00Z": day,
		"3/31/2026": {}, "": {}, "ieri": {}, "31/03/0026": {}, "46112": {}, "29/02/2025": {},
	} {
		if got, ok := sheet.Date(cell); !got.Equal(want) || ok != !want.IsZero() {
			t.Errorf("%q: %v %t", cell, got, ok)
		}
	}
	for cell, want := range map[string]int{
		"37:30": 2250, "0:05": 5, "2": 120, "1,5": 90, "1.5": 90, "0,25": 15, " 8 ": 480,
		"": -1, "-1": -1, "1:60": -1, "1:5": -1, "NaN": -1, "1e9": -1, "due": -1, "1:-5": -1, "+1:30": -1, "Inf": -1,
	} {
		if got, ok := sheet.Minutes(cell); ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %d %t", cell, got, ok)
		}
	}
}
