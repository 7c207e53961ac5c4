package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"net/url"
	"strings"
	"sync"
	"time"

	"aulacomune/lms"
)

// Carrier takes letters away: SMTP, or the demo's own box.
type Carrier interface {
	// Dial opens a line over which letters go one after the other.
	Dial(ctx context.Context) (Line, error)
}

// Line is an open line to a server. After an error of Send it is closed and a new one opened.
type Line interface {
	// Send gives one letter to the server; nil says that the server has taken it. The error is a *Refused when the server refused this letter for good.
	Send(ctx context.Context, m Message) error
	Close() error
}

// Refused is what a server says of a letter that it will never take: there is no such mailbox, say.
type Refused struct {
	Code int    // of SMTP, 550 for instance
	Said string // what the server said, for administrators
}

// Error is the server's answer.
func (r *Refused) Error() string { return fmt.Sprintf("refused: %d %s", r.Code, r.Said) }

// Message is a letter as it goes over the line.
type Message struct {
	ID       string // of the record
	Header   string // Message-ID, without its brackets
	From, To mail.Address
	Lang     string
	At       time.Time
	Calendar []byte
	Method   string
	Rendered
}

// Ports is what the outbox needs from outside.
type Ports struct {
	Engine  lms.Engine
	Find    func(ctx context.Context, id lms.OrganisationID) (lms.Organisation, error) // Organisations.Find
	Carrier Carrier                                                                    // nil: letters stay in the outbox
	Note    lms.Note                                                                   // of what staff do with letters; nil notes nothing
	From    mail.Address                                                               // who sends; its name is the owner's where it has none
	URL     string                                                                     // public address: links lead there, Message-IDs end in it
	Owner   string                                                                     // who runs the installation
	Contact string                                                                     // whom to ask for help, at the foot of every letter
	Pace    Pace
	Log     *slog.Logger
	Now     func() time.Time // nil means the clock
}

// Outbox keeps letters until a server has taken them.
type Outbox struct {
	records *lms.Records[Posting]
	find    func(ctx context.Context, id lms.OrganisationID) (lms.Organisation, error)
	carrier Carrier
	note    lms.Note
	from    mail.Address
	url     string
	owner   string
	contact string
	pace    Pace
	log     *slog.Logger
	now     func() time.Time
	name    string        // of this process, in leases
	wake    chan struct{} // holds one value when there is something new
	mu      sync.Mutex
	fault   string    // why the server could not be reached, "" when it could
	since   time.Time // when that began
}

// Open prepares the records, and refuses templates that cannot be read.
func Open(ctx context.Context, p Ports) (*Outbox, error) {
	if _, err := kinds(); err != nil {
		return nil, err
	}
	now := p.Now
	if now == nil {
		now = time.Now
	}
	if p.From.Name == "" {
		p.From.Name = p.Owner
	}
	o := &Outbox{
		find: p.Find, carrier: p.Carrier, note: p.Note, from: p.From, url: strings.TrimSuffix(p.URL, "/"), owner: p.Owner, contact: p.Contact, pace: p.Pace.orUsual(), log: p.Log,
		now: func() time.Time { return now().UTC().Truncate(time.Millisecond) }, name: rand.Text()[:12], wake: make(chan struct{}, 1),
	}
	var err error
	o.records, err = lms.OpenRecords(ctx, p.Engine, postings)
	return o, err
}

// Collections are what a backup holds of the outbox.
func Collections() []lms.Collection { return []lms.Collection{postings.Collection()} }

// Configured says whether letters leave the house.
func (o *Outbox) Configured() bool { return o.carrier != nil }

// Post puts a letter into the outbox (see lms.Post). It may be posted again, by anybody: the cause's first letter stays the only one.
func (o *Outbox) Post(ctx context.Context, l lms.Letter) error {
	if err := check(l); err != nil {
		return err
	}
	to, err := Address(l.To)
	if err != nil {
		return lms.Wrong("to", "error.email")
	}
	now := o.now()
	p := Posting{
		ID: letterID(l.Cause), Cause: l.Cause, Kind: l.Kind, To: to, Person: l.Person, About: l.About, Name: oneLine(clean(l.Name), 200), Lang: language(l.Lang), Organisation: l.Organisation,
		Posted: now.Truncate(time.Second), State: Waiting, Since: now.Truncate(time.Second), Next: now, Until: now.Add(o.pace.Life),
		Body: &Body{Words: l.Words, Link: l.Link, Calendar: l.Calendar, Method: l.Method},
	}
	if !l.Until.IsZero() && l.Until.Before(p.Until) {
		p.Until = l.Until
	}
	if _, err := o.render(l); err != nil {
		return err
	}
	if l.Organisation != "" {
		org, err := o.find(ctx, l.Organisation)
		if err != nil {
			return err
		}
		p.Within = org.Within
	}
	if err := o.records.Add(ctx, p); err != nil && !lms.IsTaken(err, "id") {
		return err
	}
	o.nudge()
	return nil
}

// nudge tells the process's own sender that there is something to do.
func (o *Outbox) nudge() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// Run sends what is due until the context ends. Every node may run one.
func (o *Outbox) Run(ctx context.Context) {
	failures := 0
	for ctx.Err() == nil {
		err := o.Deliver(ctx)
		pause := o.pace.Poll
		if err != nil && ctx.Err() == nil {
			failures++
			o.log.Error("mail", "err", err)
			pause = max(pause, min(o.pace.wait(failures), 20*o.pace.Poll))
		} else {
			failures = 0
		}
		wake := o.wake
		if failures > 0 {
			wake = nil // a server that does not answer is not asked at every letter
		}
		select {
		case <-ctx.Done():
		case <-wake:
		case <-time.After(pause):
		}
	}
}

// linesAtOnce is how many letters are sent at a time.
const linesAtOnce = 4

// Deliver sends what is due now. Its error says that the server, or our own engine, could not be reached; what a server says of one letter is kept with that letter.
func (o *Outbox) Deliver(ctx context.Context) error {
	if o.carrier == nil {
		return nil
	}
	ids, err := o.due(ctx)
	if err != nil || len(ids) == 0 {
		return err
	}
	queue := make(chan string, len(ids))
	for _, id := range ids {
		queue <- id
	}
	close(queue)
	var all sync.WaitGroup
	errs := make([]error, min(linesAtOnce, len(ids)))
	for i := range errs {
		all.Go(func() { errs[i] = o.work(ctx, queue) })
	}
	all.Wait()
	err = errors.Join(errs...)
	o.say(err)
	return err
}

// say remembers whether the server could be reached, for pages.
func (o *Outbox) say(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	before := o.fault
	o.fault = ""
	if err != nil {
		o.fault = oneLine(clean(err.Error()), maxFault)
	}
	if o.fault == "" || before == "" {
		o.since = o.now()
	}
}

// Away is since when letters do not leave, as this process saw it; the zero time when they do.
func (o *Outbox) Away() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.fault == "" {
		return time.Time{}
	}
	return o.since
}

// Fault is why letters do not leave, as this process saw it last; "" when they do.
func (o *Outbox) Fault() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.fault
}

// due lists the letters that wait for nobody.
func (o *Outbox) due(ctx context.Context) ([]string, error) {
	var ids []string
	for p, err := range o.records.List(ctx, lms.Query{Index: "due", To: dueKey(o.now().Add(time.Millisecond)), Limit: 1000}) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, p.ID)
	}
	return ids, nil
}

// work sends letters over a line of its own, and opens another where one letter broke it. It stops when no line can be opened.
func (o *Outbox) work(ctx context.Context, queue <-chan string) error {
	var line Line
	defer func() {
		if line != nil {
			_ = line.Close()
		}
	}()
	for id := range queue {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if line == nil {
			var err error
			if line, err = o.carrier.Dial(ctx); err != nil {
				return fmt.Errorf("reach the mail server: %w", err)
			}
		}
		broken, err := o.send(ctx, line, id)
		if err != nil {
			return err
		}
		if broken {
			_ = line.Close()
			line = nil
		}
	}
	return nil
}

// errNotDue says that a letter is another's to send, or nobody's any more.
var errNotDue = errors.New("not due")

// send takes the lease of a letter, sends it, and records what became of it. The record is written even when we are told to stop meanwhile.
func (o *Outbox) send(ctx context.Context, line Line, id string) (broken bool, err error) {
	p, err := o.claim(ctx, id)
	if errors.Is(err, errNotDue) || lms.Is(err, lms.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	m, err := o.message(p)
	if err == nil {
		err = line.Send(ctx, m)
		broken = err != nil
	}
	if _, refused := errors.AsType[*Refused](err); refused {
		broken = false
	}
	if err != nil {
		o.log.Warn("letter not sent", "letter", p.ID, "kind", p.Kind, "try", p.Tries, "err", withoutAddress(err, p.To))
	}
	return broken, o.record(context.WithoutCancel(ctx), p, err)
}

// withoutAddress is what a server said without whom it was to: logs carry no person.
func withoutAddress(err error, to string) string {
	return strings.ReplaceAll(oneLine(clean(err.Error()), maxFault), to, "…")
}

// claim takes the lease of a letter that is due: until it is over no other process sends it. One that was due for too long fails instead.
func (o *Outbox) claim(ctx context.Context, id string) (Posting, error) {
	p, err := o.records.Change(ctx, id, func(p *Posting) error {
		now := o.now()
		switch {
		case p.State != Waiting || now.Before(p.Next):
			return errNotDue
		case !now.Before(p.Until):
			p.settle(Failed, p.Fault, now.Truncate(time.Second))
		default:
			p.Next, p.Holder, p.Tries = now.Add(o.pace.Lease), o.name, p.Tries+1
		}
		return nil
	})
	if err == nil && p.State != Waiting {
		err = errNotDue
	}
	return p, err
}

// maxFault is how much of a server's answer is kept.
const maxFault = 300

// record writes what became of a letter. That it was sent is written whoever holds the lease now; that it was not, only by the holder.
func (o *Outbox) record(ctx context.Context, p Posting, sending error) error {
	refused, _ := errors.AsType[*Refused](sending)
	_, err := o.records.Change(ctx, p.ID, func(p *Posting) error {
		now := o.now()
		second := now.Truncate(time.Second)
		switch {
		case sending == nil && (p.State == Waiting || p.State == Failed):
			p.settle(Sent, "", second)
		case sending == nil || p.State != Waiting || p.Holder != o.name:
		case refused != nil:
			p.settle(Failed, oneLine(clean(refused.Error()), maxFault), second)
		default:
			p.Fault, p.Next = oneLine(clean(sending.Error()), maxFault), now.Add(o.pace.wait(p.Tries))
			if p.Next.After(p.Until) {
				p.settle(Failed, p.Fault, second)
			}
		}
		return nil
	})
	if lms.Is(err, lms.NotFound) { // its person was erased meanwhile
		return nil
	}
	return err
}

// message puts a letter into the form in which it goes over the line.
func (o *Outbox) message(p Posting) (Message, error) {
	l := p.letter()
	r, err := o.render(l)
	if err != nil {
		return Message{}, err
	}
	return Message{
		ID: p.ID, Header: o.messageID(p.Cause), From: o.from, To: mail.Address{Name: p.Name, Address: p.To}, Lang: p.Lang, At: o.now(),
		Calendar: l.Calendar, Method: l.Method, Rendered: r,
	}, nil
}

// messageID is the one Message-ID of a cause at this installation.
func (o *Outbox) messageID(cause string) string {
	host := "localhost"
	if u, err := url.Parse(o.url); err == nil && u.Hostname() != "" && !strings.Contains(u.Hostname(), ":") {
		host = u.Hostname()
	}
	return hash(o.url + "\n" + cause)[:40] + "@" + host
}
