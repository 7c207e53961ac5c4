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
// a name of one word, which many may have, joins rows at other times only.
func participants(rows []Row) []participant {
	var out []participant
	byEmail := map[string]int{}
	byName := map[string][]int{} // those with an address
	keys := make([]string, len(rows))
	for i, r := range rows {
		keys[i] = nameKey(r)
		if len(r.Emails) == 0 {
			continue
		}
		at := -1
		for _, e := range r.Emails {
			if p, ok := byEmail[canonical(e)]; ok {
				at = p
				break
			}
		}
		if at < 0 {
			at = len(out)
			out = append(out, participant{})
		}
		for _, e := range r.Emails {
			if c := canonical(e); c != "" {
				if _, ok := byEmail[c]; !ok {
					byEmail[c] = at
				}
			}
		}
		out[at].take(i, r)
		if l := byName[keys[i]]; !slices.Contains(l, at) {
			byName[keys[i]] = append(l, at)
		}
	}
	nameless := map[string][]int{}
	for i, r := range rows {
		if len(r.Emails) > 0 {
			continue
		}
		if l := byName[keys[i]]; len(l) == 1 && strings.Contains(keys[i], " ") {
			out[l[0]].take(i, r)
			continue
		}
		at := -1
		for _, p := range nameless[keys[i]] {
			if strings.Contains(keys[i], " ") || !slices.ContainsFunc(out[p].spans, r.Span.Meets) {
				at = p
				break
			}
		}
		if at < 0 {
			at = len(out)
			out = append(out, participant{})
			nameless[keys[i]] = append(nameless[keys[i]], at)
		}
		out[at].take(i, r)
	}
	for i := range out {
		slices.Sort(out[i].rows)
	}
	slices.SortFunc(out, func(a, b participant) int { return a.rows[0] - b.rows[0] })
	return out
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
