package course

import (
	"strconv"
	"strings"
	"unicode"
)

// numbers are the ways to read what was typed as a number: "1.234,5" and "1234.5" have one; "1.234" has two, because in Italian the full stop
// parts thousands and on a calculator it begins the decimals. A sign, spaces and a percent sign may stand around it.
func numbers(typed string) []float64 {
	s := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "", "−", "-", "%", "", "€", "").Replace(strings.TrimSpace(typed))
	var out []float64
	add := func(s string) {
		if v, err := strconv.ParseFloat(s, 64); err == nil && !strings.ContainsAny(s, "xXpPnNiI_eE") {
			out = append(out, v)
		}
	}
	dots, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case commas == 0 && dots <= 1:
		add(s)
		if grouped(s, '.') {
			add(strings.ReplaceAll(s, ".", ""))
		}
	case commas == 1 && (dots == 0 || strings.LastIndex(s, ".") < strings.Index(s, ",")):
		add(strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", "."))
		if dots == 0 && grouped(s, ',') {
			add(strings.ReplaceAll(s, ",", ""))
		}
	case dots == 1 && commas > 0:
		add(strings.ReplaceAll(s, ",", ""))
	case commas == 0 && grouped(s, '.'):
		add(strings.ReplaceAll(s, ".", ""))
	case dots == 0 && grouped(s, ','):
		add(strings.ReplaceAll(s, ",", ""))
	}
	return out
}

// grouped says that a mark parts groups of three figures.
func grouped(s string, mark rune) bool {
	groups := strings.Split(strings.TrimLeft(s, "+-"), string(mark))
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && (g == "" || len(g) > 3) {
			return false
		}
	}
	return len(groups) > 1
}

// fold is a text as it is compared: lower case, without accents and marks at its ends, spaces and apostrophes alike.
func fold(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == '’' || r == '‘' || r == '`' || r == '´':
			b.WriteByte('\'')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(unaccented(r))
		}
	}
	words := strings.Join(strings.Fields(b.String()), " ")
	words = strings.ReplaceAll(words, "' ", " ") // who has no accents on the keyboard types perche'
	return strings.Trim(words, " .,;:!?\"«»“”()'")
}

// unaccented is the letter under an accent, for the letters of European languages that have a mark above or below.
func unaccented(r rune) rune {
	const letters = "aàáâãäåāăą" + " cçćč" + " dďđ" + " eèéêëēęě" + " gğġ" + " iìíîïīı" + " lĺľł" + " nñńňņ" + " oòóôõöøőō" + " rŕř" + " sśšşș" + " tťţț" + " uùúûüűūů" + " yýÿ" + " zźžż"
	if r < 0x80 {
		return r
	}
	at := strings.IndexRune(letters, r)
	if at < 0 {
		return r
	}
	group := letters[strings.LastIndexByte(letters[:at], ' ')+1:]
	return rune(group[0])
}
