package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"

	"github.com/chromedp/chromedp"
)

// installed is an installation as README's "MongoDB and S3" describes it, begun in an empty database and an empty bucket: the program, a
// proxy in front of it that does TLS, and a browser that finds the proxy under the public name. A demo can be none of this.
type installed struct {
	stores
	h      *hall
	data   string  // the server's own folder
	behind *server // the program, which this machine's commands reach
	public *server // the same by its public address, as browsers know it
}

const publicHost = "corsi.test"

// TestServicesJourney makes the journey in an installation on MongoDB's protocol and S3. Nothing is put into the stores behind the
// program's back: whoever takes part came in by a command, a page and an activation link, and so did the course.
func TestServicesJourney(t *testing.T) {
	if missing := missingForBrowser(); missing != "" {
		skip(t, missing)
	}
	in := install(t, newStores(t, "https://"+publicHost))
	who := in.settle(t)
	got := makeJourney(t, in.h, in.public, who)
	in.kept(t, who, got)
}

func install(t *testing.T, on stores) *installed {
	t.Helper()
	in := &installed{stores: on, h: &hall{}, data: t.TempDir(), public: &server{url: "https://" + publicHost}}
	in.h.build(t)
	in.behind = in.h.install(t, in.at(in.data, "serve", "--trust-proxy", "127.0.0.1")...)
	t.Cleanup(func() { in.behind.stop(t) })
	in.h.startChromium(t, leadingTo(inFront(t, in.behind))...)
	return in
}

// inFront is the proxy: it ends TLS and passes on what it is asked, with the name it was asked under. It speaks HTTP/2, as proxies do with
// browsers; in HTTP/1, Go's loses an answer now and then that comes while it still looks for the end of a form (golang/go issue 40747).
func inFront(t *testing.T, s *server) *httptest.Server {
	t.Helper()
	u, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewUnstartedServer(httputil.NewSingleHostReverseProxy(u))
	proxy.EnableHTTP2 = true
	proxy.StartTLS()
	t.Cleanup(proxy.Close)
	return proxy
}

// leadingTo makes a browser find the proxy under the public name, and trust the proxy's key and no other.
func leadingTo(proxy *httptest.Server) []chromedp.ExecAllocatorOption {
	key := sha256.Sum256(proxy.Certificate().RawSubjectPublicKeyInfo)
	return []chromedp.ExecAllocatorOption{
		chromedp.Flag("host-resolver-rules", fmt.Sprintf("MAP %s %s", publicHost, proxy.Listener.Addr())),
		chromedp.Flag("ignore-certificate-errors-spki-list", base64.StdEncoding.EncodeToString(key[:])),
	}
}

// aula runs a command beside the server, with a folder of its own: it and the server share the stores alone.
func (in *installed) aula(t *testing.T, words ...string) outcome {
	t.Helper()
	return in.h.run(t, in.at(t.TempDir(), words...)...).want(0)
}

// settle is the first day: two organisations, an administrator who adds an author and a learner, and the author's course.
func (in *installed) settle(t *testing.T) cast {
	t.Helper()
	who := cast{
		learner: account{"lucia@example.it", longPassword}, administrator: account{"elena@example.it", longPassword},
		name: "Lucia Ferrero", ente: "Comune di Pietralta", issuer: "Associazione dei Comuni",
	}
	in.aula(t, "admin", "organisation", "associazione", who.issuer, "--place", "Torino", "--signatory", "Elena Marchetti", "--signatory-as", "Direttrice")
	in.aula(t, "admin", "organisation", "comune-pietralta", who.ente, "--parent", "associazione")
	added := in.aula(t, "admin", "add", who.administrator.login, "--given", "Elena", "--family", "Marchetti", "--organisation", "associazione")
	admin := in.public.browser(t, in.h)
	activate(admin, linkIn(t, added), "Elena")

	admin.open("/amministrazione/persone/nuova")
	addPerson(admin, "Bruno", "Galli", "bruno@example.it", who.issuer, "Autore")
	link := handedOver(admin, "Bruno")
	author := in.public.browser(t, in.h)
	activate(author, link, "Bruno")
	if out, err := in.h.publish(in.behind, author.publishToken(), filepath.Join("testdata", "breve")); err != nil {
		t.Fatalf("publish: %v\n%s", err, out)
	}

	admin.open("/amministrazione/persone/nuova")
	addPerson(admin, "Lucia", "Ferrero", who.learner.login, who.ente, "")
	link = handedOver(admin, "Lucia")
	activate(in.public.browser(t, in.h), link, "Lucia")
	return who
}

// TestServicesYear plays the year of an ente on MongoDB's protocol and S3, with letters that go over SMTP.
func TestServicesYear(t *testing.T) {
	if missing := missingForBrowser(); missing != "" {
		skip(t, missing)
	}
	box, address := newLetterbox(t)
	on := newStores(t, "https://"+publicHost)
	on.env = append(on.env, "AULA_SMTP="+address, "AULA_MAIL_FROM=Aula <noreply@example.it>")
	in := install(t, on)
	in.aula(t, "admin", "organisation", "associazione", "Associazione dei Comuni", "--place", "Torino", "--signatory", "Elena Marchetti", "--signatory-as", "Direttrice")
	added := in.aula(t, "admin", "add", "bruno@example.it", "--given", "Bruno", "--family", "Galli", "--organisation", "associazione", "--role", "author")
	author := in.public.browser(t, in.h)
	activate(author, linkIn(t, added), "Bruno")
	if out, err := in.h.publish(in.behind, author.publishToken(), filepath.Join("testdata", "breve")); err != nil {
		t.Fatalf("publish: %v\n%s", err, out)
	}
	added = in.aula(t, "admin", "add", "elena@example.it", "--given", "Elena", "--family", "Marchetti", "--organisation", "associazione")
	admin := in.public.browser(t, in.h)
	activate(admin, linkIn(t, added), "Elena")
	letters := box.mailbox()
	ada, bea := playYear(admin, letters, func() *browser { return in.public.browser(t, in.h) })
	token := author.publishToken()
	playWebinar(admin, letters, ada, bea, func(folder string) (string, error) { return in.h.publish(in.behind, token, folder) })
}

// kept looks into the stores past the server: the register is in the database, the PDF that the learner got is in the bucket, and in the
// server's own folder there is nothing that another node would miss.
func (in *installed) kept(t *testing.T, who cast, got certified) {
	t.Helper()
	rows := registerOf(t, in.open, who.administrator.login, "associazione") // the last first
	if len(rows) != 2 || rows[0].Kind != lms.RowRevoked || rows[1].Kind != lms.RowIssued || string(rows[1].PDF) != got.hash {
		t.Errorf("the register should hold that %s was issued and then revoked, and holds %+v", got.hash, rows)
	}
	house, err := wiring.Open(t.Context(), in.open)
	if err != nil {
		t.Fatal(err)
	}
	defer house.Close()
	if info, err := house.Objects.Stat(t.Context(), "certificates/"+got.hash+".pdf"); err != nil || info.Size != int64(len(got.pdf)) {
		t.Errorf("the PDF in the bucket: %+v %v, the learner got %d bytes", info, err, len(got.pdf))
	}
	if own, err := os.ReadDir(in.data); err != nil || len(own) != 0 {
		t.Errorf("the server keeps to itself: %v %v", own, err)
	}
}
