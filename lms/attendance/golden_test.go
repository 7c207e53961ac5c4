package attendance_test

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"aulacomune/lms/attendance"
	"aulacomune/lms/sheet"

	"golang.org/x/text/encoding/charmap"
)

func updating() bool { return flag.Lookup("update").Value.String() == "true" }

var _ = flag.Bool("update", false, "write the golden files anew")

func rome(t testing.TB) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// at is a moment as a clock in Rome shows it.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	m, err := time.ParseInLocation(time.DateTime, s, rome(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// webinar is the meeting of most reports here.
func webinar(t testing.TB) attendance.Hints {
	return attendance.Hints{Scheduled: attendance.Span{From: at(t, "2026-06-08 10:00:00"), To: at(t, "2026-06-08 11:30:00")}, Title: "Smart working e lavoro agile"}
}

func clock(t testing.TB, m time.Time) string {
	if m.IsZero() {
		return "-"
	}
	return m.In(rome(t)).Format("2006-01-02 15:04:05 MST")
}

// told is a report as a golden file holds it.
func told(t testing.TB, r attendance.Report, h attendance.Hints) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %q\n%s to %s\n\n", r.Kind, cmp.Or(r.Lang, "?"), r.Title, clock(t, r.Start), clock(t, r.End))
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "%d: %s", row.Line, row.Name)
		for _, part := range []struct{ word, text string }{
			{"given", row.Given}, {"family", row.Family}, {"also", row.Also}, {"ente", row.Ente}, {"role", string(row.Role)}, {"email", strings.Join(row.Emails, " ")},
		} {
			if part.text != "" {
				fmt.Fprintf(&b, " | %s %s", part.word, part.text)
			}
		}
		if row.Guest {
			b.WriteString(" | guest")
		}
		if row.Signed {
			b.WriteString(" | signed")
		}
		if !row.Span.Empty() {
			fmt.Fprintf(&b, " | %s to %s", clock(t, row.Span.From), clock(t, row.Span.To))
		}
		if row.Stated > 0 {
			fmt.Fprintf(&b, " | stated %s", row.Stated)
			if row.Whole {
				b.WriteString(" in all")
			}
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	for _, p := range r.Problems {
		b.WriteString(problem(p) + "\n")
	}
	b.WriteByte('\n')
	for _, m := range attendance.Matches(r.Rows, town()) {
		cut := attendance.Cut(m.Spans, h.Scheduled)
		fmt.Fprintf(&b, "%s (%d) = %s: %d min, %d %%", m.Name, len(m.Rows), said(m), attendance.Minutes(cut), attendance.Percent(m.Spans, h.Scheduled))
		for _, o := range m.Others {
			fmt.Fprintf(&b, "; or %s %d", o.Candidate, o.Points)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// problem is one in a line.
func problem(p attendance.Problem) string {
	s := fmt.Sprintf("! %d %s", p.Line, strings.TrimPrefix(p.Message(), "attendance.problem."))
	if p.Grave {
		s = "!" + s
	}
	var keys []string
	for k := range p.Args {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		s += fmt.Sprintf(" %s=%q", k, p.Args[k])
	}
	return s
}

// town is who may have been there.
func town() []attendance.Candidate {
	return []attendance.Candidate{
		{ID: "guidi", Given: "Elena", Family: "Guidi", Emails: []string{"Elena.Guidi@anci.example"}, Ente: "ANCI", Registered: true},
		{ID: "damico", Given: "Nicolò", Family: "D'Amico", Emails: []string{"n.damico@comune.valscura.example"}, Ente: "Comune di Valscura", Registered: true},
		{ID: "rossi-valscura", Given: "Maria", Family: "Rossi", Emails: []string{"maria.rossi@comune.valscura.example"}, Ente: "Comune di Valscura", Registered: true},
		{ID: "rossi-pratoalto", Given: "Maria", Family: "Rossi", Emails: []string{"m.rossi@comune.pratoalto.example"}, Ente: "Comune di Pratoalto", Registered: true},
		{ID: "peru", Given: "Annamaria", Family: "Perù", Emails: []string{"annamaria.peru@comune.pratoalto.example"}, Ente: "Comune di Pratoalto", Registered: true},
		{ID: "bianchi", Given: "Giuseppe", Family: "Bianchi", Ente: "Comune di Valscura", Registered: true},
		{ID: "lanzi", Given: "Piero", Family: "Lanzi", Ente: "Comune di Pratoalto"},
	}
}

func TestEveryKindOfReportIsRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, name := range files {
		if strings.HasSuffix(name, ".golden") {
			continue
		}
		read++
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for encoding, file := range encodings(t, name, string(text)) {
				got := told(t, attendance.Read(name, file, webinar(t)), webinar(t))
				compare(t, name+".golden", encoding, got)
			}
		})
	}
	if read < 20 {
		t.Fatalf("only %d reports", read)
	}
}

// compare holds a text against a golden file; with -update the first encoding writes it.
func compare(t *testing.T, golden, what, got string) {
	t.Helper()
	if updating() && what == "UTF-8" {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s as %s:\n%s\nwant\n%s", golden, what, got, want)
	}
}

// encodings is a report as programs may write and save it.
func encodings(t *testing.T, name, text string) iter.Seq2[string, []byte] {
	t.Helper()
	return func(yield func(string, []byte) bool) {
		if !yield("UTF-8", []byte(text)) || !yield("UTF-8 with a mark", []byte("\ufeff"+text)) || strings.HasSuffix(name, ".json") {
			return
		}
		crlf := strings.ReplaceAll(text, "\n", "\r\n")
		latin, err := charmap.Windows1252.NewEncoder().String(crlf)
		if err != nil {
			t.Error(err)
		}
		_ = yield("UTF-16 LE", wide(crlf, binary.LittleEndian)) && yield("UTF-16 BE", wide(crlf, binary.BigEndian)) &&
			yield("Windows-1252", []byte(latin)) && yield("a workbook", workbook(t, text))
	}
}

func wide(s string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

// workbook is a table as an XLSX, every cell a text, each line a row.
func workbook(t *testing.T, text string) []byte {
	t.Helper()
	rows, err := sheet.All(sheet.Read([]byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	width := 1
	for _, r := range rows {
		width = max(width, len(r.Cells))
	}
	table := sheet.Table{Name: "a", Columns: make([]sheet.Column, width)}
	for i := range width {
		table.Columns[i].Title = rows[0].Cell(i)
	}
	table.Rows = func(yield func([]any, error) bool) {
		for i, line := 1, 2; i < len(rows); line++ {
			cells := make([]any, width)
			if rows[i].Line == line {
				for c := range width {
					cells[c] = rows[i].Cell(c)
				}
				i++
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
	var b bytes.Buffer
	if err := sheet.XLSX(&b, table); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
