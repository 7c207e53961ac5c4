package enti_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/enti"
)

var update = flag.Bool("update", false, "write the golden files anew")

func today() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "edge", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// edges are files with everything that goes wrong in them.
func edges(t testing.TB) enti.Files {
	return enti.Files{ISTAT: read(t, "istat.csv"), IPA: read(t, "ipa.csv"), Ceased: read(t, "ceased.csv"), Members: read(t, "members.csv"), Region: "Terra Fiorita"}
}

// org is an organisation below others.
func org(id, name string, kind lms.OrganisationKind, codes lms.Codes, above ...lms.OrganisationID) lms.Organisation {
	return lms.Organisation{ID: lms.OrganisationID(id), Name: name, Kind: kind, Codes: codes, Within: append(slices.Clone(above), lms.OrganisationID(id))}
}

// standing is the tree before: with enti that were added by hand, moved by hand, renamed by hand, and taken over since.
func standing() []lms.Organisation {
	c := func(istat, cadastral, name string) lms.Codes {
		return lms.Codes{ISTAT: istat, Cadastral: cadastral, Name: name}
	}
	return []lms.Organisation{
		org("associazione", "Associazione dei Comuni", "", lms.Codes{}),
		org("altrove", "Comune di Altrove", lms.KindComune, c("001001", "A001", "Comune di Altrove"), "associazione"),
		org("comune-di-agria", "comune di agria", "", lms.Codes{}, "associazione"),
		org("provincia-montelago", "Provincia di Montelago", lms.KindProvince, c("092", "", "Provincia di Montelago"), "associazione"),
		org("pilota", "Gruppo pilota", "", lms.Codes{}, "associazione"),
		org("comune-castro", "Comune di Castro", lms.KindComune, c("092001", "X004", "Comune di Castro"), "associazione", "pilota"),
		org("comune-san-bernardo", "Comune di San Bernardo", lms.KindComune, c("092002", "X005", "Comune di San Bernardo"), "associazione", "provincia-montelago"),
		org("comune-pietralta", "Comune di Pietralta", lms.KindComune, c("092010", "X020", "Comune di Pietralta"), "associazione", "provincia-montelago"),
		org("comune-rocca", "Comune di Rocca del Lago", lms.KindComune, c("092011", "X021", "Comune di Rocca del Lago"), "associazione", "provincia-montelago"),
		org("comune-diviso", "Comune di Diviso", lms.KindComune, c("091020", "X022", "Comune di Diviso"), "associazione"),
		org("comune-ponte", "Comune di Ponte", lms.KindComune, c("091023", "X023", "Comune di Ponte"), "associazione"),
		org("comune-frati", "Città di Ca’ dei Frati", lms.KindComune, c("091044", "X007", "Comune di Ca' dei Frati"), "associazione"),
		org("unione-sciolta", "Unione Sciolta", lms.KindUnion, lms.Codes{IPA: "u_sciolta", Name: "Unione Sciolta"}, "associazione", "provincia-montelago"),
		org("ufficio-x", "Ufficio", lms.KindOffice, lms.Codes{}, "associazione", "provincia-montelago", "comune-pietralta"),
		org("fuori", "Comune di Borgo Fiorito", "", lms.Codes{}),
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "edge", name)
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want := read(t, name); !bytes.Equal(got, want) {
		t.Errorf("%s is\n%s\nand should be\n%s", name, got, want)
	}
}

func plan(t testing.TB, current []lms.Organisation, f enti.Files) enti.Plan {
	t.Helper()
	r, err := enti.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	p, err := enti.Compare(current, r, enti.Order{Under: "associazione", Cease: true, Now: today()})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestADryRunSaysEverything(t *testing.T) {
	for name, current := range map[string][]lms.Organisation{"empty.txt": standing()[:1], "standing.txt": standing()} {
		var b bytes.Buffer
		if err := plan(t, current, edges(t)).Text(&b, 0); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
	}
}
