package attendance

import (
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
)

// check says what is wrong with a report as a whole.
func check(r *Report, f found, h Hints) {
	say := func(p Problem) { r.Problems = append(r.Problems, p) }
	if len(r.Rows) == 0 {
		if !r.Grave() {
			say(grave(NoRows))
		}
		return
	}
	if listed := max(f.people, len(f.drafts)); f.said > listed {
		say(grave(Truncated, "Said", strconv.Itoa(f.said), "Found", strconv.Itoa(listed)))
	}
	if p, wrong := elsewhere(r, h); wrong {
		say(p)
	}
	if h.Title != "" && r.Title != "" && !alike(h.Title, r.Title) {
		say(note(0, OtherTitle, "Title", r.Title))
	}
	if short, of := nicknames(r.Rows); of >= 3 && short*5 > of*4 {
		say(note(0, Nicknames, "Count", strconv.Itoa(short), "Of", strconv.Itoa(of)))
	}
	r.Problems = append(r.Problems, less(r.Rows)...)
}

// elsewhere holds the stays against the scheduled time: of another day, of another hour, or single ones of another day.
func elsewhere(r *Report, h Hints) (p Problem, wrong bool) {
	if h.Scheduled.Empty() {
		return p, false
	}
	day := func(t time.Time) string { return t.In(h.Zone).Format(time.DateOnly) }
	meets, spans := false, 0
	first, same := "", false
	var away []Problem
	for _, row := range r.Rows {
		if row.Span.Empty() {
			continue
		}
		spans++
		meets = meets || row.Span.Meets(h.Scheduled)
		on := day(row.Span.From)
		if first == "" {
			first = on
		}
		if on == day(h.Scheduled.From) || day(row.Span.To) == day(h.Scheduled.To) {
			same = true
		} else if !row.Span.Meets(h.Scheduled) {
			away = append(away, note(row.Line, RowAway, "Day", on))
		}
	}
	switch {
	case spans == 0:
		return p, false
	case meets:
		r.Problems = append(r.Problems, away...)
		return p, false
	case same:
		return grave(OtherHour, "Day", first), true
	}
	return grave(OtherDay, "Day", first, "Scheduled", day(h.Scheduled.From)), true
}

// alike says whether two titles have a word of weight in common.
func alike(a, b string) bool {
	in := map[string]bool{}
	for w := range strings.SplitSeq(lms.Fold(a), " ") {
		in[w] = len(w) > 3
	}
	for w := range strings.SplitSeq(lms.Fold(b), " ") {
		if in[w] {
			return true
		}
	}
	return lms.Fold(a) == lms.Fold(b)
}

// nicknames counts the names, and those of one word without an address.
func nicknames(rows []Row) (short, of int) {
	seen := map[string]bool{}
	for _, r := range rows {
		who := whoIs(r)
		if seen[who] || r.Name == "" {
			continue
		}
		seen[who] = true
		of++
		if len(r.Emails) == 0 && !strings.Contains(lms.Fold(r.Name), " ") {
			short++
		}
	}
	return short, of
}

// less finds those whose stays add up to less than the report states for the whole meeting: some of them are missing.
func less(rows []Row) (out []Problem) {
	spans, first := map[string][]Span{}, map[string]int{}
	for i, r := range rows {
		if !r.Whole || r.Stated == 0 {
			continue
		}
		who := whoIs(r)
		if _, seen := first[who]; !seen {
			first[who] = i
		}
		spans[who] = append(spans[who], r.Span)
	}
	for i, r := range rows {
		who := whoIs(r)
		if at, ok := first[who]; !ok || at != i {
			continue
		}
		if p := Present(spans[who]); p > 0 && p < r.Stated-time.Minute {
			out = append(out, note(r.Line, RowLess, "Stated", minutes(r.Stated), "Found", minutes(p)))
		}
	}
	return out
}
