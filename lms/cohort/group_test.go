package cohort_test

import (
	"context"
	"testing"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Three pilot teams, as at Tresinaro Secchia: each moves together, has its facilitator and its page, and its own cohort.
func TestAPilotTeam(t *testing.T) {
	w := newTown(t)
	fabio := w.Person("fabio", "ala", lms.Learner)
	g, err := w.MakeGroup(t.Context(), w.admin, cohort.NewGroup{Name: " Squadra  Kanban ", Facilitators: []string{"fabio", "FABIO@ala.example"}, Courses: []course.Slug{"corso"}, Material: []cohort.Material{{Title: "La lavagna", URL: "https://esempio.it/kanban"}}})
	w.OK(err)
	if g.Name != "Squadra Kanban" || len(g.Facilitators) != 1 {
		t.Errorf("%+v", g)
	}
	var team []lms.Actor
	for _, name := range []string{"anna", "bruno", "carla"} {
		p := w.Person(name, "ala", lms.Learner)
		w.OK(w.AddMember(t.Context(), w.admin, g.ID, name))
		w.OK(w.AddMember(t.Context(), w.admin, g.ID, name+"@ala.example"))
		team = append(team, p)
	}
	w.Person("bea", "bosco", lms.Learner)
	w.Kind(w.AddMember(t.Context(), w.admin, g.ID, "bea"), lms.Invalid, "error.person.unknown")
	w.Kind(w.AddMember(t.Context(), w.admin, g.ID, "nessuno"), lms.Invalid, "error.person.unknown")

	id := w.cohort(2, cohort.Terms{Reserved: true, Audience: cohort.Audience{Groups: []cohort.GroupID{g.ID}}})
	other := w.Person("dario", "ala", lms.Learner)
	w.Kind(second(w.Join(t.Context(), other, id, "")), lms.NotFound, "")
	entered, err := w.EnterGroup(t.Context(), w.admin, id, g.ID)
	if err != nil || len(entered) != 3 || entered[1].Place != cohort.Seated || entered[2].Place != cohort.Waiting {
		t.Fatalf("%+v, %v", entered, err)
	}
	w.Complete(team[0], "corso")
	as := func(a lms.Actor) cohort.GroupProgress {
		t.Helper()
		v, err := w.FindGroup(t.Context(), a, g.ID)
		w.OK(err)
		if len(v.Progress) != 1 || v.Names[team[1].ID] != "Bruno Rossi" {
			t.Fatalf("%+v", v)
		}
		return v.Progress[0]
	}
	if p := as(fabio); p.Done != 1 || p.Percent != 33 || p.Members[team[0].ID] != 100 {
		t.Errorf("the facilitator sees %+v", p)
	}
	if p := as(team[1]); p.Done != -1 || p.Percent != -1 || p.Members != nil {
		t.Errorf("a member of a team of three sees %+v", p)
	}
	for _, name := range []string{"elsa", "furio"} {
		w.Person(name, "ala", lms.Learner)
		w.OK(w.AddMember(t.Context(), w.admin, g.ID, name))
	}
	if p := as(team[1]); p.Done != 1 || p.Percent != 20 || p.Members != nil {
		t.Errorf("a member of a team of five sees %+v", p)
	}
	w.OK(w.DropMember(t.Context(), w.admin, g.ID, team[2].ID))
	w.Kind(w.DropMember(t.Context(), w.admin, g.ID, team[2].ID), lms.NotFound, "")
	w.OK(w.EndGroup(t.Context(), w.admin, g.ID))
	if seen, err := w.Find(t.Context(), w.Person("gino", "ala", lms.Learner), id); err == nil {
		t.Errorf("%+v", seen)
	}
	for field, n := range map[string]cohort.NewGroup{
		"name": {}, "facilitators": {Name: "G", Facilitators: []string{"bea"}}, "courses": {Name: "G", Courses: []course.Slug{"nessuno"}},
		"material": {Name: "G", Material: []cohort.Material{{Title: "X", URL: "javascript:alert(1)"}}},
	} {
		if _, err := w.MakeGroup(t.Context(), w.admin, n); !lms.Is(err, lms.Invalid) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestGroupsAsEveryRole(t *testing.T) {
	w := newTown(t)
	g, err := w.MakeGroup(t.Context(), w.admin, cohort.NewGroup{Name: "Squadra", Facilitators: []string{"capo"}})
	w.OK(err)
	member := w.Person("anna", "ala", lms.Learner)
	w.OK(w.AddMember(t.Context(), w.admin, g.ID, "anna"))
	people := map[string]lms.Actor{
		"keeper": w.Person("rita", "ala", lms.Referent), "member": member, "colleague": w.Person("carlo", "ala", lms.Learner),
		"manager": w.Person("mara", "ala", lms.Manager), "elsewhere": w.Person("altro", "bosco", lms.Administrator), "nobody": {},
	}
	bruno := w.Person("bruno", "ala", lms.Learner)
	for method, do := range map[string]func(ctx context.Context, a lms.Actor) error{
		"FindGroup": func(ctx context.Context, a lms.Actor) error { return second(w.FindGroup(ctx, a, g.ID)) },
		"ReviseGroup": func(ctx context.Context, a lms.Actor) error {
			return w.ReviseGroup(ctx, a, g.ID, cohort.NewGroup{Name: "S"})
		},
		"AddMember": func(ctx context.Context, a lms.Actor) error { return w.AddMember(ctx, a, g.ID, "bruno") },
		"EndGroup":  func(ctx context.Context, a lms.Actor) error { return w.EndGroup(ctx, a, g.ID) },
		"DropMember": func(ctx context.Context, a lms.Actor) error {
			w.OK(w.AddMember(ctx, w.admin, g.ID, "bruno"))
			return w.DropMember(ctx, a, g.ID, bruno.ID)
		},
	} {
		want := map[string]lms.ErrorKind{"keeper": lms.Unknown, "member": lms.Forbidden, "colleague": lms.NotFound, "manager": lms.NotFound, "elsewhere": lms.NotFound, "nobody": lms.SignIn}
		if method == "FindGroup" {
			want["member"] = lms.Unknown
		}
		for who, a := range people {
			if err := do(t.Context(), a); want[who] == lms.Unknown && err != nil || want[who] != lms.Unknown && !lms.Is(err, want[who]) {
				t.Errorf("%s as %s: %v, want %v", method, who, err, want[who])
			}
		}
	}
}

// A course is open to everybody, to an audience, or only by its cohorts; a reserved one is not even shown to others.
func TestAccessToACourse(t *testing.T) {
	w := newTown(t)
	w.Town.Admit(w.Lets)
	anna, bea := w.Person("anna", "ala", lms.Learner), w.Person("bea", "bosco", lms.Learner)
	ala := cohort.Audience{Enti: []lms.OrganisationID{"ala"}}
	for _, c := range []struct {
		name         string
		access       cohort.Access
		who          lms.Actor
		shows        bool
		kind         lms.ErrorKind
		says         string
		shownToWorld bool
	}{
		{"for everybody", cohort.Access{Free: true}, bea, true, lms.Unknown, "", true},
		{"not for that ente", cohort.Access{Free: true, Audience: ala}, bea, true, lms.Forbidden, "error.course.audience", true},
		{"reserved", cohort.Access{Free: true, Reserved: true, Audience: ala}, bea, false, lms.NotFound, "error.course.unknown", false},
		{"by its cohorts", cohort.Access{Audience: ala}, anna, true, lms.Conflict, "error.course.cohorts", true},
		{"for her ente", cohort.Access{Free: true, Reserved: true, Audience: ala}, anna, true, lms.Unknown, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			slug := course.Slug("corso-" + string(lms.Fold(c.name)[0]) + string(rune('a'+len(c.name)%26)))
			w.Course(w.author, slug, 1)
			c.access.Course = slug
			w.OK(w.SetAccess(t.Context(), w.admin, c.access))
			w.OK(w.SetAccess(t.Context(), w.admin, c.access))
			shown, err := w.Shows(t.Context(), c.who, slug)
			world, err2 := w.Shows(t.Context(), lms.Actor{}, slug)
			kept, err3 := w.Shows(t.Context(), w.admin, slug)
			if err != nil || err2 != nil || err3 != nil || shown != c.shows || world != c.shownToWorld || !kept {
				t.Errorf("shown %t, to everybody %t, to who keeps it %t; %v, %v, %v", shown, world, kept, err, err2, err3)
			}
			_, err = w.Learning.Enrol(t.Context(), c.who, slug)
			if c.kind == lms.Unknown {
				w.OK(err)
				return
			}
			w.Kind(err, c.kind, c.says)
		})
	}
	w.Kind(w.SetAccess(t.Context(), w.Person("altro", "bosco", lms.Administrator), cohort.Access{Course: "corso"}), lms.NotFound, "")
	w.Kind(w.SetAccess(t.Context(), anna, cohort.Access{Course: "corso"}), lms.Forbidden, "")
}
