package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// playWebinar plays a webinar in the time that it takes: an administrator announces it, Ada and Bea of the year register and get it into their calendars, the hour
// moves and the calendars with it, it is held, a report of the meeting says who was there and leaves doubts, and what follows: hours, attestato, the course of
// which it is a learning object, the questionnaire, the organiser's report.
func playWebinar(admin *browser, letter mailbox, ada, bea *browser, publish func(folder string) (string, error)) {
	rome := inRome(admin.t)
	early := time.Now().In(rome).Add(40 * time.Minute).Truncate(time.Minute)
	kept, page := announceWebinar(admin, early)
	if out, err := publish(courseOf(admin.t, strings.TrimPrefix(page, "/webinar/"))); err != nil {
		admin.t.Fatalf("publish: %v\n%s", err, out)
	}
	ada.open("/corsi/con-un-incontro")
	ada.follow("Iscriviti")
	ada.see(webinarTitle, "partecipa al webinar")

	for _, b := range []*browser{ada, bea} {
		b.open(page)
		b.submit("form[action$='/iscrizione']")
		b.see("posto")
	}
	inCalendar(ada, letter, "Hai un posto nel webinar «"+webinarTitle+"»", "SEQUENCE:0", early)

	starts := time.Now().In(rome).Add(40 * time.Second).Truncate(time.Minute).Add(time.Minute)
	ends := starts.Add(time.Minute)
	moveWebinar(admin, kept, starts, ends)
	inCalendar(ada, letter, "aggiorna il tuo calendario", "SEQUENCE:1", starts)

	ada.open(page + "/entra")
	led := get[string](ada, `(async () => {
		const f = document.querySelector('main form[action$="/entra"]');
		const r = await fetch(f.action, { method: 'POST', body: new URLSearchParams(new FormData(f)) });
		return r.headers.get('Refresh');
	})()`) // a browser would go there
	if !strings.HasSuffix(led, webinarMeeting) {
		ada.t.Errorf("Ada is led to %s", led)
	}
	time.Sleep(time.Until(ends.Add(time.Second)))

	clearDoubts(admin, kept, meetingReport(admin.t, starts, ends))
	admin.open(kept + "/chiudi")
	admin.submit("form[action$='/chiudi']")
	came(ada, page)
	admin.open(kept + "/rapporto")
	admin.see("Comune di Nuovo")
	if text := admin.text(); strings.Contains(text, "Molto utile davvero") {
		admin.t.Error("the opinion of one is shown")
	}
}

const (
	webinarTitle   = "Riunioni che servono"
	webinarMeeting = "https://riunioni.example/agile"
)

func inRome(t *testing.T) *time.Location {
	t.Helper()
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	return rome
}

// local is a moment as a form takes it.
const local = "2006-01-02T15:04"

// announceWebinar announces and publishes it, and gives the address of its page for whoever keeps it, and for all.
func announceWebinar(b *browser, starts time.Time) (kept, page string) {
	b.t.Helper()
	b.open("/amministrazione/webinar/nuovo")
	b.set("input[name=title]", webinarTitle)
	b.set("input[name=starts]", starts.Format(local))
	b.set("input[name=ends]", starts.Add(-time.Hour).Format(local))
	b.set("input[name=link]", webinarMeeting)
	b.submit("main form[data-once]")
	b.see("Controlla i campi segnati")
	b.set("input[name=ends]", starts.Add(time.Hour).Format(local))
	b.submit("main form[data-once]")
	b.see("Bozza")
	kept = b.path()
	b.submit("form[action$='/pubblica']")
	b.see("Pubblicato")
	return kept, get[string](b, "document.querySelector('main a[href^=\"/webinar/\"]').getAttribute('href')")
}

// courseOf is the folder of a course that is this webinar, and a reading.
func courseOf(t *testing.T, webinar string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{
		"course.yaml": "slug: con-un-incontro\ntitle: Con un incontro\nsummary: Un webinar e basta.\nlang: it\nprogramme: L'incontro.\naudience: Chi prova.\nminutes: 60\nobjectives: [Incontrarsi]\n" +
			"modules:\n  - {id: uno, folder: 01-uno, title: Modulo uno}\n",
		"01-uno/01-ora.md": "---\nid: ora\ntitle: " + webinarTitle + "\nkind: webinar\nwebinar: " + webinar + "\nminutes: 60\nobjectives: [Incontrarsi]\ncomplete: {attended: true}\n---\n\nDi che cosa si parla.\n",
	} {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// inCalendar holds that the latest letter to Ada that says something has a calendar part of this sequence and hour.
func inCalendar(b *browser, letter mailbox, says, sequence string, starts time.Time) {
	b.t.Helper()
	part := letter(b, "ada.prima@nuovo.example", says).calendar
	for _, want := range []string{"METHOD:REQUEST", sequence, webinarTitle, starts.Format("20060102T150405")} {
		if !strings.Contains(part, want) {
			b.t.Errorf("the calendar part lacks %s:\n%s", want, part)
		}
	}
}

// moveWebinar moves it, after a look at who will be told.
func moveWebinar(b *browser, kept string, starts, ends time.Time) {
	b.t.Helper()
	b.open(kept + "/sposta")
	b.set("input[name=starts]", starts.Format(local))
	b.set("input[name=ends]", ends.Format(local))
	b.leaving(func() { b.press("look", "document.querySelector('button[value=anteprima]')") })
	b.see("2 persone")
	b.leaving(func() { b.press("move", "document.querySelector('button[value=conferma]')") })
	b.at(kept)
}

// meetingReport is what Teams writes of the meeting: Ada by her address, Bea by a nickname, and somebody's telephone.
func meetingReport(t *testing.T, starts, ends time.Time) string {
	t.Helper()
	const day = "02/01/2006, 15:04:05"
	from, to := starts.Add(-time.Minute).Format(day), ends.Format(day)
	lines := []string{
		"1. Riepilogo", "Titolo riunione\t" + webinarTitle, "Partecipanti\t3", "Ora di inizio\t" + from, "Ora di fine\t" + to, "",
		"2. Partecipanti", "Nome\tPrimo accesso\tUltima uscita\tDurata in riunione\tE-mail\tID partecipante (UPN)\tRuolo",
		fmt.Sprintf("PRIMA ADA\t%s\t%s\t3 min\tada.prima@nuovo.example\tada.prima@nuovo.example\tPartecipante", from, to),
		fmt.Sprintf("Bea S.\t%s\t%s\t3 min\t\t\tPartecipante", from, to),
		fmt.Sprintf("iPhone di Beppe\t%s\t%s\t3 min\t\t\tPartecipante", from, to),
	}
	return fileOf(t, "riunione.csv", strings.Join(lines, "\n")+"\n")
}

// clearDoubts takes the report in and says who is who.
func clearDoubts(b *browser, kept, file string) {
	b.t.Helper()
	b.open(kept + "/presenze")
	b.upload(file)
	b.submit("form[enctype]")
	b.open(kept + "/dubbi")
	b.see("Bea S.", "iPhone di Beppe")
	decide := func(name, choice string) {
		b.do(fmt.Sprintf(`const s = [...document.querySelectorAll('section')].find((s) => s.querySelector('h2')?.innerText.trim().endsWith(%q));
			const r = [...s.querySelectorAll('input[type=radio]')].find((r) => r.labels[0].innerText.includes(%q)); r.checked = true; s.querySelector('form').id = 'this'`, name, choice))
		b.submit("#this")
		b.open(kept + "/dubbi")
		b.gone(name)
	}
	decide("Bea S.", "Bea Seconda")
	decide("iPhone di Beppe", "Nessuno")
}

// came is what Ada has of it: hours once, an attestato, the course, and her opinion to give.
func came(b *browser, page string) {
	b.t.Helper()
	b.until("the attestato is there", func() bool {
		b.open("/webinar/miei")
		ok, _ := ask[bool](b, "!!document.querySelector('main a[href^=\"/verifica/\"]')")
		return ok
	})
	b.open(get[string](b, "document.querySelector('main a[href^=\"/verifica/\"]').getAttribute('href')"))
	b.see("valido", webinarTitle, "Ada Prima", "1 minuto")
	b.open("/ore")
	b.see(webinarTitle, "0:01")
	b.gone("1:00")
	b.open("/corsi/con-un-incontro/ora")
	b.see("Risulta che hai partecipato", "Completato il")
	b.open(page + "/questionario")
	b.do("const seen = new Set(); for (const r of document.querySelectorAll('main input[type=radio]')) if (!seen.has(r.name)) { seen.add(r.name); r.checked = true }")
	b.do("const c = document.querySelector('main textarea'); if (c) c.value = 'Molto utile davvero'")
	b.submit("form[action$='/questionario']")
	b.open(page + "/questionario")
	b.gone("Molto utile")
	if left := get[bool](b, "!!document.querySelector('form[action$=\"/questionario\"]')"); left {
		b.t.Error("an opinion can be given twice")
	}
}
