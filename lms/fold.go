package lms

import (
	"unicode/utf8"

	"cmp"
	"golang.org/x/text/encoding/charmap"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold makes a text comparable: no accents, no case, one space between words, no punctuation. "D’Àvila " and "d'avila" are the same.
func Fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}

// CompareFolded orders texts as Fold makes them.
func CompareFolded(a, b string) int {
	return cmp.Or(cmp.Compare(Fold(a), Fold(b)), cmp.Compare(a, b))
}

// DecodeText reads bytes that are not UTF-8 as Windows-1252, which spreadsheets still write; Latin-1 is a part of it.
func DecodeText(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out strings.Builder
	for _, c := range b {
		out.WriteRune(charmap.Windows1252.DecodeByte(c))
	}
	return out.String()
}
