package lms_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"aulacomune/course"
	"aulacomune/lms"
)

// Who has completed a course begins it again as another enrolment; the first stays as it was.
func TestACourseIsBegunAgain(t *testing.T) {
	r := newRegion(t)
	first, ok, err := r.Learning.Taken(t.Context(), r.done.ID, "corso")
	if err != nil || !ok || first.Turn != 1 {
		t.Fatalf("%+v %v %v", first, ok, err)
	}
	place := func(p lms.PersonID, turn int) lms.Enrolment {
		t.Helper()
		st, err := r.Learning.Place(t.Context(), lms.Placement{Person: p, Course: "corso", Turn: turn, Member: first.Member, By: r.admin.ID})
		r.ok(err)
		return st.Enrolment
	}
	if e := place(r.done.ID, 0); e.ID != first.ID {
		t.Errorf("placed once more: %+v", e)
	}
	var ids sync.Map
	together(t, 8, func(int) error { ids.Store(place(r.done.ID, 2).ID, true); return nil })
	again := place(r.done.ID, 2)
	if n := len(slices.Collect(func(yield func(any) bool) { ids.Range(func(k, _ any) bool { return yield(k) }) })); n != 1 || again.Turn != 2 || again.ID == first.ID {
		t.Errorf("%d enrolments of the second turn, %+v", n, again)
	}
	if e := place(r.done.ID, 3); e.ID != again.ID {
		t.Errorf("a third turn before the second is completed: %+v", e)
	}
	if st, err := r.Learning.Mine(t.Context(), r.done, "corso"); err != nil || st.Enrolment.ID != again.ID || st.State != lms.Open {
		t.Errorf("theirs is %+v, %v", st.Enrolment, err)
	}
	if was := r.standing(r.done, first.ID).Enrolment; !was.Completed.Equal(first.Completed) || was.Certificate() == "" {
		t.Errorf("the first turn became %+v", was)
	}
	all, err := r.Learning.Of(t.Context(), r.done.ID)
	if err != nil || len(all) != 2 {
		t.Errorf("%d enrolments, %v", len(all), err)
	}
}

// A placement names its edition; one that was withdrawn since gives way to the one that newcomers take.
func TestAPlacementIsPinnedToItsEdition(t *testing.T) {
	r := newRegion(t)
	r.publish(r.author, lessons("corso", reading("a"), reading("b")))
	place := func(p lms.Actor, edition int) int {
		t.Helper()
		st, err := r.Learning.Place(t.Context(), lms.Placement{Person: p.ID, Course: "corso", Edition: edition, Member: p.Memberships[0], By: r.admin.ID})
		r.ok(err)
		return st.Enrolment.Edition
	}
	if got := place(r.learner, 1); got != 1 {
		t.Errorf("placed in %d", got)
	}
	if _, err := r.Publishing.Withdraw(t.Context(), r.author, "corso", 1, "sbagliata"); err != nil {
		t.Fatal(err)
	}
	if got := place(r.colleague, 1); got != 2 {
		t.Errorf("placed in %d, though 1 is withdrawn", got)
	}
}

func TestWhoHoldsARole(t *testing.T) {
	r := newRegion(t)
	referent, manager := r.person("rita", "ala", lms.Referent), r.person("mara", "ala", lms.Manager)
	former := r.person("fausto", "ala", lms.Manager)
	r.endMemberships(former.ID)
	for _, c := range []struct {
		role lms.Role
		orgs []lms.OrganisationID
		want []lms.PersonID
	}{
		{lms.Manager, []lms.OrganisationID{"valle", "ala"}, []lms.PersonID{manager.ID}},
		{lms.Referent, []lms.OrganisationID{"ala"}, []lms.PersonID{referent.ID}},
		{lms.Referent, []lms.OrganisationID{"valle", "bosco"}, nil},
		{lms.Administrator, []lms.OrganisationID{"valle", "ala"}, []lms.PersonID{r.boss.ID, r.admin.ID}},
	} {
		found, err := r.People.Holders(t.Context(), c.role, c.orgs...)
		r.ok(err)
		var got []lms.PersonID
		for _, p := range found {
			got = append(got, p.ID)
		}
		slices.Sort(got)
		if slices.Sort(c.want); !slices.Equal(got, c.want) {
			t.Errorf("%s in %v: %v, want %v", c.role, c.orgs, got, c.want)
		}
	}
	if p, err := r.People.ByLogin(t.Context(), " RITA "); err != nil || p.ID != referent.ID {
		t.Errorf("by login: %v, %v", p.ID, err)
	}
	if _, err := r.People.ByLogin(t.Context(), "nessuno"); !lms.Is(err, lms.NotFound) {
		t.Errorf("nobody's login: %v", err)
	}
	n := 0
	for p, err := range r.People.Within(t.Context(), "bosco") {
		r.ok(err)
		if n++; p.ID != r.beside.ID {
			t.Errorf("%s is in bosco", p.ID)
		}
	}
	if n != 1 {
		t.Errorf("%d people in bosco", n)
	}
}

// A course may be closed to those who come by themselves; who is enrolled stays, and whom somebody enrols gets in.
func TestACourseThatIsNotOpenToEverybody(t *testing.T) {
	r := newRegionIn(newTown(t))
	closed := r.node(func(p *lms.Ports) {
		p.Admit = func(context.Context, lms.Person, course.Slug) error { return lms.Fail(lms.Forbidden, "error.role") }
	})
	if _, err := closed.Learning.Enrol(t.Context(), r.learner, "corso"); !lms.Is(err, lms.Forbidden) {
		t.Errorf("came by themselves: %v", err)
	}
	if st, err := closed.Learning.Enrol(t.Context(), r.done, "corso"); err != nil || st.Enrolment.ID != r.enrolment {
		t.Errorf("was enrolled already: %v", err)
	}
	if _, err := closed.Learning.EnrolPerson(t.Context(), r.admin, r.learner.ID, "corso"); err != nil {
		t.Errorf("is enrolled by an administrator: %v", err)
	}
}
