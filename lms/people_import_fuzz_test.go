package lms

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzImport(f *testing.F) {
	for _, s := range []string{
		"nome;cognome;email\nAnna;Rossi;a@b.example\n", "\ufeff\"nome\",\"cognome\"\r\n\"A\"\"b\",R\r\n", "nome;cognome\nNicol\xf2;D\x92A\n", "given name,family name,role\nA,B,root", ";;;\n", "nome,cognome\n\"",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		rows, err := readImport(file)
		if err != nil {
			if !Is(err, Invalid) || len(rows) > 0 {
				t.Fatalf("%v with %d rows", err, len(rows))
			}
			return
		}
		if len(rows) == 0 || len(rows) > MaxImport {
			t.Fatalf("%d rows", len(rows))
		}
		line := 1
		for _, r := range rows {
			if r.Line <= line {
				t.Fatalf("line %d after line %d", r.Line, line)
			}
			line = r.Line
			if all := r.Person.Given + r.Person.Family + r.Person.Email + r.Person.Login; !utf8.ValidString(all) {
				t.Fatalf("%q is no text", all)
			}
			checkPerson(&r.Person)
			if r.Person.Given != strings.TrimSpace(r.Person.Given) {
				t.Fatalf("%q", r.Person.Given)
			}
		}
	})
}
