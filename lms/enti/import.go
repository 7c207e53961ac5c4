package enti

import (
	"context"
	"crypto/rand"
	"maps"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
)

// State is how far an import is.
type State string

// The states.
const (
	Checked State = "checked" // the files were read; what they would change can be looked at
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed" // it stopped in the middle: it may be begun again
)

// Import is files that somebody uploaded, between the dry run and the result.
type Import struct {
	ID       string             `json:"id"`
	By       lms.PersonID       `json:"by"`
	Under    lms.OrganisationID `json:"under"`
	At       time.Time          `json:"at"`
	Region   Region             `json:"region"`
	State    State              `json:"state"`
	Steps    int                `json:"steps"` // steps, of…
	Of       int                `json:"of"`
	Touched  time.Time          `json:"touched"`          // when it was last heard of
	Counts   map[What]int       `json:"counts,omitempty"` // of what was done
	Cease    bool               `json:"cease,omitempty"`  // whether it was agreed that what is not in the files ceases
	Finished time.Time          `json:"finished,omitzero"`
}

// Standing is the state now: an import that runs and was not heard of for a while has stopped, with the machine that it ran on.
func (i Import) Standing(now time.Time) State {
	if i.State == Running && now.Sub(i.Touched) > silence {
		return Failed
	}
	return i.State
}

const (
	silence    = time.Minute
	importLife = 30 * 24 * time.Hour
	reportStep = 50 // steps between two words of progress
)

// imports says how imports are kept.
var imports = lms.Noun[Import]{
	Name: "enti_imports",
	ID:   func(i Import) string { return i.ID },
	Indexes: []lms.Index[Import]{
		{Name: "at", Keys: func(i Import) []string { return []string{lms.TimeKey(i.At)} }},
		{Name: "under", Keys: func(i Import) []string { return []string{string(i.Under) + "/" + lms.TimeKey(i.At)} }},
	},
}

// Check reads files for an import below an organisation, and keeps what they say until somebody confirms it.
func (s *Enti) Check(ctx context.Context, a lms.Actor, f Files, under lms.OrganisationID) (Import, error) {
	if err := s.may(ctx, a, under); err != nil {
		return Import{}, err
	}
	r, err := Read(f)
	if err != nil {
		return Import{}, err
	}
	if _, err := s.Prepare(ctx, r, Order{Under: under}); err != nil {
		return Import{}, err
	}
	now := s.now()
	i := Import{ID: strings.ToLower(rand.Text()), By: a.ID, Under: under, At: now, Region: r, State: Checked, Touched: now}
	return i, s.imports.Add(ctx, i)
}

// Look reads an import with its plan, as the tree is now.
func (s *Enti) Look(ctx context.Context, a lms.Actor, id string) (Import, Plan, error) {
	if err := a.Must(lms.Administrator); err != nil {
		return Import{}, Plan{}, err
	}
	i, err := s.imports.Find(ctx, id)
	if err == nil {
		err = s.may(ctx, a, i.Under)
	}
	if lms.Is(err, lms.NotFound) {
		return Import{}, Plan{}, lms.Fail(lms.NotFound, "error.enti.import")
	}
	if err != nil {
		return Import{}, Plan{}, err
	}
	p, err := s.Prepare(ctx, i.Region, Order{Under: i.Under})
	return i, p, err
}

// Working counts who works now in the enti that are not in a plan's files, or below them.
func (s *Enti) Working(ctx context.Context, a lms.Actor, p Plan) (int, error) {
	if err := s.may(ctx, a, p.Under.ID); err != nil {
		return 0, err
	}
	now, seen := s.now(), map[lms.PersonID]bool{}
	for _, step := range p.Absent {
		for person, err := range s.school.People.Within(ctx, step.After.ID) {
			if err != nil {
				return 0, err
			}
			seen[person.ID] = seen[person.ID] || slices.ContainsFunc(person.Memberships, func(m lms.Membership) bool {
				return m.At(now) && slices.Contains(m.Within, step.After.ID)
			})
		}
	}
	maps.DeleteFunc(seen, func(_ lms.PersonID, works bool) bool { return !works })
	return len(seen), nil
}

// Agreed is what somebody agreed to when they confirmed an import.
type Agreed struct {
	Cease bool // what is not in the files ceases
	Leave bool // the files are in doubt: what is not in them stays, and the rest is carried out
}

// Start carries an import out, in the background: Look tells how far it is. It runs on when whoever started it goes away; when the machine stops, it may
// be started again. While it runs, starting it again changes nothing. Files that are in doubt are a Conflict, unless it was agreed to leave out what is not in them.
func (s *Enti) Start(ctx context.Context, a lms.Actor, id string, agreed Agreed) (finished <-chan struct{}, err error) {
	i, p, err := s.Look(ctx, a, id)
	if err == nil && agreed.Cease {
		p, err = s.Prepare(ctx, i.Region, Order{Under: i.Under, Cease: true})
	}
	if err != nil {
		return nil, err
	}
	if p.Doubt && !agreed.Leave {
		return nil, &lms.Error{Kind: lms.Conflict, Message: "error.enti.doubt"}
	}
	if p.Refused() {
		return nil, &lms.Error{Kind: lms.Conflict, Message: "error.enti.refused"}
	}
	now, begun := s.now(), false
	_, err = s.imports.Change(ctx, id, func(i *Import) error {
		if begun = i.Standing(now) != Running; begun {
			i.State, i.Steps, i.Of, i.Touched, i.Counts, i.Cease = Running, 0, len(p.Steps), now, counts(p), agreed.Cease
		}
		return nil
	})
	end := make(chan struct{})
	if err != nil || !begun {
		close(end)
		return end, err
	}
	ctx = context.WithoutCancel(ctx)
	s.running.Go(func() {
		defer close(end)
		err := s.Apply(ctx, a, p, func(done, _ int) {
			if done%reportStep == 0 {
				_, _ = s.imports.Change(ctx, id, func(i *Import) error { i.Steps, i.Touched = max(i.Steps, done), s.now(); return nil })
			}
		})
		_, _ = s.imports.Change(ctx, id, func(i *Import) error {
			if i.State, i.Finished = Failed, s.now(); err == nil {
				i.State, i.Steps = Done, i.Of
			}
			return nil
		})
	})
	return end, nil
}

func counts(p Plan) map[What]int {
	out := map[What]int{}
	for _, w := range Whats() {
		if n := len(p.Of(w)); n > 0 {
			out[w] = n
		}
	}
	return out
}

// Wait waits for the imports that run in this process.
func (s *Enti) Wait() { s.running.Wait() }

// sweepImports forgets old files.
func (s *Enti) sweepImports(ctx context.Context) error {
	old, err := s.imports.All(ctx, lms.Query{Index: "at", To: lms.TimeKey(s.now().Add(-importLife)), Limit: 100})
	for _, i := range old {
		if err := s.imports.Remove(ctx, i.ID); err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
	}
	return err
}

// Branch is an organisation in the tree, with what lies directly below it.
type Branch struct {
	Organisation lms.Organisation
	Above        []lms.Organisation // from the root down, as far as the actor keeps them
	Below        []Leaf
	People       int // of it and below, past ones too
}

// Leaf is an organisation in a list.
type Leaf struct {
	Organisation lms.Organisation
	Below        int // organisations below it
	People       int // of it and below, past ones too
}

// Branch reads an organisation whose people the actor keeps, with those directly below it by name.
func (s *Enti) Branch(ctx context.Context, a lms.Actor, id lms.OrganisationID) (Branch, error) {
	if err := a.MustKeep(); err != nil {
		return Branch{}, err
	}
	all, err := s.school.Organisations.Select(ctx, lms.Query{Index: "within", Prefix: string(id) + "/"})
	if err != nil {
		return Branch{}, err
	}
	var b Branch
	below := map[lms.OrganisationID]int{}
	for _, o := range all {
		if o.ID == id {
			b.Organisation = o
		}
		for _, above := range o.Within[:len(o.Within)-1] {
			below[above]++
		}
	}
	if b.Organisation.ID == "" || !a.Keeps(b.Organisation.Within) {
		return Branch{}, lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	for _, above := range b.Organisation.Within[:len(b.Organisation.Within)-1] {
		if o, err := s.school.Organisations.Find(ctx, above); err == nil && a.Keeps(o.Within) {
			b.Above = append(b.Above, o)
		}
	}
	if b.People, err = s.school.People.Count(ctx, a, id); err != nil {
		return Branch{}, err
	}
	for _, o := range all {
		if o.Parent() != id {
			continue
		}
		people, err := s.school.People.Count(ctx, a, o.ID)
		if err != nil {
			return Branch{}, err
		}
		b.Below = append(b.Below, Leaf{o, below[o.ID], people})
	}
	return b, nil
}

// Search lists the organisations below one whose people the actor keeps that have a text in their name, among their former names, or as a code.
func (s *Enti) Search(ctx context.Context, a lms.Actor, under lms.OrganisationID, text string, most int) ([]lms.Organisation, error) {
	if err := a.MustKeep(); err != nil {
		return nil, err
	}
	root, err := s.school.Organisations.Find(ctx, under)
	if err != nil || !a.Keeps(root.Within) {
		return nil, lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	all, err := s.school.Organisations.Select(ctx, lms.Query{Index: "within", Prefix: string(under) + "/"})
	if err != nil {
		return nil, err
	}
	var out []lms.Organisation
	want := lms.Fold(text)
	for _, o := range all {
		named := lms.Fold(strings.Join(append([]string{o.Name}, o.FormerNames...), " "))
		coded := lms.Fold(strings.Join([]string{string(o.ID), o.Codes.ISTAT, o.Codes.IPA, o.Codes.Cadastral, o.Codes.Tax, strings.Join(o.Domains, " ")}, " "))
		if want != "" && (strings.Contains(named, want) || strings.Contains(coded, want)) && len(out) < most {
			out = append(out, o)
		}
	}
	return out, nil
}
