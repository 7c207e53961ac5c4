package sheet

import (
	"strings"
	"unicode"
)

// triggers begin what a spreadsheet may work out instead of showing it (OWASP, "CSV Injection"; ASVS 5, 1.2.10): the signs, also in full width as
// Asian keyboards write them, and what some programs drop before they look for one.
const triggers = "=+-@＝＋－＠\t\r\n\x00"

// Defused is a text that no spreadsheet takes for a formula: where it might be one, an apostrophe stands before it. It holds for both kinds of
// file, because an XLSX is soon saved as a CSV.
func Defused(s string) string {
	if risky(s) {
		return "'" + s
	}
	return s
}

// Restored is a text as it was before Defused.
func Restored(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && risky(rest) {
		return rest
	}
	return s
}

// risky says whether a text begins like a formula, behind apostrophes and space.
func risky(s string) bool {
	for _, r := range strings.TrimLeft(s, "'") {
		if strings.ContainsRune(triggers, r) {
			return true
		}
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return false
}
