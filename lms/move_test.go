package lms

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"aulacomune/course"
)

// The objects of the editions below.

func readable(id course.ObjectID) course.Object {
	return course.Object{ID: id, Title: string(id), Minutes: 10, Rule: course.Rule{Read: true}}
}

func video(id course.ObjectID, recording course.Hash, watched int) course.Object {
	return course.Object{ID: id, Title: string(id), Minutes: 5, Rule: course.Rule{Watched: watched}, Video: &course.Video{File: course.Media{Hash: recording, Seconds: 100}}}
}

func asked(id course.ObjectID, wordings ...string) course.Object {
	o := course.Object{ID: id, Title: string(id), Minutes: 5, Rule: course.Rule{Answered: 100}}
	for i, w := range wordings {
		o.Questions = append(o.Questions, course.Question{ID: course.QuestionID(fmt.Sprint("q", i)), Kind: course.Single, HTML: w, Choices: []course.Choice{{ID: "a", Right: true}, {ID: "b"}}})
	}
	return o
}

func editionOf(number int, objects ...course.Object) *course.Course {
	c := &course.Course{Slug: "corso", Hash: course.Hash(fmt.Sprint("hash", number)), Modules: []course.Module{{ID: "m", Objects: objects}}}
	for _, o := range objects {
		c.Minutes += o.Minutes
	}
	return c
}

var day = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // a constant, if there were constants of times

// taking is somebody who takes an edition, and has done this much of it.
func taking(c *course.Course, done map[course.ObjectID]course.Evidence) Enrolment {
	e := Enrolment{ID: "e", Course: c.Slug, Edition: 1, Hash: c.Hash}
	for _, o := range c.Objects() {
		if evidence, ok := done[o.ID]; ok {
			p := e.open(o.ID, day)
			p.Evidence = evidence
			if len(evidence.Chosen) > 0 {
				p.Attempts = []Attempt{{ID: "1", At: day}}
			}
			e.settle(c, o.For("e"), day)
		}
	}
	return e
}

var (
	readIt  = course.Evidence{Read: true}                                                                                              //nolint:gochecknoglobals // as above
	watched = course.Evidence{Watched: course.Coverage{{0, 50}}}                                                                       //nolint:gochecknoglobals
	seenAll = course.Evidence{Watched: course.Coverage{{0, 100}}}                                                                      //nolint:gochecknoglobals
	halfway = course.Evidence{Right: map[course.QuestionID]bool{"q0": true}, Chosen: map[course.QuestionID]course.Answer{"q0": {"a"}}} //nolint:gochecknoglobals
)

func ids(objects []course.Object) string {
	var out []string
	for _, o := range objects {
		out = append(out, string(o.ID))
	}
	return strings.Join(out, " ")
}

type evidences = map[course.ObjectID]course.Evidence

func TestWhatAMoveDoes(t *testing.T) {
	for _, c := range []struct {
		name                   string
		from, to               []course.Object
		done                   evidences
		kept, again, new, gone string
		completes              bool
		progress               int // percent afterwards
	}{
		{"nobody has begun", []course.Object{readable("a")}, []course.Object{readable("a"), readable("b")}, nil, "", "", "b", "", false, 0},
		{"a completed object stays", []course.Object{readable("a"), readable("b")}, []course.Object{readable("b"), readable("a")}, evidences{"a": readIt}, "a", "", "", "", false, 50},
		{"a completed object stays, though its recording is another", []course.Object{video("v", "x", 80), readable("b")}, []course.Object{video("v", "y", 80), readable("b")}, evidences{"v": seenAll}, "v", "", "", "", false, 50},
		{"half a recording goes on", []course.Object{video("v", "x", 80)}, []course.Object{video("v", "x", 90)}, evidences{"v": watched}, "v", "", "", "", false, 0},
		{"half a recording that is another begins again", []course.Object{video("v", "x", 80), readable("b")}, []course.Object{video("v", "y", 80), readable("b")}, evidences{"v": watched, "b": readIt}, "b", "v", "", "", false, 50},
		{"half the questions go on", []course.Object{asked("q", "uno", "due")}, []course.Object{asked("q", "uno", "due"), readable("b")}, evidences{"q": halfway}, "q", "", "b", "", false, 0},
		{"half the questions that are others begin again", []course.Object{asked("q", "uno", "due")}, []course.Object{asked("q", "uno", "tre")}, evidences{"q": halfway}, "", "q", "", "", false, 0},
		{"a rule that asks for less is met", []course.Object{video("v", "x", 80), readable("b")}, []course.Object{video("v", "x", 40), readable("b")}, evidences{"v": watched}, "v", "", "", "", false, 50},
		{"a rule that asks for less completes the course", []course.Object{video("v", "x", 80)}, []course.Object{video("v", "x", 40)}, evidences{"v": watched}, "v", "", "", "", true, 100},
		{"what was missing is gone", []course.Object{readable("a"), readable("b")}, []course.Object{readable("a")}, evidences{"a": readIt}, "a", "", "", "", true, 100},
		{"what was done is gone", []course.Object{readable("a"), video("v", "x", 80)}, []course.Object{readable("c")}, evidences{"a": readIt, "v": watched}, "", "", "c", "a v", false, 0},
		{"who had completed the course has", []course.Object{readable("a")}, []course.Object{readable("a"), readable("b")}, evidences{"a": readIt}, "a", "", "b", "", false, 100},
		{"nothing done completes nothing", []course.Object{readable("a"), readable("b")}, []course.Object{course.Object{ID: "free"}}, nil, "", "", "free", "", false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			from, to := editionOf(1, c.from...), editionOf(2, c.to...)
			e := taking(from, c.done)
			was := string(asJSON(t, e))
			out, did := e.moved([]*course.Course{from}, to, Move{To: 2, ToHash: to.Hash, At: day.Add(time.Hour), By: "admin", Batch: "b"})
			if ids(did.Kept) != c.kept || ids(did.Again) != c.again || ids(did.New) != c.new || ids(did.Gone) != c.gone || did.Completes != c.completes || did.After.Percent != c.progress {
				t.Errorf("kept %q, again %q, new %q, gone %q, completes %t, %d %%", ids(did.Kept), ids(did.Again), ids(did.New), ids(did.Gone), did.Completes, did.After.Percent)
			}
			if out.Edition != 2 || out.Hash != to.Hash || len(out.Moves) != 1 || out.Moves[0].From != 1 || out.Moves[0].FromHash != from.Hash {
				t.Errorf("%+v", out)
			}
			if string(asJSON(t, e)) != was {
				t.Error("the enrolment before was changed")
			}
			nothingLost(t, e, out)
			back, stay := out.unmoved(from, to, "b", day.Add(2*time.Hour))
			if c.completes {
				if stay != StayCompleted {
					t.Errorf("taken back: %q", stay)
				}
				return
			}
			if stay != "" || back.Edition != 1 || !reflect.DeepEqual(keptProgress(back), keptProgress(e)) {
				t.Errorf("taken back: %q, %s", stay, asJSON(t, back))
			}
		})
	}
}

// keptProgress is what matters of progress: who has met a rule by the newer edition keeps that.
func keptProgress(e Enrolment) map[course.ObjectID]course.Evidence {
	out := map[course.ObjectID]course.Evidence{}
	for id, p := range e.Progress {
		out[id] = p.Evidence
	}
	return out
}

// nothingLost fails unless everything that was done is there: in its place or set aside; what was completed in its place.
func nothingLost(t testing.TB, before, after Enrolment) {
	t.Helper()
	for id, p := range before.Progress {
		now := after.Progress[id]
		aside := slices.ContainsFunc(after.Moves, func(m Move) bool { return m.Aside[id] != nil && reflect.DeepEqual(m.Aside[id].Evidence, p.Evidence) })
		switch {
		case now != nil && reflect.DeepEqual(now.Evidence, p.Evidence) && reflect.DeepEqual(now.Attempts, p.Attempts):
		case aside && p.Completed.IsZero():
			continue
		default:
			t.Errorf("%s was %+v, is %+v", id, p, now)
			continue
		}
		if !p.Completed.IsZero() && !now.Completed.Equal(p.Completed) {
			t.Errorf("%s was completed at %v, now %v", id, p.Completed, now.Completed)
		}
	}
	if !before.Completed.IsZero() && !before.Completed.Equal(after.Completed) || !slices.Equal(before.Certificates, after.Certificates) {
		t.Error("the completion of the course changed")
	}
}

func asJSON(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What is begun in an edition, gone in the next, and back in a third with another recording, begins again: it was the first one's recording.
func TestAnObjectThatComesBackIsComparedWithTheOneThatWasMet(t *testing.T) {
	first, second := editionOf(1, video("v", "x", 80), readable("a")), editionOf(2, readable("a"))
	for recording, again := range map[course.Hash]string{"x": "", "y": "v"} {
		third := editionOf(3, video("v", recording, 80), readable("a"))
		e, _ := taking(first, evidences{"v": watched}).moved([]*course.Course{first}, second, Move{To: 2, ToHash: second.Hash, At: day})
		out, did := e.moved([]*course.Course{second, first}, third, Move{To: 3, ToHash: third.Hash, At: day})
		if ids(did.Again) != again || ids(did.New) != "" {
			t.Errorf("the recording %s: again %q, new %q", recording, ids(did.Again), ids(did.New))
		}
		nothingLost(t, e, out)
	}
}

func TestWhoStaysWhenAMoveIsTakenBack(t *testing.T) {
	first, second := editionOf(1, video("v", "x", 80), readable("a"), asked("q", "uno", "due")), editionOf(2, video("v", "y", 80), readable("a"), asked("q", "uno", "due"), readable("new"))
	later := day.Add(2 * time.Hour)
	for _, c := range []struct {
		name  string
		since func(e *Enrolment)
		stay  Stay
		want  map[course.ObjectID]bool // what has evidence afterwards
	}{
		{"nothing since", func(*Enrolment) {}, "", map[course.ObjectID]bool{"v": true}},
		{"something else since", func(e *Enrolment) { e.open("a", later).Evidence.Read = true }, "", map[course.ObjectID]bool{"v": true, "a": true}},
		{"something that only the newer has", func(e *Enrolment) { e.open("new", later).Evidence.Read = true }, "", map[course.ObjectID]bool{"v": true, "new": true}},
		{"opened what begins again", func(e *Enrolment) { e.open("v", later) }, "", map[course.ObjectID]bool{"v": true}},
		{"begun what begins again", func(e *Enrolment) { e.open("v", later).Evidence.Watched = course.Coverage{{0, 10}} }, StayBegun, nil},
		{"completed what begins again", func(e *Enrolment) {
			e.open("v", later).Evidence.Watched = course.Coverage{{0, 100}}
			e.Progress["v"].Completed = later
		}, "", map[course.ObjectID]bool{"v": true}},
		{"the course completed since", func(e *Enrolment) { e.Completed = later }, StayCompleted, nil},
		{"moved on since", func(e *Enrolment) { e.Moves = append(e.Moves, Move{Batch: "c", From: 2, To: 3}) }, StayMoved, nil},
		{"moved on and back", func(e *Enrolment) { e.Moves = append(e.Moves, Move{Batch: "c", From: 2, To: 3, Undone: later}) }, "", map[course.ObjectID]bool{"v": true}},
		{"taken back already", func(e *Enrolment) { e.Moves[0].Undone = later }, StayMoved, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, _ := taking(first, evidences{"v": watched}).moved([]*course.Course{first}, second, Move{Batch: "b", To: 2, ToHash: second.Hash, At: day.Add(time.Hour)})
			c.since(&e)
			back, stay := e.unmoved(first, second, "b", later)
			if stay != c.stay {
				t.Fatalf("stays because %q, want %q", stay, c.stay)
			}
			if c.stay != "" {
				if !reflect.DeepEqual(back, e) {
					t.Errorf("it was changed: %s", asJSON(t, back))
				}
				return
			}
			got := map[course.ObjectID]bool{}
			for id, p := range back.Progress {
				got[id] = p.begun()
			}
			if back.Edition != 1 || back.Hash != first.Hash || !back.Moves[0].Undone.Equal(later) || !maps.Equal(got, c.want) {
				t.Errorf("%s", asJSON(t, back))
			}
			nothingLost(t, Enrolment{Progress: map[course.ObjectID]*Progress{}}, back)
			if done := e.Of("v").Completed; !done.IsZero() && !back.Of("v").Completed.Equal(done) {
				t.Error("a completion was taken back")
			}
		})
	}
}

// Whoever is moved from edition to edition, and back, by chance: nothing that was done is ever lost, and no completion goes back.
func TestMovesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		object := func(id course.ObjectID, n int) course.Object {
			switch id {
			case "v":
				return video(id, course.Hash(fmt.Sprint("v", n%2)), 40+n*10)
			case "q":
				return asked(id, "uno", fmt.Sprint("due", n%2))
			}
			return readable(id)
		}
		var editions []*course.Course
		for n := range 4 {
			var objects []course.Object
			for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom([]course.ObjectID{"a", "b", "v", "q"}), 1, 4, rapid.ID).Draw(t, "objects") {
				objects = append(objects, object(id, rapid.IntRange(0, 2).Draw(t, "variant")))
			}
			editions = append(editions, editionOf(n+1, objects...))
		}
		done := evidences{}
		all := evidences{"a": readIt, "b": readIt, "v": watched, "q": halfway}
		for _, id := range rapid.SliceOfDistinct(rapid.SampledFrom([]course.ObjectID{"a", "b", "v", "q"}), rapid.ID).Draw(t, "done") {
			done[id] = all[id]
		}
		e := taking(editions[0], done)
		past := []*course.Course{editions[0]}
		for n := 1; n < len(editions); n++ {
			batch := BatchID(fmt.Sprint(n))
			next, _ := e.moved(past, editions[n], Move{Batch: batch, To: n + 1, ToHash: editions[n].Hash, At: day.Add(time.Duration(n) * time.Hour)})
			lossless(t, e, next)
			if back, stay := next.unmoved(past[0], editions[n], batch, day.Add(time.Duration(n)*time.Hour)); stay == "" {
				lossless(t, next, back)
				if rapid.Bool().Draw(t, "back") {
					e, past = back, append([]*course.Course{past[0], editions[n]}, past[1:]...)
					continue
				}
			} else if next.Completed.IsZero() {
				t.Fatalf("nothing happened since, and it stays because %s", stay)
			}
			e, past = next, append([]*course.Course{editions[n]}, past...)
		}
	})
}

// lossless fails when an object's evidence is nowhere any more, or a completion is gone.
func lossless(t *rapid.T, before, after Enrolment) {
	for id, p := range before.Progress {
		now := after.Progress[id]
		aside := slices.ContainsFunc(after.Moves, func(m Move) bool { return m.Aside[id] != nil && m.Undone.IsZero() })
		if now == nil && !aside || now == nil && !p.Completed.IsZero() || now != nil && now.Completed.IsZero() && !p.Completed.IsZero() {
			t.Fatalf("%s was %+v, is %+v", id, p, now)
		}
	}
	if !before.Completed.IsZero() && before.Completed != after.Completed {
		t.Fatal("the completion is gone")
	}
	if after.Edition == before.Edition {
		t.Fatal("nobody was moved")
	}
}

func TestACertificateNamesTheEditionOfTheCompletion(t *testing.T) {
	move := func(from int, finished bool, undone time.Time) Move {
		return Move{From: from, FromHash: course.Hash(fmt.Sprint("hash", from)), Finished: finished, Minutes: from * 10, Undone: undone}
	}
	for _, c := range []struct {
		name    string
		moves   []Move
		edition int
	}{
		{"never moved", nil, 5},
		{"moved before", []Move{move(1, false, time.Time{}), move(2, false, time.Time{})}, 5},
		{"moved after", []Move{move(1, true, time.Time{}), move(2, true, time.Time{})}, 1},
		{"before and after", []Move{move(1, false, time.Time{}), move(2, true, time.Time{}), move(3, true, time.Time{})}, 2},
		{"after, and back", []Move{move(5, true, day)}, 5},
	} {
		e := Enrolment{Edition: 5, Hash: "hash5", Completed: day, Moves: c.moves}
		if got := e.attested(); got.Edition != c.edition || got.Hash != course.Hash(fmt.Sprint("hash", c.edition)) {
			t.Errorf("%s: %d, %s", c.name, got.Edition, got.Hash)
		}
	}
}

func TestFromWhereToWhereACourseChanged(t *testing.T) {
	head := Course{Editions: []Edition{{Number: 1, Hash: "x"}, {Number: 2, Hash: "y"}, {Number: 3, Hash: "x"}, {Number: 4, Hash: "z", Withdrawn: day}}}
	for _, c := range []struct {
		name      string
		edition   int
		moves     []Move
		from, to  int
		completed time.Time
	}{
		{"in the newest", 3, nil, 3, 3, time.Time{}},
		{"in an older one", 2, nil, 2, 3, time.Time{}},
		{"in an older one with the same content", 1, nil, 3, 3, time.Time{}},
		{"in a newer one that was withdrawn", 4, nil, 4, 4, time.Time{}},
		{"moved to the newest", 3, []Move{{From: 2}}, 2, 3, time.Time{}},
		{"moved, and not to the newest", 2, []Move{{From: 1}}, 3, 3, time.Time{}},
		{"moved twice", 4, []Move{{From: 1}, {From: 2}}, 1, 4, time.Time{}},
		{"moved and back", 2, []Move{{From: 2, Undone: day}}, 2, 3, time.Time{}},
		{"completed, and moved since", 4, []Move{{From: 1, At: day}, {From: 2, At: day.Add(time.Hour)}}, 2, 4, day.Add(time.Minute)},
		{"completed by a move", 2, []Move{{From: 1, At: day}}, 3, 3, day},
		{"moved, and completed since", 4, []Move{{From: 1, At: day}}, 4, 4, day.Add(time.Minute)},
	} {
		if from, to := (Enrolment{Edition: c.edition, Moves: c.moves, Completed: c.completed}).Span(head); from != c.from || to != c.to {
			t.Errorf("%s: from %d to %d", c.name, from, to)
		}
	}
}
