package fiscal

import (
	"strings"

	"aulacomune/lms"
)

// Number is a fiscal number of a natural person: sixteen capital letters and digits whose last is the check character.
type Number string

// shape is what stands where in a number: a letter, a digit or a letter in its place, or one of the letters that stand for months.
const shape = "LLLLLLDDMDDLDDDL"

const (
	// omocodia are the letters that stand for the digits 0 to 9 where two people would have the same number (decree of 23 December 1976, article 6).
	omocodia = "LMNPQRSTUV"
	months   = "ABCDEHLMPRST"
	// odd is what a letter, or the digit in its place in the alphabet, counts in the first, third, fifth… place, as the letter with that number (the
	// same decree, article 10).
	odd = "BAFHJNPRTVCESULDGIMOQKWZYX"
)

// countryPrefix stands before Italian numbers in what SPID, CIE and eIDAS say of people (ETSI EN 319 412-1).
const countryPrefix = "TINIT-"

// Parse reads a number as people and providers write it: in any case, with blanks, with "TINIT-" before it. Its error is Invalid, about the field "fiscal".
func Parse(s string) (Number, error) {
	n := strings.TrimPrefix(strings.ToUpper(strings.Join(strings.Fields(s), "")), countryPrefix)
	if len(n) != len(shape) {
		return "", lms.Wrong("fiscal", "error.fiscal.length")
	}
	for i, kind := range shape {
		if !fits(n[i], kind) {
			return "", lms.Wrong("fiscal", "error.fiscal.shape")
		}
	}
	if day := digit(n[9])*10 + digit(n[10]); day < 1 || day > 31 && day < 41 || day > 71 {
		return "", lms.Wrong("fiscal", "error.fiscal.shape")
	}
	if n[15] != check(n[:15]) {
		return "", lms.Wrong("fiscal", "error.fiscal.check")
	}
	return Number(n), nil
}

func fits(c byte, kind rune) bool {
	letter := c >= 'A' && c <= 'Z'
	switch kind {
	case 'L':
		return letter
	case 'M':
		return strings.IndexByte(months, c) >= 0
	}
	return digit(c) >= 0
}

// digit is what a character stands for where there is a digit, -1 for nothing.
func digit(c byte) int {
	if c >= '0' && c <= '9' {
		return int(c - '0')
	}
	return strings.IndexByte(omocodia, c)
}

// check is the check character of the first fifteen.
func check(n string) byte {
	sum := 0
	for i := range len(n) {
		place := int(n[i] - 'A')
		if n[i] <= '9' {
			place = int(n[i] - '0')
		}
		if i%2 == 0 {
			place = int(odd[place] - 'A')
		}
		sum += place
	}
	return byte('A' + sum%26)
}

// Masked is the number with what says when and where somebody was born hidden.
func (n Number) Masked() string {
	if len(n) != len(shape) {
		return ""
	}
	return string(n[:3]) + strings.Repeat("•", 12) + string(n[15])
}

// Of says whether a number can be that of somebody called so: its first six letters are made of the family name and the given name. It cannot where
// somebody's name was changed, or is written with letters that Italian does not know.
func (n Number) Of(given, family string) bool {
	return len(n) == len(shape) && string(n[:3]) == nameLetters(family, false) && string(n[3:6]) == nameLetters(given, true)
}

// nameLetters are the three letters that a number takes from a name (the same decree, articles 3 and 4): consonants, then vowels, then X; of a given
// name with four consonants or more the first, the third and the fourth.
func nameLetters(name string, given bool) string {
	var consonants, vowels string
	for _, r := range strings.ToUpper(lms.Fold(name)) {
		switch {
		case r < 'A' || r > 'Z':
		case strings.ContainsRune("AEIOU", r):
			vowels += string(r)
		default:
			consonants += string(r)
		}
	}
	if given && len(consonants) > 3 {
		consonants = consonants[:1] + consonants[2:]
	}
	return (consonants + vowels + "XXX")[:3]
}
