package mail

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
)

// Asked says which letters to list.
type Asked struct {
	Organisation lms.OrganisationID // and below; "" means the actor's own
	State        State              // "" means any
	To           string             // a whole address; "" means any
}

// List lists the letters of an organisation and below, the latest first, for whoever keeps its people. To one address there are few: all are on the
// first page.
func (o *Outbox) List(ctx context.Context, a lms.Actor, q Asked, at lms.PageAt) ([]Letter, string, error) {
	org, err := o.kept(ctx, a, q.Organisation)
	if err != nil {
		return nil, "", err
	}
	q.Organisation = org.ID
	if err := o.note.Of(ctx, a, lms.Act{Verb: "letter.list", Object: string(org.ID), Within: org.Within}); err != nil {
		return nil, "", err
	}
	if q.To != "" {
		found, err := o.to(ctx, q)
		return found, "", err
	}
	return o.page(ctx, q, at)
}

// kept finds an organisation whose people the actor keeps; "" is the actor's own.
func (o *Outbox) kept(ctx context.Context, a lms.Actor, id lms.OrganisationID) (lms.Organisation, error) {
	if err := a.MustKeep(); err != nil {
		return lms.Organisation{}, err
	}
	if id == "" {
		id = a.Kept()[0]
	}
	org, err := o.find(ctx, id)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return org, err
	}
	if err != nil || !a.Keeps(org.Within) {
		return org, lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	return org, nil
}

// mostTo is how many letters to one address are looked at.
const mostTo = 1000

// to lists the letters to one address.
func (o *Outbox) to(ctx context.Context, q Asked) ([]Letter, error) {
	address, err := Address(strings.TrimSpace(q.To))
	if err != nil {
		return nil, lms.Wrong("to", "error.email")
	}
	var out []Letter
	for p, err := range o.records.List(ctx, lms.Query{Index: "address", Equal: lms.FoldLogin(address), Limit: mostTo}) {
		if err != nil {
			return nil, err
		}
		if slices.Contains(p.Within, q.Organisation) && (q.State == "" || p.State == q.State) {
			out = append(out, p.seen())
		}
	}
	slices.SortFunc(out, func(a, b Letter) int { return b.Posted.Compare(a.Posted) })
	return out, nil
}

// Counts counts the letters of an organisation and below by state, for whoever keeps its people.
func (o *Outbox) Counts(ctx context.Context, a lms.Actor, id lms.OrganisationID) (map[State]int, error) {
	org, err := o.kept(ctx, a, id)
	out := map[State]int{}
	for _, s := range States() {
		if err == nil {
			out[s], err = o.records.Count(ctx, lms.Query{Index: "within", Prefix: withinKey(org.ID, s)})
		}
	}
	return out, err
}

// ListAll lists the letters of everybody, for the command line of the machine itself.
func (o *Outbox) ListAll(ctx context.Context, s State, at lms.PageAt) ([]Letter, string, error) {
	return o.page(ctx, Asked{State: s}, at)
}

func (o *Outbox) page(ctx context.Context, q Asked, at lms.PageAt) ([]Letter, string, error) {
	if q.State != "" && !slices.Contains(States(), q.State) {
		return nil, "", lms.Wrong("state", "error.invalid")
	}
	found, next, err := o.records.Page(ctx, lms.Query{Index: "within", Prefix: withinKey(q.Organisation, q.State), Reverse: true, After: at.After, Limit: at.Limit})
	var out []Letter
	for _, p := range found {
		out = append(out, p.seen())
	}
	return out, next, err
}

// OfPerson lists what was sent to a person and what still waits, the earliest first: it is part of what is told to them of their data.
func (o *Outbox) OfPerson(ctx context.Context, id lms.PersonID) ([]Letter, error) {
	var out []Letter
	for p, err := range o.records.List(ctx, lms.Query{Index: "person", Equal: string(id)}) {
		if err != nil {
			return nil, err
		}
		out = append(out, p.seen())
	}
	slices.SortFunc(out, func(a, b Letter) int { return a.Posted.Compare(b.Posted) })
	return out, nil
}

// OfCause lists the letters to a person whose cause begins so, the earliest first. It asks nobody.
func (o *Outbox) OfCause(ctx context.Context, id lms.PersonID, cause string) ([]Letter, error) {
	var out []Letter
	for p, err := range o.records.List(ctx, lms.Query{Index: "person", Equal: string(id)}) {
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(p.Cause, cause) {
			out = append(out, p.seen())
		}
	}
	slices.SortFunc(out, func(a, b Letter) int { return a.Posted.Compare(b.Posted) })
	return out, nil
}

// Erase forgets every letter to a person, and what those say that tell others of them. One that is being sent arrives.
func (o *Outbox) Erase(ctx context.Context, id lms.PersonID) error {
	return errors.Join(
		o.records.RemoveAll(ctx, lms.Query{Index: "person", Equal: string(id)}),
		o.records.RemoveAll(ctx, lms.Query{Index: "about", Equal: string(id)}),
	)
}

// EraseTo takes out the letters to an address that were of nobody known when they were posted.
func (o *Outbox) EraseTo(ctx context.Context, address string) error {
	all, err := o.records.All(ctx, lms.Query{Index: "address", Equal: lms.FoldLogin(address)})
	for _, p := range all {
		if p.Person != "" {
			continue
		}
		if err := o.records.Remove(ctx, p.ID); err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
	}
	return err
}

// posted finds a letter for whoever keeps the people of its organisation; to others it is unknown.
func (o *Outbox) posted(ctx context.Context, a lms.Actor, id string) (Posting, error) {
	if err := a.MustKeep(); err != nil {
		return Posting{}, err
	}
	p, err := o.records.Find(ctx, id)
	if err == nil && !a.Keeps(p.Within) {
		err = lms.Fail(lms.NotFound, "error.notfound")
	}
	return p, err
}

// act is an act about a letter.
func (p Posting) act(verb string) lms.Act {
	return lms.Act{Verb: verb, Object: p.ID, Person: p.Person, Within: p.Within, Details: map[string]string{"kind": p.Kind}}
}

// Said is what a letter says, without its link, which is the secret of whoever it is for.
type Said struct {
	Subject, Text string
	Lang          string // that it is written in
	Example       bool   // what it said is forgotten: this is an example of its kind
}

// withheld stands where the link of a letter is.
const withheld = "/…"

// Read finds one letter, with what it says as long as that is kept, for whoever keeps the people of its organisation.
func (o *Outbox) Read(ctx context.Context, a lms.Actor, id string) (Letter, Said, error) {
	p, err := o.posted(ctx, a, id)
	if err == nil {
		err = o.note.Of(ctx, a, p.act("letter.read"))
	}
	if err != nil {
		return Letter{}, Said{}, err
	}
	l, example := p.letter(), p.Body == nil
	if example {
		if l, err = Sample(p.Kind, p.Lang); err != nil { // a kind of earlier times
			return p.seen(), Said{}, nil //nolint:nilerr // there is nothing to show, which is no fault
		}
	}
	if l.Link != "" {
		l.Link = withheld
	}
	r, err := o.render(l)
	return p.seen(), Said{Subject: r.Subject, Text: r.Text, Lang: language(p.Lang), Example: example}, err
}

// Retry sends a letter that failed once more. Conflict says that it did not fail, or that what it said is forgotten.
func (o *Outbox) Retry(ctx context.Context, a lms.Actor, id string) error {
	p, err := o.posted(ctx, a, id)
	if err == nil {
		err = o.retry(ctx, id)
	}
	if err != nil {
		return err
	}
	return o.note.Of(ctx, a, p.act("letter.retry"))
}

func (o *Outbox) retry(ctx context.Context, id string) error {
	_, err := o.records.Change(ctx, id, func(p *Posting) error {
		if !p.again() {
			return &lms.Error{Kind: lms.Conflict, Message: "error.letter.again"}
		}
		now := o.now()
		p.State, p.Since, p.Next, p.Until, p.Tries = Waiting, now.Truncate(time.Second), now, now.Add(o.pace.Life), 0
		return nil
	})
	o.nudge()
	return err
}

// RetryAll sends letters that failed once more, for the command line: all of them, or those to one address. It says how many.
func (o *Outbox) RetryAll(ctx context.Context, to string) (int, error) {
	var ids []string
	for p, err := range o.records.List(ctx, lms.Query{Index: "within", Prefix: withinKey("", Failed)}) {
		if err != nil {
			return 0, err
		}
		if p.again() && (to == "" || lms.FoldLogin(to) == lms.FoldLogin(p.To)) {
			ids = append(ids, p.ID)
		}
	}
	for i, id := range ids {
		if err := o.retry(ctx, id); err != nil {
			return i, err
		}
	}
	return len(ids), nil
}

// maxNote is how long a note of a bounce may be, in bytes.
const maxNote = 300

// Bounce notes that a letter which a server had taken came back, and why, for whoever keeps the people of its organisation.
func (o *Outbox) Bounce(ctx context.Context, a lms.Actor, id, note string) error {
	p, err := o.posted(ctx, a, id)
	if err == nil {
		err = o.bounce(ctx, id, note)
	}
	if err != nil {
		return err
	}
	return o.note.Of(ctx, a, p.act("letter.bounce"))
}

func (o *Outbox) bounce(ctx context.Context, id, note string) error {
	if note = strings.TrimSpace(clean(note)); len(note) > maxNote {
		return lms.Wrong("note", "error.long")
	}
	_, err := o.records.Change(ctx, id, func(p *Posting) error {
		if p.State != Sent && p.State != Bounced {
			return &lms.Error{Kind: lms.Conflict, Message: "error.letter.bounce"}
		}
		p.settle(Bounced, note, o.now().Truncate(time.Second))
		return nil
	})
	return err
}

// BounceAll notes for the command line that the latest letter to an address came back. NotFound when none was sent there.
func (o *Outbox) BounceAll(ctx context.Context, to, note string) error {
	var last Posting
	for p, err := range o.records.List(ctx, lms.Query{Index: "address", Equal: lms.FoldLogin(to)}) {
		if err != nil {
			return err
		}
		if p.State == Sent && !p.Since.Before(last.Since) {
			last = p
		}
	}
	if last.ID == "" {
		return lms.Fail(lms.NotFound, "error.letter.unknown")
	}
	return o.bounce(ctx, last.ID, note)
}

// Count counts the letters in a state, of everybody.
func (o *Outbox) Count(ctx context.Context, s State) (int, error) {
	return o.records.Count(ctx, lms.Query{Index: "within", Prefix: withinKey("", s)})
}

// Sweep forgets what was kept long enough, and lets letters fail that nobody could send because no mail server is set up.
func (o *Outbox) Sweep(ctx context.Context) error {
	return errors.Join(o.sweepOver(ctx), o.sweepLate(ctx))
}

func (o *Outbox) sweepOver(ctx context.Context) error {
	now := o.now()
	var over []Posting
	for p, err := range o.records.List(ctx, lms.Query{Index: "over", To: lms.TimeKey(now), Limit: 1000}) {
		if err != nil {
			return err
		}
		over = append(over, p)
	}
	for _, p := range over {
		var err error
		if p.Body == nil {
			err = o.records.Remove(ctx, p.ID)
		} else {
			_, err = o.records.Change(ctx, p.ID, func(p *Posting) error {
				if p.State != Waiting {
					p.Body = nil
				}
				return nil
			})
		}
		if err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
	}
	return nil
}

func (o *Outbox) sweepLate(ctx context.Context) error {
	if o.carrier != nil {
		return nil
	}
	ids, err := o.due(ctx)
	for _, id := range ids {
		_, err := o.records.Change(ctx, id, func(p *Posting) error {
			if now := o.now(); p.State == Waiting && now.After(p.Until) {
				p.settle(Failed, p.Fault, now.Truncate(time.Second))
			}
			return nil
		})
		if err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
	}
	return err
}
