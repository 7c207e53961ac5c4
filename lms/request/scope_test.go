package request_test

import (
	"context"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/request"
)

// Every method as every role, here and elsewhere: who has nothing to do with a request does not learn that it is there, and who only may see it does
// not decide it.
func TestEveryMethodAsEveryRole(t *testing.T) {
	w := newTown(t)
	id := w.open(0, cohort.StepManager)
	here := map[string]lms.Actor{
		"manager": w.manager, "referent": w.referent, "administrator": w.admin, "applicant": w.anna, "above": w.Person("direttrice", "valle", lms.Administrator),
		"colleague": w.Person("carlo", "ala", lms.Learner, "Tributi"), "manager of another office": w.Person("mila", "ala", lms.Manager, "Anagrafe"),
		"author": w.Person("bruna", "ala", lms.Author), "instructor": w.Person("ivo", "ala", lms.Instructor),
	}
	elsewhere := map[string]lms.Actor{
		"administrator": w.Person("altro", "bosco", lms.Administrator), "referent": w.Person("berta", "bosco", lms.Referent), "manager": w.Person("bruno", "bosco", lms.Manager),
		"learner": w.Person("bea", "bosco", lms.Learner), "administrator below": w.Person("preside", "ala-scuola", lms.Administrator), "who left": w.Depart(w.Person("uscito", "ala", lms.Administrator)),
	}
	ask := func() request.ID { return w.ask(w.anna, id).ID }
	keeps := []string{"referent", "administrator", "above"}
	sees := append([]string{"manager", "applicant"}, keeps...)
	for _, d := range []struct {
		method string
		may    []string
		sees   []string // and hears Forbidden
		do     func(ctx context.Context, a lms.Actor) error
	}{
		{"Find", sees, nil, func(ctx context.Context, a lms.Actor) error { return second(w.Find(ctx, a, ask())) }},
		{"Decide", []string{"manager"}, sees, func(ctx context.Context, a lms.Actor) error { return second(w.Decide(ctx, a, ask(), agree(0))) }},
		{"Appoint", keeps, sees, func(ctx context.Context, a lms.Actor) error {
			r := ask()
			err := second(w.Appoint(ctx, a, r, "mila@ala.example"))
			if err == nil {
				w.OK(second(w.Withdraw(ctx, w.anna, r)))
			}
			return err
		}},
		{"Withdraw", []string{"applicant"}, nil, func(ctx context.Context, a lms.Actor) error { return second(w.Withdraw(ctx, a, ask())) }},
	} {
		try := func(role string, a lms.Actor, local bool) {
			err := d.do(t.Context(), a)
			want := lms.NotFound
			for _, r := range d.sees {
				if r == role && local {
					want = lms.Forbidden
				}
			}
			for _, r := range d.may {
				if r == role && local {
					want = lms.Unknown
				}
			}
			if want == lms.Unknown && err != nil || want != lms.Unknown && !lms.Is(err, want) {
				t.Errorf("%s as %s: %v, want %v", d.method, role, err, want)
			}
			if d.method == "Decide" && err == nil {
				w.OK(w.cohorts.Leave(t.Context(), w.anna, id))
			}
		}
		for role, a := range here {
			try(role, a, true)
		}
		for role, a := range elsewhere {
			try(role+" elsewhere", a, false)
		}
		if err := d.do(t.Context(), lms.Actor{}); !lms.Is(err, lms.SignIn) {
			t.Errorf("%s as nobody: %v", d.method, err)
		}
		for _, scope := range []lms.Scope{lms.ScopeRead, lms.ScopePublish} {
			a := w.manager
			if a.Scope = scope; d.method == "Find" && scope == lms.ScopeRead {
				continue
			}
			if err := d.do(t.Context(), a); !lms.Is(err, lms.Forbidden) {
				t.Errorf("%s with a token to %s: %v", d.method, scope, err)
			}
		}
	}
	r := ask()
	for role, a := range here {
		_, _, err := w.Within(t.Context(), a, "ala", request.Waiting, lms.PageAt{})
		if keep := role == "referent" || role == "administrator" || role == "above"; keep != (err == nil) || err != nil && !lms.Is(err, lms.Forbidden) {
			t.Errorf("Within as %s: %v", role, err)
		}
	}
	for role, a := range elsewhere {
		if found, _, err := w.Within(t.Context(), a, "ala", request.Waiting, lms.PageAt{}); err == nil || len(found) > 0 {
			t.Errorf("Within as %s elsewhere: %d, %v", role, len(found), err)
		}
		queue, err := w.Queue(t.Context(), a)
		mine, err2 := w.Mine(t.Context(), a)
		if err != nil || err2 != nil || len(queue)+len(mine) > 0 {
			t.Errorf("%s elsewhere sees %d, %d of %s: %v, %v", role, len(queue), len(mine), r, err, err2)
		}
	}
}
