package mail

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/memory"
)

// linkPath is where the links lead that let people set a password.
const linkPath = "/attiva/"

// Invite sends a new person the link with which they set their password (see lms.Ports.Invite). It says false, and whoever added them hands the link
// over, where they have no address, no mail is set up, or the letter could not be posted.
func (o *Outbox) Invite(ctx context.Context, a lms.Added) bool {
	if !o.Configured() || a.Person.Email == "" {
		return false
	}
	now := o.now()
	member := a.Person.Current(now)
	err := o.Post(ctx, lms.Letter{
		Cause: "person/" + string(a.Person.ID) + "/link/" + hash(a.Link)[:16], Kind: "person.activate", To: a.Person.Email, Person: a.Person.ID,
		Name: a.Person.Name(), Lang: a.Person.Lang, Organisation: member.Organisation, Link: linkPath + a.Link,
		Words: map[string]string{"organisation": member.Name, "login": a.Person.Email, "until": day(now.Add(lms.LinkLife), a.Person.Lang)},
	})
	if err != nil {
		o.log.Error("invitation not posted", "person", a.Person.ID, "err", err)
	}
	return err == nil
}

// day is a day in words, as it is in Italy.
func day(t time.Time, lang string) string {
	if rome, err := time.LoadLocation("Europe/Rome"); err == nil {
		t = t.In(rome)
	}
	if lang == "en" {
		return t.Format("2 January 2006")
	}
	months := [...]string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"}
	return fmt.Sprintf("%d %s %d", t.Day(), months[t.Month()-1], t.Year())
}

// Forgotten sends a link to whoever forgot their password. It tells nobody who exists: the answer is the same, and comes as fast, whatever the login.
type Forgotten struct {
	outbox   *Outbox
	accounts *lms.Accounts
	throttle *memory.Throttle
	behind   sync.WaitGroup // what is done behind the answers
}

// freeForgotten is how many letters an address or a login may ask for before it is slowed down.
const freeForgotten = 5

// NewForgotten sends the links of these accounts through an outbox.
func NewForgotten(o *Outbox, a *lms.Accounts) *Forgotten {
	return &Forgotten{outbox: o, accounts: a, throttle: memory.NewThrottle(freeForgotten, lms.Fail(lms.TooMany, "error.toomany"))}
}

// Ask sends the link, if there is such a login and it has an address. from is the client's address. What is done for a login that exists is done
// behind the answer.
func (f *Forgotten) Ask(ctx context.Context, login, from string) error {
	if !f.outbox.Configured() {
		return lms.Fail(lms.NotFound, "error.notfound")
	}
	if login = lms.FoldLogin(login); login == "" || len(login) > 254 {
		return lms.Wrong("login", "error.required")
	}
	if err := f.throttle.Try(f.outbox.now(), "login "+login, "address "+from); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	f.behind.Go(func() {
		defer stop()
		if err := f.send(ctx, login); err != nil && !lms.Is(err, lms.NotFound) {
			f.outbox.log.Error("link not sent", "err", err)
		}
	})
	return nil
}

// Close waits for the letters that are being written.
func (f *Forgotten) Close() error {
	f.behind.Wait()
	return nil
}

// oneIn is how often a mailbox gets such a letter at most, whoever asks for it.
const oneIn = 10 * time.Minute

func (f *Forgotten) send(ctx context.Context, login string) error {
	cause := "password/" + hash(login)[:32] + "/" + strconv.FormatInt(f.outbox.now().Unix()/int64(oneIn.Seconds()), 10)
	if _, err := f.outbox.records.Find(ctx, letterID(cause)); !lms.Is(err, lms.NotFound) {
		return err // a new link would end the one that is on its way
	}
	p, secret, err := f.accounts.Forgotten(ctx, login)
	if err != nil || secret == "" {
		return err
	}
	return f.outbox.Post(ctx, lms.Letter{
		Cause: cause, Kind: "person.password", To: p.Email, Person: p.ID, Name: p.Name(), Lang: p.Lang,
		Organisation: p.Current(f.outbox.now()).Organisation, Link: linkPath + secret,
		Words: map[string]string{"login": login, "minutes": strconv.Itoa(int(lms.ForgottenLife.Minutes()))},
	})
}

// Try sends a letter straight to a server, past the outbox, and says what the server said. The command line does that.
func (o *Outbox) Try(ctx context.Context, to, lang string) error {
	if o.carrier == nil {
		return lms.Fail(lms.Unavailable, "error.mail.none")
	}
	address, err := Address(to)
	if err != nil {
		return lms.Wrong("to", "error.email")
	}
	now := o.now()
	m, err := o.message(Posting{ID: "test", Cause: "test/" + address + "/" + now.Format(time.RFC3339Nano), Kind: "mail.test", To: address, Lang: language(lang), Body: &Body{}})
	if err != nil {
		return err
	}
	line, err := o.carrier.Dial(ctx)
	if err != nil {
		return err
	}
	defer line.Close()
	return line.Send(ctx, m)
}
