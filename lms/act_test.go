package lms_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"aulacomune/lms"
)

// notebook keeps the acts that are noted, as lms/audit would.
type notebook struct {
	mu   sync.Mutex
	acts []lms.Act
	by   []lms.PersonID
	fail bool
}

func (n *notebook) note(_ context.Context, a lms.Actor, act lms.Act) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fail {
		return errors.New("no log")
	}
	n.acts, n.by = append(n.acts, act), append(n.by, a.ID)
	return nil
}

// take gives the acts noted since, each as "verb who person where".
func (n *notebook) take() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var out []string
	for i, a := range n.acts {
		where := "-"
		if len(a.Within) > 0 {
			where = string(a.Within[len(a.Within)-1])
		}
		out = append(out, fmt.Sprintf("%s by %s about %s in %s", a.Verb, n.by[i], a.Person, where))
	}
	n.acts, n.by = nil, nil
	return out
}

// Every act of staff is noted once it was done: who, about whom, and where. Learners are not watched, and what is refused is no act.
func TestActsOfStaffAreNoted(t *testing.T) {
	var n notebook
	r := newRemoval(t, func(p *lms.Ports) { p.Note = n.note })
	ctx := t.Context()
	n.take() // the course was published
	want := func(acts ...string) {
		t.Helper()
		if got := n.take(); !slices.Equal(got, acts) {
			t.Errorf("noted %v, want %v", got, acts)
		}
	}
	added, err := r.People.Add(ctx, r.admin, lms.NewPerson{Login: "nuova", Given: "Nuova", Family: "Persona", Organisation: "ala"})
	r.ok(err)
	p, admin, author := added.Person.ID, r.admin.ID, r.author.ID
	want(fmt.Sprintf("person.add by %s about %s in ala", admin, p))
	_, err = r.People.NewLink(ctx, r.admin, p)
	r.ok(err)
	want(fmt.Sprintf("person.link by %s about %s in ala", admin, p))
	_, err = r.People.Find(ctx, r.admin, p)
	r.ok(err)
	_, _, err = r.People.Search(ctx, r.admin, "ala", "", lms.PageAt{})
	r.ok(err)
	want(fmt.Sprintf("person.read by %s about %s in ala", admin, p), fmt.Sprintf("people.list by %s about  in ala", admin))
	_, err = r.People.Find(ctx, r.admin, admin) // oneself
	r.ok(err)
	want()

	c := lessons("letto", reading("a"))
	r.publish(r.author, c)
	n.take()
	id := r.earn(r.learner, c).Enrolment.ID
	r.enrol(r.learner, "agile")
	want()
	st, err := r.Learning.EnrolPerson(ctx, r.admin, p, "agile")
	r.ok(err)
	_, err = r.Learning.EnrolPerson(ctx, r.admin, r.learner.ID, "agile") // enrolled already, by herself
	r.ok(err)
	want(fmt.Sprintf("enrolment.add by %s about %s in ala", admin, p))
	_, err = r.Learning.Standing(ctx, r.admin, st.Enrolment.ID)
	r.ok(err)
	_, _, err = r.Learning.InCourse(ctx, r.admin, "ala", "agile", lms.PageAt{})
	r.ok(err)
	want(fmt.Sprintf("enrolment.read by %s about %s in ala", admin, p), fmt.Sprintf("progress.list by %s about  in ala", admin))

	r.publish(r.author, r.second)
	r.publish(r.author, r.second) // the same again
	want(fmt.Sprintf("edition.publish by %s about  in ala", author))
	_, err = r.Publishing.Withdraw(ctx, r.author, "agile", 2, "errore")
	r.ok(err)
	_, err = r.Publishing.Offer(ctx, r.author, "agile", 2)
	r.ok(err)
	_, err = r.Publishing.Restore(ctx, r.author, "agile", 1, "torna")
	r.ok(err)
	want(fmt.Sprintf("edition.withdraw by %s about  in ala", author), fmt.Sprintf("edition.offer by %s about  in ala", author), fmt.Sprintf("edition.restore by %s about  in ala", author))
	moved := r.move(r.admin, lms.MoveOrder{To: 2, Organisation: "ala", Only: []lms.EnrolmentID{st.Enrolment.ID}})
	_, err = r.Learning.UndoMove(ctx, r.admin, "agile", moved.Batch.ID)
	r.ok(err)
	want(fmt.Sprintf("edition.move by %s about  in ala", admin), fmt.Sprintf("edition.move.undo by %s about  in ala", admin))

	code := string(r.standing(r.learner, id).Enrolment.Certificate())
	if _, err := r.Register.Revoke(ctx, r.admin, code, ""); err == nil {
		t.Error("revoked without a reason")
	}
	want()
}

// A certificate that is revoked, and issued again, is noted with its reason apart from the rest.
func TestRevokingIsNoted(t *testing.T) {
	var n notebook
	r := newRemoval(t, func(p *lms.Ports) { p.Note = n.note })
	c := lessons("letto", reading("a"))
	r.publish(r.author, c)
	id := r.earn(r.learner, c).Enrolment.ID
	code := string(r.standing(r.learner, id).Enrolment.Certificate())
	n.take()
	_, err := r.Register.Revoke(t.Context(), r.boss, code, "nome sbagliato")
	r.ok(err)
	n.mu.Lock()
	act := n.acts[0]
	n.mu.Unlock()
	if act.Verb != "certificate.revoke" || act.Object != code || act.Person != r.learner.ID || act.Personal["reason"] != "nome sbagliato" || act.Details["reason"] != "" || act.Key == "" {
		t.Errorf("%+v", act)
	}
	n.take()
	_, err = r.Learning.IssueFor(t.Context(), r.boss, id)
	r.ok(err)
	if got := n.take(); len(got) != 2 || got[1] != fmt.Sprintf("certificate.issue by %s about %s in ala", r.boss.ID, r.learner.ID) {
		t.Errorf("%v", got)
	}
}

// Where the log itself fails for good, whoever acts is told: nothing is done unseen for long.
func TestAnActThatCannotBeNotedIsSaid(t *testing.T) {
	n := notebook{}
	r := newRemoval(t, func(p *lms.Ports) { p.Note = n.note })
	n.mu.Lock()
	n.fail = true
	n.mu.Unlock()
	if _, err := r.People.Find(t.Context(), r.admin, r.learner.ID); err == nil {
		t.Error("somebody was read unseen")
	}
	if err := r.Organisations.Set(t.Context(), r.admin, lms.Organisation{ID: "ala", Name: "Comune di Ala"}); err == nil {
		t.Error("an organisation was changed unseen")
	}
}
