package webinar

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Span is from one moment up to another.
type Span struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Source is where a row of presence comes from.
type Source string

// The sources.
const (
	ByJoin   Source = "join"   // they came through our door; how long they stayed is not known
	ByReport Source = "report" // of the meeting, or a signed list
	ByHand   Source = "hand"
)

// Presence is a row that says when somebody was there. Rows are only added; one that is wrong is superseded by another.
type Presence struct {
	ID         string       `json:"id"`
	Webinar    ID           `json:"webinar"`
	Person     lms.PersonID `json:"person"`
	Spans      []Span       `json:"spans,omitempty"`
	Open       bool         `json:"open,omitempty"` // the last span has a beginning only
	Source     Source       `json:"source"`
	Report     string       `json:"report,omitempty"`     // hash of the file
	Supersedes []string     `json:"supersedes,omitempty"` // ids of rows that count no more
	By         lms.PersonID `json:"by,omitempty"`         // "" is the house itself
	At         time.Time    `json:"at"`
	Reason     string       `json:"reason,omitempty"`
}

// presences says how rows are kept.
var presences = lms.Noun[Presence]{
	Name: "presences",
	ID:   func(p Presence) string { return p.ID },
	Indexes: []lms.Index[Presence]{
		{Name: "webinar", Keys: func(p Presence) []string { return []string{sheetID(p.Webinar, p.Person)} }},
		{Name: "person", Keys: func(p Presence) []string { return []string{string(p.Person)} }},
	},
}

// Standing are the rows that nobody superseded.
func Standing(rows []Presence) []Presence {
	gone := map[string]bool{}
	for _, r := range rows {
		for _, id := range r.Supersedes {
			gone[id] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r Presence) bool { return gone[r.ID] })
}

// Count is what somebody's rows add up to within the scheduled time: the union of their spans, so that nothing counts twice. Whoever only came through our
// door counts until the end, unless there is a report of the meeting: that knows better who stayed.
func Count(rows []Presence, scheduled Span, reported bool) time.Duration {
	var spans []Span
	for _, r := range Standing(rows) {
		for _, sp := range r.Spans {
			if r.Open && reported {
				continue
			}
			if r.Open {
				sp.To = scheduled.To
			}
			sp.From, sp.To = latest(sp.From, scheduled.From), earliest(sp.To, scheduled.To)
			if sp.From.Before(sp.To) {
				spans = append(spans, sp)
			}
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) })
	var there time.Duration
	at := scheduled.From
	for _, sp := range spans {
		if sp.From = latest(sp.From, at); sp.From.Before(sp.To) {
			there += sp.To.Sub(sp.From)
			at = sp.To
		}
	}
	return there
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// measure is presence in whole minutes and percent of the scheduled time, both rounded down: whoever is a second short of the threshold is below it.
func (w Webinar) measure(there time.Duration) (minutes, percent int) {
	whole := w.Terms.Ends.Sub(w.Terms.Starts) / time.Second
	if whole <= 0 {
		return 0, 0
	}
	return int(there / time.Minute), int(100 * (there / time.Second) / whole)
}

// scheduled is when the webinar takes place.
func (w Webinar) scheduled() Span { return Span{w.Terms.Starts, w.Terms.Ends} }

// came adds the row of somebody who came through our door. Two knocks within a second are one.
func (s *Webinars) came(ctx context.Context, w Webinar, p lms.PersonID) error {
	now := s.now()
	row := Presence{
		ID: fmt.Sprintf("%s/join/%d", sheetID(w.ID, p), now.Unix()), Webinar: w.ID, Person: p, Spans: []Span{{From: now}}, Open: true, Source: ByJoin, By: p, At: now,
	}
	return s.addRow(ctx, row)
}

// addRow adds a row, once.
func (s *Webinars) addRow(ctx context.Context, row Presence) error {
	if err := s.presences.Add(ctx, row); !lms.IsTaken(err, "id") {
		return err
	}
	return nil
}

// rowsOf are somebody's rows in a webinar.
func (s *Webinars) rowsOf(ctx context.Context, w ID, p lms.PersonID) ([]Presence, error) {
	return s.presences.All(ctx, lms.Query{Index: "webinar", Equal: sheetID(w, p)})
}

// Hand is what somebody says by hand of a person's presence.
type Hand struct {
	From, To time.Time // both zero: the whole time
	Absent   bool      // they were not there at all
	Replace  bool      // instead of what is known; otherwise besides it
	Reason   string
}

// spans are what it says, or what is wrong with it.
func (h *Hand) spans(w Webinar) (out []Span, err error) {
	if h.Reason, err = reasonGiven(h.Reason); err != nil || h.Absent {
		h.Replace = h.Replace || h.Absent
		return nil, err
	}
	if h.From.IsZero() && h.To.IsZero() {
		return []Span{w.scheduled()}, nil
	}
	sp := Span{latest(h.From, w.Terms.Starts), earliest(h.To, w.Terms.Ends)}
	switch {
	case !h.From.Before(h.To):
		return nil, lms.Wrong("to", "error.webinar.order")
	case !sp.From.Before(sp.To):
		return nil, lms.Wrong("from", "error.webinar.outside")
	}
	return []Span{{h.From, h.To}}, nil
}

// Mark says by hand when somebody was there, with a reason: somebody registered, or one of the actor's own people. Where the webinar is closed the outcome
// follows.
func (s *Webinars) Mark(ctx context.Context, a lms.Actor, id ID, person lms.PersonID, h Hand) error {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return err
	}
	if err := w.Permit(DeedPresence, s.now()); err != nil {
		return err
	}
	spans, err := h.spans(w)
	if err != nil {
		return err
	}
	if err := s.attendee(ctx, a, w, person); err != nil {
		return err
	}
	row := Presence{ID: fmt.Sprintf("%s/hand/%s", sheetID(id, person), newID()), Webinar: id, Person: person, Spans: spans, Source: ByHand, By: a.ID, At: s.now(), Reason: h.Reason}
	if h.Replace {
		rows, err := s.rowsOf(ctx, id, person)
		if err != nil {
			return err
		}
		for _, r := range Standing(rows) {
			row.Supersedes = append(row.Supersedes, r.ID)
		}
	}
	if err := s.addRow(ctx, row); err != nil {
		return err
	}
	if err := s.reassess(ctx, a.ID, w, person, h.Reason); err != nil {
		return err
	}
	return s.noted(ctx, a, w, lms.Act{Verb: "webinar.presence", Person: person, Personal: map[string]string{"reason": h.Reason}})
}

// attendee refuses who is neither registered nor one of the actor's own people.
func (s *Webinars) attendee(ctx context.Context, a lms.Actor, w Webinar, p lms.PersonID) error {
	place, err := s.in.Cohorts.PlaceIn(ctx, string(w.ID), p)
	if err != nil || place != "" {
		return ofWebinar(err)
	}
	_, _, err = s.in.Cohorts.Theirs(ctx, a, p)
	return err
}

// Times are the rows of somebody's presence with the times at which they came and left. Only who keeps the webinar sees them, to resolve doubts; that
// they looked is noted.
func (s *Webinars) Times(ctx context.Context, a lms.Actor, id ID, person lms.PersonID) ([]Presence, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return nil, err
	}
	rows, err := s.rowsOf(ctx, id, person)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(x, y Presence) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID, y.ID)) })
	return rows, s.noted(ctx, a, w, lms.Act{Verb: "webinar.times", Person: person})
}

// Attended is how long somebody was there, without the times.
type Attended struct {
	Person  lms.PersonID
	Name    string
	Member  lms.Membership
	Place   cohort.Place // "" for somebody who was there and had not registered
	Minutes int
	Percent int
	Enough  bool
	Rows    int // that nobody superseded
	Sources []Source
}

// Attendance says how long everybody was there, by name, as it counts now: for who keeps the webinar.
func (s *Webinars) Attendance(ctx context.Context, a lms.Actor, id ID) ([]Attended, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return nil, err
	}
	all, err := s.attendance(ctx, w)
	if err != nil {
		return nil, err
	}
	return all, s.noted(ctx, a, w, lms.Act{Verb: "webinar.attendance"})
}

// attendance is how long everybody was there who had a seat, or was there.
func (s *Webinars) attendance(ctx context.Context, w Webinar) ([]Attended, error) {
	rows, err := s.presences.All(ctx, lms.Query{Index: "webinar", Prefix: string(w.ID) + "/"})
	if err != nil {
		return nil, err
	}
	of := map[lms.PersonID][]Presence{}
	for _, r := range rows {
		of[r.Person] = append(of[r.Person], r)
	}
	reported, err := s.reported(ctx, w.ID)
	if err != nil {
		return nil, err
	}
	var out []Attended
	for r, err := range s.in.Cohorts.Everyone(ctx, string(w.ID)) {
		if err != nil {
			return nil, err
		}
		if _, there := of[r.Person]; there || r.Place().Has() {
			out = append(out, w.attended(Attended{Person: r.Person, Member: r.Member, Place: r.Place()}, of[r.Person], reported))
		}
		delete(of, r.Person)
	}
	for p, rows := range of {
		out = append(out, w.attended(Attended{Person: p}, rows, reported))
	}
	for i := range out {
		p, err := s.in.School.People.Known(ctx, out[i].Person)
		if unlessNotFound(err) != nil {
			return nil, err
		}
		out[i].Name = p.Name()
		if out[i].Member.Organisation == "" {
			out[i].Member = p.Current(w.Terms.Starts)
		}
	}
	slices.SortFunc(out, func(x, y Attended) int {
		return cmp.Or(lms.CompareFolded(x.Name, y.Name), cmp.Compare(x.Person, y.Person))
	})
	return out, nil
}

// attended counts somebody's rows.
func (w Webinar) attended(a Attended, rows []Presence, reported bool) Attended {
	a.Minutes, a.Percent = w.measure(Count(rows, w.scheduled(), reported))
	a.Enough = a.Percent >= w.Terms.Threshold
	for _, r := range Standing(rows) {
		a.Rows++
		if !slices.Contains(a.Sources, r.Source) {
			a.Sources = append(a.Sources, r.Source)
		}
	}
	slices.Sort(a.Sources)
	return a
}
