package main

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
)

// letterbox is a mail server on this machine that keeps what it takes.
type letterbox struct{ letters chan string }

// NewSession begins to take letters.
func (b *letterbox) NewSession(*smtp.Conn) (smtp.Session, error) { return b, nil }
func (b *letterbox) Reset()                                      {}
func (b *letterbox) Logout() error                               { return nil }
func (b *letterbox) Mail(string, *smtp.MailOptions) error        { return nil }
func (b *letterbox) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "nessuno@") {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	}
	return nil
}

// Data takes one.
func (b *letterbox) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	b.letters <- string(text)
	return err
}

// newLetterbox runs one until the test ends and gives its address.
func newLetterbox(t *testing.T) (*letterbox, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &letterbox{letters: make(chan string, 100)}
	srv := smtp.NewServer(b)
	go srv.Serve(l) //nolint:errcheck // it ends with the test
	t.Cleanup(func() { srv.Close() })
	return b, "smtp://" + l.Addr().String()
}

// arrived is a letter as a mail program shows it: its plain text, and its calendar part.
type arrived struct{ to, text, calendar string }

// opened takes a letter apart.
func opened(t *testing.T, raw string) arrived {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatalf("%v:\n%s", err, raw)
	}
	to, err := m.Header.AddressList("To")
	if err != nil {
		t.Fatalf("%v:\n%s", err, raw)
	}
	_, p, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatalf("%v:\n%s", err, raw)
	}
	a := arrived{to: to[0].Address}
	for parts := multipart.NewReader(m.Body, p["boundary"]); ; { // quoted-printable is undone
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return a
		}
		if err != nil {
			t.Fatalf("%v:\n%s", err, raw)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		switch kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind {
		case "text/plain":
			a.text = string(text)
		case "text/calendar":
			a.calendar = string(text)
		}
	}
}

// mailbox looks through what arrived in the letterbox, the latest first.
func (b *letterbox) mailbox() mailbox {
	var all []arrived
	return func(o *browser, to, says string) (got received) {
		o.t.Helper()
		o.until("a letter to "+to+" that says "+says, func() bool {
			for len(b.letters) > 0 {
				all = append(all, opened(o.t, <-b.letters))
			}
			for _, l := range slices.Backward(all) {
				if l.to == to && strings.Contains(strings.Join(strings.Fields(l.text), " "), says) {
					got = received{regexp.MustCompile(`https?://\S+`).FindString(l.text), l.calendar}
					return got.link != ""
				}
			}
			return false
		})
		return got
	}
}

// mailIsTried: whoever sets mail up can try it before anybody waits for a letter, and is told what is wrong.
func mailIsTried(t *testing.T, h *hall) {
	box, address := newLetterbox(t)
	data := filepath.Join(t.TempDir(), "data")
	to := []string{"mail", "test", "prova@example.it", "--data", data, "--url", "https://corsi.example.it"}
	set := []string{"--smtp", address, "--mail-from", "Aula <noreply@example.it>"}
	h.run(t, append(to, set...)...).want(0, "The server has taken a letter to prova@example.it")
	if l := <-box.letters; !strings.Contains(l, "To: <prova@example.it>") || !strings.Contains(l, "@corsi.example.it>") {
		t.Errorf("a strange letter:\n%s", l)
	}
	h.run(t, append([]string{"mail", "test", "nessuno@example.it", "--data", data}, set...)...).want(1, "550", "no such mailbox")
	h.run(t, append([]string{"mail", "test", "nessuno", "--data", data}, set...)...).want(1, "e-mail")
	h.run(t, to...).want(1, "there is no mail server to try", "AULA_SMTP")
	h.run(t, append(to, "--smtp", address)...).want(1, "--mail-from")
	h.run(t, append(to, "--smtp", "smtp://a:b@127.0.0.1", "--mail-from", "a@b.it")...).want(1, "AULA_SMTP_PASSWORD")
	h.run(t, append(to, "--smtp", "smtp://127.0.0.1:1", "--mail-from", "a@b.it")...).want(1, "127.0.0.1:1")

	h.run(t, "mail", "list", "--data", data).want(0, "No letters.")
	h.run(t, "mail", "retry", "--data", data).want(0, "0 letters")
	h.run(t, "mail", "bounced", "prova@example.it", "--data", data).want(1, "No letter was sent to this address")
	doctor := []string{"doctor", "--data", data, "--url", "https://corsi.example.it"}
	h.run(t, doctor...).want(0, "note mail", "--smtp")
	h.run(t, append(doctor, set...)...).want(0, "ok mail 127.0.0.1", "answers")
	h.run(t, append(doctor, "--smtp", "smtp://127.0.0.1:1", "--mail-from", "a@b.it")...).want(1, "BAD mail", "letters wait until it answers")
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("geheim\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.run(t, append([]string{"AULA_SMTP_PASSWORD_FILE=" + secret, "AULA_SMTP=smtp://aula@mx.example", "AULA_MAIL_FROM=x", "serve", "--data", data}, "--url", "https://corsi.example.it")...).want(1, "--mail-from")
	h.run(t, "AULA_SMTP_PASSWORD_FILE="+secret+"x", "AULA_SMTP=smtp://aula@mx.example", "serve", "--data", data, "--url", "https://corsi.example.it").want(1, "AULA_SMTP_PASSWORD_FILE")
}
