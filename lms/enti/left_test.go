package enti_test

import (
	"slices"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/enti"
)

// otherRegion is a list that holds another region and nothing of ours.
const otherRegion = "Codice Comune formato alfanumerico;Denominazione in italiano;Denominazione Regione;Denominazione provincia\n" +
	"001001;Lontano;Piemonte;Torino\n001002;Remoto;Piemonte;Torino\n"

func open(all []lms.Organisation) (n int) {
	for _, o := range all {
		if o.Kind == lms.KindComune && o.Ceased.IsZero() {
			n++
		}
	}
	return n
}

// What is not in the files ceases only where it is asked for, and never by files of another region or cut short; all the rest is carried out.
func TestWhatIsNotInTheFilesStaysUnlessItIsAgreed(t *testing.T) {
	made := newWorld(32)
	part := func(n int) enti.Files {
		cut := made
		cut.comuni = made.comuni[:n]
		return cut.files(t, shape{})
	}
	for name, c := range map[string]struct {
		files  enti.Files
		rule   string // "" where nothing is in doubt
		absent int
	}{
		"another region":    {enti.Files{ISTAT: []byte(otherRegion), Region: "Piemonte"}, "ceased.none", 32},
		"a quarter of it":   {part(8), "ceased.few", 24},
		"less than half":    {part(15), "ceased.few", 17},
		"cut short":         {part(24), "ceased.many", 8},
		"two are not there": {part(30), "", 2},
		"all are there":     {part(32), "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			w.org("associazione", "")
			w.install(made.files(t, shape{}))
			r, err := enti.Read(c.files)
			w.ok(err)
			p, err := w.enti.Prepare(t.Context(), r, enti.Order{Under: "associazione"})
			w.ok(err)
			comuni := slices.DeleteFunc(slices.Clone(p.Absent), func(s enti.Step) bool { return s.After.Kind != lms.KindComune })
			if p.Refused() || p.Doubt != (c.rule != "") || len(comuni) != c.absent || len(p.Of(enti.Gone)) != 0 {
				t.Fatalf("refused %v, in doubt %v, %d absent, %d cease", p.Refused(), p.Doubt, len(comuni), len(p.Of(enti.Gone)))
			}
			if c.rule != "" && !slices.ContainsFunc(p.Findings, func(f enti.Finding) bool { return f.Rule == c.rule && f.Severity == enti.Warning }) {
				t.Errorf("%+v", p.Findings)
			}
			w.ok(w.enti.Install(t.Context(), p, nil))
			if n := open(w.all()); n != 32+len(r.Comuni)*map[bool]int{true: 1}[c.rule == "ceased.none"] {
				t.Errorf("%d comuni are open", n)
			}
			again, err := w.enti.Prepare(t.Context(), r, enti.Order{Under: "associazione"})
			w.ok(err)
			if !again.Empty() || len(again.Absent) != len(p.Absent) {
				t.Errorf("again: %d steps, %d absent", len(again.Steps), len(again.Absent))
			}
			p, err = w.enti.Prepare(t.Context(), r, enti.Order{Under: "associazione", Cease: true})
			w.ok(err)
			if p.Refused() != (c.rule != "") || len(p.Absent) != 0 {
				t.Fatalf("refused %v, %d absent", p.Refused(), len(p.Absent))
			}
			if c.rule != "" {
				w.kind(w.enti.Install(t.Context(), p, nil), lms.Conflict, "")
				return
			}
			w.ok(w.enti.Install(t.Context(), p, nil))
			if n := open(w.all()); n != 32-c.absent {
				t.Errorf("%d comuni are open", n)
			}
			if again := w.install(c.files); !again.Empty() {
				t.Errorf("again: %d steps", len(again.Steps))
			}
		})
	}
}

// The list of all of Italy says where our comuni are: another region of it is a second one, and is asked about.
func TestAnotherRegionOfTheWholeListIsAskedAbout(t *testing.T) {
	w := newTown(t)
	w.org("associazione", "")
	f := newWorld(16).files(t, shape{})
	w.install(f)
	f.Region = "Altra Regione"
	p := w.plan(f)
	if p.Refused() || len(p.Absent) != 0 || !slices.ContainsFunc(p.Findings, func(f enti.Finding) bool { return f.Rule == "region.other" && f.Args[0] == "16" }) {
		t.Errorf("%+v", p.Findings)
	}
}

// An import is confirmed with what was agreed: nothing ceases by the way.
func TestWhatIsAgreedWhenAnImportIsConfirmed(t *testing.T) {
	for name, c := range map[string]struct {
		comuni int // of 32 in the files
		agreed enti.Agreed
		kind   lms.ErrorKind
		open   int
	}{
		"nothing":                    {30, enti.Agreed{}, 0, 32},
		"to cease":                   {30, enti.Agreed{Cease: true}, 0, 30},
		"nothing, in doubt":          {8, enti.Agreed{}, lms.Conflict, 32},
		"to cease, in doubt":         {8, enti.Agreed{Cease: true}, lms.Conflict, 32},
		"to cease after all":         {8, enti.Agreed{Cease: true, Leave: true}, lms.Conflict, 32},
		"to leave them, in doubt":    {8, enti.Agreed{Leave: true}, 0, 32},
		"to leave what is not there": {30, enti.Agreed{Leave: true}, 0, 32},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			w.org("associazione", "")
			made := newWorld(32)
			w.install(made.files(t, shape{}))
			capo := w.person("capo", "associazione", lms.Administrator)
			last := w.all()[0]
			for _, o := range w.all() {
				if o.Codes.ISTAT == made.comuni[31].code {
					last = o
				}
			}
			w.person("leo", last.ID, lms.Learner)
			made.comuni = made.comuni[:c.comuni]
			i, err := w.enti.Check(t.Context(), capo, made.files(t, shape{}), "associazione")
			w.ok(err)
			_, p, err := w.enti.Look(t.Context(), capo, i.ID)
			w.ok(err)
			if n, err := w.enti.Working(t.Context(), capo, p); err != nil || n != 1 {
				t.Errorf("%d people: %v", n, err)
			}
			end, err := w.enti.Start(t.Context(), capo, i.ID, c.agreed)
			if c.kind != 0 {
				w.kind(err, c.kind, "")
			} else {
				w.ok(err)
				<-end
			}
			if n := open(w.all()); n != c.open {
				t.Errorf("%d comuni are open", n)
			}
		})
	}
}

// What ceased is reopened by its administrators, and by nobody else; what was taken over is not.
func TestWhatCeasedIsReopened(t *testing.T) {
	w := newTown(t)
	w.before()
	w.install(edges(t))
	ctx, capo := t.Context(), w.person("capo", "associazione", lms.Administrator)
	w.kind(w.enti.Reopen(ctx, lms.Actor{}, "comune-ponte"), lms.SignIn, "")
	w.kind(w.enti.Reopen(ctx, w.person("rita", "associazione", lms.Referent), "comune-ponte"), lms.Forbidden, "")
	w.kind(w.enti.Reopen(ctx, w.person("altro", "fuori", lms.Administrator), "comune-ponte"), lms.NotFound, "")
	w.kind(w.enti.Reopen(ctx, capo, "comune-pietralta"), lms.Conflict, "")
	if o := w.find("comune-ponte"); o.Ceased.IsZero() {
		t.Fatal("comune-ponte is open")
	}
	for range 2 { // the second time it changes nothing
		w.ok(w.enti.Reopen(ctx, capo, "comune-ponte"))
	}
	if o := w.find("comune-ponte"); !o.Ceased.IsZero() {
		t.Errorf("%+v", o)
	}
	if len(w.acts) != 1 || w.acts[0].Verb != "enti.reopen" || w.acts[0].Object != "comune-ponte" || w.acts[0].Details["ceased"] != today().Format(time.DateOnly) {
		t.Errorf("%+v", w.acts)
	}
	w.person("nuova", "comune-ponte", lms.Learner)
}

// A union that is there already is named by its code or its name, without the file of IndicePA; so are comuni.
func TestMembersOfAUnionThatIsThere(t *testing.T) {
	for _, c := range []struct{ union, comune string }{
		{"u_000", "091002"}, {"U_000", "91002"}, {"Unione di Comuni Borgo Fiorito", "c_p001"}, {"u_000", "Castel fiorito"}, {"u_000", "Comune di Castel fiorito"},
	} {
		t.Run(c.union+" "+c.comune, func(t *testing.T) {
			w := newTown(t)
			w.org("associazione", "")
			f := newWorld(16).files(t, shape{})
			w.install(f)
			f.IPA, f.Members = nil, []byte("unione;comune\n"+c.union+";"+c.comune+"\n")
			p := w.install(f)
			moved := p.Of(enti.Moved)
			if len(moved) != 1 || moved[0].After.Codes.ISTAT != "091002" || w.find(moved[0].Above).Codes.IPA != "u_000" {
				t.Errorf("%+v %+v", p.Steps, p.Findings)
			}
			if again := w.plan(f); !again.Empty() {
				t.Errorf("again: %+v", again.Steps)
			}
		})
	}
}
