package web_test

import (
	"net/http"
	"testing"
)

// TestTheDesk: whoever has a desk begins at what waits for them, finds every section in its group, and is told when nothing waits.
func TestTheDesk(t *testing.T) {
	w := openTown(t)
	const here = "/amministrazione/da-fare"
	mario := w.as("mario")
	mario.page("/").says(t, `<a href="`+here+`">Amministrazione</a>`)
	desk := mario.page(here)
	desk.says(t, `href="`+here+`" aria-current="page">Da fare</a>`, `href="/richieste"`, "richiesta aspetta la tua risposta", `href="/amministrazione/assegnazioni">Formazione</a>`)
	desk.keepsTo(t, "attività da convalidare", `href="/amministrazione/persone"`, `class="subtabs"`)
	rita := w.as("rita")
	rita.page(here).says(t, "attività da convalidare", "persona chiede di entrare", ">Persone</a>", ">Ufficio</a>")
	group := rita.page("/amministrazione/gruppi")
	group.says(t, `href="/amministrazione/persone" aria-current="true">Persone</a>`, `class="subtabs" aria-label="Persone"`, `href="/amministrazione/gruppi" aria-current="page">Gruppi</a>`)
	group.keepsTo(t, `aria-current="page">Persone`, "Ore da convalidare</a>")
	elena := w.as("elena")
	elena.page(here).says(t, "Niente da fare", "Tutte le sezioni", `href="/amministrazione/registro"`)
	for who, want := range map[string]int{"anna": http.StatusForbidden, "ivo": http.StatusForbidden, "": http.StatusUnauthorized} {
		if a := w.as(who).get(here); a.Status != want {
			t.Errorf("%q: %d", who, a.Status)
		}
	}
	if a := rita.get(here + "/attestati"); a.Status != http.StatusForbidden {
		t.Errorf("pending certificates as a referent: %d", a.Status)
	}
	elena.page(here+"/attestati").says(t, "Nessun attestato aspetta")
	w.as("dario").page(here).says(t, "attività da convalidare")
}
