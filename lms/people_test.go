package lms_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"aulacomune/lms"
)

// office is a town whose administrator adds people.
type office struct {
	*town
	admin lms.Actor
}

func newOffice(t testing.TB) *office {
	t.Helper()
	w := newTown(t)
	w.org("ala", "")
	w.org("bosco", "")
	return &office{w, w.person("capo", "ala", lms.Administrator)}
}

func (o *office) count(org lms.OrganisationID) int {
	o.t.Helper()
	boss := o.admin
	boss.Memberships = []lms.Membership{{Organisation: org, Within: []lms.OrganisationID{org}, Role: lms.Administrator}}
	n, err := o.People.Count(o.t.Context(), boss, org)
	o.ok(err)
	return n
}

func TestWhatIsWrongWithANewPersonIsSaidAllAtOnce(t *testing.T) {
	o := newOffice(t)
	long := strings.Repeat("x", 101)
	for _, c := range []struct {
		name   string
		person lms.NewPerson
		fields string
	}{
		{"nothing", lms.NewPerson{}, "email family_name given_name"},
		{"only spaces", lms.NewPerson{Given: " ", Family: "\t", Email: " "}, "email family_name given_name"},
		{"no way to sign in", lms.NewPerson{Given: "N", Family: "R"}, "email"},
		{"no address", lms.NewPerson{Given: "N", Family: "R", Email: "nina"}, "email"},
		{"an address with a name", lms.NewPerson{Given: "N", Family: "R", Email: "Nina <nina@ala.example>"}, "email"},
		{"two addresses", lms.NewPerson{Given: "N", Family: "R", Email: "a@ala.example, b@ala.example"}, "email"},
		{"an address with a line", lms.NewPerson{Given: "N", Family: "R", Email: "a@ala.example\r\nBcc: b@c.example"}, "email"},
		{"an address as a login", lms.NewPerson{Given: "N", Family: "R", Login: "nina@ala"}, "login"},
		{"a login with a NUL", lms.NewPerson{Given: "N", Family: "R", Login: "ni\x00na"}, "login"},
		{"a name with a NUL", lms.NewPerson{Given: "N\x00", Family: "R\x1b[31m", Login: "n", Office: "\u0092"}, "family_name given_name office"},
		{"too long", lms.NewPerson{Given: long, Family: long, Office: long, Login: long}, "family_name given_name login office"},
		{"an unknown category", lms.NewPerson{Given: "N", Family: "R", Login: "n", Category: "re"}, "category"},
		{"an unknown role", lms.NewPerson{Given: "N", Family: "R", Login: "n", Role: "root"}, "role"},
		{"an unknown ente", lms.NewPerson{Given: "N", Family: "R", Login: "n", Organisation: "nowhere"}, "organisation"},
		{"another ente", lms.NewPerson{Given: "N", Family: "R", Login: "n", Organisation: "bosco"}, "organisation"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := o.state(t)
			_, err := o.People.Add(t.Context(), o.admin, c.person)
			e, ok := errors.AsType[*lms.Error](err)
			if !ok || e.Kind != lms.Invalid {
				t.Fatalf("got %v", err)
			}
			if got := strings.Join(slices.Sorted(maps.Keys(e.Fields)), " "); got != c.fields {
				t.Errorf("fields %q, want %q", got, c.fields)
			}
			if !slices.Equal(before, o.state(t)) {
				t.Error("something changed")
			}
		})
	}
}

func TestAPersonIsAddedWithALink(t *testing.T) {
	o := newOffice(t)
	got, err := o.People.Add(t.Context(), o.admin, lms.NewPerson{Email: " Nina@Ala.example", Given: " Nina  Maria ", Family: "D’Àvila", Category: lms.CategoryManager, Role: lms.Author})
	o.ok(err)
	p, err := o.Accounts.OpenLink(t.Context(), got.Link)
	if err != nil || p.ID != got.Person.ID || p.Name() != "Nina Maria D’Àvila" || p.Email != "Nina@Ala.example" || p.Password != "" || !p.Activated.IsZero() {
		t.Errorf("%v %+v", err, p)
	}
	a := lms.ActorOf(p, o.clock.now(), lms.Everything)
	if !a.Is(lms.Learner) || !a.Is(lms.Author) || a.Is(lms.Administrator) || a.Memberships[0].Organisation != "ala" {
		t.Errorf("%+v", a)
	}
}

func TestALoginBelongsToOnePerson(t *testing.T) {
	o := newOffice(t)
	_, err := o.People.Install(t.Context(), lms.NewPerson{Email: "Nina@Ala.example", Login: "nina", Given: "N", Family: "R", Organisation: "bosco"})
	o.ok(err)
	for _, c := range []struct {
		name   string
		person lms.NewPerson
		field  string
	}{
		{"the same address", lms.NewPerson{Email: "Nina@Ala.example"}, "email"},
		{"in another case", lms.NewPerson{Email: "nina@ALA.EXAMPLE"}, "email"},
		{"the same login", lms.NewPerson{Login: "NINA"}, "login"},
		{"another address, the same login", lms.NewPerson{Email: "altra@ala.example", Login: "Nina"}, "login"},
		{"another login, the same address", lms.NewPerson{Email: "nina@ala.example", Login: "altra"}, "email"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.person.Given, c.person.Family = "N", "R"
			before := o.state(t)
			_, err := o.People.Add(t.Context(), o.admin, c.person)
			wantKind(t, err, lms.Conflict, c.field)
			if !slices.Equal(before, o.state(t)) {
				t.Error("something changed")
			}
		})
	}
}

func TestSixteenWhoAddOnePersonAddOne(t *testing.T) {
	o := newOffice(t)
	schools := []*lms.School{o.School, o.node()}
	var added atomic.Int32
	together(t, 16, func(i int) error {
		email := "nina@ala.example"
		if i%3 == 0 {
			email = "NINA@ala.example"
		}
		_, err := schools[i%2].People.Add(t.Context(), o.admin, lms.NewPerson{Email: email, Given: "N", Family: fmt.Sprint("R", i)})
		if err == nil {
			added.Add(1)
		}
		if lms.Is(err, lms.Conflict) {
			return nil
		}
		return err
	})
	if n := o.count("ala"); added.Load() != 1 || n != 2 {
		t.Errorf("%d were added, %d people are there", added.Load(), n)
	}
}

func TestPeopleAreFoundByTheBeginningOfAName(t *testing.T) {
	o := newOffice(t)
	for i, name := range [][2]string{{"Nicolò", "D’Angelo"}, {"Ángela", "Dangelico"}, {"Ugo", "De Angelis"}, {"Dario", "Zeni"}, {"ANNA", "dangelo"}} {
		_, err := o.People.Add(t.Context(), o.admin, lms.NewPerson{Login: fmt.Sprint("p", i), Given: name[0], Family: name[1]})
		o.ok(err)
	}
	for text, want := range map[string]string{
		"": "dangelo Dangelico D’Angelo De Angelis Rossi Zeni", "dangel": "dangelo Dangelico", "D'ANGELO": "D’Angelo", "de  angelis u": "De Angelis", "angela": "Dangelico",
		"nicolo": "D’Angelo", "zeni dario": "Zeni", "x": "", "%": "dangelo Dangelico D’Angelo De Angelis Rossi Zeni", "\x00": "dangelo Dangelico D’Angelo De Angelis Rossi Zeni",
	} {
		var got []string
		after := ""
		for {
			page, next, err := o.People.Search(t.Context(), o.admin, "", text, lms.PageAt{After: after, Limit: 2})
			o.ok(err)
			for _, p := range page {
				got = append(got, p.Family)
			}
			if after = next; after == "" {
				break
			}
		}
		a, b := slices.Sorted(slices.Values(got)), strings.Join(got, " ")
		if len(b) != len(want) || len(slices.Compact(a)) != len(got) {
			t.Errorf("%q finds %q, want %q", text, b, want)
		}
	}
	_, _, err := o.People.Search(t.Context(), o.admin, "", "", lms.PageAt{After: "not a cursor"})
	wantKind(t, err, lms.Invalid, "cursor")
}
