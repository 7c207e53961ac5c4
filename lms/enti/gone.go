package enti

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"aulacomune/lms"
)

// mostGone is the share of a region's enti, in percent, that may cease without a successor at once: more, and the file is not whole. A few always may.
const (
	mostGone  = 10
	alwaysFew = 5
)

// gone deals with the organisations below the root that open data had and have no more. What another took over ceases; of the others nobody says what
// became of them, and they cease only where the order says so.
func (c *comparison) gone(r Region) {
	mergers := c.mergers(r)
	total, known, held := 0, 0, 0
	for _, o := range c.ours {
		if !o.Ceased.IsZero() || !c.covered(o, r) {
			continue
		}
		total++
		comune := rank(o.Kind) == 3
		_, taken := mergers[o.Codes.ISTAT]
		if comune {
			known++
			if c.match[o.ID] || taken {
				held++
			}
		}
		if c.match[o.ID] {
			continue
		}
		step := &Step{Before: o, After: o, Above: o.Parent(), What: []What{Gone}}
		step.After.Ceased = c.order.Now
		if m := mergers[o.Codes.ISTAT]; taken && comune {
			step.What, step.After.Into, step.Above = []What{Merged}, c.id["comune/"+m.Into], c.id["comune/"+m.Into]
			if !m.On.IsZero() {
				step.After.Ceased = m.On
			}
			c.takes(step.Above, o.ID)
			c.steps[o.ID] = step
			continue
		}
		c.hint(o)
		c.Absent = append(c.Absent, *step)
	}
	c.doubt(total, known, held)
	if c.order.Cease {
		for _, s := range c.Absent {
			c.steps[s.After.ID] = &s
		}
		c.Absent = nil
	}
}

// doubt says whether the files can be of these enti at all: of the enti that they should have, total, they lack those that would cease; of the comuni,
// known, they hold some. Nothing ceases by files that are in doubt; what else they say may be carried out.
func (c *comparison) doubt(total, known, held int) {
	missing := len(c.Absent)
	if missing == 0 {
		c.elsewhere(known)
		return
	}
	severity := Warning
	if c.order.Cease {
		severity = Error
	}
	switch {
	case known > 0 && held == 0:
		c.found.add(severity, place{}, "ceased.none", strconv.Itoa(known))
	case held*2 < known:
		c.found.add(severity, place{}, "ceased.few", strconv.Itoa(held), strconv.Itoa(known))
	case missing > alwaysFew && missing*100 > total*mostGone:
		c.found.add(severity, place{}, "ceased.many", strconv.Itoa(missing), strconv.Itoa(total))
	default:
		return
	}
	c.Doubt = true
}

// elsewhere warns when there are comuni, and all of them are of other regions: the files may be those of a region that is new here, or not be meant.
func (c *comparison) elsewhere(known int) {
	n := 0
	for _, o := range c.ours {
		if o.Kind == lms.KindComune && o.Ceased.IsZero() && !c.match[o.ID] {
			n++
		}
		if o.Kind == lms.KindComune && c.match[o.ID] {
			return
		}
	}
	if known == 0 && n > 0 {
		c.found.add(Warning, place{}, "region.other", strconv.Itoa(n), c.Region)
	}
}

// covered says whether the files would have an organisation if it were there. The root may hold several regions: what lies in a province that ISTAT has
// in another one is not meant.
func (c *comparison) covered(o lms.Organisation, r Region) bool {
	switch rank(o.Kind) {
	case 3:
		return len(o.Codes.ISTAT) == 6 && !r.Elsewhere[o.Codes.ISTAT[:3]]
	case 2:
		kind := CategoryUnion
		if o.Kind == lms.KindMountain {
			kind = CategoryMountain
		}
		above := c.all[o.Parent()]
		return o.Codes.IPA != "" && r.IPA && r.Rows[kind] > 0 && !r.Elsewhere[above.Codes.ISTAT]
	case 1:
		return o.Kind != lms.KindRegion && o.Codes.ISTAT != "" && !r.Elsewhere[o.Codes.ISTAT]
	}
	return false
}

// takes notes that an organisation took another over.
func (c *comparison) takes(into, from lms.OrganisationID) {
	s := c.steps[into]
	if s == nil {
		o := c.all[into]
		s = &Step{Before: o, After: o, Above: o.Parent(), What: []What{Completed}}
		c.steps[into] = s
	}
	s.Source = append(s.Source, from)
}

// mergers gives for every comune that ceased the one that has its territory now.
func (c *comparison) mergers(r Region) map[string]Merger {
	first := map[string]Merger{}
	divided := map[string]bool{}
	for _, m := range r.Mergers {
		if old, there := first[m.Old]; there && old.Into != m.Into {
			divided[m.Old] = true
		}
		first[m.Old] = m
	}
	out := map[string]Merger{}
	for _, m := range r.Mergers {
		id, known := c.by["istat/"+m.Old]
		if first[m.Old].Old == "" {
			continue // it was said
		}
		if _, done := out[m.Old]; done || !known || !c.all[id].Ceased.IsZero() {
			continue // of old times, or done
		}
		at, name := place{Ceased, m.Line}, c.all[id].Name
		last, ok := c.last(m, first)
		switch {
		case c.match[id]:
			if _, alive := c.id["comune/"+m.Old]; alive {
				c.found.add(Warning, at, "ceased.alive", name)
			}
		case divided[m.Old]:
			c.found.add(Warning, at, "ceased.divided", name)
			first[m.Old], divided[m.Old] = Merger{}, false
		case !ok:
			c.found.add(Warning, at, "ceased.cycle", name)
		case c.id["comune/"+last.Into] == "":
			c.found.add(Warning, at, "ceased.unknown", name, strings.TrimSpace(last.IntoName+" "+last.Into))
		default:
			last.On = m.On
			out[m.Old] = last
		}
	}
	return out
}

// last follows a merger to the comune that is still there: what took it over may have been taken over since.
func (c *comparison) last(m Merger, all map[string]Merger) (Merger, bool) {
	for seen := map[string]bool{}; c.id["comune/"+m.Into] == ""; {
		next, ok := all[m.Into]
		if !ok {
			return m, true
		}
		if seen[m.Into] {
			return m, false
		}
		seen[m.Into] = true
		m = next
	}
	return m, true
}

// hint points at a new comune in whose name the one that is gone lives on.
func (c *comparison) hint(o lms.Organisation) {
	if o.Kind != lms.KindComune {
		return
	}
	name := strings.Fields(lms.Fold(strings.TrimPrefix(lms.Fold(o.Name), "comune di ")))
	for _, id := range slices.Sorted(maps.Values(c.id)) {
		s := c.steps[id]
		if s == nil || !s.Is(New) || s.After.Kind != lms.KindComune {
			continue
		}
		in := strings.Fields(lms.Fold(s.After.Name))
		if len(name) > 0 && containsAll(in, name) {
			c.found.add(Note, place{}, "ceased.hint", o.Name, s.After.Name)
			return
		}
	}
}

func containsAll(in, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(in, w) })
}
