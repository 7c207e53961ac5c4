package webinar

import (
	"errors"
	"slices"
	"testing"
	"time"

	"aulacomune/lms"
)

func rome(t testing.TB) *time.Location {
	t.Helper()
	r, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Local times are those of Italian clocks, on the two nights of the change too.
func TestMoments(t *testing.T) {
	for _, c := range []struct {
		local  string
		second bool
		want   string // UTC; or the message
		twice  bool
	}{
		{"2026-03-04T10:00", false, "2026-03-04T09:00:00Z", false},
		{"2026-07-04T10:00", false, "2026-07-04T08:00:00Z", false},
		{"2026-03-29T01:59", false, "2026-03-29T00:59:00Z", false},
		{"2026-03-29T02:00", false, "error.webinar.time.skipped", false},
		{"2026-03-29T02:30", false, "error.webinar.time.skipped", false},
		{"2026-03-29T02:30", true, "error.webinar.time.skipped", false},
		{"2026-03-29T03:00", false, "2026-03-29T01:00:00Z", false},
		{"2026-10-25T01:59", false, "2026-10-24T23:59:00Z", false},
		{"2026-10-25T02:30", false, "2026-10-25T00:30:00Z", true},
		{"2026-10-25T02:30", true, "2026-10-25T01:30:00Z", true},
		{"2026-10-25T03:00", true, "2026-10-25T02:00:00Z", false},
		{" 2026-03-04T10:00 ", false, "2026-03-04T09:00:00Z", false},
		{"", false, "", false},
		{"domani", false, "error.webinar.time", false},
		{"2026-02-30T10:00", false, "error.webinar.time", false},
		{"2026-03-04", false, "error.webinar.time", false},
		{"1999-03-04T10:00", false, "error.webinar.time", false},
		{"9999-03-04T10:00", false, "error.webinar.time", false},
	} {
		m := Moment{c.local, c.second}
		at, wrong := m.At(rome(t))
		got := wrong
		if wrong == "" && !at.IsZero() {
			got = at.Format(time.RFC3339)
			if back := MomentOf(at, rome(t)); back.Second != (c.second && c.twice) {
				t.Errorf("%q: typed again it is %+v", c.local, back)
			}
		}
		if got != c.want || m.Twice(rome(t)) != c.twice {
			t.Errorf("%q (%t): %s, twice %t; want %s", c.local, c.second, got, m.Twice(rome(t)), c.want)
		}
	}
}

// What each state allows, at each hour.
func TestWhatEachStateAllows(t *testing.T) {
	starts := time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)
	ends, at := starts.Add(2*time.Hour), starts.Add(-48*time.Hour)
	draft := Webinar{Terms: Terms{Starts: starts, Ends: ends}}
	published, held, closed, cancelled := draft, draft, draft, draft
	published.Published, held.Published, closed.Published, cancelled.Published = at, at, at, at
	held.Held, closed.Held, closed.Closed, cancelled.Cancelled = ends, ends, ends, at
	for _, c := range []struct {
		name  string
		w     Webinar
		now   time.Time
		state State
		may   []Deed
	}{
		{"a draft", draft, at, Draft, []Deed{DeedRevise, DeedMove, DeedPublish, DeedCancel, DeedMaterial}},
		{"a draft whose hour has passed", draft, ends, Draft, []Deed{DeedRevise, DeedMove, DeedCancel, DeedMaterial}},
		{"before", published, at, Published, []Deed{DeedRevise, DeedMove, DeedCancel, DeedMessage, DeedMaterial, DeedRegister}},
		{"a quarter of an hour before", published, starts.Add(-15 * time.Minute), Published, []Deed{DeedRevise, DeedMove, DeedCancel, DeedMessage, DeedMaterial, DeedRegister, DeedEnter}},
		{"a second earlier", published, starts.Add(-15*time.Minute - time.Second), Published, []Deed{DeedRevise, DeedMove, DeedCancel, DeedMessage, DeedMaterial, DeedRegister}},
		{"while it is held", published, starts, Published, []Deed{DeedRevise, DeedMessage, DeedHold, DeedPresence, DeedMaterial, DeedRegister, DeedEnter}},
		{"when it is over", published, ends, Published, []Deed{DeedRevise, DeedMessage, DeedHold, DeedPresence, DeedMaterial, DeedClose}},
		{"held", held, ends.Add(time.Hour), Held, []Deed{DeedRevise, DeedMessage, DeedPresence, DeedMaterial, DeedClose}},
		{"closed", closed, ends.Add(time.Hour), Closed, []Deed{DeedMessage, DeedPresence, DeedMaterial}},
		{"cancelled", cancelled, at, Cancelled, nil},
	} {
		if got := c.w.State(); got != c.state {
			t.Errorf("%s: %s", c.name, got)
		}
		for _, d := range append(Deeds(), DeedRegister, DeedEnter) {
			err := c.w.Permit(d, c.now)
			if (err == nil) != slices.Contains(c.may, d) {
				t.Errorf("%s: %s gives %v", c.name, d, err)
			}
			if e, ok := errors.AsType[*lms.Error](err); err != nil && (!ok || e.Kind != lms.Conflict || e.Message == "error.invalid") {
				t.Errorf("%s: %s gives %v", c.name, d, err)
			}
		}
	}
}

func TestMeetingLinks(t *testing.T) {
	for link, want := range map[string]string{
		"https://teams.microsoft.com/l/meetup-join/19%3ameeting?context=%7b%7d": "",
		"https://us02web.zoom.us/j/123?pwd=abc":                                 "",
		"https://[2a00:1450:4002:400::200e]/x":                                  "",
		"http://meet.example.org/a":                                             "error.webinar.link.https",
		"javascript:alert(1)":                                                   "error.webinar.link",
		"data:text/html,x":                                                      "error.webinar.link",
		"meet.example.org/a":                                                    "error.webinar.link",
		"un link":                                                               "error.webinar.link",
		"https://":                                                              "error.webinar.link",
		"https://user:secret@meet.example.org/":                                 "error.webinar.link.user",
		"https://user@meet.example.org/":                                        "error.webinar.link.user",
		"https://localhost/a":                                                   "error.webinar.link.here",
		"https://intranet/a":                                                    "error.webinar.link.here",
		"https://server.local./a":                                               "error.webinar.link.here",
		"https://127.0.0.1/a":                                                   "error.webinar.link.here",
		"https://127.1/a":                                                       "error.webinar.link.here",
		"https://[::1]/a":                                                       "error.webinar.link.here",
		"https://[::ffff:10.0.0.1]/a":                                           "error.webinar.link.here",
		"https://192.168.1.4:8443/a":                                            "error.webinar.link.here",
		"https://169.254.169.254/latest":                                        "error.webinar.link.here",
		"https://meet.example.org/<script>":                                     "error.webinar.link",
		"https://meet.example.org/a b":                                          "error.webinar.link",
	} {
		if got := meetingLink(link); got != want {
			t.Errorf("%s: %q, want %q", link, got, want)
		}
	}
}

// What counts is the union of what stands, cut to the scheduled time.
func TestCount(t *testing.T) {
	at := func(h, m int) time.Time { return time.Date(2026, 3, 4, h, m, 0, 0, time.UTC) }
	span := func(a, b, c, d int) Span { return Span{at(a, b), at(c, d)} }
	day := span(9, 0, 11, 0)
	for _, c := range []struct {
		name     string
		rows     []Presence
		reported bool
		minutes  int
	}{
		{"nothing", nil, false, 0},
		{"came through the door", []Presence{{ID: "a", Spans: []Span{{From: at(9, 30)}}, Open: true}}, false, 90},
		{"came early, twice", []Presence{{ID: "a", Spans: []Span{{From: at(8, 50)}}, Open: true}, {ID: "b", Spans: []Span{{From: at(10, 0)}}, Open: true}}, false, 120},
		{"came through the door, and the report says no more", []Presence{{ID: "a", Spans: []Span{{From: at(9, 30)}}, Open: true}}, true, 0},
		{"rejoined, two reports", []Presence{{ID: "a", Spans: []Span{span(8, 30, 9, 30), span(9, 20, 9, 40)}}, {ID: "b", Spans: []Span{span(9, 0, 9, 40), span(10, 50, 12, 0)}}}, true, 50},
		{"another day", []Presence{{ID: "a", Spans: []Span{{at(9, 0).AddDate(0, 0, 1), at(11, 0).AddDate(0, 0, 1)}}}}, true, 0},
		{"reversed", []Presence{{ID: "a", Spans: []Span{span(10, 0, 9, 0)}}}, true, 0},
		{"superseded", []Presence{{ID: "a", Spans: []Span{span(9, 0, 11, 0)}}, {ID: "b", Supersedes: []string{"a"}, Spans: []Span{span(9, 0, 9, 10)}}}, true, 10},
		{"superseded by nothing", []Presence{{ID: "a", Spans: []Span{span(9, 0, 11, 0)}}, {ID: "b", Supersedes: []string{"a"}}}, true, 0},
	} {
		slices.Reverse(c.rows)
		if got := Count(c.rows, day, c.reported); got != time.Duration(c.minutes)*time.Minute {
			t.Errorf("%s: %s, want %d minutes", c.name, got, c.minutes)
		}
	}
	w := Webinar{Terms: Terms{Starts: at(9, 0), Ends: at(11, 0)}}
	if m, p := w.measure(90*time.Minute - time.Second); m != 89 || p != 74 {
		t.Errorf("a second short: %d minutes, %d %%", m, p)
	}
	if m, p := w.measure(90 * time.Minute); m != 90 || p != 75 {
		t.Errorf("three quarters: %d minutes, %d %%", m, p)
	}
}

// However outcomes follow one another, the ledger gets one row for each change, and none for what it says already.
func TestWhatOutcomesAreWorth(t *testing.T) {
	yes := func(m int) Outcome { return Outcome{Minutes: m, Enough: true} }
	no := Outcome{Minutes: 5}
	for _, c := range []struct {
		name    string
		chain   []Outcome
		minutes int
		before  int
		row     bool
	}{
		{"enough", []Outcome{yes(100)}, 100, 0, true},
		{"not enough", []Outcome{no}, 0, 0, false},
		{"enough after all", []Outcome{no, yes(100)}, 100, 0, true},
		{"more", []Outcome{yes(100), yes(110)}, 110, 1, true},
		{"struck", []Outcome{yes(100), no}, 0, 1, true},
		{"struck, then less still", []Outcome{yes(100), no, no}, 0, 1, false},
		{"back again", []Outcome{yes(100), no, no, yes(90)}, 90, 2, true},
	} {
		if m, b, r := worth(c.chain); m != c.minutes || r != c.row || r && b != c.before {
			t.Errorf("%s: %d minutes, %d before, row %t", c.name, m, b, r)
		}
	}
}
