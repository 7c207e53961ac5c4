package ledger_test

import (
	"slices"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/enti"
	"aulacomune/lms/ledger"
)

// When an ente moves in the tree, its hours, claims and sums follow: whoever keeps it now sees them, and its new place says what is asked.
func TestHoursFollowTheirEnte(t *testing.T) {
	b := newBooks(t)
	tree, err := enti.Open(t.Context(), enti.Ports{Engine: b.Engine, School: b.School, Follow: []enti.Follow{b.Ledger.Follow}, Now: b.Now})
	b.OK(err)
	b.webinar("uno", b.anna, 90, "2026-02-03", "")
	c := b.claim(b.anna, "Un corso", 300)
	b.OK(b.SetPolicy(t.Context(), b.beside, "bosco", ledger.Policy{From: "2026-01-01", Minutes: 600, ProRata: true}))
	b.Sweep()
	if _, err := b.Claim(t.Context(), b.beside, c.ID); !lms.Is(err, lms.NotFound) {
		t.Fatal(err)
	}
	place := map[lms.OrganisationID][]lms.OrganisationID{"ala": {"valle", "bosco", "ala"}, "ala-scuola": {"valle", "bosco", "ala", "ala-scuola"}}
	for range 2 {
		for id, within := range place {
			_, err := b.Organisations.Amend(t.Context(), id, func(o *lms.Organisation) error { o.Within = within; return nil })
			b.OK(err)
		}
		b.OK(b.Ledger.Follow(t.Context(), "ala", func(id lms.OrganisationID) []lms.OrganisationID { return place[id] }))
	}
	b.OK(tree.Sweep(t.Context()))
	b.Sweep()
	got, err := b.Claim(t.Context(), b.beside, c.ID)
	if err != nil || !slices.Equal(got.Member.Within, place["ala"]) {
		t.Errorf("%+v %v", got.Member, err)
	}
	sum, err := b.Summary(t.Context(), b.beside, "bosco", 2026)
	b.OK(err)
	if len(sum.Enti) != 3 || sum.Total.Minutes != 90 || sum.Total.People != 10 {
		t.Errorf("%+v", sum)
	}
	for _, g := range sum.Enti {
		if g.Key == "bosco" && g.Sum.Target != 1200 {
			t.Errorf("bosco: %+v", g.Sum)
		}
	}
}
