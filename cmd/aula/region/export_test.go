package region_test

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"

	"aulacomune/cmd/aula/region"
	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms/report"
	"aulacomune/lms/sheet"
)

// An export reads and writes as it goes: of all rows no more is held at a time than of the first quarter. What services remember is full after a first time.
func TestAnExportHoldsNoMoreOfMoreRows(t *testing.T) {
	h := open(t, t.TempDir())
	defer shut(t, h)
	made, err := region.Fill(t.Context(), h, region.Size{Enti: 40, People: 2000, Enrolments: 8000, Random: 3}, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[report.Kind]int{report.Progress: made.Enrolments, report.Certificates: made.Certificates, "hours": made.People} {
		exported(t, h, kind, want)
		quarter, whole, rows := exported(t, h, kind, want)
		t.Logf("%s: at most %d KB of the heap are in use in the first quarter, %d KB with all of %d rows", kind, quarter>>10, whole>>10, rows)
		if rows != want {
			t.Errorf("%s: %d rows of %d", kind, rows, want)
		}
		if float64(whole) > 1.3*float64(quarter) {
			t.Errorf("%s: %d KB of the heap in the first quarter, %d KB with all of %d rows", kind, quarter>>10, whole>>10, rows)
		}
	}
}

// exported writes a report about the region as a workbook, and says how much of the heap was in use at most in the first quarter of its rows, and with all.
func exported(t *testing.T, h *wiring.House, kind report.Kind, want int) (quarter, whole uint64, rows int) {
	t.Helper()
	a, err := h.School.Accounts.ActorByLogin(t.Context(), region.Administrator)
	if err != nil {
		t.Fatal(err)
	}
	src, all, err := h.Reports.All(t.Context(), a, report.Spec{Kind: kind, Organisation: region.Root})
	if err != nil {
		t.Fatal(err)
	}
	look := func() {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		if whole = max(whole, m.HeapAlloc); rows <= want/4 {
			quarter = whole
		}
	}
	counted := func(yield func(report.Row, error) bool) {
		for row, err := range all {
			if rows++; rows%100 == 1 {
				look()
			}
			if !yield(row, err) {
				return
			}
		}
	}
	words := report.Words{Lang: "it", Say: func(key string) string { return key }}
	if err := sheet.XLSX(&swallow{each: look}, report.Sheet(string(kind), src.Columns, counted, words)); err != nil {
		t.Fatal(err)
	}
	return quarter, whole, rows
}

// swallow is a file that nobody keeps. It calls each when a large piece comes.
type swallow struct{ each func() }

func (s *swallow) Write(p []byte) (int, error) {
	if len(p) > 64<<10 {
		s.each()
	}
	return len(p), nil
}

// BenchmarkProgressAsXLSX is how long a row takes on its way from the database into the workbook.
func BenchmarkProgressAsXLSX(b *testing.B) {
	h, err := wiring.Open(b.Context(), wiring.Options{Data: b.TempDir(), URL: "http://corsi.test", Alone: true})
	if err != nil {
		b.Fatal(err)
	}
	defer h.Close()
	if _, err := region.Fill(b.Context(), h, region.Size{Enti: 40, People: 1000, Enrolments: 8000, Random: 3}, time.Now(), nil); err != nil {
		b.Fatal(err)
	}
	a, err := h.School.Accounts.ActorByLogin(b.Context(), region.Administrator)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		src, rows, err := h.Reports.All(b.Context(), a, report.Spec{Kind: report.Progress, Organisation: region.Root})
		if err != nil {
			b.Fatal(err)
		}
		var out bytes.Buffer
		if err := sheet.XLSX(&out, report.Sheet("x", src.Columns, rows, report.Words{Lang: "it", Say: func(key string) string { return fmt.Sprint(key) }})); err != nil {
			b.Fatal(err)
		}
		n += 8000
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "µs/row")
}
