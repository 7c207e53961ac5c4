package ledger

import (
	"testing"
	"time"

	"aulacomune/lms"
)

// What is asked of somebody in a year, for every way in which a year is not a whole one.
func TestWhatIsAskedOfAYear(t *testing.T) {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	moment := func(s string) time.Time {
		m, err := time.ParseInLocation("2006-01-02 15:04", s, rome)
		if err != nil {
			t.Fatal(err)
		}
		return m.UTC()
	}
	of := func(org lms.OrganisationID, category lms.Category, from, to string) lms.Membership {
		m := lms.Membership{Organisation: org, Within: []lms.OrganisationID{"valle", org}, Category: category, Role: lms.Learner, From: moment(from)}
		if to != "" {
			m.To = moment(to)
		}
		return m
	}
	const long, clerk, chief = "2020-01-01 08:00", lms.CategoryEmployee, lms.CategoryManager
	whole := []lms.Membership{of("ala", clerk, long, "")}
	forty := Policy{From: "2025-01-01", Minutes: 2400, PartTime: true, ProRata: true}
	with := func(change func(*Policy)) Policy { p := forty; change(&p); return p }
	for _, c := range []struct {
		name     string
		year     int
		created  string // when the person was made known here
		members  []lms.Membership
		terms    Terms
		policies map[lms.OrganisationID][]Policy
		want     int
	}{
		{"nobody decided: the directive's forty hours", 2026, long, whole, Terms{}, nil, 2400},
		{"before the directive", 2024, long, whole, Terms{}, nil, 0},
		{"the directive's first year is a whole one", 2025, long, whole, Terms{}, nil, 2400},
		{"a leap year is a year", 2028, long, whole, Terms{}, nil, 2400},
		{"half the time", 2026, long, whole, Terms{Share: 50}, nil, 1200},
		{"part of the time, where that is not looked at", 2026, long, whole, Terms{Share: 50}, map[lms.OrganisationID][]Policy{"ala": {with(func(p *Policy) { p.PartTime = false })}}, 2400},
		{"hired on the first of July", 2026, long, []lms.Membership{of("ala", clerk, "2026-07-01 08:00", "")}, Terms{}, nil, 1210}, // 184 of 365 days
		{"hired on the first of July of a leap year", 2028, long, []lms.Membership{of("ala", clerk, "2028-07-01 08:00", "")}, Terms{}, nil, 1207},
		{"hired on the 29th of February", 2028, long, []lms.Membership{of("ala", clerk, "2028-02-29 08:00", "")}, Terms{}, nil, 2013}, // 307 of 366 days
		{"hired on the last day", 2026, long, []lms.Membership{of("ala", clerk, "2026-12-31 08:00", "")}, Terms{}, nil, 7},
		{"hired in the year, where days are not looked at", 2026, long, []lms.Membership{of("ala", clerk, "2026-07-01 08:00", "")}, Terms{}, map[lms.OrganisationID][]Policy{"valle": {with(func(p *Policy) { p.ProRata = false })}}, 2400},
		{"made known here in June: that says nothing of when they were hired", 2026, "2026-06-01 09:00", []lms.Membership{of("ala", clerk, "2026-06-01 09:00", "")}, Terms{}, nil, 2400},
		{"made known here in June, and hired in April, as the personnel office says", 2026, "2026-06-01 09:00", []lms.Membership{of("ala", clerk, "2026-06-01 09:00", "")}, Terms{Since: "2026-04-01"}, nil, 1808},
		{"left at the end of June", 2026, long, []lms.Membership{of("ala", clerk, long, "2026-07-01 00:00")}, Terms{}, nil, 1190}, // 181 days
		{"left a second into July", 2026, long, []lms.Membership{of("ala", clerk, long, "2026-07-01 00:01")}, Terms{}, nil, 1197},
		{"works until the end of June", 2026, long, whole, Terms{Until: "2026-06-30"}, nil, 1190},
		{"came at midnight in Italy, which in Greenwich is the year before", 2026, long, []lms.Membership{of("ala", clerk, "2026-01-01 00:00", "")}, Terms{}, nil, 2400},
		{"left at midnight in Italy, which in Greenwich is the year before", 2026, long, []lms.Membership{of("ala", clerk, long, "2026-01-01 00:00")}, Terms{}, nil, 0},
		{"moved to another ente in the year", 2026, long, []lms.Membership{of("ala", clerk, long, "2026-07-01 00:00"), of("bosco", clerk, "2026-07-01 00:00", "")}, Terms{}, nil, 2400},
		{"moved to an ente that asks for more", 2026, long, []lms.Membership{of("ala", clerk, long, "2026-07-01 00:00"), of("bosco", clerk, "2026-07-01 00:00", "")}, Terms{},
			map[lms.OrganisationID][]Policy{"bosco": {with(func(p *Policy) { p.Minutes = 4800 })}}, 3610},
		{"of two enti at once: asked for once", 2026, long, []lms.Membership{of("ala", clerk, long, ""), of("bosco", clerk, long, "")}, Terms{}, nil, 2400},
		{"two roles in one ente", 2026, long, []lms.Membership{of("ala", clerk, long, ""), of("ala", clerk, long, "")}, Terms{}, nil, 2400},
		{"a category that is asked for more", 2026, long, []lms.Membership{of("ala", chief, long, "")}, Terms{}, map[lms.OrganisationID][]Policy{"ala": {with(func(p *Policy) { p.Categories = map[lms.Category]int{chief: 3000} })}}, 3000},
		{"a category that is asked for nothing", 2026, long, []lms.Membership{of("ala", lms.CategoryElected, long, "")}, Terms{}, map[lms.OrganisationID][]Policy{"ala": {with(func(p *Policy) { p.Categories = map[lms.Category]int{lms.CategoryElected: 0} })}}, 0},
		{"promoted in the year", 2026, long, []lms.Membership{of("ala", clerk, long, "2026-07-01 00:00"), of("ala", chief, "2026-07-01 00:00", "")}, Terms{},
			map[lms.OrganisationID][]Policy{"ala": {with(func(p *Policy) { p.Categories = map[lms.Category]int{chief: 4800} })}}, 3610},
		{"what the ente above decided", 2026, long, whole, Terms{}, map[lms.OrganisationID][]Policy{"valle": {with(func(p *Policy) { p.Minutes = 3000 })}}, 3000},
		{"what the ente decided goes before what the one above did", 2026, long, whole, Terms{}, map[lms.OrganisationID][]Policy{"valle": {with(func(p *Policy) { p.Minutes = 3000 })}, "ala": {with(func(p *Policy) { p.Minutes = 1800 })}}, 1800},
		{"what another ente decided", 2026, long, whole, Terms{}, map[lms.OrganisationID][]Policy{"bosco": {with(func(p *Policy) { p.Minutes = 9999 })}}, 2400},
		{"a policy that changed in the year", 2026, long, whole, Terms{}, map[lms.OrganisationID][]Policy{"ala": {with(func(p *Policy) { p.To = "2026-06-30" }), with(func(p *Policy) { p.From, p.Minutes = "2026-07-01", 4800 })}}, 3610},
		{"a policy that ended: the one above holds again", 2026, long, whole, Terms{}, map[lms.OrganisationID][]Policy{"ala": {with(func(p *Policy) { p.To, p.Minutes = "2025-12-31", 9999 })}}, 2400},
		{"half the time and half the year", 2026, long, []lms.Membership{of("ala", clerk, "2026-07-01 08:00", "")}, Terms{Share: 50}, nil, 605},
		{"nobody's member", 2026, long, nil, Terms{}, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &rules{seen: map[lms.OrganisationID]Policies{}, load: func(id lms.OrganisationID) (Policies, error) { return Policies{Items: c.policies[id]}, nil }}
			p := lms.Person{Created: moment(c.created), Memberships: c.members}
			got, _ := target(stints(p, c.year, rome, func(lms.Membership) bool { return true }), c.terms, c.year, r)
			if got != c.want {
				t.Errorf("%d minutes, want %d", got, c.want)
			}
		})
	}
}

func TestPoliciesOfAnEnteDontOverlap(t *testing.T) {
	for _, c := range []struct {
		name    string
		have    []Policy
		add     Policy
		want    []string
		refused bool
	}{
		{"the first", nil, Policy{From: "2026-01-01"}, []string{"2026-01-01–"}, false},
		{"the one that lasts ends the day before", []Policy{{From: "2025-01-01"}}, Policy{From: "2026-01-01"}, []string{"2025-01-01–2025-12-31", "2026-01-01–"}, false},
		{"the same day replaces", []Policy{{From: "2025-01-01"}}, Policy{From: "2025-01-01", To: "2025-12-31"}, []string{"2025-01-01–2025-12-31"}, false},
		{"between two", []Policy{{From: "2025-01-01", To: "2025-03-31"}, {From: "2026-01-01"}}, Policy{From: "2025-04-01", To: "2025-12-31"}, []string{"2025-01-01–2025-03-31", "2025-04-01–2025-12-31", "2026-01-01–"}, false},
		{"into one that has an end", []Policy{{From: "2025-01-01", To: "2025-12-31"}}, Policy{From: "2025-06-01"}, nil, true},
		{"before one, without an end", []Policy{{From: "2026-01-01"}}, Policy{From: "2025-01-01"}, nil, true},
		{"up to the day that one begins", []Policy{{From: "2026-01-01"}}, Policy{From: "2025-01-01", To: "2026-01-01"}, nil, true},
	} {
		all := Policies{Items: c.have}
		err := all.put(c.add)
		if (err != nil) != c.refused {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if c.refused {
			continue
		}
		for i, p := range all.Items {
			if got := string(p.From + "–" + p.To); i >= len(c.want) || got != c.want[i] {
				t.Errorf("%s: %d is %s, want %v", c.name, i, got, c.want)
			}
		}
	}
}

func TestAKindCountsAsFarAsThePolicyLets(t *testing.T) {
	p := Policy{Most: map[Kind]int{External: 600, Webinar: 0}}
	if got := p.Counts(map[Kind]int{External: 900, Webinar: 300, ELearning: 120, Workshop: 60}); got != 780 {
		t.Errorf("%d", got)
	}
	if got := (Policy{}).Counts(map[Kind]int{External: 900, Webinar: 300}); got != 1200 {
		t.Errorf("%d", got)
	}
}

func TestDays(t *testing.T) {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	for moment, want := range map[string]Day{
		"2025-12-31T22:59:59Z": "2025-12-31", "2025-12-31T23:00:00Z": "2026-01-01", "2026-06-30T21:59:59Z": "2026-06-30", "2026-06-30T22:00:00Z": "2026-07-01",
	} {
		m, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			t.Fatal(err)
		}
		if got := DayOf(m, rome); got != want {
			t.Errorf("%s: %s", moment, got)
		}
	}
	if got := DayOf(time.Time{}, rome); got != "" || got.Year() != 0 {
		t.Errorf("no moment: %q", got)
	}
	for s, want := range map[string]bool{"2028-02-29": true, "2026-02-29": false, "2026-13-01": false, "": false, "1899-12-31": false, "2026-1-1": false, "2200-01-01": false} {
		if _, ok := ParseDay(s); ok != want {
			t.Errorf("%q: %t", s, ok)
		}
	}
	if Day("2028-02-28").Next() != "2028-02-29" || Day("2028-03-01").Before() != "2028-02-29" || Day("2026-12-31").Next() != "2027-01-01" {
		t.Error("days of a leap year")
	}
}
