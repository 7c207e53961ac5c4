package ledger_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/lmstest"
	"aulacomune/storage/storagetest"
)

// books is a ledger in a town of enti, with people of ala and who has to do with them.
type books struct {
	*lmstest.Town
	*ledger.Ledger
	boss, admin, below, beside lms.Actor // administrators of valle, ala, ala-scuola, bosco
	referent, author           lms.Actor // of ala
	manager                    lms.Actor // of the office Tributi of ala
	anna, bruno, carla         lms.Actor // Tributi, Tributi, Anagrafe
	far                        lms.Actor // somebody of bosco
	due                        time.Time // by which every course is to be completed
}

func newBooks(t testing.TB) *books { t.Helper(); return newBooksOn(t, storagetest.Open(t)) }

func newBooksOn(t testing.TB, e lms.Engine) *books {
	t.Helper()
	w := lmstest.On(t, e)
	w.Tree()
	b := &books{Town: w}
	b.open()
	b.boss, b.admin = w.Person("direttrice", "valle", lms.Administrator), w.Person("capo", "ala", lms.Administrator, "Segreteria")
	b.below, b.beside = w.Person("preside", "ala-scuola", lms.Administrator), w.Person("altro", "bosco", lms.Administrator)
	b.referent, b.author = w.Person("rita", "ala", lms.Referent, "Segreteria"), w.Person("autrice", "ala", lms.Author, "Segreteria")
	b.manager = w.Person("mauro", "ala", lms.Manager, "Tributi")
	b.anna, b.bruno = w.Person("anna", "ala", lms.Learner, "Tributi"), w.Person("bruno", "ala", lms.Learner, "Tributi")
	b.carla, b.far = w.Person("carla", "ala", lms.Learner, "Anagrafe"), w.Person("franco", "bosco", lms.Learner)
	b.Sweep()
	return b
}

// open opens the ledger once more, as another process would.
func (b *books) open() {
	b.T.Helper()
	var err error
	b.Ledger, err = ledger.Open(b.T.Context(), ledger.Ports{
		Engine: b.Engine, Objects: b.Objects, School: b.School, Post: b.Post, Note: b.Note, Rome: b.Rome, Log: b.Log, Now: b.Now,
		Due: func(context.Context, lms.Enrolment) (time.Time, error) { return b.due, nil },
	})
	b.OK(err)
	b.Town.Completed(b.Ledger.Completed)
}

// Sweep sweeps the school, then the ledger.
func (b *books) Sweep() {
	b.T.Helper()
	b.OK(errors.Join(b.School.Sweep(b.T.Context()), b.Ledger.Sweep(b.T.Context())))
}

// webinar lets hours of a webinar arrive.
func (b *books) webinar(id string, a lms.Actor, minutes int, day ledger.Day, area ledger.AreaID) ledger.HoursID {
	b.T.Helper()
	h := row(id, a, minutes, day)
	h.Area = area
	b.OK(b.Arrive(b.T.Context(), h))
	return h.ID
}

func row(id string, a lms.Actor, minutes int, day ledger.Day) ledger.Hours {
	return ledger.Hours{
		ID: ledger.HoursID("webinar/" + id + "/" + string(a.ID)), Person: a.ID, Minutes: minutes, Kind: ledger.Webinar, Title: "Webinar " + id, Provider: "Associazione",
		From: day, To: day, Outcome: ledger.Attended, Evidence: ledger.Evidence{Attendance: "elenco-" + id},
	}
}

// year is somebody's year as an actor sees it.
func (b *books) year(a, of lms.Actor, year int) ledger.Account {
	b.T.Helper()
	out, err := b.Year(b.T.Context(), a, of.ID, year)
	b.OK(err)
	return out
}

// edit changes a person's memberships behind the school's back.
func (b *books) memberships(a lms.Actor, change func(ms []any) []any) {
	b.T.Helper()
	b.Edit("people", string(a.ID), func(p map[string]any) { p["memberships"] = change(p["memberships"].([]any)) })
}

// pdf is the least that passes for an attestato.
func pdf(text string) []byte { return []byte("%PDF-1.4\n" + text + "\n%%EOF\n") }

// claim declares five hours of external training.
func (b *books) claim(a lms.Actor, title string, minutes int) ledger.Claim {
	b.T.Helper()
	c, err := b.Declare(b.T.Context(), a, ledger.Claim{Title: title, Provider: "Università", From: "2026-02-10", To: "2026-02-11", Minutes: minutes}, "attestato.pdf", pdf(title))
	b.OK(err)
	return c
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}
