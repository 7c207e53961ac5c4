package roll

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/sheet"

	"github.com/google/uuid"
)

// IntakeID names a file of people that was brought.
type IntakeID string

// IntakeState is how far a file of people is.
type IntakeState string

// The states of an intake, in their order. Nobody is added before Applying.
const (
	Mapping  IntakeState = "mapping"  // a person has to say what its columns are
	Checking IntakeState = "checking" // it is being read
	Checked  IntakeState = "checked"  // what it would do is known
	Applying IntakeState = "applying"
	Applied  IntakeState = "applied"
	Undoing  IntakeState = "undoing"
	Undone   IntakeState = "undone"
)

// Intake is a file of people: what it would do, how far it is, and what it did. Whom it brought is said by the people themselves (Person.Intake,
// Membership.Intake), so that it can be cut off anywhere and gone on with, and undone.
type Intake struct {
	ID           IntakeID             `json:"id"`
	Organisation lms.OrganisationID   `json:"organisation"` // where rows belong that name none
	Within       []lms.OrganisationID `json:"within"`
	Name         string               `json:"name"` // of the file
	Object       string               `json:"object"`
	By           lms.PersonID         `json:"by"`
	At           time.Time            `json:"at"`
	Headings     []string             `json:"headings"`
	Sample       [][]string           `json:"sample,omitempty"` // the first rows, to recognise columns by
	Columns      Columns              `json:"columns"`
	Update       bool                 `json:"update"`           // who is known changes office and category
	Invite       bool                 `json:"invite,omitempty"` // who is new and has an address is sent a link to sign in with
	State        IntakeState          `json:"state"`
	Total        int                  `json:"total"` // rows
	Done         int                  `json:"done"`  // of them, in this state
	Count        Count                `json:"count"`
	Problems     []Problem            `json:"problems,omitempty"` // the first of them
	Glances      []Glance             `json:"glances,omitempty"`  // the first who will be added or changed, while it is Checked
	Likely       []Likely             `json:"likely,omitempty"`   // the first who may be known already, while it is Checked
	Fault        string               `json:"fault,omitempty"`    // the message of what is wrong with the file as a whole
	FaultLine    int                  `json:"fault_line,omitempty"`
	Lease        time.Time            `json:"lease,omitzero"` // until when a process works on it
	Ended        time.Time            `json:"ended,omitzero"`
	Stayed       int                  `json:"stayed,omitempty"`  // whom undoing left: they have signed in or taken a course since
	Entered      int                  `json:"entered,omitempty"` // of them, who has signed in; the others take a course
}

// Count is what a file does.
type Count struct {
	New     int `json:"new"`     // people added
	Changed int `json:"changed"` // people whose office or category changes
	Kept    int `json:"kept"`    // people who are there already, as the file says
	Wrong   int `json:"wrong"`   // rows that do nothing
}

// Problem is what is wrong with a row.
type Problem struct {
	Line   int               `json:"line"`
	Name   string            `json:"name"`
	Fields map[string]string `json:"fields"` // field → message id
}

const (
	// MaxPeople is the largest number of people in one file.
	MaxPeople = 25_000
	// MaxFile is the largest file of people, in bytes.
	MaxFile      = 12 << 20
	maxProblems  = 500
	sampleRows   = 3
	undoWithin   = 30 * 24 * time.Hour
	fileOfIntake = "intakes/"
)

// intakes says how files of people are kept.
var intakes = lms.Noun[Intake]{
	Name: "intakes",
	ID:   func(i Intake) string { return string(i.ID) },
	Indexes: []lms.Index[Intake]{
		{Name: "within", Many: true, Keys: func(i Intake) []string {
			var keys []string
			for _, o := range i.Within {
				keys = append(keys, string(o)+"/"+lms.TimeKey(i.At))
			}
			return keys
		}},
		{Name: "working", Keys: func(i Intake) []string {
			if i.working() {
				return []string{lms.TimeKey(i.Lease)}
			}
			return nil
		}},
	},
}

func (i Intake) working() bool {
	return slices.Contains([]IntakeState{Checking, Applying, Undoing}, i.State)
}

// Removed is how many people undoing took out.
func (i Intake) Removed() int {
	if i.State != Undone {
		return 0
	}
	return max(0, i.Count.New-i.Stayed)
}

// Working says that it goes on by itself, behind the pages.
func (i Intake) Working() bool { return i.working() }

// MayUndo says whether what the file did can be undone at a moment.
func (i Intake) MayUndo(now time.Time) bool {
	return i.State == Applied && now.Sub(i.Ended) < undoWithin
}

// File is a file as it was sent.
type File struct {
	Name         string
	Bytes        []byte
	Organisation lms.OrganisationID // "" means the caller's
	Update       bool               // who is known changes office and category
}

// Bring takes a file of people and begins to read it; nobody is added before Apply. Where its columns cannot be told by their headings it waits for Map.
func (r *Roll) Bring(ctx context.Context, a lms.Actor, f File) (Intake, error) {
	if err := a.MustKeep(); err != nil {
		return Intake{}, err
	}
	if f.Organisation == "" {
		f.Organisation = a.Kept()[0]
	}
	org, err := r.school.Organisations.Find(ctx, f.Organisation)
	if err != nil || !a.Keeps(org.Within) {
		return Intake{}, lms.Wrong("organisation", "error.organisation.unknown")
	}
	i := Intake{ID: IntakeID(uuid.Must(uuid.NewV7()).String()), Organisation: org.ID, Within: org.Within, Name: clip(path.Base(f.Name)), By: a.ID, At: r.now(), Update: f.Update}
	if err := i.look(f.Bytes); err != nil {
		return Intake{}, err
	}
	sum := sha256.Sum256(f.Bytes)
	i.Object = fileOfIntake + string(i.ID) + "/" + hex.EncodeToString(sum[:])
	if err := r.objects.Put(ctx, i.Object, bytes.NewReader(f.Bytes), int64(len(f.Bytes)), "application/octet-stream"); err != nil {
		return Intake{}, err
	}
	if err := r.intakes.Add(ctx, i); err != nil {
		return Intake{}, err
	}
	r.begin(i)
	return i, nil
}

// clip keeps a file's name short enough to be shown.
func clip(name string) string {
	if runes := []rune(strings.ToValidUTF8(name, "?")); len(runes) > 100 {
		return string(runes[:100])
	}
	return strings.ToValidUTF8(name, "?")
}

func limits() sheet.Limits { return sheet.Limits{Bytes: MaxFile, Rows: MaxPeople + 1, Columns: 200} }

// look reads a whole file without judging its rows: its headings, the first rows, how many there are.
func (i *Intake) look(file []byte) error {
	rows, err := limits().Read(file)
	if err != nil {
		return err
	}
	for row, err := range rows {
		switch {
		case err != nil:
			return err
		case i.Headings == nil:
			i.Headings = row.Cells
			i.Columns = Guess(row.Cells)
		default:
			if i.Total++; len(i.Sample) < sampleRows {
				i.Sample = append(i.Sample, row.Cells)
			}
		}
	}
	if i.Total == 0 {
		return lms.Wrong("file", "error.import.empty")
	}
	if i.State = Checking; len(i.Columns.missing()) > 0 {
		i.State = Mapping
	}
	return nil
}

// Map says what the columns of a file are, and reads it anew.
func (r *Roll) Map(ctx context.Context, a lms.Actor, id IntakeID, c Columns) (Intake, error) {
	return r.turn(ctx, a, id, Checking, func(i *Intake) error {
		if i.State != Mapping && i.State != Checked {
			return lms.Fail(lms.Conflict, "error.intake.state")
		}
		for f, at := range c {
			if at < 0 || at >= len(i.Headings) || !slices.Contains(Fields(), f) {
				return lms.Wrong(string(f), "error.invalid")
			}
		}
		if m := c.missing(); len(m) > 0 {
			return lms.Wrong(string(m[0]), "error.intake.column")
		}
		i.Columns = c
		return nil
	})
}

// Apply does what a file was found to do; with invite, who is new and has an address is sent a link to sign in with.
func (r *Roll) Apply(ctx context.Context, a lms.Actor, id IntakeID, invite bool) (Intake, error) {
	i, err := r.turn(ctx, a, id, Applying, func(i *Intake) error {
		if i.State != Checked {
			return lms.Fail(lms.Conflict, "error.intake.state")
		}
		i.By, i.Invite = a.ID, invite
		return nil
	})
	if err == nil {
		r.act(ctx, a, "people.import", lms.Person{}, lms.Act{Object: string(id), Within: i.Within, Details: map[string]string{"rows": fmt.Sprint(i.Total)}, Key: "intake/" + string(id)})
	}
	return i, err
}

// Undo takes back what a file did. Whoever has signed in or taken a course since stays.
func (r *Roll) Undo(ctx context.Context, a lms.Actor, id IntakeID) (Intake, error) {
	i, err := r.turn(ctx, a, id, Undoing, func(i *Intake) error {
		if !i.MayUndo(r.now()) {
			return lms.Fail(lms.Conflict, "error.intake.state")
		}
		return nil
	})
	if err == nil {
		r.act(ctx, a, "people.import.undo", lms.Person{}, lms.Act{Object: string(id), Within: i.Within, Key: "intake/undo/" + string(id)})
	}
	return i, err
}

// turn takes an intake to a state in which it goes on by itself.
func (r *Roll) turn(ctx context.Context, a lms.Actor, id IntakeID, to IntakeState, may func(*Intake) error) (Intake, error) {
	if err := a.MustKeep(); err != nil {
		return Intake{}, err
	}
	if _, err := r.Intake(ctx, a, id); err != nil {
		return Intake{}, err
	}
	i, err := r.intakes.Change(ctx, string(id), func(i *Intake) error {
		if err := may(i); err != nil {
			return err
		}
		i.State, i.Done, i.Fault, i.FaultLine, i.Lease = to, 0, "", 0, time.Time{}
		return nil
	})
	if err == nil {
		r.begin(i)
	}
	return i, err
}

// Intake is a file of people of an ente whose people the actor keeps.
func (r *Roll) Intake(ctx context.Context, a lms.Actor, id IntakeID) (Intake, error) {
	if len(a.Kept()) == 0 {
		return Intake{}, forbidden(a)
	}
	i, err := r.intakes.Find(ctx, string(id))
	if lms.Is(err, lms.NotFound) || err == nil && !a.Keeps(i.Within) {
		return Intake{}, lms.Fail(lms.NotFound, "error.intake.unknown")
	}
	return i, err
}

// forbidden is what somebody hears who keeps nobody.
func forbidden(a lms.Actor) error {
	if a.Nobody() {
		return lms.Fail(lms.SignIn, "error.signin")
	}
	return lms.Fail(lms.Forbidden, "error.role")
}

// Intakes lists the files that were brought for an ente and those below it, the latest first.
func (r *Roll) Intakes(ctx context.Context, a lms.Actor, org lms.OrganisationID, at lms.PageAt) ([]Intake, string, error) {
	if len(a.Kept()) == 0 {
		return nil, "", forbidden(a)
	}
	o, err := r.school.Organisations.Find(ctx, org)
	if err != nil || !a.Keeps(o.Within) {
		return nil, "", lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	return r.intakes.Page(ctx, lms.Query{Index: "within", Prefix: string(org) + "/", Reverse: true, After: at.After, Limit: at.Limit})
}

// file is the file of an intake.
func (r *Roll) file(ctx context.Context, i Intake) ([]byte, error) {
	o, err := r.objects.Open(ctx, i.Object)
	if err != nil {
		return nil, err
	}
	defer o.Close()
	b, err := io.ReadAll(o)
	if err != nil {
		return nil, fmt.Errorf("read file of people: %w", err)
	}
	return b, nil
}
