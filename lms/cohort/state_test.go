package cohort

import (
	"slices"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

func TestWhereACohortIsInItsLife(t *testing.T) {
	at := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	dated := Terms{From: "2026-03-10", To: "2026-03-20", Opens: "2026-02-01", Closes: "2026-03-05"}
	for _, c := range []struct {
		name    string
		c       Cohort
		today   Day
		want    State
		accepts string // "" or the message
	}{
		{"not published", Cohort{Terms: dated}, "2026-02-10", StateDraft, "error.cohort.closed"},
		{"before its window", Cohort{Terms: dated, Opened: at}, "2026-01-31", StateOpen, "error.cohort.early"},
		{"the first day of the window", Cohort{Terms: dated, Opened: at}, "2026-02-01", StateOpen, ""},
		{"the last day of the window", Cohort{Terms: dated, Opened: at}, "2026-03-05", StateOpen, ""},
		{"after the window", Cohort{Terms: dated, Opened: at}, "2026-03-06", StateClosed, "error.cohort.closed"},
		{"the first day", Cohort{Terms: dated, Opened: at}, "2026-03-10", StateRunning, "error.cohort.closed"},
		{"the last day", Cohort{Terms: dated, Opened: at}, "2026-03-20", StateRunning, "error.cohort.closed"},
		{"the day after", Cohort{Terms: dated, Opened: at}, "2026-03-21", StateOver, "error.cohort.closed"},
		{"closed by hand", Cohort{Terms: dated, Opened: at, Closed: at}, "2026-02-10", StateClosed, "error.cohort.closed"},
		{"cancelled", Cohort{Terms: dated, Opened: at, Cancelled: at}, "2026-03-15", StateCancelled, "error.cohort.closed"},
		{"without dates", Cohort{Opened: at}, "2031-01-01", StateOpen, ""},
		{"begun, without an end, without a window", Cohort{Terms: Terms{From: "2026-03-10"}, Opened: at}, "2027-01-01", StateRunning, ""},
	} {
		if got := c.c.State(c.today); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		err := c.c.Accepts(c.today, time.Time{})
		if (err == nil) != (c.accepts == "") || err != nil && err.(*lms.Error).Message != c.accepts {
			t.Errorf("%s: accepts %v, want %q", c.name, err, c.accepts)
		}
	}
}

func TestDays(t *testing.T) {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	if d := DayOf(time.Date(2026, 3, 28, 23, 30, 0, 0, time.UTC), rome); d != "2026-03-29" {
		t.Errorf("half past midnight in Italy is %s", d)
	}
	for in, want := range map[string]Day{"": "", " 2026-03-02 ": "2026-03-02", "2026-02-30": "no", "02/03/2026": "no", "2026-3-2": "no", "1999-12-31": "no", "9999-01-01": "no"} {
		if d, ok := ParseDay(in); ok != (want != "no") || ok && d != want {
			t.Errorf("%q: %s, %t", in, d, ok)
		}
	}
	for _, c := range [][2]Day{
		{Day("2026-01-31").AddMonths(1), "2026-02-28"}, {Day("2028-01-31").AddMonths(1), "2028-02-29"}, {Day("2026-03-31").AddMonths(-1), "2026-02-28"},
		{Day("2026-12-15").AddMonths(12), "2027-12-15"}, {Day("2028-02-29").AddMonths(12), "2029-02-28"}, {Day("2026-03-28").Add(2), "2026-03-30"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s, want %s", c[0], c[1])
		}
	}
	if w := Day("2026-05-01").Words("it") + ", " + Day("2026-05-02").Words("en") + Day("").Words("it"); w != "1º maggio 2026, 2 May 2026" {
		t.Error(w)
	}
}

func TestAnAudience(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	m := func(org lms.OrganisationID, c lms.Category, to time.Time) lms.Membership {
		return lms.Membership{Organisation: org, Within: []lms.OrganisationID{"valle", org}, Category: c, Role: lms.Learner, From: now.AddDate(-1, 0, 0), To: to}
	}
	officer := lms.Person{Memberships: []lms.Membership{m("ala", lms.CategoryOfficer, time.Time{})}}
	both := lms.Person{Memberships: []lms.Membership{m("ala", lms.CategoryOfficer, time.Time{}), m("bosco", lms.CategoryManager, time.Time{})}}
	gone := lms.Person{Memberships: []lms.Membership{m("ala", lms.CategoryOfficer, now)}}
	for _, c := range []struct {
		name   string
		au     Audience
		p      lms.Person
		groups []GroupID
		want   bool
	}{
		{"everybody", Audience{}, officer, nil, true},
		{"everybody, and who left", Audience{}, gone, nil, false},
		{"the category", Audience{Categories: []lms.Category{lms.CategoryOfficer}}, officer, nil, true},
		{"another category", Audience{Categories: []lms.Category{lms.CategoryManager}}, officer, nil, false},
		{"the ente", Audience{Enti: []lms.OrganisationID{"ala"}}, officer, nil, true},
		{"an ente above", Audience{Enti: []lms.OrganisationID{"valle"}}, officer, nil, true},
		{"another ente", Audience{Enti: []lms.OrganisationID{"bosco"}}, officer, nil, false},
		{"left", Audience{Enti: []lms.OrganisationID{"ala"}}, gone, nil, false},
		{"the category in one ente, the ente in another membership", Audience{Categories: []lms.Category{lms.CategoryManager}, Enti: []lms.OrganisationID{"ala"}}, both, nil, false},
		{"both in one membership", Audience{Categories: []lms.Category{lms.CategoryManager}, Enti: []lms.OrganisationID{"bosco"}}, both, nil, true},
		{"the group", Audience{Groups: []GroupID{"g"}}, officer, []GroupID{"g"}, true},
		{"another group", Audience{Groups: []GroupID{"g"}}, officer, []GroupID{"h"}, false},
		{"the ente or the group", Audience{Enti: []lms.OrganisationID{"bosco"}, Groups: []GroupID{"g"}}, officer, []GroupID{"g"}, true},
		{"the group with another category", Audience{Categories: []lms.Category{lms.CategoryManager}, Groups: []GroupID{"g"}}, officer, []GroupID{"g"}, false},
	} {
		if got := c.au.Admits(c.p, c.groups, now); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

func TestTermsSayWhatIsWrongWithThem(t *testing.T) {
	for field, terms := range map[string]Terms{
		"title":      {},
		"from":       {Title: "T", From: "domani"},
		"to":         {Title: "T", From: "2026-03-10", To: "2026-03-09"},
		"closes":     {Title: "T", To: "2026-03-10", Closes: "2026-03-11"},
		"ways":       {Title: "T", Ways: []Way{"magia"}},
		"steps":      {Title: "T", Ways: []Way{WayRequest}},
		"code":       {Title: "T", Ways: []Way{WayCode}, Code: "corto"},
		"invited":    {Title: "T", Ways: []Way{WayInvitation}, Invited: []string{" "}},
		"categories": {Title: "T", Audience: Audience{Categories: []lms.Category{"re"}}},
		"requires":   {Title: "T", Requires: slices.Repeat([]course.Slug{"c"}, maxListed+1)},
	} {
		err, ok := terms.tidy().(*lms.Error)
		if !ok || err.Kind != lms.Invalid || err.Fields[field] == "" || len(err.Fields) != 1 {
			t.Errorf("%s: %v", field, err)
		}
	}
	good := Terms{Title: "  Prima   edizione ", From: "2026-03-10", To: "2026-03-10", Ways: []Way{WayInvitation, WayCode}, Code: " montagna ", Invited: []string{"B@x.it", "a", "b@x.it "}}
	if err := good.tidy(); err != nil || good.Title != "Prima edizione" || good.Code != "montagna" || !slices.Equal(good.Invited, []string{"a", "b@x.it"}) {
		t.Errorf("%v: %+v", err, good)
	}
}
