package export_test

import (
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/export"
)

// house is a school with a course of ala, which lies below valle, and people of every kind.
type house struct {
	*wiring.House
	t      *testing.T
	people map[string]lms.Actor
}

func openHouse(t *testing.T) *house {
	t.Helper()
	parts, err := wiring.Open(t.Context(), wiring.Options{Data: t.TempDir(), URL: "https://corsi.example.it/", Log: slog.New(slog.DiscardHandler)})
	must(t, err)
	t.Cleanup(func() { must(t, parts.Close()) })
	h := &house{parts, t, map[string]lms.Actor{"nobody": {}}}
	for _, o := range []struct{ id, parent lms.OrganisationID }{{"valle", ""}, {"ala", "valle"}, {"bosco", "valle"}} {
		_, err := h.School.Organisations.Add(t.Context(), lms.Organisation{ID: o.id, Name: "Comune di " + string(o.id)}, o.parent)
		must(t, err)
	}
	for _, p := range []struct {
		login string
		org   lms.OrganisationID
		role  lms.Role
	}{
		{"author", "ala", lms.Author}, {"admin", "ala", lms.Administrator}, {"boss", "valle", lms.Administrator}, {"learner", "ala", lms.Learner},
		{"author beside", "bosco", lms.Author}, {"admin beside", "bosco", lms.Administrator},
	} {
		n := lms.NewPerson{Login: strings.ReplaceAll(p.login, " ", "."), Given: p.login, Family: "Rossi", Organisation: p.org, Category: lms.CategoryOfficer, Role: p.role}
		made, err := h.School.People.InstallActivated(t.Context(), n, "")
		must(t, err)
		h.people[p.login], err = h.School.Accounts.ActorByLogin(t.Context(), made.Login)
		must(t, err)
	}
	reading, publishing := h.people["author"], h.people["author"]
	reading.Scope, publishing.Scope = lms.ScopeRead, lms.ScopePublish
	h.people["a token that reads"], h.people["a token that publishes"] = reading, publishing
	return h
}

// publish makes the next edition of a folder.
func (h *house) publish(dir, note string) lms.Edition {
	h.t.Helper()
	from, err := wiring.ReadSource(h.t.Context(), os.DirFS(dir))
	must(h.t, err)
	p, err := wiring.PublishHere(h.t.Context(), h.School, h.people["author"], from, wiring.Note{Text: note})
	must(h.t, err)
	return p.Edition
}

// newer is a copy of a course's folder whose title is another.
func newer(t *testing.T, dir, title string) string {
	t.Helper()
	to := t.TempDir()
	must(t, os.CopyFS(to, os.DirFS(dir)))
	manifest, err := os.ReadFile(to + "/course.yaml")
	must(t, err)
	lines := strings.SplitN(string(manifest), "\n", 3)
	must(t, os.WriteFile(to+"/course.yaml", []byte(lines[0]+"\ntitle: "+title+"\n"+lines[2]), 0o644))
	return to
}

// TestWhoMayExport: authors and administrators of the course's owner, and of those above it. To everybody else there is nothing.
func TestWhoMayExport(t *testing.T) {
	h := openHouse(t)
	h.publish("testdata/tutto", "")
	head, err := h.School.Library.Find(t.Context(), "tutto")
	must(t, err)
	for who, want := range map[string]lms.ErrorKind{
		"nobody": lms.SignIn, "learner": lms.NotFound, "author beside": lms.NotFound, "admin beside": lms.NotFound, "a token that publishes": lms.Forbidden,
		"author": lms.Unknown, "admin": lms.Unknown, "boss": lms.Unknown, "a token that reads": lms.Unknown,
	} {
		for _, form := range []export.Form{export.Folder, export.Page} {
			p, err := h.Exporter.Export(t.Context(), h.people[who], "tutto", 1, form)
			if want == lms.Unknown && (err != nil || p.Size == 0) || want != lms.Unknown && !lms.Is(err, want) {
				t.Errorf("%s as %s: %v", form, who, err)
			}
		}
		if may := export.May(h.people[who], head); may != (want == lms.Unknown || who == "a token that publishes") {
			t.Errorf("%s is told %v", who, may)
		}
	}
	for _, x := range []struct {
		slug   course.Slug
		number int
	}{{"tutto", 2}, {"tutto", 0}, {"tutto", -1}, {"altro", 1}} {
		if _, err := h.Exporter.Export(t.Context(), h.people["author"], x.slug, x.number, export.Page); !lms.Is(err, lms.NotFound) {
			t.Errorf("%s@%d: %v", x.slug, x.number, err)
		}
		if _, err := h.Exporter.Edition(t.Context(), x.slug, x.number); x.number != 0 && !lms.Is(err, lms.NotFound) {
			t.Errorf("%s@%d on the command line: %v", x.slug, x.number, err)
		}
	}
}

// TestTheEditionThatIsAskedForLeaves, with whose it is and where it is taken; also one that was withdrawn.
func TestTheEditionThatIsAskedForLeaves(t *testing.T) {
	h := openHouse(t)
	h.publish("testdata/tutto", "")
	h.publish(newer(t, "testdata/tutto", "Rifatto"), "Il titolo")
	_, err := h.School.Publishing.Withdraw(t.Context(), h.people["author"], "tutto", 2, "Un errore")
	must(t, err)
	for number, title := range map[int]string{1: "Tutto &lt;b&gt;in prova&lt;/b&gt;", 2: "Rifatto"} {
		p, err := h.Exporter.Export(t.Context(), h.people["admin"], "tutto", number, export.Page)
		must(t, err)
		body, err := io.ReadAll(p.Open(t.Context(), func() error { return nil }))
		must(t, err)
		for _, want := range []string{"<h1>" + title, "Versione " + string(rune('0'+number)) + " del ", "Comune di ala", `href="https://corsi.example.it/corsi/tutto"`} {
			if !strings.Contains(string(body), want) {
				t.Errorf("edition %d does not say %q", number, want)
			}
		}
	}
	for number, want := range map[int]int{0: 2, 1: 1, 2: 2} {
		if o, err := h.Exporter.Edition(t.Context(), "tutto", number); err != nil || o.Edition.Number != want {
			t.Errorf("number %d on the command line: %d %v", number, o.Edition.Number, err)
		}
	}
}

// TestALostFileIsNamed to who can mend it, and is our fault.
func TestALostFileIsNamed(t *testing.T) {
	h := openHouse(t)
	h.publish("testdata/tutto", "")
	o, err := h.Exporter.Edition(t.Context(), "tutto", 1)
	must(t, err)
	for _, m := range o.Content.Media {
		if m.Path == "video/saluto.mp4" {
			must(t, h.Objects.Remove(t.Context(), "media/"+string(m.Hash)))
		}
	}
	_, err = h.Exporter.Export(t.Context(), h.people["author"], "tutto", 1, export.Folder)
	if !lms.Is(err, lms.Unavailable) || !strings.Contains(err.Error(), "video/saluto.mp4") {
		t.Errorf("%v", err)
	}
	if _, err := h.Exporter.Export(t.Context(), h.people["author"], "tutto", 1, export.Page); err != nil {
		t.Errorf("the page does not need the video: %v", err)
	}
}
