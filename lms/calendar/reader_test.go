package calendar_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"aulacomune/lms/calendar"
)

// seen is what an independent reader (npm ical.js) finds in a file.
type seen struct {
	Method, Name, Refresh string
	Events                []struct {
		UID, Summary, Description, Status, URL, Conference, Label  string
		Organizer, OrganizerName, Attendee, AttendeeName, Partstat string
		Sequence                                                   int
		Stamp, Start, End                                          time.Time
		Alarms                                                     []string
	}
}

// read gives files to the independent reader.
func read(t *testing.T, files ...[]byte) []seen {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "node")
	}
	texts := make([]string, len(files))
	for i, f := range files {
		texts[i] = string(f)
	}
	in, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	c := exec.CommandContext(t.Context(), "node", "testdata/reader.mjs")
	c.Stdin, c.Stdout, c.Stderr, c.Env = bytes.NewReader(in), &out, &errs, append(os.Environ(), "TZ=America/New_York") // wherever the reader is
	if err := c.Run(); err != nil {
		if strings.Contains(errs.String(), "ERR_MODULE_NOT_FOUND") {
			missing(t, "ical.js (make assets)")
		}
		t.Fatalf("%v: %s", err, errs.String())
	}
	var got []seen
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || len(got) != len(files) {
		t.Fatalf("%d of %d files read: %v", len(got), len(files), err)
	}
	return got
}

// missing skips a test for what this machine lacks, where that is allowed.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("AULA_TEST_STRICT") != "" {
		t.Fatalf("missing: %s", what)
	}
	t.Skipf("missing: %s", what)
}

// Another's reader finds in an invitation what we wrote.
func TestAnotherReadsTheInvitation(t *testing.T) {
	e := evening()
	b, _, err := e.Invitation()
	if err != nil {
		t.Fatal(err)
	}
	off := e
	off.Cancelled, off.Sequence = true, 3
	c, _, err := off.Invitation()
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, b, c)
	if got[0].Method != "REQUEST" || got[1].Method != "CANCEL" || len(got[0].Events) != 1 || len(got[1].Events) != 1 {
		t.Fatalf("%+v", got)
	}
	x, y := got[0].Events[0], got[1].Events[0]
	if x.UID != e.UID || y.UID != e.UID || x.Sequence != 2 || y.Sequence != 3 || x.Status != "CONFIRMED" || y.Status != "CANCELLED" || len(y.Alarms) != 0 || y.Conference != "" {
		t.Errorf("%+v, %+v", x, y)
	}
	if !x.Start.Equal(e.Start) || !x.End.Equal(e.End) || !x.Stamp.Equal(e.Stamp) || fmt.Sprint(x.Alarms) != "[-P1D -PT15M]" {
		t.Errorf("times: %+v", x)
	}
	if x.Summary != e.Title || x.Description != calendar.Texts(e)["DESCRIPTION"] || x.URL != e.Page || x.Conference != e.Conference || x.Label != "Entra" {
		t.Errorf("texts: %+v", x)
	}
	if x.Organizer != "mailto:"+e.Organiser.Email || x.OrganizerName != e.Organiser.Name || x.Attendee != "mailto:"+e.Attendee.Email || x.AttendeeName != e.Attendee.Name || x.Partstat != "ACCEPTED" {
		t.Errorf("people: %+v", x)
	}
}

// The instants come back on both nights of the clock change, minute by minute around the changes, and on any day of many years.
func TestAnotherReadsTheTimes(t *testing.T) {
	var starts []time.Time
	for _, change := range []string{"2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"} {
		for m := -180; m <= 180; m += 15 {
			starts = append(starts, at(t, change).Add(time.Duration(m)*time.Minute))
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		starts = append(starts, time.Unix(at(t, "2020-01-01T00:00:00Z").Unix()+random.Int64N(20*365*24*3600), 0).UTC())
	}
	f := calendar.Feed{Name: "Tutti", Refresh: 90 * time.Minute}
	for i, s := range starts {
		e := evening()
		e.UID, e.Start, e.End = fmt.Sprintf("e%d@corsi.example", i), s, s.Add(45*time.Minute)
		f.Events = append(f.Events, e)
	}
	b, err := f.File()
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, b)[0]
	if got.Method != "PUBLISH" || got.Name != "Tutti" || got.Refresh != "PT1H30M" || len(got.Events) != len(starts) {
		t.Fatalf("%s %s %s, %d events", got.Method, got.Name, got.Refresh, len(got.Events))
	}
	for i, e := range got.Events {
		if !e.Start.Equal(starts[i]) || !e.End.Equal(starts[i].Add(45*time.Minute)) || e.Attendee != "" || e.Conference != "" {
			t.Errorf("%s to %s, want %s", e.Start, e.End, starts[i])
		}
	}
}
