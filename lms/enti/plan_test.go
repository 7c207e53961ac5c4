package enti_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aulacomune/lms"
	"aulacomune/lms/enti"
)

// Whichever way the files are written, they say the same.
func TestEveryShapeOfTheFilesGivesOnePlan(t *testing.T) {
	w := newWorld(96)
	first := plan(t, standing()[:1], w.files(t, shape{}))
	if n := len(first.Of(enti.New)); n != 1+8+8+96 || len(first.Coverage.Without) != 1 || first.Coverage.WithIPA != 95 || len(first.Coverage.Loose) != 0 {
		t.Fatalf("%d new; %+v", n, first.Coverage)
	}
	for name, s := range map[string]shape{
		"Windows-1252": {latin: true, crlf: true}, "with a mark": {mark: true, crlf: true}, "columns of 2015": {old: true, latin: true},
		"commas": {comma: true}, "lost zeros": {zeros: true}, "lost zeros, old": {old: true, zeros: true, mark: true, comma: true},
	} {
		t.Run(name, func(t *testing.T) {
			got := plan(t, standing()[:1], w.files(t, s))
			if diff := cmp.Diff(first.Steps, got.Steps); diff != "" {
				t.Error(diff)
			}
			zeros := slices.ContainsFunc(got.Findings, func(f enti.Finding) bool { return f.Rule == "code.zeros" })
			if zeros != s.zeros {
				t.Errorf("%v", got.Findings)
			}
		})
	}
}

func TestBrokenFilesAreUnderstoodOrRefused(t *testing.T) {
	w := newWorld(16)
	whole := w.files(t, shape{})
	istat := string(whole.ISTAT)
	twice := func(s string) string { // UTF-8 that was taken for Windows-1252
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteRune(rune(c))
		}
		return b.String()
	}
	for name, c := range map[string]struct {
		istat string
		rule  string
	}{
		"a title above":             {"Elenco dei comuni\n;;\n" + istat, ""},
		"headings over rows":        {strings.ReplaceAll(strings.ReplaceAll(istat, "\"Codice dell'Unità territoriale sovracomunale \n", "Codice dell'Unità territoriale sovracomunale \n"), "statistici)\";Codice Prov", "statistici);Codice Prov"), ""},
		"saved twice over":          {twice(strings.ReplaceAll(istat, "Pieve fiorito", "Pieve fiorìto")), "text.repaired"},
		"lost letters in headings":  {strings.ReplaceAll(istat, "Unità", "Unit\ufffd"), ""},
		"codes as decimal numbers":  {strings.ReplaceAll(istat, ";091001;Borgo", ";91.001;Borgo"), "code.zeros"},
		"the number instead":        {strings.Replace(istat, ";091001;", ";#RIF!;", 1), ""},
		"an unreadable row or two":  {istat + "31;;;;;;\n31;x;y;z;codice;Nome;Nome;;1;N;Terra Fiorita;P;1;0;XX;nnn;A1\n", "code.istat"},
		"a name that lost a letter": {strings.Replace(istat, ";Pieve fiorito;Pieve fiorito;", ";Pi\ufffdve fiorito;Pi\ufffdve fiorito;", 1), "text.lost"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := enti.Read(enti.Files{ISTAT: []byte(c.istat), Region: "terra  FIORITA"})
			if err != nil || len(r.Comuni) != 16 {
				t.Fatalf("%d comuni, %v, %+v", len(r.Comuni), err, r.Findings)
			}
			if c.rule != "" && !slices.ContainsFunc([]enti.Finding(r.Findings), func(f enti.Finding) bool { return f.Rule == c.rule }) {
				t.Errorf("no %s: %+v", c.rule, r.Findings)
			}
		})
	}
	for name, c := range map[string]struct {
		files enti.Files
		field string
	}{
		"no region":             {enti.Files{ISTAT: whole.ISTAT}, "region"},
		"a region of elsewhere": {enti.Files{ISTAT: whole.ISTAT, Region: "Piemonte"}, "region"},
		"no file":               {enti.Files{Region: madeRegion}, "istat"},
		"an empty file":         {enti.Files{ISTAT: []byte(" \n"), Region: madeRegion}, "istat"},
		"a picture":             {enti.Files{ISTAT: []byte("\x89PNG\r\n\x1a\n\x00\x00"), Region: madeRegion}, "istat"},
		"the files exchanged":   {enti.Files{ISTAT: whole.IPA, IPA: whole.ISTAT, Region: madeRegion}, "istat"},
		"the same file twice":   {enti.Files{ISTAT: whole.ISTAT, IPA: whole.ISTAT, Region: madeRegion}, "ipa"},
		"a huge file":           {enti.Files{ISTAT: make([]byte, 40<<20), Region: madeRegion}, "istat"},
		"other ceased":          {enti.Files{ISTAT: whole.ISTAT, Ceased: whole.IPA, Region: madeRegion}, "ceased"},
		"other members":         {enti.Files{ISTAT: whole.ISTAT, Members: []byte("a;b\n1;2\n"), Region: madeRegion}, "members"},
		"a quote never closed":  {enti.Files{ISTAT: []byte(strings.Replace(istat, ";Pieve fiorito;", ";\"Pieve fiorito;", 1) + strings.Repeat("x;y\n", 20_000)), Region: madeRegion}, "istat"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := enti.Read(c.files)
			(&town{t: t}).kind(err, lms.Invalid, c.field)
		})
	}
}

// Half a file must not make half a region cease.
func TestAFileCutShortIsRefused(t *testing.T) {
	w := newTown(t)
	w.org("associazione", "")
	made := newWorld(96)
	w.install(made.files(t, shape{}))
	half := made
	half.comuni = made.comuni[:80]
	r, err := enti.Read(half.files(t, shape{}))
	w.ok(err)
	p, err := enti.Compare(w.all(), r, enti.Order{Under: "associazione", Cease: true, Now: today()})
	w.ok(err)
	if !p.Refused() || len(p.Of(enti.Gone)) < 10 {
		t.Errorf("%+v", p.Findings)
	}
	w.kind(w.enti.Install(t.Context(), p, nil), lms.Conflict, "")
	half.comuni = made.comuni[:93]
	p = plan(t, w.all(), half.files(t, shape{}))
	if p.Refused() || len(p.Of(enti.Gone)) != 3 {
		t.Errorf("%+v", p.Findings)
	}
}

func (w *town) install(f enti.Files) enti.Plan {
	w.t.Helper()
	r, err := enti.Read(f)
	w.ok(err)
	p, err := w.enti.Prepare(w.t.Context(), r, enti.Order{Under: "associazione", Cease: true})
	w.ok(err)
	w.ok(w.enti.Install(w.t.Context(), p, nil))
	return p
}

func TestTwelveHundredEntiInAFewSeconds(t *testing.T) {
	w := newTown(t)
	w.org("associazione", "")
	made := newWorld(1200)
	f := made.files(t, shape{latin: true, crlf: true})
	start := time.Now()
	p := w.install(f)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
	t.Logf("%d organisations in %v", len(p.Steps), time.Since(start))
	if all := w.all(); len(all) != 1+1+8+100+1200 {
		t.Errorf("%d organisations", len(all))
	}
	again := w.install(f)
	if !again.Empty() || again.Unchanged != len(p.Steps) {
		t.Errorf("again: %d steps, %d unchanged", len(again.Steps), again.Unchanged)
	}
}
