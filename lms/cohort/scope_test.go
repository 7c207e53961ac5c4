package cohort_test

import (
	"context"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// deed is one method, asked by everybody about a cohort of ala that is reserved for its people.
type deed struct {
	method string
	do     func(ctx context.Context, a lms.Actor) error
	may    map[string]bool // who may; everybody else of ala hears Forbidden, unless below
	open   bool            // who of ala only sees it may, too
}

// Every method as every role, here and elsewhere: nobody elsewhere learns that the cohort is there, and nothing of theirs changes it.
func TestEveryMethodAsEveryRole(t *testing.T) {
	w := newTown(t)
	here := map[string]lms.Actor{
		"administrator": w.admin, "above": w.Person("direttrice", "valle", lms.Administrator), "referent": w.Person("rita", "ala", lms.Referent),
		"manager": w.Person("mara", "ala", lms.Manager, "Tributi"), "instructor": w.Person("ivo", "ala", lms.Instructor), "another instructor": w.Person("ida", "ala", lms.Instructor),
		"learner": w.Person("anna", "ala", lms.Learner), "author": w.author,
	}
	elsewhere := map[string]lms.Actor{
		"learner": w.Person("bea", "bosco", lms.Learner), "manager": w.Person("bruno", "bosco", lms.Manager), "referent": w.Person("berta", "bosco", lms.Referent),
		"administrator": w.Person("altro", "bosco", lms.Administrator), "instructor": w.Person("bice", "bosco", lms.Instructor), "author": w.Person("bino", "bosco", lms.Author),
		"who left": w.Depart(w.Person("uscito", "ala", lms.Administrator)), "administrator beside": w.Person("preside", "bosco", lms.Administrator),
	}
	report := w.Person("rosa", "ala", lms.Learner, "tributi")
	terms := cohort.Terms{Title: "Edizione", Ways: []cohort.Way{cohort.WayFree, cohort.WayRequest}, Steps: []cohort.Step{cohort.StepManager}, Reserved: true, Instructors: []lms.PersonID{here["instructor"].ID}, Audience: cohort.Audience{Enti: []lms.OrganisationID{"ala"}}}
	id, other := w.cohort(0, terms), w.cohort(0, terms)
	keeps := map[string]bool{"administrator": true, "above": true, "referent": true}
	some := func(more ...string) map[string]bool {
		out := map[string]bool{"administrator": true, "above": true, "referent": true}
		for _, m := range more {
			out[m] = true
		}
		return out
	}
	deeds := []deed{
		{"Find", func(ctx context.Context, a lms.Actor) error { return second(w.Find(ctx, a, id)) }, nil, true},
		{"Roster", func(ctx context.Context, a lms.Actor) error {
			_, _, err := w.Roster(ctx, a, id, "", lms.PageAt{})
			return err
		}, some("instructor"), false},
		{"Revise", func(ctx context.Context, a lms.Actor) error { return second(w.Revise(ctx, a, id, terms)) }, keeps, false},
		{"Resize", func(ctx context.Context, a lms.Actor) error { return w.Resize(ctx, a, id, 0) }, keeps, false},
		{"Publish", func(ctx context.Context, a lms.Actor) error { return second(w.Publish(ctx, a, id)) }, keeps, false},
		{"Shut", func(ctx context.Context, a lms.Actor) error { return second(w.Shut(ctx, a, id, true)) }, keeps, false},
		{"Enter", func(ctx context.Context, a lms.Actor) error { return second(w.Enter(ctx, a, id, report.ID)) }, some("manager"), false},
		{"Transfer", func(ctx context.Context, a lms.Actor) error {
			return again(w, id, other, report.ID, w.Transfer(ctx, a, id, other, report.ID))
		}, keeps, false},
		{"Remove", func(ctx context.Context, a lms.Actor) error {
			w.OK(second(w.Enter(ctx, w.admin, id, report.ID)))
			return w.Remove(ctx, a, id, report.ID, "Prova")
		}, some("manager"), false},
		{"MayAsk", func(ctx context.Context, a lms.Actor) error { return unlessAudience(second(w.MayAsk(ctx, a, id))) }, nil, true},
		{"Join", func(ctx context.Context, a lms.Actor) error { return unlessAudience(second(w.Join(ctx, a, id, ""))) }, nil, true},
		{"Leave", func(ctx context.Context, a lms.Actor) error { return w.Leave(ctx, a, id) }, nil, true},
		{"Cancel", func(ctx context.Context, a lms.Actor) error { return second(w.Cancel(ctx, a, id, "Prova")) }, keeps, false},
	}
	for _, d := range deeds {
		w.OK(second(w.Enter(t.Context(), w.admin, id, report.ID)))
		for role, a := range elsewhere {
			if err := d.do(t.Context(), a); !lms.Is(err, lms.NotFound) {
				t.Errorf("%s as %s elsewhere: %v", d.method, role, err)
			}
		}
		if err := d.do(t.Context(), lms.Actor{}); !lms.Is(err, lms.SignIn) {
			t.Errorf("%s as nobody: %v", d.method, err)
		}
		for _, scope := range []lms.Scope{lms.ScopeRead, lms.ScopePublish} {
			if d.method == "Find" || d.method == "Roster" {
				continue
			}
			a := w.admin
			a.Scope = scope
			if d.method != "MayAsk" || scope == lms.ScopePublish {
				if err := d.do(t.Context(), a); !lms.Is(err, lms.Forbidden) {
					t.Errorf("%s with a token to %s: %v", d.method, scope, err)
				}
			}
		}
		for role, a := range here {
			err := d.do(t.Context(), a)
			switch {
			case d.open || d.may[role]:
				if err != nil {
					t.Errorf("%s as %s: %v", d.method, role, err)
				}
			case !lms.Is(err, lms.Forbidden):
				t.Errorf("%s as %s: %v", d.method, role, err)
			}
		}
	}
	plan := func(a lms.Actor) error {
		return second(w.Plan(t.Context(), a, cohort.Start{Course: "corso", Organisation: "ala", Terms: terms}))
	}
	for role, a := range here {
		if err := plan(a); keeps[role] != (err == nil) || err != nil && !lms.Is(err, lms.Forbidden) {
			t.Errorf("Plan as %s: %v", role, err)
		}
	}
	w.Kind(plan(elsewhere["administrator"]), lms.Invalid, "error.organisation.unknown")
	for role, a := range elsewhere {
		for name, list := range map[string]func(context.Context, lms.Actor) ([]cohort.Seen, error){"Catalogue": w.Catalogue, "Kept": w.Kept} {
			if found, err := list(t.Context(), a); err != nil || len(found) > 0 {
				t.Errorf("%s as %s elsewhere: %d, %v", name, role, len(found), err)
			}
		}
		if found, err := w.OfCourse(t.Context(), a, "corso"); err != nil || len(found) > 0 {
			t.Errorf("OfCourse as %s elsewhere: %d, %v", role, len(found), err)
		}
	}
}

// again puts somebody back who was moved.
func again(w *town, id, other cohort.ID, p lms.PersonID, err error) error {
	if err == nil {
		w.OK(w.Transfer(w.T.Context(), w.admin, other, id, p))
	}
	return err
}

// unlessAudience takes for an answer what somebody hears who sees a cohort and does not belong to its audience, or is in it.
func unlessAudience(err error) error {
	if lms.Is(err, lms.Conflict) || lms.Is(err, lms.Forbidden) && err.Error() == "forbidden: error.cohort.audience" {
		return nil
	}
	return err
}
