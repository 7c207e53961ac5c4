package web

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"aulacomune/course"
)

func TestEveryLanguageHasEveryMessage(t *testing.T) {
	keys := map[string]map[string]any{}
	for _, lang := range Langs() {
		raw, err := messageFiles.ReadFile("messages/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]any
		if err := json.Unmarshal(raw, &all); err != nil {
			t.Fatal(err)
		}
		keys[lang] = all
	}
	for lang, own := range keys {
		for other, theirs := range keys {
			for key, v := range own {
				if w, ok := theirs[key]; !ok {
					t.Errorf("%s has %q, %s has not", lang, key, other)
				} else if fmt.Sprintf("%T", v) != fmt.Sprintf("%T", w) {
					t.Errorf("%q is plural in one of %s and %s only", key, lang, other)
				}
			}
		}
	}
}

func TestWords(t *testing.T) {
	m, err := LoadMessages()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC) // already the 23rd in Rome
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	it, en := words{m, "it", rome}, words{m, "en", rome}
	for _, c := range []struct{ got, want string }{
		{it.date(at), "23 novembre 2026"},
		{en.date(at), "23 November 2026"},
		{it.moment(at), "23 novembre 2026, ore 00:30"},
		{it.day(at), "2026-11-23"},
		{it.date(time.Time{}), ""},
		{it.duration(80), "1 ora e 20 minuti"},
		{it.duration(61), "1 ora e 1 minuto"},
		{it.duration(120), "2 ore"},
		{it.duration(0), "0 minuti"},
		{en.duration(177), "2 hours and 57 minutes"},
		{it.planned(6, 6), "6 minuti"},
		{it.planned(5, 6), "5 minuti su 6 previsti"},
		{it.planned(0, 1), "0 minuti su 1 previsto"},
		{it.planned(50, 60), "50 minuti su 1 ora prevista"},
		{it.planned(60, 240), "1 ora su 4 previste"},
		{it.planned(247, 280), "4 ore e 7 minuti su 4 ore e 40 minuti previsti"},
		{it.planned(61, 60), "1 ora e 1 minuto su 1 ora prevista"},
		{en.planned(5, 6), "5 minutes of 6 planned"},
		{en.planned(60, 120), "1 hour of 2 planned"},
		{it.outOf(0, 280), "0 minuti su 4 ore e 40 minuti"},
		{it.bytes(3_240_000), "3,2 MB"},
		{clock(83.9), "1:23"},
		{clock(3723), "1:02:03"},
		{it.duration(80), "1 ora e 20 minuti"}, // the second time it is kept
		{it.duration(2), "2 minuti"},
		{en.duration(2), "2 minutes"},
		{it.t("no.such.key"), "no.such.key"},
		{words{m, "xx", rome}.t("month.1"), "gennaio"},
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
