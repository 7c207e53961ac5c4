package webinar

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"aulacomune/lms"
)

// File is a report of a meeting as it is given to be read, with what is known of the meeting.
type File struct {
	Name         string
	Bytes        []byte
	Title        string
	Starts, Ends time.Time
	Order        string  // of the dates in it, where somebody said so: "dmy" or "mdy"
	Known        []Known // who is registered
}

// Known is somebody who may have been there.
type Known struct {
	Person      lms.PersonID
	Given       string
	Family      string
	Emails      []string
	Ente        string
	Reservation bool // they had a seat
}

// Problem is something in a report that a person should know. Its words are a message by its key.
type Problem struct {
	Key   string            `json:"key"`
	Line  int               `json:"line,omitempty"` // of the file, from 1; 0 is all of it
	Args  map[string]string `json:"args,omitempty"`
	Grave bool              `json:"grave,omitempty"` // it is no evidence until somebody has looked
}

// Reading is what a report says: who was there, and who that is.
type Reading struct {
	Kind     string // "teams", "zoom", "meet", "bbb", "paper"
	Problems []Problem
	People   []Participant
}

// Participant is somebody in a report, with all their stays.
type Participant struct {
	Key        string // names them in the file, whenever it is read
	Name       string
	Emails     []string
	Ente       string
	Spans      []Span
	Person     lms.PersonID   // who that is; "" where nobody is found
	Sure       bool           // nobody needs to look
	Why        []string       // messages: what speaks for it
	Candidates []lms.PersonID // others it may be
}

// Reader reads a report and matches it. It fails only where something of ours does.
type Reader func(ctx context.Context, f File) (Reading, error)

// Report is a report of a meeting that was taken in. Its file lies as it came, under its hash.
type Report struct {
	ID       string       `json:"id"` // webinar/hash: the same file is taken in once
	Webinar  ID           `json:"webinar"`
	Hash     string       `json:"hash"`
	Name     string       `json:"name"`
	Kind     string       `json:"kind"`
	By       lms.PersonID `json:"by"`
	At       time.Time    `json:"at"`
	Problems []Problem    `json:"problems,omitempty"`
	Lines    []Line       `json:"lines"`
	Settled  bool         `json:"settled,omitempty"` // its rows of presence are written
}

// Line is somebody in a report, and what was decided about who that is.
type Line struct {
	Key        string         `json:"key"`
	Name       string         `json:"name"`
	Emails     []string       `json:"emails,omitempty"`
	Ente       string         `json:"ente,omitempty"`
	Spans      []Span         `json:"spans,omitempty"`
	Why        []string       `json:"why,omitempty"`
	Candidates []lms.PersonID `json:"candidates,omitempty"`
	Turns      []Turn         `json:"turns,omitempty"` // none: it waits for a person; the last one counts
}

// Turn is a decision about who somebody in a report is.
type Turn struct {
	Person lms.PersonID `json:"person,omitempty"` // "" is nobody of ours
	By     lms.PersonID `json:"by,omitempty"`     // "" is the house itself
	At     time.Time    `json:"at"`
	Reason string       `json:"reason,omitempty"`
}

// reports says how reports are kept.
var reports = lms.Noun[Report]{
	Name: "webinar_reports",
	ID:   func(r Report) string { return r.ID },
	Indexes: []lms.Index[Report]{
		{Name: "webinar", Keys: func(r Report) []string { return []string{string(r.Webinar)} }},
		{Name: "person", Many: true, Keys: func(r Report) []string {
			var keys []string
			for _, l := range r.Lines {
				for _, t := range l.Turns {
					if t.Person != "" {
						keys = append(keys, string(t.Person))
					}
				}
			}
			slices.Sort(keys)
			return slices.Compact(keys)
		}},
		{Name: "unsettled", Keys: func(r Report) []string {
			if r.Settled {
				return nil
			}
			return []string{lms.TimeKey(r.At)}
		}},
		{Name: "doubtful", Keys: func(r Report) []string {
			if len(r.Doubts()) == 0 {
				return nil
			}
			return []string{string(r.Webinar)}
		}},
	},
}

// Doubts are the lines that wait for a person.
func (r Report) Doubts() []Line {
	return slices.DeleteFunc(slices.Clone(r.Lines), func(l Line) bool { return len(l.Turns) > 0 })
}

// Doubts says how many lines of reports wait for a person, by webinar: of those that the actor keeps.
func (s *Webinars) Doubts(ctx context.Context, a lms.Actor) (map[ID]int, error) {
	if err := a.MustKeep(); err != nil {
		return nil, err
	}
	out := map[ID]int{}
	for r, err := range s.reports.List(ctx, lms.Query{Index: "doubtful"}) {
		if err != nil {
			return nil, err
		}
		w, err := s.byID(ctx, r.Webinar)
		if err != nil {
			return nil, err
		}
		if a.Keeps(w.Within) {
			out[w.ID] += len(r.Doubts())
		}
	}
	return out, nil
}

// rows are the rows of presence that the decisions about a line make, the same ones whenever they are made: each decision supersedes what the one before made.
func (r Report) rows(l Line) (out []Presence) {
	for i, t := range l.Turns {
		row := Presence{Webinar: r.Webinar, Source: ByReport, Report: r.Hash, By: t.By, At: t.At, Reason: t.Reason}
		id := func(n int) string { return fmt.Sprintf("%s/%s/%d", r.ID, l.Key, n) }
		if i > 0 && l.Turns[i-1].Person != "" {
			row.ID, row.Person, row.Supersedes = id(i)+"-out", l.Turns[i-1].Person, []string{id(i - 1)}
			out = append(out, row)
		}
		if t.Person != "" {
			row.ID, row.Person, row.Supersedes, row.Spans = id(i), t.Person, nil, l.Spans
			out = append(out, row)
		}
	}
	return out
}

// Upload is a report of a meeting that somebody uploads.
type Upload struct {
	Name    string
	Bytes   []byte
	Order   string // of the dates: "", "dmy" or "mdy"
	Despite bool   // they have seen what is gravely wrong with it, and want it all the same
}

// What a report may hold.
const (
	maxReport = 20 << 20 // bytes
	maxPeople = 50_000
)

// Import takes a report of the meeting in: whoever is matched surely has their presence, the rest waits for a person. The same file again changes nothing and
// is given as it was taken in; a second one adds. Where the webinar is closed the outcomes follow, for which the file's name is the reason. Something gravely wrong with it is Conflict (error.webinar.report.grave), and the report, which is then not
// kept, says what.
func (s *Webinars) Import(ctx context.Context, a lms.Actor, id ID, up Upload) (Report, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return Report{}, err
	}
	if err := w.Permit(DeedPresence, s.now()); err != nil {
		return Report{}, err
	}
	r, err := s.reading(ctx, a, w, up)
	if err != nil {
		return r, err
	}
	if err := s.in.Objects.Put(ctx, reportKey(r.Hash), bytes.NewReader(up.Bytes), int64(len(up.Bytes)), "application/octet-stream"); err != nil {
		return r, fmt.Errorf("keep the report: %w", err)
	}
	err = s.reports.Add(ctx, r)
	if lms.IsTaken(err, "id") {
		return s.reports.Find(ctx, r.ID)
	}
	if err != nil {
		return r, err
	}
	if r, err = s.settleReport(ctx, r); err != nil {
		s.in.Log.Error("report not settled yet", "report", r.ID, "err", err)
	}
	if err := s.reassessAll(ctx, a.ID, w, r.Name); err != nil {
		return r, err
	}
	return r, s.noted(ctx, a, w, lms.Act{Verb: "webinar.report", Details: map[string]string{"file": r.Hash[:12]}})
}

// reading reads a file as a report to be kept.
func (s *Webinars) reading(ctx context.Context, a lms.Actor, w Webinar, up Upload) (Report, error) {
	switch {
	case len(up.Bytes) == 0:
		return Report{}, lms.Wrong("file", "error.required")
	case len(up.Bytes) > maxReport:
		return Report{}, lms.Wrong("file", "error.webinar.report.large")
	}
	sum := sha256.Sum256(up.Bytes)
	r := Report{Webinar: w.ID, Hash: hex.EncodeToString(sum[:]), Name: tidyName(up.Name), By: a.ID, At: s.now()}
	r.ID = fmt.Sprintf("%s/%s", w.ID, r.Hash)
	if old, err := s.reports.Find(ctx, r.ID); !lms.Is(err, lms.NotFound) {
		return old, err
	}
	known, err := s.known(ctx, w)
	if err != nil {
		return r, err
	}
	got, err := s.in.Read(ctx, File{Name: r.Name, Bytes: up.Bytes, Title: w.Terms.Title, Starts: w.Terms.Starts, Ends: w.Terms.Ends, Order: up.Order, Known: known})
	if err != nil {
		return r, err
	}
	if len(got.People) > maxPeople {
		return r, lms.Wrong("file", "error.webinar.report.large")
	}
	r.Kind, r.Problems = got.Kind, got.Problems
	for _, p := range got.People {
		l := Line{Key: p.Key, Name: p.Name, Emails: p.Emails, Ente: p.Ente, Spans: p.Spans, Why: p.Why, Candidates: p.Candidates}
		if p.Sure && p.Person != "" {
			l.Turns = []Turn{{Person: p.Person, At: r.At}}
		} else if p.Person != "" {
			l.Candidates = append([]lms.PersonID{p.Person}, l.Candidates...)
		}
		r.Lines = append(r.Lines, l)
	}
	if !up.Despite && slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Grave }) {
		return r, conflict("error.webinar.report.grave")
	}
	return r, nil
}

// tidyName is the name of an uploaded file as it may be shown.
func tidyName(name string) string {
	f := faults{}
	if f.text("name", &name, maxLine, true); len(f) > 0 {
		return "report"
	}
	return name
}

func reportKey(hash string) string { return "webinar-reports/" + hash }

// known are those who may have been there: everybody who is or was registered.
func (s *Webinars) known(ctx context.Context, w Webinar) (out []Known, err error) {
	for r, err := range s.in.Cohorts.Everyone(ctx, string(w.ID)) {
		if err != nil {
			return nil, err
		}
		p, err := s.in.School.People.Known(ctx, r.Person)
		if lms.Is(err, lms.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		k := Known{Person: p.ID, Given: p.Given, Family: p.Family, Ente: r.Member.Name, Reservation: r.Place().Has()}
		if p.Email != "" {
			k.Emails = []string{lms.FoldLogin(p.Email)}
		}
		out = append(out, k)
	}
	return out, nil
}

// rowWriters is how many rows of presence are written at a time.
const rowWriters = 32

// settleReport writes the rows of presence of a report, and that they are written. It may be done again.
func (s *Webinars) settleReport(ctx context.Context, r Report) (Report, error) {
	var mu sync.Mutex
	var errs []error
	var all sync.WaitGroup
	slots := make(chan struct{}, rowWriters)
	for _, l := range r.Lines {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			for _, row := range r.rows(l) {
				if err := s.addRow(ctx, row); err != nil {
					mu.Lock()
					errs = append(errs, err)
					mu.Unlock()
					return
				}
			}
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return r, err
	}
	return s.reports.Change(ctx, r.ID, func(now *Report) error {
		now.Settled = now.turns() == r.turns()
		return nil
	})
}

// turns is how many decisions there are about who is who.
func (r Report) turns() (n int) {
	for _, l := range r.Lines {
		n += len(l.Turns)
	}
	return n
}

// sweepReports writes the rows that a crash left.
func (s *Webinars) sweepReports(ctx context.Context) error {
	left, err := s.reports.All(ctx, lms.Query{Index: "unsettled", Limit: 50})
	errs := []error{err}
	for _, r := range left {
		_, err := s.settleReport(ctx, r)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// reported says whether there is a report of the meeting that names anybody of ours.
func (s *Webinars) reported(ctx context.Context, w ID) (bool, error) {
	for r, err := range s.reports.List(ctx, lms.Query{Index: "webinar", Equal: string(w)}) {
		if err != nil || r.turns() > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

// Reports lists the reports of a webinar with every match and why, for who keeps it: the times of stays stand in them, and that they looked is noted.
func (s *Webinars) Reports(ctx context.Context, a lms.Actor, id ID) ([]Report, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return nil, err
	}
	all, err := s.reports.All(ctx, lms.Query{Index: "webinar", Equal: string(id)})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(x, y Report) int { return x.At.Compare(y.At) })
	return all, s.noted(ctx, a, w, lms.Act{Verb: "webinar.times"})
}

// Verdict is what somebody decides about who a line of a report is.
type Verdict struct {
	Report string       // its hash
	Line   string       // its key
	Person lms.PersonID // one of the registered, or of the actor's own people…
	Login  string       // …or by their login or address
	Nobody bool         // nobody of ours
	Reason string       // needed to decide again, or when the webinar is closed
}

// Resolve decides who a line of a report is. Where the webinar is closed the outcomes follow.
func (s *Webinars) Resolve(ctx context.Context, a lms.Actor, id ID, v Verdict) (Report, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return Report{}, err
	}
	if err := w.Permit(DeedPresence, s.now()); err != nil {
		return Report{}, err
	}
	if v.Person, err = s.judged(ctx, a, w, v); err != nil {
		return Report{}, err
	}
	before := lms.PersonID("")
	r, err := s.reports.Change(ctx, fmt.Sprintf("%s/%s", id, v.Report), func(r *Report) error {
		i := slices.IndexFunc(r.Lines, func(l Line) bool { return l.Key == v.Line })
		if i < 0 {
			return lms.Fail(lms.NotFound, "error.webinar.report.line")
		}
		l := &r.Lines[i]
		reason := v.Reason
		if len(l.Turns) > 0 || w.State() == Closed {
			var err error
			if reason, err = reasonGiven(reason); err != nil {
				return err
			}
		}
		before = ""
		if n := len(l.Turns); n > 0 {
			if before = l.Turns[n-1].Person; before == v.Person {
				return nil
			}
		}
		l.Turns = append(l.Turns, Turn{Person: v.Person, By: a.ID, At: s.now(), Reason: reason})
		r.Settled = false
		return nil
	})
	if err != nil {
		return r, asUnknown(err)
	}
	if r, err = s.settleReport(ctx, r); err != nil {
		return r, err
	}
	for _, p := range []lms.PersonID{before, v.Person} {
		if err := s.reassess(ctx, a.ID, w, p, v.Reason); err != nil {
			return r, err
		}
	}
	return r, s.noted(ctx, a, w, lms.Act{Verb: "webinar.resolve", Person: v.Person, Details: map[string]string{"file": v.Report[:min(12, len(v.Report))], "line": v.Line}})
}

// judged is the person of a verdict.
func (s *Webinars) judged(ctx context.Context, a lms.Actor, w Webinar, v Verdict) (lms.PersonID, error) {
	switch {
	case v.Nobody:
		return "", nil
	case v.Person == "" && v.Login == "":
		return "", lms.Wrong("person", "error.required")
	case v.Person == "":
		p, err := s.in.School.People.ByLogin(ctx, v.Login)
		if lms.Is(err, lms.NotFound) {
			return "", lms.Wrong("login", "error.person.unknown")
		}
		if err != nil {
			return "", err
		}
		v.Person = p.ID
	}
	err := s.attendee(ctx, a, w, v.Person)
	if lms.Is(err, lms.NotFound) {
		return "", lms.Wrong("login", "error.person.unknown")
	}
	return v.Person, err
}

// OpenReport opens the file of a report as it came, for who keeps the webinar. The caller closes it.
func (s *Webinars) OpenReport(ctx context.Context, a lms.Actor, id ID, hash string) (Report, lms.Object, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return Report{}, nil, err
	}
	r, err := s.reports.Find(ctx, fmt.Sprintf("%s/%s", id, hash))
	if err != nil {
		return Report{}, nil, asUnknown(err)
	}
	if err := s.noted(ctx, a, w, lms.Act{Verb: "webinar.times"}); err != nil {
		return r, nil, err
	}
	o, err := s.in.Objects.Open(ctx, reportKey(hash))
	return r, o, err
}
