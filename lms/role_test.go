package lms_test

import (
	"testing"
	"time"

	"aulacomune/lms"
)

// A referent keeps the people of the ente as an administrator does, and gives no role that reaches further than their own.
func TestAReferentKeepsPeopleAndNothingElse(t *testing.T) {
	r := newRegion(t)
	referent := r.person("rita", "ala", lms.Referent)
	for role, may := range map[lms.Role]bool{lms.Learner: true, lms.Manager: true, lms.Instructor: true, lms.Author: false, lms.Referent: false, lms.Administrator: false} {
		added, err := r.People.Add(t.Context(), referent, lms.NewPerson{Login: "n-" + string(role), Given: "N", Family: "R", Organisation: "ala", Role: role})
		if may != (err == nil) {
			t.Errorf("gives %s: %v", role, err)
		}
		if err != nil && !lms.Is(err, lms.Invalid) {
			t.Errorf("gives %s: %v", role, err)
		}
		if may {
			if _, err := r.People.NewLink(t.Context(), referent, added.Person.ID); err != nil {
				t.Errorf("a link for a %s: %v", role, err)
			}
		}
	}
	for name, id := range map[string]lms.PersonID{"an administrator": r.admin.ID, "another referent": r.person("rino", "ala", lms.Referent).ID} {
		if _, err := r.People.NewLink(t.Context(), referent, id); !lms.Is(err, lms.Forbidden) {
			t.Errorf("a link to act for %s: %v", name, err)
		}
	}
	if _, err := r.People.Find(t.Context(), referent, r.beside.ID); !lms.Is(err, lms.NotFound) {
		t.Errorf("somebody of another ente: %v", err)
	}
	if _, err := r.Learning.EnrolPerson(t.Context(), referent, r.learner.ID, "no-such-course"); !lms.Is(err, lms.NotFound) {
		t.Errorf("enrols: %v", err)
	}
	if err := r.Organisations.Set(t.Context(), referent, lms.Organisation{ID: "ala", Name: "Mine now"}); !lms.Is(err, lms.Forbidden) {
		t.Errorf("changes what certificates print: %v", err)
	}
}

func TestWhoAnswersToAManager(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	of := func(id lms.PersonID, org lms.OrganisationID, office string, to time.Time) lms.Person {
		m := lms.Membership{Organisation: org, Within: []lms.OrganisationID{"unione", org}, Office: office, Role: lms.Learner, From: now.AddDate(-1, 0, 0), To: to}
		return lms.Person{ID: id, Memberships: []lms.Membership{m}}
	}
	manager := func(org lms.OrganisationID, office string, reports ...lms.PersonID) lms.Actor {
		return lms.Actor{ID: "m", Memberships: []lms.Membership{{Organisation: org, Within: []lms.OrganisationID{"unione", org}, Office: office, Role: lms.Manager, Reports: reports}}}
	}
	for _, c := range []struct {
		name string
		a    lms.Actor
		p    lms.Person
		want bool
	}{
		{"the same office", manager("ala", "Tributi"), of("p", "ala", "tributi", time.Time{}), true},
		{"another office", manager("ala", "Tributi"), of("p", "ala", "Anagrafe", time.Time{}), false},
		{"an office of the same name elsewhere", manager("unione", "Tributi"), of("p", "ala", "Tributi", time.Time{}), false},
		{"the whole ente", manager("ala", ""), of("p", "ala", "Anagrafe", time.Time{}), true},
		{"the ente above", manager("unione", ""), of("p", "ala", "Anagrafe", time.Time{}), true},
		{"another ente", manager("bosco", ""), of("p", "ala", "", time.Time{}), false},
		{"by name", manager("ala", "Tributi", "p"), of("p", "ala", "Anagrafe", time.Time{}), true},
		{"not named", manager("ala", "Tributi", "q"), of("p", "ala", "Tributi", time.Time{}), false},
		{"named, but gone", manager("ala", "Tributi", "p"), of("p", "ala", "Tributi", now), false},
		{"themselves", manager("ala", ""), of("m", "ala", "", time.Time{}), false},
		{"who is no manager", lms.Actor{ID: "m", Memberships: []lms.Membership{{Organisation: "ala", Role: lms.Administrator}}}, of("p", "ala", "", time.Time{}), false},
	} {
		if got := c.a.Manages(c.p, now); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}
