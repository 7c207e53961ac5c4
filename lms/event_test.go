package lms_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"aulacomune/course"
	"aulacomune/lms"
)

// classroom is a town with one course and one learner who has just enrolled.
type classroom struct {
	*town
	learner, author, admin lms.Actor
	course                 course.Course
	id                     lms.EnrolmentID
}

func newClassroom(t testing.TB, objects ...course.Object) *classroom {
	t.Helper()
	return openClassroom(newTown(t), lessons("corso", objects...))
}

func openClassroom(w *town, c course.Course) *classroom {
	w.t.Helper()
	r := &classroom{town: w, course: c}
	w.org("ala", "")
	r.author, r.admin, r.learner = w.person("autrice", "ala", lms.Author), w.person("capo", "ala", lms.Administrator), w.person("anna", "ala", lms.Learner)
	w.publish(r.author, c)
	r.id = w.enrol(r.learner, c.Slug)
	return r
}

// pupil is another learner who has just enrolled in the same course.
func (r *classroom) pupil(login string) *classroom {
	r.t.Helper()
	other := *r
	other.learner = r.person(login, "ala", lms.Learner)
	other.id = r.enrol(other.learner, r.course.Slug)
	return &other
}

// sent records events of the learner.
func (r *classroom) sent(events ...lms.Event) lms.Recorded {
	r.t.Helper()
	return r.record(r.learner, r.id, events...)
}

func (r *classroom) evidence(id course.ObjectID) course.Evidence {
	r.t.Helper()
	return r.standing(r.learner, r.id).Enrolment.Of(id).Evidence
}

// refused fails unless events are refused so and nothing changed.
func (r *classroom) refused(t *testing.T, kind lms.ErrorKind, field string, events ...lms.Event) {
	t.Helper()
	before := r.standing(r.learner, r.id)
	_, err := r.Learning.Record(t.Context(), r.learner, r.id, events)
	wantKind(t, err, kind, field)
	if after := r.standing(r.learner, r.id); !reflect.DeepEqual(before.Enrolment, after.Enrolment) {
		t.Errorf("it changed something: %+v", after.Enrolment)
	}
}

func many(n int, event func(i int) lms.Event) []lms.Event {
	out := make([]lms.Event, n)
	for i := range out {
		out[i] = event(i)
	}
	return out
}

func stripes(n int) (out []course.Interval) {
	for i := range n {
		out = append(out, course.Interval{float64(i) * .001, float64(i)*.001 + .0005})
	}
	return out
}

func TestBadEventsAreRefusedByTheFieldAndChangeNothing(t *testing.T) {
	r := newClassroom(t, reading("r"), lesson("v", 60, 90), quiz("q"))
	ahead := func(e lms.Event, d time.Duration) lms.Event { e.At = r.clock.now().Add(d); return e }
	good := event("good", "r", lms.Read)
	long := string(slices.Repeat([]byte("x"), 101))
	for _, c := range []struct {
		name, field string
		events      []lms.Event
	}{
		{"no events", "events", nil},
		{"too many events", "events", many(201, func(i int) lms.Event { return event(fmt.Sprint(i), "r", lms.Read) })},
		{"no id", "events[0].id", []lms.Event{event("", "r", lms.Read)}},
		{"a long id", "events[0].id", []lms.Event{event(long, "r", lms.Read)}},
		{"an unknown object", "events[0].object", []lms.Event{event("x", "z", lms.Read)}},
		{"no object", "events[0].object", []lms.Event{event("x", "", lms.Read)}},
		{"an unknown kind", "events[0].kind", []lms.Event{event("x", "r", "slept")}},
		{"no kind", "events[0].kind", []lms.Event{event("x", "r", "")}},
		{"more than a day ahead", "events[0].at", []lms.Event{ahead(event("x", "r", lms.Read), 24*time.Hour+time.Second)}},
		{"a good one, then a bad one", "events[1].object", []lms.Event{good, event("x", "z", lms.Read)}},
		{"watched what has no video", "events[0].kind", []lms.Event{watch("x", "r", course.Interval{0, 1})}},
		{"no intervals", "events[0].intervals", []lms.Event{watch("x", "v")}},
		{"a million intervals", "events[0].intervals", []lms.Event{watch("x", "v", stripes(1_000_000)...)}},
		{"a negative time", "events[0].intervals[0]", []lms.Event{watch("x", "v", course.Interval{-1, 1})}},
		{"reversed", "events[0].intervals[1]", []lms.Event{watch("x", "v", course.Interval{0, 1}, course.Interval{5, 4})}},
		{"empty", "events[0].intervals[0]", []lms.Event{watch("x", "v", course.Interval{5, 5})}},
		{"past the end", "events[0].intervals[0]", []lms.Event{watch("x", "v", course.Interval{0, 61.5})}},
		{"overlapping", "events[0].intervals[1]", []lms.Event{watch("x", "v", course.Interval{0, 2}, course.Interval{1, 3})}},
		{"one in another", "events[0].intervals[1]", []lms.Event{watch("x", "v", course.Interval{0, 9}, course.Interval{1, 3})}},
		{"not a number", "events[0].intervals[0]", []lms.Event{watch("x", "v", course.Interval{math.NaN(), 3})}},
		{"not a number at the end", "events[0].intervals[0]", []lms.Event{watch("x", "v", course.Interval{1, math.NaN()})}},
		{"without end", "events[0].intervals[0]", []lms.Event{watch("x", "v", course.Interval{1, math.Inf(1)})}},
		{"no answers", "events[0].answers", []lms.Event{answer("x", "q", nil)}},
		{"a question of another edition", "events[0].answers.old", []lms.Event{answer("x", "q", answers{"old": {"a"}})}},
		{"a question of another object", "events[0].answers.one", []lms.Event{answer("x", "r", answers{"one": {"a"}})}},
		{"an unknown choice", "events[0].answers.many", []lms.Event{answer("x", "q", answers{"many": {"a", "z"}})}},
		{"two answers to a single question", "events[0].answers.one", []lms.Event{answer("x", "q", answers{"one": {"a", "b"}})}},
		{"the same choice again and again", "events[0].answers.many", []lms.Event{answer("x", "q", answers{"many": slices.Repeat(course.Answer{"a"}, 1000)})}},
	} {
		t.Run(c.name, func(t *testing.T) { r.refused(t, lms.Invalid, c.field, c.events...) })
	}
}

func TestWhoMaySendEvents(t *testing.T) {
	r := newClassroom(t, reading("r"))
	other := r.person("bruno", "ala", lms.Learner)
	as := func(a lms.Actor, s lms.Scope) lms.Actor { a.Scope = s; return a }
	for _, c := range []struct {
		name  string
		actor lms.Actor
		id    lms.EnrolmentID
		kind  lms.ErrorKind
	}{
		{"nobody", lms.Actor{}, r.id, lms.SignIn},
		{"another learner", other, r.id, lms.NotFound},
		{"their administrator", r.admin, r.id, lms.NotFound},
		{"a token that reads", as(r.learner, lms.ScopeRead), r.id, lms.Forbidden},
		{"a token that publishes", as(r.learner, lms.ScopePublish), r.id, lms.Forbidden},
		{"an enrolment that is not there", r.learner, "none", lms.NotFound},
		{"an enrolment with an impossible id", r.learner, "a\x00b", lms.NotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := r.Learning.Record(t.Context(), c.actor, c.id, []lms.Event{event("x", "r", lms.Read)})
			wantKind(t, err, c.kind, "")
		})
	}
	if r.standing(r.learner, r.id).State != lms.Open {
		t.Error("somebody else's event counted")
	}
}

func TestTheSameEventAgainChangesNothing(t *testing.T) {
	r := newClassroom(t, reading("r"), lesson("v", 60, 90), quiz("q"), reading("last"))
	r.sent(event("o", "v", lms.Opened))
	r.clock.pass(time.Minute)
	events := []lms.Event{event("r", "r", lms.Read), watch("w", "v", course.Interval{0, 20}), answer("a", "q", answers{"many": {"a", "b"}, "one": {"b"}})}
	first := r.sent(events...)
	r.clock.pass(time.Hour)
	if again := r.sent(events...); !reflect.DeepEqual(first.Enrolment, again.Enrolment) {
		t.Errorf("first %+v\nagain %+v", first.Enrolment, again.Enrolment)
	}
	events[2].Answers = answers{"many": {"b", "a", "b"}, "one": {"b"}}
	if again := r.sent(events[2]); len(again.Enrolment.Of("q").Attempts) != 1 {
		t.Error("the same answer in another order is another attempt")
	}
}

func TestTheSameIDWithOtherAnswersIsAConflict(t *testing.T) {
	r := newClassroom(t, quiz("q"), reading("r"))
	r.sent(answer("a", "q", answers{"one": {"b"}}))
	r.refused(t, lms.Conflict, "events[1].id", event("r", "r", lms.Read), answer("a", "q", answers{"one": {"a"}}))
	r.refused(t, lms.Conflict, "events[0].id", answer("a", "q", answers{"one": {"b"}, "many": {"a"}}))
}

func TestAttemptsAreLimited(t *testing.T) {
	r := newClassroom(t, quiz("q"))
	for batch := range 3 {
		r.sent(many(min(200, 500-batch*200), func(i int) lms.Event { return answer(fmt.Sprint(batch, i), "q", answers{"one": {"b"}}) })...)
	}
	r.refused(t, lms.TooMany, "", answer("over", "q", answers{"one": {"a"}}))
	if n := len(r.standing(r.learner, r.id).Enrolment.Of("q").Attempts); n != 500 {
		t.Errorf("%d attempts", n)
	}
	r.sent(answer("0 0", "q", answers{"one": {"b"}})) // the same again is no attempt
}

func TestWatchingHasABudget(t *testing.T) {
	class := newClassroom(t, lesson("v", 600, 90))
	whole := course.Interval{0, 600}
	for n, c := range []struct {
		name    string
		after   time.Duration // since it was opened
		batches [][]course.Interval
		want    float64
		dropped float64
	}{
		{"at once", 0, [][]course.Interval{{whole}}, 5, 595},
		{"after 15 s", 15 * time.Second, [][]course.Interval{{whole}}, 35, 565},
		{"again and again", 15 * time.Second, [][]course.Interval{{whole}, {whole}, {{100, 600}}}, 35, 565 + 565 + 500},
		{"two tabs at the same place", 15 * time.Second, [][]course.Interval{{{0, 15}}, {{0, 15}}}, 15, 0},
		{"two tabs, each at double speed", 15 * time.Second, [][]course.Interval{{{0, 30}}, {{100, 130}}}, 35, 25},
		{"seeking", 15 * time.Second, [][]course.Interval{{{0, 5}, {300, 305}, {590, 595}}}, 15, 0},
		{"backwards", 15 * time.Second, [][]course.Interval{{{300, 305}, {0, 5}}, {{100, 105}}}, 15, 0},
		{"a little past the end", time.Hour, [][]course.Interval{{{590, 600.9}}}, 10, 0},
		{"only past the end", time.Hour, [][]course.Interval{{{600.2, 600.9}}}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := class.pupil(fmt.Sprint("persona", n))
			r.sent(event("o", "v", lms.Opened))
			r.clock.pass(c.after)
			dropped := 0.0
			for i, b := range c.batches {
				dropped += r.sent(watch(fmt.Sprint("w", i), "v", b...)).Dropped
			}
			if got := r.evidence("v").Watched.Length(); math.Abs(got-c.want) > .01 || math.Abs(dropped-c.dropped) > .1 {
				t.Errorf("%v s counted and %v dropped, want %v and %v", got, dropped, c.want, c.dropped)
			}
		})
	}
}

func TestDoubleSpeedLosesNothing(t *testing.T) {
	r := newClassroom(t, lesson("v", 120, 100))
	r.sent(event("o", "v", lms.Opened))
	for from := 0.0; from < 120; from += 30 {
		r.clock.pass(15 * time.Second)
		if got := r.sent(watch(fmt.Sprint(from), "v", course.Interval{from, from + 30})); got.Dropped > 0 {
			t.Errorf("at %v s, %v s were dropped", from, got.Dropped)
		}
	}
	if st := r.standing(r.learner, r.id); st.State != lms.Completed {
		t.Errorf("%s, %v", st.State, r.evidence("v").Watched)
	}
}

func TestTheClocksOfClientsJudgeNothing(t *testing.T) {
	class := newClassroom(t, lesson("v", 600, 90))
	var got []course.Evidence
	for i, at := range []time.Duration{0, 23 * time.Hour, -24 * 365 * 30 * time.Hour} {
		r := class.pupil(fmt.Sprint("persona", i))
		r.sent(event("o", "v", lms.Opened))
		r.clock.pass(time.Minute)
		e := watch("w", "v", course.Interval{0, 600})
		e.At = r.clock.now().Add(at)
		r.sent(e)
		got = append(got, r.evidence("v"))
	}
	if !reflect.DeepEqual(got[0], got[1]) || !reflect.DeepEqual(got[0], got[2]) {
		t.Errorf("%v", got)
	}
}

func TestAServersClockThatGoesBackTakesNothingAway(t *testing.T) {
	r := newClassroom(t, lesson("v", 600, 90))
	r.sent(event("o", "v", lms.Opened))
	r.clock.pass(time.Minute)
	r.sent(watch("w", "v", course.Interval{0, 100}))
	r.clock.pass(-time.Hour)
	if got := r.sent(watch("x", "v", course.Interval{90, 110})); got.Dropped != 10 || got.Enrolment.Of("v").Evidence.Watched.Length() != 100 {
		t.Errorf("%+v", got)
	}
}

// The order in which a client's queue arrives, and how it is cut into requests, does not matter while nothing is over the budget.
func TestEventsMayComeInAnyOrder(t *testing.T) {
	w := newTown(t)
	openClassroom(w, lessons("corso", reading("r"), lesson("v", 600, 95), quiz("q")))
	events := []lms.Event{event("r", "r", lms.Read), event("o", "r", lms.Opened), answer("a1", "q", answers{"one": {"b"}, "many": {"a"}}), answer("a2", "q", answers{"one": {"a"}}), answer("a3", "q", answers{"many": {"b", "a"}})}
	for i := range 40 {
		from := float64(i * 15)
		events = append(events, watch(fmt.Sprint("w", i), "v", course.Interval{from, from + 15}))
	}
	for seed := range 12 {
		random := rand.New(rand.NewPCG(uint64(seed), 7))
		a := w.person(fmt.Sprint("persona", seed), "ala", lms.Learner)
		id := w.enrol(a, "corso")
		w.record(a, id, event("o", "v", lms.Opened))
		w.clock.pass(time.Hour)
		rest := slices.Clone(events)
		random.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
		for len(rest) > 0 {
			n := 1 + random.IntN(min(12, len(rest)))
			w.record(a, id, rest[:n]...)
			rest = rest[n:]
		}
		st := w.standing(a, id)
		v, q := st.Enrolment.Of("v").Evidence.Watched, st.Enrolment.Of("q").Evidence
		if !slices.Equal(v, course.Coverage{{0, 600}}) || !q.Right["one"] || !q.Right["many"] || st.State != lms.Completed || st.Enrolment.Certificate() == "" {
			t.Errorf("seed %d: %v %v %s", seed, v, q.Right, st.State)
		}
	}
}

func TestACompletionNeverGoesBack(t *testing.T) {
	w := newTown(t)
	openClassroom(w, lessons("corso", reading("r"), lesson("v", 60, 90), quiz("q")))
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		a := w.person(fmt.Sprint("persona", n), "ala", lms.Learner)
		id := w.enrol(a, "corso")
		before := w.standing(a, id)
		for i := range rapid.IntRange(1, 12).Draw(rt, "steps") {
			w.clock.pass(time.Duration(rapid.IntRange(-5, 40).Draw(rt, "seconds")) * time.Second)
			after, err := w.Learning.Record(t.Context(), a, id, []lms.Event{drawEvent(rt, fmt.Sprint(n, i))})
			if err != nil {
				rt.Fatal(err)
			}
			forward(rt, before, after.Standing)
			before = after.Standing
		}
	})
}

func drawEvent(t *rapid.T, id string) lms.Event {
	choices := rapid.SliceOfNDistinct(rapid.SampledFrom(course.Answer{"a", "b", "c"}), 0, 3, rapid.ID)
	switch rapid.SampledFrom([]lms.EventKind{lms.Opened, lms.Read, lms.Watched, lms.Watched, lms.Answered}).Draw(t, "kind") {
	case lms.Read:
		return event(id, "r", lms.Read)
	case lms.Watched:
		from := rapid.IntRange(0, 50).Draw(t, "from")
		return watch(id, "v", course.Interval{float64(from), float64(from + rapid.IntRange(1, 10).Draw(t, "length"))})
	case lms.Answered:
		return answer(id, "q", answers{"many": choices.Draw(t, "many")})
	}
	return event(id, rapid.SampledFrom([]course.ObjectID{"r", "v", "q"}).Draw(t, "object"), lms.Opened)
}

// forward fails when anything of the second standing is less than in the first.
func forward(t *rapid.T, a, b lms.Standing) {
	if b.Percent < a.Percent || b.Done < a.Done || b.Minutes < a.Minutes || !a.Enrolment.Completed.IsZero() && a.Enrolment.Completed != b.Enrolment.Completed {
		t.Fatalf("from %d %% to %d %%", a.Percent, b.Percent)
	}
	for i, o := range a.Objects {
		now := b.Objects[i]
		if now.Percent < o.Percent || o.State == lms.Completed && now.Completed != o.Completed || now.Progress.Evidence.Watched.Length() < o.Progress.Evidence.Watched.Length() {
			t.Fatalf("%s: from %d %% to %d %%", o.Object.ID, o.Percent, now.Percent)
		}
		if (now.State == lms.Completed) != now.Missing.None() && now.State == lms.Completed || now.State == lms.Completed && now.Percent != 100 {
			t.Fatalf("%s: %s, %d %%, missing %+v", o.Object.ID, now.State, now.Percent, now.Missing)
		}
	}
}

// exam is an object that asks two of four weighted questions of every kind of field, twice a day.
func exam(id course.ObjectID) course.Object {
	o := course.Object{ID: id, Title: string(id), Kind: course.Reading, Minutes: 5, Rule: course.Rule{Answered: 100}, Attempts: 2, Draw: []course.Draw{{Bank: "b", Count: 2}}}
	for i := range 4 {
		o.Questions = append(o.Questions, course.Question{ID: course.QuestionID(fmt.Sprint("n", i)), Kind: course.Numeric, Bank: "b", Points: 2, Parts: []course.Part{{Number: &course.Number{Value: float64(i)}}}})
	}
	return o
}

func TestADrawIsTheSameForPageEventAndCompletion(t *testing.T) {
	r := newClassroom(t, exam("e"), reading("last"))
	st := r.standing(r.learner, r.id)
	mine := st.Objects[0].Object.Questions
	if len(mine) != 2 || st.Objects[0].Missing.Points != 4 {
		t.Fatalf("%d questions, %+v", len(mine), st.Objects[0].Missing)
	}
	right := answers{}
	for _, q := range mine {
		right[q.ID] = q.Solution()
	}
	for _, q := range exam("e").Questions {
		if _, asked := right[q.ID]; !asked {
			r.refused(t, lms.Invalid, "events[0].answers."+string(q.ID), answer("x", "e", answers{q.ID: q.Solution()}))
		}
	}
	r.refused(t, lms.Invalid, "events[0].answers."+string(mine[0].ID), answer("x", "e", answers{mine[0].ID: {"1", "2"}}))
	if got := r.sent(answer("a", "e", right)); got.Objects[0].State != lms.Completed {
		t.Errorf("%+v", got.Objects[0])
	}
}

func TestAttemptsOfADay(t *testing.T) {
	r := newClassroom(t, exam("e"), reading("last"))
	q := r.standing(r.learner, r.id).Objects[0].Object.Questions[0].ID
	wrong := func(id string) lms.Event { return answer(id, "e", answers{q: {"99"}}) }
	r.sent(wrong("1"))
	r.clock.pass(time.Hour)
	st := r.sent(wrong("2"))
	r.refused(t, lms.Conflict, "events[0].answers", wrong("3"))
	r.sent(wrong("2")) // the same again is no other attempt
	object, p := st.Objects[0].Object, st.Objects[0].Progress
	if again := p.Again(object, r.clock.now()); !again.Equal(r.clock.now().Add(23 * time.Hour)) {
		t.Errorf("again at %v, now is %v", again, r.clock.now())
	}
	r.clock.pass(23 * time.Hour)
	if left := p.AttemptsLeft(object, r.clock.now()); left != 1 {
		t.Errorf("%d left", left)
	}
	r.sent(wrong("3"))
	r.refused(t, lms.Conflict, "events[0].answers", wrong("4"))
}
