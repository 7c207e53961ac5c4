package attendance

import (
	"cmp"
	"slices"
	"strconv"
)

// claims doubts that one person was two participants at the same time. Who came by an address keeps the claim; another participant with another
// address is doubtful, and so is one without an address who would lengthen the presence. A telephone beside the computer, which adds nothing, and a
// rejoin under another name stay as they are.
func claims(all []Match) {
	by := map[string][]int{}
	for i, m := range all {
		if m.Sure {
			by[m.Candidate] = append(by[m.Candidate], i)
		}
	}
	for _, of := range by {
		if len(of) < 2 {
			continue
		}
		slices.SortStableFunc(of, func(a, b int) int { return cmp.Compare(rank(all[a]), rank(all[b])) })
		kept := all[of[0]]
		first, spans := of[0], kept.Spans
		for _, i := range of[1:] {
			m := &all[i]
			longer := Union(append(slices.Clone(spans), m.Spans...))
			overlap := Present(spans)+Present(m.Spans) > Present(longer)
			apart := len(m.Emails) > 0 && len(kept.Emails) > 0
			if !overlap || slices.Contains(m.Why, SameEmail) || !apart && Present(longer) == Present(spans) {
				spans = longer
				continue
			}
			m.doubted()
			if apart && !slices.Contains(kept.Why, SameEmail) {
				all[first].doubted()
			}
		}
	}
}

// rank is who is believed first: addresses, then names with an address, then the longest.
func rank(m Match) int {
	switch {
	case slices.Contains(m.Why, SameEmail):
		return 0
	case len(m.Emails) > 0:
		return 1
	}
	return 2
}

// doubted takes the certainty from a match that another participant contradicts.
func (m *Match) doubted() {
	if m.Sure = false; !slices.Contains(m.Why, Claimed) {
		m.Why = append(slices.Clone(m.Why), Claimed)
	}
}

// Known says whether a report is of this meeting, by whom it names: hardly anybody who registered in a meeting of several people means that it is of
// another one, or that everybody chose a nickname. ok is false where there is such a problem.
func Known(matches []Match) (p Problem, ok bool) {
	known := 0
	for _, m := range matches {
		if m.Sure || m.Candidate != "" && slices.ContainsFunc(m.Why, Reason.named) {
			known++
		}
	}
	if len(matches) < 5 || known*10 > len(matches) {
		return p, true
	}
	return grave(NobodyKnown, "Count", strconv.Itoa(known), "Of", strconv.Itoa(len(matches))), false
}
