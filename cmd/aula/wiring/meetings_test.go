package wiring

import (
	"strings"
	"testing"
	"time"

	"aulacomune/lms/webinar"
)

// Whoever registered is found in a signed list, a stranger is left to a person, and a report of another day says so.
func TestAMeetingIsRead(t *testing.T) {
	starts := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC) // ten o'clock in Italy
	f := webinar.File{
		Name: "presenze.csv", Bytes: []byte("Cognome;Nome;E-mail;Entrata;Uscita\nRossi;Anna;anna@example.it;5/3/2026 10:00;5/3/2026 11:30\nVerdi;Ugo;;5/3/2026 10:15;5/3/2026 11:00\n"),
		Title: "Lavorare per obiettivi", Starts: starts, Ends: starts.Add(2 * time.Hour),
		Known: []webinar.Known{{Person: "p1", Given: "Anna", Family: "Rossi", Emails: []string{"anna@example.it"}, Reservation: true}, {Person: "p2", Given: "Bea", Family: "Neri", Reservation: true}},
	}
	r, err := readMeeting(t.Context(), f)
	if err != nil || r.Kind != "paper" || len(r.People) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	anna, ugo := r.People[0], r.People[1]
	if anna.Person != "p1" || !anna.Sure || len(anna.Spans) != 1 || anna.Spans[0].To.Sub(anna.Spans[0].From) != 90*time.Minute || !anna.Spans[0].From.Equal(starts) {
		t.Errorf("anna: %+v", anna)
	}
	if ugo.Person != "" || ugo.Sure || ugo.Key == anna.Key || len(ugo.Why) == 0 || !strings.HasPrefix(ugo.Why[0], "attendance.why.") {
		t.Errorf("ugo: %+v", ugo)
	}
	f.Starts, f.Ends = f.Starts.AddDate(0, 0, 7), f.Ends.AddDate(0, 0, 7)
	r, err = readMeeting(t.Context(), f)
	if err != nil || len(r.Problems) == 0 || !r.Problems[0].Grave || !strings.HasPrefix(r.Problems[0].Key, "attendance.problem.") {
		t.Errorf("another day: %+v, %v", r.Problems, err)
	}
}

// A letter's calendar says when, leads to the page and the entrance, and comes from whoever sends letters.
func TestAnInvitationIsWritten(t *testing.T) {
	starts := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	write := invitations("https://corsi.example.it", "")
	i := webinar.Invite{
		Webinar: "w1", Person: "p1", Name: "Anna Rossi", Email: "anna@example.it", Organiser: "Associazione", Sequence: 2, Stamp: starts, Starts: starts, Ends: starts.Add(time.Hour),
		Title: "Lavorare per obiettivi", Page: "/webinar/obiettivi", Enter: "/webinar/obiettivi/entra/ABC", Lang: "it",
	}
	part, method, err := write(i)
	if err != nil || method != "REQUEST" {
		t.Fatalf("%s, %v", method, err)
	}
	text := strings.ReplaceAll(string(part), "\r\n ", "")
	for _, want := range []string{"SEQUENCE:2", "UID:", "@corsi.example.it", "noreply@corsi.example.it", "DTSTART;TZID=Europe/Rome:20260305T100000", "https://corsi.example.it/webinar/obiettivi/entra/ABC"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	i.Cancelled = true
	if _, method, err = write(i); err != nil || method != "CANCEL" {
		t.Errorf("%s, %v", method, err)
	}
}
