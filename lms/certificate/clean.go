package certificate

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"aulacomune/lms"
)

const noBreak = '\u00a0' // a space at which no line breaks

// cleaned returns the fields without anything that could hide, turn round or break the words on a page.
func cleaned(p lms.Printed) lms.Printed {
	for _, s := range []*string{
		&p.Title, &p.Issuer, &p.Person, &p.Organisation, &p.Role, &p.Course, &p.EditionHash, &p.Programme, &p.Mode,
		&p.Result, &p.Number, &p.Place, &p.Signatory, &p.SignatoryAs, &p.Verify, &p.Privacy, &p.Fiscal,
	} {
		*s = clean(*s)
	}
	p.Code = lms.Code(clean(string(p.Code)))
	modules := make([]string, 0, len(p.Modules))
	for _, m := range p.Modules {
		if m = clean(m); m != "" {
			modules = append(modules, m)
		}
	}
	p.Modules = modules
	return p
}

// clean composes accents (NFC), makes every run of blanks one space, and drops what has no shape of its own: controls, marks of
// direction, joiners, variation selectors and noncharacters. Private characters, which mean nothing to a reader, become U+FFFD.
func clean(s string) string {
	var b strings.Builder
	blank := false
	for _, r := range norm.NFC.String(strings.ToValidUTF8(s, string(unicode.ReplacementChar))) {
		if r = plain(r); r < 0 {
			continue
		}
		if r == ' ' {
			blank = true
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

// plain returns the rune to print in place of r, or -1 for none.
func plain(r rune) rune {
	switch {
	case r == noBreak, r == '\u2007', r == '\u202f':
		return noBreak
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector), noncharacter(r):
		return -1
	case unicode.Is(unicode.Co, r):
		return unicode.ReplacementChar
	}
	return r
}

func noncharacter(r rune) bool {
	return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef
}
