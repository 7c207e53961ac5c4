package sqlite

import (
	"cmp"
	"slices"

	"aulacomune/lms"
)

// stretch is what lies between two positions of an index, both excluded. No id is empty, so the position (key, "") lies before all
// entries with that key.
type stretch struct {
	low, high lms.Position
}

// behindAll is behind every key: keys are UTF-8, in which no such byte occurs.
const behindAll = "\xff"

// next is the smallest string greater than s.
func next(s string) string { return s + "\x00" }

func compare(a, b lms.Position) int {
	return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.ID, b.ID))
}

func later(a, b lms.Position) lms.Position {
	if compare(a, b) < 0 {
		return b
	}
	return a
}

func earlier(a, b lms.Position) lms.Position {
	if compare(a, b) > 0 {
		return b
	}
	return a
}

// stretches gives the stretches of a range, in the order in which a scan passes them: one, or one for each key of In.
func stretches(r lms.Range) []stretch {
	whole := stretch{low: lms.Position{Key: r.From}, high: lms.Position{Key: behindAll}}
	if r.To != "" {
		whole.high.Key = r.To
	}
	if r.After != (lms.Position{}) {
		whole = whole.behind(r.After, r.Reverse)
	}
	if r.In == nil {
		return []stretch{whole}
	}
	var out []stretch
	for _, k := range slices.Compact(slices.Sorted(slices.Values(r.In))) {
		s := stretch{low: later(whole.low, lms.Position{Key: k}), high: earlier(whole.high, lms.Position{Key: next(k)})}
		if compare(s.low, s.high) < 0 {
			out = append(out, s)
		}
	}
	if r.Reverse {
		slices.Reverse(out)
	}
	return out
}

// behind is what is left of a stretch behind a position, in the direction of the scan.
func (s stretch) behind(p lms.Position, reverse bool) stretch {
	if reverse {
		s.high = earlier(s.high, p)
	} else {
		s.low = later(s.low, p)
	}
	return s
}

// question is the statement that reads a stretch, and its arguments but for the limit.
func (s stretch) question(r lms.Range) (statement string, args []any) {
	switch ids := r.Index.Name == "id"; {
	case ids && r.Reverse:
		return selectIDsBack, s.ids()
	case ids:
		return selectIDs, s.ids()
	case r.Reverse:
		return selectKeysBack, s.keys(r)
	default:
		return selectKeys, s.keys(r)
	}
}

// keys are the arguments for the table of keys.
func (s stretch) keys(r lms.Range) []any {
	return []any{r.Index.Name, s.low.Key, s.low.ID, s.high.Key, s.high.ID}
}

// ids are the arguments for the table of documents, where key and id are the same: from here, and before this.
func (s stretch) ids() []any {
	from := s.low.Key
	if s.low.ID != "" {
		from = next(from)
	}
	return []any{from, s.high.Key}
}
