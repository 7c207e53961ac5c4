package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/ledger"

	"pgregory.net/rapid"
)

func TestATallyHoldsWhatItsRowsAddUpTo(t *testing.T) {
	b := newBooks(t)
	b.webinar("uno", b.anna, 90, "2026-02-03", "digitale")
	b.webinar("uno", b.bruno, 2400, "2026-02-03", "digitale")
	b.webinar("due", b.carla, 60, "2026-02-04", "valori")
	b.webinar("due", b.far, 30, "2026-02-04", "")
	b.webinar("vecchio", b.anna, 1000, "2025-02-04", "")
	got, err := b.Summary(t.Context(), b.admin, "ala", 2026)
	b.OK(err)
	if got.Total != (ledger.Sum{People: 8, Active: 3, Reached: 1, Minutes: 2550, Counted: 2550, Target: 8 * 2400}) {
		t.Errorf("total %+v", got.Total)
	}
	want := []ledger.Group{
		{Key: "Anagrafe", Sum: ledger.Sum{People: 1, Active: 1, Minutes: 60, Counted: 60, Target: 2400}},
		{Key: "Segreteria", Sum: ledger.Sum{People: 3, Target: 7200}},
		{Key: "Tributi", Sum: ledger.Sum{People: 3, Active: 2, Reached: 1, Minutes: 2490, Counted: 2490, Target: 7200}},
	}
	if !reflect.DeepEqual(got.Offices, want) {
		t.Errorf("offices %+v", got.Offices)
	}
	if len(got.Areas) != 2 || got.Areas[0].Key != "digitale" || got.Areas[0].Sum.People != 2 || got.Areas[0].Sum.Minutes != 2490 || len(got.Kinds) != 1 || got.Limited {
		t.Errorf("areas %+v, kinds %+v", got.Areas, got.Kinds)
	}
	region, err := b.Summary(t.Context(), b.boss, "valle", 2026)
	b.OK(err)
	if region.Total.Minutes != 2580 || region.Total.People != 11 || len(region.Enti) != 4 || region.Enti[0].Key != "ala" || region.Enti[0].Sum != got.Enti[0].Sum {
		t.Errorf("region %+v of %+v", region.Total, region.Enti)
	}
	old, err := b.Summary(t.Context(), b.admin, "ala", 2025)
	b.OK(err)
	if old.Total.Minutes != 1000 {
		t.Errorf("the year before: %+v", old.Total)
	}
}

// A page shows what was done a moment ago, and a policy that was decided a moment ago counts with the next sweep.
func TestWhatChangedIsCountedAgain(t *testing.T) {
	b := newBooks(t)
	sum := func() ledger.Sum {
		t.Helper()
		got, err := b.Summary(t.Context(), b.admin, "ala", 2026)
		b.OK(err)
		return got.Total
	}
	before := sum()
	id := b.webinar("uno", b.anna, 90, "2026-02-03", "")
	if got := sum(); got.Minutes != before.Minutes+90 {
		t.Errorf("hours: %+v", got)
	}
	_, err := b.Correct(t.Context(), b.admin, id, ledger.Correction{Minutes: 30, Reason: "Era mezz'ora soltanto"})
	b.OK(err)
	if got := sum(); got.Minutes != before.Minutes+30 {
		t.Errorf("a correction: %+v", got)
	}
	b.OK(b.SetTerms(t.Context(), b.admin, b.anna.ID, 2026, ledger.Terms{Share: 50}))
	if got := sum(); got.Target != before.Target-1200 {
		t.Errorf("terms: %+v", got)
	}
	b.OK(b.SetPolicy(t.Context(), b.boss, "valle", ledger.Policy{From: "2026-01-01", Minutes: 30, PartTime: true, ProRata: true}))
	b.Sweep()
	if got := sum(); got.Target != 7*30+15 || got.Reached != 1 {
		t.Errorf("a policy of the ente above: %+v", got)
	}
	b.Person("nuovo", "ala", lms.Learner)
	b.OK(b.Touch(t.Context(), "ala"))
	if got := sum(); got.People != before.People+1 {
		t.Errorf("somebody new: %+v", got)
	}
	b.Person("nuova", "ala", lms.Learner)
	b.Pass(25 * time.Hour)
	b.Sweep()
	if got := sum(); got.People != before.People+2 {
		t.Errorf("somebody new of whom nobody told: %+v", got)
	}
	b.Set(at("2027-01-02T08:00:00Z"))
	b.Sweep()
	all, err := b.Summary(t.Context(), b.boss, "valle", 2027)
	b.OK(err)
	if len(all.Enti) != 4 || all.Total.People != 13 || all.Total.Minutes != 0 {
		t.Errorf("a new year: %+v", all)
	}
}

// Whatever happens in whatever order, with sweeps in between: what is stored is what a rebuild counts, and what the accounts of the people add up to.
func TestARebuildFindsWhatIsStored(t *testing.T) {
	b := newBooks(t)
	people := []lms.Actor{b.anna, b.bruno, b.carla, b.far, b.manager, b.beside}
	keeper := map[lms.OrganisationID]lms.Actor{"ala": b.boss, "bosco": b.boss}
	n := 0
	var rows []ledger.HoursID
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 8).Draw(rt, "acts") {
			who := rapid.SampledFrom(people).Draw(rt, "who")
			day := rapid.SampledFrom([]ledger.Day{"2026-01-01", "2026-02-03", "2025-12-31", "2025-06-30"}).Draw(rt, "day")
			n++
			switch rapid.IntRange(0, 5).Draw(rt, "act") {
			case 0, 1:
				area := rapid.SampledFrom([]ledger.AreaID{"", "digitale", "valori"}).Draw(rt, "area")
				rows = append(rows, b.webinar(fmt.Sprint(n), who, rapid.IntRange(1, 600).Draw(rt, "minutes"), day, area))
			case 2:
				if len(rows) > 0 {
					i := rapid.IntRange(0, len(rows)-1).Draw(rt, "row")
					h, err := b.Correct(t.Context(), keeper["ala"], rows[i], ledger.Correction{Minutes: rapid.IntRange(0, 99).Draw(rt, "minutes"), From: day, To: day, Reason: "Una correzione qualsiasi"})
					b.OK(err)
					rows[i] = h.ID
				}
			case 3:
				org := rapid.SampledFrom([]lms.OrganisationID{"ala", "bosco", "valle"}).Draw(rt, "ente")
				b.OK(b.SetPolicy(t.Context(), b.boss, org, ledger.Policy{From: "2025-01-01", Minutes: rapid.IntRange(0, 900).Draw(rt, "asked"), ProRata: true}))
			case 4:
				b.OK(b.SetTerms(t.Context(), b.boss, who.ID, day.Year(), ledger.Terms{Share: rapid.IntRange(1, 100).Draw(rt, "share")}))
			case 5:
				b.OK(b.Ledger.Sweep(t.Context()))
			}
		}
		b.OK(b.Ledger.Sweep(t.Context()))
		compared, differ, err := b.Rebuild(t.Context(), false)
		if err != nil || len(differ) > 0 || compared < 4 {
			rt.Fatalf("%d compared, %v differ, %v", compared, differ, err)
		}
	})
	for _, year := range []int{2025, 2026} {
		all, err := b.Summary(t.Context(), b.boss, "valle", year)
		b.OK(err)
		var sum ledger.Sum
		accounts, _, err := b.Ledger.People(t.Context(), b.boss, "valle", year, lms.PageAt{})
		b.OK(err)
		for _, a := range accounts {
			sum.Minutes, sum.Target, sum.Counted = sum.Minutes+a.Minutes, sum.Target+a.Target, sum.Counted+a.Counted
			if a.Reached() {
				sum.Reached++
			}
		}
		if sum.Minutes != all.Total.Minutes || sum.Target != all.Total.Target || sum.Counted != all.Total.Counted || sum.Reached != all.Total.Reached || len(accounts) != all.Total.People {
			t.Errorf("%d: the accounts of %d people add up to %+v, the ente says %+v", year, len(accounts), sum, all.Total)
		}
	}
}

func TestARebuildSaysWhatDiffersAndMendsIt(t *testing.T) {
	b := newBooks(t)
	b.webinar("uno", b.anna, 90, "2026-02-03", "")
	b.Sweep()
	b.Edit("hour_tallies", "ala/2026", func(d map[string]any) {
		d["sums"].(map[string]any)["total"].(map[string]any)["minutes"] = 91
	})
	_, differ, err := b.Rebuild(t.Context(), false)
	if err != nil || len(differ) != 1 || differ[0].Organisation != "ala" || differ[0].Stored.Total.Minutes != 91 || differ[0].Real.Total.Minutes != 90 {
		t.Fatalf("%v %v", differ, err)
	}
	if _, differ, err = b.Rebuild(t.Context(), true); err != nil || len(differ) != 1 {
		t.Fatalf("%v %v", differ, err)
	}
	if compared, differ, err := b.Rebuild(t.Context(), false); err != nil || len(differ) != 0 || compared != 8 {
		t.Fatalf("%d %v %v", compared, differ, err)
	}
}

// office adds so many people to an office of an ente, each with so many minutes.
func (b *books) office(org lms.OrganisationID, name string, people, minutes int) {
	b.T.Helper()
	for i := range people {
		a := b.Person(fmt.Sprint(name, i), org, lms.Learner, name)
		b.webinar(name, a, minutes, "2026-02-03", "")
	}
}

// A manager sees their ente by office, without offices of fewer than five whom they don't see one by one.
func TestAManagerSeesOfficesButNoFew(t *testing.T) {
	b := newBooks(t)
	b.office("ala", "Polizia", 9, 60)
	b.office("ala", "Scuole", 6, 30)
	got, err := b.Summary(t.Context(), b.manager, "ala", 2026)
	b.OK(err)
	shown := map[string]int{}
	for _, g := range got.Offices {
		if shown[g.Key] = g.Sum.People; g.Hidden != (g.Sum == ledger.Sum{}) || g.Sum.Target+g.Sum.Reached+g.Sum.Active+g.Sum.Counted > 0 {
			t.Errorf("%+v", g)
		}
	}
	// Anagrafe has one, Segreteria three: together four, so that the smallest of the others goes with them; of Tributi the manager sees all.
	want := map[string]int{"Anagrafe": 0, "Segreteria": 0, "Scuole": 0, "Polizia": 9, "Tributi": 3}
	if !reflect.DeepEqual(shown, want) || !got.Limited || got.TotalHidden || got.Total.People != 22 || got.Areas != nil || got.Categories != nil || got.Kinds != nil || got.Enti != nil {
		t.Errorf("%v, total %+v", shown, got.Total)
	}
	if _, err := b.Summary(t.Context(), b.manager, "bosco", 2026); !lms.Is(err, lms.NotFound) {
		t.Errorf("another ente: %v", err)
	}
}

// A referent compares their ente with the others of the tree: their own is theirs to see, and protects nobody.
func TestAReferentSeesTheRegionButNoFew(t *testing.T) {
	b := newBooks(t)
	b.office("ala-scuola", "Scuola", 8, 60)
	got := b.region(b.referent)
	want := map[string]int{"ala": 7, "ala-scuola": 9, "bosco": -1, "valle": -1}
	if !reflect.DeepEqual(shown(got), want) || !got.TotalHidden || !got.Limited {
		t.Errorf("bosco and valle are two and one, and the referent keeps ala and what is below: %v, total %+v", shown(got), got.Total)
	}
	b.office("bosco", "Bosco", 5, 60)
	if got = b.region(b.referent); !reflect.DeepEqual(shown(got), map[string]int{"ala": 7, "ala-scuola": 9, "bosco": -1, "valle": -1}) || got.TotalHidden || got.Total.People != 24 {
		t.Errorf("bosco has seven, and goes with valle: %v, total %+v", shown(got), got.Total)
	}
	if full := b.region(b.boss); !reflect.DeepEqual(shown(full), map[string]int{"ala": 7, "ala-scuola": 9, "bosco": 7, "valle": 1}) || full.Limited {
		t.Errorf("who keeps all of them: %v", shown(full))
	}
	if _, err := b.Summary(t.Context(), b.anna, "valle", 2026); !lms.Is(err, lms.NotFound) {
		t.Errorf("an employee: %v", err)
	}
}

func (b *books) region(a lms.Actor) ledger.Summary {
	b.T.Helper()
	b.OK(b.Touch(b.T.Context(), "ala", "ala-scuola", "bosco", "valle"))
	b.Sweep()
	got, err := b.Summary(b.T.Context(), a, "valle", 2026)
	b.OK(err)
	return got
}

// shown are the people of each ente that a table tells of; -1 where it is withheld.
func shown(s ledger.Summary) map[string]int {
	out := map[string]int{}
	for _, g := range s.Enti {
		if out[g.Key] = g.Sum.People; g.Hidden {
			out[g.Key] = -1
		}
	}
	return out
}

func TestAManagersPeople(t *testing.T) {
	b := newBooks(t)
	b.webinar("uno", b.anna, 90, "2026-02-03", "")
	b.webinar("uno", b.carla, 90, "2026-02-03", "")
	names := func(accounts []ledger.Account) (out []string) {
		for _, a := range accounts {
			out = append(out, fmt.Sprint(a.Name, " ", a.Minutes))
		}
		return out
	}
	got, next, err := b.Ledger.People(t.Context(), b.manager, "", 2026, lms.PageAt{})
	if want := []string{"Anna Rossi 90", "Bruno Rossi 0"}; err != nil || next != "" || !slices.Equal(names(got), want) {
		t.Fatalf("%v %q %v", names(got), next, err)
	}
	first, next, err := b.Ledger.People(t.Context(), b.manager, "", 2026, lms.PageAt{Limit: 1})
	b.OK(err)
	second, end, err := b.Ledger.People(t.Context(), b.manager, "", 2026, lms.PageAt{After: next, Limit: 1})
	if err != nil || end != "" || !slices.Equal(append(names(first), names(second)...), names(got)) {
		t.Errorf("%v, %v", names(first), names(second))
	}
	b.Course(b.author, "corso", 3)
	_, err = b.Learning.Enrol(t.Context(), b.bruno, "corso")
	b.OK(err)
	b.OK(b.Foresee(t.Context(), b.manager, got))
	if got[1].Forecast != 90 || got[0].Forecast != 90 {
		t.Errorf("%d and %d foreseen", got[0].Forecast, got[1].Forecast)
	}
	b.memberships(b.manager, func(ms []any) []any {
		ms[1].(map[string]any)["reports"] = []any{string(b.carla.ID), "nobody-any-more"}
		return ms
	})
	if got, _, err = b.Ledger.People(t.Context(), b.Again(b.manager), "", 2026, lms.PageAt{}); err != nil || !slices.Equal(names(got), []string{"Carla Rossi 90"}) {
		t.Errorf("by name: %v %v", names(got), err)
	}
	all, _, err := b.Ledger.People(t.Context(), b.referent, "ala", 2026, lms.PageAt{})
	if err != nil || len(all) != 8 { // with the one of the part below
		t.Errorf("%v %v", names(all), err)
	}
}

// Somebody who moved within the tree is told of to each ente as it knows them: row by row people add up to the sums of every organisation.
func TestPeopleAddUpToTheSumsOfTheirEnte(t *testing.T) {
	b := newBooks(t)
	moved := b.Now().AddDate(0, 0, -20)
	for _, a := range []lms.Actor{b.anna, b.carla} {
		_, err := b.School.People.Amend(t.Context(), a.ID, func(p *lms.Person) error {
			p.Memberships[0].From, p.Memberships[0].To = b.Now().AddDate(-1, 0, 0), moved
			p.Memberships = append(p.Memberships, lms.Membership{Organisation: "bosco", Within: []lms.OrganisationID{"valle", "bosco"}, Name: "Comune di bosco", Role: lms.Learner, From: moved})
			return nil
		})
		b.OK(err)
	}
	chance := rand.New(rand.NewPCG(11, 2026))
	for i := range 40 {
		who := []lms.Actor{b.anna, b.bruno, b.carla, b.far, b.below}[chance.IntN(5)]
		b.webinar(fmt.Sprint(i), who, 1+chance.IntN(200), ledger.DayOf(b.Now().AddDate(0, 0, -chance.IntN(40)), b.Rome), "")
	}
	b.Sweep()
	for _, org := range []lms.OrganisationID{"valle", "ala", "ala-scuola", "bosco"} {
		sum, err := b.Summary(t.Context(), b.boss, org, 2026)
		b.OK(err)
		minutes, people := 0, 0
		for at := (lms.PageAt{Limit: 3}); ; {
			found, next, err := b.PeopleOf(t.Context(), b.boss, org, 2026, at)
			b.OK(err)
			for _, a := range found {
				minutes += a.Minutes
				people++
			}
			if at.After = next; next == "" {
				break
			}
		}
		if minutes != sum.Total.Minutes || minutes == 0 {
			t.Errorf("%s: %d people add up to %d minutes, the sum is %d of %d people", org, people, minutes, sum.Total.Minutes, sum.Total.People)
		}
	}
}
