package wiring

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/ledger"
	"aulacomune/lms/plan"
	"aulacomune/lms/roll"
	"aulacomune/lms/webinar"
)

// What somebody leaves behind in every room is in their copy, and after they are erased no document of any collection holds their name, their address or
// their words.
func TestOfWhomIsErasedNothingIsLeft(t *testing.T) {
	h := openHere(t, t.TempDir())
	defer closeHere(t, h)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	admin, zaira := h.staffed(t)
	h.lives(t, admin, zaira)

	var copied bytes.Buffer
	must(h.Roll.Copy(t.Context(), admin, zaira.ID, &copied))
	z, err := zip.NewReader(bytes.NewReader(copied.Bytes()), int64(copied.Len()))
	must(err)
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	for _, want := range []string{"hours.json", "cohorts.json", "requests.json", "assignments.json", "webinars.json", "letters.json", "acts.json", ".pdf"} {
		if all := strings.Join(names, " "); !strings.Contains(all, want) {
			t.Errorf("the copy holds %s, and nothing called %s", all, want)
		}
	}
	if found := h.holding(t, "zaira", "unicorni", "perché voglio"); len(found) < 6 {
		t.Errorf("before: only %v", found)
	}
	must(h.Roll.Erase(t.Context(), admin, zaira.ID, roll.Erasure{Reason: "Lo ha chiesto."}))
	must(h.Roll.Erase(t.Context(), admin, zaira.ID, roll.Erasure{Reason: "Ancora."}))
	must(h.Sweep(t.Context()))
	if found := h.holding(t, "zaira", "unicorni", "perché voglio"); len(found) > 0 {
		t.Errorf("it is still in %v", found)
	}
	if _, err := h.Audit.Check(t.Context(), 0, ""); err != nil {
		t.Errorf("the log of acts: %v", err)
	}
}

// staffed is an administrator and somebody with a published course.
func (h *House) staffed(t *testing.T) (admin lms.Actor, zaira lms.Person) {
	t.Helper()
	ctx := t.Context()
	_, err := h.School.Organisations.Add(ctx, lms.Organisation{ID: "ala", Name: "Comune di Ala"}, "")
	add := func(n lms.NewPerson) lms.Person {
		n.Organisation = "ala"
		p, e := h.School.People.InstallActivated(ctx, n, "x")
		err = errors.Join(err, e)
		return p
	}
	boss := add(lms.NewPerson{Email: "capo@ala.example", Given: "Ada", Family: "Neri", Role: lms.Administrator})
	author := add(lms.NewPerson{Email: "autore@ala.example", Given: "Ugo", Family: "Neri", Role: lms.Author})
	add(lms.NewPerson{Email: "responsabile@ala.example", Given: "Eva", Family: "Neri", Role: lms.Manager})
	zaira = add(lms.NewPerson{Email: "zaira@ala.example", Given: "Zaira", Family: "Unicorni", Office: "Tributi"})
	from, e := ReadSource(ctx, content.Accessible())
	err = errors.Join(err, e)
	if err == nil {
		_, err = PublishHere(ctx, h.School, lms.ActorOf(author, time.Now(), lms.Everything), from, Note{Text: "Prima"})
	}
	if err != nil {
		t.Fatal(err)
	}
	return lms.ActorOf(boss, time.Now(), lms.Everything), zaira
}

// lives lets somebody leave something in every room.
func (h *House) lives(t *testing.T, admin lms.Actor, zaira lms.Person) {
	t.Helper()
	ctx := t.Context()
	her := lms.ActorOf(zaira, time.Now(), lms.Everything)
	heads, _, err := h.School.Library.Courses(ctx, "", 1)
	if err != nil || len(heads) != 1 {
		t.Fatal(err)
	}
	slug := heads[0].Slug
	_, err1 := h.Ledger.Declare(ctx, her, ledger.Claim{Title: "Convegno", Provider: "Università", From: h.Ledger.Today().Before(), Minutes: 60}, "zaira unicorni.pdf", []byte("%PDF-1.4\n%%EOF"))
	_, err2 := h.Plans.Assign(ctx, admin, plan.Order{Course: slug, Apply: true, Terms: plan.Terms{Due: "2099-01-01"}}, []lms.PersonID{zaira.ID})
	err3 := h.asks(t, admin, her, slug)
	g, err4 := h.Cohorts.MakeGroup(ctx, admin, cohort.NewGroup{Name: "Pilota"})
	err5 := h.Cohorts.AddMember(ctx, admin, g.ID, zaira.Email)
	if err := errors.Join(err1, err2, err3, err4, err5, h.comes(t, admin, her)); err != nil {
		t.Fatal(err)
	}
}

// comes lets somebody register for a webinar and answer its question.
func (h *House) comes(t *testing.T, admin, her lms.Actor) error {
	ctx, rome := t.Context(), time.UTC
	starts := time.Now().AddDate(0, 1, 0)
	w, err := h.Webinars.Announce(ctx, admin, webinar.Start{Input: webinar.Input{
		Terms:  webinar.Terms{Title: "Lavoro agile", Link: "https://meet.example.org/a", Ways: []cohort.Way{cohort.WayFree}, Questions: []webinar.Question{{Text: "Perché?"}}},
		Starts: webinar.MomentOf(starts, rome), Ends: webinar.MomentOf(starts.Add(time.Hour), rome),
	}})
	_, err2 := h.Webinars.Publish(ctx, admin, w.ID)
	_, err3 := h.Webinars.Register(ctx, her, w.Slug, "", map[string]string{"q1": "Perché voglio capire."})
	_, err4 := h.Webinars.NewFeed(ctx, her)
	err5 := h.Webinars.AskAsGuest(ctx, w.Slug, webinar.Form{Given: "Zaira", Family: "Unicorni", Email: "zaira@ala.example", Organisation: "ala"}, "203.0.113.1")
	h.Webinars.Wait()
	h.Cohorts.Wait()
	return errors.Join(err, err2, err3, err4, err5)
}

// asks lets somebody ask for one cohort, and takes them into another.
func (h *House) asks(t *testing.T, admin, her lms.Actor, slug course.Slug) error {
	ctx := t.Context()
	var all []error
	for _, way := range []cohort.Way{cohort.WayRequest, cohort.WayFree} {
		terms := cohort.Terms{Title: "Primavera", Ways: []cohort.Way{way}}
		if way == cohort.WayRequest {
			terms.Steps = []cohort.Step{cohort.StepManager}
		}
		c, err := h.Cohorts.Plan(ctx, admin, cohort.Start{Course: slug, Terms: terms})
		_, e := h.Cohorts.Publish(ctx, admin, c.ID)
		all = append(all, err, e)
		if way == cohort.WayRequest {
			_, err = h.Requests.Ask(ctx, her, c.ID, "Perché voglio imparare.")
		} else {
			_, err = h.Cohorts.Join(ctx, her, c.ID, "")
		}
		all = append(all, err)
	}
	return errors.Join(all...)
}

// holding lists the documents that hold one of some words, as "collection id".
func (h *House) holding(t *testing.T, words ...string) (found []string) {
	t.Helper()
	for _, c := range collections() {
		for e, err := range h.Engine.Scan(t.Context(), c.Name, lms.Range{Index: lms.IndexSpec{Name: "id"}}) {
			if err != nil {
				t.Fatal(err)
			}
			d, err := h.Engine.Get(t.Context(), c.Name, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.ToLower(string(d.Body))
			for _, k := range d.Keys {
				text += " " + strings.ToLower(k.Value)
			}
			for _, w := range words {
				if strings.Contains(text, w) {
					found = append(found, c.Name+" "+d.ID+": "+w)
				}
			}
		}
	}
	return found
}
