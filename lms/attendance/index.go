package attendance

import (
	"cmp"
	"slices"
	"strings"
)

// Candidate is somebody who may have been in a meeting.
type Candidate struct {
	ID         string // of the caller: a person, or a guest's registration; each once
	Guest      bool   // without an account
	Given      string
	Family     string
	Emails     []string
	Ente       string // its name
	Registered bool   // for this meeting; the others are those of whom one may think besides
}

// entry is a candidate as it is compared.
type entry struct {
	given, family []string // words, with particles joined
}

// index finds candidates.
type index struct {
	all     []Candidate
	entries []entry
	emails  map[string][]int32
	names   map[string][]int32 // by the words of a name in any order
	wholes  map[string][]int32 // by its letters without spaces and umlauts, in both orders
	words   map[string][]int32 // by one word
	places  map[string][]string
}

// mostOf is how many candidates with one word in common are looked at: those who registered come first.
const mostOf = 1000

// newIndex prepares candidates. Their order does not matter.
func newIndex(candidates []Candidate) *index {
	n := len(candidates)
	x := &index{
		all: slices.Clone(candidates), entries: make([]entry, n), emails: make(map[string][]int32, n), names: make(map[string][]int32, n),
		wholes: make(map[string][]int32, 2*n), words: make(map[string][]int32, n/4), places: map[string][]string{},
	}
	slices.SortFunc(x.all, func(a, b Candidate) int {
		if a.Registered != b.Registered {
			return map[bool]int{true: -1, false: 1}[a.Registered]
		}
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Family, b.Family), cmp.Compare(a.Given, b.Given))
	})
	for i := range x.all {
		x.add(int32(i), &x.all[i])
	}
	return x
}

func (x *index) add(i int32, c *Candidate) {
	given, _ := tokens(c.Given)
	family, _ := tokens(c.Family)
	e := entry{joined(given), joined(family)}
	x.entries[i] = e
	for _, a := range c.Emails {
		if a = canonical(address(a)); a != "" {
			add(x.emails, a, i)
		}
	}
	add(x.names, sortedKey(e.given, e.family), i)
	g, f := plain(strings.Join(e.given, "")), plain(strings.Join(e.family, ""))
	add(x.wholes, g+f, i)
	add(x.wholes, f+g, i)
	for _, w := range e.given {
		add(x.words, w, i)
	}
	for _, w := range e.family {
		add(x.words, w, i)
	}
	if _, ok := x.places[c.Ente]; !ok {
		x.places[c.Ente] = places(c.Ente)
	}
}

// add puts a candidate under a key, once.
func add(m map[string][]int32, key string, i int32) {
	if l := m[key]; key != "" && (len(l) == 0 || l[len(l)-1] != i) {
		m[key] = append(l, i)
	}
}

func sortedKey(given, family []string) string {
	all := append(slices.Clone(given), family...)
	slices.Sort(all)
	return strings.Join(all, " ")
}

// canonical is an address without what people add before the "@" to sort their mail, and without what Gmail ignores.
func canonical(a string) string {
	local, domain, ok := strings.Cut(a, "@")
	if !ok {
		return ""
	}
	if before, _, plus := strings.Cut(local, "+"); plus && before != "" {
		local = before
	}
	if domain == "googlemail.com" {
		domain = "gmail.com"
	}
	if domain == "gmail.com" {
		local = strings.ReplaceAll(local, ".", "")
	}
	return local + "@" + domain
}

// near are the candidates with whom a name could be compared: those that have one of its words, or the name for which one is
// short, the rarest word first, no more than mostOf.
func (x *index) near(words []string) []int32 {
	var lists [][]int32
	for _, w := range words {
		for _, w := range append([]string{w}, diminutives()[w]...) {
			if l := x.words[w]; len(w) > 1 && len(l) > 0 {
				lists = append(lists, l)
			}
		}
	}
	slices.SortStableFunc(lists, func(a, b []int32) int { return len(a) - len(b) })
	var out []int32
	for _, l := range lists {
		out = append(out, l[:min(len(l), mostOf-len(out))]...)
	}
	if len(lists) > 1 {
		slices.Sort(out)
		out = slices.Compact(out)
	}
	return out
}
