package enti

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"aulacomune/lms"
)

// comparison is a plan in the making.
type comparison struct {
	Plan
	found findings
	order Order
	taken map[lms.OrganisationID]bool             // ids, and those that the plan gives
	all   map[lms.OrganisationID]lms.Organisation // there are
	ours  []lms.Organisation                      // those below the root
	by    map[string]lms.OrganisationID           // code or name → organisation
	match map[lms.OrganisationID]bool             // organisations that the files have
	id    map[string]lms.OrganisationID           // wanted → organisation
	steps map[lms.OrganisationID]*Step
	kept  int // comuni that stay where people put them
}

// Compare holds what the files say of a region against the organisations there are: all of them, in any order.
func Compare(current []lms.Organisation, r Region, o Order) (Plan, error) {
	ours := slices.DeleteFunc(slices.Clone(current), func(org lms.Organisation) bool { return !slices.Contains(org.Within, o.Under) })
	j := join(r, ours)
	c := &comparison{
		Plan: Plan{Region: r.Name, Coverage: j.coverage}, found: j.findings, order: o, taken: map[lms.OrganisationID]bool{}, all: map[lms.OrganisationID]lms.Organisation{},
		by: map[string]lms.OrganisationID{}, match: map[lms.OrganisationID]bool{}, id: map[string]lms.OrganisationID{}, steps: map[lms.OrganisationID]*Step{},
	}
	for _, org := range current {
		c.all[org.ID], c.taken[org.ID] = org, true
	}
	root, ok := c.all[o.Under]
	if !ok {
		return c.Plan, lms.Wrong("under", "error.organisation.unknown")
	}
	if rank(root.Kind) > 0 || !root.Ceased.IsZero() {
		return c.Plan, lms.Wrong("under", "error.enti.under")
	}
	c.Under = root
	c.index(current)
	for _, org := range ours {
		c.id["there/"+string(org.ID)] = org.ID
	}
	for _, w := range j.all {
		c.meet(w)
	}
	for _, w := range j.all {
		c.place(w)
	}
	c.gone(r)
	c.finish(j.all)
	return c.Plan, nil
}

// index lists the organisations below the root by their codes and, where they have none, by their names.
func (c *comparison) index(current []lms.Organisation) {
	c.ours = slices.DeleteFunc(slices.Clone(current), func(o lms.Organisation) bool {
		return o.ID == c.order.Under || !slices.Contains(o.Within, c.order.Under)
	})
	slices.SortFunc(c.ours, func(a, b lms.Organisation) int {
		return cmp.Or(a.Ceased.Compare(b.Ceased), cmp.Compare(a.ID, b.ID)) // the living first
	})
	for _, o := range c.ours {
		for _, k := range codeKeys(o.Kind, o.Codes) {
			if _, there := c.by[k]; !there {
				c.by[k] = o.ID
			}
		}
		if o.Codes == (lms.Codes{}) && o.Ceased.IsZero() && o.Kind != lms.KindOffice {
			c.by["name/"+lms.Fold(o.Name)] = o.ID
		}
	}
}

// codeKeys are by what an ente is recognised, the surest first: a comune keeps its cadastral code when it is renamed or changes its province, and
// its ISTAT code when it is renamed. The ISTAT codes of provinces and comuni are told apart by their length.
func codeKeys(kind lms.OrganisationKind, codes lms.Codes) []string {
	var out []string
	if codes.Cadastral != "" && rank(kind) == 3 {
		out = append(out, "cadastral/"+codes.Cadastral)
	}
	if codes.ISTAT != "" {
		out = append(out, "istat/"+codes.ISTAT)
	}
	if codes.IPA != "" {
		out = append(out, "ipa/"+codes.IPA)
	}
	return out
}

// meet recognises an ente among the organisations, or gives it an id.
func (c *comparison) meet(w wanted) {
	var first lms.OrganisationID
	for _, k := range codeKeys(w.kind, w.codes) {
		id, ok := c.by[k]
		if !ok || c.match[id] && id != first {
			continue
		}
		if first != "" && id != first && !c.all[first].Ceased.IsZero() == !c.all[id].Ceased.IsZero() {
			c.found.add(Warning, place{}, "match.codes", w.name, string(first), string(id))
		}
		first = cmp.Or(first, id)
		c.match[first] = true
	}
	if first == "" {
		if id, ok := c.by["name/"+lms.Fold(w.name)]; ok && !c.match[id] {
			c.found.add(Note, place{}, "match.name", c.all[id].Name)
			first = id
		}
	}
	if first == "" {
		for id := range w.ids {
			if !c.taken[id] {
				first = id
				break
			}
		}
		c.taken[first] = true
	}
	c.match[first], c.id[w.key] = true, first
}

// place says what is done to an ente.
func (c *comparison) place(w wanted) {
	id := c.id[w.key]
	above := c.order.Under
	if w.above != "" {
		above = c.id[w.above]
	}
	old, there := c.all[id]
	if !there {
		name := w.name
		after := lms.Organisation{ID: id, Name: name, Kind: w.kind, Codes: w.codes, Domains: w.domain, Place: placeOf(w)}
		c.steps[id] = &Step{What: []What{New}, After: after, Above: above}
		return
	}
	if old.Into != "" {
		c.found.add(Warning, place{}, "back.merged", old.Name, string(old.Into))
		return
	}
	step := &Step{Before: old, After: old, Above: old.Parent()}
	step.rename(w)
	step.complete(w)
	if !old.Ceased.IsZero() {
		step.After.Ceased = time.Time{}
		step.What = append(step.What, Back)
		c.found.add(Note, place{}, "back", old.Name)
	}
	switch {
	case old.Parent() == above:
	case !w.sure && c.byHand(old.Parent(), w.kind):
		c.kept++
	default:
		step.Above = above
		step.What = append(step.What, Moved)
	}
	if len(step.What) > 0 {
		c.steps[id] = step
	}
}

// placeOf is where a comune's certificates are issued.
func placeOf(w wanted) string {
	if w.kind == lms.KindComune {
		return w.short
	}
	return ""
}

// byHand says whether an ente lies where open data would not put it, and people may: a comune below a union, or below what has no kind.
func (c *comparison) byHand(parent lms.OrganisationID, kind lms.OrganisationKind) bool {
	p := c.all[parent]
	return parent != c.order.Under && parent != "" && p.Ceased.IsZero() && rank(p.Kind) < rank(kind) && (p.Kind == "" || rank(p.Kind) == 2)
}

// rename follows a new name. What people renamed here keeps its name until open data change theirs.
func (s *Step) rename(w wanted) {
	old := s.Before
	if lost(w.name) {
		s.After.Codes.Name = old.Codes.Name
		return
	}
	if w.name == old.Name || old.Codes.Name == w.name || old.Codes.Name == "" && lms.Fold(old.Name) == lms.Fold(w.name) {
		return
	}
	s.After.Name = w.name
	s.After.FormerNames = append(slices.Clone(old.FormerNames), old.Name)
	s.What = append(s.What, Renamed)
}

// complete sets kind, codes and domains. A code that a file does not have stays.
func (s *Step) complete(w wanted) {
	old, after := s.Before, &s.After
	after.Kind = w.kind
	if !lost(w.name) {
		after.Codes.Name = w.codes.Name
	}
	after.Codes.IPA, after.Codes.ISTAT = cmp.Or(w.codes.IPA, old.Codes.IPA), cmp.Or(w.codes.ISTAT, old.Codes.ISTAT)
	after.Codes.Cadastral, after.Codes.Tax = cmp.Or(w.codes.Cadastral, old.Codes.Cadastral), cmp.Or(w.codes.Tax, old.Codes.Tax)
	if w.codes.IPA != "" {
		after.Domains = w.domain
	}
	named := s.Is(Renamed)
	codes := after.Codes
	codes.Name = old.Codes.Name
	if after.Kind != old.Kind || codes != old.Codes || !named && after.Codes.Name != old.Codes.Name || !slices.Equal(after.Domains, old.Domains) {
		s.What = append(s.What, Completed)
	}
}

// finish puts the steps in order: what stands above comes first, and what ceases comes last.
func (c *comparison) finish(all []wanted) {
	if c.kept > 0 {
		c.found.add(Note, place{}, "match.kept", strconv.Itoa(c.kept))
	}
	for _, w := range all {
		id := c.id[w.key]
		if s := c.steps[id]; s != nil {
			c.Steps = append(c.Steps, *s)
			delete(c.steps, id)
			continue
		}
		c.Unchanged++
	}
	var last []Step
	for _, s := range c.steps {
		last = append(last, *s)
	}
	slices.SortFunc(last, func(a, b Step) int { return cmp.Compare(a.After.ID, b.After.ID) })
	c.Steps = append(c.Steps, last...)
	c.Findings = c.found
}
