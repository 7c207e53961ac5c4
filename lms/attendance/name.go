package attendance

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"aulacomune/lms"
	"golang.org/x/text/unicode/norm"
)

// called is a displayed name taken apart.
type called struct {
	tokens []string // of the name, folded: no accents, no apostrophes, no titles
	words  []string // the same, with particles joined to what follows
	notes  []string // what stands beside it: an ente, an office
	device bool     // the name of a telephone
}

// key is the same for names whose words stand in another order.
func (c called) key() string { return sortedKey(c.tokens) }

// readName takes a displayed name apart: the name, and what stands beside it in brackets or behind a dash or bar.
func readName(shown string) called {
	var c called
	name := ""
	for _, segment := range segments(shown) {
		before, office := splitOffice(segment)
		if office != "" {
			c.notes = append(c.notes, office)
		}
		switch {
		case before == "":
		case name == "" || c.device && !ofDevice(before):
			name, c.device = before, ofDevice(before)
		default:
			c.notes = append(c.notes, before)
		}
	}
	if c.device {
		name = strings.NewReplacer("'s", "", "’s", "", " di ", " ", " de ", " ").Replace(name)
	}
	c.tokens = tokens(name)
	c.words = joined(c.tokens)
	return c
}

// segments parts a displayed name at brackets, bars, and dashes with space around them.
func segments(shown string) []string {
	if len(shown) > 400 {
		shown = strings.ToValidUTF8(shown[:400], "")
	}
	shown = norm.NFC.String(shown)
	shown = strings.ReplaceAll(shown, "_", " ")
	for _, dash := range []string{" - ", "- ", " -"} {
		shown = strings.ReplaceAll(shown, dash, "|")
	}
	var out []string
	for s := range strings.FieldsFuncSeq(shown, func(r rune) bool { return strings.ContainsRune("()[]{}|/;–—<>@", r) }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// officeWords begin what is an ente or an office, and no person.
func officeWords() []string {
	return []string{
		"comune", "unione", "provincia", "regione", "anci", "municipio", "comunita", "consorzio", "ufficio", "settore", "servizio", "servizi", "area", "polizia",
		"protocollo", "segreteria", "anagrafe", "ragioneria", "tributi", "biblioteca", "sindaco", "municipality", "asl", "ente", "citta",
	}
}

// ofOffice says whether a text begins with the word of an ente or office.
func ofOffice(s string) bool {
	first, _, _ := strings.Cut(lms.Fold(s), " ")
	return slices.Contains(officeWords(), first)
}

// splitOffice parts "Maria Rossi Comune di Ala" before the word of the office.
func splitOffice(s string) (before, office string) {
	fields := strings.Fields(s)
	for i, w := range fields {
		if f := lms.Fold(w); f != "sindaco" && slices.Contains(officeWords(), f) && (i == 0 || len(fields) > i+1) {
			return strings.Trim(strings.Join(fields[:i], " "), " ,"), strings.Join(fields[i:], " ")
		}
	}
	return s, ""
}

// ofDevice says whether a text names a telephone or a computer.
func ofDevice(s string) bool {
	for f := range strings.SplitSeq(lms.Fold(s), " ") {
		switch f {
		case "iphone", "ipad", "galaxy", "android", "huawei", "xiaomi", "redmi", "samsung", "oppo", "pc", "desktop", "laptop", "macbook", "telefono", "cellulare", "tablet", "smartphone", "notebook":
			return true
		}
	}
	return false
}

// silent are words of a displayed name that say nothing of who it is: titles, and those of devices.
func silent(token string) bool {
	switch token {
	case "dott", "dottssa", "dottoressa", "dottore", "dr", "drssa", "ing", "avv", "avvocato", "geom", "geometra", "arch", "architetto", "rag", "ragioniere", "prof",
		"profssa", "sig", "sigra", "signora", "signor", "sindaco", "sindaca", "assessore", "ssa", "ra", "mr", "mrs", "ms", "ospite", "guest", "host",
		"iphone", "ipad", "galaxy", "android", "huawei", "xiaomi", "redmi", "samsung", "oppo", "pc", "desktop", "laptop", "macbook", "telefono", "cellulare", "tablet",
		"smartphone", "notebook":
		return true
	}
	return false
}

// particle says of a word that some write together with the surname behind it: De Luca, D'Amico, Lo Presti.
func particle(token string) bool {
	switch token {
	case "d", "de", "di", "da", "del", "dell", "della", "dello", "dei", "degli", "dal", "dalla", "dalle", "la", "lo", "li", "le", "van", "von", "der", "mc", "mac", "el", "al", "san", "santa":
		return true
	}
	return false
}

// apostrophes takes away what some write and some don't, and letters that no fold takes for others.
var apostrophes = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("'", "", "’", "", "‘", "", "`", "", "´", "", "ʼ", "", "ß", "ss", "ø", "o", "ł", "l", "đ", "d")
})

// mostWords is how many words of a name are compared.
const mostWords = 10

// tokens are the words of a name, folded, without titles.
func tokens(name string) (words []string) {
	if name = strings.ToLower(name); !simple(name) {
		name = apostrophes().Replace(name)
	}
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == ',' || r == '+' || r == '"' }) {
		for part := range strings.SplitSeq(dotted(w), " ") {
			letters := part
			if !simple(part) {
				letters = strings.ReplaceAll(lms.Fold(strings.TrimSuffix(part, ".")), " ", "")
			}
			if letters == "" || silent(letters) || strings.Trim(letters, "0123456789") == "" {
				continue
			}
			if words = append(words, letters); len(words) == mostWords {
				return words
			}
		}
	}
	return words
}

// simple says whether nothing but small letters without accents, and space, stand in a text: most names, which need no folding.
func simple(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != ' ' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// dotted parts "M.G.Rossi" at its dots; "dott.ssa" is one word.
func dotted(w string) string {
	if !strings.Contains(w, ".") {
		return w
	}
	if strings.HasSuffix(w, "ssa") || strings.HasSuffix(w, "ra") && len(w) < 7 {
		return strings.ReplaceAll(w, ".", "")
	}
	return strings.ReplaceAll(w, ".", ". ")
}

// joined writes particles together with the word behind them.
func joined(words []string) []string {
	var out []string
	before := ""
	for i, w := range words {
		if particle(w) && i+1 < len(words) {
			before += w
			continue
		}
		out, before = append(out, before+w), ""
	}
	return out
}

// plain writes umlauts as those do who have none on their keyboard: Müller and Mueller are the same.
func plain(whole string) string {
	if !strings.Contains(whole, "ae") && !strings.Contains(whole, "oe") && !strings.Contains(whole, "ue") {
		return whole
	}
	return umlauts().Replace(whole)
}

var umlauts = sync.OnceValue(func() *strings.Replacer { return strings.NewReplacer("ae", "a", "oe", "o", "ue", "u") })

// places are the words of an ente that tell it from others.
func places(ente string) (out []string) {
	for w := range strings.SplitSeq(lms.Fold(ente), " ") {
		switch w {
		case "", "comune", "di", "del", "della", "delle", "dei", "dell", "d", "unione", "comuni", "provincia", "regione", "citta", "metropolitana", "comunita", "montana", "municipio", "the", "of", "municipality", "consorzio", "ente":
		default:
			out = append(out, w)
		}
	}
	return out
}

// ofPlace says whether a note names an ente: every word of weight of one is among those of the other.
func ofPlace(note, ente []string) bool {
	if len(note) == 0 || len(ente) == 0 {
		return false
	}
	if len(note) > len(ente) {
		note, ente = ente, note
	}
	for _, w := range note {
		if !slices.Contains(ente, w) {
			return false
		}
	}
	return true
}
