package lms_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"aulacomune/lms"
)

func (o *office) imported(t *testing.T, file string, apply bool) []lms.ImportRow {
	t.Helper()
	rows, err := o.People.Import(t.Context(), o.admin, []byte(file), "ala", apply)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestFilesOfPeopleAreReadHoweverTheyAreWritten(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct{ name, file string }{
		{"commas", "nome,cognome,email\nNicolò,D’Angelo,n@ala.example\n"},
		{"semicolons", "nome;cognome;email\nNicolò;D’Angelo;n@ala.example\n"},
		{"a mark of the byte order", "\ufeffnome;cognome;email\nNicolò;D’Angelo;n@ala.example\n"},
		{"a mark before quotes", "\ufeff\"nome\";\"cognome\";\"email\"\r\n\"Nicolò\";\"D’Angelo\";\"n@ala.example\"\r\n"},
		{"Windows-1252", "nome;cognome;email\r\nNicol\xf2;D\x92Angelo;n@ala.example\r\n"},
		{"no end of line", "nome;cognome;email\nNicolò;D’Angelo;n@ala.example"},
		{"headings in another order and case", "E-Mail;COGNOME; Nome\nn@ala.example;D’Angelo;Nicolò"},
		{"English headings", "Given name,Family name,Email\nNicolò,D’Angelo,n@ala.example"},
		{"short English headings", "Name,Surname,Email\nNicolò,D’Angelo,n@ala.example"},
		{"a column nobody knows", "nome;matricola;cognome;email\nNicolò;12;D’Angelo;n@ala.example"},
		{"a cell too many", "nome;cognome;email\nNicolò;D’Angelo;n@ala.example;x;y"},
		{"empty rows", "nome;cognome;email\n\n;;\nNicolò;D’Angelo;n@ala.example\n;;\n ; ; \n"},
		{"spaces around", "nome;cognome;email\n Nicolò ; D’Angelo; n@ala.example "},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := o.imported(t, c.file, false)
			if len(rows) != 1 || rows[0].Err != nil || rows[0].Person.Given != "Nicolò" || rows[0].Person.Family != "D’Angelo" || rows[0].Person.Email != "n@ala.example" {
				t.Errorf("%+v", rows)
			}
		})
	}
}

func TestFilesThatAreNoneAreRefused(t *testing.T) {
	o := newOffice(t)
	many := strings.Builder{}
	many.WriteString("nome,cognome,login\n")
	for i := range 5001 {
		fmt.Fprintf(&many, "N,R,persona%d\n", i)
	}
	for name, file := range map[string]string{
		"empty": "", "only headings": "nome;cognome;email\n", "only empty rows": "nome;cognome\n;\n;\n", "no family name": "nome;email\nN;n@ala.example", "no given name": "cognome;email\nR;n@ala.example",
		"no headings": "Nicolò;D’Angelo;n@ala.example\n", "a quote that never ends": "nome;cognome\n\"N;R\n", "5,001 people": many.String(), "a picture": "\x89PNG\r\n\x1a\n\x00\x00", "NULs": "\x00\x00\x00",
	} {
		t.Run(name, func(t *testing.T) {
			before := o.state(t)
			_, err := o.People.Import(t.Context(), o.admin, []byte(file), "ala", true)
			wantKind(t, err, lms.Invalid, "file")
			if !slices.Equal(before, o.state(t)) {
				t.Error("something changed")
			}
		})
	}
}

const mixed = `nome;cognome;email;login;ruolo;categoria;ente;ufficio
Anna;Neri;anna@ala.example;;;Funzionario;;Anagrafe
Bruno;Neri;BRUNO@ala.example;bruno;autore;;ala;
Carla;Neri;Anna@ALA.example;;;;;
Dario;Neri;dario@ala.example;Bruno;;;;
Elena;Neri;elena@ala.example;;imperatrice;;;
Fabio;Neri;fabio@ala.example;;;;bosco;
Gina;Neri;;;;;;
;Neri;hugo@ala.example;;;;;
Ivo;Neri;nota@ala.example;;;;;
Luca;Neri;luca@ala.example;capo;;;;
`

// wantMixed is the field each line of the file above is refused for.
func wantMixed(t *testing.T, rows []lms.ImportRow) {
	t.Helper()
	want := []string{"", "", "email", "login", "role", "organisation", "email", "given_name", "email", "login"}
	if len(rows) != len(want) {
		t.Fatalf("%d rows", len(rows))
	}
	for i, field := range want {
		r := rows[i]
		if r.Line != i+2 || (field == "") != (r.Err == nil) || field != "" && r.Err.Fields[field] == "" {
			t.Errorf("line %d: %v, want a word about %q", r.Line, r.Err, field)
		}
	}
}

func TestADryRunSaysWhatAnImportDoes(t *testing.T) {
	o := newOffice(t)
	_, err := o.People.Install(t.Context(), lms.NewPerson{Email: "Nota@ala.example", Given: "N", Family: "R", Organisation: "bosco"})
	o.ok(err)
	before := o.state(t)
	wantMixed(t, o.imported(t, mixed, false))
	if !slices.Equal(before, o.state(t)) {
		t.Error("a dry run changed something")
	}
	rows := o.imported(t, mixed, true)
	wantMixed(t, rows)
	if n := o.count("ala"); n != 3 {
		t.Errorf("%d people", n)
	}
	for _, r := range rows {
		p, err := o.Accounts.OpenLink(t.Context(), r.Link)
		if r.Err == nil && (err != nil || p.Given != r.Person.Given) {
			t.Errorf("the link of %s: %v", r.Person.Given, err)
		}
		if r.Err != nil && r.Link != "" {
			t.Errorf("%s was refused and has a link", r.Person.Given)
		}
	}
	before = o.state(t)
	for _, r := range o.imported(t, mixed, true) {
		if r.Err == nil || r.Link != "" {
			t.Errorf("line %d was added again", r.Line)
		}
	}
	if !slices.Equal(before, o.state(t)) {
		t.Error("the second import changed something")
	}
}

func TestAWholeEnteIsImported(t *testing.T) {
	o := newOffice(t)
	var file strings.Builder
	file.WriteString("nome,cognome,login\n")
	for i := range 150 {
		fmt.Fprintf(&file, "N%d,R,persona%d\n", i, i)
	}
	o.imported(t, file.String(), true)
	if n := o.count("ala"); n != 151 {
		t.Errorf("%d people", n)
	}
}
