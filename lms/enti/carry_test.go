package enti_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"aulacomune/lms"
)

// under puts an organisation below another, as a step of a plan does.
func (w *town) under(id, parent lms.OrganisationID, change ...func(*lms.Organisation)) {
	w.t.Helper()
	p := w.find(parent)
	_, err := w.Organisations.Amend(w.t.Context(), id, func(o *lms.Organisation) error {
		o.Within, o.Unsettled = append(slices.Clone(p.Within), id), w.clock.now()
		for _, c := range change {
			c(o)
		}
		return nil
	})
	w.ok(err)
}

// edit changes a stored document behind the school's back.
func (w *town) edit(collection, id string, change func(map[string]any)) {
	w.t.Helper()
	d, err := w.engine.Get(w.t.Context(), collection, id)
	w.ok(err)
	var body map[string]any
	w.ok(json.Unmarshal(d.Body, &body))
	change(body)
	d.Body, err = json.Marshal(body)
	w.ok(err)
	d.Rev, d.Tokens = d.Rev+1, []string{"edit/1"}
	w.ok(w.engine.Replace(w.t.Context(), collection, d))
}

func TestWhatKeepsAPlaceInTheTreeFollows(t *testing.T) {
	w := newTown(t)
	w.org("valle", "")
	w.org("unione", "valle")
	w.org("ala", "valle")
	w.org("ufficio", "ala")
	admin := w.person("capo", "valle", lms.Administrator)
	referent := w.person("rita", "unione", lms.Referent)
	author := w.person("autrice", "ala", lms.Author)
	w.publish(author, "corso")
	leo := w.person("leo", "ufficio", lms.Learner)
	begun, err := w.Learning.Enrol(t.Context(), leo, "corso")
	w.ok(err)
	id := begun.Enrolment.ID
	if n, err := w.People.Count(t.Context(), referent, "unione"); err != nil || n != 1 {
		t.Fatalf("%d %v", n, err)
	}
	w.under("ala", "unione")
	for range 2 { // the second time it changes nothing
		w.ok(w.enti.Settle(t.Context()))
	}
	if o := w.find("ufficio"); !within(o, "valle", "unione", "ala", "ufficio") {
		t.Errorf("%v", o.Within)
	}
	if n, err := w.People.Count(t.Context(), referent, "unione"); err != nil || n != 3 {
		t.Errorf("the union's referent sees %d people: %v", n, err)
	}
	st, err := w.Learning.Standing(t.Context(), referent, id)
	if err != nil || st.Enrolment.Member.Organisation != "ufficio" || st.Enrolment.Member.Name != "Comune di ufficio" {
		t.Errorf("the union's referent does not see who was enrolled before: %v %+v", err, st.Enrolment.Member)
	}
	head, err := w.Library.Find(t.Context(), "corso")
	if err != nil || !slices.Contains(head.Within, "unione") {
		t.Errorf("%v %v", head.Within, err)
	}
	if n, err := w.People.Count(t.Context(), admin, "valle"); err != nil || n != 4 {
		t.Errorf("%d %v", n, err)
	}
}

func TestMembersOfAnEnteThatWasTakenOverGoOnInTheOther(t *testing.T) {
	w := newTown(t)
	w.org("valle", "")
	w.org("ala", "valle")
	w.org("nuova", "valle")
	admin := w.person("capo", "valle", lms.Administrator)
	leo, rita := w.person("leo", "ala", lms.Learner), w.person("rita", "ala", lms.Referent)
	w.publish(w.person("autrice", "valle", lms.Author), "corso")
	begun, err := w.Learning.Enrol(t.Context(), leo, "corso")
	w.ok(err)
	done, err := w.Learning.Record(t.Context(), leo, begun.Enrolment.ID, []lms.Event{{ID: "1", Object: "a", Kind: lms.Read}})
	w.ok(err)
	st := done.Standing
	w.clock.pass(time.Hour)
	w.under("ala", "nuova", func(o *lms.Organisation) { o.Ceased, o.Into = w.clock.now(), "nuova" })
	w.ok(w.enti.Settle(t.Context()))
	p, err := w.People.Find(t.Context(), admin, leo.ID)
	w.ok(err)
	if len(p.Memberships) != 2 || p.Memberships[0].Organisation != "ala" || p.Memberships[0].To.IsZero() || p.Memberships[0].Name != "Comune di ala" ||
		p.Current(w.clock.now()).Organisation != "nuova" || p.Current(w.clock.now()).Category != lms.CategoryOfficer {
		t.Errorf("%+v", p.Memberships)
	}
	again, err := w.People.Find(t.Context(), admin, rita.ID)
	w.ok(err)
	now := lms.ActorOf(again, w.clock.now(), lms.Everything)
	if got := now.Roots(lms.Referent); !slices.Equal(got, []lms.OrganisationID{"nuova"}) {
		t.Errorf("%v", got)
	}
	if n, err := w.People.Count(t.Context(), now, "nuova"); err != nil || n != 2 {
		t.Errorf("%d %v", n, err)
	}
	if seen, err := w.Learning.Standing(t.Context(), now, st.Enrolment.ID); err != nil || seen.Enrolment.Member.Organisation != "ala" {
		t.Errorf("%v %+v", err, seen.Enrolment.Member)
	}
	if v, err := w.Register.Verify(t.Context(), string(st.Enrolment.Certificate())); err != nil || v.State != lms.Valid {
		t.Errorf("%v %+v", err, v)
	}
	w.clock.pass(time.Hour)
	w.ok(w.enti.Settle(t.Context()))
	if once, err := w.People.Find(t.Context(), admin, leo.ID); err != nil || len(once.Memberships) != 2 || !once.Memberships[0].To.Equal(p.Memberships[0].To) {
		t.Errorf("%v %+v", err, once.Memberships)
	}
	_, err = w.People.Add(t.Context(), admin, lms.NewPerson{Login: "nuovo", Given: "Nuovo", Family: "Rossi", Organisation: "ala"})
	w.kind(err, lms.Invalid, "organisation")
}

func TestACycleInTheTreeIsRefused(t *testing.T) {
	w := newTown(t)
	w.org("valle", "")
	w.org("ala", "valle")
	w.org("bosco", "ala")
	w.edit("organisations", "ala", func(o map[string]any) { o["within"] = []string{"bosco", "ala"} })
	w.under("valle", "valle", func(o *lms.Organisation) { o.Within = []lms.OrganisationID{"valle"} })
	w.edit("organisations", "bosco", func(o map[string]any) { o["within"] = []string{"bosco", "ala", "bosco"} })
	w.kind(w.enti.Settle(t.Context()), lms.Conflict, "")
}
