package enti

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"aulacomune/lms"
)

// writers is how many organisations are written at a time: an engine writes many together faster than one after the other.
const writers = 16

// Progress is told how many of a plan's steps are done.
type Progress func(done, of int)

// Apply carries a plan out, for the administrators of its root: one organisation, one write. It may be cut anywhere; the same plan again, or a new one, does the
// rest. A plan that was carried out changes nothing.
func (s *Enti) Apply(ctx context.Context, a lms.Actor, p Plan, tell Progress) error {
	if err := s.may(ctx, a, p.Under.ID); err != nil {
		return err
	}
	if err := s.Install(ctx, p, tell); err != nil || s.note == nil || p.Empty() {
		return err
	}
	details := map[string]string{"region": p.Region}
	for _, w := range Whats() {
		if n := len(p.Of(w)); n > 0 {
			details[string(w)] = strconv.Itoa(n)
		}
	}
	return s.note(ctx, a, lms.Act{Verb: "enti.import", Object: string(p.Under.ID), Within: p.Under.Within, Role: lms.Administrator, Details: details})
}

// Install is Apply for the command line: it asks nobody.
func (s *Enti) Install(ctx context.Context, p Plan, tell Progress) error {
	if p.Refused() {
		return &lms.Error{Kind: lms.Conflict, Message: "error.enti.refused"}
	}
	done, mu := 0, sync.Mutex{}
	for group := range groups(p.Steps) {
		var all sync.WaitGroup
		var failed []error
		slots := make(chan struct{}, writers)
		for _, step := range group {
			slots <- struct{}{}
			all.Go(func() {
				defer func() { <-slots }()
				err := s.step(ctx, step)
				mu.Lock()
				defer mu.Unlock()
				if done++; err != nil {
					failed = append(failed, fmt.Errorf("%s: %w", step.After.ID, err))
				} else if tell != nil {
					tell(done, len(p.Steps))
				}
			})
		}
		all.Wait()
		if err := errors.Join(failed...); err != nil {
			return err
		}
	}
	return s.Settle(ctx)
}

// groups are steps that may be done at once: each needs what the groups before it did, and what ceases is last.
func groups(steps []Step) func(func([]Step) bool) {
	order := func(s Step) int {
		if !s.After.Ceased.IsZero() {
			return 9
		}
		return rank(s.After.Kind)
	}
	return func(yield func([]Step) bool) {
		steps := slices.Clone(steps)
		slices.SortStableFunc(steps, func(a, b Step) int { return cmp.Compare(order(a), order(b)) })
		for len(steps) > 0 {
			n := slices.IndexFunc(steps, func(s Step) bool { return order(s) != order(steps[0]) })
			if n < 0 {
				n = len(steps)
			}
			if !yield(steps[:n]) {
				return
			}
			steps = steps[n:]
		}
	}
}

// step does one step.
func (s *Enti) step(ctx context.Context, st Step) error {
	if st.Is(New) {
		o := st.After
		o.From = st.Source
		_, err := s.school.Organisations.Add(ctx, o, st.Above)
		if !lms.IsTaken(err, "id") {
			return err
		}
		there, again := s.school.Organisations.Find(ctx, o.ID)
		if again != nil || there.Codes != o.Codes {
			return errors.Join(err, again)
		}
		return nil
	}
	above, err := s.school.Organisations.Find(ctx, st.Above)
	if err != nil {
		return err
	}
	now := s.now()
	_, err = s.school.Organisations.Amend(ctx, st.After.ID, func(o *lms.Organisation) error { return st.change(o, above, now) })
	return err
}

// change writes a step's differences. What people changed since the plan was made stays, unless the step changes the same.
func (s Step) change(o *lms.Organisation, above lms.Organisation, now time.Time) error {
	before := *o
	if s.Is(Renamed) && o.Name != s.After.Name {
		o.FormerNames, o.Name = append(slices.Clone(o.FormerNames), o.Name), s.After.Name
	}
	o.Kind, o.Codes, o.Domains = s.After.Kind, s.After.Codes, s.After.Domains
	if s.Is(Merged) || s.Is(Gone) || s.Is(Back) {
		o.Into = s.After.Into
		if o.Ceased.IsZero() || s.After.Ceased.IsZero() {
			o.Ceased = s.After.Ceased
		}
	}
	for _, from := range s.Source {
		if !slices.Contains(o.From, from) {
			o.From = append(slices.Clone(o.From), from)
		}
	}
	if s.Is(Moved) || s.Is(Merged) {
		if slices.Contains(above.Within, o.ID) {
			return lms.Fail(lms.Conflict, "error.organisation.cycle")
		}
		o.Within = append(slices.Clone(above.Within), o.ID)
	}
	if o.Name != before.Name || o.Into != before.Into || !slices.Equal(o.Within, before.Within) {
		o.Unsettled = now
	}
	return nil
}
