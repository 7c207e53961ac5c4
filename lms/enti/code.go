package enti

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"aulacomune/lms"
)

// digits reads a code of n digits as a spreadsheet may have left it: without the zeros it began with, or as "1001.0" or "1,001". restored says
// that zeros were put back.
func digits(s string, n int) (code string, restored, ok bool) {
	s = strings.Trim(strings.TrimSpace(s), "'’=\"")
	if whole, zeros, cut := strings.Cut(s, ","); cut && strings.Trim(zeros, "0") == "" && len(zeros) < 3 {
		s = whole
	}
	if whole, zeros, cut := strings.Cut(s, "."); cut && strings.Trim(zeros, "0") == "" && len(zeros) < 3 {
		s = whole
	}
	s = strings.NewReplacer(".", "", ",", "", " ", "").Replace(s)
	if s == "" || len(s) > n || strings.Trim(s, "0123456789") != "" || strings.Trim(s, "0") == "" {
		return "", false, false
	}
	return strings.Repeat("0", n-len(s)) + s, len(s) < n, true
}

// cadastralForm is a letter and three digits; hostForm a name of a host with at least one dot.
var (
	cadastralForm = regexp.MustCompile(`^[A-Z]\d{3}$`)
	hostForm      = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`)
)

// slug is a text as part of an id.
func slug(s string) string { return strings.ReplaceAll(onlyASCII(lms.Fold(s)), " ", "-") }

// onlyASCII leaves out what an id cannot hold: Fold has taken the accents off already.
func onlyASCII(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r > unicode.MaxASCII || r != ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "")
}

// smallWords stay small in names.
var smallWords = strings.Fields("di del dello della dell dei degli delle d da dal dalla dall e ed in nel nella nell sul sulla sull su con a al alla all tra fra per il lo la l i gli le")

// capitals writes a name that is all in capitals as names are written: "UNIONE DEI COMUNI DELL'ALTA VALLE" is "Unione dei Comuni dell'Alta Valle".
func capitals(name string) string {
	if strings.IndexFunc(name, unicode.IsLower) >= 0 || len(name) < 4 {
		return name
	}
	words := strings.Fields(strings.NewReplacer("citta'", "città", "comunita'", "comunità", "’", "'").Replace(strings.ToLower(name)))
	for i, w := range words {
		small, rest, elided := strings.Cut(w, "'")
		switch {
		case i > 0 && slices.Contains(smallWords, w):
		case i > 0 && elided && slices.Contains(smallWords, small):
			words[i] = small + "'" + capital(rest)
		default:
			words[i] = capital(w)
		}
	}
	return strings.Join(words, " ")
}

// capital sets the first letter of a word, and those behind a hyphen or an apostrophe, in capitals: "valle-d'oro" is "Valle-d'Oro".
func capital(w string) string {
	r := []rune(w)
	first := true
	for i, c := range r {
		elided := i > 0 && i+1 < len(r) && r[i+1] == '\''
		if first && !elided {
			r[i] = unicode.ToUpper(c)
		}
		first = !unicode.IsLetter(c) && !unicode.IsDigit(c)
	}
	return string(r)
}

// ofMail is the domain of an address, "" where it has none that could be an ente's own.
func ofMail(address string) string {
	_, domain, ok := strings.Cut(strings.ToLower(strings.TrimSpace(address)), "@")
	if !ok {
		return ""
	}
	return own(domain)
}

// ofSite is the domain of a site: "https://www.comune.ala.xx.it/home" is at comune.ala.xx.it.
func ofSite(address string) string {
	s := strings.ToLower(strings.TrimSpace(address))
	if _, rest, ok := strings.Cut(s, "//"); ok {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	s, _, _ = strings.Cut(s, "?")
	s, _, _ = strings.Cut(s, ":")
	return own(strings.TrimPrefix(s, "www."))
}

// own is a domain that may be an ente's own: not one at which anybody has an address or a page.
func own(domain string) string {
	domain = strings.Trim(domain, ".")
	if len(domain) > 100 || !hostForm.MatchString(domain) {
		return ""
	}
	for d := domain; d != ""; _, d, _ = strings.Cut(d, ".") {
		if slices.Contains(everybodys(), d) {
			return ""
		}
	}
	return domain
}

// everybodys are domains, with all below them, at which enti have mail or a page that is not theirs alone: providers, certified mail, social networks.
func everybodys() []string {
	return strings.Fields(`
		gmail.com googlemail.com outlook.com outlook.it hotmail.com hotmail.it live.com live.it yahoo.com yahoo.it icloud.com
		libero.it virgilio.it tiscali.it tiscalinet.it alice.it tin.it tim.it telecomitalia.it inwind.it iol.it email.it aruba.it fastwebnet.it vodafone.it
		interfree.it katamail.com supereva.it teletu.it
		pec.it legalmail.it postacert.it postecert.it arubapec.it pecveneto.it cert.legalmail.it mypec.eu actaliscertymail.it sicurezzapostale.it
		facebook.com instagram.com twitter.com x.com youtube.com wordpress.com blogspot.com altervista.org google.com sites.google.com
		halleyweb.com comuni.it`)
}
