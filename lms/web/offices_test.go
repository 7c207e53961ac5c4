package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestAReferentKeepsPeople: the referent of an ente finds the people's pages, gives the roles a referent may give, and nothing beyond.
func TestAReferentKeepsPeople(t *testing.T) {
	h := open(t)
	h.hire()
	h.finish("anna", breve)
	rita := h.as("rita")
	rita.page("/").says(t, `<a href="/amministrazione/da-fare">Amministrazione</a>`)
	list := rita.page("/amministrazione/persone")
	list.says(t, `href="/amministrazione/persone" aria-current="page">Persone</a>`, "Anna")
	list.keepsTo(t, `href="/amministrazione/registro"`, `href="/amministrazione">`, "Elena")
	person := rita.page("/amministrazione/persone/" + string(h.people["anna"].ID))
	person.says(t, "Prova breve", "n. 1/")
	person.keepsTo(t, `href="/amministrazione/corsi/`, `href="/amministrazione/attestati/`)

	form := rita.page("/amministrazione/persone/nuova").form(t, "/persone/nuova")
	add := func(name, role string) answer {
		return rita.submit(form, url.Values{"given_name": {name}, "family_name": {"Nuova"}, "login": {strings.ToLower(name)}, "role": {role}})
	}
	if a := add("Lia", "author"); a.Status != http.StatusUnprocessableEntity || a.errorOf(t, "role") == "" {
		t.Errorf("a referent makes an author: %d, role: %q", a.Status, a.errorOf(t, "role"))
	}
	if a := add("Lia", "manager"); a.Status != http.StatusTemporaryRedirect {
		t.Errorf("a referent makes a manager: %d", a.Status)
	}
	rita.page("/amministrazione/persone?q=nuova").says(t, "Nuova Lia")
	for _, address := range []string{"/amministrazione", "/amministrazione/registro", "/amministrazione/corsi/" + breve} {
		if a := rita.get(address); a.Status != http.StatusForbidden {
			t.Errorf("%s as a referent: %d", address, a.Status)
		}
	}
	if a := rita.get("/amministrazione/persone/" + string(h.people["elena"].ID)); a.Status != http.StatusNotFound {
		t.Errorf("somebody of another ente: %d", a.Status)
	}
	h.as("mario").page("/").says(t, `<a href="/amministrazione/da-fare">Amministrazione</a>`) // a manager assigns courses, and keeps nobody's data
	for _, who := range []string{"anna", "ivo", "carla"} {
		h.as(who).page("/").keepsTo(t, ">Amministrazione</a>")
	}
}

// TestRolesOnTheForm: who adds a person chooses among the roles they may give.
func TestRolesOnTheForm(t *testing.T) {
	h := open(t)
	h.hire()
	for who, want := range map[string][]string{
		"rita":  {"learner", "manager", "instructor"},
		"dario": {"learner", "manager", "instructor", "author", "referent", "administrator"},
	} {
		body := h.as(who).page("/amministrazione/persone/nuova").Body
		_, choices, _ := strings.Cut(body, `<select id="role"`)
		choices, _, _ = strings.Cut(choices, "</select>")
		var got []string
		for piece := range strings.SplitSeq(choices, `value="`) {
			if value, _, found := strings.Cut(piece, `"`); found && !strings.Contains(value, "=") && value != "" {
				got = append(got, value)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s may give %v, want %v", who, got, want)
		}
	}
}
