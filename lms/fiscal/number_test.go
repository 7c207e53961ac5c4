package fiscal

import (
	"strings"
	"testing"

	"aulacomune/lms"
)

// Invented people.
func TestParse(t *testing.T) {
	for in, want := range map[string]Number{
		"RSSMRA80A01H501U":       "RSSMRA80A01H501U",
		"rssmra80a01h501u":       "RSSMRA80A01H501U",
		" RSS MRA 80A01 H501U ":  "RSSMRA80A01H501U",
		"TINIT-RSSMRA80A01H501U": "RSSMRA80A01H501U",
		"tinit-rssmra80a01h501u": "RSSMRA80A01H501U",
		"RSSMRA85T10A562S":       "RSSMRA85T10A562S",
		"MRTMTT91D08F205J":       "MRTMTT91D08F205J",
		"BNCCHR85M41L378O":       "BNCCHR85M41L378O", // a woman: the day is 40 more
		"RSSMRA80A01H50MM":       "RSSMRA80A01H50MM", // omocodia: letters in place of digits, from the right
		"RSSMRAULALMHRLMD":       "RSSMRAULALMHRLMD", // all seven
		"":                       "",
		"RSSMRA80A01H501":        "",
		"RSSMRA80A01H501UU":      "",
		"RSSMRA80A01H501A":       "", // check character
		"SRSMRA80A01H501U":       "", // two letters changed places
		"RSSMRA80F01H501U":       "", // no month F
		"RSSMRA80A00H501T":       "", // no day 0
		"RSSMRA80A35H501X":       "", // no day 35
		"RSSMRA80A72H501X":       "", // no day 72
		"R5SMRA80A01H501U":       "",
		"RSSMRA80AO1H501U":       "", // O is no digit's letter
		"RSSMRA80A01H501ù":       "",
		"TINDE-RSSMRA80A01H501U": "",
		"12345678901":            "", // of a body, not of a person
		"RSSMRA80A01H501U\x00":   "",
		strings.Repeat("A", 1e5): "",
		"ＲＳＳＭＲＡ８０Ａ０１Ｈ５０１Ｕ":        "",
		"TINIT-TINIT-RSSMRA80A01": "",
	} {
		got, err := Parse(in)
		if got != want || (want == "") != lms.Is(err, lms.Invalid) {
			t.Errorf("%.40q: got %q, %v, want %q", in, got, err, want)
		}
	}
}

// One wrong character is always noticed: the check character or the shape says so, except where two characters count the same in their place.
func TestOneWrongCharacter(t *testing.T) {
	const n = "RSSMRA80A01H501U"
	passed := 0
	for i := range n {
		for c := byte('0'); c <= 'Z'; c++ {
			if c == n[i] || c > '9' && c < 'A' {
				continue
			}
			if _, err := Parse(n[:i] + string(c) + n[i+1:]); err == nil {
				passed++
				t.Logf("%c for %c at %d", c, n[i], i+1)
			}
		}
	}
	if passed > 0 {
		t.Errorf("%d wrong numbers passed", passed)
	}
}

func TestOf(t *testing.T) {
	for _, c := range []struct {
		n             Number
		given, family string
		want          bool
	}{
		{"RSSMRA80A01H501U", "Mario", "Rossi", true},
		{"RSSMRA80A01H501U", "Maria", "Rossi", true},
		{"RSSMRA80A01H501U", "Mario", "Bianchi", false},
		{"RSSMRA80A01H501U", "Luca", "Rossi", false},
		{"DVLGFR80A01H501X", "Gianfranco", "D’Àvila", true}, // four consonants: first, third, fourth
		{"FOXYOU80A01H501X", "Yàu", "Fo", false},
		{"FOXLOI80A01H501X", "Lòi", "Fo", true}, // too few letters: X
		{"MRNNCL80A01H501X", "Nicolò Maria", "Di Marino", false},
		{"DMRNLM80A01H501X", "Nicolò Maria", "Di Marino", true},
		{"", "", "", false},
	} {
		if got := c.n.Of(c.given, c.family); got != c.want {
			t.Errorf("%s of %s %s: %v", c.n, c.given, c.family, got)
		}
	}
}

func TestMasked(t *testing.T) {
	if got := Number("RSSMRA80A01H501U").Masked(); got != "RSS••••••••••••U" || Number("x").Masked() != "" {
		t.Error(got)
	}
}

// Whatever is taken for a number is sixteen capital letters and digits, and is taken again.
func FuzzParse(f *testing.F) {
	f.Add("RSSMRA80A01H501U")
	f.Add("TINIT-rss mra 80a01 h501u")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s)
		if err != nil {
			return
		}
		if again, err := Parse(string(n)); err != nil || again != n || len(n) != 16 {
			t.Errorf("%q gave %q, then %q, %v", s, n, again, err)
		}
	})
}
