package course

import (
	"math"
	"slices"
	"sort"
)

// Interval is a stretch of a recording in seconds, [from, to].
type Interval [2]float64

// Coverage is what was watched: intervals in order that neither touch nor overlap.
type Coverage []Interval

// join is the gap in seconds below which two intervals count as one: players report times that jitter by a frame or two.
const join = 0.05

// tiny is more than sums of decimal seconds are off by: 57 of 100 seconds are 57 %, whatever the computer makes of 0.57.
const tiny = 1e-6

// Length is the seconds covered.
func (c Coverage) Length() float64 {
	var s float64
	for _, i := range c {
		s += i[1] - i[0]
	}
	return s
}

// Percent is the covered part of a recording of so many seconds, 0 to 100, rounded down; a gap of under half a second at the very end does not count as missing.
func (c Coverage) Percent(seconds float64) int {
	if seconds <= 0 {
		return 0
	}
	got := c.Length()
	if got > 0 && seconds-got < 0.5 {
		return 100
	}
	return int(math.Floor(got/seconds*100 + tiny))
}

// Union is everything in either. Its result does not depend on order, and the union with what is already there changes nothing.
func (c Coverage) Union(more []Interval) Coverage {
	all := slices.Concat([]Interval(c), more)
	all = slices.DeleteFunc(all, func(i Interval) bool { return !(i[1] > i[0]) })
	slices.SortFunc(all, func(a, b Interval) int {
		if a[0] != b[0] {
			return cmpFloat(a[0], b[0])
		}
		return cmpFloat(a[1], b[1])
	})
	var out Coverage
	for _, i := range all {
		if n := len(out); n > 0 && i[0] <= out[n-1][1]+join {
			out[n-1][1] = max(out[n-1][1], i[1])
			continue
		}
		out = append(out, i)
	}
	return out
}

// Add merges what was watched into the coverage without letting its length pass the budget (seconds). What is over is
// dropped from the end of the new stretches, and its seconds are returned.
func (c Coverage) Add(more []Interval, budget float64) (merged Coverage, dropped float64) {
	most := max(budget, c.Length())
	fit := sort.Search(len(more), func(i int) bool { return c.Union(more[:i+1]).Length() > most+tiny }) // so many go in whole
	merged = c.Union(more[:fit])
	if fit == len(more) {
		return merged, 0
	}
	last := trimNew(merged, more[fit], merged.Union(more[fit:fit+1]).Length()-most)
	next := merged.Union([]Interval{last})
	if next.Length() > most+tiny { // its new end is a frame or two from the next stretch, and the two count as one
		last[1] -= 2 * join
		next = merged.Union([]Interval{last})
	}
	return next, c.Union(more).Length() - next.Length()
}

// trimNew shortens i from its end until it brings `over` seconds less that the coverage did not have.
func trimNew(c Coverage, i Interval, over float64) Interval {
	end := i[1]
	for k := len(c) - 1; k >= -1 && over > 0 && end > i[0]; k-- {
		known := Interval{i[0], i[0]}
		if k >= 0 {
			known = c[k]
		}
		if known[0] >= end {
			continue
		}
		fresh := end - max(known[1], i[0])
		if fresh > over {
			return Interval{i[0], end - over}
		}
		if fresh > 0 {
			over -= fresh
		}
		end = min(end, max(known[0], i[0]))
	}
	return Interval{i[0], end}
}

func cmpFloat(a, b float64) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}
