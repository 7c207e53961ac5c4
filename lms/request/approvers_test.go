package request_test

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/lmstest"
	"aulacomune/lms/request"
	"aulacomune/storage/storagetest"
)

// Who decides comes from roles: the nearest manager, else who keeps the people, else who is above. Nobody decides about themselves.
func TestWhoDecides(t *testing.T) {
	for _, c := range []struct {
		name  string
		town  func(w *town) lms.Actor // gives who asks
		steps []cohort.Step
		want  string // the logins of the stages
	}{
		{"the manager of the office", func(w *town) lms.Actor { return w.anna }, []cohort.Step{cohort.StepManager}, "mara"},
		{"two of them", func(w *town) lms.Actor { w.Person("mila", "ala", lms.Manager, "TRIBUTI"); return w.anna }, []cohort.Step{cohort.StepManager}, "mara mila"},
		{"who names them, rather than the office", func(w *town) lms.Actor {
			w.reports(w.Person("mila", "ala", lms.Manager, "Anagrafe"), w.anna)
			return w.anna
		}, []cohort.Step{cohort.StepManager}, "mila"},
		{"the office rather than the ente", func(w *town) lms.Actor { w.Person("sindaca", "ala", lms.Manager); return w.anna }, []cohort.Step{cohort.StepManager}, "mara"},
		{"the ente where the office has none", func(w *town) lms.Actor {
			w.Person("sindaca", "ala", lms.Manager)
			w.Person("prefetta", "valle", lms.Manager)
			return w.Person("ugo", "ala", lms.Learner, "Anagrafe")
		}, []cohort.Step{cohort.StepManager}, "sindaca"},
		{"the ente above", func(w *town) lms.Actor {
			w.Person("prefetta", "valle", lms.Manager)
			return w.Person("ugo", "ala", lms.Learner, "Anagrafe")
		}, []cohort.Step{cohort.StepManager}, "prefetta"},
		{"the referent where there is no manager", func(w *town) lms.Actor { return w.Person("ugo", "ala", lms.Learner, "Anagrafe") }, []cohort.Step{cohort.StepManager}, "rita"},
		{"once, where the next step is theirs as well", func(w *town) lms.Actor { return w.Person("ugo", "ala", lms.Learner, "Anagrafe") }, []cohort.Step{cohort.StepManager, cohort.StepPersonnel}, "rita"},
		{"a manager asks: no colleague's, but who is above", func(w *town) lms.Actor { return w.manager }, []cohort.Step{cohort.StepManager}, "rita"},
		{"the referent asks", func(w *town) lms.Actor { return w.referent }, []cohort.Step{cohort.StepPersonnel}, "capo"},
		{"the administrator asks, and is above nobody's", func(w *town) lms.Actor { w.Depart(w.referent); return w.admin }, []cohort.Step{cohort.StepPersonnel}, "direttrice"},
		{"both steps", func(w *town) lms.Actor { return w.anna }, []cohort.Step{cohort.StepManager, cohort.StepPersonnel}, "mara, rita"},
		{"a manager who left", func(w *town) lms.Actor { w.Depart(w.manager); return w.anna }, []cohort.Step{cohort.StepManager}, "rita"},
		{"of another ente", func(w *town) lms.Actor { return w.Person("bea", "bosco", lms.Learner, "Tributi") }, []cohort.Step{cohort.StepManager}, "direttrice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newTown(t)
			w.Person("direttrice", "valle", lms.Administrator)
			asker := c.town(w)
			r := w.ask(w.Again(asker), w.open(0, c.steps...))
			var stages []string
			for _, st := range r.Stages {
				var names []string
				for _, ap := range st.Approvers {
					p, err := w.People.Known(t.Context(), ap.Person)
					w.OK(err)
					names = append(names, p.Login)
				}
				slices.Sort(names)
				stages = append(stages, strings.Join(names, " "))
			}
			if got := strings.Join(stages, ", "); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
	t.Run("nobody", func(t *testing.T) {
		w := newTown(t)
		id := w.open(0, cohort.StepManager)
		for _, a := range []lms.Actor{w.manager, w.referent, w.admin} {
			w.Depart(a)
		}
		w.Kind(second(w.Ask(t.Context(), w.anna, id, "Mi serve.")), lms.Conflict, "error.request.nobody")
	})
}

// reports makes somebody answer to a manager by name.
func (w *town) reports(manager lms.Actor, to ...lms.Actor) {
	w.T.Helper()
	w.Edit("people", string(manager.ID), func(p map[string]any) {
		for _, m := range p["memberships"].([]any) {
			if m := m.(map[string]any); m["role"] == "manager" {
				var ids []any
				for _, a := range to {
					ids = append(ids, string(a.ID))
				}
				m["reports"] = ids
			}
		}
	})
}

func TestDeputies(t *testing.T) {
	w := newTown(t)
	dino, emma := w.Person("dino", "ala", lms.Learner), w.Person("emma", "ala", lms.Learner)
	w.Person("bea", "bosco", lms.Learner)
	name := func(a lms.Actor, of lms.Actor, login string, from, until cohort.Day) error {
		return second(w.Deputise(t.Context(), a, request.NewDeputy{Of: of.ID, Login: login, From: from, Until: until}))
	}
	for _, c := range []struct {
		name string
		err  error
		kind lms.ErrorKind
		says string
	}{
		{"nobody's", name(dino, dino, "emma", "", "2026-03-10"), lms.Forbidden, ""},
		{"another's", name(dino, w.manager, "emma", "", "2026-03-10"), lms.NotFound, ""},
		{"of another ente", name(w.manager, w.manager, "bea", "", "2026-03-10"), lms.Invalid, "error.deputy.unknown"},
		{"who is not there", name(w.manager, w.manager, "nessuno", "", "2026-03-10"), lms.Invalid, "error.deputy.unknown"},
		{"themselves", name(w.manager, w.manager, "mara", "", "2026-03-10"), lms.Invalid, "error.deputy.self"},
		{"without an end", name(w.manager, w.manager, "dino", "", ""), lms.Invalid, "error.day"},
		{"over already", name(w.manager, w.manager, "dino", "2026-02-01", "2026-02-10"), lms.Invalid, "error.day.order"},
		{"for ever", name(w.manager, w.manager, "dino", "", "2030-01-01"), lms.Invalid, "error.deputy.long"},
		{"a referent, of an administrator", name(w.referent, w.admin, "rita", "", "2026-03-10"), lms.Forbidden, "error.role.above"},
	} {
		t.Run(c.name, func(t *testing.T) { w.Kind(c.err, c.kind, c.says) })
	}
	w.OK(name(w.manager, w.manager, "dino", "", "2026-03-10"))
	w.OK(name(w.referent, w.manager, "ANNA@ala.example", "", "2026-03-10")) // the referent names one, too: anna, who asks
	id := w.open(0, cohort.StepManager)
	r := w.ask(w.anna, id)
	if n := len(w.Letters("anna", "request.asked")); n != 0 {
		t.Errorf("anna is asked about herself, %d times", n)
	}
	w.Kind(second(w.Decide(t.Context(), w.anna, r.ID, agree(0))), lms.Forbidden, "error.request.own")
	if queue, err := w.Queue(t.Context(), w.anna); err != nil || len(queue) != 0 {
		t.Errorf("her queue: %+v, %v", queue, err)
	}
	w.Kind(second(w.Decide(t.Context(), emma, r.ID, agree(0))), lms.NotFound, "")
	if queue, err := w.Queue(t.Context(), dino); err != nil || len(queue) != 1 || queue[0].For != w.manager.ID {
		t.Errorf("the deputy's queue: %+v, %v", queue, err)
	}
	l, err := w.DecideByLink(t.Context(), lms.Actor{}, w.secret("dino", "request.asked"), agree(0))
	if err != nil || l.History[1].By != dino.ID || l.History[1].For != w.manager.ID {
		t.Errorf("the deputy: %+v, %v", l.History, err)
	}
	r = w.ask(emma, id) // of no office: the referent decides; and later the deputy's days are over
	w.OK(second(w.Withdraw(t.Context(), emma, r.ID)))
	ugo := w.Person("ugo", "ala", lms.Learner, "Tributi")
	r = w.ask(ugo, id)
	over := w.secret("dino", "request.asked")
	w.Set(w.Now().AddDate(0, 0, 9))
	w.Kind(second(w.DecideByLink(t.Context(), lms.Actor{}, over, agree(0))), lms.NotFound, "error.link")
	w.Kind(second(w.Decide(t.Context(), dino, r.ID, agree(0))), lms.NotFound, "")
	d, err := w.Deputise(t.Context(), w.manager, request.NewDeputy{Login: "dino", Until: "2026-03-31"})
	w.OK(err)
	w.OK(second(w.OpenLink(t.Context(), lms.Actor{}, over)))
	w.Kind(w.EndDeputy(t.Context(), emma, d.ID), lms.NotFound, "")
	w.OK(w.EndDeputy(t.Context(), w.manager, d.ID))
	w.Kind(second(w.OpenLink(t.Context(), lms.Actor{}, over)), lms.NotFound, "error.link")
}

// A deputy of a deputy decides, and nobody is in the end deputised by the one they act for: not directly, not in three steps, not when both are named at
// the same moment. On other days they may be.
func TestDeputiesMakeNoCircle(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		managers := []lms.Actor{w.manager}
		for _, name := range []string{"mila", "moira"} {
			managers = append(managers, w.Person(name, "ala", lms.Manager, "Altro"))
		}
		name := func(on *request.Requests, of lms.Actor, login string, from, until cohort.Day) error {
			return second(on.Deputise(t.Context(), of, request.NewDeputy{Login: login, From: from, Until: until}))
		}
		w.OK(name(w.Requests, managers[0], "mila", "", "2026-03-10"))
		w.OK(name(w.Requests, managers[1], "moira", "", "2026-03-10"))
		w.Kind(name(w.Requests, managers[2], "mara", "2026-03-10", "2026-03-20"), lms.Invalid, "error.deputy.cycle")
		w.Kind(name(w.Requests, managers[1], "mara", "", "2026-03-05"), lms.Invalid, "error.deputy.cycle")
		r := w.ask(w.anna, w.open(0, cohort.StepManager))
		w.OK(second(w.DecideByLink(t.Context(), lms.Actor{}, w.secret("moira", "request.asked"), agree(0))))
		if v := w.of(r.ID); v.History[1].For != managers[0].ID || v.State != request.Approved {
			t.Errorf("the deputy's deputy: %+v", v.History)
		}
		w.OK(name(w.Requests, managers[2], "mara", "2026-03-11", "2026-03-20"))

		a, b := w.Person("nadia", "ala", lms.Manager), w.Person("noemi", "ala", lms.Manager)
		_, other := w.node(s.Open(t))
		var named atomic.Int32
		lmstest.Together(2, func(i int) {
			err := name([]*request.Requests{w.Requests, other}[i], []lms.Actor{a, b}[i], []string{"noemi", "nadia"}[i], "", "2026-03-10")
			if err == nil {
				named.Add(1)
			} else if !lms.Is(err, lms.Invalid) {
				t.Error(err)
			}
		})
		if named.Load() > 1 {
			t.Error("each deputises the other")
		}
	})
}
