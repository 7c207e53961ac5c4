package enti_test

import (
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/enti"
)

func TestAMailDomainProposesAnEnte(t *testing.T) {
	w := newTown(t)
	w.before()
	w.install(edges(t))
	for email, want := range map[string][]lms.OrganisationID{
		"anna@comune.agria.ff.example":            {"comune-di-agria"},
		"Anna@POLIZIA.Comune.Agria.FF.example ":   {"comune-di-agria"},
		"anna@ff.example":                         nil,
		"anna@fiori.example":                      {"comune-castro-ff", "comune-nuovo-ponte"},
		"anna@borgofiorito.example":               {"comune-borgo-fiorito"},
		"anna@libero.it":                          nil,
		"anna@pec.agria.example":                  nil,
		"anna@unionealtafiorita.example":          {"unione-dei-comuni-dell-alta-fiorita"},
		"anna":                                    nil,
		"anna@":                                   nil,
		"@comune.agria.ff.example\x00":            nil,
		"anna@xcomune.agria.ff.example":           nil,
		"anna@comune.agria.ff.example.evil.com":   nil,
		"anna@comune.agria.ff.example@altrove.it": nil,
	} {
		got, err := w.enti.Propose(t.Context(), email)
		w.ok(err)
		var ids []lms.OrganisationID
		for _, o := range got {
			ids = append(ids, o.ID)
		}
		if len(ids) != len(want) || len(ids) > 0 && ids[0] != want[0] || len(ids) > 1 && ids[1] != want[1] {
			t.Errorf("%q: %v, want %v", email, ids, want)
		}
	}
}

func TestAReferentConfirmsWhoAsked(t *testing.T) {
	w := newTown(t)
	w.before()
	w.install(edges(t))
	ctx := t.Context()
	anna := enti.Asking{Email: " Anna@comune.agria.ff.example", Given: "Anna", Family: "Bianchi", Office: "Tributi"}
	for _, c := range []struct {
		q     enti.Asking
		field string
	}{
		{enti.Asking{Given: "A", Family: "B"}, "email"},
		{enti.Asking{Email: "a@comune.agria.ff.example", Family: "B"}, "given_name"},
		{enti.Asking{Email: "a@libero.it", Given: "A", Family: "B"}, "organisation"},
		{enti.Asking{Email: "a@fiori.example", Given: "A", Family: "B"}, "organisation"},
		{enti.Asking{Email: "a@comune.agria.ff.example", Given: "A", Family: "B", Organisation: "comune-castro"}, "organisation"},
	} {
		w.kind(w.enti.Ask(ctx, c.q), lms.Invalid, c.field)
	}
	w.ok(w.enti.Ask(ctx, anna))
	anna.Office = "Ragioneria"
	w.ok(w.enti.Ask(ctx, anna))
	rita, other := w.person("rita", "comune-di-agria", lms.Referent), w.person("piero", "comune-castro", lms.Referent)
	waiting, _, err := w.enti.Waiting(ctx, rita, "comune-di-agria", lms.PageAt{Limit: 10})
	if err != nil || len(waiting) != 1 || waiting[0].Office != "Ragioneria" || waiting[0].Email != "anna@comune.agria.ff.example" {
		t.Fatalf("%v %+v", err, waiting)
	}
	id := waiting[0].ID
	_, _, err = w.enti.Waiting(ctx, other, "comune-di-agria", lms.PageAt{})
	w.kind(err, lms.NotFound, "")
	_, err = w.enti.Confirm(ctx, other, id, "comune-castro")
	w.kind(err, lms.NotFound, "")
	w.kind(w.enti.Refuse(ctx, other, id), lms.NotFound, "")
	w.kind(w.enti.Refuse(ctx, w.person("leo", "comune-di-agria", lms.Learner), id), lms.Forbidden, "")
	_, err = w.enti.Confirm(ctx, rita, id, "comune-castro")
	w.kind(err, lms.Invalid, "organisation")
	added, err := w.enti.Confirm(ctx, rita, id, "")
	if err != nil || added.Link == "" || added.Person.Memberships[0].Organisation != "comune-di-agria" {
		t.Fatalf("%v %+v", err, added)
	}
	_, err = w.enti.Confirm(ctx, rita, id, "")
	w.kind(err, lms.NotFound, "")
	w.ok(w.enti.Ask(ctx, anna)) // who is known already hears nothing else; the referent does
	_, err = w.enti.Confirm(ctx, rita, id, "")
	w.kind(err, lms.Conflict, "email")
	w.ok(w.enti.Refuse(ctx, rita, id))
	if left, _, err := w.enti.Waiting(ctx, rita, "comune-di-agria", lms.PageAt{}); err != nil || len(left) != 0 {
		t.Errorf("%v %+v", err, left)
	}
}

// Who asked an ente that was taken over meanwhile waits at the other.
func TestAProposalFollowsItsEnte(t *testing.T) {
	w := newTown(t)
	w.before()
	_, err := w.Organisations.Amend(t.Context(), "comune-rocca", func(o *lms.Organisation) error { o.Domains = []string{"rocca.example"}; return nil })
	w.ok(err)
	w.ok(w.enti.Ask(t.Context(), enti.Asking{Email: "ugo@rocca.example", Given: "Ugo", Family: "Serra"}))
	w.install(edges(t))
	rita := w.person("rita", "comune-pietralta-roccalago", lms.Referent)
	waiting, _, err := w.enti.Waiting(t.Context(), rita, "comune-pietralta-roccalago", lms.PageAt{})
	if err != nil || len(waiting) != 1 || waiting[0].Organisation != "comune-pietralta-roccalago" {
		t.Fatalf("%v %+v", err, waiting)
	}
	if _, err := w.enti.Confirm(t.Context(), rita, waiting[0].ID, ""); err != nil {
		t.Error(err)
	}
}
