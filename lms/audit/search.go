package audit

import (
	"context"
	"iter"
	"slices"
	"time"

	"aulacomune/lms"
)

// Asked says which acts to list. What is empty says nothing.
type Asked struct {
	Organisation lms.OrganisationID // where it happened, or below
	Person       lms.PersonID       // whom it concerns
	By           lms.PersonID       // who acted
	Verb         string
	From         time.Time // from this moment…
	To           time.Time // …and before this
}

// Entry is an act as it is shown.
type Entry struct {
	Row
	ByName     string            // "" for who is no more, and for the command line
	PersonName string            // "" for nobody, and for who is no more
	Personal   map[string]string // nil where there is none, and where it was erased
	Erased     bool              // there was a personal part
}

// scanned is how many acts are looked at for one page; the cursor goes on behind them.
const scanned = 2000

// Search lists acts, the latest first, for whoever keeps the people of the organisation where they happened.
func (l *Log) Search(ctx context.Context, a lms.Actor, q Asked, at lms.PageAt) (found []Entry, next string, err error) {
	if err := l.mayAsk(ctx, a, &q); err != nil {
		return nil, "", err
	}
	if at.Limit <= 0 {
		at.Limit = 50
	}
	query := q.query()
	query.Reverse, query.After = true, at.After
	var kept []Row
	for looked := 0; len(kept) < at.Limit && looked < scanned; {
		query.Limit = at.Limit - len(kept) // never more than are asked for: the cursor stands behind the last
		page, next, err := l.rows.Page(ctx, query)
		if err != nil {
			return nil, "", err
		}
		for _, r := range page {
			if q.means(r) && a.Keeps(r.Within) {
				kept = append(kept, r)
			}
		}
		looked += len(page)
		if query.After = next; next == "" {
			break
		}
	}
	found, err = l.entries(ctx, kept)
	return found, query.After, err
}

// Look is Search for a page: that somebody looked through the log is an act, too, once a day.
func (l *Log) Look(ctx context.Context, a lms.Actor, q Asked, at lms.PageAt) (found []Entry, next string, err error) {
	if found, next, err = l.Search(ctx, a, q, at); err != nil {
		return nil, "", err
	}
	act, err := l.reading(ctx, a, lms.Act{Verb: "audit.read"}, q)
	if err != nil {
		return nil, "", err
	}
	return found, next, l.Note(ctx, a, act)
}

// reading is the act of reading some acts, where they happened; of those about a person, where the reader keeps people.
func (l *Log) reading(ctx context.Context, a lms.Actor, act lms.Act, q Asked) (lms.Act, error) {
	act.Object, act.Person = string(q.Organisation), q.Person
	at := q.Organisation
	if at == "" {
		at = a.Kept()[0]
	}
	o, err := l.find(ctx, at)
	act.Within = o.Within
	return act, err
}

// mayAsk refuses who keeps no people, and an organisation whose people the actor does not keep. Without an organisation it is the actor's own.
func (l *Log) mayAsk(ctx context.Context, a lms.Actor, q *Asked) error {
	if err := a.MustKeep(); err != nil {
		return err
	}
	if q.Verb != "" && !isVerb(q.Verb) {
		return lms.Wrong("verb", "error.invalid")
	}
	if q.Organisation == "" && (q.Person != "" || q.By != "") {
		return nil // what is found is kept only where the actor may see it
	}
	if q.Organisation == "" {
		q.Organisation = a.Kept()[0]
	}
	o, err := l.find(ctx, q.Organisation)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return err
	}
	if err != nil || !a.Keeps(o.Within) {
		return lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	return nil
}

// query is the stretch of one index that holds what is asked for, and more.
func (q Asked) query() lms.Query {
	out, prefix := lms.Query{Index: "within"}, withinKey(q.Organisation, q.Verb)
	switch {
	case q.Person != "":
		out.Index, prefix = "who", aboutKey(q.Person)
	case q.By != "":
		out.Index, prefix = "who", byKey(q.By)
	}
	out.From, out.To = prefix, prefix+"~" // times begin with digits
	if !q.From.IsZero() {
		out.From = prefix + lms.TimeKey(q.From)
	}
	if !q.To.IsZero() {
		out.To = prefix + lms.TimeKey(q.To)
	}
	return out
}

// means says whether an act is one that is asked for.
func (q Asked) means(r Row) bool {
	return (q.Organisation == "" || slices.Contains(r.Within, q.Organisation)) && (q.Person == "" || r.Person == q.Person) && (q.By == "" || r.By == q.By) &&
		(q.Verb == "" || r.Verb == q.Verb)
}

// entries adds names and personal parts.
func (l *Log) entries(ctx context.Context, found []Row) ([]Entry, error) {
	var ids []lms.PersonID
	for _, r := range found {
		ids = append(ids, r.By, r.Person)
	}
	ids = slices.DeleteFunc(ids, func(id lms.PersonID) bool { return id == "" })
	names, err := l.names(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []Entry
	for _, r := range found {
		e := Entry{Row: r, ByName: names[r.By], PersonName: names[r.Person]}
		if r.Private != "" {
			p, err := l.privates.Find(ctx, r.Private)
			if err != nil && !lms.Is(err, lms.NotFound) {
				return nil, err
			}
			e.Personal, e.Erased = p.Words, err != nil
		}
		out = append(out, e)
	}
	return out, nil
}

// Each yields every act that is asked for, the earliest first, without loading them all; that it was exported is an act, too.
func (l *Log) Each(ctx context.Context, a lms.Actor, q Asked) (iter.Seq2[Entry, error], error) {
	if err := l.mayAsk(ctx, a, &q); err != nil {
		return nil, err
	}
	act, err := l.reading(ctx, a, lms.Act{Verb: "audit.export"}, q)
	if err == nil {
		err = l.Note(ctx, a, act)
	}
	if err != nil {
		return nil, err
	}
	return l.each(ctx, q, func(r Row) bool { return a.Keeps(r.Within) }), nil
}

// All is Each for the command line of the machine itself.
func (l *Log) All(ctx context.Context, q Asked) iter.Seq2[Entry, error] {
	return l.each(ctx, q, func(Row) bool { return true })
}

func (l *Log) each(ctx context.Context, q Asked, seen func(Row) bool) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for r, err := range l.rows.List(ctx, q.query()) {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if !q.means(r) || !seen(r) {
				continue
			}
			e, err := l.entries(ctx, []Row{r})
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if !yield(e[0], nil) {
				return
			}
		}
	}
}

// OfPerson lists every act about a person, the earliest first: it is part of what is told to them of their data.
func (l *Log) OfPerson(ctx context.Context, id lms.PersonID) ([]Entry, error) {
	var out []Entry
	for e, err := range l.All(ctx, Asked{Person: id}) {
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}
