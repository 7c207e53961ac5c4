package attendance

import (
	"slices"
	"time"
)

// Span is a stretch of time from one moment up to, but without, another. One that does not end after it begins is empty.
type Span struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Empty says whether nothing lies in a span.
func (s Span) Empty() bool { return !s.To.After(s.From) }

// Length is how long a span is; 0 where it is empty.
func (s Span) Length() time.Duration {
	if s.Empty() {
		return 0
	}
	return s.To.Sub(s.From)
}

// Meets says whether two spans have a moment in common.
func (s Span) Meets(t Span) bool { return !within(s, t).Empty() }

// within is what two spans have in common.
func within(s, t Span) Span {
	if t.From.After(s.From) {
		s.From = t.From
	}
	if t.To.Before(s.To) {
		s.To = t.To
	}
	return s
}

// Union is the moments that lie in at least one of the spans, as spans in order with time between them.
func Union(spans []Span) []Span {
	in := slices.DeleteFunc(slices.Clone(spans), Span.Empty)
	slices.SortFunc(in, func(a, b Span) int {
		if c := a.From.Compare(b.From); c != 0 {
			return c
		}
		return a.To.Compare(b.To)
	})
	var out []Span
	for _, s := range in {
		last := len(out) - 1
		switch {
		case last < 0 || s.From.After(out[last].To):
			out = append(out, s)
		case s.To.After(out[last].To):
			out[last].To = s.To
		}
	}
	return out
}

// Cut is what of the spans lies in another one: the presence that falls into the scheduled time.
func Cut(spans []Span, to Span) []Span {
	var out []Span
	for _, s := range Union(spans) {
		if c := within(s, to); !c.Empty() {
			out = append(out, c)
		}
	}
	return out
}

// Present is how long somebody with these spans was there; what overlaps counts once.
func Present(spans []Span) (d time.Duration) {
	for _, s := range Union(spans) {
		d += s.Length()
	}
	return d
}

// Minutes is the whole minutes of presence: the seconds of the union are added, then rounded down, once.
func Minutes(spans []Span) int { return int(Present(spans) / time.Minute) }

// Percent is how much of a scheduled time lies in the spans, from 0 to 100, rounded down: whoever is a second short of a threshold is below it.
// It is 0 where nothing is scheduled.
func Percent(spans []Span, scheduled Span) int {
	whole := scheduled.Length() / time.Second
	if whole == 0 {
		return 0
	}
	return int(100 * (Present(Cut(spans, scheduled)) / time.Second) / whole)
}
