package ledger

import (
	"context"
	"iter"
	"maps"
	"slices"

	"aulacomune/lms"
)

// Load adds the rows of many people at once, to fill an installation that nobody uses yet. Each says who the person was. Their sums are not counted here:
// the tallies are told that they are to be, and whoever is done with filling calls Rebuild.
func (s *Ledger) Load(ctx context.Context, rows iter.Seq2[Hours, lms.Person]) error {
	var fault error
	touched := map[string]Hours{}
	err := s.hours.AddAll(ctx, func(yield func(Hours) bool) {
		for h, p := range rows {
			if fault = h.check(); fault != nil {
				return
			}
			h = h.entered(p, s.now())
			h.Counted = true // by the count that its tally is told of below
			touched[yearKey(string(h.Member.Organisation), h.Year())] = h
			if !yield(h) {
				return
			}
		}
	})
	if err = cmpErr(err, fault); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(touched)) {
		h := touched[key]
		if err := s.touch(ctx, h.Member.Organisation, h.Year()); err != nil {
			return err
		}
	}
	return nil
}
