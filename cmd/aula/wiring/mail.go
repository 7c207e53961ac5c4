package wiring

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"net/url"

	"aulacomune/lms"
	letters "aulacomune/lms/mail"
)

// Mail says how letters leave the house.
type Mail struct {
	SMTP     string // smtp://user@host:587 (see mail.ParseSMTP); "" lets letters stay in the outbox
	Password string // of its user
	From     string // who sends: "Aula Comune <noreply@example.it>"
	Owner    string // who runs the installation, in letters
	Contact  string // whom to ask for help, at the foot of letters
	Box      bool   // a demo: letters arrive in its own box and never leave
}

// Server is the mail server, and nil where there is none. Its error is for whoever set it up.
func (m Mail) Server(address string) (*letters.SMTP, mail.Address, error) {
	if m.SMTP == "" {
		return nil, mail.Address{}, nil
	}
	server, err := letters.ParseSMTP(m.SMTP, m.Password)
	if err != nil {
		return nil, mail.Address{}, err
	}
	from, err := mail.ParseAddress(m.From)
	if err != nil {
		return nil, mail.Address{}, errors.New("a mail server without a sender: give --mail-from \"Aula Comune <noreply@example.it>\", an address from which that server may send")
	}
	if from.Address, err = letters.Address(from.Address); err != nil {
		return nil, mail.Address{}, fmt.Errorf("--mail-from %s: %w", m.From, err)
	}
	if u, err := url.Parse(address); err == nil {
		server.Helo = u.Hostname()
	}
	return server, *from, nil
}

// openMail opens the outbox, and in a demo its box.
func (h *House) openMail(ctx context.Context, o Options) error {
	server, from, err := o.Mail.Server(o.URL)
	if err != nil {
		return err
	}
	p := letters.Ports{
		Engine: h.Engine, Find: h.School.Organisations.Find, From: from, URL: o.URL, Owner: o.Mail.Owner, Contact: o.Mail.Contact, Note: h.Audit.Note, Log: o.Log, Now: o.Now,
	}
	switch {
	case o.Mail.Box:
		if h.Box, err = letters.OpenBox(ctx, h.Engine); err != nil {
			return err
		}
		p.Carrier, p.From = h.Box, mail.Address{Address: "noreply@demo.aula"}
	case server != nil:
		p.Carrier = server
	}
	h.sender = p.From.Address
	if h.Mail, err = letters.Open(ctx, p); err != nil {
		return err
	}
	h.Forgotten = letters.NewForgotten(h.Mail, h.School.Accounts)
	h.closers = append(h.closers, h.Forgotten.Close)
	return nil
}

// invite sends new people their links, once the outbox is open: the school is opened before it.
func (h *House) invite(ctx context.Context, a lms.Added) bool {
	return h.Mail != nil && h.Mail.Invite(ctx, a)
}

// forgotten sends links to new passwords; nil where letters do not leave the house.
func (h *House) forgotten() func(ctx context.Context, login, from string) error {
	if !h.mails() {
		return nil
	}
	return h.Forgotten.Ask
}

// mails says that letters leave the house, or arrive in a demo's box.
func (h *House) mails() bool { return h.Mail != nil && h.Mail.Configured() }
