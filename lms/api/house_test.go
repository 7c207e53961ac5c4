package api_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/api"
	"aulacomune/lms/cohort"
	"aulacomune/lms/webinar"
	"aulacomune/storage/s3"
	"aulacomune/storage/storagetest"

	"github.com/gofiber/fiber/v2"
)

const publicURL = "https://corsi.example.it"

const password = "una password lunga"

// house is the whole product but its pages, on real engines, with the API listening on a port of its own.
type house struct {
	t      *testing.T
	school *lms.School
	seats  *cohort.Cohorts
	talks  *webinar.Webinars
	api    *api.API
	base   string // of the API
	ahead  atomic.Int64
	log    *logBook
	broken func() // takes the database away
}

// newHouse opens a house with two enti, A and B, and the people of the tests.
func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, log: &logBook{}}
	o := wiring.Options{Data: t.TempDir(), URL: publicURL, Log: slog.New(slog.NewTextHandler(h.log, nil)), Now: h.now}
	engines(t, &o)
	open, err := wiring.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	closed := sync.OnceFunc(func() {
		if err := open.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(closed)
	h.broken = closed
	h.school, h.seats, h.talks = open.School, open.Cohorts, open.Webinars
	h.api = api.New(api.Options{School: open.School, Exporter: open.Exporter, Reports: open.Reports, Webinars: open.Webinars, URL: publicURL + "/", Say: say, Log: o.Log})
	h.listen()
	h.people()
	return h
}

// engines chooses other engines than the embedded ones where the environment asks for them.
func engines(t *testing.T, o *wiring.Options) {
	if os.Getenv("AULA_TEST_ENGINE") == "mongo" {
		o.Database = storagetest.Mongo(t).Source
	}
	if os.Getenv("AULA_TEST_OBJECTS") == "minio" {
		m := storagetest.MinIO(t)
		o.Objects = fmt.Sprintf("s3://%s/aula-api-%d?tls=0", m.Endpoint, time.Now().UnixNano())
		o.Env = func(name string) string {
			return map[string]string{s3.EnvAccessKey: m.AccessKey, s3.EnvSecretKey: m.Secret}[name]
		}
	}
}

// say shows key and arguments instead of a text, so that a test can tell which message it was.
func say(lang, key string, args ...any) string {
	out := lang + ":" + key
	for _, a := range args {
		out += " " + fmt.Sprint(a)
	}
	return out
}

// now is a clock that tests put ahead.
func (h *house) now() time.Time { return time.Now().Add(time.Duration(h.ahead.Load())) }

func (h *house) later(d time.Duration) { h.ahead.Add(int64(d)) }

// listen serves the API as the front door does: bodies come as streams.
func (h *house) listen() {
	app := fiber.New(fiber.Config{
		DisableStartupMessage: true, StreamRequestBody: true, DisablePreParseMultipartForm: true, BodyLimit: 1 << 20,
		ReadTimeout: 10 * time.Second, CaseSensitive: true, UnescapePath: true,
	})
	h.api.Mount(app)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(ln) }()
	h.t.Cleanup(func() {
		if err := app.ShutdownWithTimeout(5 * time.Second); err != nil {
			h.t.Error(err)
		}
		if err := <-ended; err != nil {
			h.t.Error(err)
		}
	})
	h.base = "http://" + ln.Addr().String() + api.Base
}

// people are three of ente A (a learner, an author, an administrator) and two of ente B, and the administrator above both.
func (h *house) people() {
	ctx := h.t.Context()
	for _, o := range []struct{ id, name, parent string }{{"anci", "ANCI", ""}, {"ente-a", "Comune di A", "anci"}, {"ente-b", "Comune di B", "anci"}} {
		_, err := h.school.Organisations.Add(ctx, lms.Organisation{ID: lms.OrganisationID(o.id), Name: o.name, Place: "Ala", Signatory: "Ada Neri", SignatoryAs: "Direttrice"}, lms.OrganisationID(o.parent))
		h.must(err)
	}
	for _, p := range []struct {
		name, org string
		role      lms.Role
	}{
		{"learner-a", "ente-a", lms.Learner}, {"author-a", "ente-a", lms.Author}, {"admin-a", "ente-a", lms.Administrator},
		{"learner-b", "ente-b", lms.Learner}, {"admin-b", "ente-b", lms.Administrator}, {"author-b", "ente-b", lms.Author},
	} {
		_, err := h.school.People.Install(ctx, lms.NewPerson{
			Email: p.name + "@example.it", Given: "Nicolò", Family: "D’" + p.name, Organisation: lms.OrganisationID(p.org), Role: p.role, Category: lms.CategoryOfficer,
		})
		h.must(err)
	}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// as is a client in which somebody is signed in; "" is nobody.
func (h *house) as(name string) client {
	h.t.Helper()
	c := client{h: h}
	if name != "" {
		secret, err := h.school.Accounts.Enter(h.t.Context(), name+"@example.it")
		h.must(err)
		c.token = secret
	}
	return c
}

// withPassword lets a person sign in.
func (h *house) withPassword(name string) {
	ctx := h.t.Context()
	admin, err := h.school.Accounts.Bearer(ctx, h.as("admin-"+name[len(name)-1:]).token)
	h.must(err)
	found, _, err := h.school.People.Search(ctx, admin, "", "", lms.PageAt{})
	h.must(err)
	for _, p := range found {
		if p.Email == name+"@example.it" {
			added, err := h.school.People.NewLink(ctx, admin, p.ID)
			h.must(err)
			_, err = h.school.Accounts.UseLink(ctx, added.Link, password)
			h.must(err)
			return
		}
	}
	h.t.Fatalf("no %s", name)
}

// folder is the author's folder: testdata/course with a video of the reference course.
func folder(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for _, name := range []string{"attrezzi-del-mestiere.mp4", "attrezzi-del-mestiere.jpg"} {
		b, err := fs.ReadFile(content.Reference(), "video/"+name)
		if err != nil {
			t.Fatal(err)
		}
		out["video/lezione"+filepath.Ext(name)] = &fstest.MapFile{Data: b}
	}
	src := os.DirFS("testdata/course")
	err := fs.WalkDir(src, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(src, path)
		out[path] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// pack is what a publisher sends of a folder: the zip of texts, and the media by hash.
func pack(t *testing.T, fsys fs.FS) (zip []byte, uploads []course.Media) {
	t.Helper()
	f, err := content.ReadFolder(t.Context(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := content.Compile(f)
	zip, err = wiring.Pack(f, c)
	if err != nil {
		t.Fatal(err)
	}
	return zip, wiring.Uploads(f, c)
}

// publish brings the course of the tests in, over the API.
func (h *house) publish() []byte {
	h.t.Helper()
	return h.publishFolder(folder(h.t))
}

// publishFolder brings a course in, over the API.
func (h *house) publishFolder(fsys fstest.MapFS) []byte {
	h.t.Helper()
	author := h.as("author-a")
	zip, uploads := pack(h.t, fsys)
	for _, m := range uploads {
		author.put("/media/"+string(m.Hash)+"?name="+filepath.Base(m.Path), fsys[m.Path].Data).want(200)
	}
	author.zip("/courses?note=prima", zip).want(201)
	return zip
}

// publishCopy brings the course in once more under another slug; its media are there.
func (h *house) publishCopy(slug string) {
	h.t.Helper()
	fsys := folder(h.t)
	fsys["course.yaml"].Data = bytes.Replace(fsys["course.yaml"].Data, []byte("slug: prova"), []byte("slug: "+slug), 1)
	zip, _ := pack(h.t, fsys)
	h.as("author-a").zip("/courses", zip).want(201)
}
