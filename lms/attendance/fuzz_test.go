package attendance_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"aulacomune/lms/attendance"
)

// FuzzRead: whatever a file holds, reading it ends, with stays that can be and words for what is wrong; and whoever it names is matched once.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.[ctj]s*")
	if err != nil || len(files) < 20 {
		f.Fatal(len(files), err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(name, text)
		f.Add(name, wide(string(text), binary.LittleEndian))
	}
	f.Add("a.csv", []byte("Nome;Entrata;Uscita\nAda;10:00;9.30\nAda;31/12/9999 23:59;1/1/1 0:00\n"))
	f.Fuzz(func(t *testing.T, name string, file []byte) {
		h := webinar(t)
		r := attendance.Read(name, file, h)
		for _, row := range r.Rows {
			if row.Span.Length() > 24*60*60e9 || row.Span != (attendance.Span{}) && row.Span.To.Before(row.Span.From) || !utf8.ValidString(row.Name) {
				t.Fatalf("%+v", row)
			}
		}
		if len(r.Rows) == 0 && !r.Grave() {
			t.Fatalf("no rows, and nothing wrong: %+v", r)
		}
		for _, p := range r.Problems {
			if p.Key == "" || p.Line < 0 || !strings.HasPrefix(p.Message(), "attendance.problem.") && !strings.HasPrefix(p.Message(), "error.sheet.") {
				t.Fatalf("%+v", p)
			}
		}
		rows := 0
		for _, m := range attendance.Matches(r.Rows, office()) {
			rows += len(m.Rows)
		}
		if rows != len(r.Rows) {
			t.Fatalf("%d rows in matches of %d", rows, len(r.Rows))
		}
	})
}
