package front

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"aulacomune/lms"
)

func page(t *testing.T, rooms ...Room) (*Site, error) {
	t.Helper()
	m, err := LoadMessages(os.DirFS("../messages"))
	if err != nil {
		t.Fatal(err)
	}
	return New(Options{URL: "https://aula.example", Assets: &AssetSet{}, Messages: m, Rooms: rooms})
}

// TestRoomsDoNotClash: two rooms with one address, page or part are refused, whichever comes first.
func TestRoomsDoNotClash(t *testing.T) {
	file := func(name, text string) fstest.MapFS { return fstest.MapFS{name: {Data: []byte(text)}} }
	routes := []Route{{Method: "GET", Path: "/a", Who: Anyone}}
	for _, c := range []struct {
		want string
		a, b Room
	}{
		{"GET /a is a page of room one and of room two", Room{Name: "one", Routes: routes}, Room{Name: "two", Routes: routes}},
		{"page list of room two", Room{Name: "one", Templates: file("templates/list.html", `{{define "main"}}{{end}}`)}, Room{Name: "two", Templates: file("templates/list.html", `{{define "main"}}{{end}}`)}},
		{`a part "part/x" already`, Room{Name: "one", Templates: file("templates/parts/a.html", `{{define "part/x"}}1{{end}}`)}, Room{Name: "two", Templates: file("templates/parts/b.html", `{{define "part/x"}}2{{end}}`)}},
		{"page error of room two", Room{Name: "one"}, Room{Name: "two", Templates: file("templates/error.html", `{{define "main"}}{{end}}`)}},
		{`no such template`, Room{Name: "one"}, Room{Name: "two", Templates: file("templates/list.html", `{{define "main"}}{{template "part/none"}}{{end}}`)}},
	} {
		if _, err := page(t, c.a, c.b); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// TestMenus: everybody sees the sections they may open, in their places, and the address belongs to the innermost; of the desk, the groups and the sections
// of each.
func TestMenus(t *testing.T) {
	s, err := page(t,
		Room{Name: "one", Menu: []Section{{Label: "nav.admin", Address: "/amministrazione", Who: Signed, Place: 60, Desk: true}, {Label: "nav.courses", Address: "/corsi", Who: Anyone, Place: 10}},
			Desk: []Section{{Label: "admin.overview", Address: "/amministrazione", Who: Admin, Place: 10, Group: Training}, {Label: "admin.register", Address: "/amministrazione/registro", Also: []string{"/amministrazione/attestati"}, Who: Admin, Place: 80, Group: Office}}},
		Room{Name: "two", Desk: []Section{{Label: "admin.people", Address: "/amministrazione/persone", Who: Keeper, Place: 20, Group: People}, {Label: "nav.help", Address: "/piani", Who: Leader, Place: 30, Group: Training}}},
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		role       lms.Role
		address    string
		menu, desk string
	}{
		{"", "/corsi", "/corsi=page", ""},
		{"", "/corsi-altri", "/corsi=", ""},
		{lms.Learner, "/corsi/x", "/corsi=true", ""},
		{lms.Administrator, "/amministrazione", "/corsi= /amministrazione=page", "/amministrazione/persone= /amministrazione=true[/amministrazione=page /piani=] /amministrazione/registro="},
		{lms.Administrator, "/amministrazione/corsi/x", "/corsi= /amministrazione=true", "/amministrazione/persone= /amministrazione=true[/amministrazione=true /piani=] /amministrazione/registro="},
		{lms.Administrator, "/amministrazione/attestati/x", "/corsi= /amministrazione=true", "/amministrazione/persone= /amministrazione=[/amministrazione= /piani=] /amministrazione/registro=true"},
		{lms.Referent, "/amministrazione/persone", "/corsi= /amministrazione/persone=page", "/amministrazione/persone=page /piani="},
		{lms.Referent, "/amministrazione/persone/x", "/corsi= /amministrazione/persone=true", "/amministrazione/persone=true /piani="},
		{lms.Manager, "/piani", "/corsi= /piani=page", "/piani=page"},
		{lms.Referent, "/piani/x", "/corsi= /amministrazione/persone=true", "/amministrazione/persone= /piani=true"},
	} {
		a := lms.Actor{}
		if c.role != "" {
			a = lms.Actor{ID: "x", Name: "Zoë", Memberships: []lms.Membership{{Organisation: "valle", Role: c.role}}}
		}
		f := s.FrameOf(a, "it", c.address)
		if got := said(f.Menu); got != c.menu {
			t.Errorf("%q at %s: menu %s, want %s", c.role, c.address, got, c.menu)
		}
		var groups []string
		for _, d := range f.Desk {
			one := said([]Entry{d.Entry})
			if d.Entries != nil {
				one += "[" + said(d.Entries) + "]"
			}
			groups = append(groups, one)
		}
		if got := strings.Join(groups, " "); got != c.desk {
			t.Errorf("%q at %s: desk %s, want %s", c.role, c.address, got, c.desk)
		}
	}
}

// TestSectionsHaveGroups: a section of the desk that belongs to no group would be seen by nobody, and keeps the server from starting.
func TestSectionsHaveGroups(t *testing.T) {
	if _, err := page(t, Room{Name: "one", Desk: []Section{{Label: "admin.people", Address: "/persone", Who: Keeper}}}); err == nil || !strings.Contains(err.Error(), "/persone") {
		t.Errorf("%v", err)
	}
}

func said(list []Entry) string {
	var out []string
	for _, e := range list {
		out = append(out, fmt.Sprintf("%s=%s", e.Href, e.Current))
	}
	return strings.Join(out, " ")
}
