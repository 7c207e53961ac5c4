package region_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strconv"
	"testing"
	"time"

	"aulacomune/cmd/aula/region"
	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/report"
	"aulacomune/lms/sheet"
)

// An export reads and writes as it goes: of ten times as many rows no more is held at a time. What services remember is full after the first one.
func TestAnExportHoldsNoMoreOfMoreRows(t *testing.T) {
	h := open(t, t.TempDir())
	defer shut(t, h)
	made, err := region.Fill(t.Context(), h, region.Size{Enti: 40, People: 1000, Enrolments: 4000, Random: 3}, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []report.Kind{report.Progress, report.Certificates, "hours"} {
		exported(t, h, kind, region.Root)
		small, few, _ := exported(t, h, kind, "comune-0001")
		large, many, took := exported(t, h, kind, region.Root)
		t.Logf("%s: %d rows in %v, at most %d KB of the heap in use; of %d rows %d KB", kind, many, took, large>>10, few, small>>10)
		if few == 0 || many < 10*few {
			t.Errorf("%s: %d rows against %d", kind, many, few)
		}
		if kind == report.Progress && many != made.Enrolments {
			t.Errorf("%d rows of %d enrolments", many, made.Enrolments)
		}
		if float64(large) > 1.3*float64(small) {
			t.Errorf("%s: %d KB of the heap for %d rows, %d KB for %d", kind, large>>10, many, small>>10, few)
		}
	}
}

// exported writes a report as a workbook, and says how much of the heap was in use at most meanwhile.
func exported(t *testing.T, h *wiring.House, kind report.Kind, org lms.OrganisationID) (most uint64, rows int, took time.Duration) {
	t.Helper()
	a, err := h.School.Accounts.ActorByLogin(t.Context(), region.Administrator)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	src, all, err := h.Reports.All(t.Context(), a, report.Spec{Kind: kind, Organisation: org})
	if err != nil {
		t.Fatal(err)
	}
	look := func() {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
	}
	counted := func(yield func(report.Row, error) bool) {
		for row, err := range all {
			if rows++; rows%400 == 1 {
				look()
			}
			if !yield(row, err) {
				return
			}
		}
	}
	words := report.Words{Lang: "it", Say: func(key string) string { return key }}
	if err := sheet.XLSX(&swallow{each: look}, report.Sheet(string(kind)+" "+strconv.Itoa(len(src.Columns)), src.Columns, counted, words)); err != nil {
		t.Fatal(err)
	}
	return most, rows, time.Since(began)
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
