package ledger_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/ledger"
)

// deed is one method, asked about something of ala.
type deed struct {
	method  string
	changes bool
	may     []string // who may, of the cast
	refused lms.ErrorKind
	do      func(ctx context.Context, a lms.Actor) error
}

// cast is everybody who asks.
func (b *books) cast() map[string]lms.Actor {
	scoped := func(a lms.Actor, s lms.Scope) lms.Actor { a.Scope = s; return a }
	return map[string]lms.Actor{
		"nobody": {}, "anna": b.anna, "colleague": b.bruno, "other office": b.carla, "manager": b.manager, "author": b.author, "referent": b.referent, "admin": b.admin, "boss": b.boss,
		"part": b.below, "other ente": b.beside, "employee of another ente": b.far,
		"reads": scoped(b.admin, lms.ScopeRead), "publishes": scoped(b.admin, lms.ScopePublish),
	}
}

func (b *books) deeds() []deed {
	keepers := []string{"referent", "admin", "boss"}
	reads := append(slices.Clone(keepers), "reads")
	n := 0
	webinar := func() ledger.HoursID {
		n++
		return b.webinar(fmt.Sprint("s", n), b.anna, 60, "2026-02-03", "")
	}
	claims := 0
	claim := func() ledger.ClaimID { claims++; return b.claim(b.anna, fmt.Sprint("Corso ", claims), 60).ID }
	mine, id := claim(), webinar()
	line := func() string {
		l, err := b.Assign(b.T.Context(), b.admin, b.anna.ID, ledger.PlanLine{Title: "Un corso", Minutes: 60, Due: "2026-12-31"})
		b.OK(err)
		return l.ID
	}
	due := line()
	return []deed{
		{"Year", false, append(slices.Clone(reads), "anna", "manager"), lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			_, err := b.Year(ctx, a, b.anna.ID, 2026)
			return err
		}},
		{"People", false, reads, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			got, _, err := b.People(ctx, a, "ala", 2026, lms.PageAt{})
			if err == nil && len(got) < 7 {
				err = fmt.Errorf("%d people", len(got))
			}
			return err
		}},
		{"Each", false, reads, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			for _, err := range b.Each(ctx, a, "ala", 2026) {
				if err != nil {
					return err
				}
			}
			return nil
		}},
		{"PeopleOf", false, reads, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			_, _, err := b.PeopleOf(ctx, a, "ala", 2026, lms.PageAt{})
			return err
		}},
		{"Row", false, append(slices.Clone(reads), "anna", "manager"), lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			_, err := b.Row(ctx, a, id)
			return err
		}},
		{"Foresee", false, append(slices.Clone(reads), "anna", "manager"), lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			return b.Foresee(ctx, a, []ledger.Account{{Person: b.anna.ID, Year: 2026}})
		}},
		{"Summary", false, append(slices.Clone(reads), "manager"), lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			_, err := b.Summary(ctx, a, "ala", 2026)
			return err
		}},
		{"Correct", true, keepers, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			h, err := b.Correct(ctx, a, id, ledger.Correction{Minutes: 50, Reason: "Un motivo che si capisce"})
			if err == nil {
				id = h.ID
			}
			return err
		}},
		{"Claim", false, append(slices.Clone(reads), "anna"), lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			_, err := b.Claim(ctx, a, mine)
			return err
		}},
		{"Alike", false, append(slices.Clone(reads), "anna"), lms.NotFound, func(ctx context.Context, a lms.Actor) error { _, err := b.Alike(ctx, a, mine); return err }},
		{"OpenFile", false, append(slices.Clone(reads), "anna"), lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			_, o, err := b.OpenFile(ctx, a, mine)
			if err == nil {
				err = o.Close()
			}
			return err
		}},
		{"Waiting", false, reads, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			got, _, err := b.Waiting(ctx, a, "ala", lms.PageAt{})
			if err == nil && len(got) == 0 {
				err = fmt.Errorf("nothing waits")
			}
			return err
		}},
		{"Decide", true, keepers, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			_, err := b.Decide(ctx, a, mine, ledger.Decision{Accept: true})
			if err == nil {
				mine = claim()
			}
			return err
		}},
		{"Withdraw", true, []string{"anna"}, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			err := b.Withdraw(ctx, a, mine)
			if err == nil {
				mine = claim()
			}
			return err
		}},
		{"Assign", true, append(slices.Clone(keepers), "manager"), lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			_, err := b.Assign(ctx, a, b.anna.ID, ledger.PlanLine{Title: "Un corso", Minutes: 60, Due: "2026-12-31"})
			return err
		}},
		{"Unassign", true, append(slices.Clone(keepers), "manager"), lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			err := b.Unassign(ctx, a, b.anna.ID, 2026, due)
			if err == nil {
				due = line()
			}
			return err
		}},
		{"SetTerms", true, keepers, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			n++
			return b.SetTerms(ctx, a, b.anna.ID, 2026, ledger.Terms{Share: 1 + n%100})
		}},
		{"Policies", false, append(slices.Clone(reads), "anna", "colleague", "other office", "manager", "author"), lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			_, _, err := b.Policies(ctx, a, "ala")
			return err
		}},
		{"SetPolicy", true, keepers, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			n++
			return b.SetPolicy(ctx, a, "ala", ledger.Policy{From: "2026-01-01", Minutes: n})
		}},
		{"SetArea", true, []string{"boss"}, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			n++
			return b.SetArea(ctx, a, "valle", ledger.Area{ID: ledger.AreaID(fmt.Sprint("area-", n)), Name: "Area"})
		}},
		{"MapCourse", true, []string{"boss"}, lms.NotFound, func(ctx context.Context, a lms.Actor) error {
			return b.MapCourse(ctx, a, "valle", "corso", "valori")
		}},
	}
}

// state is every record there is with its revision: what a refused deed may not change.
func (b *books) state() []string {
	b.T.Helper()
	var out []string
	for _, c := range slices.Concat(lms.Collections(), ledger.Collections()) {
		for e, err := range b.Engine.Scan(b.T.Context(), c.Name, lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
			b.OK(err)
			out = append(out, fmt.Sprint(c.Name, "/", e.ID, " ", e.Rev))
		}
	}
	for o, err := range b.Objects.List(b.T.Context(), "") {
		b.OK(err)
		out = append(out, o.Key)
	}
	return out
}

func TestHoursAreForThoseWhomTheyConcern(t *testing.T) {
	b := newBooks(t)
	b.Course(b.author, "corso", 1)
	for _, d := range b.deeds() {
		for name, a := range b.cast() {
			before := b.state()
			err := d.do(t.Context(), a)
			if slices.Contains(d.may, name) {
				if err != nil {
					t.Errorf("%s by %s: %v", d.method, name, err)
				}
				continue
			}
			want := []lms.ErrorKind{d.refused, lms.Forbidden}
			if name == "nobody" {
				want = []lms.ErrorKind{lms.SignIn}
			}
			if err == nil || !slices.Contains(want, lms.KindOf(err)) {
				t.Errorf("%s by %s: %v, want one of %v", d.method, name, err, want)
			}
			if name == "other ente" && !lms.Is(err, d.refused) && !lms.Is(err, lms.Forbidden) {
				t.Errorf("%s by an administrator of another ente: %v", d.method, err)
			}
			if !slices.Equal(before, b.state()) {
				t.Errorf("%s by %s was refused, and something changed", d.method, name)
			}
		}
	}
}

// Somebody of another ente and somebody who does not exist are the same: kind and message.
func TestHoursDiscloseNobody(t *testing.T) {
	b := newBooks(t)
	c := b.claim(b.anna, "Un corso", 60)
	id := b.webinar("uno", b.anna, 60, "2026-02-03", "")
	ctx := t.Context()
	for name, ask := range map[string]func(there bool) error{
		"Year": func(there bool) error { _, err := b.Year(ctx, b.beside, either(there, b.anna.ID), 2026); return err },
		"Assign": func(there bool) error {
			_, err := b.Assign(ctx, b.beside, either(there, b.anna.ID), ledger.PlanLine{Title: "x", Minutes: 1, Due: "2026-12-31"})
			return err
		},
		"SetTerms": func(there bool) error {
			return b.SetTerms(ctx, b.beside, either(there, b.anna.ID), 2026, ledger.Terms{})
		},
		"Claim":    func(there bool) error { _, err := b.Claim(ctx, b.beside, either(there, c.ID)); return err },
		"Alike":    func(there bool) error { _, err := b.Alike(ctx, b.beside, either(there, c.ID)); return err },
		"OpenFile": func(there bool) error { _, _, err := b.OpenFile(ctx, b.beside, either(there, c.ID)); return err },
		"Correct": func(there bool) error {
			_, err := b.Correct(ctx, b.beside, either(there, id), ledger.Correction{Reason: "Un motivo che si capisce"})
			return err
		},
		"Summary": func(there bool) error {
			_, err := b.Summary(ctx, b.beside, either(there, lms.OrganisationID("ala")), 2026)
			return err
		},
		"Waiting": func(there bool) error {
			_, _, err := b.Waiting(ctx, b.beside, either(there, lms.OrganisationID("ala")), lms.PageAt{})
			return err
		},
	} {
		if there, not := fmt.Sprint(ask(true)), fmt.Sprint(ask(false)); there != not {
			t.Errorf("%s: %q and %q", name, there, not)
		}
	}
}

// either is an id, or one that does not exist.
func either[T ~string](there bool, id T) T {
	if there {
		return id
	}
	return "0190-nobody"
}

func TestEveryMethodThatTakesAnActorStandsInTheTable(t *testing.T) {
	known := []string{"Declare", "CountWaiting", "Areas"} // the actor's own, and what belongs to everybody
	for _, d := range newBooks(t).deeds() {
		known = append(known, d.method)
	}
	of := reflect.TypeFor[*ledger.Ledger]()
	for i := range of.NumMethod() {
		m := of.Method(i)
		for j := range m.Type.NumIn() {
			if m.Type.In(j) == reflect.TypeFor[lms.Actor]() && !slices.Contains(known, m.Name) {
				t.Errorf("%s takes an actor and stands in no table", m.Name)
			}
		}
	}
}
