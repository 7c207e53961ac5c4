package roll

import (
	"slices"
	"strings"

	"aulacomune/lms"
)

// Field is something a file of people may say of them.
type Field string

// The fields of a file of people.
const (
	Given        Field = "given_name"
	Family       Field = "family_name"
	Email        Field = "email"
	Login        Field = "login"
	Organisation Field = "organisation"
	Office       Field = "office"
	Category     Field = "category"
	Role         Field = "role"
)

// Fields lists the fields in the order of the template.
func Fields() []Field {
	return []Field{Family, Given, Email, Login, Organisation, Office, Category, Role}
}

// Headings are the headings by which a column is known, folded; the first is that of the template, as people write it.
func (f Field) Headings() []string {
	return map[Field][]string{
		Given:        {"nome", "given name", "name", "first name"},
		Family:       {"cognome", "family name", "surname", "last name"},
		Email:        {"e-mail", "e mail", "email", "posta", "posta elettronica", "indirizzo email", "mail"},
		Login:        {"nome utente", "login", "utente", "username"},
		Organisation: {"ente", "codice ente", "organisation", "comune"},
		Office:       {"ufficio", "servizio", "settore", "office"},
		Category:     {"categoria", "qualifica", "category"},
		Role:         {"ruolo", "role"},
	}[f]
}

// Columns says which column of a file holds a field: from 0; a field that is not there is not in the map.
type Columns map[Field]int

// Guess finds the columns by their headings. The first of two that say the same counts.
func Guess(headings []string) Columns {
	out := Columns{}
	for i, h := range headings {
		for _, f := range Fields() {
			if _, there := out[f]; !there && slices.Contains(f.Headings(), lms.Fold(h)) {
				out[f] = i
				break
			}
		}
	}
	return out
}

// missing are the fields without which nobody can be added.
func (c Columns) missing() (out []Field) {
	for _, f := range []Field{Family, Given} {
		if _, ok := c[f]; !ok {
			out = append(out, f)
		}
	}
	_, email := c[Email]
	if _, login := c[Login]; !email && !login {
		out = append(out, Email)
	}
	return out
}

// person is what a row says of somebody.
func (c Columns) person(cell func(int) string) lms.NewPerson {
	get := func(f Field) string {
		if i, ok := c[f]; ok {
			return strings.TrimSpace(cell(i))
		}
		return ""
	}
	return lms.NewPerson{
		Given: get(Given), Family: get(Family), Email: get(Email), Login: get(Login), Organisation: lms.OrganisationID(get(Organisation)), Office: get(Office),
		Category: category(get(Category)), Role: role(get(Role)),
	}
}

// category reads a category as people write it: in either gender, or by the area of the contract.
func category(v string) lms.Category {
	switch f := lms.Fold(v); f {
	case "amministratrice", "assessore", "assessora", "sindaco", "sindaca", "consigliere", "consigliera":
		return lms.CategoryElected
	case "dirigenti", "segretario", "segretaria":
		return lms.CategoryManager
	case "funzionaria", "funzionari", "elevata qualificazione", "eq":
		return lms.CategoryOfficer
	case "impiegata", "impiegati", "istruttore", "istruttrice", "operatore", "operatrice":
		return lms.CategoryEmployee
	default:
		return lms.Category(f)
	}
}

// role reads a role as people write it.
func role(v string) lms.Role {
	switch lms.Fold(v) {
	case "", "dipendente", "discente", "partecipante", "learner":
		return lms.Learner
	case "responsabile", "manager":
		return lms.Manager
	case "referente", "referent":
		return lms.Referent
	case "docente", "formatore", "formatrice", "instructor":
		return lms.Instructor
	case "autore", "autrice", "author":
		return lms.Author
	case "amministratore", "amministratrice", "administrator":
		return lms.Administrator
	}
	return lms.Role(v)
}
