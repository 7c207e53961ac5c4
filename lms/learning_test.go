package lms_test

import (
	"bytes"
	"io"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

func TestEnrollingAgainGivesTheEnrolmentThatIsThere(t *testing.T) {
	r := newClassroom(t, reading("a"))
	schools := []*lms.School{r.School, r.node()}
	a := r.person("bruno", "ala", lms.Learner)
	ids := make([]lms.EnrolmentID, 16)
	together(t, len(ids), func(i int) (err error) {
		var st lms.Standing
		if i%4 == 3 {
			st, err = schools[i%2].Learning.EnrolPerson(t.Context(), r.admin, a.ID, "corso")
		} else {
			st, err = schools[i%2].Learning.Enrol(t.Context(), a, "corso")
		}
		ids[i] = st.Enrolment.ID
		return err
	})
	for _, id := range ids {
		if id == "" || id != ids[0] {
			t.Fatalf("%v", ids)
		}
	}
	if n, err := r.Learning.CountInCourse(t.Context(), r.admin, "ala", "corso"); err != nil || n != 2 {
		t.Errorf("%d enrolments: %v", n, err)
	}
}

func TestWhoIsNotEnrolledHasNoStanding(t *testing.T) {
	r := newClassroom(t, reading("a"))
	a := r.person("bruno", "ala", lms.Learner)
	_, err := r.Learning.Mine(t.Context(), a, "corso")
	wantKind(t, err, lms.NotFound, "")
	if all, err := r.Learning.All(t.Context(), a); err != nil || len(all) != 0 {
		t.Errorf("%v %v", all, err)
	}
	for _, slug := range []course.Slug{"unknown", "", "a\x00b"} {
		_, err = r.Learning.Enrol(t.Context(), a, slug)
		wantKind(t, err, lms.NotFound, "")
	}
	_, err = r.Learning.Enrol(t.Context(), lms.Actor{}, "corso")
	wantKind(t, err, lms.SignIn, "")
}

func TestAdministratorsSeeHowFarEachPersonIs(t *testing.T) {
	r := newClassroom(t, reading("a"), reading("b"))
	r.sent(event("a", "a", lms.Read))
	for _, login := range []string{"bruno", "carla", "zeno"} {
		r.enrol(r.person(login, "ala", lms.Learner), "corso")
	}
	var names []string
	after := ""
	for {
		page, next, err := r.Learning.InCourse(t.Context(), r.admin, "ala", "corso", lms.PageAt{After: after, Limit: 3})
		r.ok(err)
		for _, st := range page {
			names = append(names, st.Enrolment.Name)
			if st.Enrolment.ID == r.id && (st.Percent != 50 || st.Done != 1 || st.Minutes != 10 || st.Next != "b" || st.State != lms.InProgress) {
				t.Errorf("%+v", st)
			}
		}
		if after = next; after == "" {
			break
		}
	}
	if want := "[rossi anna rossi bruno rossi carla rossi zeno]"; len(names) != 4 || names[0] != "rossi anna" || names[3] != "rossi zeno" {
		t.Errorf("%v, want %s", names, want)
	}
}

// Without JavaScript a video counts when as much time has passed as it lasts.
func TestAVideoWithoutAScriptTakesItsTime(t *testing.T) {
	r := newClassroom(t, lesson("v", 100, 90), reading("a"))
	try := func() error {
		_, err := r.Learning.WatchedWithoutScript(t.Context(), r.learner, "corso", "v")
		return err
	}
	wantKind(t, try(), lms.Invalid, "watched") // not even opened
	r.sent(event("o", "v", lms.Opened))
	r.clock.pass(99 * time.Second)
	wantKind(t, try(), lms.Invalid, "watched")
	r.clock.pass(time.Second)
	r.ok(try())
	r.ok(try())
	if st, _ := r.standing(r.learner, r.id).Of("v"); st.State != lms.Completed {
		t.Errorf("%+v", st)
	}
	for _, id := range []course.ObjectID{"a", "unknown"} {
		_, err := r.Learning.WatchedWithoutScript(t.Context(), r.learner, "corso", id)
		wantKind(t, err, lms.NotFound, "")
	}
}

// school with media: who may open a file of an edition.
func TestMediaAreForWhoTakesTheEdition(t *testing.T) {
	p := newPress(t)
	_, video := recording(t)
	hash := sum(video)
	_, err := p.Publishing.PutMedia(t.Context(), p.author, hash, "v.mp4", bytes.NewReader(video))
	p.ok(err)
	c := lessons("corso", reading("a"))
	old := p.person("vecchia", "ala", lms.Learner)
	p.publish(p.author, c)
	p.enrol(old, "corso")
	p.enrol(p.author, "corso") // of the first edition: without the video
	c.Media = []course.Media{{Path: "v.mp4", Hash: hash, Type: "video/mp4"}}
	p.publish(p.author, c)
	p.publish(p.other, lessons("altro", reading("x")))
	learner := p.person("anna", "ala", lms.Learner)
	p.enrol(learner, "corso")
	for _, x := range []struct {
		name  string
		actor lms.Actor
		slug  course.Slug
		hash  course.Hash
		kind  lms.ErrorKind // Unknown: it opens
	}{
		{"who takes the edition", learner, "corso", hash, 0},
		{"its author, who takes an older one", p.author, "corso", hash, 0},
		{"its administrator", p.person("capo", "ala", lms.Administrator), "corso", hash, 0},
		{"who takes an older edition", old, "corso", hash, lms.NotFound},
		{"nobody", lms.Actor{}, "corso", hash, lms.SignIn},
		{"who is not enrolled", p.person("bruno", "ala", lms.Learner), "corso", hash, lms.NotFound},
		{"an author of another ente", p.other, "corso", hash, lms.NotFound},
		{"by a course that does not use it", p.other, "altro", hash, lms.NotFound},
		{"a file that is not there", learner, "corso", sum(nil), lms.NotFound},
		{"no hash", learner, "corso", "", lms.NotFound},
		{"no course", learner, "unknown", hash, lms.NotFound},
	} {
		t.Run(x.name, func(t *testing.T) {
			m, o, err := p.Learning.OpenMedia(t.Context(), x.actor, x.slug, x.hash)
			if x.kind != 0 {
				wantKind(t, err, x.kind, "")
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer o.Close()
			if b, err := io.ReadAll(o); err != nil || !bytes.Equal(b, video) || m.Type != "video/mp4" {
				t.Errorf("%v, %d bytes", err, len(b))
			}
		})
	}
}

// Standings share what they were read from: a later event changes none that somebody holds.
func TestAStandingStaysAsItWas(t *testing.T) {
	r := newClassroom(t, reading("a"), lesson("v", 60, 90), quiz("q"))
	r.sent(event("o", "v", lms.Opened), answer("1", "q", answers{"one": {"b"}}), watch("w", "v", course.Interval{0, 2}))
	first := r.standing(r.learner, r.id)
	was := encoded(t, first)
	r.clock.pass(time.Minute)
	r.sent(watch("w", "v", course.Interval{1, 60}), answer("2", "q", answers{"one": {"a"}, "many": {"a", "b"}}), event("a", "a", lms.Read))
	if !bytes.Equal(was, encoded(t, first)) {
		t.Errorf("it was %s\nit is %s", was, encoded(t, first))
	}
}

// What was recorded is the school's: a caller that uses its request's memory again changes nothing.
func TestWhatIsRecordedIsNoLongerTheCallers(t *testing.T) {
	r := newClassroom(t, quiz("q"), lesson("v", 60, 90))
	sent := []lms.Event{answer("1", "q", answers{"many": {"a", "c"}}), watch("w", "v", course.Interval{0, 2})}
	was := encoded(t, r.sent(sent...).Enrolment)
	sent[0].Answers["many"][1] = "b"
	sent[0].Answers["one"] = course.Answer{"a"}
	sent[1].Intervals[0][1] = 50
	if now := encoded(t, r.standing(r.learner, r.id).Enrolment); !bytes.Equal(was, now) {
		t.Errorf("it was %s\nit is %s", was, now)
	}
}
