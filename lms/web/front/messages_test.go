package front

import (
	"fmt"
	"os"
	"testing"
	"time"

	"aulacomune/course"
)

func TestWords(t *testing.T) {
	m, err := LoadMessages(os.DirFS("../messages"))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC) // already the 23rd in Rome
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	it, en := Words{m, "it", rome}, Words{m, "en", rome}
	for _, c := range []struct{ got, want string }{
		{it.Date(at), "23 novembre 2026"},
		{en.Date(at), "23 November 2026"},
		{it.Moment(at), "23 novembre 2026, ore 00:30"},
		{it.Day(at), "2026-11-23"},
		{Day("2026-11-23"), "2026-11-23"},
		{Day(" 3/11/2026 "), "2026-11-03"},
		{Day("31/02/2026"), "31/02/2026"},
		{Day("ieri"), "ieri"},
		{it.Date(time.Time{}), ""},
		{it.Duration(80), "1 ora e 20 minuti"},
		{it.Duration(61), "1 ora e 1 minuto"},
		{it.Duration(120), "2 ore"},
		{it.Duration(0), "0 minuti"},
		{en.Duration(177), "2 hours and 57 minutes"},
		{it.Planned(6, 6), "6 minuti"},
		{it.Planned(5, 6), "5 minuti su 6 previsti"},
		{it.Planned(0, 1), "0 minuti su 1 previsto"},
		{it.Planned(50, 60), "50 minuti su 1 ora prevista"},
		{it.Planned(60, 240), "1 ora su 4 previste"},
		{it.Planned(247, 280), "4 ore e 7 minuti su 4 ore e 40 minuti previsti"},
		{it.Planned(61, 60), "1 ora e 1 minuto su 1 ora prevista"},
		{en.Planned(5, 6), "5 minutes of 6 planned"},
		{en.Planned(60, 120), "1 hour of 2 planned"},
		{it.OutOf(0, 280), "0 minuti su 4 ore e 40 minuti"},
		{it.Bytes(3_240_000), "3,2 MB"},
		{clock(83.9), "1:23"},
		{clock(3723), "1:02:03"},
		{it.Duration(80), "1 ora e 20 minuti"}, // the second time it is kept
		{it.Duration(2), "2 minuti"},
		{en.Duration(2), "2 minutes"},
		{it.T("no.such.key"), "no.such.key"},
		{Words{m, "xx", rome}.T("month.1"), "gennaio"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestSpansStayInsideTheStrip(t *testing.T) {
	got := spans(course.Coverage{{0, 30}, {59.99, 60}}, 60)
	want := []span{{0, 500}, {999, 1}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("spans = %v, want %v", got, want)
	}
	if spans(course.Coverage{{0, 1}}, 0) != nil {
		t.Error("a recording without a length has stretches")
	}
}
