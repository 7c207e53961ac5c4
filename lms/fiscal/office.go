package fiscal

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"aulacomune/lms"
)

// Office is where people's fiscal numbers are set, shown and taken away.
type Office struct {
	people *lms.People
	ring   *Ring
}

// New opens the office of these people.
func New(people *lms.People, ring *Ring) *Office { return &Office{people, ring} }

// noKey tells people what is missing, and keeps the reason for the log.
func noKey(err error) error {
	if err == nil {
		return nil
	}
	return &lms.Error{Kind: lms.Unavailable, Message: "error.fiscal.key", Err: err}
}

// Set keeps the number of the actor, or of somebody whose people the actor keeps. Of their own people may say only what can be theirs by their name:
// whoever could take another's number would be taken for them. Conflict says that somebody else has it.
func (o *Office) Set(ctx context.Context, a lms.Actor, id lms.PersonID, text string) error {
	p, err := o.mayChange(ctx, a, id)
	if err != nil {
		return err
	}
	n, err := Parse(text)
	if err != nil {
		return err
	}
	if a.ID == id && !n.Of(p.Given, p.Family) {
		return lms.Wrong("fiscal", "error.fiscal.name")
	}
	keys, err := o.ring.Needed()
	if err != nil {
		return noKey(err)
	}
	switch other, err := o.Find(ctx, n); {
	case err == nil && other.ID != id:
		return taken()
	case err != nil && !lms.Is(err, lms.NotFound):
		return err
	}
	_, err = o.people.Amend(ctx, id, func(p *lms.Person) error {
		p.Fiscal = lms.Fiscal{Hash: keys.Hash(n), Sealed: keys.Seal(n), Print: p.Fiscal.Print}
		return nil
	})
	if lms.IsTaken(err, "fiscal") {
		return taken()
	}
	return err
}

func taken() error {
	return &lms.Error{Kind: lms.Conflict, Message: "error.fiscal.taken", Fields: map[string]string{"fiscal": "error.fiscal.taken"}}
}

// Remove forgets the number of the actor, or of somebody whose people the actor keeps.
func (o *Office) Remove(ctx context.Context, a lms.Actor, id lms.PersonID) error {
	if _, err := o.mayChange(ctx, a, id); err != nil {
		return err
	}
	_, err := o.people.Amend(ctx, id, func(p *lms.Person) error {
		p.Fiscal = lms.Fiscal{}
		return nil
	})
	return err
}

// Print notes whether the actor wants their number on their certificates from now on. What was issued stays as it is.
func (o *Office) Print(ctx context.Context, a lms.Actor, yes bool) error {
	if err := a.Must(lms.Learner); err != nil {
		return err
	}
	_, err := o.people.Amend(ctx, a.ID, func(p *lms.Person) error {
		if yes && p.Fiscal.Sealed == "" {
			return lms.Wrong("fiscal", "error.fiscal.none")
		}
		p.Fiscal.Print = yes
		return nil
	})
	return err
}

// Prints says whether the actor wants their number on their certificates.
func (o *Office) Prints(ctx context.Context, a lms.Actor) (bool, error) {
	p, err := o.people.Known(ctx, a.ID)
	return p.Fiscal.Print, err
}

// Printable is somebody's number for a certificate: "" where they did not choose that it be printed. It asks nobody who they are.
func (o *Office) Printable(ctx context.Context, id lms.PersonID) (string, error) {
	p, err := o.people.Known(ctx, id)
	if err != nil || !p.Fiscal.Print {
		return "", err
	}
	n, err := o.Open(p)
	return string(n), err
}

// mayChange gives the person, as the actor may know them, where the actor may say who they are: themselves, or whoever could give them every role that they hold.
func (o *Office) mayChange(ctx context.Context, a lms.Actor, id lms.PersonID) (lms.Person, error) {
	if err := a.Must(lms.Learner); err != nil {
		return lms.Person{}, err
	}
	p, err := o.people.Find(ctx, a, id)
	if err != nil || id == a.ID {
		return p, err
	}
	if err := a.MustKeep(); err != nil {
		return p, err
	}
	whole, err := o.people.Known(ctx, id)
	if err != nil {
		return p, err
	}
	above := func(m lms.Membership) bool { return m.To.IsZero() && !a.MayGive(m.Role, m.Within) }
	if slices.ContainsFunc(whole.Memberships, above) {
		return p, lms.Fail(lms.Forbidden, "error.person.link")
	}
	return p, nil
}

// Of is the number of the actor, or of somebody whose people the actor keeps; "" for none.
func (o *Office) Of(ctx context.Context, a lms.Actor, id lms.PersonID) (Number, error) {
	p, err := o.people.Find(ctx, a, id)
	if err != nil || p.Fiscal.Sealed == "" {
		return "", err
	}
	return o.Open(p)
}

// Open reads somebody's number; "" for none. It asks nobody who they are.
func (o *Office) Open(p lms.Person) (Number, error) {
	if p.Fiscal.Sealed == "" {
		return "", nil
	}
	keys, err := o.ring.Keys()
	if err != nil {
		return "", noKey(err)
	}
	n, err := keys.Open(p.Fiscal.Sealed)
	return n, noKey(err)
}

// Told is somebody's number, for the copy of their data. The record's own hash and ciphertext tell them nothing.
func (o *Office) Told(ctx context.Context, id lms.PersonID) (any, error) {
	p, err := o.people.Known(ctx, id)
	if err != nil || p.Fiscal.Sealed == "" {
		return nil, err
	}
	n, err := o.Open(p)
	return map[string]any{"fiscal_number": n}, err
}

// Find is who has a number; NotFound for nobody. It asks nobody who they are.
func (o *Office) Find(ctx context.Context, n Number) (lms.Person, error) {
	keys, err := o.ring.Keys()
	if errors.Is(err, ErrNoKey) {
		return lms.Person{}, lms.Fail(lms.NotFound, "error.person.unknown")
	}
	if err != nil {
		return lms.Person{}, noKey(err)
	}
	for p, err := range o.people.WithFiscal(ctx, lms.Query{In: keys.Hashes(n)}) {
		return p, err
	}
	return lms.Person{}, lms.Fail(lms.NotFound, "error.person.unknown")
}

// sweepBatch is how many numbers a sweep takes to a new first key; the next goes on.
const sweepBatch = 500

// Sweep takes numbers that were kept under another key to the first one. Numbers whose key is not there are left.
func (o *Office) Sweep(ctx context.Context) error {
	keys, err := o.ring.Keys()
	if errors.Is(err, ErrNoKey) || err == nil && len(keys) == 1 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("fiscal numbers: %w", err)
	}
	left := sweepBatch
	for p, err := range o.others(ctx, keys[0].id) {
		if err != nil || left == 0 {
			return err
		}
		if !keys.knows(p.Fiscal.Sealed) {
			continue
		}
		left--
		if err := o.renew(ctx, p, keys); err != nil {
			return err
		}
	}
	return nil
}

// others yields who has a number under another key than the one of that name.
func (o *Office) others(ctx context.Context, id string) func(yield func(lms.Person, error) bool) {
	return func(yield func(lms.Person, error) bool) {
		for _, r := range [][2]string{{"0", id}, {id + ";", ""}} { // ";" stands behind ":"
			for p, err := range o.people.WithFiscal(ctx, lms.Query{From: r[0], To: r[1]}) {
				if !yield(p, err) {
					return
				}
			}
		}
	}
}

func (o *Office) renew(ctx context.Context, p lms.Person, keys Keys) error {
	n, err := keys.Open(p.Fiscal.Sealed)
	if err != nil {
		return fmt.Errorf("fiscal number of person %s: %w", p.ID, err)
	}
	_, err = o.people.Amend(ctx, p.ID, func(now *lms.Person) error {
		if now.Fiscal == p.Fiscal {
			now.Fiscal = lms.Fiscal{Hash: keys.Hash(n), Sealed: keys.Seal(n), Print: now.Fiscal.Print}
		}
		return nil
	})
	if lms.Is(err, lms.NotFound) {
		return nil
	}
	return err
}

// Health says what is wrong with the keys: there is none though numbers are kept, it cannot be read, or some numbers were kept with one that is not
// there. kept says whether there are numbers.
func (o *Office) Health(ctx context.Context) (kept bool, err error) {
	for _, err := range o.people.WithFiscal(ctx, lms.Query{From: "0", To: ""}) {
		if err != nil {
			return false, err
		}
		kept = true
		break
	}
	keys, err := o.ring.Keys()
	if errors.Is(err, ErrNoKey) && !kept {
		return false, nil
	}
	if err != nil {
		return kept, err
	}
	from := "0"
	for _, id := range slices.Sorted(keys.names()) { // look only between what the keys have
		for _, err := range o.people.WithFiscal(ctx, lms.Query{From: from, To: id}) {
			return kept, errors.Join(err, ErrOtherKey)
		}
		from = id + ";"
	}
	for _, err := range o.people.WithFiscal(ctx, lms.Query{From: from, To: ""}) {
		return kept, errors.Join(err, ErrOtherKey)
	}
	return kept, nil
}

// names yields the names of the keys.
func (ks Keys) names() func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, k := range ks {
			if !yield(k.id) {
				return
			}
		}
	}
}

// File says where the keys lie (see Ring.File).
func (o *Office) File() (file string, open, missing bool) { return o.ring.File() }
