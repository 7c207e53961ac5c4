package certificate

import (
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Nicolò D’Àvila", "Nicolò D’Àvila"},
		{"composed", "Nicolo\u0300", "Nicolò"},
		{"blanks", " \t a \n\u2028\u3000 b\r\n", "a b"},
		{"hard spaces stay", "10\u202fh\u00a0e", "10\u00a0h\u00a0e"},
		{"controls", "a\x00\x1b[31mb\x7f\u0085", "a[31mb"},
		{"direction", "\u202eab\u202c\u2066c\u2069\u200f\u061c", "abc"},
		{"joiners and selectors", "a\u200b\u200d\ufe0f\u00ad\ufeff\U000e0041b", "ab"},
		{"noncharacters", "a\ufffe\uffff\ufdd0\U0001fffeb", "ab"},
		{"private use", "a\ue000b", "a\ufffdb"},
		{"broken bytes", "a\xff\xfeb", "a\ufffdb"},
		{"nothing left", "\u200b \u202e", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := clean(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	it, en := wordsOf("it"), wordsOf("en")
	for _, c := range []struct{ name, got, want string }{
		{"nothing planned", it.done(30, 0), "30 minuti"},
		{"as planned", it.done(60, 60), "1 ora"},
		{"nothing at all", it.done(0, 0), ""},
		{"one of each", it.done(61, 60), "1 ora e 1 minuto su 1 ora previste"},
		{"hours and minutes", it.done(390, 420), "6 ore e 30 minuti su 7 ore previste"},
		{"none yet", it.done(0, 120), "0 minuti su 2 ore previste"},
		{"English", en.done(121, 420), "2 hours and 1 minute of 7 hours planned"},
		{"edition alone", it.version(3, ""), "3"},
		{"edition and hash", it.version(3, "ab12"), "3 · impronta ab12"},
		{"no edition", it.version(0, ""), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.ReplaceAll(c.got, string(noBreak), " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestDates(t *testing.T) {
	d := drawer(t)
	day := func(s string) time.Time {
		at, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, c := range []struct {
		name, lang string
		from, to   time.Time
		want       string
	}{
		{"two days", "it", day("2026-11-03 10:00"), day("2026-11-22 10:00"), "dal 3 novembre 2026 al 22 novembre 2026"},
		{"vowels", "it", day("2026-11-08 10:00"), day("2026-12-11 10:00"), "dall’8 novembre 2026 all’11 dicembre 2026"},
		{"one day", "it", day("2026-11-08 08:00"), day("2026-11-08 18:00"), "8 novembre 2026"},
		{"midnight in Rome, winter", "it", day("2026-12-31 22:59"), day("2026-12-31 23:00"), "dal 31 dicembre 2026 al 1 gennaio 2027"},
		{"midnight in Rome, summer", "it", day("2026-07-31 21:59"), day("2026-07-31 22:00"), "dal 31 luglio 2026 al 1 agosto 2026"},
		{"only the end", "it", time.Time{}, day("2026-11-22 10:00"), "22 novembre 2026"},
		{"only the start", "en", day("2026-11-22 10:00"), time.Time{}, "22 November 2026"},
		{"none", "it", time.Time{}, time.Time{}, ""},
		{"English", "en", day("2026-05-08 10:00"), day("2026-06-11 10:00"), "from 8 May 2026 to 11 June 2026"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got string
			for _, f := range d.texts(lms.Printed{Lang: c.lang, From: c.from, To: c.to}).facts {
				got = strings.ReplaceAll(f.value, string(noBreak), " ")
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
