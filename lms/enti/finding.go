package enti

import (
	"fmt"
	"strings"
)

// Severity says how much a finding matters.
type Severity string

// The severities.
const (
	Note    Severity = "note"    // it was put right, or is good to know
	Warning Severity = "warning" // something of it was left out
	Error   Severity = "error"   // the plan must not be carried out
)

// Source is one of the files.
type Source string

// The files.
const (
	ISTAT   Source = "istat"   // comuni
	IPA     Source = "ipa"     // enti
	Ceased  Source = "ceased"  // comuni that ceased, and into which
	Members Source = "members" // comuni of unions
)

// Finding is something that whoever imports should know: about a row of a file, or about the plan.
type Finding struct {
	Severity Severity `json:"severity"`
	Source   Source   `json:"source,omitempty"`
	Line     int      `json:"line,omitempty"` // of the file; 0 where it is not about one
	Rule     string   `json:"rule"`           // one of Rules
	Args     []string `json:"args,omitempty"` // fill the rule's words
}

// In says a finding in words, in Italian for "it" and in English otherwise.
func (f Finding) In(lang string) string {
	i := 1
	if lang == "it" {
		i = 0
	}
	words := rules()[f.Rule][i]
	for n, a := range f.Args {
		words = strings.ReplaceAll(words, fmt.Sprintf("{%d}", n), a)
	}
	return words
}

// rules are the words of every rule, in Italian and English.
func rules() map[string][2]string {
	return map[string][2]string{
		"row.short":       {"Riga incompleta: mancano codice, nome, provincia o regione.", "The row is cut short: code, name, province or region is missing."},
		"row.twice":       {"Il codice {0} c’è già alla riga {1}: vale la prima.", "The code {0} is on line {1} already: the first one counts."},
		"code.istat":      {"«{0}» non è un codice ISTAT di un comune: riga saltata.", "“{0}” is not an ISTAT code of a comune: the row is left out."},
		"code.zeros":      {"Codici a cui mancavano gli zeri iniziali, rimessi a posto (li perde un foglio di calcolo): {0}.", "Codes whose leading zeros were lost, put right (a spreadsheet drops them): {0}."},
		"code.cadastral":  {"«{0}» non è un codice catastale: si fa senza.", "“{0}” is not a cadastral code: done without."},
		"code.tax":        {"«{0}» non è un codice fiscale di un ente: si fa senza.", "“{0}” is not a tax code of an ente: done without."},
		"text.repaired":   {"Celle con le lettere accentate rovinate («Ã¨»), rimesse a posto: {0}.", "Cells whose accented letters were broken (“Ã¨”), put right: {0}."},
		"text.lost":       {"«{0}» ha perso delle lettere: per un ente nuovo correggi il nome, quelli che ci sono lo tengono.", "“{0}” has lost letters: correct the name of a new ente; those that are there keep theirs."},
		"ipa.none":        {"Senza il file di IndicePA non si conoscono unioni, indirizzi e domini: restano come sono.", "Without the file of IndicePA unions, addresses and domains are not known: they stay as they are."},
		"ipa.liquidation": {"{0} è in liquidazione: saltato.", "{0} is being wound up: left out."},
		"ipa.other":       {"«{0}» non è un comune, anche se sta nella categoria dei comuni: saltato.", "“{0}” is no comune, though it stands in their category: left out."},
		"ipa.twice":       {"Due righe per {0}: vale {1}.", "Two rows for {0}: {1} counts."},
		"ipa.cadastral":   {"{0}: il codice catastale è {1} per IndicePA e {2} per l’ISTAT, vale quello dell’ISTAT.", "{0}: the cadastral code is {1} in IndicePA and {2} at ISTAT, whose counts."},
		"ipa.code":        {"{0}: il codice ISTAT del comune manca o non è un codice.", "{0}: the ISTAT code of the comune is missing or is none."},
		"ipa.guessed":     {"{0}: manca il codice ISTAT del comune; riconosciuto dal codice catastale o dal nome.", "{0}: the ISTAT code of the comune is missing; recognised by its cadastral code or name."},
		"ipa.unknown":     {"{0}: il comune {1} non c’è nell’elenco dell’ISTAT.", "{0}: the comune {1} is not in the list of ISTAT."},
		"domain.shared":   {"Il dominio {0} è di tanti enti ({1}): non dice dove lavora una persona.", "The domain {0} is of many enti ({1}): it does not tell where somebody works."},
		"ceased.unknown":  {"{0}: il comune {1}, che lo ha assorbito, non c’è nell’elenco dell’ISTAT.", "{0}: the comune {1} that took it over is not in the list of ISTAT."},
		"ceased.alive":    {"{0} risulta cessato, ma c’è ancora nell’elenco dell’ISTAT: resta.", "{0} is said to have ceased, but is in the list of ISTAT still: it stays."},
		"ceased.divided":  {"{0} è stato diviso fra più comuni: le persone restano lì finché non le sposti.", "{0} was divided among several comuni: its people stay there until you move them."},
		"ceased.cycle":    {"{0}: i comuni cessati si rimandano l’uno all’altro.", "{0}: the ceased comuni point at each other."},
		"ceased.hint":     {"{0} non c’è più e {1} è nuovo: se lo ha assorbito, dillo con il file dei comuni soppressi.", "{0} is gone and {1} is new: if it took it over, say so with the file of ceased comuni."},
		"ceased.none":     {"Nessuno dei vostri {0} comuni è in questo file: è la regione giusta? Il file è intero? Restano aperti.", "None of your {0} comuni is in this file: is it the right region? Is the file whole? They stay open."},
		"ceased.few":      {"Solo {0} dei vostri {1} comuni sono in questo file: è la regione giusta? Il file è intero? Gli altri restano aperti.", "Only {0} of your {1} comuni are in this file: is it the right region? Is the file whole? The others stay open."},
		"ceased.many":     {"{0} enti su {1} non sono in questo file: il file è intero? Restano aperti.", "{0} of {1} enti are not in this file: is the file whole? They stay open."},
		"region.other":    {"Nessuno dei vostri {0} comuni è della regione {1}: è quella giusta? Restano come sono.", "None of your {0} comuni is of the region {1}: is it the right one? They stay as they are."},
		"back":            {"{0} risultava cessato e c’è di nuovo.", "{0} had ceased and is there again."},
		"back.merged":     {"{0} è già confluito in {1}, ma c’è ancora nell’elenco dell’ISTAT: non si tocca.", "{0} went into {1} already, but is in the list of ISTAT: it is left alone."},
		"member.unknown":  {"«{0}» non è fra le unioni o i comuni: riga saltata.", "“{0}” is not among the unions or comuni: the row is left out."},
		"member.twice":    {"{0} è già in {1}: un comune sta sotto un’unione sola.", "{0} is in {1} already: a comune lies below one union only."},
		"match.name":      {"{0} si riconosce dal nome: prende i suoi codici.", "{0} was recognised by its name: it gets its codes."},
		"match.codes":     {"{0}: i codici portano a due enti, {1} e {2}; vale il codice catastale.", "{0}: its codes lead to two enti, {1} and {2}; the cadastral code counts."},
		"match.kept":      {"Comuni che restano sotto l’ente in cui li avete messi: {0}.", "Comuni that stay below the ente that people put them in: {0}."},
		"province.no":     {"{0} non ha un ente provinciale: i suoi comuni stanno sotto l’associazione.", "{0} has no provincial body: its comuni lie below the association."},
	}
}

// findings are collected while files are read.
type findings []Finding

func (f *findings) add(s Severity, at place, rule string, args ...string) {
	*f = append(*f, Finding{Severity: s, Source: at.source, Line: at.line, Rule: rule, Args: args})
}

// place is a row of a file.
type place struct {
	source Source
	line   int
}
