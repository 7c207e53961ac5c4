package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms/sheet"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// of yields rows.
func of(rows ...[]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func everyKind() sheet.Table {
	return sheet.Table{Name: "Ore: 2026/[prova]", Columns: []sheet.Column{{Title: "Persona"}, {Title: "Dal", Kind: sheet.Day}, {Title: "Ore", Kind: sheet.Hours}, {Title: "Parte", Kind: sheet.Percent}, {Title: "N", Kind: sheet.Number}},
		Rows: of(
			[]any{"Anna Rossi; \"la\"\nprima", time.Date(2026, 3, 31, 23, 0, 0, 0, time.UTC), 2250, 42, 1.5},
			[]any{"=cmd|' /C calc'!A0", time.Time{}, -90, 12.5, -7},
			[]any{nil, nil, 0, nil, 0},
		)}
}

func TestACSVIsWhatAnItalianSpreadsheetOpens(t *testing.T) {
	var b bytes.Buffer
	if err := sheet.CSV(&b, everyKind()); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffPersona;Dal;Ore;Parte;N\r\n\"Anna Rossi; \"\"la\"\"\nprima\";2026-03-31;37:30;42%;\"1,5\"\r\n'=cmd|' /C calc'!A0;;-1:30;\"12,5%\";-7\r\n;;0:00;;0\r\n"
	if b.String() != want {
		t.Errorf("%q", b.String())
	}
}

// What a workbook holds is read by the library that others read with, and by us.
func TestAWorkbookHasTypedCells(t *testing.T) {
	var b bytes.Buffer
	other := sheet.Table{Name: "Ore: 2026/[prova]", Columns: []sheet.Column{{Title: "A"}}, Rows: of([]any{"x"})}
	if err := sheet.XLSX(&b, everyKind(), other); err != nil {
		t.Fatal(err)
	}
	rows, err := sheet.All(sheet.Read(b.Bytes()))
	want := []string{"1: Persona|Dal|Ore|Parte|N", "2: Anna Rossi; \"la\"\nprima|2026-03-31|37:30|42|1.5", "3: =cmd|' /C calc'!A0||-0.0625|12.5|-7", "4: ||0:00||0"}
	if got := said(rows); err != nil || !slices.Equal(got, want) {
		t.Errorf("%q %v", got, err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Ore  2026  prova", "2 Ore  2026  prova"}) {
		t.Errorf("%q", got)
	}
	name := f.GetSheetList()[0]
	for at, want := range map[string]string{"B2": "2026-03-31", "C2": "37:30", "D2": "42%", "A3": "'=cmd|' /C calc'!A0"} {
		if got, err := f.GetCellValue(name, at); got != want || err != nil {
			t.Errorf("%s: %q %v, want %q", at, got, err, want)
		}
		if formula, err := f.GetCellFormula(name, at); formula != "" || err != nil {
			t.Errorf("%s holds the formula %q %v", at, formula, err)
		}
	}
	if kind, err := f.GetCellType(name, "C2"); kind == excelize.CellTypeInlineString || err != nil {
		t.Errorf("hours are of type %v %v", kind, err)
	}
}

func TestATableIsTheSameFileWheneverItIsWritten(t *testing.T) {
	var first bytes.Buffer
	if err := sheet.XLSX(&first, everyKind()); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		var again bytes.Buffer
		if err := sheet.XLSX(&again, everyKind()); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(again.Bytes(), first.Bytes()) {
			t.Fatal("the same table was written otherwise")
		}
	}
}

func TestAFormulaIsDefused(t *testing.T) {
	for s, want := range map[string]string{
		"=1+1": "'=1+1", "+39 011": "'+39 011", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", " =1": "' =1", "\u00a0=1": "'\u00a0=1",
		"'=1": "''=1", "＝1": "'＝1", "\x00=1": "'\x00=1",
		"": "", "Anna": "Anna", "a=b": "a=b", "'Ndrangheta": "'Ndrangheta", "3-4": "3-4", " x": " x",
	} {
		if got := sheet.Defused(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
		if got := sheet.Restored(want); got != s {
			t.Errorf("%q comes back as %q", s, got)
		}
	}
}

// Whatever texts a table holds, both kinds of file give them back, and no cell begins like a formula.
func TestTextsSurviveBothKinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`'*[ \t\n]?[=+@;",-][a-z;",\n ]*`), rapid.Just("_x000D_ &lt; <b>"))
		var rows [][]any
		var want []string
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			r := []any{"x", text.Draw(t, "a"), text.Draw(t, "b"), "x"}
			rows = append(rows, r)
			want = append(want, fmt.Sprintf("%q", []string{plain(r[1]), plain(r[2])}))
		}
		for kind, write := range map[string]func(io.Writer, sheet.Table) error{"CSV": sheet.CSV, "XLSX": func(w io.Writer, t sheet.Table) error { return sheet.XLSX(w, t) }} {
			var b bytes.Buffer
			if err := write(&b, sheet.Table{Columns: []sheet.Column{{Title: "0"}, {Title: "a"}, {Title: "b"}, {Title: "c"}}, Rows: of(rows...)}); err != nil {
				t.Fatal(err)
			}
			read, err := sheet.All(sheet.Read(b.Bytes()))
			if err != nil {
				t.Fatal(kind, err)
			}
			var got []string
			for _, r := range read[1:] {
				got = append(got, fmt.Sprintf("%q", []string{plain(r.Cell(1)), plain(r.Cell(2))}))
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s:\n%v\n%v", kind, got, want)
			}
		}
	})
}

// plain is a text as far as both kinds of file keep it: without control characters, with one way to end a line, without space around.
func plain(v any) string {
	s := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(v.(string), "�"))
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
}

func TestAnErrorOfARowEndsTheFile(t *testing.T) {
	broken := errors.New("no more")
	rows := func(yield func([]any, error) bool) {
		if yield([]any{"a"}, nil) {
			yield(nil, broken)
		}
	}
	for _, write := range []func(io.Writer, ...sheet.Table) error{sheet.XLSX, func(w io.Writer, t ...sheet.Table) error { return sheet.CSV(w, t[0]) }} {
		if err := write(io.Discard, sheet.Table{Columns: []sheet.Column{{Title: "a"}}, Rows: rows}); !errors.Is(err, broken) {
			t.Error(err)
		}
	}
}

// A hundred thousand rows are written in seconds, and take no more memory than ten thousand: neither while the rows come nor while the file leaves.
func TestALargeWorkbookIsWrittenInConstantMemory(t *testing.T) {
	small, _, _ := written(t, 10_000)
	large, took, size := written(t, 100_000)
	t.Logf("100,000 rows took %v and are %d KB; at most %d KB of the heap are in use, with 10,000 rows %d KB", took, size>>10, large>>10, small>>10)
	if took > 15*time.Second {
		t.Errorf("it took %v", took)
	}
	if float64(large) > 1.3*float64(small) {
		t.Errorf("%d KB of the heap in use, with a tenth of the rows %d KB", large>>10, small>>10)
	}
}

// written writes so many rows, and says how much of the heap was in use at most, how long it took, and how large the file is.
func written(t *testing.T, n int) (most uint64, took time.Duration, size int) {
	look := func() {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
	}
	rows := func(yield func([]any, error) bool) {
		for i := range n {
			if i%(n/20) == n/20-1 {
				look()
			}
			if !yield([]any{"Persona di prova", fmt.Sprint("Comune numero ", i), "Ufficio tributi", time.Unix(int64(i)*9000, 0), i % 3000, "e-learning", "completato", i}, nil) {
				return
			}
		}
	}
	c := []sheet.Column{{Title: "Persona"}, {Title: "Ente"}, {Title: "Ufficio"}, {Title: "Dal", Kind: sheet.Day}, {Title: "Ore", Kind: sheet.Hours}, {Title: "Tipo"}, {Title: "Esito"}, {Title: "N", Kind: sheet.Number}}
	out := &counting{step: n * 2, each: look}
	began := time.Now()
	if err := sheet.XLSX(out, sheet.Table{Columns: c, Rows: rows}); err != nil {
		t.Fatal(err)
	}
	return most, time.Since(began), out.size
}

// counting is a file of which only the size is kept; each is called about every step bytes, and when a large piece comes.
type counting struct {
	size, step, next int
	each             func()
}

func (c *counting) Write(p []byte) (int, error) {
	if c.size += len(p); c.size > c.next {
		c.each()
		c.next = c.size + c.step
	}
	return len(p), nil
}

// What programs ask of a workbook: escapes that are none, space, the end of the alphabet, and a sheet without rows.
func TestAWorkbookHoldsWhateverTextsThereAre(t *testing.T) {
	row := make([]any, 60)
	row[0], row[1], row[2], row[3], row[4] = "_x0041_x0042_ & <b>\"", "  due  spazi ", "riga\r\nnuova\rterza", math.NaN(), "🙂 àèìòù"
	row[27], row[59] = 7, "fine"
	var b bytes.Buffer
	if err := sheet.XLSX(&b, sheet.Table{Name: `A&B <"c">`, Columns: make([]sheet.Column, 60), Rows: of(row)}, sheet.Table{Name: "vuoto", Rows: of()}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	names := f.GetSheetList()
	if !slices.Equal(names, []string{`A&B <"c">`, "2 vuoto"}) {
		t.Errorf("%q", names)
	}
	for at, want := range map[string]string{"A2": `_x0041_x0042_ & <b>"`, "B2": "  due  spazi ", "C2": "riga\nnuova\nterza", "D2": "", "E2": "🙂 àèìòù", "AB2": "7", "BH2": "fine"} {
		if got, err := f.GetCellValue(names[0], at); got != want || err != nil {
			t.Errorf("%s: %q %v, want %q", at, got, err, want)
		}
	}
}
