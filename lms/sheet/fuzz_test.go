package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// Whatever a file holds, reading it ends, within its limits, with rows or with an error in words; and what was read can be written and read again.
func FuzzRead(f *testing.F) {
	f.Add([]byte("nome;cognome\n\"An\nna\";Rossi\n"))
	f.Add([]byte("sep=,\na,\"b\"\"c\",'=1"))
	f.Add([]byte("\xff\xfea\x00;\x00b\x00\n\x00"))
	f.Add(zipped(f, parts(`<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="C1" s="1"><v>46112.5</v></c></row>`)))
	var b bytes.Buffer
	if err := sheet.XLSX(&b, everyKind()); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	limits := sheet.Limits{Bytes: 1 << 20, Unpacked: 4 << 20, Rows: 1000, Columns: 50, Cell: 1000}
	f.Fuzz(func(t *testing.T, file []byte) {
		rows, err := sheet.All(limits.Read(file))
		if err != nil {
			if !lms.Is(err, lms.Invalid) || !strings.HasPrefix(key(err), "error.sheet.") {
				t.Fatalf("%v", err)
			}
			return
		}
		var again [][]any
		for i, r := range rows {
			if len(r.Cells) == 0 || len(r.Cells) > 50 || i > 0 && r.Line <= rows[i-1].Line {
				t.Fatalf("row %d: line %d, %d cells", i, r.Line, len(r.Cells))
			}
			cells := []any{"x"}
			for _, c := range r.Cells {
				cells = append(cells, c)
			}
			again = append(again, cells)
		}
		var b bytes.Buffer
		if err := sheet.CSV(&b, sheet.Table{Columns: make([]sheet.Column, 51), Rows: of(again...)}); err != nil {
			t.Fatal(err)
		}
		back, err := sheet.All(sheet.Read(b.Bytes()))
		if err != nil || len(back) != len(rows) {
			t.Fatalf("%d rows came back as %d: %v", len(rows), len(back), err)
		}
		for i, r := range rows {
			for j, c := range r.Cells {
				if got := plain(back[i].Cell(j + 1)); got != plain(c) {
					t.Fatalf("%q came back as %q", c, got)
				}
			}
		}
	})
}
