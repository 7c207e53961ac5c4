package lint

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"aulacomune/course"
)

// functionWords are small words by which a language is told from the others. They are made once and only read.
var functionWords = sync.OnceValue(func() map[string][]string {
	return map[string][]string{
		"en": strings.Fields("the of and to is are was were with for from that this these those your you have has not by we they which what when how will should be or an our their it in on at as"),
		"fr": strings.Fields("les des est une dans avec pour sur nous vous aux du et pas cette sont être leur leurs qui que ne au"),
		"de": strings.Fields("der die das und ist nicht mit für von eine einer auf zu den dem ein sind werden sie wir im"),
		"sl": strings.Fields("je ki za pa tudi kot kaj jih še že smo ter lahko iz ko če zelo bi bil bila niso ali vse danes kje kako ni od brez svoj"),
		"it": strings.Fields("il che della per con sono non gli alla nel dei una è anche più di delle questo questa si le lo un del e ma come"),
	}
})

// languageOf says of a small word which languages it belongs to, a bit for each.
var languageOf = sync.OnceValue(func() map[string]uint8 {
	bits := map[string]uint8{}
	for i, lang := range languages() {
		for _, w := range functionWords()[lang] {
			bits[w] |= 1 << i
		}
	}
	return bits
})

// languages are those that can be told apart, in the order of their bits.
func languages() []string { return []string{"en", "fr", "de", "it", "sl"} }

// bitsOf is which languages a word belongs to.
func bitsOf(w []byte) uint8 {
	const longest = 6
	if len(w) > longest {
		return 0
	}
	if w[0] >= 'a' {
		return languageOf()[string(w)]
	}
	return languageOf()[string(bytes.ToLower(w))]
}

// strangers are the small words of other languages that one language does not have, and by length and first letter where to look for them.
type strangers struct {
	words map[string]uint8
	first [8]uint32 // by length: the first letters, a bit for each
}

// strange is made once for each language and only read.
var strange = sync.OnceValue(func() map[string]*strangers {
	all := map[string]*strangers{}
	for i, lang := range languages() {
		s := &strangers{words: map[string]uint8{}}
		for w, bits := range languageOf() {
			if bits&(1<<i) == 0 {
				s.words[w] = bits
				s.first[len(w)] |= 1 << (w[0] & 31)
			}
		}
		all[lang] = s
	}
	return all
})

// may says that a word could be one of them: most are told by their first letter and length.
func (s *strangers) may(first byte, length int32) bool {
	return length < int32(len(s.first)) && s.first[length]&(1<<(first&31)) != 0
}

// bits is which other languages a word belongs to.
func (s *strangers) bits(w []byte) uint8 {
	if w[0] >= 'a' {
		return s.words[string(w)]
	}
	return s.words[string(bytes.ToLower(w))]
}

// baseLanguage is the language of a tag without its region.
func baseLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	return base
}

// window is how near to one another the small words of a phrase stand, and fewest how many different ones make one.
const (
	window = 8 // words
	fewest = 3
)

// hit is a small word of another language in a text.
type hit struct {
	index, from, to int // which word it is, and where
	lang            int
}

// otherLanguage finds a phrase of another language: three different small words of its own within eight words. Single
// words and names don't count: many have become the text's own.
func otherLanguage(text []byte, words []span, lang string) (other string, from, to int) {
	s := strange()[lang]
	if s == nil {
		return "", 0, 0
	}
	var memory [16]hit
	hits := memory[:0]
	for index, w := range words {
		if !s.may(text[w.from], w.to-w.from) {
			continue
		}
		bits := s.bits(text[w.from:w.to])
		if bits == 0 {
			continue
		}
		for l := range languages() {
			if bits&(1<<l) == 0 {
				continue
			}
			hits = append(hits, hit{index, int(w.from), int(w.to), l})
			if first := phrase(text, hits); first >= 0 {
				return languages()[l], hits[first].from, phraseEnd(text, int(w.to), slices.Index(languages(), lang))
			}
		}
	}
	return "", 0, 0
}

// phrase is the first of the hits that make a phrase with the last one; -1 when there are too few near it.
func phrase(text []byte, hits []hit) int {
	last := hits[len(hits)-1]
	if len(hits) < fewest || last.index-hits[len(hits)-fewest].index >= window {
		return -1
	}
	first, words := -1, make([]string, 0, fewest)
	for i := len(hits) - 1; i >= 0 && last.index-hits[i].index < window; i-- {
		h := hits[i]
		w := strings.ToLower(string(text[h.from:h.to]))
		if h.lang != last.lang || slices.Contains(words, w) {
			continue
		}
		words, first = append(words, w), i
	}
	if len(words) < fewest {
		return -1
	}
	return first
}

// phraseEnd goes on from the last small word to where the phrase may end: a mark, or a small word of the text's own language.
func phraseEnd(text []byte, end, own int) int {
	for {
		start, next := word(text, end)
		if start == len(text) || len(bytes.TrimSpace(text[end:start])) > 0 || bitsOf(text[start:next])&(1<<own) != 0 {
			return end
		}
		end = next
	}
}

// spoken is the language that captions are in, by their small words; empty when it can't be told.
func spoken(cues []course.Cue) string {
	const fewest, sample = 10, 40
	counts := make([]int, len(languages()))
	for _, cue := range cues[:min(len(cues), sample)] {
		text := []byte(cue.Text)
		for start, end := word(text, 0); start < len(text); start, end = word(text, end) {
			bits := bitsOf(text[start:end])
			for l := range counts {
				if bits&(1<<l) != 0 {
					counts[l]++
				}
			}
		}
	}
	best := slices.Index(counts, slices.Max(counts))
	most := counts[best]
	slices.Sort(counts)
	if most < fewest || most < 3*counts[len(counts)-2] {
		return ""
	}
	return languages()[best]
}
