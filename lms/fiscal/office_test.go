package fiscal_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/fiscal"
	"aulacomune/lms/lmstest"
)

const (
	anna  = "RSSNNA80A41H501L" // Anna Rossi
	bruno = "RSSBRN80A01H501W"
)

// People say what their own number is, if it can be theirs by their name; keepers say it for their people, and for nobody who is above them.
func TestWhoSays(t *testing.T) {
	w := lmstest.New(t)
	w.Tree()
	o := fiscal.New(w.People, fiscal.FixedRing(fiscal.NewKeyText()))
	ctx := t.Context()
	me, other := w.Person("anna", "ala", lms.Learner), w.Person("bruno", "bosco", lms.Learner)
	admin, referent, foreign := w.Person("dario", "valle", lms.Administrator), w.Person("rita", "ala", lms.Referent), w.Person("elena", "bosco", lms.Administrator)
	manager := w.Person("mara", "ala", lms.Manager)

	w.Kind(o.Set(ctx, lms.Actor{}, me.ID, anna), lms.SignIn, "")
	w.Kind(o.Set(ctx, me, me.ID, "x"), lms.Invalid, "error.fiscal.length")
	w.Kind(o.Set(ctx, me, me.ID, bruno), lms.Invalid, "error.fiscal.name")
	w.OK(o.Set(ctx, me, me.ID, "tinit-"+strings.ToLower(anna)))
	w.Kind(o.Set(ctx, referent, w.Person("luca", "ala", lms.Learner).ID, anna), lms.Conflict, "error.fiscal.taken")
	w.OK(o.Set(ctx, me, me.ID, anna)) // again

	for name, a := range map[string]lms.Actor{"another's administrator": foreign, "somebody": other} {
		if err := o.Set(ctx, a, me.ID, bruno); !lms.Is(err, lms.NotFound) {
			t.Errorf("%s sets: %v", name, err)
		}
		if err := o.Remove(ctx, a, me.ID); !lms.Is(err, lms.NotFound) {
			t.Errorf("%s removes: %v", name, err)
		}
		if n, err := o.Of(ctx, a, me.ID); !lms.Is(err, lms.NotFound) || n != "" {
			t.Errorf("%s sees %q, %v", name, n, err)
		}
	}
	if err := o.Set(ctx, manager, me.ID, bruno); err == nil {
		t.Error("a manager sets")
	}
	w.Kind(o.Set(ctx, referent, w.Person("capo", "ala", lms.Administrator).ID, bruno), lms.Forbidden, "error.person.link")
	me.Scope = lms.ScopeRead
	w.Kind(o.Remove(ctx, me, me.ID), lms.Forbidden, "error.scope")

	if n, err := o.Of(ctx, admin, me.ID); n != anna || err != nil {
		t.Errorf("%q, %v", n, err)
	}
	if p, err := o.Find(ctx, anna); p.ID != me.ID || err != nil {
		t.Errorf("%s, %v", p.ID, err)
	}
	w.OK(o.Remove(ctx, referent, me.ID))
	if _, err := o.Find(ctx, anna); !lms.Is(err, lms.NotFound) {
		t.Errorf("removed: %v", err)
	}
	w.OK(o.Set(ctx, referent, me.ID, bruno)) // whose name was changed, say
	if n, err := o.Of(ctx, w.Again(me), me.ID); n != bruno || err != nil {
		t.Errorf("%q, %v", n, err)
	}
}

// Who reads the records reads no number.
func TestNothingInTheRecords(t *testing.T) {
	w := lmstest.New(t)
	w.Tree()
	me := w.Person("anna", "ala", lms.Learner)
	w.OK(fiscal.New(w.People, fiscal.FixedRing(fiscal.NewKeyText())).Set(t.Context(), me, me.ID, anna))
	d, err := w.Engine.Get(t.Context(), "people", string(me.ID))
	w.OK(err)
	whole, err := json.Marshal(d)
	w.OK(err)
	if strings.Contains(strings.ToUpper(string(whole)), anna) || !strings.Contains(string(d.Body), "sealed") {
		t.Errorf("%s", whole)
	}
}

// Many say at once that a number is theirs: one has it.
func TestOneEach(t *testing.T) {
	w := lmstest.New(t)
	w.Tree()
	o := fiscal.New(w.People, fiscal.FixedRing(fiscal.NewKeyText()))
	admin := w.Person("dario", "valle", lms.Administrator)
	var people []lms.Actor
	for _, login := range []string{"a1", "a2", "a3", "a4", "a5", "a6"} {
		people = append(people, w.Person(login, "ala", lms.Learner))
	}
	errs := make([]error, len(people))
	lmstest.Together(len(people), func(i int) { errs[i] = o.Set(t.Context(), admin, people[i].ID, anna) })
	good := 0
	for _, err := range errs {
		if err == nil {
			good++
		} else if !lms.Is(err, lms.Conflict) {
			t.Error(err)
		}
	}
	if good != 1 {
		t.Errorf("%d have it: %v", good, errs)
	}
}

// A new first key: numbers stay found, and a sweep takes them over, after which the old key is not needed. A key that is gone is noticed.
func TestRotate(t *testing.T) {
	w := lmstest.New(t)
	w.Tree()
	ctx := t.Context()
	old, fresh := fiscal.NewKeyText(), fiscal.NewKeyText()
	none := fiscal.New(w.People, fiscal.FixedRing(""))
	if kept, err := none.Health(ctx); kept || err != nil {
		t.Errorf("no key and no number: %v %v", kept, err)
	}
	me, other := w.Person("anna", "ala", lms.Learner), w.Person("bruno", "ala", lms.Learner)
	w.Kind(none.Set(ctx, me, me.ID, anna), lms.Unavailable, "error.fiscal.key")
	o := fiscal.New(w.People, fiscal.FixedRing(old))
	w.OK(o.Set(ctx, me, me.ID, anna))
	if _, err := none.Health(ctx); !errors.Is(err, fiscal.ErrNoKey) {
		t.Errorf("a number and no key: %v", err)
	}
	if _, err := fiscal.New(w.People, fiscal.FixedRing(fresh)).Health(ctx); !errors.Is(err, fiscal.ErrOtherKey) {
		t.Errorf("a number and another key: %v", err)
	}
	both := fiscal.New(w.People, fiscal.FixedRing(fresh+old))
	if kept, err := both.Health(ctx); !kept || err != nil {
		t.Errorf("both: %v %v", kept, err)
	}
	w.Kind(both.Set(ctx, w.Person("carla", "ala", lms.Administrator), other.ID, anna), lms.Conflict, "error.fiscal.taken")
	w.OK(both.Set(ctx, other, other.ID, bruno))
	if p, err := both.Find(ctx, anna); p.ID != me.ID || err != nil {
		t.Errorf("%s, %v", p.ID, err)
	}
	w.OK(both.Sweep(ctx))
	alone := fiscal.New(w.People, fiscal.FixedRing(fresh))
	for n, id := range map[fiscal.Number]lms.PersonID{anna: me.ID, bruno: other.ID} {
		p, err := alone.Find(ctx, n)
		if p.ID != id || err != nil {
			t.Errorf("%s: %s, %v", n, p.ID, err)
		}
		if got, err := alone.Open(p); got != n || err != nil {
			t.Errorf("%s: %q, %v", n, got, err)
		}
	}
	if kept, err := alone.Health(ctx); !kept || err != nil {
		t.Errorf("the new one alone: %v %v", kept, err)
	}
}

// A number is on certificates only where its person chose that, and only while there is one.
func TestPrint(t *testing.T) {
	w := lmstest.New(t)
	w.Tree()
	ctx, ring := t.Context(), fiscal.FixedRing(fiscal.NewKeyText())
	o := fiscal.New(w.People, ring)
	me, keeper := w.Person("anna", "ala", lms.Learner), w.Person("rita", "ala", lms.Referent)
	printable := func(o *fiscal.Office, want string) {
		t.Helper()
		if n, err := o.Printable(ctx, me.ID); n != want || err != nil {
			t.Errorf("%q, %v; want %q", n, err, want)
		}
	}
	w.Kind(o.Print(ctx, me, true), lms.Invalid, "error.fiscal.none")
	w.Kind(o.Print(ctx, lms.Actor{}, true), lms.SignIn, "")
	w.OK(o.Set(ctx, me, me.ID, anna))
	printable(o, "")
	w.OK(o.Print(ctx, me, true))
	printable(o, anna)
	if yes, err := o.Prints(ctx, me); !yes || err != nil {
		t.Errorf("%t, %v", yes, err)
	}
	w.OK(o.Set(ctx, keeper, me.ID, bruno)) // corrected: the choice stays
	printable(o, bruno)
	w.OK(o.Print(ctx, me, false))
	printable(o, "")
	w.OK(o.Print(ctx, me, true))
	if n, err := fiscal.New(w.People, fiscal.FixedRing(fiscal.NewKeyText())).Printable(ctx, me.ID); n != "" || !lms.Is(err, lms.Unavailable) {
		t.Errorf("read with another key: %q, %v", n, err)
	}
	w.OK(o.Remove(ctx, me, me.ID))
	printable(o, "")
	w.OK(o.Set(ctx, me, me.ID, anna))
	printable(o, "") // whoever took it away chose anew
}
