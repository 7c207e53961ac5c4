package cohort_test

import (
	"slices"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Members are told of to whoever keeps them, whichever organisation delivers the cohort, and to nobody else.
func TestMembersOfAnEnteInCohorts(t *testing.T) {
	w := newTown(t)
	one, two := w.cohort(0, cohort.Terms{Title: "Prima"}), w.cohort(1, cohort.Terms{Title: "Seconda"})
	anna, bice, carla := w.Person("anna", "ala", lms.Learner), w.Person("bice", "bosco", lms.Learner), w.Person("carla", "ala-scuola", lms.Learner)
	for _, a := range []lms.Actor{anna, bice, carla} {
		w.join(a, one)
	}
	w.join(carla, two)
	w.join(anna, two) // there is one seat
	w.OK(w.Sweep(t.Context()))
	w.Complete(carla, "corso")
	names := func(a lms.Actor, id cohort.ID, org lms.OrganisationID) (out []string) {
		t.Helper()
		for at := (lms.PageAt{Limit: 1}); ; {
			rows, next, err := w.Members(t.Context(), a, id, org, at)
			w.OK(err)
			for _, r := range rows {
				out = append(out, r.Called+" "+string(r.Place()))
				if done := r.Person == carla.ID; done == r.Completed.IsZero() || done != (r.State == lms.Completed) && r.Enrolment != "" {
					t.Errorf("%s: %s, completed %v", r.Called, r.State, r.Completed)
				}
			}
			if at.After = next; next == "" {
				slices.Sort(out)
				return out
			}
		}
	}
	above, beside := w.Person("direttrice", "valle", lms.Administrator), w.Person("altro", "bosco", lms.Referent)
	for _, c := range []struct {
		a    lms.Actor
		id   cohort.ID
		org  lms.OrganisationID
		want []string
	}{
		{w.admin, one, "ala", []string{"Anna Rossi seated", "Carla Rossi seated"}}, {w.admin, two, "ala", []string{"Anna Rossi waiting", "Carla Rossi seated"}}, {w.admin, one, "ala-scuola", []string{"Carla Rossi seated"}},
		{w.admin, "", "ala", []string{"Anna Rossi seated", "Anna Rossi waiting", "Carla Rossi seated", "Carla Rossi seated"}}, {above, one, "valle", []string{"Anna Rossi seated", "Bice Rossi seated", "Carla Rossi seated"}},
		{beside, "", "bosco", []string{"Bice Rossi seated"}}, {w.admin, "nessuna", "ala", nil},
	} {
		if got := names(c.a, c.id, c.org); !slices.Equal(got, c.want) {
			t.Errorf("%s in %q: %q, want %q", c.org, c.id, got, c.want)
		}
	}
	reader, publisher := w.admin, w.admin
	reader.Scope, publisher.Scope = lms.ScopeRead, lms.ScopePublish
	for name, c := range map[string]struct {
		a    lms.Actor
		kind lms.ErrorKind
	}{
		"nobody": {lms.Actor{}, lms.SignIn}, "a learner": {anna, lms.Forbidden}, "a manager": {w.Person("mara", "ala", lms.Manager), lms.Forbidden}, "the author": {w.author, lms.Forbidden},
		"another ente": {beside, lms.NotFound}, "a token to publish": {publisher, lms.Forbidden}, "who left": {w.Depart(w.Person("uscito", "ala", lms.Administrator)), lms.Forbidden},
	} {
		if _, _, err := w.Members(t.Context(), c.a, one, "ala", lms.PageAt{}); !lms.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if rows, _, err := w.Members(t.Context(), reader, one, "ala", lms.PageAt{}); err != nil || len(rows) != 2 {
		t.Errorf("a token to read: %d rows, %v", len(rows), err)
	}
	if _, _, err := w.Members(t.Context(), w.admin, one, "nessuno", lms.PageAt{}); !lms.Is(err, lms.NotFound) {
		t.Errorf("of an ente that is none: %v", err)
	}
}
