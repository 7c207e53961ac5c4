package ledger

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// ClaimID names a claim; it says nothing about it.
type ClaimID string

// ClaimState is how far a claim is.
type ClaimState string

// The states.
const (
	Declared  ClaimState = "declared" // waits for whoever validates
	Accepted  ClaimState = "accepted"
	Refused   ClaimState = "refused"
	Withdrawn ClaimState = "withdrawn" // by the person
)

// Claim is training held by somebody else, as a person declares it with an attestato.
type Claim struct {
	ID       ClaimID        `json:"id"`
	Person   lms.PersonID   `json:"person"`
	Name     string         `json:"name"`   // as the person was called
	Member   lms.Membership `json:"member"` // who the person was when it ended
	Title    string         `json:"title"`
	Provider string         `json:"provider"`
	Kind     Kind           `json:"kind"`
	Area     AreaID         `json:"area,omitempty"`
	From     Day            `json:"from"`
	To       Day            `json:"to"`
	Minutes  int            `json:"minutes"` // as declared
	Outcome  Outcome        `json:"outcome"`
	File     File           `json:"file"`
	State    ClaimState     `json:"state"`
	Counted  int            `json:"counted,omitempty"` // minutes that were recognised
	History  []ClaimStep    `json:"history"`
	Booked   bool           `json:"booked,omitempty"` // its row is in the ledger
	Said     bool           `json:"said,omitempty"`   // the person was written to
}

// ClaimStep is something that happened to a claim.
type ClaimStep struct {
	State  ClaimState   `json:"state"`
	At     time.Time    `json:"at"`
	By     lms.PersonID `json:"by"`
	Reason string       `json:"reason,omitempty"`
}

// File is an uploaded attestato; it lies in the object store under the claim and its hash.
type File struct {
	Hash course.Hash `json:"hash"`
	Name string      `json:"name"` // as it was called
	Type string      `json:"type"` // application/pdf, image/jpeg, image/png
	Size int64       `json:"size"`
}

// claims says how claims are kept.
var claims = lms.Noun[Claim]{
	Name: "hour_claims",
	ID:   func(c Claim) string { return string(c.ID) },
	Indexes: []lms.Index[Claim]{
		{Name: "person", Keys: func(c Claim) []string { return []string{string(c.Person)} }},
		{Name: "ente", Keys: func(c Claim) []string { return []string{string(c.Member.Organisation)} }},
		{Name: "waiting", Many: true, Keys: func(c Claim) []string {
			if c.State != Declared {
				return nil
			}
			var keys []string
			for _, o := range c.Member.Within {
				keys = append(keys, string(o)+"/"+c.since().Format(time.RFC3339))
			}
			return keys
		}},
		{Name: "unbooked", Keys: func(c Claim) []string {
			decided := c.State == Accepted && !c.Booked || (c.State == Accepted || c.State == Refused) && !c.Said
			if !decided {
				return nil
			}
			return []string{string(c.Member.Organisation)}
		}},
	},
}

// since is when a claim was declared.
func (c Claim) since() time.Time {
	if len(c.History) == 0 {
		return time.Time{}
	}
	return c.History[0].At
}

// Last is what happened to a claim last.
func (c Claim) Last() ClaimStep {
	if len(c.History) == 0 {
		return ClaimStep{}
	}
	return c.History[len(c.History)-1]
}

// step is the claim with one more thing that happened to it.
func (c *Claim) step(st ClaimState, by lms.PersonID, at time.Time, reason string) {
	c.State = st
	c.History = append(slices.Clip(c.History), ClaimStep{State: st, At: at, By: by, Reason: reason})
}

// maxWaiting is how many claims of one person may wait at once.
const maxWaiting = 40

// Declare files a claim of the actor's own, with its attestato. Conflict where the same file is declared already, and was neither refused nor withdrawn: the
// claim that it then gives is the one that holds it.
func (s *Ledger) Declare(ctx context.Context, a lms.Actor, c Claim, name string, file []byte) (Claim, error) {
	if err := a.Must(lms.Learner); err != nil {
		return c, err
	}
	p, err := s.school.People.Known(ctx, a.ID)
	if err != nil {
		return c, err
	}
	c.Member = bare(s.memberOn(p, c.To))
	if c.Member.Organisation == "" {
		return c, lms.Fail(lms.Forbidden, "error.claim.ente")
	}
	f, fault := readFile(name, file)
	if err := s.checkClaim(ctx, &c, fault); err != nil {
		return c, err
	}
	if earlier, err := s.room(ctx, a.ID, f); err != nil {
		return earlier, err
	}
	c.ID, c.Person, c.Name, c.File, c.Kind = ClaimID(strings.ToLower(rand.Text()[:16])), a.ID, p.Name(), f, cmp.Or(c.Kind, External)
	c.History, c.Counted, c.Booked, c.Said = nil, 0, false, false
	c.step(Declared, a.ID, s.now(), "")
	if err := s.putFile(ctx, c, file); err != nil {
		return c, err
	}
	if err := s.claims.Add(ctx, c); err != nil {
		return c, cmpErr(err, s.objects.Remove(ctx, c.key()))
	}
	return c, nil
}

// checkClaim completes a claim and says what is wrong with it; fault is what is wrong with its file.
func (s *Ledger) checkClaim(ctx context.Context, c *Claim, fault string) error {
	fields := map[string]string{}
	if fault != "" {
		fields["file"] = fault
	}
	for _, f := range []struct {
		name string
		text *string
	}{{"title", &c.Title}, {"provider", &c.Provider}} {
		*f.text = strings.Join(strings.Fields(*f.text), " ")
		switch n := len([]rune(*f.text)); {
		case n == 0:
			fields[f.name] = "error.required"
		case n > 200:
			fields[f.name] = "error.long"
		}
	}
	maps.Copy(fields, s.checkDays(c))
	if c.Outcome = cmp.Or(c.Outcome, Attended); !slices.Contains(Outcomes(), c.Outcome) {
		fields["outcome"] = "error.invalid"
	}
	if c.Kind != "" && !slices.Contains(Kinds(), c.Kind) {
		fields["kind"] = "error.invalid"
	}
	if c.Area != "" {
		if known, err := s.knownArea(ctx, c.Member, c.Area); err != nil {
			return err
		} else if !known {
			fields["area"] = "error.area.unknown"
		}
	}
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}

// checkDays completes the days of a claim, and says what is wrong with them and with its minutes, beside the field in which it is.
func (s *Ledger) checkDays(c *Claim) map[string]string {
	fields, last := map[string]string{}, "to"
	if c.To == "" {
		c.To, last = c.From, "from"
	}
	_, began := ParseDay(string(c.From))
	_, ended := ParseDay(string(c.To))
	today := s.today()
	if !began {
		fields["from"] = "error.hours.day"
	}
	switch {
	case !ended:
		fields[last] = "error.hours.day"
	case c.To > today:
		fields[last] = "error.claim.future"
	case c.To.Year() < today.Year()-1:
		fields[last] = "error.claim.old"
	case began && c.From > c.To:
		fields["to"] = "error.hours.order"
	}
	switch {
	case c.Minutes < 1 || c.Minutes > maxMinutes:
		fields["minutes"] = "error.hours.minutes"
	case began && ended && c.From <= c.To && c.Minutes > 24*60*(daysTo(c.From, c.To)+1):
		fields["minutes"] = "error.claim.day"
	}
	return fields
}

// room says whether somebody may declare a file: that too many of their claims wait, or gives the one that the same file was declared with.
func (s *Ledger) room(ctx context.Context, p lms.PersonID, f File) (earlier Claim, err error) {
	waiting := 0
	for c, err := range s.claims.List(ctx, lms.Query{Index: "person", Equal: string(p)}) {
		if err != nil {
			return Claim{}, err
		}
		if c.File.Hash == f.Hash && (c.State == Declared || c.State == Accepted) {
			return c, lms.Fail(lms.Conflict, "error.claim.same")
		}
		if c.State == Declared {
			waiting++
		}
	}
	if waiting >= maxWaiting {
		return Claim{}, lms.Fail(lms.TooMany, "error.claim.many")
	}
	return Claim{}, nil
}

// Alike are other claims of a claim's person that may be of the same training: of the same title, or with the same file, on days that both have. Those that
// were refused or withdrawn are none, and only those are given that the actor may see.
func (s *Ledger) Alike(ctx context.Context, a lms.Actor, id ClaimID) ([]Claim, error) {
	of, err := s.Claim(ctx, a, id)
	if err != nil {
		return nil, err
	}
	all, err := s.claims.All(ctx, lms.Query{Index: "person", Equal: string(of.Person)})
	return slices.DeleteFunc(all, func(c Claim) bool {
		counts := c.State == Declared || c.State == Accepted
		same := lms.Fold(c.Title) == lms.Fold(of.Title) || c.File.Hash != "" && c.File.Hash == of.File.Hash
		return c.ID == of.ID || !counts || !same || c.From > of.To || of.From > c.To || c.Person != a.ID && !a.Keeps(c.Member.Within)
	}), err
}

// Claim reads one: the person's own, or one of an ente whose people the actor keeps. To everybody else it is unknown.
func (s *Ledger) Claim(ctx context.Context, a lms.Actor, id ClaimID) (Claim, error) {
	if err := mayRead(a); err != nil {
		return Claim{}, err
	}
	c, err := s.claims.Find(ctx, string(id))
	if err != nil || c.Person != a.ID && !a.Keeps(c.Member.Within) {
		return Claim{}, cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.claim.unknown"))
	}
	return c, nil
}

// Waiting lists the claims that wait in an organisation that the actor keeps, and below it, the oldest first. "" means the actor's own.
func (s *Ledger) Waiting(ctx context.Context, a lms.Actor, org lms.OrganisationID, at lms.PageAt) ([]Claim, string, error) {
	o, err := s.kept(ctx, a, org)
	if err != nil {
		return nil, "", err
	}
	return s.claims.Page(ctx, lms.Query{Index: "waiting", Prefix: string(o.ID) + "/", After: at.After, Limit: at.Limit})
}

// CountWaiting counts the claims that wait in all organisations that the actor keeps.
func (s *Ledger) CountWaiting(ctx context.Context, a lms.Actor) (n int, err error) {
	for _, root := range a.Kept() {
		k, err := s.claims.Count(ctx, lms.Query{Index: "waiting", Prefix: string(root) + "/"})
		if err != nil {
			return 0, err
		}
		n += k
	}
	return n, nil
}

// kept is an organisation whose people the actor keeps; "" means the first of them.
func (s *Ledger) kept(ctx context.Context, a lms.Actor, org lms.OrganisationID) (lms.Organisation, error) {
	if err := keeps(a); err != nil {
		return lms.Organisation{}, err
	}
	o, err := s.school.Organisations.Find(ctx, cmp.Or(org, a.Kept()[0]))
	if err != nil || !a.Keeps(o.Within) {
		return o, cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.organisation.unknown"))
	}
	return o, nil
}

// Withdraw takes back a claim of the actor's own that waits, and its file.
func (s *Ledger) Withdraw(ctx context.Context, a lms.Actor, id ClaimID) error {
	if err := a.Must(lms.Learner); err != nil {
		return err
	}
	c, err := s.Claim(ctx, a, id)
	if err != nil {
		return err
	}
	if c.Person != a.ID {
		return lms.Fail(lms.NotFound, "error.claim.unknown")
	}
	if _, err = s.decide(ctx, c.ID, func(c *Claim) { c.step(Withdrawn, a.ID, s.now(), "") }); err != nil {
		return err
	}
	return s.objects.Remove(ctx, c.key())
}

// Decision is what is decided of a claim.
type Decision struct {
	Accept  bool
	Minutes int    // that are recognised; 0 means as declared
	Area    AreaID // "" means as declared
	Reason  string // of a refusal, or of recognising other minutes: at least ten characters
}

// Decide accepts or refuses a claim that waits. Whoever keeps the people of its ente may, and not for themselves. The row in the ledger and the letter to
// the person follow, now or by the sweep.
func (s *Ledger) Decide(ctx context.Context, a lms.Actor, id ClaimID, d Decision) (Claim, error) {
	if err := a.MustKeep(); err != nil {
		return Claim{}, err
	}
	c, err := s.Claim(ctx, a, id)
	switch {
	case err != nil:
		return c, err
	case c.Person == a.ID:
		return c, lms.Fail(lms.Forbidden, "error.hours.own")
	case !a.Keeps(c.Member.Within):
		return c, lms.Fail(lms.Forbidden, "error.role")
	case c.State != Declared:
		return c, lms.Fail(lms.Conflict, "error.claim.decided")
	}
	if err := s.checkDecision(ctx, c, &d); err != nil {
		return c, err
	}
	c, err = s.decide(ctx, id, func(c *Claim) {
		c.Area = cmp.Or(d.Area, c.Area)
		if d.Accept {
			c.Counted = d.Minutes
			c.step(Accepted, a.ID, s.now(), d.Reason)
			return
		}
		c.step(Refused, a.ID, s.now(), d.Reason)
	})
	if err != nil {
		return c, err
	}
	verb := map[bool]string{true: "hours.validate", false: "hours.refuse"}[d.Accept]
	err = s.noted(ctx, a, lms.Act{Verb: verb, Object: string(id), Person: c.Person, Within: c.Member.Within, Details: map[string]string{"minutes": strconv.Itoa(c.Counted), "declared": strconv.Itoa(c.Minutes)}})
	if fault := s.follow(ctx, c); fault != nil {
		s.log.Error("a decision is not followed up yet", "claim", c.ID, "err", fault)
	}
	return c, err
}

func (s *Ledger) checkDecision(ctx context.Context, c Claim, d *Decision) error {
	d.Reason = strings.TrimSpace(d.Reason)
	d.Minutes = cmp.Or(d.Minutes, c.Minutes)
	fields := map[string]string{}
	if n := len([]rune(d.Reason)); n > 500 || n < 10 && (!d.Accept || d.Minutes != c.Minutes) {
		fields["reason"] = "error.hours.reason"
	}
	if d.Minutes < 1 || d.Minutes > c.Minutes {
		fields["minutes"] = "error.claim.minutes"
	}
	if d.Area != "" {
		if known, err := s.knownArea(ctx, c.Member, d.Area); err != nil {
			return err
		} else if !known {
			fields["area"] = "error.area.unknown"
		}
	}
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}

// decide changes a claim that waits; Conflict when it waits no more.
func (s *Ledger) decide(ctx context.Context, id ClaimID, change func(*Claim)) (Claim, error) {
	return s.claims.Change(ctx, string(id), func(c *Claim) error {
		if c.State != Declared {
			return &lms.Error{Kind: lms.Conflict, Message: "error.claim.decided"}
		}
		change(c)
		return nil
	})
}

// follow does what a decision entails: the row, and the letter. Done again it changes nothing.
func (s *Ledger) follow(ctx context.Context, c Claim) error {
	if c.State == Accepted && !c.Booked {
		err := s.Arrive(ctx, Hours{
			ID: HoursID("claim/" + string(c.ID)), Person: c.Person, Member: c.Member, Minutes: c.Counted, Kind: c.Kind, Area: c.Area, Title: c.Title,
			Provider: c.Provider, From: c.From, To: c.To, Outcome: c.Outcome, Evidence: Evidence{Claim: c.ID}, Validated: c.Last().By,
		})
		if err != nil {
			return err
		}
	}
	if !c.Said {
		if err := s.write(ctx, c); err != nil {
			return err
		}
	}
	_, err := s.claims.Change(ctx, string(c.ID), func(c *Claim) error {
		c.Booked, c.Said = c.State == Accepted, true
		return nil
	})
	return err
}

// write tells the person what was decided.
func (s *Ledger) write(ctx context.Context, c Claim) error {
	p, err := s.school.People.Known(ctx, c.Person)
	if s.post == nil || p.Email == "" || err != nil {
		return unless(err, lms.NotFound)
	}
	words := map[string]string{"title": c.Title, "declared": spelt(c.Minutes), "reason": c.Last().Reason, "ente": c.Member.Name}
	if c.State == Accepted {
		words["hours"] = spelt(c.Counted)
	}
	return s.post(ctx, lms.Letter{
		Cause: "hours/" + string(c.ID) + "/" + string(c.State), Kind: "hours." + string(c.State), To: p.Email, Person: p.ID, Name: p.Name(), Lang: p.Lang,
		Organisation: c.Member.Organisation, Link: "/ore", Words: words,
	})
}

// spelt is a number of minutes as hours: 7:30.
func spelt(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }
