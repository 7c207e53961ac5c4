package calendar_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"aulacomune/lms/calendar"

	"pgregory.net/rapid"
)

// evening is a webinar of the mission, with a title that has to be escaped and folded.
func evening() calendar.Event {
	return calendar.Event{
		UID: calendar.UID("webinar", "w1", "p1", "corsi.example"), Sequence: 2, Stamp: time.Date(2026, 5, 20, 8, 0, 0, 0, time.UTC),
		Start: time.Date(2026, 6, 8, 13, 0, 0, 0, time.UTC), End: time.Date(2026, 6, 8, 14, 30, 0, 0, time.UTC),
		Title: "Lavorare per obiettivi; perché, e come: la città che cambia", Text: "Con Ines D’Àvila.\n\nPorta le tue domande, \\ anche le più scomode.",
		Page: "https://corsi.example/webinar/obiettivi", Conference: "https://corsi.example/webinar/obiettivi/entra?da=calendario,posta;1",
		Organiser: calendar.Party{Name: "Unione dell'Appennino, \"Ufficio\" formazione", Email: "noreply@corsi.example"},
		Attendee:  calendar.Party{Name: "Rossi, Niccolò", Email: "niccolo+aula@comune.example"}, Alarms: calendar.Reminders(),
	}
}

// The whole of an invitation, as it goes over the line.
func TestInvitation(t *testing.T) {
	got, method, err := evening().Invitation()
	if err != nil || method != calendar.Request {
		t.Fatal(method, err)
	}
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Aula Comune//Calendar//IT
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Rome
BEGIN:DAYLIGHT
DTSTART:19960331T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:webinar-w1-p1@corsi.example
DTSTAMP:20260520T080000Z
DTSTART;TZID=Europe/Rome:20260608T150000
DTEND;TZID=Europe/Rome:20260608T163000
SEQUENCE:2
SUMMARY:Lavorare per obiettivi\; perché\, e come: la città che cambia
STATUS:CONFIRMED
TRANSP:OPAQUE
LOCATION:Online
DESCRIPTION:Con Ines D’Àvila.\n\nPorta le tue domande\, \\ anche le più
  scomode.\n\nEntra:
  https://corsi.example/webinar/obiettivi/entra?da=calendario\,posta\;1\n\n
 Pagina: https://corsi.example/webinar/obiettivi
URL:https://corsi.example/webinar/obiettivi
ORGANIZER;CN="Unione dell'Appennino, ^'Ufficio^'
  formazione":mailto:noreply@corsi.example
ATTENDEE;CN="Rossi,
  Niccolò";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=F
 ALSE:mailto:niccolo+aula@comune.example
CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL=Entra;VALUE=URI:https://corsi.example/
 webinar/obiettivi/entra?da=calendario,posta;1
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Domani: Lavorare per obiettivi\; perché\, e come: la città
  che cambia
TRIGGER:-P1D
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Tra 15 minuti: Lavorare per obiettivi\; perché\, e come: la
  città che cambia
TRIGGER:-PT15M
END:VALARM
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if string(got) != want {
		t.Errorf("got\n%s", got)
	}
}

// A cancellation is known by its method and its status, reminds of nothing, and leads nowhere.
func TestCancellation(t *testing.T) {
	e := evening()
	e.Cancelled, e.Lang, e.Sequence = true, "en", 3
	got, method, err := e.Invitation()
	if err != nil || method != calendar.Cancel {
		t.Fatal(method, err)
	}
	for _, want := range []string{"METHOD:CANCEL\r\n", "STATUS:CANCELLED\r\n", "SEQUENCE:3\r\n", "SUMMARY:Cancelled: Lavorare", "PRODID:-//Aula Comune//Calendar//EN\r\n"} {
		if !bytes.Contains(got, []byte(want)) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, not := range []string{"VALARM", "CONFERENCE", "entra"} {
		if bytes.Contains(got, []byte(not)) {
			t.Errorf("%q in\n%s", not, got)
		}
	}
}

// What everybody may fetch tells nothing of who attends, and not where one enters.
func TestPublished(t *testing.T) {
	e, next := evening(), evening()
	next.UID, next.Cancelled, next.Organiser = "webinar-w2@corsi.example", true, calendar.Party{}
	feed, err := calendar.Feed{Name: "I miei webinar", Page: "https://corsi.example/webinar", Refresh: time.Hour, Events: []calendar.Event{e, next}}.File()
	if err != nil {
		t.Fatal(err)
	}
	file, err := e.File()
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"feed": feed, "file": file} {
		for _, not := range []string{"ATTENDEE", "CONFERENCE", "/entra", "Niccol", "niccolo"} {
			if bytes.Contains(b, []byte(not)) {
				t.Errorf("the %s says %q", name, not)
			}
		}
	}
	for _, want := range []string{"METHOD:PUBLISH", "NAME:I miei webinar", "X-WR-CALNAME:I miei webinar", "URL:https://corsi.example/webinar\r\n", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "STATUS:CANCELLED", "STATUS:CONFIRMED"} {
		if !bytes.Contains(feed, []byte(want)) {
			t.Errorf("no %q in the feed", want)
		}
	}
	if _, err := (calendar.Feed{Name: "Vuoto"}).File(); err != nil {
		t.Error("an empty feed:", err)
	}
}

// On the two nights of the clock change: what the clock shows twice is in UTC, everything else as people in Italy read it.
func TestNightsOfTheClockChange(t *testing.T) {
	for name, c := range map[string]struct{ start, end, wantStart, wantEnd string }{
		"across the hour that is left out":  {"2026-03-29T00:30:00Z", "2026-03-29T01:15:00Z", "DTSTART;TZID=Europe/Rome:20260329T013000", "DTEND;TZID=Europe/Rome:20260329T031500"},
		"the first summer hour":             {"2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z", "DTSTART;TZID=Europe/Rome:20260329T030000", "DTEND;TZID=Europe/Rome:20260329T040000"},
		"before the hour that comes twice":  {"2026-10-24T22:00:00Z", "2026-10-24T23:59:00Z", "DTSTART;TZID=Europe/Rome:20261025T000000", "DTEND;TZID=Europe/Rome:20261025T015900"},
		"into it":                           {"2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z", "DTSTART:20261024T233000Z", "DTEND:20261025T003000Z"},
		"its first time":                    {"2026-10-25T00:00:00Z", "2026-10-25T00:59:00Z", "DTSTART:20261025T000000Z", "DTEND:20261025T005900Z"},
		"its second time":                   {"2026-10-25T01:00:00Z", "2026-10-25T01:59:00Z", "DTSTART:20261025T010000Z", "DTEND:20261025T015900Z"},
		"behind it":                         {"2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z", "DTSTART;TZID=Europe/Rome:20261025T030000", "DTEND;TZID=Europe/Rome:20261025T040000"},
		"around it":                         {"2026-10-24T23:00:00Z", "2026-10-25T02:00:00Z", "DTSTART;TZID=Europe/Rome:20261025T010000", "DTEND;TZID=Europe/Rome:20261025T030000"},
		"a time before the rule of our day": {"1990-06-08T13:00:00Z", "1990-06-08T14:00:00Z", "DTSTART:19900608T130000Z", "DTEND:19900608T140000Z"},
	} {
		e := evening()
		e.Start, e.End = at(t, c.start), at(t, c.end)
		b, _, err := e.Invitation()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, want := range []string{c.wantStart, c.wantEnd} {
			if !bytes.Contains(b, []byte("\r\n"+want+"\r\n")) {
				t.Errorf("%s: no %s in\n%s", name, want, b)
			}
		}
	}
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	out, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What cannot be written is refused, and an address is not repeated in the error.
func TestRefused(t *testing.T) {
	for name, change := range map[string]func(*calendar.Event){
		"no UID":                  func(e *calendar.Event) { e.UID = "" },
		"UID of two lines":        func(e *calendar.Event) { e.UID = "a\r\nATTENDEE:x" },
		"no stamp":                func(e *calendar.Event) { e.Stamp = time.Time{} },
		"no title":                func(e *calendar.Event) { e.Title = " \u202e\x00 " },
		"ends before it starts":   func(e *calendar.Event) { e.End = e.Start.Add(-time.Minute) },
		"ends as it starts":       func(e *calendar.Event) { e.End = e.Start },
		"a sequence below zero":   func(e *calendar.Event) { e.Sequence = -1 },
		"a script as a page":      func(e *calendar.Event) { e.Page = "javascript:alert('segreto')" },
		"a path as an entrance":   func(e *calendar.Event) { e.Conference = "/entra/segreto" },
		"a line in an entrance":   func(e *calendar.Event) { e.Conference = "https://a.example/segreto\r\nX:y" },
		"no address of organiser": func(e *calendar.Event) { e.Organiser.Email = "" },
		"no address of attendee":  func(e *calendar.Event) { e.Attendee.Email = "segreto" },
		"a name as an address":    func(e *calendar.Event) { e.Attendee.Email = "A <segreto@b.example>" },
	} {
		e := evening()
		change(&e)
		if b, _, err := e.Invitation(); err == nil {
			t.Errorf("%s was written:\n%s", name, b)
		} else if strings.Contains(err.Error(), "segreto") {
			t.Errorf("%s: the error tells it: %v", name, err)
		}
	}
	if _, err := (calendar.Feed{Page: "nowhere"}).File(); err == nil {
		t.Error("a feed with a page that is none was written")
	}
}

// Whatever people type, the file is one by the letter of the standard, and says it again when its lines are read back.
func TestWhateverPeopleType(t *testing.T) {
	typed := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("aè😀,;:\\\"'^\n\r\t <>=\u202e\u2028nN\u0000€")), 0, 300, -1), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
	rapid.Check(t, func(t *rapid.T) {
		e := evening()
		e.Title, e.Text, e.Attendee.Name, e.Organiser.Name = "T"+typed.Draw(t, "title"), typed.Draw(t, "text"), typed.Draw(t, "attendee"), typed.Draw(t, "organiser")
		e.Start = time.Unix(rapid.Int64Range(1e9, 4e9).Draw(t, "start"), 0)
		e.End = e.Start.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "minutes")) * time.Minute)
		e.Cancelled, e.Lang = rapid.Bool().Draw(t, "cancelled"), rapid.SampledFrom([]string{"it", "en", ""}).Draw(t, "lang")
		b, _, err := e.Invitation()
		if err != nil {
			t.Fatal(err)
		}
		if err := calendar.Check(b); err != nil {
			t.Fatal(err)
		}
		for name, want := range calendar.Texts(e) {
			if got := readBack(b, name); got != want {
				t.Fatalf("%s: %q, want %q in\n%s", name, got, want, b)
			}
		}
		if f, err := e.File(); err != nil || calendar.Check(f) != nil {
			t.Fatal(err)
		}
	})
}

// readBack finds the first property of a name in the event and takes its escapes out: a reader of its own, as simple as can be.
func readBack(b []byte, name string) string {
	for _, l := range strings.Split(strings.ReplaceAll(string(b), "\r\n ", ""), "\r\n") {
		v, ok := strings.CutPrefix(l, name+":")
		if !ok {
			continue
		}
		var out strings.Builder
		for i := 0; i < len(v); i++ {
			if v[i] != '\\' {
				out.WriteByte(v[i])
				continue
			}
			if i++; v[i] == 'n' {
				out.WriteByte('\n')
			} else {
				out.WriteByte(v[i])
			}
		}
		return out.String()
	}
	return ""
}
