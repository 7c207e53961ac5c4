package plan_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/lmstest"
	"aulacomune/lms/plan"
	"aulacomune/storage/storagetest"
)

// town is a school with plans, on real engines.
type town struct {
	*lmstest.Town
	*plan.Plans
	cohorts                        *cohort.Cohorts
	admin, manager, referent, anna lms.Actor
}

func newTown(t testing.TB) *town { t.Helper(); return townOn(t, storagetest.Open(t)) }

func townOn(t testing.TB, e lms.Engine) *town {
	t.Helper()
	w := &town{Town: lmstest.On(t, e)}
	w.Tree()
	w.admin, w.manager = w.Person("capo", "ala", lms.Administrator), w.Person("mara", "ala", lms.Manager, "Tributi")
	w.referent, w.anna = w.Person("rita", "ala", lms.Referent), w.Person("anna", "ala", lms.Learner, "tributi")
	w.Course(w.Person("autrice", "ala", lms.Author), "corso", 1)
	w.cohorts, w.Plans = w.node(e)
	return w
}

func (w *town) node(e lms.Engine) (*cohort.Cohorts, *plan.Plans) {
	w.T.Helper()
	c, err := cohort.Open(w.T.Context(), cohort.Ports{Engine: e, School: w.School, Post: w.Post, Note: w.Note, Rome: w.Rome, Log: w.Log, Now: w.Now})
	w.OK(err)
	p, err := plan.Open(w.T.Context(), plan.Ports{Engine: e, School: w.School, Cohorts: c, Objects: w.Objects, Post: w.Post, Note: w.Note, Rome: w.Rome, Log: w.Log, Now: w.Now})
	w.OK(err)
	w.T.Cleanup(func() { w.OK(p.Close()) })
	return c, p
}

func (w *town) assign(a lms.Actor, due cohort.Day, people ...lms.Actor) []plan.Line {
	w.T.Helper()
	var ids []lms.PersonID
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	lines, err := w.Assign(w.T.Context(), a, plan.Order{Course: "corso", Terms: plan.Terms{Due: due}, Apply: true}, ids)
	w.OK(err)
	return lines
}

// mine is the one thing somebody is to take.
func (w *town) mine(a lms.Actor) plan.Seen {
	w.T.Helper()
	all, err := w.Mine(w.T.Context(), a)
	if err != nil || len(all) != 1 {
		w.T.Fatalf("%d assignments, %v", len(all), err)
	}
	return all[0]
}

func second[T any](_ T, err error) error { return err }

// A manager assigns, once however often; the person is enrolled and told, reminded when the day is near, told when it has passed, and left in peace when
// the course is done.
func TestAManagerAssigns(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		_, other := w.node(s.Open(t))
		nodes := []*plan.Plans{w.Plans, other}
		lmstest.Together(4, func(i int) {
			if err := second(nodes[i%2].Assign(t.Context(), w.manager, plan.Order{Course: "corso", Terms: plan.Terms{Due: "2026-04-30"}, Apply: true}, []lms.PersonID{w.anna.ID})); err != nil {
				t.Error(err)
			}
		})
		if l := w.Letters("anna", ""); len(l) != 1 || l[0].Kind != "plan.assigned" || l[0].Words["by"] != "Mara Rossi" || l[0].Words["due"] != "30 aprile 2026" {
			t.Errorf("letters: %+v", l)
		}
		if e, ok, err := w.Learning.Taken(t.Context(), w.anna.ID, "corso"); err != nil || !ok || e.By != w.manager.ID {
			t.Errorf("enrolled: %t, %v", ok, err)
		}
		for range 70 {
			w.Pass(24 * time.Hour)
			w.OK(w.Sweep(t.Context()))
		}
		if soon, late := len(w.Letters("anna", "due.soon")), len(w.Letters("anna", "due.passed")); soon != 1 || late != 1 {
			t.Errorf("%d reminders, %d after the day", soon, late)
		}
		if d := w.mine(w.anna).Duty; d.State != plan.Overdue {
			t.Errorf("she is %s", d.State)
		}
		w.Kind(w.Extend(t.Context(), w.manager, "corso", w.anna.ID, plan.Entry{Day: "2026-06-30"}), lms.Invalid, "error.required")
		w.Kind(w.Extend(t.Context(), w.manager, "corso", w.anna.ID, plan.Entry{Day: "2026-02-01", Reason: "Tardi"}), lms.Invalid, "error.plan.past")
		w.OK(w.Extend(t.Context(), w.manager, "corso", w.anna.ID, plan.Entry{Day: "2026-06-30", Reason: "Era in congedo."}))
		w.Complete(w.anna, "corso")
		if d := w.mine(w.anna).Duty; d.State != plan.Compliant {
			t.Errorf("she is %s", d.State)
		}
		for range 60 {
			w.Pass(24 * time.Hour)
			w.OK(w.Sweep(t.Context()))
		}
		if n := len(w.Letters("anna", "")); n != 4 {
			t.Errorf("%d letters: %+v", n, w.Letters("anna", ""))
		}
		w.OK(w.TakeBack(t.Context(), w.referent, "corso", w.anna.ID, "Non serve più."))
		w.Kind(w.TakeBack(t.Context(), w.referent, "corso", w.anna.ID, "Non serve più."), lms.Conflict, "error.plan.ended")
		if all, err := w.Mine(t.Context(), w.anna); err != nil || len(all) != 0 {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

// A course that is to be repeated every year begins again in time, and what was completed before stays.
func TestACourseIsRepeated(t *testing.T) {
	w := newTown(t)
	terms := plan.Terms{Due: "2026-03-31", Months: 12, Notice: 30, Grace: 5}
	w.OK(second(w.Assign(t.Context(), w.referent, plan.Order{Course: "corso", Terms: terms, Apply: true}, []lms.PersonID{w.anna.ID})))
	first := w.Complete(w.anna, "corso")
	var states []plan.State
	follow := func(days int) {
		for range days {
			w.Pass(24 * time.Hour)
			w.OK(w.Sweep(t.Context()))
			if st := w.mine(w.anna).Duty.State; len(states) == 0 || states[len(states)-1] != st {
				states = append(states, st)
			}
		}
	}
	follow(380)
	w.Complete(w.anna, "corso")
	follow(30)
	if got := fmt.Sprint(states); got != "[compliant expiring grace overdue compliant]" {
		t.Error(got)
	}
	all, err := w.Learning.Turns(t.Context(), w.anna.ID, "corso")
	if err != nil || len(all) != 2 || !all[0].Completed.Equal(first.Enrolment.Completed) || all[1].Completed.IsZero() {
		t.Errorf("turns: %+v, %v", all, err)
	}
	if a, b := len(w.Letters("anna", "due.again")), len(w.Letters("anna", "due.passed")); a != 1 || b != 1 {
		t.Errorf("%d letters to begin again, %d that the day has passed", a, b)
	}
	w.OK(w.Waive(t.Context(), w.referent, "corso", w.anna.ID, plan.Entry{Day: "2030-01-01", Reason: "Congedo"}))
	follow(400)
	if d := w.mine(w.anna).Duty; d.State != plan.Waived || len(w.Letters("anna", "due.again")) != 1 {
		t.Errorf("waived, and %s", d.State)
	}
}

// A rule assigns to everybody of its audience, once; newcomers come under it the next day; whom it was taken back from it leaves alone.
func TestARule(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		w.Person("bea", "bosco", lms.Learner)
		w.Person("preside", "ala-scuola", lms.Learner)
		w.Depart(w.Person("uscito", "ala", lms.Learner))
		r := plan.Rule{Organisation: "ala", Course: "corso", Audience: cohort.Audience{Categories: []lms.Category{lms.CategoryOfficer}}, Days: 30}
		dry, err := w.PreviewRule(t.Context(), w.referent, r)
		if err != nil || dry.People != 6 || dry.New != 6 || len(dry.Lines) != 6 || dry.Lines[0].Due != "2026-04-01" {
			t.Fatalf("dry run: %d, %d, %v", dry.People, dry.New, err)
		}
		if n := len(w.Letters("", "")); n != 0 {
			t.Errorf("a dry run wrote %d letters", n)
		}
		done, err := w.MakeRule(t.Context(), w.referent, r)
		if err != nil || done.New != 6 || len(w.Letters("", "plan.assigned")) != 6 {
			t.Fatalf("made: %+v, %v", done, err)
		}
		w.OK(w.TakeBack(t.Context(), w.referent, "corso", w.anna.ID, "Lo ha già fatto altrove."))
		w.Person("nuova", "ala", lms.Learner)
		_, other := w.node(s.Open(t))
		for range 3 {
			lmstest.Together(4, func(i int) {
				if err := []*plan.Plans{w.Plans, other}[i%2].Sweep(t.Context()); err != nil {
					t.Error(err)
				}
			})
			w.Pass(24 * time.Hour)
		}
		if l := w.Letters("nuova", ""); len(l) != 1 || l[0].Words["due"] != "2 aprile 2026" {
			t.Errorf("the newcomer: %+v", l)
		}
		if all, err := w.Mine(t.Context(), w.anna); err != nil || len(all) != 0 {
			t.Errorf("it was taken back from anna: %+v, %v", all, err)
		}
		found, err := w.Rules(t.Context(), w.admin, "ala")
		if err != nil || len(found) != 1 {
			t.Fatalf("%+v, %v", found, err)
		}
		w.OK(w.StopRule(t.Context(), w.referent, found[0].ID))
		late := w.Person("tardi", "ala", lms.Learner)
		w.Pass(24 * time.Hour)
		w.OK(w.Sweep(t.Context()))
		if all, err := w.Mine(t.Context(), late); err != nil || len(all) != 0 {
			t.Errorf("the rule was stopped: %+v, %v", all, err)
		}
		page, _, err := w.Within(t.Context(), w.referent, "ala", plan.Filter{Course: "corso"}, lms.PageAt{Limit: 50})
		if err != nil || len(page) != 6 {
			t.Errorf("%d in the ente, %v", len(page), err)
		}
		page, _, err = w.Within(t.Context(), w.referent, "ala", plan.Filter{State: plan.Withdrawn}, lms.PageAt{})
		if err != nil || len(page) != 1 || page[0].Person != w.anna.ID {
			t.Errorf("taken back: %+v, %v", page, err)
		}
	})
}

// What a crash left, the sweep writes once.
func TestTheSweepWritesWhatACrashLeft(t *testing.T) {
	w := newTown(t)
	w.Lose(true)
	w.assign(w.manager, "2026-04-30", w.anna)
	if err := w.Sweep(t.Context()); err == nil {
		t.Error("the sweep does not say that the post is on strike")
	}
	w.Lose(false)
	for range 2 {
		w.OK(w.Sweep(t.Context()))
	}
	if n := len(w.Letters("anna", "plan.assigned")); n != 1 {
		t.Errorf("%d letters", n)
	}
}

func TestEveryMethodAsEveryRole(t *testing.T) {
	w := newTown(t)
	w.assign(w.referent, "2026-04-30", w.anna)
	made, err := w.MakeRule(t.Context(), w.referent, plan.Rule{Organisation: "ala", Course: "corso"})
	w.OK(err)
	boss := w.Person("direttrice", "valle", lms.Administrator)
	here := map[string]lms.Actor{
		"manager": w.manager, "referent": w.referent, "administrator": w.admin, "above": boss, "learner": w.anna,
		"manager of another office": w.Person("mila", "ala", lms.Manager, "Anagrafe"), "instructor": w.Person("ivo", "ala", lms.Instructor),
	}
	elsewhere := map[string]lms.Actor{
		"administrator": w.Person("altro", "bosco", lms.Administrator), "referent": w.Person("berta", "bosco", lms.Referent), "manager": w.Person("bruno", "bosco", lms.Manager),
		"learner": w.Person("bea", "bosco", lms.Learner), "who left": w.Depart(w.Person("uscito", "ala", lms.Administrator)),
	}
	people := map[string]bool{"manager": true, "referent": true, "administrator": true, "above": true}
	keeps := map[string]bool{"referent": true, "administrator": true, "above": true}
	own := map[string]bool{"referent": true} // who brought the file
	line := func(lines []plan.Line, err error) error {
		if err == nil && lines[0].Err != nil {
			return lines[0].Err
		}
		return err
	}
	order := plan.Order{Course: "corso", Terms: plan.Terms{Due: "2026-04-30"}, Apply: true}
	brought := w.bring(w.referent, order, "pippo\nanna\n")
	for _, d := range []struct {
		method string
		may    map[string]bool
		do     func(ctx context.Context, a lms.Actor) error
	}{
		{"Assign", people, func(ctx context.Context, a lms.Actor) error {
			return line(w.Assign(ctx, a, order, []lms.PersonID{w.anna.ID}))
		}},
		{"BringFile", people, func(ctx context.Context, a lms.Actor) error {
			f, err := w.BringFile(ctx, a, order, "persone.csv", []byte("login\nanna\n"))
			if err == nil && w.done(a, f).Count.Wrong > 0 {
				return lms.Fail(lms.NotFound, "error.person.unknown")
			}
			return err
		}},
		{"File", own, func(ctx context.Context, a lms.Actor) error { return second(w.File(ctx, a, brought.ID)) }},
		{"MapFile", own, func(ctx context.Context, a lms.Actor) error {
			return second(w.MapFile(ctx, a, brought.ID, plan.Columns{Login: 0, Due: -1}))
		}},
		{"Extend", people, func(ctx context.Context, a lms.Actor) error {
			return w.Extend(ctx, a, "corso", w.anna.ID, plan.Entry{Day: "2026-05-30", Reason: "Prova"})
		}},
		{"Waive", people, func(ctx context.Context, a lms.Actor) error {
			return w.Waive(ctx, a, "corso", w.anna.ID, plan.Entry{Day: "2026-05-30", Reason: "Prova"})
		}},
		{"TakeBack", people, func(ctx context.Context, a lms.Actor) error {
			w.assign(w.referent, "2026-04-30", w.anna)
			return w.TakeBack(ctx, a, "corso", w.anna.ID, "Prova")
		}},
		{"OfPerson", people, func(ctx context.Context, a lms.Actor) error { return second(w.OfPerson(ctx, a, w.anna.ID)) }},
		{"Within", keeps, func(ctx context.Context, a lms.Actor) error {
			_, _, err := w.Within(ctx, a, "ala", plan.Filter{}, lms.PageAt{})
			return err
		}},
		{"Everybody", keeps, func(ctx context.Context, a lms.Actor) error { return second(w.Everybody(ctx, a, "ala", "")) }},
		{"Find", people, func(ctx context.Context, a lms.Actor) error { return second(w.Find(ctx, a, "corso", w.anna.ID)) }},
		{"Rules", keeps, func(ctx context.Context, a lms.Actor) error { return second(w.Rules(ctx, a, "ala")) }},
		{"PreviewRule", keeps, func(ctx context.Context, a lms.Actor) error {
			return second(w.PreviewRule(ctx, a, plan.Rule{Organisation: "ala", Course: "corso"}))
		}},
		{"StopRule", keeps, func(ctx context.Context, a lms.Actor) error { return w.StopRule(ctx, a, made.Rule.ID) }},
	} {
		for role, a := range here {
			err := d.do(t.Context(), a)
			if may := d.may[role]; may && err != nil || !may && !lms.Is(err, lms.Forbidden) && !lms.Is(err, lms.NotFound) {
				t.Errorf("%s as %s: %v", d.method, role, err)
			}
		}
		for role, a := range elsewhere {
			if err := d.do(t.Context(), a); !lms.Is(err, lms.Forbidden) && !lms.Is(err, lms.NotFound) && !lms.Is(err, lms.Invalid) {
				t.Errorf("%s as %s elsewhere: %v", d.method, role, err)
			}
		}
		if err := d.do(t.Context(), lms.Actor{}); !lms.Is(err, lms.SignIn) {
			t.Errorf("%s as nobody: %v", d.method, err)
		}
	}
	if team, err := w.Team(t.Context(), w.manager); err != nil || len(team) != 1 || team[0].ID != w.anna.ID {
		t.Errorf("the manager's people: %+v, %v", team, err)
	}
	w.Kind(second(w.Team(t.Context(), w.referent)), lms.Forbidden, "")
	w.Kind(second(w.Assign(t.Context(), w.manager, plan.Order{Course: course.Slug("altro")}, []lms.PersonID{w.anna.ID})), lms.Invalid, "error.course.unknown")
}

// Lists narrow to a state page by page, and none is lost or said twice; reports are told by when an enrolment is to be completed.
func TestListsAndDays(t *testing.T) {
	w := newTown(t)
	var tributi []lms.PersonID
	late := map[lms.PersonID]bool{}
	for i := range 9 {
		p := w.Person(fmt.Sprintf("p%d", i), "ala", lms.Learner, "Tributi")
		tributi = append(tributi, p.ID)
		due := cohort.Day("2026-03-10")
		if late[p.ID] = i%3 == 0; !late[p.ID] {
			due = "2027-03-10"
		}
		w.assign(w.referent, due, p)
	}
	w.Pass(30 * 24 * time.Hour)
	for name, list := range map[string]func(lms.PageAt) ([]plan.Seen, string, error){
		"ente": func(at lms.PageAt) ([]plan.Seen, string, error) {
			return w.Within(t.Context(), w.referent, "ala", plan.Filter{State: plan.Overdue}, at)
		},
		"team": func(at lms.PageAt) ([]plan.Seen, string, error) {
			return w.OfTeam(t.Context(), w.manager, plan.Filter{Course: "corso", State: plan.Overdue}, at)
		},
	} {
		seen := map[lms.PersonID]bool{}
		for at, pages := (lms.PageAt{Limit: 2}), 0; pages < 9; pages++ {
			found, next, err := list(at)
			w.OK(err)
			for _, v := range found {
				if seen[v.Person] || !late[v.Person] {
					t.Errorf("%s: %s twice, or not late", name, v.Called)
				}
				seen[v.Person] = true
			}
			if at.After = next; next == "" {
				break
			}
		}
		if len(seen) != 3 {
			t.Errorf("%s: %d late, want 3", name, len(seen))
		}
	}
	if all, err := w.Everybody(t.Context(), w.referent, "ala", " TRIBUTI"); err != nil || len(all) != len(tributi)+2 { // the manager, and anna
		t.Errorf("%d in the office, %v", len(all), err)
	}
	due := func(p lms.PersonID) string {
		e, _, err := w.Learning.Taken(t.Context(), p, "corso")
		w.OK(err)
		d, err := w.Due(t.Context(), e)
		w.OK(err)
		if d.IsZero() {
			return ""
		}
		return d.In(w.Rome).Format(time.DateTime)
	}
	if got := due(tributi[0]); got != "2026-03-10 23:59:59" {
		t.Errorf("due %q", got)
	}
	w.OK(w.Extend(t.Context(), w.referent, "corso", tributi[0], plan.Entry{Day: "2026-05-01", Reason: "Prova"}))
	w.OK(w.Waive(t.Context(), w.referent, "corso", tributi[1], plan.Entry{Day: "2026-05-01", Reason: "Prova"}))
	w.OK(w.TakeBack(t.Context(), w.referent, "corso", tributi[2], "Prova"))
	if a, b, c := due(tributi[0]), due(tributi[1]), due(tributi[2]); a != "2026-05-01 23:59:59" || b != "" || c != "" {
		t.Errorf("extended %q, waived %q, taken back %q", a, b, c)
	}
	v, err := w.Find(t.Context(), w.manager, "corso", tributi[2])
	if err != nil || v.Duty.State != plan.Withdrawn || len(v.History) != 2 {
		t.Errorf("%+v, %v", v, err)
	}
	w.Kind(second(w.Find(t.Context(), w.manager, "corso", w.referent.ID)), lms.NotFound, "error.person.unknown")
	w.Kind(second(w.Find(t.Context(), w.manager, "corso", w.anna.ID)), lms.NotFound, "error.plan.unknown")
}
