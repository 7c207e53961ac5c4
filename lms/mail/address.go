package mail

import (
	"errors"
	"net/mail"
	"strings"

	"golang.org/x/net/idna"
)

// errAddress is what is said of every text that is no address: what is wrong with it, its writer sees.
var errAddress = errors.New("not an e-mail address")

// Address is one bare e-mail address as servers take it: a domain with accents in its ASCII form (RFC 5891). Addresses with accents before the @
// are refused: most servers would not take them (SMTPUTF8, RFC 6531).
func Address(s string) (string, error) {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" || len(s) > 254 {
		return "", errAddress
	}
	at := strings.LastIndexByte(s, '@')
	local, domain := s[:at], s[at+1:]
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || len(local) > 64 || strings.HasPrefix(domain, "[") || !strings.Contains(ascii, ".") && ascii != "localhost" {
		return "", errAddress
	}
	if strings.ContainsFunc(local, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"(),:;<>[\]`, r) }) {
		return "", errAddress
	}
	return local + "@" + ascii, nil
}
