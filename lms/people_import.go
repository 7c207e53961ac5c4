package lms

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// ImportRow is one line of a file of people: what would be, or was, done with it.
type ImportRow struct {
	Line   int // in the file, from 1
	Person NewPerson
	Err    *Error // what is wrong with it; nil when it can be added
	Link   string // after the import: the secret of the activation link, unless it was sent by mail
}

// MaxImport is the largest number of people in one file.
const MaxImport = 5000

// importColumns are the headings a file may have, in Italian and English, folded.
func importColumns() map[string]func(*NewPerson, string) {
	set := map[string]func(*NewPerson, string){}
	for _, c := range []struct {
		names []string
		put   func(*NewPerson, string)
	}{
		{[]string{"nome", "given name", "name"}, func(n *NewPerson, v string) { n.Given = v }},
		{[]string{"cognome", "family name", "surname"}, func(n *NewPerson, v string) { n.Family = v }},
		{[]string{"email", "e mail", "posta"}, func(n *NewPerson, v string) { n.Email = v }},
		{[]string{"login", "nome utente", "utente"}, func(n *NewPerson, v string) { n.Login = v }},
		{[]string{"ente", "organisation", "codice ente"}, func(n *NewPerson, v string) { n.Organisation = OrganisationID(strings.TrimSpace(v)) }},
		{[]string{"ufficio", "office"}, func(n *NewPerson, v string) { n.Office = v }},
		{[]string{"categoria", "category"}, func(n *NewPerson, v string) { n.Category = Category(Fold(v)) }},
		{[]string{"ruolo", "role"}, func(n *NewPerson, v string) { n.Role = importRole(v) }},
	} {
		for _, name := range c.names {
			set[name] = c.put
		}
	}
	return set
}

func importRole(v string) Role {
	switch Fold(v) {
	case "autore", "author":
		return Author
	case "amministratore", "amministratrice", "administrator":
		return Administrator
	case "responsabile", "manager":
		return Manager
	case "referente", "referent":
		return Referent
	case "docente", "formatore", "formatrice", "instructor":
		return Instructor
	case "", "dipendente", "discente", "learner":
		return Learner
	}
	return Role(v)
}

// Import reads a CSV of people (comma or semicolon, UTF-8 or Windows-1252, with a header). With apply false it only says what it would do; with apply
// true it adds the good rows, and leaves the others with what is wrong.
func (s *People) Import(ctx context.Context, a Actor, file []byte, org OrganisationID, apply bool) ([]ImportRow, error) {
	if err := a.MustKeep(); err != nil {
		return nil, err
	}
	rows, err := readImport(file)
	if err != nil {
		return nil, err
	}
	seen := map[string]int{}
	for i := range rows {
		r := &rows[i]
		if r.Person.Organisation == "" {
			r.Person.Organisation = org
		}
		if err := s.importRow(ctx, a, r, seen, apply); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// importRow checks one row and adds it where asked; what is wrong with the row stays in it, and only a fault of ours is returned.
func (s *People) importRow(ctx context.Context, a Actor, r *ImportRow, seen map[string]int, apply bool) error {
	o, err := s.check(ctx, a, &r.Person)
	if err == nil {
		err = s.unique(ctx, r, seen)
	}
	if err == nil && apply {
		var added Added
		added, err = s.add(ctx, r.Person, o)
		r.Link = added.Link
	}
	if e, ok := errors.AsType[*Error](err); ok && (e.Kind == Invalid || e.Kind == Conflict) {
		r.Err, err = e, nil
	}
	return err
}

// unique refuses a login that stands twice in the file or is known already.
func (s *People) unique(ctx context.Context, r *ImportRow, seen map[string]int) error {
	fields := map[string]string{}
	for field, login := range r.Person.logins() {
		if seen[login] > 0 {
			fields[field] = "error.import.twice"
		}
	}
	if len(fields) > 0 {
		return &Error{Kind: Invalid, Message: "error.invalid", Fields: fields}
	}
	for _, login := range r.Person.logins() {
		seen[login] = r.Line
	}
	return s.free(ctx, r.Person)
}

func readImport(file []byte) ([]ImportRow, error) {
	text := strings.TrimPrefix(DecodeText(file), "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	head, _, _ := strings.Cut(text, "\n")
	if strings.Count(head, ";") > strings.Count(head, ",") {
		r.Comma = ';'
	}
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	header, err := r.Read()
	if err != nil {
		return nil, &Error{Kind: Invalid, Message: "error.import.empty", Fields: map[string]string{"file": "error.import.empty"}, Err: err}
	}
	puts, err := importHeader(header)
	if err != nil {
		return nil, err
	}
	var rows []ImportRow
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, &Error{Kind: Invalid, Message: "error.import.broken", Fields: map[string]string{"file": "error.import.broken"}, Err: err}
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue // spreadsheets write the empty rows below the last one
		}
		line, _ := r.FieldPos(0)
		row := ImportRow{Line: line}
		for i, cell := range cells[:min(len(cells), len(puts))] {
			if puts[i] != nil {
				puts[i](&row.Person, cell)
			}
		}
		if rows = append(rows, row); len(rows) > MaxImport {
			return nil, Wrong("file", "error.import.many")
		}
	}
	if len(rows) == 0 {
		return nil, Wrong("file", "error.import.empty")
	}
	return rows, nil
}

func importHeader(cells []string) ([]func(*NewPerson, string), error) {
	columns := importColumns()
	puts := make([]func(*NewPerson, string), len(cells))
	found := map[string]bool{}
	for i, c := range cells {
		puts[i] = columns[Fold(c)]
		found[Fold(c)] = true
	}
	for _, either := range [][]string{{"cognome", "family name", "surname"}, {"nome", "given name", "name"}} {
		if !slices.ContainsFunc(either, func(name string) bool { return found[name] }) {
			return nil, &Error{Kind: Invalid, Message: "error.import.column", Fields: map[string]string{"file": "error.import.column"}, Err: fmt.Errorf("no column %q", either[0])}
		}
	}
	return puts, nil
}

// DecodeText reads bytes that are not UTF-8 as Windows-1252, which spreadsheets still write; Latin-1 is a part of it.
func DecodeText(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out strings.Builder
	for _, c := range b {
		out.WriteRune(charmap.Windows1252.DecodeByte(c))
	}
	return out.String()
}
