package password

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The least and the most characters of a password. NIST SP 800-63B asks for 8 or more, and for a look at what is easily guessed.
const (
	Min = 10
	Max = 200
)

const (
	leastLeft     = 6 // characters that must be left without runs, years and words that everybody tries
	leastDistinct = 5 // different characters
	shortestPiece = 4 // of a name or an address that is looked for
	shortestRun   = 4 // of neighbours on a keyboard or in the alphabet
)

// Weak says what is wrong with a new password, as the key of a message; "" for nothing. about is what others know of its owner: login, address, names.
func Weak(password string, about ...string) string {
	switch n := utf8.RuneCountInString(password); {
	case n < Min:
		return "error.password.short"
	case n > Max:
		return "error.password.long"
	}
	plain := fold(password)
	for _, p := range pieces(about) {
		if strings.Contains(plain, p) || strings.Contains(unleet(plain), p) {
			return "error.password.own"
		}
	}
	if distinct(plain) < leastDistinct || min(left(plain), left(unleet(plain))) < leastLeft {
		return "error.password.weak"
	}
	return ""
}

// fold makes a password comparable: small letters without accents.
func fold(s string) string {
	return strings.NewReplacer("à", "a", "á", "a", "è", "e", "é", "e", "ì", "i", "í", "i", "ò", "o", "ó", "o", "ù", "u", "ú", "u").Replace(strings.ToLower(s))
}

// unleet puts letters where figures stand for them: "p4ssw0rd".
func unleet(s string) string {
	return strings.NewReplacer("4", "a", "@", "a", "3", "e", "1", "i", "!", "i", "0", "o", "5", "s", "$", "s", "7", "t").Replace(s)
}

// pieces are what is looked for of what others know: each word whole, and its parts between stops and signs.
func pieces(about []string) (out []string) {
	for _, a := range about {
		local, _, _ := strings.Cut(fold(a), "@")
		parts := strings.FieldsFunc(local, func(r rune) bool { return strings.ContainsRune(" .-_'’+", r) })
		for _, p := range append(parts, local) {
			if utf8.RuneCountInString(p) >= shortestPiece {
				out = append(out, p)
			}
		}
	}
	return out
}

// distinct counts the different characters.
func distinct(s string) int {
	seen := []rune(s)
	slices.Sort(seen)
	return len(slices.Compact(seen))
}

// left counts the letters, figures and signs that are left without runs, years and words that everybody tries. What comes again at once counts once.
func left(s string) int {
	for _, w := range tried() {
		s = strings.ReplaceAll(s, w, " ")
	}
	n, before := 0, ' '
	for _, r := range withoutRuns([]rune(s)) {
		if r != ' ' && r != before {
			n++
		}
		before = r
	}
	return n
}

// rows are neighbours on a keyboard, and in the alphabet.
func rows() []string {
	return []string{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm"}
}

// withoutRuns is a password without the runs of neighbours in it, forwards and backwards.
func withoutRuns(s []rune) (out []rune) {
	for i := 0; i < len(s); {
		n := 0
		for _, row := range rows() {
			n = max(n, run(s[i:], row, 1), run(s[i:], row, -1))
		}
		if n >= shortestRun {
			i += n
			continue
		}
		out = append(out, s[i])
		i++
	}
	return out
}

// run is how many characters at the beginning follow one another in a row, in a direction.
func run(s []rune, row string, step int) int {
	at := strings.IndexRune(row, s[0])
	if at < 0 {
		return 0
	}
	n := 1
	for n < len(s) && at+step >= 0 && at+step < len(row) && rune(row[at+step]) == s[n] {
		n, at = n+1, at+step
	}
	return n
}

// tried are words that everybody tries first in an Italian ente, the longer before those that begin them, and years.
func tried() []string {
	words := strings.Fields(`
		amministratore amministrazione administrator formazione benvenuto benvenuta primavera municipio username password passwort
		juventus settembre febbraio novembre dicembre gennaio iloveyou provincia segretario sindaco welcome segreto segreta ufficio
		autunno inverno ottobre agosto giugno luglio maggio aprile estate marzo comune regione unione italia milano napoli torino
		venerdi giovedi mercoledi martedi lunedi sabato domenica letmein changeme cambiami attestato corsi corso aula login utente
		admin forza amore inter milan roma ciao prova test pass user super mario luigi`)
	for year := 1950; year < 2050; year++ {
		words = append(words, string([]byte{byte('0' + year/1000), byte('0' + year/100%10), byte('0' + year/10%10), byte('0' + year%10)}))
	}
	return words
}
