package mail_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	stdmail "net/mail"
	"strings"
	"testing"
	"time"

	"aulacomune/lms/mail"
)

func TestParseSMTP(t *testing.T) {
	for in, want := range map[string]string{
		"smtp://mx.example":                    "mx.example:587 (starttls)",
		"smtp://u@mx.example:2525":             "mx.example:2525 (starttls)",
		"smtp://mx.example:465":                "mx.example:465 (implicit)",
		"smtps://u@mx.example":                 "mx.example:465 (implicit)",
		"smtp://mx.example?tls=implicit":       "mx.example:465 (implicit)",
		"smtp://mx.example?tls=none":           "mx.example:25 (none)",
		"smtp://127.0.0.1:1025":                "127.0.0.1:1025 (none)",
		"smtp://localhost":                     "localhost:25 (none)",
		"smtp://u@[::1]:25":                    "[::1]:25 (none)",
		"smtp://127.0.0.1:587?tls=starttls":    "127.0.0.1:587 (starttls)",
		"smtp://u@mx.example?tls=none":         "", // a password in the clear
		"smtp://u:secret@mx.example":           "", // who lists processes reads it
		"smtps://mx.example?tls=starttls":      "",
		"smtp://mx.example?tls=maybe":          "",
		"smtp://mx.example?tls=none&verify=no": "",
		"smtp://mx.example:0":                  "",
		"smtp://mx.example:99999":              "",
		"smtp://":                              "",
		"http://mx.example":                    "",
		"mx.example:587":                       "",
		"smtp://mx.example/x":                  "",
	} {
		s, err := mail.ParseSMTP(in, "pw")
		switch {
		case err != nil && want != "":
			t.Errorf("%s: %v", in, err)
		case err == nil && s.String() != want:
			t.Errorf("%s: got %s, want %q", in, s, want)
		case err != nil && strings.Contains(err.Error(), "secret"):
			t.Errorf("the error says the password: %v", err)
		}
	}
	if _, err := mail.ParseSMTP("smtp://u@mx.example", ""); err == nil {
		t.Error("a user without a password was taken")
	}
}

// certificate is a self-signed one for this machine, and who trusts it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sheet := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mx.example"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, sheet, sheet, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// Letters go over STARTTLS and over TLS from the first byte, signed in; a server whose certificate nobody vouches for, without TLS, or with another
// password gets none.
func TestSecureLines(t *testing.T) {
	cert, pool := certificate(t)
	for name, c := range map[string]struct {
		implicit, clear, strange bool
		password                 string
		takes                    bool
	}{
		"starttls":              {password: "geheim-segreto", takes: true},
		"implicit":              {implicit: true, password: "geheim-segreto", takes: true},
		"wrong password":        {password: "another"},
		"unknown certificate":   {strange: true, password: "geheim-segreto"},
		"unknown, at once":      {implicit: true, strange: true, password: "geheim-segreto"},
		"server without TLS":    {clear: true, password: "geheim-segreto"},
		"server without, at it": {clear: true, implicit: true, password: "geheim-segreto"},
	} {
		t.Run(name, func(t *testing.T) {
			given := &cert
			if c.clear {
				given = nil
			}
			srv := newServer(t, given, c.implicit, nil)
			how := "?tls=starttls"
			if c.implicit {
				how = "?tls=implicit"
			}
			s, err := mail.ParseSMTP(srv.withUser("aula", how), c.password)
			if err != nil {
				t.Fatal(err)
			}
			s.Timeout = 2 * time.Second
			if !c.strange {
				s.Roots = pool
			}
			l, err := s.Dial(t.Context())
			if (err == nil) != c.takes {
				t.Fatalf("got %v, want a line: %v", err, c.takes)
			}
			if !c.takes {
				return
			}
			if err := l.Send(t.Context(), message()); err != nil {
				t.Fatal(err)
			}
			if err := l.Close(); err != nil {
				t.Error(err)
			}
			if len(srv.messages()) != 1 || srv.secured != 1 || len(srv.auth) != 1 || srv.auth[0] != "aula" {
				t.Errorf("%d messages, %d over TLS, signed in as %v", len(srv.messages()), srv.secured, srv.auth)
			}
		})
	}
}

func message() mail.Message {
	return mail.Message{
		Header: "abc@aula.example", From: stdmail.Address{Name: "Unione dell’Appennino", Address: "noreply@aula.example"},
		To: stdmail.Address{Name: "Niccolò D’Àvila, \"il capo\"", Address: "n@example.it"}, Lang: "it", At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		Rendered: mail.Rendered{Subject: "Perché è così: attività già « avviate » – con un oggetto lungo abbastanza da andare a capo", Text: "Città è\n.\nfine\n", HTML: "<p>Città è</p>"},
		Calendar: []byte("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"), Method: "REQUEST",
	}
}

// What arrives is what was written: names and subjects with accents, text, HTML and calendar as three ways to read one letter.
func TestMessage(t *testing.T) {
	srv := newServer(t, nil, false, nil)
	s, err := mail.ParseSMTP(srv.url(""), "")
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sent := message()
	if err := l.Send(t.Context(), sent); err != nil {
		t.Fatal(err)
	}
	m, err := stdmail.ReadMessage(strings.NewReader(srv.messages()[0]))
	if err != nil {
		t.Fatal(err)
	}
	var words mime.WordDecoder
	subject, err := words.DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != sent.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	for header, want := range map[string]stdmail.Address{"From": sent.From, "To": sent.To} {
		if a, err := stdmail.ParseAddress(m.Header.Get(header)); err != nil || *a != want {
			t.Errorf("%s %v, %v", header, a, err)
		}
	}
	for header, want := range map[string]string{
		"Message-Id": "<abc@aula.example>", "Auto-Submitted": "auto-generated", "Content-Language": "it", "Date": "Mon, 02 Mar 2026 09:00:00 +0000", "User-Agent": "", "X-Mailer": "",
	} {
		if got := m.Header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	wantParts(t, m, []string{"text/plain", "Città è\n.\nfine\n", "text/html", sent.HTML, "text/calendar", string(sent.Calendar)})
}

// wantParts fails unless the message is an alternative of these parts, each a type and its text; the calendar names its method.
func wantParts(t *testing.T, m *stdmail.Message, want []string) {
	t.Helper()
	kind, p, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	r := multipart.NewReader(m.Body, p["boundary"])
	for i := 0; i < len(want); i += 2 {
		part, err := r.NextRawPart()
		if err != nil {
			t.Fatalf("part %d: %v", i/2, err)
		}
		kind, p, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil || kind != want[i] || !strings.EqualFold(p["charset"], "utf-8") || kind == "text/calendar" && p["method"] != "REQUEST" {
			t.Errorf("part %d: %s %v, %v", i/2, kind, p, err)
		}
		var text io.Reader = quotedprintable.NewReader(part)
		if part.Header.Get("Content-Transfer-Encoding") == "base64" {
			text = base64.NewDecoder(base64.StdEncoding, part)
		}
		b, err := io.ReadAll(text)
		if got := strings.TrimSpace(string(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")))); err != nil || got != strings.TrimSpace(strings.ReplaceAll(want[i+1], "\r\n", "\n")) {
			t.Errorf("part %d: %q, %v", i/2, got, err)
		}
	}
	if _, err := r.NextPart(); err != io.EOF { //nolint:errorlint // as multipart gives it
		t.Errorf("there are more parts: %v", err)
	}
}
