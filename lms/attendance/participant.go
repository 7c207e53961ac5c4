package attendance

import (
	"slices"
	"strings"

	"aulacomune/lms"
)

// participant is rows that are one: the same address, or the same name without one.
type participant struct {
	rows   []int
	emails []string // canonical
	names  []called // each once
	places []string // of an ente that a column names
	spans  []Span
}

// participants merges the rows of a report. Rows with an address in common are one participant. Rows without one join whoever alone has their name;
// a name of one word, which many may have, joins rows at other times only, and a row without any name joins nobody.
func participants(rows []Row) []participant {
	g := merging{rows: rows, keys: make([]string, len(rows)), byEmail: map[string]int{}, byName: map[string][]int{}}
	for i, r := range rows {
		if g.keys[i] = nameKey(r); len(r.Emails) > 0 {
			g.put(g.addressed(r), i)
			if l := g.byName[g.keys[i]]; !slices.Contains(l, g.last) {
				g.byName[g.keys[i]] = append(l, g.last)
			}
		}
	}
	nameless := map[string][]int{}
	for i, r := range rows {
		if len(r.Emails) > 0 {
			continue
		}
		key := g.keys[i]
		if l := g.byName[key]; len(l) == 1 && strings.Contains(key, " ") {
			g.put(l[0], i)
			continue
		}
		at := g.free(nameless[key], i)
		if g.put(at, i); at < 0 {
			nameless[key] = append(nameless[key], g.last)
		}
	}
	for i := range g.out {
		slices.Sort(g.out[i].rows)
	}
	slices.SortFunc(g.out, func(a, b participant) int { return a.rows[0] - b.rows[0] })
	return g.out
}

// merging is participants as they are found.
type merging struct {
	rows    []Row
	keys    []string
	out     []participant
	last    int              // the one that took the last row
	byEmail map[string]int   // canonical
	byName  map[string][]int // those with an address
}

// put adds a row to a participant, to a new one where it is -1.
func (g *merging) put(at, row int) {
	if at < 0 {
		at = len(g.out)
		g.out = append(g.out, participant{})
	}
	g.last = at
	g.out[at].take(row, g.rows[row])
	for _, e := range g.rows[row].Emails {
		if c := canonical(e); c != "" {
			if _, there := g.byEmail[c]; !there {
				g.byEmail[c] = at
			}
		}
	}
}

// addressed is who has one of a row's addresses, or -1.
func (g *merging) addressed(r Row) int {
	for _, e := range r.Emails {
		if at, ok := g.byEmail[canonical(e)]; ok {
			return at
		}
	}
	return -1
}

// mostAlike is how many participants with the same name of one word a row is held against.
const mostAlike = 50

// free is who of those with a row's name may be the same, or -1.
func (g *merging) free(of []int, row int) int {
	key := g.keys[row]
	if key == "|" {
		return -1
	}
	for _, at := range of[max(0, len(of)-mostAlike):] {
		if strings.Contains(key, " ") || !slices.ContainsFunc(g.out[at].spans, g.rows[row].Span.Meets) {
			return at
		}
	}
	return -1
}

// nameKey is by what rows without an address are the same: the words of the name, and the ente beside it.
func nameKey(r Row) string {
	c := readName(shownName(r))
	key := c.key()
	if key == "" {
		return "|" + lms.Fold(r.Name)
	}
	for _, n := range append(c.notes, r.Ente) {
		if p := places(n); len(p) > 0 {
			key += "|" + strings.Join(p, ",")
		}
	}
	return key
}

// shownName is what a row calls somebody.
func shownName(r Row) string {
	if r.Name == "" {
		return words(r.Given + " " + r.Family)
	}
	return r.Name
}

// take adds a row.
func (p *participant) take(i int, r Row) {
	p.rows = append(p.rows, i)
	for _, e := range r.Emails {
		if c := canonical(e); c != "" && !slices.Contains(p.emails, c) {
			p.emails = append(p.emails, c)
		}
	}
	if !r.Span.Empty() {
		p.spans = append(p.spans, r.Span)
	}
	if p.places == nil && r.Ente != "" {
		p.places = places(r.Ente)
	}
	for _, name := range []string{shownName(r), r.Also} {
		if name == "" || len(p.names) > 8 {
			continue
		}
		c := readName(name)
		if len(c.tokens) > 0 && !slices.ContainsFunc(p.names, func(o called) bool {
			return o.key() == c.key() && o.device == c.device && slices.Equal(o.notes, c.notes)
		}) {
			p.names = append(p.names, c)
		}
	}
}
