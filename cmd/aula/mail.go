package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/mail"
)

// posting is how letters leave an installation.
type posting struct {
	SMTP     string `name:"smtp" help:"Mail server, smtp://user@host:587 or smtps://host:465; ?tls=starttls, implicit or none. Its password comes from AULA_SMTP_PASSWORD, or from the file in AULA_SMTP_PASSWORD_FILE." env:"AULA_SMTP"`
	MailFrom string `help:"Who sends: \"Aula Comune <noreply@example.it>\", an address from which that server may send." env:"AULA_MAIL_FROM"`
}

// mail is what the house is told of it.
func (p posting) mail(owner, contact string) (wiring.Mail, error) {
	password := os.Getenv("AULA_SMTP_PASSWORD")
	if file := os.Getenv("AULA_SMTP_PASSWORD_FILE"); file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return wiring.Mail{}, fmt.Errorf("AULA_SMTP_PASSWORD_FILE: %w", err)
		}
		password = strings.TrimRight(string(b), "\r\n")
	}
	return wiring.Mail{SMTP: p.SMTP, Password: password, From: p.MailFrom, Owner: owner, Contact: contact}, nil
}

type mailCmd struct {
	List    mailListCmd    `cmd:"" help:"List letters, the latest first: nothing of what they say."`
	Retry   mailRetryCmd   `cmd:"" help:"Send letters that failed once more, while what they say is kept (30 days)."`
	Test    mailTestCmd    `cmd:"" help:"Send a letter straight to the mail server, and print what it says."`
	Bounced mailBouncedCmd `cmd:"" help:"Note that the latest letter to an address came back."`
}

type mailListCmd struct {
	place
	State string `help:"waiting, sent, failed or bounced; without it, all." default:"" enum:",waiting,sent,failed,bounced"`
	Limit int    `help:"How many." default:"50"`
}

// Run prints a table.
func (c *mailListCmd) Run(ctx context.Context) error {
	return c.with(ctx, func(o *mail.Outbox) error {
		letters, next, err := o.ListAll(ctx, mail.State(c.State), lms.PageAt{Limit: max(1, c.Limit)})
		if err != nil {
			return err
		}
		t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		for _, l := range letters {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", l.Posted.Local().Format(time.DateTime), l.State, l.Kind, l.To, l.Fault)
		}
		if err := t.Flush(); err != nil {
			return err
		}
		switch {
		case len(letters) == 0:
			fmt.Println("No letters.")
		case next != "":
			fmt.Printf("… and older ones: --limit %d\n", 10*c.Limit)
		}
		return nil
	})
}

// with opens the installation's outbox. Letters are not sent from here: the server does that.
func (p place) with(ctx context.Context, do func(*mail.Outbox) error) (err error) {
	house, err := wiring.Open(ctx, p.options("http://localhost"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, house.Close()) }()
	return do(house.Mail)
}

type mailRetryCmd struct {
	place
	To string `help:"Only letters to this address."`
}

// Run lets them wait again; the server sends them within seconds.
func (c *mailRetryCmd) Run(ctx context.Context) error {
	return c.with(ctx, func(o *mail.Outbox) error {
		n, err := o.RetryAll(ctx, c.To)
		if err == nil {
			fmt.Printf("%d letters wait to be sent again.\n", n)
		}
		return err
	})
}

type mailTestCmd struct {
	place
	posting
	To    string `arg:"" help:"Address that gets the letter."`
	URL   string `help:"Public address." env:"AULA_URL"`
	Owner string `help:"Name of the body that runs this installation." default:"Aula Comune" env:"AULA_OWNER"`
}

// Run sends one letter and waits for the server's answer.
func (c *mailTestCmd) Run(ctx context.Context) (err error) {
	if c.SMTP == "" {
		return errors.New("there is no mail server to try: give --smtp smtp://user@host:587 or AULA_SMTP")
	}
	o := c.options(cmp.Or(c.URL, "http://localhost"))
	if o.Mail, err = c.mail(c.Owner, ""); err != nil {
		return err
	}
	house, err := wiring.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, house.Close()) }()
	if err := house.Mail.Try(ctx, c.To, "it"); err != nil {
		return err
	}
	fmt.Printf("The server has taken a letter to %s. Look whether it arrives, and not as spam.\n", c.To)
	return nil
}

type mailBouncedCmd struct {
	place
	Address string `arg:"" help:"Address whose letter came back."`
	Note    string `short:"m" help:"Why, as far as it is known."`
}

// Run notes it with the latest letter that was sent there.
func (c *mailBouncedCmd) Run(ctx context.Context) error {
	return c.with(ctx, func(o *mail.Outbox) error {
		if err := o.BounceAll(ctx, c.Address, c.Note); err != nil {
			return err
		}
		fmt.Printf("Noted: the letter to %s came back.\n", c.Address)
		return nil
	})
}
