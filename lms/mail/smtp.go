package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	smtp "github.com/wneessen/go-mail"
	wire "github.com/wneessen/go-mail/smtp"
)

// Security is how the line to a server is protected.
type Security string

// The ways.
const (
	StartTLS Security = "starttls" // in the clear at first, then TLS or nothing (RFC 3207)
	Implicit Security = "implicit" // TLS from the first byte (RFC 8314)
	Plain    Security = "none"     // no TLS: to this machine itself, or where somebody chose so
)

// SMTP is a mail server and how to reach it. It is a Carrier.
type SMTP struct {
	Host     string
	Port     int
	Security Security
	User     string
	Password string
	Helo     string         // how we call ourselves: the host of the public address
	Roots    *x509.CertPool // who vouches for the server's certificate; nil means whom this machine trusts
	Timeout  time.Duration
}

// sendWithin is how long a server may take for one letter; it is shorter than a lease.
const sendWithin = time.Minute

// ParseSMTP reads the address of a mail server: smtp://user@host:587, smtps://host:465, with ?tls=starttls, implicit or none. Without that word
// the line is TLS, by STARTTLS or on port 465 at once, and plain only to this machine itself. The password is never part of it: who lists processes would read it.
func ParseSMTP(address, password string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" {
		return nil, errors.New("the mail server must look like smtp://user@host:587 or smtps://host:465")
	}
	if _, given := u.User.Password(); given {
		return nil, errors.New("leave the password out of the mail server's address: it belongs in AULA_SMTP_PASSWORD, or in the file that AULA_SMTP_PASSWORD_FILE names")
	}
	s := &SMTP{Host: u.Hostname(), User: u.User.Username(), Password: password, Timeout: sendWithin}
	if err := s.secure(u); err != nil {
		return nil, err
	}
	switch {
	case s.User != "" && s.Password == "":
		return nil, errors.New("the mail server wants a user, and there is no password: give it in AULA_SMTP_PASSWORD, or in the file that AULA_SMTP_PASSWORD_FILE names")
	case s.User != "" && s.Security == Plain && !s.here():
		return nil, errors.New("a password does not go over a line without TLS: leave tls=none out, or the user")
	}
	return s, nil
}

// secure reads port and protection.
func (s *SMTP) secure(u *url.URL) error {
	q := u.Query()
	s.Security = Security(q.Get("tls"))
	q.Del("tls")
	if len(q) > 0 {
		return errors.New("of the mail server's options only tls is known")
	}
	if port := u.Port(); port != "" {
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 {
			return fmt.Errorf("%s is no port", port)
		}
		s.Port = n
	}
	if u.Scheme == "smtps" {
		if s.Security != "" && s.Security != Implicit {
			return errors.New("smtps:// is TLS from the first byte: leave tls out, or begin with smtp://")
		}
		s.Security = Implicit
	}
	switch {
	case s.Security == "" && s.Port == 465:
		s.Security = Implicit
	case s.Security == "" && s.here():
		s.Security = Plain
	case s.Security == "":
		s.Security = StartTLS
	}
	ports := map[Security]int{StartTLS: 587, Implicit: 465, Plain: 25}
	if ports[s.Security] == 0 {
		return fmt.Errorf("tls=%s: it is starttls, implicit or none", s.Security)
	}
	if s.Port == 0 {
		s.Port = ports[s.Security]
	}
	return nil
}

// here says whether the server is this machine itself.
func (s *SMTP) here() bool {
	a, err := netip.ParseAddr(s.Host)
	return s.Host == "localhost" || err == nil && a.IsLoopback()
}

// String is the server for people: no user, no password.
func (s *SMTP) String() string {
	return fmt.Sprintf("%s (%s)", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)), s.Security)
}

// Dial connects, protects the line, and signs in.
func (s *SMTP) Dial(ctx context.Context) (Line, error) {
	options := []smtp.Option{smtp.WithPort(s.Port), smtp.WithTimeout(s.Timeout), smtp.WithTLSPolicy(smtp.TLSMandatory), smtp.WithoutNoop(), smtp.WithoutSMTPUTF8(),
		smtp.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12})}
	switch s.Security {
	case Implicit:
		options = append(options, smtp.WithSSL())
	case Plain:
		options = append(options, smtp.WithTLSPolicy(smtp.NoTLS))
	}
	if s.Helo != "" {
		options = append(options, smtp.WithHELO(s.Helo))
	}
	if s.User != "" {
		options = append(options, smtp.WithUsername(s.User), smtp.WithPassword(s.Password),
			smtp.WithOpportunisticSMTPAuth(smtp.SMTPAuthSCRAMSHA256, smtp.SMTPAuthPlain, smtp.SMTPAuthLogin, smtp.SMTPAuthCramMD5))
	}
	client, err := smtp.NewClient(s.Host, options...)
	if err != nil {
		return nil, err
	}
	to, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return nil, err
	}
	return &line{client: client, to: to}, nil
}

// Try reaches the server and leaves again without a letter: the doctor does that.
func (s *SMTP) Try(ctx context.Context) error {
	l, err := s.Dial(ctx)
	if err != nil {
		return err
	}
	return l.Close()
}

// line is a connection to an SMTP server.
type line struct {
	client *smtp.Client
	to     *wire.Client
}

func (l *line) Close() error { return l.client.CloseWithSMTPClient(l.to) }

// Send gives a letter to the server. What matters is whether the server took it: an error behind its acceptance is none.
func (l *line) Send(_ context.Context, m Message) error {
	msg, err := compose(m)
	if err != nil {
		return err
	}
	err = l.client.SendWithSMTPClient(l.to, msg)
	if err == nil || msg.IsDelivered() {
		return nil
	}
	if e, ok := errors.AsType[*smtp.SendError](err); ok && forGood(e) {
		return &Refused{Code: e.ErrorCode(), Said: strings.TrimSpace(strings.TrimPrefix(e.Error(), e.Reason.String()+":"))}
	}
	return err
}

// forGood says whether a server refused the letter itself, its recipient or its content (RFC 5321, 4.2.1 and 4.2.3). Other codes of five hundred
// speak of us: of our login, our sender, our commands; the letter waits until somebody mends that.
func forGood(e *smtp.SendError) bool {
	ours := e.Reason == smtp.ErrSMTPRcptTo || e.Reason == smtp.ErrSMTPData || e.Reason == smtp.ErrSMTPDataClose
	return ours && e.ErrorCode() >= 550
}

// compose writes the letter as a message: text and HTML that say the same, and the calendar as a third way to read it.
func compose(m Message) (*smtp.Msg, error) {
	msg := smtp.NewMsg(smtp.WithNoDefaultUserAgent())
	msg.FromMailAddress(&m.From)
	msg.ToMailAddress(&m.To)
	if len(msg.GetFrom()) == 0 || len(msg.GetTo()) == 0 {
		return nil, errors.New("the sender or the recipient is no address")
	}
	msg.SetMessageIDWithValue(m.Header)
	msg.SetDateWithValue(m.At)
	msg.Subject(m.Subject)
	msg.SetGenHeader("Content-Language", m.Lang)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday notice answers
	msg.SetBodyString(smtp.TypeTextPlain, m.Text)
	msg.AddAlternativeString(smtp.TypeTextHTML, m.HTML)
	if m.Calendar != nil {
		msg.AddAlternativeString(smtp.ContentType("text/calendar; method="+m.Method), string(m.Calendar))
	}
	return msg, nil
}
