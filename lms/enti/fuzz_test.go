package enti_test

import (
	"io"
	"slices"
	"testing"
	"unicode/utf8"

	"aulacomune/lms"
	"aulacomune/lms/enti"
)

// FuzzISTAT: whatever is uploaded as ISTAT's list, it is refused or gives a plan that makes sense.
func FuzzISTAT(f *testing.F) {
	f.Add(read(f, "istat.csv"))
	f.Add(newWorld(16).istat(f, shape{old: true, latin: true, crlf: true}))
	f.Add([]byte("Codice Comune formato alfanumerico;Denominazione in italiano;Denominazione Regione;Denominazione dell'Unità\n1;;Terra Fiorita;\n"))
	f.Fuzz(func(t *testing.T, file []byte) { makesSense(t, enti.Files{ISTAT: file, Region: madeRegion}) })
}

// FuzzIPA is the same for IndicePA's list.
func FuzzIPA(f *testing.F) {
	istat := newWorld(16).istat(f, shape{})
	f.Add(read(f, "ipa.csv"))
	f.Add(newWorld(16).ipa(f, shape{comma: true, zeros: true}))
	f.Add([]byte("Codice_IPA\tDenominazione_ente\tCodice_Categoria\tCodice_comune_ISTAT\tSito_istituzionale\nx\tCOMUNE D'A\tL6\t91001\thttp://[::1]:80\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		makesSense(t, enti.Files{ISTAT: istat, IPA: file, Region: madeRegion})
	})
}

// FuzzCeased is the same for the comuni that ceased, and those of unions.
func FuzzCeased(f *testing.F) {
	w := newWorld(16)
	f.Add(read(f, "ceased.csv"), read(f, "members.csv"))
	f.Add([]byte("Codice Comune;Codice del Comune associato\n91001;91002\n91002;91001\n"), []byte("unione;comune\nu_000;91001\n"))
	f.Fuzz(func(t *testing.T, ceased, members []byte) {
		files := w.files(t, shape{})
		files.Ceased, files.Members = ceased, members
		makesSense(t, files)
	})
}

func makesSense(t *testing.T, f enti.Files) {
	r, err := enti.Read(f)
	if err != nil {
		if !lms.Is(err, lms.Invalid) {
			t.Fatal(err)
		}
		return
	}
	for _, current := range [][]lms.Organisation{standing()[:1], standing()} {
		p, err := enti.Compare(current, r, enti.Order{Under: "associazione", Now: today()})
		if err != nil {
			t.Fatal(err)
		}
		ids := map[lms.OrganisationID]bool{"associazione": true}
		for _, o := range current {
			ids[o.ID] = true
		}
		for _, s := range p.Steps {
			if s.Is(enti.New) && ids[s.After.ID] {
				t.Errorf("%s is given twice", s.After.ID)
			}
			ids[s.After.ID] = true
			if !utf8.ValidString(s.After.Name) || s.After.Name == "" || s.After.ID == "" {
				t.Errorf("%+v", s.After)
			}
		}
		for _, s := range p.Steps {
			if !ids[s.Above] || s.Above == s.After.ID {
				t.Errorf("%s lies below %q", s.After.ID, s.Above)
			}
		}
		if slices.ContainsFunc(p.Findings, func(f enti.Finding) bool { return f.In("it") == "" || f.In("en") == "" }) {
			t.Error("a finding without words")
		}
		if err := p.Text(io.Discard, 3); err != nil {
			t.Error(err)
		}
	}
}
