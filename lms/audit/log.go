package audit

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/memory"
)

// Ports is what the log needs from outside.
type Ports struct {
	Engine lms.Engine
	Find   func(ctx context.Context, id lms.OrganisationID) (lms.Organisation, error)     // Organisations.Find
	Names  func(ctx context.Context, ids []lms.PersonID) (map[lms.PersonID]string, error) // People.Names
	Rome   *time.Location                                                                 // a day is one in Italy
	Log    *slog.Logger
	Now    func() time.Time // nil means the clock
}

// Log is the chain of acts.
type Log struct {
	rows     *lms.Records[Row]
	privates *lms.Records[Private]
	verdicts *lms.Records[Verdict]
	find     func(ctx context.Context, id lms.OrganisationID) (lms.Organisation, error)
	names    func(ctx context.Context, ids []lms.PersonID) (map[lms.PersonID]string, error)
	rome     *time.Location
	log      *slog.Logger
	now      func() time.Time
	turns    *memory.Queue                    // one append at a time in this process
	seen     *memory.Recent[string, struct{}] // keys that are in the chain
	head     Row                              // as this process wrote it last, in its turn; the zero Row says that it must be read
	mu       sync.Mutex
	late     []late // could not be written yet
}

// late is an act that could not be written yet.
type late struct {
	row      Row
	personal map[string]string
}

// The bounds of what waits in memory.
const (
	mostLate   = 10_000
	noteWithin = 10 * time.Second
)

// Open prepares the records.
func Open(ctx context.Context, p Ports) (*Log, error) {
	l := &Log{
		find: p.Find, names: p.Names, rome: p.Rome, log: p.Log, now: lms.Clock(p.Now),
		turns: memory.NewQueue(), seen: memory.NewRecent[string, struct{}](24 * time.Hour),
	}
	var err error
	if l.rows, err = lms.OpenRecords(ctx, p.Engine, rows); err != nil {
		return nil, err
	}
	if l.privates, err = lms.OpenRecords(ctx, p.Engine, privates); err != nil {
		return nil, err
	}
	l.verdicts, err = lms.OpenRecords(ctx, p.Engine, verdicts)
	return l, err
}

// Collections are what a backup holds of the log.
func Collections() []lms.Collection {
	return []lms.Collection{privates.Collection(), rows.Collection(), verdicts.Collection()}
}

// Note writes an act into the chain (see lms.Note), even if whoever asked has gone meanwhile. An act that cannot be written now is kept and written
// by the sweep; an error says that the act has no meaning, or that too many are kept already.
func (l *Log) Note(ctx context.Context, a lms.Actor, act lms.Act) error {
	if !isVerb(act.Verb) {
		return fmt.Errorf("note an act: no verb %q", act.Verb)
	}
	r := Row{
		At: l.now(), By: a.ID, Role: act.Role, Verb: act.Verb, Object: act.Object, Person: act.Person, Within: slices.Clone(act.Within), Details: maps.Clone(act.Details),
		Key: act.Key,
	}
	if r.Role == "" {
		r.Role = a.By(act.Within)
	}
	if verbs()[act.Verb].daily {
		r.Key = fmt.Sprintf("%s/%s/%s/%s/%s", r.Verb, r.By, r.Person, r.Object, r.At.In(l.rome).Format(time.DateOnly))
	}
	if _, known := l.seen.Get(r.Key, r.At); known && r.Key != "" {
		return nil
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), noteWithin)
	defer stop()
	if err := l.write(ctx, &r, act.Personal); err != nil {
		return l.keep(late{r, maps.Clone(act.Personal)}, err)
	}
	return nil
}

// write puts the personal part apart, then the row into the chain. A row whose personal part could not be written is not written either.
func (l *Log) write(ctx context.Context, r *Row, personal map[string]string) error {
	if len(personal) > 0 && r.Private == "" {
		p := Private{ID: rand.Text(), Person: r.Person, Salt: rand.Text(), Words: personal}
		if err := l.privates.Add(ctx, p); err != nil {
			return err
		}
		r.Private, r.Personal = p.ID, p.Hash()
	}
	return l.chain(ctx, *r)
}

// chain adds a row behind the head. Another process may be faster: then the head is read again.
func (l *Log) chain(ctx context.Context, r Row) error {
	leave, err := l.turns.Enter(ctx, "chain")
	if err != nil {
		return err
	}
	defer leave()
	for {
		if l.head.Seq == 0 {
			if l.head, err = l.last(ctx); err != nil {
				l.head = Row{}
				return err
			}
		}
		next := r.after(l.head)
		err := l.rows.Add(ctx, next)
		if err == nil || lms.IsTaken(err, "key") {
			l.seen.Put(r.Key, struct{}{}, r.At)
		}
		switch {
		case err == nil:
			l.head = next
			return nil
		case lms.IsTaken(err, "key"):
			return nil
		}
		l.head = Row{}
		if !lms.IsTaken(err, "id") {
			return err
		}
	}
}

// last is the head of the chain; the zero Row when it is empty.
func (l *Log) last(ctx context.Context) (Row, error) {
	for r, err := range l.rows.List(ctx, lms.Query{Reverse: true, Limit: 1}) {
		return r, err
	}
	return Row{}, nil
}

// keep holds on to a row that could not be written, and says so in the process's log, with all but its personal part.
func (l *Log) keep(a late, err error) error {
	r := a.row
	l.log.Error("act not noted yet", "verb", r.Verb, "object", r.Object, "by", r.By, "person", r.Person, "at", r.At, "err", err)
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.late) >= mostLate {
		return fmt.Errorf("note an act: too many wait: %w", err)
	}
	l.late = append(l.late, a)
	return nil
}

// Sweep writes what could not be written at once. A row's own time stays, so that one behind another in the chain may be the earlier one.
func (l *Log) Sweep(ctx context.Context) error {
	l.mu.Lock()
	waiting := l.late
	l.late = nil
	l.mu.Unlock()
	for i := range waiting {
		if err := l.write(ctx, &waiting[i].row, waiting[i].personal); err != nil {
			l.mu.Lock()
			l.late = append(waiting[i:], l.late...)
			l.mu.Unlock()
			return fmt.Errorf("note %d acts: %w", len(waiting)-i, err)
		}
	}
	return nil
}

// Erase forgets the personal part of every act about a person. The rows stay, and the chain verifies.
func (l *Log) Erase(ctx context.Context, id lms.PersonID) error {
	var errs []error
	found, err := l.privates.All(ctx, lms.Query{Index: "person", Equal: string(id)})
	for _, p := range found {
		if err := l.privates.Remove(ctx, p.ID); err != nil && !lms.Is(err, lms.NotFound) {
			errs = append(errs, err)
		}
	}
	return errors.Join(append(errs, err)...)
}

// Checked is what a check of the chain found.
type Checked struct {
	Rows   int  `json:"rows"`
	Erased int  `json:"erased,omitempty"` // rows whose personal part was erased
	Head   Hash `json:"head,omitempty"`   // of the last row
}

// Break is the error of Check that says where the chain does not verify.
type Break struct {
	Row      int    `json:"row"`                // the first that is not what it was
	Personal bool   `json:"personal,omitempty"` // it is that row's personal part
	Text     string `json:"text"`               // of Error
}

// Error is for the machine's administrators.
func (b *Break) Error() string { return b.Text }

// Check reads the whole chain. Its error is a *Break that says where the chain breaks: a row that is missing or was changed, or a personal part that was. seq and head
// are what somebody noted of the head at an earlier time, 0 and "" for nothing: the chain must still hold it.
func (l *Log) Check(ctx context.Context, seq int, head Hash) (Checked, error) {
	var c Checked
	var before Row
	for r, err := range l.rows.List(ctx, lms.Query{}) {
		if err != nil {
			return c, err
		}
		if want := r.after(before); r.Seq != want.Seq || r.ID != want.ID || r.Prev != want.Prev {
			return c, &Break{Row: before.Seq + 1, Text: fmt.Sprintf("the chain breaks at row %s: behind row %d another one was, or is missing", r.ID, before.Seq)}
		}
		if err := l.checkPrivate(ctx, r, &c); err != nil {
			return c, err
		}
		before = r
		c.Rows, c.Head = r.Seq, r.Hash()
		if r.Seq == seq && c.Head != head {
			return c, &Break{Row: seq, Text: fmt.Sprintf("row %d is not the one that was noted", seq)}
		}
	}
	if c.Rows < seq {
		return c, &Break{Row: c.Rows + 1, Text: fmt.Sprintf("the chain ends at row %d: what was noted was row %d, and its end was cut off", c.Rows, seq)}
	}
	return c, nil
}

func (l *Log) checkPrivate(ctx context.Context, r Row, c *Checked) error {
	if r.Private == "" {
		return nil
	}
	p, err := l.privates.Find(ctx, r.Private)
	switch {
	case lms.Is(err, lms.NotFound):
		c.Erased++
		return nil
	case err == nil && p.Hash() != r.Personal:
		return &Break{Row: r.Seq, Personal: true, Text: fmt.Sprintf("the personal part of row %d was changed", r.Seq)}
	}
	return err
}
