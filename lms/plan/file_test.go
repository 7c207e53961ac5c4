package plan_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"aulacomune/lms"
	"aulacomune/lms/plan"
	"aulacomune/lms/sheet"
	"aulacomune/storage/storagetest"
)

// done waits until nothing goes on with a file.
func (w *town) done(a lms.Actor, f plan.File) plan.File {
	w.T.Helper()
	var err error
	for range 500 {
		if f, err = w.File(w.T.Context(), a, f.ID); err != nil || !f.Working() {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.OK(err)
	if f.Working() {
		w.T.Fatalf("file %s is still %s", f.ID, f.State)
	}
	return f
}

// bring brings a file and waits until it is read.
func (w *town) bring(a lms.Actor, o plan.Order, file string) plan.File {
	w.T.Helper()
	f, err := w.BringFile(w.T.Context(), a, o, "persone.csv", []byte(file))
	w.OK(err)
	return w.done(a, f)
}

func problems(f plan.File) string {
	var out []string
	for _, p := range f.Problems {
		out = append(out, fmt.Sprintf("%d %s %s", p.Line, p.Field, p.Message))
	}
	return strings.Join(out, ", ")
}

// A file is read first and given after; rows with something wrong are passed over, and somebody of another ente is as unknown as nobody.
func TestAssigningFromAFile(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		w.Person("bea", "bosco", lms.Learner)
		order := plan.Order{Course: "corso", Terms: plan.Terms{Due: "2026-06-30"}}
		f := w.bring(w.referent, order, "Nome utente;Scadenza\r\nanna;31/05/2026\r\nmara@ala.example;\r\nbea;\r\nnessuno;\r\nANNA@ala.example;\r\nrita;domani\r\n;31/05/2026\r\n")
		want := "4 login error.person.unknown, 5 login error.person.unknown, 6 login error.import.twice, 7 due error.day, 8 login error.required"
		count := plan.FileCount{New: 2, Wrong: 5}
		if f.State != plan.FileChecked || f.Count != count || problems(f) != want || f.Total != 7 {
			t.Errorf("checked: %+v\n%s", f, problems(f))
		}
		if n := len(w.Letters("", "plan.assigned")); n != 0 {
			t.Errorf("a look wrote %d letters", n)
		}
		_, err := w.GiveFile(t.Context(), w.referent, f.ID)
		w.OK(err)
		if f = w.done(w.referent, f); f.State != plan.FileGiven || f.Count != count || problems(f) != want || f.Sample != nil {
			t.Errorf("given: %+v\n%s", f, problems(f))
		}
		if d := w.mine(w.anna).Duty; d.By != "2026-05-31" {
			t.Errorf("anna has %+v", d)
		}
		if n := len(w.Letters("", "plan.assigned")); n != 2 {
			t.Errorf("%d letters", n)
		}
		w.Kind(second(w.GiveFile(t.Context(), w.referent, f.ID)), lms.Conflict, "error.plan.file.state")
		w.Kind(second(w.MapFile(t.Context(), w.referent, f.ID, plan.Columns{Due: -1})), lms.Conflict, "error.plan.file.state")
		again := w.bring(w.referent, order, "login;entro\nanna;2026-05-31\nmara;2026-07-01\n")
		if want := (plan.FileCount{Changed: 1, Same: 1}); again.Count != want {
			t.Errorf("again: %+v", again.Count)
		}
	})
}

// What a file may be, and what comes of it.
func TestBadFiles(t *testing.T) {
	w := newTown(t)
	order := plan.Order{Course: "corso"}
	long := strings.Repeat("x", 400)
	utf := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune("login\tscadenza\r\nanna\t2026-05-31\r\n")) {
		utf = append(utf, byte(u), byte(u>>8))
	}
	var xlsx bytes.Buffer
	w.OK(sheet.XLSX(&xlsx, sheet.Table{Name: "Persone", Columns: []sheet.Column{{Title: "E-mail"}}, Rows: func(yield func([]any, error) bool) {
		_ = yield([]any{"anna@ala.example"}, nil) && yield([]any{"=1+1"}, nil)
	}}))
	for _, c := range []struct {
		name, file string
		refused    string // message of the field "file"; "" when it is taken
		state      plan.FileState
		count      plan.FileCount
		problems   string
	}{
		{"nothing", "", "error.import.empty", "", plan.FileCount{}, ""},
		{"headings alone", "login;scadenza\r\n", "error.import.empty", "", plan.FileCount{}, ""},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "error.sheet.kind", "", plan.FileCount{}, ""},
		{"a broken workbook", "PK\x03\x04 niente", "error.sheet.broken", "", plan.FileCount{}, ""},
		{"an open quote", "login\n\"anna\n", "error.sheet.quote", "", plan.FileCount{}, ""},
		{"too large", "login\n" + strings.Repeat("anna\n", plan.MaxFile/5), "error.sheet.large", "", plan.FileCount{}, ""},
		{"too many rows", "login\n" + strings.Repeat("x\n", 20_001), "error.sheet.rows", "", plan.FileCount{}, ""},
		{"no known column", "pippo;pluto\nanna;x\n", "", plan.FileMapping, plan.FileCount{}, ""},
		{"Windows-1252", "posta elettronica;note\nanna@ala.example;perch\xe9\n", "", plan.FileChecked, plan.FileCount{New: 1}, ""},
		{"UTF-16", string(utf), "", plan.FileChecked, plan.FileCount{New: 1}, ""},
		{"a workbook with a formula", xlsx.String(), "", plan.FileChecked, plan.FileCount{New: 1, Wrong: 1}, "3 login error.person.unknown"},
		{"formulas", "login\n=cmd|' /C calc'!A0\n@SUM(1)\n'+anna\n", "", plan.FileChecked, plan.FileCount{Wrong: 3}, "2 login error.person.unknown, 3 login error.person.unknown, 4 login error.person.unknown"},
		{"the same person by both names", "login\nanna\nanna@ala.example\nANNA\n", "", plan.FileChecked, plan.FileCount{New: 1, Wrong: 2}, "3 login error.import.twice, 4 login error.import.twice"},
		{"days", "login;entro\nanna;31/02/2026\nmara;2026-13-01\nrita;ieri\n", "", plan.FileChecked, plan.FileCount{Wrong: 3}, "2 due error.day, 3 due error.day, 4 due error.day"},
		{"a long name", "login\n" + long + "\n", "", plan.FileChecked, plan.FileCount{Wrong: 1}, "2 login error.person.unknown"},
	} {
		f, err := w.BringFile(t.Context(), w.referent, order, "../../"+long+".csv", []byte(c.file))
		if c.refused != "" {
			if e, ok := asInvalid(err); !ok || e.Fields["file"] != c.refused {
				t.Errorf("%s: %v, want %s", c.name, err, c.refused)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		f = w.done(w.referent, f)
		if f.State != c.state || f.Count != c.count || problems(f) != c.problems {
			t.Errorf("%s: %s %+v %s", c.name, f.State, f.Count, problems(f))
		}
		if len(f.Name) > 100 || strings.Contains(f.Name, "/") {
			t.Errorf("%s: the file is called %q", c.name, f.Name)
		}
		for _, p := range f.Problems {
			if len(p.Login) > 100 {
				t.Errorf("%s: a login of %d characters is kept", c.name, len(p.Login))
			}
		}
	}
}

func asInvalid(err error) (*lms.Error, bool) {
	e, ok := errors.AsType[*lms.Error](err)
	return e, ok && e.Kind == lms.Invalid
}

// Columns that cannot be told are said by a person; a file belongs to who brought it, is gone on with after a crash, and is forgotten.
func TestAFileIsMappedAndForgotten(t *testing.T) {
	w := newTown(t)
	f := w.bring(w.referent, plan.Order{Course: "corso"}, "chi;quando\nanna;2026-05-31\n")
	if f.State != plan.FileMapping || f.Headings[1] != "quando" || f.Sample[0][0] != "anna" {
		t.Fatalf("%+v", f)
	}
	for field, c := range map[string]plan.Columns{"login": {Login: 2, Due: -1}, "due": {Login: 0, Due: 0}} {
		w.Kind(second(w.MapFile(t.Context(), w.referent, f.ID, c)), lms.Invalid, "")
		if e, ok := asInvalid(second(w.MapFile(t.Context(), w.referent, f.ID, c))); !ok || e.Fields[field] == "" {
			t.Errorf("%+v: %v", c, e)
		}
	}
	_, err := w.MapFile(t.Context(), w.referent, f.ID, plan.Columns{Login: 0, Due: 1})
	w.OK(err)
	if f = w.done(w.referent, f); f.State != plan.FileChecked || f.Count.New != 1 {
		t.Fatalf("mapped: %+v", f)
	}
	if all, err := w.Files(t.Context(), w.referent); err != nil || len(all) != 1 {
		t.Errorf("%d files, %v", len(all), err)
	}
	if all, err := w.Files(t.Context(), w.manager); err != nil || len(all) != 0 {
		t.Errorf("another's: %d files, %v", len(all), err)
	}
	w.OK(w.Close()) // as if the process ended between the answer and the work
	_, err = w.GiveFile(t.Context(), w.referent, f.ID)
	w.OK(err)
	if f, err = w.File(t.Context(), w.referent, f.ID); err != nil || f.State != plan.FileGiving {
		t.Fatalf("%+v, %v", f, err)
	}
	_, w.Plans = w.node(w.Engine)
	w.OK(w.Sweep(t.Context()))
	if f = w.done(w.referent, f); f.State != plan.FileGiven || f.Count.New != 1 || w.mine(w.anna).Duty.By != "2026-05-31" {
		t.Errorf("gone on with: %+v", f)
	}
	w.Pass(15 * 24 * time.Hour)
	w.OK(w.Sweep(t.Context()))
	w.Kind(second(w.File(t.Context(), w.referent, f.ID)), lms.NotFound, "error.plan.file")
	kept := w.bring(w.referent, plan.Order{Course: "corso"}, "login\nanna\n")
	w.OK(w.Erase(t.Context(), w.referent.ID))
	w.Kind(second(w.File(t.Context(), w.referent, kept.ID)), lms.NotFound, "error.plan.file")
	for o, err := range w.Objects.List(t.Context(), "orders/") {
		t.Errorf("left: %s, %v", o.Key, err)
	}
}
