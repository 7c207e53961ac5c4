package lms_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// threeEditions is a press with three editions of a course.
func threeEditions(t testing.TB) *press {
	t.Helper()
	p := newPress(t)
	for i := range 3 {
		p.clock.pass(time.Hour)
		p.publish(p.author, lessons("corso", reading("a"), reading(course.ObjectID(fmt.Sprint("b", i+1)))))
	}
	return p
}

func TestEveryEditionButTheFirstSaysWhatChanges(t *testing.T) {
	p := newPress(t)
	content := func(n int) []byte {
		return encoded(t, draft{Course: lessons("corso", reading(course.ObjectID(fmt.Sprint("o", n))))})
	}
	for _, c := range []struct {
		name, note, want string
		content          int
		ok               bool
	}{
		{"the first says nothing", "", "", 1, true},
		{"the second says nothing", "", "", 2, false},
		{"only spaces", " \n\t ", "", 2, false},
		{"spaces around", "  Due parole in più.\n", "Due parole in più.", 2, true},
		{"nothing, for what is there already", "", "Due parole in più.", 2, true},
		{"nothing, for the content of an older one", "", "", 1, false},
		{"as long as it may be", strings.Repeat("è", 500), strings.Repeat("è", 500), 3, true},
		{"longer", strings.Repeat("è", 501), "", 4, false},
		{"the first content again", "Torna la prima.", "Torna la prima.", 1, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := p.state(t)
			got, err := p.Publishing.Publish(t.Context(), p.author, "", content(c.content), c.note)
			if !c.ok {
				wantKind(t, err, lms.Invalid, "note")
				if !slices.Equal(before, p.state(t)) {
					t.Error("something changed")
				}
				return
			}
			if err != nil || got.Edition.Note != c.want {
				t.Errorf("%v, note %q", err, got.Edition.Note)
			}
		})
	}
}

func TestAnOlderEditionComesBackUnderANewNumber(t *testing.T) {
	p := threeEditions(t)
	first := p.editions(t, "corso")[0]
	p.clock.pass(time.Hour)
	got, err := p.Publishing.Restore(t.Context(), p.author, "corso", 1, "  La terza era sbagliata. ")
	p.ok(err)
	e := got.Edition
	if !got.New || e.Number != 4 || e.Restores != 1 || e.Hash != first.Hash || e.Note != "La terza era sbagliata." || !e.At.Equal(p.clock.now()) || e.Title != first.Title {
		t.Errorf("%+v", e)
	}
	a := p.person("anna", "ala", lms.Learner)
	if st := p.standing(a, p.enrol(a, "corso")); st.Enrolment.Edition != 4 || st.Enrolment.Hash != first.Hash {
		t.Errorf("she takes edition %d", st.Enrolment.Edition)
	}
	for _, c := range []struct {
		name   string
		number int
		note   string
		kind   lms.ErrorKind
		field  string
	}{
		{"the newest", 4, "x", lms.Conflict, ""},
		{"another one with the content of the newest", 1, "x", lms.Conflict, ""},
		{"one that is not there", 9, "x", lms.NotFound, ""},
		{"none", 0, "x", lms.NotFound, ""},
		{"without a note", 2, " ", lms.Invalid, "note"},
		{"with a note too long", 2, strings.Repeat("x", 501), lms.Invalid, "note"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := p.Publishing.Restore(t.Context(), p.author, "corso", c.number, c.note)
			wantKind(t, err, c.kind, c.field)
		})
	}
	_, err = p.Publishing.Restore(t.Context(), p.author, "nessuno", 1, "x")
	wantKind(t, err, lms.NotFound, "")
}

func TestAWithdrawnEditionTakesNobodyNew(t *testing.T) {
	p := threeEditions(t)
	anna, bruno := p.person("anna", "ala", lms.Learner), p.person("bruno", "ala", lms.Learner)
	id := p.enrol(anna, "corso")
	head, err := p.Publishing.Withdraw(t.Context(), p.author, "corso", 3, " Un numero era sbagliato. ")
	p.ok(err)
	if e := head.Newest(); e.Number != 3 || !e.Withdrawn.Equal(p.clock.now()) || e.WithdrawnBy != p.author.ID || e.Reason != "Un numero era sbagliato." || head.Latest().Number != 2 || head.Shown().Number != 2 {
		t.Errorf("%+v, latest %d", e, head.Latest().Number)
	}
	if st := p.standing(bruno, p.enrol(bruno, "corso")); st.Enrolment.Edition != 2 {
		t.Errorf("he takes edition %d", st.Enrolment.Edition)
	}
	if got := p.record(anna, id, event("a", "a", lms.Read)); got.Done != 1 || got.Enrolment.Edition != 3 {
		t.Errorf("who takes it does not go on: %+v", got.Standing)
	}
	p.clock.pass(time.Hour)
	again, err := p.Publishing.Withdraw(t.Context(), p.author, "corso", 3, "Altro")
	if err != nil || again.Newest() != head.Newest() {
		t.Errorf("withdrawing again: %v %+v", err, again.Newest())
	}
	head, err = p.Publishing.Offer(t.Context(), p.author, "corso", 3)
	if err != nil || head.Latest().Number != 3 || head.Latest().Reason != "" || head.Latest().WithdrawnBy != "" {
		t.Errorf("%v %+v", err, head.Latest())
	}
	for _, reason := range []string{"", "  ", strings.Repeat("x", 1001)} {
		_, err := p.Publishing.Withdraw(t.Context(), p.author, "corso", 3, reason)
		wantKind(t, err, lms.Invalid, "reason")
	}
	for _, number := range []int{0, -1, 4} {
		_, err := p.Publishing.Withdraw(t.Context(), p.author, "corso", number, "x")
		wantKind(t, err, lms.NotFound, "")
		_, err = p.Publishing.Offer(t.Context(), p.author, "corso", number)
		wantKind(t, err, lms.NotFound, "")
	}
}

func TestACourseWhoseEditionsAreAllWithdrawnIsClosed(t *testing.T) {
	p := threeEditions(t)
	anna := p.person("anna", "ala", lms.Learner)
	id := p.enrol(anna, "corso")
	for n := 1; n <= 3; n++ {
		_, err := p.Publishing.Withdraw(t.Context(), p.author, "corso", n, "x")
		p.ok(err)
	}
	head, content, err := p.Library.Shown(t.Context(), "corso")
	if err != nil || head.Latest().Number != 0 || head.Shown().Number != 3 || content.Hash != head.Newest().Hash {
		t.Errorf("%v, latest %d, shown %d", err, head.Latest().Number, head.Shown().Number)
	}
	if all, _, err := p.Library.Courses(t.Context(), "", 10); err != nil || len(all) != 1 {
		t.Errorf("%d courses are listed, %v", len(all), err)
	}
	bruno := p.person("bruno", "ala", lms.Learner)
	_, err = p.Learning.Enrol(t.Context(), bruno, "corso")
	wantKind(t, err, lms.Conflict, "")
	_, err = p.Learning.EnrolPerson(t.Context(), p.person("capo", "ala", lms.Administrator), bruno.ID, "corso")
	wantKind(t, err, lms.Conflict, "")
	if again := p.enrol(anna, "corso"); again != id {
		t.Error("who is enrolled has another enrolment")
	}
	if got := p.record(anna, id, event("a", "a", lms.Read), event("b", "b3", lms.Read)); got.State != lms.Completed || got.Pending {
		t.Errorf("who is enrolled cannot complete: %+v", got.Standing)
	}
	if _, err := p.Learning.Preview(t.Context(), p.author, "corso"); err != nil {
		t.Error(err)
	}
	got := p.publish(p.author, lessons("corso", reading("a"), reading("b3"))) // the newest, though withdrawn
	if got.New || got.Edition.Number != 3 {
		t.Errorf("%+v", got.Edition)
	}
	if got = p.publish(p.author, lessons("corso", reading("a"), reading("b1"))); !got.New || got.Course.Latest().Number != 4 || got.Edition.Restores != 1 {
		t.Errorf("%+v", got.Edition)
	}
}

func TestASourceIsWhatWasSent(t *testing.T) {
	p := threeEditions(t)
	e, o, err := p.Publishing.Source(t.Context(), p.author, "corso", 2)
	p.ok(err)
	defer o.Close()
	var d draft
	p.ok(json.NewDecoder(o).Decode(&d))
	if e.Number != 2 || d.Modules[0].Objects[1].ID != "b2" {
		t.Errorf("edition %d, %+v", e.Number, d.Course)
	}
	_, _, err = p.Publishing.Source(t.Context(), p.author, "corso", 4)
	wantKind(t, err, lms.NotFound, "")
}

func TestAnEditionIsRenderedAgain(t *testing.T) {
	var change func(*course.Course)
	var finding []course.Finding
	w := newTown(t, func(p *lms.Ports) {
		p.Compile = func(zip []byte, media func(course.Hash) (course.Media, bool)) (lms.Compiled, error) {
			c, err := compileDraft(zip, media)
			if err == nil && change != nil {
				change(&c.Course)
				c.Findings = finding
			}
			return c, err
		}
	})
	w.org("ala", "")
	author := w.person("autrice", "ala", lms.Author)
	q := quiz("q")
	q.Draw = []course.Draw{}
	w.publish(author, lessons("corso", reading("a"), lesson("v", 60, 90), q))
	object := func(c *course.Course, i int) *course.Object { return &c.Modules[0].Objects[i] }
	for _, c := range []struct {
		name   string
		change func(*course.Course)
		field  string // "": it is allowed
		same   bool
	}{
		{"the same", func(*course.Course) {}, "", true},
		{"the text", func(c *course.Course) { object(c, 0).HTML = "<p class=\"x\">Testo…</p>" }, "", false},
		{"titles", func(c *course.Course) { c.Title, object(c, 0).Title = "Corso «nuovo»", "A’" }, "", false},
		{"captions", func(c *course.Course) { object(c, 1).Video = &course.Video{File: object(c, 1).Video.File, Lang: "it"} }, "", false},
		{"how a question is set", func(c *course.Course) {
			qs := slices.Clone(object(c, 2).Questions)
			qs[0].HTML, qs[0].Feedback = "<p>Quale?</p>", "<p>Ecco.</p>"
			qs[0].Choices = slices.Clone(qs[0].Choices)
			qs[0].Choices[0].HTML = "<em>uno</em>"
			object(c, 2).Questions = qs
		}, "", false},
		{"what is right", func(c *course.Course) {
			qs := slices.Clone(object(c, 2).Questions)
			qs[0].Choices = slices.Clone(qs[0].Choices)
			qs[0].Choices[1].Right = true
			object(c, 2).Questions = qs
		}, "questions", false},
		{"a rule", func(c *course.Course) { object(c, 1).Rule.Watched = 10 }, "rule", false},
		{"the recording", func(c *course.Course) { object(c, 1).Video = &course.Video{File: course.Media{Hash: "x"}} }, "video", false},
		{"an object less", func(c *course.Course) { c.Modules[0].Objects = c.Modules[0].Objects[:2] }, "removed", false},
		{"an object's id", func(c *course.Course) { object(c, 0).ID = "aa" }, "added", false},
		{"minutes", func(c *course.Course) { object(c, 0).Minutes++ }, "minutes", false},
		{"the hours of the course", func(c *course.Course) { c.Minutes++ }, "minutes", false},
		{"one after the other", func(c *course.Course) { c.Sequential = true }, "sequence", false},
		{"the hash", func(c *course.Course) { c.Hash = sum(nil) }, "hash", false},
		{"an error", func(*course.Course) {
			finding = []course.Finding{{File: "a.md", Line: 3, Severity: course.SeverityError, Message: "x"}}
		}, "findings", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			change, finding = c.change, nil
			before := stored(t, w)
			changed, err := w.Publishing.Rebuild(t.Context(), "corso", 1)
			if c.field != "" {
				wantKind(t, err, lms.Conflict, c.field)
			} else if err != nil || changed == c.same {
				t.Errorf("changed %t, %v", changed, err)
			}
			if after := stored(t, w); (after == before) != (c.same || c.field != "") {
				t.Errorf("it was %s\nit is %s", before, after)
			}
		})
		change = nil
		_, err := w.Publishing.Rebuild(t.Context(), "corso", 1) // as it was
		w.ok(err)
	}
	for _, number := range []int{0, 2} {
		_, err := w.Publishing.Rebuild(t.Context(), "corso", number)
		wantKind(t, err, lms.NotFound, "")
	}
	_, err := w.Publishing.Rebuild(t.Context(), "nessuno", 1)
	wantKind(t, err, lms.NotFound, "")
}

// stored is the compiled content of the first edition as another process reads it.
func stored(t testing.TB, w *town) string {
	t.Helper()
	s := w.node()
	head, err := s.Library.Find(t.Context(), "corso")
	w.ok(err)
	c, err := s.Library.Open(t.Context(), head.Editions[0].Hash)
	w.ok(err)
	return string(encoded(t, c))
}

// lines are those of a file of testdata.
func lines(t *testing.T, name string) (out [][]byte) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for l := range bytes.Lines(b) {
		out = append(out, bytes.TrimSpace(l))
	}
	return out
}

// Records of the shapes before, as they lie in testdata, are read as they were meant.
func TestRecordsOfOldShapes(t *testing.T) {
	w := newTown(t)
	for name, key := range map[string]string{"courses": "corso", "organisations": "bosco", "people": "019aa000-0000-7000-8000-00000000000b", "enrolments": "019aa000-0000-7000-8000-000000000001"} {
		body, err := os.ReadFile("testdata/" + name + ".1.json")
		w.ok(err)
		d := lms.Document{ID: key, Rev: 1, Version: 1, Tokens: []string{"old/1"}, Keys: []lms.Key{{IndexSpec: lms.IndexSpec{Name: "shape"}, Value: "000001 0123456789ab"}}, Body: body}
		w.ok(w.engine.Insert(t.Context(), name, d))
	}
	s := w.node()
	head, err := s.Library.Find(t.Context(), "corso")
	if err != nil || head.Latest().Number != 2 || !head.Latest().Withdrawn.IsZero() {
		t.Errorf("%v %+v", err, head)
	}
	if o, err := s.Organisations.Find(t.Context(), "bosco"); err != nil || o.Name != "Comune di Bosco" || o.Signatory != "Ugo Serra" || o.Kind != "" || !o.Ceased.IsZero() {
		t.Errorf("%v %+v", err, o)
	}
	w.org("ala", "")
	rows, holder := lines(t, "register.1.json"), lines(t, "holders.1.json")[0]
	for i, body := range append(rows, holder) { // a register of before: its hashes are those of its time
		id, in := []string{"bosco/000000001", "bosco/000000002", "K7QM-4XRT-9WP6"}[i], []string{"register", "register", "holders"}[i]
		d := lms.Document{ID: id, Rev: 1, Version: 1, Tokens: []string{"old/1"}, Keys: []lms.Key{{IndexSpec: lms.IndexSpec{Name: "shape"}, Value: "000001 0123456789ab"}}, Body: body}
		w.ok(w.engine.Insert(t.Context(), in, d))
	}
	s = w.node() // which finds them by their keys
	if n, err := s.Register.Check(t.Context(), "bosco"); err != nil || n != 2 {
		t.Errorf("%d rows, %v", n, err)
	}
	var kept lms.Holder
	w.ok(json.Unmarshal(holder, &kept))
	if v, err := s.Register.Verify(t.Context(), "K7QM-4XRT-9WP6"); err != nil || v.State != lms.Revoked || v.Printed.Person != "Anna Rossi" || v.Row.Holder != kept.Hash() {
		t.Errorf("%+v, %v", v, err)
	}
	f, err := s.Learning.Follow(t.Context(), w.person("capo", "ala", lms.Administrator), "corso")
	if err != nil || f.Editions[1].People != 1 || f.Editions[0].People != 0 {
		t.Errorf("%v %+v", err, f.Editions)
	}
}
