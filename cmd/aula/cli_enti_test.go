package main

import (
	"os"
	"path/filepath"
	"testing"
)

// fillEnti: a list of comuni is compared, applied, and applied again, on this machine's data.
func fillEnti(t *testing.T, h *hall) {
	data, lists := t.TempDir(), t.TempDir()
	file := func(name, text string) string {
		name = filepath.Join(lists, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	const head = "Codice Comune formato alfanumerico;Denominazione in italiano;Denominazione Regione;Denominazione provincia\n"
	istat := file("comuni.csv", head+"91001;Borgo Fiorito;Terra Fiorita;Fiorino\n91002;Pietralta;Terra Fiorita;Fiorino\n")
	enti := func(words ...string) outcome {
		return h.run(t, append(append([]string{"enti"}, words...), "--data", data)...)
	}
	enti("import", "--istat", istat, "--region", "Terra Fiorita").want(1, "aula admin organisation associazione")
	h.run(t, "admin", "organisation", "associazione", "Associazione", "--data", data).want(0)
	enti("import", "--istat", istat, "--region", "Piemonte").want(1, "--region", "the file has Terra Fiorita")
	enti("import", "--istat", file("altro.csv", "a;b\n1;2\n"), "--region", "Terra Fiorita").want(1, "--istat", "codice comune formato alfanumerico")
	enti("import", "--istat", filepath.Join(lists, "manca.csv"), "--region", "Terra Fiorita").want(2, "manca.csv")
	enti("import", "--istat", istat).want(2, "--region")
	enti("import", "--istat", istat, "--region", "terra fiorita", "--under", "altrove").want(1, "under")
	enti("import", "--istat", istat, "--region", "terra fiorita", "--dry-run").want(0, "New: 3", "+ comune-pietralta Comune di Pietralta, below provincia-di-fiorino", "Coverage: 0 of 2 comuni", "A dry run: nothing was changed.")
	enti("list").want(0, "Associazione associazione")
	enti("import", "--istat", istat, "--region", "terra fiorita").want(0, "Done: 3 organisations.")
	enti("import", "--istat", istat, "--region", "terra fiorita").want(0, "Unchanged: 3", "Nothing to do.")
	enti("list", "--kind", "comune").want(0, "Comune di Borgo Fiorito comune-borgo-fiorito comune 091001")
	enti("list", "--under", "manca").want(1, "manca")

	short := file("corto.csv", head+"91002;Pietralta;Terra Fiorita;Fiorino\n")
	enti("import", "--istat", short, "--region", "terra fiorita").want(0, "? comune-borgo-fiorito")
	enti("list", "--kind", "comune").want(0, "comune-borgo-fiorito comune 091001 Comune di Pietralta")
	enti("import", "--istat", short, "--region", "terra fiorita", "--cease").want(0, "Done: 1 organisation")
	enti("list", "--kind", "comune", "--ceased").want(0, "comune-borgo-fiorito comune 091001 ceased")
}
