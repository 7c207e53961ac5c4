package certificate

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
)

// words are the fixed words of a certificate in one language.
type words struct {
	tag                                     string // BCP 47
	certify, completed                      string
	attended, present, fiscal               string
	hours, of                               string
	mode, period, result, edition, register string
	programme, modules                      string
	issued, code, verify, image, open       string
	hash                                    string
	months                                  []string
	span                                    func(from, to time.Time, date func(time.Time) string) string
	length                                  func(minutes int) string
}

func wordsOf(lang string) words {
	if lang == "en" {
		return english()
	}
	return italian()
}

func italian() words {
	return words{
		tag:     "it-IT",
		certify: "Si attesta che", completed: "ha completato il corso",
		attended: "ha partecipato al webinar", present: "Ore di presenza", fiscal: "codice fiscale",
		hours: "Ore svolte", of: "%s su %s previste", mode: "Modalità", period: "Periodo", result: "Esito",
		edition: "Versione del corso", register: "Registro degli attestati", programme: "Programma", modules: "Moduli",
		issued: "Luogo e data di rilascio", code: "Codice di verifica", verify: "Chiunque può verificare questo attestato all’indirizzo",
		image: "Codice QR che porta alla pagina di verifica: %s", open: "Apri la pagina di verifica: %s", hash: "impronta",
		months: []string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"},
		span:   italianSpan,
		length: units{"ora", "ore", "minuto", "minuti", " e "}.length,
	}
}

func english() words {
	return words{
		tag:     "en-GB",
		certify: "This is to certify that", completed: "has completed the course",
		attended: "attended the webinar", present: "Hours attended", fiscal: "fiscal number",
		hours: "Hours done", of: "%s of %s planned", mode: "Mode", period: "Dates", result: "Result",
		edition: "Version of the course", register: "Register of certificates", programme: "Programme", modules: "Modules",
		issued: "Place and date of issue", code: "Verification code", verify: "Anyone can verify this certificate at",
		image: "QR code that leads to the verification page: %s", open: "Open the verification page: %s", hash: "hash",
		months: []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		span: func(from, to time.Time, date func(time.Time) string) string {
			return "from " + date(from) + " to " + date(to)
		},
		length: units{"hour", "hours", "minute", "minutes", " and "}.length,
	}
}

// italianSpan elides before the eighth and the eleventh: dall’8, all’11.
func italianSpan(from, to time.Time, date func(time.Time) string) string {
	join := func(word string, t time.Time) string {
		if t.Day() == 8 || t.Day() == 11 {
			return word + "l’" + date(t)
		}
		return word + " " + date(t)
	}
	return join("dal", from) + " " + join("al", to)
}

// units are the words of a length, one and many.
type units struct{ hour, hours, minute, minutes, and string }

// length says a number of minutes in hours and minutes: 390 is "6 ore e 30 minuti".
func (u units) length(minutes int) string {
	count := func(n int, one, many string) string {
		if n == 1 {
			return "1" + string(noBreak) + one
		}
		return strconv.Itoa(n) + string(noBreak) + many
	}
	h, m := minutes/60, minutes%60
	switch {
	case h == 0:
		return count(m, u.minute, u.minutes)
	case m == 0:
		return count(h, u.hour, u.hours)
	}
	return count(h, u.hour, u.hours) + u.and + count(m, u.minute, u.minutes)
}

// texts is a certificate as it will be read: every string that the page shows. An empty one is not shown.
type texts struct {
	lms.Printed
	words  words
	who    string // role and ente
	facts  []fact
	issue  string // place and date
	moment time.Time
}

// fact is a label with its value.
type fact struct{ label, value string }

func (d *Drawer) texts(p lms.Printed) texts {
	w := wordsOf(p.Lang)
	date := func(t time.Time) string {
		t = t.In(d.zone)
		return fmt.Sprintf("%d%c%s%c%d", t.Day(), noBreak, w.months[t.Month()-1], noBreak, t.Year())
	}
	if p.What == lms.OccasionWebinar {
		w.completed, w.hours = w.attended, w.present
	}
	number := p.Fiscal
	if number != "" {
		number = w.fiscal + string(noBreak) + number
	}
	t := texts{Printed: p, words: w, who: joined(" · ", number, p.Role, p.Organisation), issue: p.Place, moment: p.Issued.UTC()}
	if !p.Issued.IsZero() {
		t.issue = joined(", ", p.Place, date(p.Issued))
	}
	var row string
	if p.Number != "" {
		row = "n." + string(noBreak) + p.Number
	}
	for _, f := range []fact{
		{w.hours, w.done(p.Minutes, p.Planned)},
		{w.period, w.dates(p.From.In(d.zone), p.To.In(d.zone), date)},
		{w.mode, p.Mode},
		{w.result, p.Result},
		{w.edition, w.version(p.Edition, p.EditionHash)},
		{w.register, row},
	} {
		if f.value != "" {
			t.facts = append(t.facts, f)
		}
	}
	return t
}

// done says how much was done of what was planned.
func (w words) done(minutes, planned int) string {
	switch {
	case planned > 0 && minutes != planned:
		return fmt.Sprintf(w.of, w.length(minutes), w.length(planned))
	case minutes > 0:
		return w.length(minutes)
	}
	return ""
}

// dates says from when to when, as one day if it was one.
func (w words) dates(from, to time.Time, date func(time.Time) string) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case from.IsZero():
		return date(to)
	case to.IsZero() || date(from) == date(to):
		return date(from)
	}
	return w.span(from, to, date)
}

// version names the edition and its content: "2 · impronta 3f9a0c12ab77".
func (w words) version(edition int, hash string) string {
	var number string
	if edition > 0 {
		number = strconv.Itoa(edition)
	}
	if hash != "" {
		hash = w.hash + " " + hash
	}
	return joined(" · ", number, hash)
}

// joined joins what is not empty.
func joined(with string, parts ...string) string {
	var full []string
	for _, p := range parts {
		if p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, with)
}
