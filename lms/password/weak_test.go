package password

import (
	"strings"
	"testing"
)

func TestWeak(t *testing.T) {
	about := []string{"maria.rossi@comune-di-ala.example", "mrossi", "Maria", "De Rossi", "Ada"}
	for in, want := range map[string]string{
		"":                               "short",
		"password":                       "short",
		"Trn8!pqzx":                      "short",
		"èèèèèèèèè":                      "short",
		"passwordpassword":               "weak",
		"Password2026!":                  "weak",
		"P4ssw0rd2026":                   "weak",
		"estate2026":                     "weak",
		"Estate-2026!":                   "weak",
		"aulacomune":                     "weak",
		"AulaComune2026":                 "weak",
		"aaaaaaaaaaaa":                   "weak",
		"abababababab":                   "weak",
		"qwertyuiop":                     "weak",
		"qwerty123456":                   "weak",
		"poiuytrewq1":                    "weak",
		"1qaz2wsx3edc":                   "weak",
		"0987654321":                     "weak",
		"abcdefghijkl":                   "weak",
		"ciaociaociao":                   "weak",
		"maria-compra-tre-mele":          "own",
		"Rossi!zvplt7":                   "own",
		"xx-mrossi-yy-zz":                "own",
		"M4ri4-zvplt7q":                  "own",
		"cascata-di-fiori":               "", // "Ada" is too short to be looked for
		"tre mele verdi e un carro":      "",
		"corretto cavallo batteria":      "",
		"la mia password di casa":        "",
		"Zv7!plt-qmwd":                   "",
		"una-prova-lunga":                "",
		strings.Repeat("zvplt7!qmd", 21): "long",
	} {
		got := strings.TrimPrefix(Weak(in, about...), "error.password.")
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// No text makes it fail, and nothing shorter than ten passes.
func FuzzWeak(f *testing.F) {
	f.Add("qwerty", "maria")
	f.Add("\xff\xfe1234567890", "@")
	f.Fuzz(func(t *testing.T, s, about string) {
		if Weak(s, about) == "" && len([]rune(s)) < Min {
			t.Errorf("%q passed", s)
		}
	})
}
