package mail_test

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	stdmail "net/mail"
	"strings"
	"testing"
	"time"

	"aulacomune/lms/calendar"
	"aulacomune/lms/mail"
)

// An invitation is the last way to read its letter, and arrives byte for byte: programs of mail know it by type, method and character set, and are strict
// about the ends of its lines.
func TestInvitationOverTheLine(t *testing.T) {
	e := calendar.Event{
		UID: calendar.UID("webinar", "w1", "p1", "aula.example"), Stamp: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), Start: time.Date(2026, 6, 8, 13, 0, 0, 0, time.UTC),
		End: time.Date(2026, 6, 8, 14, 0, 0, 0, time.UTC), Title: "Perché lavorare per obiettivi", Text: strings.Repeat("Città è = ; , ", 20), Conference: "https://aula.example/webinar/w/entra",
		Organiser: calendar.Party{Name: "Unione dell’Appennino", Email: "noreply@aula.example"}, Attendee: calendar.Party{Name: "Niccolò", Email: "n@example.it"}, Alarms: calendar.Reminders(),
	}
	for _, want := range []string{calendar.Request, calendar.Cancel} {
		e.Cancelled, e.Sequence = want == calendar.Cancel, e.Sequence+1
		m := message()
		var err error
		if m.Calendar, m.Method, err = e.Invitation(); err != nil {
			t.Fatal(err)
		}
		srv := newServer(t, nil, false, nil)
		s, err := mail.ParseSMTP(srv.url(""), "")
		if err != nil {
			t.Fatal(err)
		}
		l, err := s.Dial(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(l.Send(t.Context(), m), l.Close()); err != nil {
			t.Fatal(err)
		}
		kinds, last, params := partsOf(t, srv.messages()[0])
		if kinds != "text/plain text/html text/calendar" || params["method"] != want || params["charset"] != "UTF-8" || len(params) != 2 {
			t.Errorf("parts %s; of the last %v", kinds, params)
		}
		if !bytes.Equal(last, m.Calendar) {
			t.Errorf("got\n%q, sent\n%q", last, m.Calendar)
		}
		if err := calendar.Check(last); err != nil {
			t.Error(err)
		}
	}
}

// partsOf reads a message of alternatives: their types, the last one as it was before it was encoded, and the parameters of its type.
func partsOf(t *testing.T, message string) (kinds string, last []byte, params map[string]string) {
	t.Helper()
	m, err := stdmail.ReadMessage(strings.NewReader(message))
	if err != nil {
		t.Fatal(err)
	}
	kind, p, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	var all []string
	for r := multipart.NewReader(m.Body, p["boundary"]); ; {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return strings.Join(all, " "), last, params
		}
		if err != nil {
			t.Fatal(err)
		}
		if kind, params, err = mime.ParseMediaType(part.Header.Get("Content-Type")); err != nil {
			t.Fatal(err)
		}
		all = append(all, kind)
		if got := part.Header.Get("Content-Transfer-Encoding"); got != "quoted-printable" {
			t.Errorf("%s is sent as %s", kind, got)
		}
		if last, err = io.ReadAll(quotedprintable.NewReader(part)); err != nil {
			t.Fatal(err)
		}
	}
}
