package codes_test

import (
	"math"
	"strings"
	"testing"

	"aulacomune/lms/codes"
)

// letters are those a code may hold, found by looking at many codes.
func letters() string {
	seen := map[rune]bool{}
	out := ""
	for range 500 {
		for _, r := range strings.ReplaceAll(string(codes.New()), "-", "") {
			if !seen[r] {
				seen[r] = true
				out += string(r)
			}
		}
	}
	return out
}

func TestCodesHaveNoLettersThatLookAlike(t *testing.T) {
	all := letters()
	if strings.ContainsAny(all, "01OIL") || all != strings.ToUpper(all) {
		t.Errorf("letters %s", all)
	}
	if bits := 11 * math.Log2(float64(len(all))); bits < 50 {
		t.Errorf("%v random bits", bits)
	}
}

func TestCodesAreReadAsPeopleWriteThem(t *testing.T) {
	for range 50 {
		c := codes.New()
		plain := strings.ReplaceAll(string(c), "-", "")
		for _, s := range []string{string(c), plain, strings.ToLower(string(c)), " " + strings.ReplaceAll(string(c), "-", " ") + " ", strings.Join(strings.Split(plain, ""), "."), strings.ReplaceAll(string(c), "-", "\u00a0")} {
			if got, ok := codes.Parse(s); !ok || got != c {
				t.Errorf("%q is read as %q, %t", s, got, ok)
			}
		}
	}
}

func TestEveryWrongLetterIsFound(t *testing.T) {
	all := letters()
	for range 40 {
		c := string(codes.New())
		for i := range c {
			if c[i] == '-' {
				continue
			}
			for _, l := range all {
				if s := c[:i] + string(l) + c[i+1:]; s != c {
					notACode(t, s)
				}
			}
			notACode(t, c[:i]+c[i+1:])
			notACode(t, c[:i]+"2"+c[i:])
		}
	}
}

func TestEverySwapOfNeighboursIsFound(t *testing.T) {
	for range 400 {
		plain := strings.ReplaceAll(string(codes.New()), "-", "")
		for i := range len(plain) - 1 {
			if s := plain[:i] + plain[i+1:i+2] + plain[i:i+1] + plain[i+2:]; s != plain {
				notACode(t, s)
			}
		}
	}
}

func notACode(t *testing.T, s string) {
	t.Helper()
	if c, ok := codes.Parse(s); ok {
		t.Errorf("%q is read as %s", s, c)
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add(string(codes.New()))
	f.Add("abcd-efgh-2345")
	f.Add("ſſſſ-ıııı-ÀÀÀÀ")
	f.Fuzz(func(t *testing.T, s string) {
		c, ok := codes.Parse(s)
		if !ok {
			if c != "" {
				t.Errorf("%q is no code and gives %s", s, c)
			}
			return
		}
		if again, ok := codes.Parse(string(c)); !ok || again != c || len(c) != 14 {
			t.Errorf("%q is read as %s, which is read as %s", s, c, again)
		}
	})
}
