package enti

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"aulacomune/lms"
)

// settling is how long a change of the tree is written again into what keeps it: somebody may have been added meanwhile, by a page that had read the
// tree as it was.
const settling = time.Minute

// Settle writes names and places of organisations that changed, and the places of all below them, into what keeps them: organisations, memberships,
// enrolments and courses. The members of an ente that was taken over end there and begin in the other. Enrolments keep who the person was: only the
// place of that ente follows, so that who keeps it now sees them. All of it can be computed from the tree: it may be cut anywhere and begun again,
// and changes nothing when all follows already.
func (s *Enti) Settle(ctx context.Context) error {
	roots, err := s.school.Organisations.Select(ctx, lms.Query{Index: "unsettled"})
	if err != nil || len(roots) == 0 {
		return err
	}
	slices.SortStableFunc(roots, func(a, b lms.Organisation) int { return len(a.Within) - len(b.Within) })
	all, failed := tree{}, []error(nil)
	for _, o := range roots {
		if _, done := all[o.ID]; done {
			continue
		}
		part, err := s.below(ctx, o.ID)
		if err == nil {
			err = s.carry(ctx, o.ID, part)
		}
		if err != nil {
			failed = append(failed, err)
			continue
		}
		maps.Copy(all, part)
	}
	if err := s.school.Library.Relocate(ctx, all.place); err != nil {
		return err
	}
	for _, o := range roots {
		if _, done := all[o.ID]; done && s.now().Sub(o.Unsettled) >= settling {
			_, err := s.school.Organisations.Amend(ctx, o.ID, func(now *lms.Organisation) error {
				if now.Unsettled.Equal(o.Unsettled) {
					now.Unsettled = time.Time{}
				}
				return nil
			})
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// carry lets what keeps the places of a part of the tree follow, but for courses.
func (s *Enti) carry(ctx context.Context, id lms.OrganisationID, t tree) error {
	if err := s.carryPeople(ctx, id, t); err != nil {
		return err
	}
	if err := s.school.Learning.Relocate(ctx, id, t.place); err != nil {
		return err
	}
	for _, follow := range s.follow {
		if err := follow(ctx, id, t.place); err != nil {
			return err
		}
	}
	return s.carryProposals(ctx, id, t)
}

// carryProposals lets proposals follow; those for an ente that was taken over are for the other.
func (s *Enti) carryProposals(ctx context.Context, id lms.OrganisationID, t tree) error {
	for p, err := range s.proposals.List(ctx, lms.Query{Index: "within", Prefix: string(id) + "/"}) {
		if err != nil {
			return err
		}
		o, ok := t[p.Organisation]
		if ok && o.Into != "" {
			if o, err = s.school.Organisations.Find(ctx, o.Into); err != nil {
				return err
			}
		}
		if !ok || p.Organisation == o.ID && slices.Equal(p.Within, o.Within) {
			continue
		}
		_, err := s.proposals.Change(ctx, p.ID, func(p *Proposal) error { p.Organisation, p.Within = o.ID, o.Within; return nil })
		if err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
	}
	return nil
}

// tree is a part of the tree of organisations.
type tree map[lms.OrganisationID]lms.Organisation

// place is an organisation with all above it; nil for one of elsewhere.
func (t tree) place(id lms.OrganisationID) []lms.OrganisationID { return t[id].Within }

// below sets the places of what lies below an organisation by their parents', from the top down, and gives all of them with it. A cycle is refused.
func (s *Enti) below(ctx context.Context, id lms.OrganisationID) (tree, error) {
	all, err := s.school.Organisations.Select(ctx, lms.Query{Index: "within", Prefix: string(id) + "/"})
	if err != nil {
		return nil, err
	}
	out, children := tree{}, map[lms.OrganisationID][]lms.OrganisationID{}
	for _, o := range all {
		out[o.ID] = o
		if o.ID != id {
			children[o.Parent()] = append(children[o.Parent()], o.ID)
		}
	}
	reached := map[lms.OrganisationID]bool{}
	for next := []lms.OrganisationID{id}; len(next) > 0; next = next[1:] {
		p := out[next[0]]
		reached[p.ID] = true
		for _, child := range children[p.ID] {
			if reached[child] {
				return nil, circular(child)
			}
			if !slices.Equal(out[child].Within[:len(out[child].Within)-1], p.Within) {
				if out[child], err = s.put(ctx, child, p.Within); err != nil {
					return nil, err
				}
			}
			next = append(next, child)
		}
	}
	return out, out.rid(reached)
}

// rid takes away what was not reached from the top: it lies elsewhere by now, and follows what it lies below. In a cycle it would lie nowhere.
func (t tree) rid(reached map[lms.OrganisationID]bool) error {
	for id := range t {
		steps := 0
		for up := id; !reached[up]; up = t[up].Parent() {
			if _, there := t[up]; !there {
				break
			}
			if steps++; steps > len(t) {
				return circular(id)
			}
		}
	}
	maps.DeleteFunc(t, func(id lms.OrganisationID, _ lms.Organisation) bool { return !reached[id] })
	return nil
}

func circular(id lms.OrganisationID) error {
	return &lms.Error{Kind: lms.Conflict, Message: "error.organisation.cycle", Err: fmt.Errorf("%s lies below itself", id)}
}

// put places an organisation below a path.
func (s *Enti) put(ctx context.Context, id lms.OrganisationID, above []lms.OrganisationID) (lms.Organisation, error) {
	within := append(slices.Clone(above), id)
	return s.school.Organisations.Amend(ctx, id, func(o *lms.Organisation) error { o.Within = within; return nil })
}

// carryPeople lets memberships follow.
func (s *Enti) carryPeople(ctx context.Context, id lms.OrganisationID, t tree) error {
	into := tree{}
	for _, o := range t {
		if o.Into != "" {
			to, err := s.school.Organisations.Find(ctx, o.Into)
			if err != nil {
				return err
			}
			into[o.Into] = to
		}
	}
	now := s.now()
	for p, err := range s.school.People.Within(ctx, id) {
		if err == nil && t.stale(p) {
			_, err = s.school.People.Amend(ctx, p.ID, func(p *lms.Person) error { t.follow(p, into, now); return nil })
		}
		if err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
	}
	return nil
}

// stale says whether a person's memberships are still as before.
func (t tree) stale(p lms.Person) bool {
	return slices.ContainsFunc(p.Memberships, func(m lms.Membership) bool {
		o, ok := t[m.Organisation]
		return ok && (!slices.Equal(m.Within, o.Within) || m.To.IsZero() && (m.Name != o.Name || o.Into != ""))
	})
}

// follow sets name and place of the memberships in a part of the tree. Those that lasted in an ente that was taken over end, and go on in the other.
func (t tree) follow(p *lms.Person, into tree, now time.Time) {
	for i := range p.Memberships {
		m := &p.Memberships[i]
		o, ok := t[m.Organisation]
		if !ok {
			continue
		}
		m.Within = o.Within
		if !m.To.IsZero() {
			continue
		}
		if o.Into == "" {
			m.Name = o.Name
			continue
		}
		next, to := *m, into[o.Into]
		m.To = now
		next.Organisation, next.Within, next.Name, next.From = to.ID, to.Within, to.Name, now
		if !slices.ContainsFunc(p.Memberships, func(h lms.Membership) bool {
			return h.At(now) && h.Organisation == to.ID && h.Role == next.Role && h.Office == next.Office
		}) {
			p.Memberships = append(p.Memberships, next)
		}
	}
}
