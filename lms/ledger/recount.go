package ledger

import (
	"context"
	"fmt"

	"aulacomune/lms"
)

// Recount adds the row that stands in place of an earlier one, for hours that came by themselves and turned out to be others: the n-th correction, from 1, of
// the row with the id. It asks nobody; whoever found it out is by. The same again changes nothing. NotFound where the row before is not there.
func (s *Ledger) Recount(ctx context.Context, id HoursID, n int, c Correction, by lms.PersonID) error {
	before := id
	if n > 1 {
		before = HoursID(fmt.Sprintf("%s+%d", id, n-1))
	}
	old, err := s.hours.Find(ctx, string(before))
	if err != nil {
		return err
	}
	if r := []rune(c.Reason); len(r) > longestReason {
		c.Reason = string(r[:longestReason-1]) + "…"
	}
	next, err := s.corrected(ctx, old, c)
	if err != nil {
		return err
	}
	next.By, next.At = by, s.now()
	if err := s.hours.Add(ctx, next); !lms.IsTaken(err, "id") {
		return err
	}
	return nil
}

// longestReason is how many characters the reason of a correction has at most.
const longestReason = 500
