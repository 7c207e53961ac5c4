package attendance

import (
	"slices"
	"strings"
)

// address is an e-mail address as it is compared; "" where a text is none.
func address(cell string) string {
	a := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(cell)), "mailto:")
	local, domain, ok := strings.Cut(a, "@")
	if !ok || local == "" || domain == "" || strings.ContainsAny(a, " ,;<>\"") || strings.Contains(domain, "@") {
		return ""
	}
	return guestAccount(local, domain)
}

// guestAccount takes the address of a guest out of the name that Microsoft gives to accounts of other houses: what stood before "@" is joined to
// its domain by the last underscore.
func guestAccount(local, domain string) string {
	home, guest := strings.CutSuffix(local, "#ext#")
	if i := strings.LastIndexByte(home, '_'); guest && i > 0 && strings.Contains(home[i:], ".") {
		return home[:i] + "@" + home[i+1:]
	}
	return local + "@" + domain
}

// addresses are those of some cells, each once.
func addresses(cells ...string) (out []string) {
	for _, c := range cells {
		if a := address(c); a != "" && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// canonical is an address without what people add before the "@" to sort their mail, and without what Gmail ignores.
func canonical(a string) string {
	local, domain, ok := strings.Cut(a, "@")
	if !ok {
		return ""
	}
	if before, _, plus := strings.Cut(local, "+"); plus && before != "" {
		local = before
	}
	if domain == "googlemail.com" {
		domain = "gmail.com"
	}
	if domain == "gmail.com" {
		local = strings.ReplaceAll(local, ".", "")
	}
	return local + "@" + domain
}

// house says how the domain of an address stands to an ente: of it, of another one, or neither.
func house(domain string, place []string) Reason {
	labels := strings.FieldsFunc(domain, func(r rune) bool { return r == '.' || r == '-' })
	if len(place) == 0 {
		return ""
	}
	whole := strings.Join(place, "")
	for _, l := range labels {
		if l == whole || strings.HasPrefix(l, "comune") && l[len("comune"):] == whole || strings.HasPrefix(l, "unione") && l[len("unione"):] == whole {
			return SameDomain
		}
	}
	if ofPlace(place, labels) && len(place) <= len(labels) {
		return SameDomain
	}
	for i, l := range labels[:max(0, len(labels)-1)] {
		if (l == "comune" || l == "unione" || l == "provincia" || l == "regione") && foreign(labels[i+1], place) {
			return OtherHouse
		}
	}
	return ""
}

// foreign says whether the word of a domain is of another place: not a province's two letters, and no part of the name.
func foreign(label string, place []string) bool {
	return len(label) > 3 && !strings.Contains(strings.Join(place, ""), label) &&
		!slices.ContainsFunc(place, func(w string) bool { return len(w) > 3 && strings.Contains(label, w) })
}

// public says whether anybody can have an address of a domain.
func public(domain string) bool {
	switch domain {
	case "gmail.com", "libero.it", "hotmail.com", "hotmail.it", "outlook.com", "outlook.it", "live.it", "yahoo.it", "yahoo.com", "alice.it", "tiscali.it", "virgilio.it",
		"icloud.com", "tim.it", "tin.it", "fastwebnet.it", "msn.com", "inwind.it", "email.it", "aruba.it", "pec.it", "legalmail.it", "proton.me", "protonmail.com":
		return true
	}
	return false
}
