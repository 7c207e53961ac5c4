package mail_test

import (
	"bytes"
	"crypto/tls"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/mail"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// server is a real SMTP server on this machine that keeps what it takes, and fails as it is told.
type server struct {
	Address string // host:port
	mu      sync.Mutex
	taken   []string                     // whole messages, in the order of their acceptance
	ids     map[string]int               // how often each Message-ID was taken
	fail    func(stage string) smtpFault // nil fails never
	auth    []string                     // who signed in
	secured int                          // connections that were TLS when a letter came
}

// smtpFault is how a server fails at a stage: "mail", "rcpt", "data" before acceptance, "taken" behind it.
type smtpFault struct {
	err error
	cut bool // the connection ends without an answer
}

// newServer starts a server; certificate nil means no TLS, implicit that every connection begins with it.
func newServer(t testing.TB, certificate *tls.Certificate, implicit bool, fail func(string) smtpFault) *server {
	t.Helper()
	s := &server{ids: map[string]int{}, fail: fail}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Address = l.Addr().String()
	srv := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{server: s, conn: c}, nil }))
	srv.Domain, srv.ErrorLog, srv.ReadTimeout = "mx.example", log.New(io.Discard, "", 0), 10*time.Second
	srv.AllowInsecureAuth = certificate == nil
	if certificate != nil {
		srv.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*certificate}}
		if implicit {
			l = tls.NewListener(l, srv.TLSConfig)
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
		<-ended
	})
	return s
}

func (s *server) url(query string) string { return "smtp://" + s.Address + query }

func (s *server) withUser(user, query string) string {
	return (&url.URL{Scheme: "smtp", User: url.User(user), Host: s.Address}).String() + query
}

// keep takes a message.
func (s *server) keep(body []byte, secure bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken = append(s.taken, string(body))
	if m, err := mail.ReadMessage(bytes.NewReader(body)); err == nil {
		s.ids[m.Header.Get("Message-Id")]++
	}
	if secure {
		s.secured++
	}
}

// messages are what was taken so far.
func (s *server) messages() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.taken...)
}

// counts are how often each Message-ID was taken so far.
func (s *server) counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]int{}
	for id, n := range s.ids {
		out[id] = n
	}
	return out
}

// heal ends the server's failing.
func (s *server) heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = nil
}

type session struct {
	server *server
	conn   *smtp.Conn
}

// at fails at a stage if the server is to.
func (s *session) at(stage string) error {
	s.server.mu.Lock()
	fail := s.server.fail
	s.server.mu.Unlock()
	if fail == nil {
		return nil
	}
	f := fail(stage)
	if f.cut {
		_ = s.conn.Conn().Close()
		return io.ErrClosedPipe
	}
	return f.err
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func (s *session) Mail(string, *smtp.MailOptions) error { return s.at("mail") }
func (s *session) Rcpt(string, *smtp.RcptOptions) error { return s.at("rcpt") }

func (s *session) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.at("data"); err != nil {
		return err
	}
	_, secure := s.conn.TLSConnectionState()
	s.server.keep(body, secure)
	return s.at("taken")
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "geheim-segreto" {
			return smtp.ErrAuthFailed
		}
		s.server.mu.Lock()
		defer s.server.mu.Unlock()
		s.server.auth = append(s.server.auth, user)
		return nil
	}), nil
}

// half fails every other time, at a stage and in a way that chance chooses: with a 4xx, or by ending the connection, before the message is taken and behind.
func half(stage string) smtpFault {
	if rand.IntN(8) != 0 { // four stages: about half of all letters fail
		return smtpFault{}
	}
	if stage == "taken" || rand.IntN(2) == 0 {
		return smtpFault{cut: true}
	}
	return smtpFault{err: &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "try again later"}}
}

// refuseAt refuses for good, or not, at a stage.
func refuseAt(stage string, code int, text string) func(string) smtpFault {
	return func(at string) smtpFault {
		if at != stage {
			return smtpFault{}
		}
		return smtpFault{err: &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: text}}
	}
}

// body is what stands behind a message's headers.
func body(message string) string {
	_, b, _ := strings.Cut(message, "\r\n\r\n")
	return b
}
