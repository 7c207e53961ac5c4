package roll_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/roll"

	"github.com/xuri/excelize/v2"
)

func TestFilesOfPeopleAreReadHoweverTheyAreWritten(t *testing.T) {
	o := newOffice(t)
	book := excelize.NewFile()
	for cell, v := range map[string]string{"A1": "Nome", "B1": "Cognome", "C1": "E-mail", "A2": "Nicolò", "B2": "D’Angelo", "C2": "n@ala.example"} {
		o.ok(book.SetCellStr("Sheet1", cell, v))
	}
	var xlsx bytes.Buffer
	o.ok(book.Write(&xlsx))
	for _, c := range []struct{ name, file string }{
		{"commas", "nome,cognome,email\nNicolò,D’Angelo,n@ala.example\n"},
		{"semicolons", "nome;cognome;email\nNicolò;D’Angelo;n@ala.example\n"},
		{"a mark of the byte order", "\ufeffnome;cognome;email\nNicolò;D’Angelo;n@ala.example\n"},
		{"a mark before quotes", "\ufeff\"nome\";\"cognome\";\"email\"\r\n\"Nicolò\";\"D’Angelo\";\"n@ala.example\"\r\n"},
		{"Windows-1252", "nome;cognome;email\r\nNicol\xf2;D\x92Angelo;n@ala.example\r\n"},
		{"no end of line", "nome;cognome;email\nNicolò;D’Angelo;n@ala.example"},
		{"headings in another order and case", "E-Mail;COGNOME; Nome\nn@ala.example;D’Angelo;Nicolò"},
		{"English headings", "Given name,Family name,Email\nNicolò,D’Angelo,n@ala.example"},
		{"a column nobody knows", "nome;matricola;cognome;email\nNicolò;12;D’Angelo;n@ala.example"},
		{"empty rows", "nome;cognome;email\n\n;;\nNicolò;D’Angelo;n@ala.example\n;;\n ; ; \n"},
		{"spaces around", "nome;cognome;email\n Nicolò ; D’Angelo; n@ala.example "},
		{"a spreadsheet", xlsx.String()},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := o.bring(o.referent, "persone", c.file)
			if i.State != roll.Checked || i.Count != (roll.Count{New: 1}) || len(i.Problems) > 0 {
				t.Errorf("%+v", i)
			}
		})
	}
	if n := o.count("ala"); n != 2 {
		t.Errorf("a dry run made it %d people", n)
	}
}

func TestFilesThatAreNoneAreRefused(t *testing.T) {
	o := newOffice(t)
	many := "nome,cognome,login\n" + strings.Repeat("N,R,x\n", roll.MaxPeople+1)
	before := o.state()
	for name, file := range map[string]string{
		"empty": "", "only headings": "nome;cognome;email\n", "only empty rows": "nome;cognome;email\n;\n;\n", "a quote that never ends": "nome;cognome;email\n\"N;R\n",
		"too many people": many, "a picture": "\x89PNG\r\n\x1a\n\x00\x00", "NULs": "\x00\x00\x00", "a zip": "PK\x03\x04nothing", "too large": strings.Repeat("x", roll.MaxFile+1),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := o.Bring(t.Context(), o.referent, roll.File{Name: "p.csv", Bytes: []byte(file)})
			o.kind(err, lms.Invalid, "file")
		})
	}
	if o.state() != before {
		t.Error("something changed")
	}
}

const mixed = `nome;cognome;email;login;ruolo;categoria;ente;ufficio
Anna;Neri;anna@ala.example;;;Funzionaria;;Anagrafe
Bruno;Neri;BRUNO@ala.example;bruno;responsabile;;ala;
Carla;Neri;Anna@ALA.example;;;;;
Dario;Neri;dario@ala.example;Bruno;;;;
Elena;Neri;elena@ala.example;;imperatrice;;;
Fabio;Neri;fabio@ala.example;;;;bosco;
Gina;Neri;;;;;;
;Neri;hugo@ala.example;;;;;
Ivo;Neri;bice@prova.example;;;;;
Luca;Neri;luca@ala.example;;amministratore;;;
Leo;Prova;leo@prova.example;leo;;impiegato;ala;Tributi
`

func TestADryRunSaysWhatAFileDoes(t *testing.T) {
	o := newOffice(t)
	people := o.count("valle")
	i := o.bring(o.referent, "persone.csv", mixed)
	want := map[int]string{4: "email", 5: "login", 6: "role", 7: "organisation", 8: "email", 9: "given_name", 10: "email", 11: "role"}
	check := func(i roll.Intake) {
		t.Helper()
		if i.Count != (roll.Count{New: 2, Changed: 1, Wrong: len(want)}) {
			t.Fatalf("%+v", i.Count)
		}
		for _, p := range i.Problems {
			if want[p.Line] == "" || p.Fields[want[p.Line]] == "" {
				t.Errorf("line %d: %v, want a word about %q", p.Line, p.Fields, want[p.Line])
			}
		}
	}
	check(i)
	if o.count("valle") != people {
		t.Error("the dry run added somebody")
	}
	_, err := o.Apply(t.Context(), o.beside, i.ID, false)
	o.kind(err, lms.NotFound, "")
	i = o.apply(o.referent, i.ID)
	check(i)
	if got := o.count("valle"); got != people+2 || i.State != roll.Applied {
		t.Errorf("%d people, %s", got, i.State)
	}
	leo := o.again(o.learner.ID)
	if m := leo.Current(o.clock.now()); m.Office != "Tributi" || m.Category != lms.CategoryEmployee || len(leo.Memberships) != 2 {
		t.Errorf("%+v", leo.Memberships)
	}
	_, err = o.Apply(t.Context(), o.referent, i.ID, false)
	o.kind(err, lms.Conflict, "")
	again := o.bring(o.referent, "persone.csv", mixed)
	if again.Count.New != 0 || again.Count.Changed != 0 || again.Count.Kept != 3 {
		t.Errorf("the same file again: %+v", again.Count)
	}
}

func TestAFileIsUndone(t *testing.T) {
	o := newOffice(t)
	i := o.bring(o.referent, "persone.csv", mixed)
	o.clock.pass(time.Hour)
	o.apply(o.referent, i.ID)
	bruno, err := o.house.School.People.ByLogin(t.Context(), "bruno")
	o.ok(err)
	_, err = o.house.School.People.Amend(t.Context(), bruno.ID, func(p *lms.Person) error { p.Activated = o.clock.now(); return nil })
	o.ok(err)
	_, err = o.Undo(t.Context(), o.beside, i.ID)
	o.kind(err, lms.NotFound, "")
	_, err = o.Undo(t.Context(), o.referent, i.ID)
	o.ok(err)
	i = o.wait(o.referent, i.ID)
	if i.State != roll.Undone || i.Stayed != 1 || i.Entered != 1 || i.Removed() != 1 {
		t.Errorf("%+v", i)
	}
	if _, err := o.house.School.People.ByLogin(t.Context(), "anna@ala.example"); !lms.Is(err, lms.NotFound) {
		t.Errorf("who did nothing is still there: %v", err)
	}
	o.again(bruno.ID)
	leo := o.again(o.learner.ID)
	if m := leo.Current(o.clock.now()); m.Office != "" || len(leo.Memberships) != 1 {
		t.Errorf("%+v", leo.Memberships)
	}
	_, err = o.Undo(t.Context(), o.referent, i.ID)
	o.kind(err, lms.Conflict, "")
}

func TestUndoingHasItsDay(t *testing.T) {
	o := newOffice(t)
	i := o.apply(o.referent, o.bring(o.referent, "p.csv", "nome;cognome;email\nA;B;a@ala.example").ID)
	o.clock.pass(31 * 24 * time.Hour)
	_, err := o.Undo(t.Context(), o.referent, i.ID)
	o.kind(err, lms.Conflict, "")
}

func TestColumnsAreMapped(t *testing.T) {
	o := newOffice(t)
	i := o.bring(o.referent, "p.csv", "denominazione;chi è;recapito\nRossi;Ada;ada.rossi@ala.example\n")
	if i.State != roll.Mapping || len(i.Headings) != 3 || len(i.Sample) != 1 {
		t.Fatalf("%+v", i)
	}
	_, err := o.Apply(t.Context(), o.referent, i.ID, false)
	o.kind(err, lms.Conflict, "")
	for name, c := range map[string]roll.Columns{"family_name": {roll.Given: 1, roll.Email: 2}, "email": {roll.Given: 1, roll.Family: 0}, "login": {roll.Login: 9}, "colour": {"colour": 0}} {
		_, err := o.Map(t.Context(), o.referent, i.ID, c)
		o.kind(err, lms.Invalid, name)
	}
	_, err = o.Map(t.Context(), o.referent, i.ID, roll.Columns{roll.Family: 0, roll.Given: 1, roll.Email: 2})
	o.ok(err)
	if i = o.wait(o.referent, i.ID); i.Count.New != 1 {
		t.Errorf("%+v", i)
	}
}

// An import that is cut off anywhere is gone on with, and nobody comes twice.
func TestAnImportThatIsCutOffIsGoneOnWith(t *testing.T) {
	o := newOffice(t)
	var file strings.Builder
	file.WriteString("nome;cognome;login\n")
	const people = 1200
	for n := range people {
		fmt.Fprintf(&file, "N%d;R;persona%d\n", n, n)
	}
	i := o.bring(o.referent, "p.csv", file.String())
	_, err := o.Apply(t.Context(), o.referent, i.ID, false)
	o.ok(err)
	for o.count("ala") < 100 {
		time.Sleep(time.Millisecond)
	}
	o.ok(o.Roll.Close()) // the process goes
	if i, err = o.Intake(t.Context(), o.referent, i.ID); err != nil || i.State != roll.Applying || o.count("ala") >= people {
		t.Fatalf("%v %s, %d people: it was not cut off", err, i.State, o.count("ala"))
	}
	o.clock.pass(time.Minute) // its lease is over
	o.Roll, err = roll.Open(t.Context(), wiring.RollPorts(o.house, o.clock.now))
	o.ok(err)
	t.Cleanup(func() { o.ok(o.Roll.Close()) })
	o.ok(o.Sweep(t.Context()))
	i = o.wait(o.referent, i.ID)
	if i.State != roll.Applied || i.Count.New != people || o.count("ala") != people+2 {
		t.Errorf("%+v, %d people", i.Count, o.count("ala"))
	}
}

// Before anybody is added a keeper sees who would be, and who may be there already.
func TestADryRunSaysWhoAndWhoMayBeThereAlready(t *testing.T) {
	o := newOffice(t)
	i := o.bring(o.referent, "p.csv", "nome;cognome;email;codice fiscale;categoria;ufficio;ruolo\nLÈO;prova;leo.prova@ala.example;X;istruttore;Anagrafe;\nAda;Neri;ada@ala.example;Y;;;responsabile\nADA;Nèri;ada.neri@ala.example;;;;\nLeo;Prova;leo@prova.example;;funzionario;;\n")
	want := []roll.Glance{
		{Line: 2, Name: "prova LÈO", Organisation: "Comune di ala", Office: "Anagrafe", Category: lms.CategoryEmployee, Role: lms.Learner},
		{Line: 3, Name: "Neri Ada", Organisation: "Comune di ala", Role: lms.Manager},
		{Line: 4, Name: "Nèri ADA", Organisation: "Comune di ala", Role: lms.Learner},
		{Line: 5, Name: "Prova Leo", Organisation: "Comune di ala", Category: lms.CategoryOfficer, Role: lms.Learner, Changed: true},
	}
	if !slices.Equal(i.Glances, want) {
		t.Errorf("%+v", i.Glances)
	}
	likely := []roll.Likely{{Line: 2, Name: "prova LÈO", Organisation: "Comune di ala", Person: o.learner.ID}, {Line: 4, Name: "Nèri ADA", Organisation: "Comune di ala", Other: 3}}
	if !slices.Equal(i.Likely, likely) {
		t.Errorf("%+v", i.Likely)
	}
	if i = o.apply(o.referent, i.ID); i.Count.New != 3 || i.Count.Changed != 1 || len(i.Glances)+len(i.Likely) > 0 {
		t.Errorf("%+v", i)
	}
	many := o.bring(o.referent, "p.csv", "nome;cognome;login\n"+strings.Repeat("N;R;x\n", 3)+func() (rows string) {
		for n := range 40 {
			rows += fmt.Sprintf("N;R%d;y%d\n", n, n)
		}
		return rows
	}())
	if g := many.Glances; len(g) != 20 || g[0].Line != 2 || g[1].Line != 5 || g[19].Line != 23 {
		t.Errorf("%+v", g)
	}
}

// An ente is named by whichever of its codes a keeper has at hand, or by its name; never one that they do not keep.
func TestAnEnteIsNamedByItsCodesOrItsName(t *testing.T) {
	o := newOffice(t)
	for _, x := range []lms.Organisation{
		{ID: "comune-pietralta", Name: "Comune di Pietralta d’Agogna", Codes: lms.Codes{ISTAT: "091002", IPA: "c_g123"}},
		{ID: "borgo-uno", Name: "Borgo"}, {ID: "borgo-due", Name: "Borgo"},
	} {
		_, err := o.house.School.Organisations.Add(t.Context(), x, "ala")
		o.ok(err)
	}
	_, err := o.house.School.Organisations.Add(t.Context(), lms.Organisation{ID: "lontano", Name: "Lontano", Codes: lms.Codes{ISTAT: "001001", IPA: "c_z999"}}, "mare")
	o.ok(err)
	for cell, want := range map[string]lms.OrganisationID{
		"": "ala", "comune-pietralta": "comune-pietralta", "091002": "comune-pietralta", "91002": "comune-pietralta", "C_G123": "comune-pietralta", "COMUNE DI PIETRALTA D'AGOGNA": "comune-pietralta",
		"borgo-due": "borgo-due", "Borgo": "", "Pietralta": "", "lontano": "", "001001": "", "c_z999": "", "Lontano": "",
	} {
		t.Run(cell, func(t *testing.T) {
			i := o.bring(o.referent, "p.csv", "nome;cognome;login;ente\nNadia;Neri;nadia;"+cell+"\n")
			if want == "" {
				if i.Count.Wrong != 1 || i.Problems[0].Fields["organisation"] == "" {
					t.Errorf("%+v", i)
				}
				return
			}
			org, err := o.house.School.Organisations.Find(t.Context(), want)
			if err != nil || len(i.Glances) != 1 || i.Glances[0].Organisation != org.Name {
				t.Errorf("%v %+v", err, i)
			}
		})
	}
}

func TestWrongRowsAreGivenBackAsTheyStand(t *testing.T) {
	o := newOffice(t)
	i := o.bring(o.referent, "p.csv", "nome;cognome;email;note\nAda;Neri;ada@ala.example;va bene\nBea;Neri;;senza posta\n")
	_, rows, err := o.WrongRows(t.Context(), o.referent, i.ID)
	o.ok(err)
	var got []roll.WrongRow
	for row, err := range rows {
		o.ok(err)
		got = append(got, row)
	}
	if len(got) != 1 || got[0].Line != 3 || !slices.Equal(got[0].Cells, []string{"Bea", "Neri", "", "senza posta"}) || got[0].Fields["email"] == "" {
		t.Errorf("%+v", got)
	}
	_, _, err = o.WrongRows(t.Context(), o.beside, i.ID)
	o.kind(err, lms.NotFound, "")
}
