package audit

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// Say puts a role, and what is known besides of an act, in words.
type Say struct {
	Role  func(lms.Role) string
	Pairs func(map[string]string) string // on one line, in the order of their names
}

// Plain says everything as it is kept.
func Plain() Say { return Say{Role: func(r lms.Role) string { return string(r) }, Pairs: pairs} }

// Table is acts as a table to be exported, in a language: the times as they are in Italy, and each row's hash, so that it can be found in the chain.
func (l *Log) Table(lang string, say Say, acts iter.Seq2[Entry, error]) sheet.Table {
	t := sheet.Table{Name: "Azioni", Columns: []sheet.Column{
		{Title: "N."}, {Title: "Data e ora"}, {Title: "Chi"}, {Title: "Ruolo"}, {Title: "Azione"}, {Title: "Persona"}, {Title: "Oggetto"}, {Title: "Ente"},
		{Title: "Dettagli"}, {Title: "Dati personali"}, {Title: "Id di chi"}, {Title: "Id della persona"}, {Title: "Hash"},
	}}
	erased := "cancellati"
	if lang == "en" {
		t.Name, erased = "Acts", "erased"
		for i, title := range []string{"No", "Date and time", "Who", "Role", "Act", "Person", "Object", "Organisation", "Details", "Personal data", "Id of who", "Id of person", "Hash"} {
			t.Columns[i].Title = title
		}
	}
	t.Columns[0].Kind = sheet.Number
	t.Rows = func(yield func([]any, error) bool) {
		for e, err := range acts {
			if err != nil {
				yield(nil, err)
				return
			}
			where := ""
			if n := len(e.Within); n > 0 {
				where = string(e.Within[n-1])
			}
			personal := say.Pairs(e.Personal)
			if e.Erased {
				personal = erased
			}
			row := []any{
				e.Seq, e.At.In(l.rome).Format(time.DateTime), e.ByName, say.Role(e.Role), Words(e.Verb, lang), e.PersonName, e.Object, where, say.Pairs(e.Details), personal,
				string(e.By), string(e.Person), string(e.Hash()),
			}
			if !yield(row, nil) {
				return
			}
		}
	}
	return t
}

// pairs writes names and values on one line, in the order of the names.
func pairs(m map[string]string) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, fmt.Sprintf("%s: %s", k, m[k]))
	}
	return strings.Join(out, "; ")
}
