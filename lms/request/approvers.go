package request

import (
	"context"
	"slices"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// stages are the steps of a request with those who decide the first. A step for which nobody but the next one's approvers is there is left out.
func (s *Requests) stages(ctx context.Context, r Request, steps []cohort.Step) ([]Stage, error) {
	var out []Stage
	for i, k := range steps {
		found, err := s.approvers(ctx, r, k)
		if err != nil {
			return nil, err
		}
		fallback := k == cohort.StepManager && len(found) > 0 && found[0].As != lms.Manager
		if fallback && slices.Contains(steps[i+1:], cohort.StepPersonnel) {
			continue
		}
		if len(found) == 0 {
			return nil, conflict("error.request.nobody")
		}
		out = append(out, Stage{Kind: k, Approvers: found})
	}
	return out, nil
}

// approvers are those who decide a step now: the nearest managers of the person, or for the personnel office the referents of their ente. Where there
// are none, who keeps the people there decides, and then whoever is above. Nobody decides about themselves.
func (s *Requests) approvers(ctx context.Context, r Request, k cohort.Step) ([]Approver, error) {
	if k == cohort.StepManager {
		found, err := s.managers(ctx, r)
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	return s.keepers(ctx, r, nil)
}

// managers are the nearest managers: who names the person, else those of the office, else those of the ente, else of the nearest above.
func (s *Requests) managers(ctx context.Context, r Request) ([]Approver, error) {
	holders, err := s.school.People.Holders(ctx, lms.Manager, r.Member.Within...)
	if err != nil {
		return nil, err
	}
	var out []Approver
	best := -1
	for _, h := range holders {
		near := s.nearness(h, r)
		switch {
		case near < 0 || best >= 0 && near > best:
			continue
		case near < best || best < 0:
			out, best = nil, near
		}
		out = append(out, Approver{Person: h.ID, As: lms.Manager})
	}
	return out, nil
}

// nearness says how near a manager is to who asks: 0 names them, 1 is of their office, from 2 on of an ente so many levels up; -1 is not their manager.
func (s *Requests) nearness(h lms.Person, r Request) int {
	applicant := lms.Person{ID: r.Person, Memberships: []lms.Membership{r.Member}}
	best := -1
	for _, m := range h.Memberships {
		if !(lms.Actor{ID: h.ID, Memberships: []lms.Membership{m}}).Manages(applicant, s.now()) || !m.At(s.now()) {
			continue
		}
		near := 2 + len(r.Member.Within) - slices.Index(r.Member.Within, m.Organisation)
		switch {
		case len(m.Reports) > 0:
			near = 0
		case m.Office != "":
			near = 1
		}
		if best < 0 || near < best {
			best = near
		}
	}
	return best
}

// keepers are the referents of the nearest organisation that has any, else the administrators of the nearest; none of those who are left out.
func (s *Requests) keepers(ctx context.Context, r Request, without []lms.PersonID) ([]Approver, error) {
	for _, role := range []lms.Role{lms.Referent, lms.Administrator} {
		for _, o := range slices.Backward(r.Member.Within) {
			holders, err := s.school.People.Holders(ctx, role, o)
			if err != nil {
				return nil, err
			}
			var out []Approver
			for _, h := range holders {
				if h.ID != r.Person && !slices.Contains(without, h.ID) {
					out = append(out, Approver{Person: h.ID, As: role})
				}
			}
			if len(out) > 0 {
				return out, nil
			}
		}
	}
	return nil, nil
}

// valid says whether an approver is still there, and has the role by which they were asked.
func (s *Requests) valid(ap Approver, p lms.Person, r Request) bool {
	a := lms.ActorOf(p, s.now(), lms.Everything)
	switch {
	case p.ID == r.Person, p.Into != "":
		return false
	case ap.Named:
		return s.works(p, r.Member)
	case ap.As == lms.Manager:
		return s.nearness(p, r) >= 0
	}
	return a.Has(ap.As, r.Member.Within)
}

// works says whether somebody works where a membership is: in that ente, below it or above it.
func (s *Requests) works(p lms.Person, where lms.Membership) bool {
	return slices.ContainsFunc(p.Memberships, func(m lms.Membership) bool {
		return m.At(s.now()) && (slices.Contains(m.Within, where.Organisation) || slices.Contains(where.Within, m.Organisation))
	})
}

// seat is as who somebody decides: the approver whose place they take, themselves or another.
type seat struct {
	Approver
	deputy bool
}

// decides says as who somebody may decide the current stage; ok is false where they may not. Who asked never may, nor as a deputy.
func (s *Requests) decides(ctx context.Context, r Request, p lms.Person) (as seat, ok bool, err error) {
	if p.ID == r.Person || r.State != Waiting {
		return as, false, nil
	}
	for _, ap := range r.stage().Approvers {
		if ap.Person == p.ID && s.valid(ap, p, r) {
			return seat{Approver: ap}, true, nil
		}
	}
	for _, ap := range r.stage().Approvers {
		acting, err := s.stand(ctx, "of", ap.Person)
		if err != nil {
			return as, false, err
		}
		if !slices.Contains(acting, p.ID) || !s.works(p, r.Member) {
			continue
		}
		of, err := s.school.People.Known(ctx, ap.Person)
		if err != nil && !lms.Is(err, lms.NotFound) {
			return as, false, err
		}
		if err == nil && s.valid(ap, of, r) {
			return seat{ap, true}, true, nil
		}
	}
	return as, false, nil
}
