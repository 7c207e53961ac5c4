package lms_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// removal is a region whose course has a second edition: a recording is another, one reading is gone, one has come.
type removal struct {
	*region
	first, second course.Course
}

func newRemoval(t testing.TB, change ...func(*lms.Ports)) *removal {
	t.Helper()
	r := &removal{region: newRegionIn(newTown(t, change...))}
	v := lesson("v", 60, 90)
	v.Video.File.Hash = "uno"
	r.first = lessons("agile", reading("a"), v, reading("gone"))
	w := lesson("v", 60, 90)
	w.Video.File.Hash = "due"
	r.second = lessons("agile", reading("a"), w, reading("come"))
	r.publish(r.author, r.first)
	return r
}

// takes enrols somebody in the first edition, who reads and watches half.
func (r *removal) takes(a lms.Actor) lms.EnrolmentID {
	r.t.Helper()
	id := r.enrol(a, "agile")
	r.record(a, id, event("o", "v", lms.Opened))
	r.clock.pass(time.Minute)
	r.record(a, id, event("a", "a", lms.Read), watch("w", "v", course.Interval{0, 30}))
	return id
}

func (r *removal) move(a lms.Actor, o lms.MoveOrder) lms.Moved {
	r.t.Helper()
	o.Course = "agile"
	got, err := r.Learning.Move(r.t.Context(), a, o)
	r.ok(err)
	if len(got.Failed) > 0 {
		r.t.Errorf("%v", got.Failed)
	}
	return got
}

func TestPeopleAreMovedWithAPreviewAndBack(t *testing.T) {
	r := newRemoval(t)
	id := r.takes(r.learner)
	r.publish(r.author, r.second)
	other := r.enrol(r.colleague, "agile") // in the second already
	order := lms.MoveOrder{Course: "agile", To: 2, Organisation: "ala"}
	before := r.state(t)
	p, err := r.Learning.PreviewMove(t.Context(), r.admin, order, lms.PageAt{Limit: 10})
	r.ok(err)
	if p.People != 1 || p.From[1] != 1 || len(p.Page) != 1 || p.To.Number != 2 || !slices.Equal(before, r.state(t)) {
		t.Fatalf("%+v", p)
	}
	what := p.Page[0]
	if what.Before.Enrolment.ID != id || len(what.Kept) != 1 || what.Kept[0].ID != "a" || len(what.Again) != 1 || what.Again[0].ID != "v" || len(what.New) != 1 || what.New[0].ID != "come" || len(what.Gone) != 0 || what.Completes {
		t.Errorf("%+v", what)
	}
	was := r.standing(r.learner, id)
	got := r.move(r.admin, order)
	now := r.standing(r.learner, id)
	if got.People != 1 || now.Enrolment.Edition != 2 || now.Done != what.After.Done || now.Percent != 33 || now.Enrolment.Of("v").Evidence.Watched.Length() != 0 {
		t.Errorf("%+v, %+v", got, now)
	}
	if again := r.move(r.admin, order); again.People != 0 || again.Batch.ID != "" {
		t.Errorf("again: %+v", again)
	}
	r.clock.pass(time.Hour)
	r.record(r.learner, id, event("c", "come", lms.Read))
	left, err := r.Learning.Batches(t.Context(), r.admin, "agile")
	if err != nil || len(left) != 1 || left[0].ID != got.Batch.ID || left[0].People != 1 {
		t.Errorf("%v %+v", err, left)
	}
	back, err := r.Learning.UndoMove(t.Context(), r.admin, "agile", got.Batch.ID)
	r.ok(err)
	end := r.standing(r.learner, id)
	if len(back.Back) != 1 || len(back.Stay)+len(back.Failed) != 0 || end.Enrolment.Edition != 1 || end.Percent != was.Percent || end.Enrolment.Of("v").Evidence.Watched.Length() != 30 || end.Enrolment.Of("come").Completed.IsZero() {
		t.Errorf("%+v, %+v", back, end.Enrolment)
	}
	if again, err := r.Learning.UndoMove(t.Context(), r.admin, "agile", got.Batch.ID); err != nil || len(again.Back)+len(again.Stay) != 0 {
		t.Errorf("again: %v %+v", err, again)
	}
	if left, err = r.Learning.Batches(t.Context(), r.admin, "agile"); err != nil || len(left) != 0 {
		t.Errorf("%v %+v", err, left)
	}
	if st := r.standing(r.colleague, other); len(st.Enrolment.Moves) != 0 {
		t.Error("who was there already was moved")
	}
	r.move(r.admin, order)
	if st := r.standing(r.learner, id); st.Enrolment.Of("come").Completed.IsZero() || st.Enrolment.Edition != 2 || len(st.Enrolment.Moves) != 2 {
		t.Errorf("moved once more: %+v", st.Enrolment)
	}
}

func TestWhoMovesWhom(t *testing.T) {
	r := newRemoval(t)
	ofBosco := r.person("berta", "bosco", lms.Learner)
	here, there := r.takes(r.learner), r.takes(ofBosco)
	r.publish(r.author, r.second)
	edition := func(id lms.EnrolmentID) int { return r.standing(r.boss, id).Enrolment.Edition }
	for _, c := range []struct {
		name  string
		actor lms.Actor
		order lms.MoveOrder
		kind  lms.ErrorKind
	}{
		{"an administrator, people of another ente", r.admin, lms.MoveOrder{To: 2, Organisation: "bosco"}, lms.NotFound},
		{"an administrator, everybody", r.admin, lms.MoveOrder{To: 2, Everybody: true}, lms.Forbidden},
		{"an administrator, without an ente", r.admin, lms.MoveOrder{To: 2}, lms.NotFound},
		{"an author, people", r.author, lms.MoveOrder{To: 2, Organisation: "ala"}, lms.Forbidden},
		{"an author of another ente", r.person("estraneo", "bosco", lms.Author), lms.MoveOrder{To: 2, Everybody: true}, lms.NotFound},
		{"to an edition that is not there", r.admin, lms.MoveOrder{To: 3, Organisation: "ala"}, lms.NotFound},
		{"from a newer edition", r.admin, lms.MoveOrder{To: 2, From: 2, Organisation: "ala"}, lms.Invalid},
		{"from no edition", r.admin, lms.MoveOrder{To: 2, From: -1, Organisation: "ala"}, lms.Invalid},
		{"on with a batch that is not there", r.admin, lms.MoveOrder{To: 2, Organisation: "ala", Batch: "none"}, lms.NotFound},
		{"nobody", lms.Actor{}, lms.MoveOrder{To: 2, Organisation: "ala"}, lms.SignIn},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.order.Course = "agile"
			before := r.state(t)
			_, err := r.Learning.Move(t.Context(), c.actor, c.order)
			wantKind(t, err, c.kind, "")
			if !slices.Equal(before, r.state(t)) {
				t.Error("something changed")
			}
		})
	}
	got, err := r.Learning.Move(t.Context(), r.admin, lms.MoveOrder{Course: "agile", To: 2, Organisation: "ala", Only: []lms.EnrolmentID{there, "none"}})
	r.ok(err)
	if got.People != 0 || len(got.Failed) != 2 || edition(there) != 1 {
		t.Errorf("an enrolment of another ente: %+v", got)
	}
	if moved := r.move(r.admin, lms.MoveOrder{To: 2, Organisation: "ala", Only: []lms.EnrolmentID{here}}); moved.People != 1 || edition(here) != 2 || edition(there) != 1 {
		t.Errorf("%+v", moved)
	}
	moved := r.move(r.boss, lms.MoveOrder{To: 2, Organisation: "valle"})
	if moved.People != 1 || edition(there) != 2 {
		t.Errorf("the administrator above: %+v", moved)
	}
	for _, a := range []lms.Actor{r.admin, r.beside, r.author, r.learner, {}} {
		if _, err := r.Learning.UndoMove(t.Context(), a, "agile", moved.Batch.ID); err == nil {
			t.Errorf("%s takes back what was done for valle", a.Name)
		}
		if _, err := r.Learning.Batch(t.Context(), a, "agile", moved.Batch.ID, lms.PageAt{}); err == nil {
			t.Errorf("%s sees what was done for valle", a.Name)
		}
	}
	shown, err := r.Learning.Batch(t.Context(), r.boss, "agile", moved.Batch.ID, lms.PageAt{Limit: 1})
	if err != nil || shown.People != 1 || len(shown.Standings) != 1 || shown.Standings[0].Enrolment.ID != there || shown.Late {
		t.Errorf("%v %+v", err, shown)
	}
	_, err = r.Learning.UndoMove(t.Context(), r.boss, "corso", moved.Batch.ID)
	wantKind(t, err, lms.NotFound, "")
	_, err = r.Learning.UndoMove(t.Context(), r.boss, "agile", "none")
	wantKind(t, err, lms.NotFound, "")
	r.clock.pass(24*time.Hour + time.Second)
	_, err = r.Learning.UndoMove(t.Context(), r.boss, "agile", moved.Batch.ID)
	wantKind(t, err, lms.Conflict, "")
	_, err = r.Publishing.Withdraw(t.Context(), r.author, "agile", 2, "x")
	r.ok(err)
	_, err = r.Learning.PreviewMove(t.Context(), r.admin, lms.MoveOrder{Course: "agile", To: 2, Organisation: "ala"}, lms.PageAt{})
	wantKind(t, err, lms.Conflict, "")
}

// An author who mended a misspelling moves everybody, from the editions from which that changes nothing else; and sees nobody's name.
func TestAnAuthorMovesEverybodyWhereThatIsHarmless(t *testing.T) {
	r := newRemoval(t)
	old := r.takes(r.learner)
	r.publish(r.author, r.second)
	ids := []lms.EnrolmentID{r.enrol(r.colleague, "agile"), r.enrol(r.person("berta", "bosco", lms.Learner), "agile")}
	mended := lessons("agile", r.second.Modules[0].Objects...)
	mended.Modules[0].Objects = slices.Clone(mended.Modules[0].Objects)
	mended.Modules[0].Objects[0].HTML = "<p>Testo corretto.</p>"
	r.publish(r.author, mended)
	order := lms.MoveOrder{Course: "agile", To: 3, Everybody: true}
	p, err := r.Learning.PreviewMove(t.Context(), r.author, order, lms.PageAt{})
	r.ok(err)
	if p.People != 2 || p.From[2] != 2 || len(p.From) != 1 || len(p.Page) != 0 {
		t.Errorf("%+v", p)
	}
	got := r.move(r.author, order)
	if got.People != 2 || r.standing(r.boss, old).Enrolment.Edition != 1 {
		t.Errorf("%+v", got)
	}
	for _, id := range ids {
		if st := r.standing(r.boss, id); st.Enrolment.Edition != 3 {
			t.Errorf("edition %d", st.Enrolment.Edition)
		}
	}
	if left, err := r.Learning.Batches(t.Context(), r.author, "agile"); err != nil || len(left) != 1 || left[0].People != 2 {
		t.Errorf("%v %+v", err, left)
	}
	if left, err := r.Learning.Batches(t.Context(), r.boss, "agile"); err != nil || len(left) != 0 {
		t.Errorf("an administrator may take back what the author did: %v %+v", err, left)
	}
	if shown, err := r.Learning.Batch(t.Context(), r.author, "agile", got.Batch.ID, lms.PageAt{}); err != nil || shown.People != 2 || len(shown.Standings) != 0 {
		t.Errorf("%v %+v", err, shown)
	}
	back, err := r.Learning.UndoMove(t.Context(), r.author, "agile", got.Batch.ID)
	if err != nil || len(back.Back) != 2 {
		t.Errorf("%v %+v", err, back)
	}
}

// A certificate stays as it was issued; one that is issued again names the edition in which the course was completed, and what counted then.
func TestACertificateOutlivesAMove(t *testing.T) {
	r := newRemoval(t)
	id := r.takes(r.learner)
	r.clock.pass(time.Minute)
	done := r.record(r.learner, id, watch("x", "v", course.Interval{0, 60}), event("g", "gone", lms.Read))
	code := done.Enrolment.Certificate()
	v, pdf, err := r.Register.OpenPDF(t.Context(), string(code), "192.0.2.1")
	r.ok(err)
	r.publish(r.author, r.second)
	r.clock.pass(time.Hour)
	r.move(r.admin, lms.MoveOrder{To: 2, Organisation: "ala"})
	st := r.standing(r.learner, id)
	if st.State != lms.Completed || st.Percent != 100 || st.Minutes != 25 || st.Enrolment.Certificate() != code || !st.Enrolment.Completed.Equal(done.Enrolment.Completed) || st.Next != "come" {
		t.Errorf("%+v", st)
	}
	after, same, err := r.Register.OpenPDF(t.Context(), string(code), "192.0.2.1")
	if err != nil || !bytes.Equal(pdf, same) || after.State != lms.Valid || after.Row.Hash() != v.Row.Hash() || after.Printed.Edition != 1 {
		t.Errorf("%v %+v", err, after)
	}
	_, err = r.Register.Revoke(t.Context(), r.admin, string(code), "errore")
	r.ok(err)
	again, err := r.Learning.IssueFor(t.Context(), r.admin, id)
	r.ok(err)
	p := (&classroom{town: r.town}).verified(t, again.Enrolment.Certificate()).Printed
	if p.Edition != 1 || p.EditionHash != v.Printed.EditionHash || p.Minutes != 25 || p.Planned != 25 || !p.To.Equal(v.Printed.To) || again.Enrolment.Edition != 2 {
		t.Errorf("%+v", p)
	}
	if _, err := r.Register.Check(t.Context(), "ala"); err != nil {
		t.Error(err)
	}
}

// Who completes the course by the move, as what was missing is gone, has the certificate at once, or by the sweep, for the newer edition.
func TestAMoveCanCompleteTheCourse(t *testing.T) {
	for _, fails := range []bool{false, true} {
		t.Run(fmt.Sprint("drawing fails: ", fails), func(t *testing.T) {
			var f faulty
			r := newRemoval(t, f.breakable)
			id := r.takes(r.learner)
			r.publish(r.author, lessons("agile", reading("a")))
			f.drawing.Store(fails)
			got := r.move(r.admin, lms.MoveOrder{To: 2, Organisation: "ala"})
			st := r.standing(r.learner, id)
			if len(got.Completed) != 1 || st.State != lms.Completed || st.Pending != fails || !st.Enrolment.Completed.Equal(r.clock.now()) {
				t.Errorf("%+v, %+v", got, st)
			}
			f.drawing.Store(false)
			r.ok(r.Sweep(t.Context()))
			v, err := r.Register.Verify(t.Context(), string(r.standing(r.learner, id).Enrolment.Certificate()))
			if err != nil || v.Printed.Edition != 2 || v.Printed.Minutes != 10 {
				t.Errorf("%v %+v", err, v.Printed)
			}
			back, err := r.Learning.UndoMove(t.Context(), r.admin, "agile", got.Batch.ID)
			if err != nil || len(back.Stay[lms.StayCompleted]) != 1 || len(back.Back) != 0 || r.standing(r.learner, id).Enrolment.Edition != 2 {
				t.Errorf("%v %+v", err, back)
			}
		})
	}
}

// stubborn is an engine that does not write what names one enrolment.
type stubborn struct {
	lms.Engine
	id atomic.Pointer[lms.EnrolmentID]
}

func (s *stubborn) Replace(ctx context.Context, collection string, next lms.Document) error {
	if id := s.id.Load(); id != nil && collection == "enrolments" && next.ID == string(*id) {
		return errBroken
	}
	return s.Engine.Replace(ctx, collection, next)
}

func TestOneWhoCannotBeMovedKeepsNobodyWaiting(t *testing.T) {
	var s stubborn
	r := newRemoval(t, func(p *lms.Ports) { s.Engine = p.Engine; p.Engine = &s })
	var ids []lms.EnrolmentID
	for i := range 40 {
		ids = append(ids, r.enrol(r.person(fmt.Sprintf("persona%02d", i), "ala", lms.Learner), "agile"))
	}
	r.publish(r.author, r.second)
	s.id.Store(&ids[3])
	order := lms.MoveOrder{Course: "agile", To: 2, Organisation: "ala"}
	got, err := r.Learning.Move(t.Context(), r.admin, order)
	if err != nil || got.People != 39 || len(got.Failed) != 1 || got.Failed[ids[3]] == nil {
		t.Fatalf("%v, %d moved, %v", err, got.People, got.Failed)
	}
	s.id.Store(nil)
	order.Batch = got.Batch.ID
	rest := r.move(r.admin, order)
	if rest.People != 1 || rest.Batch.ID != got.Batch.ID {
		t.Errorf("%+v", rest)
	}
	s.id.Store(&ids[5])
	back, err := r.Learning.UndoMove(t.Context(), r.admin, "agile", got.Batch.ID)
	if err != nil || len(back.Back) != 39 || len(back.Failed) != 1 {
		t.Errorf("%v, %d back, %v", err, len(back.Back), back.Failed)
	}
	s.id.Store(nil)
	if back, err = r.Learning.UndoMove(t.Context(), r.admin, "agile", got.Batch.ID); err != nil || len(back.Back) != 1 {
		t.Errorf("%v, %d back", err, len(back.Back))
	}
}

func TestAPreviewHasPagesAndFindsNames(t *testing.T) {
	r := newRemoval(t)
	for i := range 7 {
		r.enrol(r.person(fmt.Sprint("persona", i), "ala", lms.Learner), "agile")
	}
	r.publish(r.author, r.second)
	r.enrol(r.person("persona8", "ala", lms.Learner), "agile")
	third := lessons("agile", reading("a"))
	r.publish(r.author, third)
	names := func(o lms.MoveOrder, limit int) (out []string) {
		o.Course, o.To, o.Organisation = "agile", 3, "ala"
		at := lms.PageAt{Limit: limit}
		for {
			p, err := r.Learning.PreviewMove(t.Context(), r.admin, o, at)
			r.ok(err)
			for _, m := range p.Page {
				out = append(out, strings.TrimPrefix(m.Before.Enrolment.Name, "rossi "))
			}
			if at.After = p.Next; at.After == "" {
				return out
			}
		}
	}
	all := strings.Fields("persona0 persona1 persona2 persona3 persona4 persona5 persona6 persona8")
	for _, c := range []struct {
		order lms.MoveOrder
		limit int
		want  []string
	}{
		{lms.MoveOrder{}, 3, all},
		{lms.MoveOrder{}, 0, all},
		{lms.MoveOrder{From: 1}, 2, all[:7]},
		{lms.MoveOrder{From: 2}, 2, all[7:]},
		{lms.MoveOrder{Named: "Rossi Persona"}, 50, all},
		{lms.MoveOrder{Named: "ROSSI PERSONA3"}, 50, all[3:4]},
		{lms.MoveOrder{Named: "rossi persona8", From: 1}, 50, nil},
		{lms.MoveOrder{Named: "bianchi"}, 50, nil},
	} {
		if got := names(c.order, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.order, got, c.want)
		}
	}
}

// While people are moved, and moved back, they go on learning: every event is kept, and nobody's completion is lost.
func TestPeopleLearnWhileTheyAreMoved(t *testing.T) {
	r := newRemoval(t)
	var objects []course.Object
	for i := range 12 {
		objects = append(objects, reading(course.ObjectID(fmt.Sprint("r", i))))
	}
	r.publish(r.author, lessons("agile", objects...))
	people, ids := make([]lms.Actor, 6), make([]lms.EnrolmentID, 6)
	for i := range people {
		people[i] = r.person(fmt.Sprint("persona", i), "ala", lms.Learner)
		ids[i] = r.enrol(people[i], "agile")
	}
	second := slices.Clone(objects)
	slices.Reverse(second)
	r.publish(r.author, lessons("agile", second...))
	schools := []*lms.School{r.School, r.node()}
	order := lms.MoveOrder{Course: "agile", To: 3, Organisation: "ala"}
	together(t, len(people)+2, func(i int) error {
		if i < len(people) {
			for k := range objects {
				if _, err := schools[i%2].Learning.Record(t.Context(), people[i], ids[i], []lms.Event{event(fmt.Sprint(k), objects[k].ID, lms.Read)}); err != nil {
					return err
				}
			}
			return nil
		}
		for range 6 {
			got, err := schools[i%2].Learning.Move(t.Context(), r.admin, order)
			if err != nil || got.Batch.ID == "" {
				return err
			}
			if _, err := schools[i%2].Learning.UndoMove(t.Context(), r.admin, "agile", got.Batch.ID); err != nil {
				return err
			}
		}
		return nil
	})
	for i, id := range ids {
		st := r.standing(people[i], id)
		if st.State != lms.Completed || st.Done != len(objects) || st.Pending {
			t.Errorf("%s: %d of %d, edition %d, pending %t", people[i].Name, st.Done, st.Total, st.Enrolment.Edition, st.Pending)
		}
	}
}

// What changed is told in words, without what is right.
func TestWhatChangedSinceALearnerBegan(t *testing.T) {
	r := newRemoval(t)
	_, err := r.Learning.WhatChanged(t.Context(), r.learner, "agile")
	wantKind(t, err, lms.NotFound, "")
	id := r.takes(r.learner)
	got, err := r.Learning.WhatChanged(t.Context(), r.learner, "agile")
	if err != nil || got.From.Number != 1 || got.To.Number != 1 || !got.Diff.None() || len(got.Notes) != 0 {
		t.Errorf("%v %+v", err, got)
	}
	second := lessons("agile", r.second.Modules[0].Objects...)
	secret := quiz("quiz")
	secret.HTML = "<p>Prima di rispondere, leggi.</p>"
	secret.Questions[0].HTML, secret.Questions[0].Feedback = "SEGRETO", "SEGRETO"
	secret.Questions[0].Choices[0].HTML, secret.Questions[0].Choices[0].Feedback = "SEGRETO", "SEGRETO"
	second.Modules[0].Objects = append(slices.Clone(second.Modules[0].Objects), secret)
	r.publish(r.author, second)
	third := lessons("agile", second.Modules[0].Objects...)
	third.Modules[0].Objects = slices.Clone(third.Modules[0].Objects)
	third.Modules[0].Objects[3].HTML = "<p>Prima di rispondere, leggi bene.</p>"
	third.Modules[0].Objects[3].Questions = slices.Clone(secret.Questions)
	third.Modules[0].Objects[3].Questions[0].HTML, third.Modules[0].Objects[3].Questions[0].Feedback = "ALTRO SEGRETO", "COMMENTO"
	r.publish(r.author, third)
	_, err = r.Publishing.Withdraw(t.Context(), r.author, "agile", 2, "MOTIVO")
	r.ok(err)
	check := func(mine int) {
		t.Helper()
		got, err := r.Learning.WhatChanged(t.Context(), r.learner, "agile")
		if err != nil || got.From.Number != 1 || got.To.Number != 3 || got.Mine.Number != mine || len(got.Diff.Objects) != 4 || len(got.Notes) != 1 || got.Notes[0].Number != 3 || (mine == 3) != (len(got.Moves) == 1 && got.Moves[0].To == 3) {
			t.Errorf("%v %+v", err, got)
		}
		if said := encoded(t, got.Diff); bytes.Contains(said, []byte("SEGRETO")) || bytes.Contains(said, []byte(`"right"`)) {
			t.Errorf("%s", said)
		}
	}
	check(1)
	r.move(r.admin, lms.MoveOrder{To: 3, Organisation: "ala"})
	check(3)
	staff, err := r.Learning.Compare(t.Context(), r.author, "agile", 2, 3)
	if said := encoded(t, staff.Diff); err != nil || !bytes.Contains(said, []byte("ALTRO")) || !bytes.Contains(said, []byte("COMMENTO")) || len(staff.Diff.Objects) != 1 || staff.Diff.Harmless() {
		t.Errorf("its author reads: %v %s", err, said)
	}
	other, err := r.Learning.Compare(t.Context(), r.admin, "agile", 2, 3)
	if said := encoded(t, other.Diff); err != nil || !bytes.Contains(said, []byte("ALTRO")) || bytes.Contains(said, []byte("COMMENTO")) {
		t.Errorf("who is not its author reads: %v %s", err, said)
	}
	if r.standing(r.learner, id).Enrolment.Edition != 3 {
		t.Error("not moved")
	}
}

func TestWhoLooksAfterACourseSeesItsEditions(t *testing.T) {
	r := newRemoval(t)
	r.takes(r.learner)
	r.publish(r.author, r.second)
	r.enrol(r.colleague, "agile")
	berta := r.person("berta", "bosco", lms.Learner)
	for _, c := range []struct {
		name   string
		actor  lms.Actor
		kind   lms.ErrorKind
		people [2]int // in the second and the first
		by     bool
	}{
		{"its author", r.author, 0, [2]int{1, 1}, true},
		{"its administrator", r.admin, 0, [2]int{1, 1}, true},
		{"the administrator above", r.boss, 0, [2]int{1, 1}, true},
		{"an administrator whose people don't take it", r.beside, lms.NotFound, [2]int{}, false},
		{"an author of another ente", r.person("estraneo", "bosco", lms.Author), lms.NotFound, [2]int{}, false},
		{"a learner", r.learner, lms.Forbidden, [2]int{}, false},
		{"nobody", lms.Actor{}, lms.SignIn, [2]int{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := r.Learning.Follow(t.Context(), c.actor, "agile")
			if c.kind != 0 {
				wantKind(t, err, c.kind, "")
				return
			}
			if err != nil || len(f.Editions) != 2 || f.Editions[0].Number != 2 || [2]int{f.Editions[0].People, f.Editions[1].People} != c.people || (f.Editions[0].ByName != "") != c.by {
				t.Errorf("%v %+v", err, f)
			}
		})
	}
	r.enrol(berta, "agile")
	f, err := r.Learning.Follow(t.Context(), r.beside, "agile")
	if err != nil || f.Author || f.Editions[0].People != 1 || f.Editions[1].People != 0 || f.Editions[0].ByName != "" || !slices.Equal(f.Organisations, []lms.OrganisationID{"bosco"}) {
		t.Errorf("an administrator whose people take it: %v %+v", err, f)
	}
	_, err = r.Learning.Content(t.Context(), r.beside, "agile", 1)
	wantKind(t, err, lms.Forbidden, "")
	publisher := r.author
	publisher.Scope = lms.ScopePublish
	if c, err := r.Learning.Content(t.Context(), publisher, "agile", 1); err != nil || c.Modules[0].Objects[2].ID != "gone" {
		t.Errorf("a token that publishes: %v", err)
	}
	_, err = r.Learning.Compare(t.Context(), r.author, "agile", 1, 3)
	wantKind(t, err, lms.NotFound, "")
}
