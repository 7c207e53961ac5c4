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
	given, family []word // with particles joined
}

// index finds candidates.
type index struct {
	all     []Candidate
	entries []entry
	emails  map[string][]int32
	names   map[string][]int32 // by the words of a name in any order
	wholes  map[string][]int32 // by its letters without spaces and umlauts, in both orders
	words   map[string]word    // the numbers of the words
	spelt   []string           // the words by their numbers
	having  [][]int32          // by one word
	places  map[string][]string
}

// mostOf is how many candidates with one word in common are looked at: those who registered come first.
const mostOf = 1000

// newIndex prepares candidates. Their order does not matter.
func newIndex(candidates []Candidate) *index {
	n := len(candidates)
	x := &index{
		all: slices.Clone(candidates), entries: make([]entry, n), emails: make(map[string][]int32, n), names: make(map[string][]int32, n),
		wholes: make(map[string][]int32, 2*n), words: make(map[string]word, n/4), places: map[string][]string{},
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
	given, family := joined(tokens(c.Given)), joined(tokens(c.Family))
	x.entries[i] = entry{x.number(given, i), x.number(family, i)}
	for _, a := range c.Emails {
		if a = canonical(address(a)); a != "" {
			add(x.emails, a, i)
		}
	}
	g, f := plain(strings.Join(given, "")), plain(strings.Join(family, ""))
	add(x.wholes, g+f, i)
	add(x.wholes, f+g, i)
	add(x.names, sortedKey(append(given, family...)), i)
	if _, ok := x.places[c.Ente]; !ok {
		x.places[c.Ente] = places(c.Ente)
	}
}

// number gives words their numbers, and notes who has them.
func (x *index) number(words []string, i int32) (out []word) {
	for _, w := range words {
		id, ok := x.words[w]
		if !ok {
			id = word(len(x.spelt))
			x.words[w] = id
			x.spelt, x.having = append(x.spelt, w), append(x.having, nil)
		}
		if l := x.having[id]; len(l) == 0 || l[len(l)-1] != i {
			x.having[id] = append(l, i)
		}
		out = append(out, id)
	}
	return out
}

// joint is words written together.
func (x *index) joint(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(x.spelt[w])
	}
	return b.String()
}

// ask prepares a displayed name.
func (x *index) ask(c called) *asked {
	a := &asked{called: c, ids: make([]word, len(c.words)), left: make([]int, 0, len(c.words))}
	for i, w := range c.words {
		a.ids[i] = unknown
		if id, ok := x.words[w]; ok {
			a.ids[i] = id
		}
	}
	return a
}

// add puts a candidate under a key, once.
func add(m map[string][]int32, key string, i int32) {
	if l := m[key]; key != "" && (len(l) == 0 || l[len(l)-1] != i) {
		m[key] = append(l, i)
	}
}

// sortedKey is the same for names whose words stand in another order.
func sortedKey(words []string) string {
	if len(words) == 2 {
		return min(words[0], words[1]) + " " + max(words[0], words[1])
	}
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	return strings.Join(sorted, " ")
}

// near are the candidates with whom a name can be compared: of those that have one of its words, or the name for which one is short, the rarest
// word first, no more than mostOf; of a name of one word no more than are listed.
func (x *index) near(a *asked) []int32 {
	var lists [][]int32
	for _, w := range a.words {
		for _, w := range append([]string{w}, diminutives()[w]...) {
			if id, ok := x.words[w]; ok && len(w) > 1 {
				lists = append(lists, x.having[id])
			}
		}
	}
	slices.SortStableFunc(lists, func(a, b []int32) int { return len(a) - len(b) })
	var out []int32
	seen, most := 0, mostOf
	for _, l := range lists {
		for _, i := range l {
			if seen++; seen > mostOf || len(out) >= most {
				return out
			}
			r := x.compared(a, x.entries[i])
			if r == "" {
				continue
			}
			if out = append(out, i); r == GivenOnly || r == FamilyOnly || r == OfDevice {
				most = 2 * mostOthers
			}
		}
	}
	return out
}
