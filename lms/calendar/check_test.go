package calendar_test

import (
	"strings"
	"testing"

	"aulacomune/lms/calendar"
)

// Every fault that a writer of calendars can make is seen.
func TestCheck(t *testing.T) {
	good, _, err := evening().Invitation()
	if err != nil {
		t.Fatal(err)
	}
	swap := func(old, by string) string {
		t.Helper()
		if !strings.Contains(string(good), old) {
			t.Fatalf("no %q in the sample", old)
		}
		return strings.Replace(string(good), old, by, 1)
	}
	for name, bad := range map[string]string{
		"lines that end in LF":          strings.ReplaceAll(string(good), "\r\n", "\n"),
		"one line that ends in LF":      swap("SEQUENCE:2\r\n", "SEQUENCE:2\n"),
		"a last line without an end":    strings.TrimSuffix(string(good), "\r\n"),
		"a line of 76 octets":           swap("LOCATION:Online", "LOCATION:"+strings.Repeat("x", 67)),
		"a character cut in two":        swap("perch\u00e9", "perch\xc3\r\n \xa9"),
		"what is no UTF-8":              swap("perch\u00e9", "perch\xe9"),
		"a control character":           swap("Online", "On\x07line"),
		"an empty line":                 swap("TRANSP:OPAQUE\r\n", "TRANSP:OPAQUE\r\n\r\n"),
		"a first line that goes on":     " " + string(good),
		"a comma in a text":             swap("perch\u00e9\\,", "perch\u00e9,"),
		"a semicolon in a text":         swap("obiettivi\\;", "obiettivi;"),
		"an escape that is none":        swap("Online", "On\\:line"),
		"a backslash at the end":        swap("LOCATION:Online", "LOCATION:Online\\"),
		"a backslash in a parameter":    swap("LABEL=Entra", "LABEL=Ent\\,ra"),
		"a parameter without a value":   swap(";LABEL=Entra", ";LABEL"),
		"a parameter twice":             swap(";LABEL=Entra", ";LABEL=Entra;LABEL=Vai"),
		"a line without a colon":        swap("SEQUENCE:2", "SEQUENCE"),
		"a line without a name":         swap("SEQUENCE:2", ":2"),
		"no version":                    swap("VERSION:2.0\r\n", ""),
		"another version":               swap("VERSION:2.0", "VERSION:1.0"),
		"no PRODID":                     swap("PRODID:-//Aula Comune//Calendar//IT\r\n", ""),
		"no method":                     swap("METHOD:REQUEST\r\n", ""),
		"a method that is none":         swap("METHOD:REQUEST", "METHOD:PLEASE"),
		"two methods":                   swap("METHOD:REQUEST\r\n", "METHOD:REQUEST\r\nMETHOD:PUBLISH\r\n"),
		"CANCEL of what is confirmed":   swap("METHOD:REQUEST", "METHOD:CANCEL"),
		"REQUEST of what is cancelled":  swap("STATUS:CONFIRMED", "STATUS:CANCELLED"),
		"an attendee for everybody":     swap("METHOD:REQUEST", "METHOD:PUBLISH"),
		"no UID":                        swap("UID:webinar-w1-p1@corsi.example\r\n", ""),
		"two titles":                    swap("SEQUENCE:2\r\n", "SEQUENCE:2\r\nSUMMARY:x\r\n"),
		"no sequence":                   swap("SEQUENCE:2\r\n", ""),
		"no organiser":                  swap("ORGANIZER;", "X-ORGANIZER;"),
		"an organiser without an URI":   swap(":mailto:noreply@corsi.example", ":noreply@corsi.example"),
		"a stamp of no zone":            swap("DTSTAMP:20260520T080000Z", "DTSTAMP:20260520T080000"),
		"an end before the start":       swap("DTEND;TZID=Europe/Rome:20260608T163000", "DTEND;TZID=Europe/Rome:20260608T143000"),
		"a zone that is not there":      strings.Replace(swap("TZID:Europe/Rome", "TZID:Europe/Paris"), "x", "x", 1),
		"a time that is none":           swap("DTSTART;TZID=Europe/Rome:20260608T150000", "DTSTART;TZID=Europe/Rome:2026-06-08T15:00"),
		"a start in UTC, an end not":    swap("DTSTART;TZID=Europe/Rome:20260608T150000", "DTSTART:20260608T130000Z"),
		"a zone without a rule":         swap("BEGIN:DAYLIGHT", "BEGIN:SOMETIMES"),
		"a rule without an offset":      swap("TZOFFSETTO:+0200\r\n", ""),
		"a conference without its type": swap(";VALUE=URI", ""),
		"an alarm without words":        swap("ACTION:DISPLAY\r\nDESCRIPTION", "ACTION:DISPLAY\r\nX-DESCRIPTION"),
		"an alarm behind the start":     swap("TRIGGER:-P1D", "TRIGGER:P1D"),
		"a component that stays open":   swap("END:VEVENT\r\n", ""),
		"one closed as another":         swap("END:VALARM", "END:VEVENT"),
		"more behind the end":           string(good) + "X-MORE:1\r\n",
		"nothing":                       "",
		"something else":                "BEGIN:VCARD\r\nEND:VCARD\r\n",
	} {
		if err := calendar.Check([]byte(bad)); err == nil {
			t.Errorf("%s: passed", name)
		}
	}
	if err := calendar.Check(good); err != nil {
		t.Error(err)
	}
}

// No bytes make the checker stumble.
func FuzzCheck(f *testing.F) {
	good, _, err := evening().Invitation()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if calendar.Check(b) == nil && !strings.Contains(string(b), "BEGIN:VCALENDAR\r\n") {
			t.Error("passed, and begins no calendar")
		}
	})
}
