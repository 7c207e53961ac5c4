package attendance_test

import (
	"slices"
	"testing"
	"time"

	"aulacomune/lms/attendance"

	"pgregory.net/rapid"
)

// drawn are spans of whole seconds on one morning, some of them empty or reversed.
func drawn(t *rapid.T) []attendance.Span {
	start := time.Date(2026, 6, 8, 8, 0, 0, 0, time.UTC)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) attendance.Span {
		from := start.Add(time.Duration(rapid.IntRange(0, 7200).Draw(t, "from")) * time.Second)
		return attendance.Span{From: from, To: from.Add(time.Duration(rapid.IntRange(-60, 3600).Draw(t, "seconds")) * time.Second)}
	}), 0, 12).Draw(t, "spans")
}

func TestPresenceIsAUnion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := drawn(t)
		scheduled := attendance.Span{From: time.Date(2026, 6, 8, 8, 30, 0, 0, time.UTC), To: time.Date(2026, 6, 8, 10, 0, 0, 0, time.UTC)}
		union := attendance.Union(spans)
		if again := attendance.Union(union); !slices.Equal(again, union) {
			t.Fatalf("the union of a union differs: %v, %v", again, union)
		}
		if other := attendance.Union(rapid.Permutation(spans).Draw(t, "order")); !slices.Equal(other, union) {
			t.Fatalf("in another order: %v, %v", other, union)
		}
		if twice := attendance.Union(append(slices.Clone(spans), spans...)); !slices.Equal(twice, union) {
			t.Fatalf("the same report twice: %v, %v", twice, union)
		}
		for i, s := range union {
			if s.Empty() || i > 0 && !s.From.After(union[i-1].To) {
				t.Fatalf("%v: spans in order with time between them", union)
			}
		}
		for second := 0; second < 12000; second += 97 {
			m := scheduled.From.Add(time.Duration(second-1800) * time.Second)
			in := func(all []attendance.Span) bool {
				return slices.ContainsFunc(all, func(s attendance.Span) bool { return !m.Before(s.From) && m.Before(s.To) })
			}
			if in(spans) != in(union) {
				t.Fatalf("%s is in one of spans and union only", m)
			}
		}
		checkCut(t, spans, drawn(t), scheduled)
	})
}

// checkCut: what counts is within the schedule, and more evidence never makes it less.
func checkCut(t *rapid.T, spans, more []attendance.Span, scheduled attendance.Span) {
	cut := attendance.Cut(spans, scheduled)
	if attendance.Present(cut) > scheduled.Length() {
		t.Fatalf("%v: more than was scheduled", cut)
	}
	if p := attendance.Percent(spans, scheduled); p < 0 || p > 100 || (p == 100) != (attendance.Present(cut) == scheduled.Length()) {
		t.Fatalf("%d %% of %v", p, cut)
	}
	both := append(slices.Clone(spans), more...)
	if attendance.Minutes(attendance.Cut(both, scheduled)) < attendance.Minutes(cut) || attendance.Percent(both, scheduled) < attendance.Percent(spans, scheduled) {
		t.Fatalf("%v and %v are less than the first alone", spans, more)
	}
	if m := attendance.Minutes(spans); time.Duration(m)*time.Minute > attendance.Present(spans) || time.Duration(m+1)*time.Minute <= attendance.Present(spans) {
		t.Fatalf("%d minutes of %s", m, attendance.Present(spans))
	}
}

func TestMinutesAreRoundedDownOnce(t *testing.T) {
	m := func(from, to string) attendance.Span {
		return attendance.Span{From: at(t, "2026-06-08 "+from), To: at(t, "2026-06-08 "+to)}
	}
	scheduled := m("10:00:00", "11:30:00")
	for _, c := range []struct {
		name             string
		spans            []attendance.Span
		minutes, percent int
	}{
		{"nobody", nil, 0, 0},
		{"all of it", []attendance.Span{m("09:50:00", "11:40:00")}, 90, 100},
		{"half minutes add up", []attendance.Span{m("10:00:00", "10:01:30"), m("10:02:00", "10:03:30")}, 3, 3},
		{"a second short", []attendance.Span{m("10:00:00", "11:29:59")}, 89, 99},
		{"the threshold to the second", []attendance.Span{m("10:00:00", "11:07:30")}, 67, 75},
		{"a second below the threshold", []attendance.Span{m("10:00:00", "11:07:29")}, 67, 74},
		{"two devices", []attendance.Span{m("10:00:00", "10:40:00"), m("10:20:00", "10:50:00")}, 50, 55},
		{"before and after only", []attendance.Span{m("09:00:00", "10:00:00"), m("11:30:00", "12:00:00")}, 0, 0},
		{"reversed", []attendance.Span{m("11:00:00", "10:00:00")}, 0, 0},
	} {
		if got := attendance.Minutes(attendance.Cut(c.spans, scheduled)); got != c.minutes {
			t.Errorf("%s: %d minutes, want %d", c.name, got, c.minutes)
		}
		if got := attendance.Percent(c.spans, scheduled); got != c.percent {
			t.Errorf("%s: %d %%, want %d", c.name, got, c.percent)
		}
	}
	if p := attendance.Percent([]attendance.Span{scheduled}, attendance.Span{}); p != 0 {
		t.Errorf("nothing scheduled: %d %%", p)
	}
}
