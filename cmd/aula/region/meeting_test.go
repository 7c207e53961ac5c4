package region_test

import (
	"testing"
	"time"

	"aulacomune/cmd/aula/region"
	"aulacomune/lms/attendance"
)

// reconcile reads the report of a made-up meeting and says who was there.
func reconcile(t testing.TB, file []byte, candidates []attendance.Candidate, h attendance.Hints) (attendance.Report, []attendance.Match) {
	t.Helper()
	r := attendance.Read("report.csv", file, h)
	m := attendance.Matches(r.Rows, candidates)
	if len(r.Rows) == 0 || r.Grave() || len(m) == 0 {
		t.Fatal(len(r.Rows), len(m), r.Problems)
	}
	return r, m
}

// BenchmarkMeeting is a report of 20,000 rows against the 100,000 people of a region.
func BenchmarkMeeting(b *testing.B) {
	file, candidates, h := region.Meeting(20_000, 100_000, time.Date(2026, 6, 8, 8, 0, 0, 0, time.UTC))
	b.ReportAllocs()
	for b.Loop() {
		reconcile(b, file, candidates, h)
	}
}

func TestAMadeUpMeetingIsReconciled(t *testing.T) {
	file, candidates, h := region.Meeting(500, 3_000, time.Date(2026, 6, 8, 8, 0, 0, 0, time.UTC))
	r, matches := reconcile(t, file, candidates, h)
	sure, right := 0, 0
	for _, m := range matches {
		if m.Sure {
			sure++
			if m.Candidate == candidates[m.Rows[0]*37%len(candidates)].ID {
				right++
			}
		}
	}
	if len(r.Rows) != 500 || sure < 250 || right != sure {
		t.Errorf("%d rows, %d sure, %d of them right", len(r.Rows), sure, right)
	}
}
