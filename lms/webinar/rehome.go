package webinar

import (
	"cmp"
	"context"
	"slices"

	"aulacomune/lms"
)

// Rehome gives what somebody who was known twice left in webinars to the person who stays: answers, presence, outcomes. Who was in a closed webinar as both
// gets another outcome, over the time of both together, and what was attested twice is taken back. Called again it goes on. Seats are their cohorts', and
// moved by lms/cohort. It asks nobody: lms/roll decides it.
func (s *Webinars) Rehome(ctx context.Context, from lms.PersonID, to lms.Person) error {
	t, err := s.About(ctx, from)
	if err != nil {
		return err
	}
	var in []ID
	for _, x := range t.Sheets {
		if err := s.rehomeSheet(ctx, x, to.ID); err != nil {
			return err
		}
	}
	if err := s.rehomeReports(ctx, from, to.ID); err != nil {
		return err
	}
	for _, p := range t.Presences {
		if _, err := s.presences.Change(ctx, p.ID, func(p *Presence) error { p.Person = to.ID; return nil }); err != nil {
			return err
		}
	}
	for _, o := range t.Outcomes {
		in = append(in, o.Webinar)
	}
	slices.Sort(in)
	for _, id := range slices.Compact(in) {
		if err := s.rehomeOutcomes(ctx, id, from, to); err != nil {
			return err
		}
	}
	return unlessNotFound(s.feeds.Remove(ctx, string(from)))
}

// rehomeSheet gives answers away, where the person who stays has given none.
func (s *Webinars) rehomeSheet(ctx context.Context, x Sheet, to lms.PersonID) error {
	err := s.amend(ctx, x.Webinar, to, func(now *Sheet) error {
		if len(now.Answers) == 0 {
			now.Answers = x.Answers
		}
		now.Opined = now.Opined || x.Opined
		return nil
	})
	if err != nil {
		return err
	}
	return unlessNotFound(s.places.Remove(ctx, sheetID(x.Webinar, x.Person)))
}

// rehomeReports says in reports who somebody turned out to be, so that their rows of presence can be made again, or superseded.
func (s *Webinars) rehomeReports(ctx context.Context, from, to lms.PersonID) error {
	all, err := s.reports.All(ctx, lms.Query{Index: "person", Equal: string(from)})
	for _, r := range all {
		if err != nil {
			return err
		}
		_, err = s.reports.Change(ctx, r.ID, func(r *Report) error {
			r.Lines = slices.Clone(r.Lines)
			for i := range r.Lines {
				turns := slices.Clone(r.Lines[i].Turns)
				for j := range turns {
					if turns[j].Person == from {
						turns[j].Person = to
					}
				}
				r.Lines[i].Turns = turns
			}
			return nil
		})
	}
	return err
}

// rehomeOutcomes gives somebody's outcomes in a webinar away. What was booked and attested goes by who they were then (Outcome.As), and stands.
func (s *Webinars) rehomeOutcomes(ctx context.Context, id ID, from lms.PersonID, to lms.Person) error {
	w, err := s.byID(ctx, id)
	if err != nil {
		return err
	}
	theirs, err := s.chain(ctx, id, from)
	if err != nil {
		return err
	}
	own, err := s.chain(ctx, id, to.ID)
	if err != nil {
		return err
	}
	if len(own) > 0 && own[0].As != from { // they were there as both
		reason := twice(to.Lang)
		if err := s.reassess(ctx, "", w, from, reason); err != nil {
			return err
		}
		return s.reassess(ctx, "", w, to.ID, reason)
	}
	for _, o := range theirs {
		moved := o
		moved.Person, moved.As = to.ID, cmp.Or(o.As, from)
		if err := s.outcomes.Add(ctx, moved); err != nil && !lms.IsTaken(err, "id") {
			return err
		}
	}
	for _, o := range theirs {
		if err := unlessNotFound(s.outcomes.Remove(ctx, o.id())); err != nil {
			return err
		}
	}
	return nil
}

// twice is why an outcome changes when two turn out to be one, in the words of whoever reads it.
func twice(lang string) string {
	if lang == "en" {
		return "Two accounts of the same person were made one."
	}
	return "Due schede della stessa persona sono state unite."
}
