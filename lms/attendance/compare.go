package attendance

import (
	"slices"
	"strings"
)

// word is the number of a word in an index; words that no candidate has are unknown.
type word int32

const unknown word = -1

// asked is a displayed name as it is compared: its words, and their numbers.
type asked struct {
	called
	ids  []word
	left []int // room for the words that a candidate does not have
}

// compared is how a displayed name stands to that of a candidate: the reason, "" where they are different. The words left over are in a.left.
func (x *index) compared(a *asked, e entry) Reason {
	given, family := held(a.ids, e.given), held(a.ids, e.family)
	a.left = a.left[:0]
	for i, w := range a.ids {
		if w == unknown || !slices.Contains(e.given, w) && !slices.Contains(e.family, w) {
			a.left = append(a.left, i)
		}
	}
	all := given == len(e.given) && family == len(e.family)
	switch {
	case a.device:
		if given > 0 || family > 0 || x.byGiven(a, e.given) == Familiar {
			return OfDevice
		}
		return ""
	case given > 0 && family > 0 && len(a.left) == 0 && all:
		return SameName
	case given > 0 && family > 0 && (len(a.left) == 0 || all):
		return PartOfName
	case given > 0 && family > 0:
		return NearName // each has a word that the other has not
	case family == len(e.family) && family > 0 && len(e.given) > 0:
		return x.byGiven(a, e.given)
	case given > 0 && len(e.family) > 0:
		return x.byFamily(a, e.family)
	case given > 0 || family > 0:
		return ""
	}
	return x.loosely(a.tokens, e)
}

// held counts the words of a candidate's name that are in a displayed one.
func held(words, of []word) (n int) {
	for _, w := range of {
		if slices.Contains(words, w) {
			n++
		}
	}
	return n
}

// byGiven compares the words that stand beside a surname.
func (x *index) byGiven(a *asked, given []word) Reason {
	if len(a.left) == 0 {
		return FamilyOnly
	}
	for _, l := range a.left {
		w := a.words[l]
		for i, id := range given {
			g := x.spelt[id]
			switch {
			case len(w) == 1 && i == 0 && strings.HasPrefix(g, w):
				return Initials
			case diminutive(w, g):
				return Familiar
			case nearly(w, g):
				return NearName
			}
		}
	}
	return ""
}

// byFamily compares the words that stand beside a given name.
func (x *index) byFamily(a *asked, family []word) Reason {
	if len(a.left) == 0 {
		return GivenOnly
	}
	for _, l := range a.left {
		w := a.words[l]
		for i, id := range family {
			f := x.spelt[id]
			switch {
			case len(w) == 1 && i == 0 && strings.HasPrefix(f, w):
				return Initials
			case nearly(w, f):
				return NearName
			}
		}
	}
	return ""
}

// loosely compares names that have no word in common: "d amico m" for Maria D'Amico.
func (x *index) loosely(tokens []string, e entry) Reason {
	if len(tokens) < 2 || len(e.given) == 0 || len(e.family) == 0 {
		return ""
	}
	for i, w := range tokens {
		if len(w) != 1 || !strings.HasPrefix(x.spelt[e.given[0]], w) {
			continue
		}
		if rest := append(slices.Clone(tokens[:i]), tokens[i+1:]...); strings.Join(rest, "") == x.joint(e.family) {
			return Initials
		}
	}
	return ""
}

// nearly says whether two words differ in one letter: another one, one more, one less, or two that changed places. Short words must be the same.
func nearly(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 4 || len(b)-len(a) > 1 || len(b) > 40 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	case i == len(a):
		return true
	case a[i+1:] == b[i+1:]:
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
