package wiring

import (
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/ledger"
	"aulacomune/lms/webinar"
	"aulacomune/storage/storagetest"
)

// stage is a house with a webinar and a course of which it is a part, at an hour that the test sets.
type stage struct {
	*House
	t            *testing.T
	mu           sync.Mutex
	at           time.Time
	admin        lms.Actor
	ada, bea     lms.Actor
	webinar      webinar.Webinar
	course       course.Slug
	starts, ends time.Time
}

func (s *stage) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *stage) set(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = t
}

func (s *stage) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// settle waits for what is written behind the answers.
func (s *stage) settle() {
	s.Cohorts.Wait()
	s.Webinars.Wait()
}

// staged opens the house, on the engine of a store, a week before the webinar.
func staged(t *testing.T, store storagetest.Store, change func(*Options, *webinar.Input)) *stage {
	t.Helper()
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, starts: time.Date(2026, 6, 8, 10, 0, 0, 0, rome), course: "agile"}
	s.ends = s.starts.Add(2 * time.Hour)
	s.at = s.starts.AddDate(0, 0, -7)
	o := Options{Data: t.TempDir(), URL: "http://corsi.test", Alone: true, Now: s.now, Log: slog.New(slog.DiscardHandler)}
	if store.Name == "mongo" {
		o.Database = store.Source
	}
	in := webinar.Input{
		Terms:  webinar.Terms{Title: "Lavoro agile", Link: "https://meet.example.org/a", Area: "trasversali", Ways: []cohort.Way{cohort.WayFree}},
		Starts: webinar.MomentOf(s.starts, rome), Ends: webinar.MomentOf(s.ends, rome),
	}
	if change != nil {
		change(&o, &in)
	}
	s.House, err = Open(t.Context(), o)
	s.ok(err)
	t.Cleanup(func() { closeHere(t, s.House) })
	_, err = s.School.Organisations.Add(t.Context(), lms.Organisation{ID: "ala", Name: "Comune di Ala"}, "")
	s.ok(err)
	s.admin, s.ada, s.bea = s.person("capo", lms.Administrator), s.person("ada", lms.Learner), s.person("bea", lms.Learner)
	s.webinar, err = s.Webinars.Announce(t.Context(), s.admin, webinar.Start{Input: in})
	s.ok(err)
	s.webinar, err = s.Webinars.Publish(t.Context(), s.admin, s.webinar.ID)
	s.ok(err)
	return s
}

// person adds somebody of ala.
func (s *stage) person(login string, r lms.Role) lms.Actor {
	s.t.Helper()
	p, err := s.School.People.InstallActivated(s.t.Context(), lms.NewPerson{Email: login + "@ala.example", Given: login, Family: "Neri", Role: r, Organisation: "ala"}, "x")
	s.ok(err)
	return lms.ActorOf(p, s.now(), lms.Everything)
}

// publish publishes a course of a reading of half an hour and the webinar, which stands in it for two.
func (s *stage) publish() {
	s.t.Helper()
	files := map[string]string{
		"course.yaml":           "slug: agile\ntitle: Corso di prova\nsummary: Serve alle prove.\nobjectives: [Provare]\nmodules:\n  - id: uno\n    folder: 01-uno\n    title: Modulo uno\n",
		"01-uno/01-lettura.md":  "---\nid: lettura\ntitle: Da leggere\nkind: reading\nminutes: 30\nobjectives: [Provare]\ncomplete: {read: true}\n---\n\nDi che cosa si parla.\n",
		"01-uno/02-incontro.md": fmt.Sprintf("---\nid: incontro\ntitle: L'incontro\nkind: webinar\nwebinar: %s\nminutes: 120\nobjectives: [Provare]\ncomplete: {attended: true}\n---\n\nDi che cosa si è parlato.\n", s.webinar.Slug),
	}
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	from, err := ReadSource(s.t.Context(), folder)
	s.ok(err)
	_, err = PublishHere(s.t.Context(), s.School, s.person("autore", lms.Author), from, Note{Text: "Prima"})
	s.ok(err)
}

// year is somebody's year in the ledger.
func (s *stage) year(a lms.Actor) ledger.Account {
	s.t.Helper()
	acc, err := s.Ledger.Year(s.t.Context(), a, "", 2026)
	s.ok(err)
	return acc
}

// A webinar is an object of a course: who has a seat sees its hours ahead once, who was there has them once, with an attestato, and the course goes on by itself.
func TestAWebinarInACourse(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store storagetest.Store) {
		s := staged(t, store, nil)
		s.publish()
		for _, a := range []lms.Actor{s.ada, s.bea} {
			_, err := s.School.Learning.Enrol(t.Context(), a, s.course)
			s.ok(err)
		}
		if acc := s.year(s.ada); acc.Forecast != 150 || len(acc.Ahead) != 1 {
			t.Errorf("without a seat: %d of %+v", acc.Forecast, acc.Ahead)
		}
		for _, a := range []lms.Actor{s.ada, s.bea} {
			_, err := s.Webinars.Register(t.Context(), a, s.webinar.Slug, "", nil)
			s.ok(err)
		}
		s.settle()
		acc := s.year(s.ada)
		if acc.Forecast != 150 || len(acc.Ahead) != 2 || acc.Ahead[0].Minutes != 30 || acc.Ahead[1].Minutes != 120 || acc.Ahead[1].Due != "2026-06-08" || acc.Ahead[1].Kind != ledger.Webinar {
			t.Errorf("with a seat: %d of %+v", acc.Forecast, acc.Ahead)
		}
		s.set(s.ends.Add(time.Hour))
		s.ok(s.Webinars.Mark(t.Context(), s.admin, s.webinar.ID, s.ada.ID, webinar.Hand{From: s.starts, To: s.ends.Add(-10 * time.Minute), Reason: "Elenco firmato in sala"}))
		_, err := s.Webinars.Conclude(t.Context(), s.admin, s.webinar.ID)
		s.ok(err)
		s.settle()
		if acc := s.year(s.ada); acc.Minutes != 110 || acc.Forecast != 140 || acc.Kinds[ledger.Webinar] != 110 {
			t.Errorf("when it is closed: %d minutes, forecast %d, %+v", acc.Minutes, acc.Forecast, acc.Ahead)
		}
		for _, a := range []lms.Actor{s.ada, s.bea} {
			st, err := s.School.Learning.Mine(t.Context(), a, s.course)
			s.ok(err)
			_, err = s.School.Learning.Record(t.Context(), a, st.Enrolment.ID, []lms.Event{{ID: "r", Object: "lettura", Kind: lms.Read}})
			s.ok(err)
		}
		s.ok(s.Sweep(t.Context()))
		acc = s.year(s.ada)
		if acc.Minutes != 140 || len(acc.Rows) != 2 || acc.Kinds[ledger.ELearning] != 30 || len(acc.Ahead) != 0 {
			t.Errorf("when the course is done: %d minutes, %+v, ahead %+v", acc.Minutes, acc.Rows, acc.Ahead)
		}
		if acc := s.year(s.bea); acc.Minutes != 0 || acc.Forecast != 150 {
			t.Errorf("who was not there: %d minutes, forecast %d", acc.Minutes, acc.Forecast)
		}
		s.ok(s.Webinars.Mark(t.Context(), s.admin, s.webinar.ID, s.ada.ID, webinar.Hand{Absent: true, Reason: "Non era in sala, lo dice lei"}))
		s.ok(s.Sweep(t.Context()))
		if acc := s.year(s.ada); acc.Minutes != 30 {
			t.Errorf("taken back: %d minutes of %+v", acc.Minutes, acc.Rows)
		}
	})
}
