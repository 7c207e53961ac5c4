package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// HoursID names a row. It can be computed from what it is about: "course/ENROLMENT", "webinar/ID/PERSON", "claim/ID", and with "+1", "+2" behind it
// the rows that correct it.
type HoursID string

// Kind says how training was held.
type Kind string

// The kinds.
const (
	Webinar   Kind = "webinar"
	ELearning Kind = "e-learning"
	External  Kind = "external" // held by somebody else, and declared
	Workshop  Kind = "workshop"
)

// Kinds lists the kinds in the order of pages.
func Kinds() []Kind { return []Kind{ELearning, Webinar, Workshop, External} }

// Outcome is how training ended.
type Outcome string

// The outcomes.
const (
	Attended  Outcome = "attended"
	Completed Outcome = "completed"
	Passed    Outcome = "passed" // with a test
)

// Outcomes lists the outcomes, from the one that says least.
func Outcomes() []Outcome { return []Outcome{Attended, Completed, Passed} }

// Evidence is what shows that the hours were done.
type Evidence struct {
	Certificate lms.Code        `json:"certificate,omitempty"`
	Enrolment   lms.EnrolmentID `json:"enrolment,omitempty"`
	Attendance  string          `json:"attendance,omitempty"` // id of a record of attendance
	Claim       ClaimID         `json:"claim,omitempty"`      // with its file
}

// Hours is a row of the ledger.
type Hours struct {
	ID        HoursID        `json:"id"`
	Person    lms.PersonID   `json:"person"`
	Member    lms.Membership `json:"member"`  // who the person was at that time
	Minutes   int            `json:"minutes"` // 0 in a correction strikes the row
	Kind      Kind           `json:"kind"`
	Area      AreaID         `json:"area,omitempty"` // "" leaves it to the course's area
	Course    course.Slug    `json:"course,omitempty"`
	Webinars  []string       `json:"webinars,omitempty"` // whose time is in the row, by the names they have in addresses: its own, or of a course's objects that the recording completed
	Title     string         `json:"title"`
	Provider  string         `json:"provider"`
	From      Day            `json:"from"`
	To        Day            `json:"to"` // its year is the row's year
	Outcome   Outcome        `json:"outcome"`
	Evidence  Evidence       `json:"evidence"`
	Validated lms.PersonID   `json:"validated,omitempty"` // by whom; "" when it came by itself
	At        time.Time      `json:"at"`                  // when the row was added
	Corrects  HoursID        `json:"corrects,omitempty"`
	Reason    string         `json:"reason,omitempty"`  // of a correction
	By        lms.PersonID   `json:"by,omitempty"`      // who corrected
	Earlier   []int          `json:"earlier,omitempty"` // years of the rows that this one corrects
	Counted   bool           `json:"counted,omitempty"` // the tally of its ente holds it: written behind the row, the one thing of it that changes
	Name      string         `json:"name,omitempty"`    // of the person, folded, to list by
}

// hours says how rows are kept.
var hours = lms.Noun[Hours]{
	Name: "hours",
	ID:   func(h Hours) string { return string(h.ID) },
	Indexes: []lms.Index[Hours]{
		{Name: "person", Many: true, Keys: func(h Hours) []string { return h.keys(string(h.Person)) }},
		{Name: "ente", Many: true, Keys: func(h Hours) []string { return h.keys(string(h.Member.Organisation)) }},
		{Name: "fresh", Many: true, Keys: func(h Hours) []string {
			if h.Counted {
				return nil
			}
			return h.keys(string(h.Member.Organisation))
		}},
		// An hour counts once: in the webinar's own row, or in that of the course whose object is the webinar. Which came first is for the engine to say.
		{Name: "webinar", Unique: true, Many: true, Keys: func(h Hours) []string {
			if h.Corrects != "" {
				return nil
			}
			var keys []string
			for _, w := range h.Webinars {
				keys = append(keys, webinarKey(h.Person, w))
			}
			return keys
		}},
	},
	Upgrades: []lms.Upgrade{asItIs}, // rows name the webinars they count: a program that does not know that would forget them as it counts a row
}

// asItIs upgrades a document to a shape that only holds more.
func asItIs(map[string]any) error { return nil }

func webinarKey(p lms.PersonID, webinar string) string { return string(p) + "/" + webinar }

// keys are "of/year", once for each year that the row, or one that it corrects, stands in: whoever sums a year must know of corrections that took
// a row out of it.
func (h Hours) keys(of string) []string {
	out := []string{yearKey(of, h.Year())}
	for _, y := range h.Earlier {
		out = append(out, yearKey(of, y))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func yearKey(of string, year int) string { return fmt.Sprintf("%s/%04d", of, year) }

// Year is the year in which the hours count.
func (h Hours) Year() int { return h.To.Year() }

// origin is the row that a chain of corrections began with, and how many followed up to this one.
func (h Hours) origin() (id HoursID, corrections int) {
	base, n, ok := strings.Cut(string(h.ID), "+")
	if !ok {
		return h.ID, 0
	}
	corrections, _ = strconv.Atoi(n) // written by next
	return HoursID(base), corrections
}

// next is the id of the row that corrects this one: two corrections of one row cannot both be.
func (h Hours) next() HoursID {
	base, n := h.origin()
	return HoursID(fmt.Sprintf("%s+%d", base, n+1))
}

// standing are the rows that count in a year: none that another corrects, and none that was struck. Of the rest, what was replaced comes too.
func standing(rows []Hours, year int) (stand, replaced []Hours) {
	corrected := map[HoursID]bool{}
	for _, h := range rows {
		corrected[h.Corrects] = true
	}
	for _, h := range rows {
		switch {
		case corrected[h.ID] || h.Minutes == 0:
			replaced = append(replaced, h)
		case h.Year() == year:
			stand = append(stand, h)
		}
	}
	latest := func(a, b Hours) int { return cmp.Or(cmp.Compare(b.To, a.To), cmp.Compare(a.ID, b.ID)) }
	slices.SortFunc(stand, latest)
	slices.SortFunc(replaced, latest)
	return stand, replaced
}

// maxMinutes is what no single training exceeds: a thousand hours.
const maxMinutes = 60_000

// Arrive adds hours that are known by themselves: it asks nobody. What arrives again, by the same id, changes nothing, and neither does a webinar that a row
// counts already. Who the person was is worked out where it is not given. Invalid says what is wrong with the row.
func (s *Ledger) Arrive(ctx context.Context, h Hours) error {
	err := s.arrive(ctx, h)
	if lms.IsTaken(err, "webinar") {
		return nil
	}
	return err
}

// arrive adds hours; Conflict where a row counts one of their webinars.
func (s *Ledger) arrive(ctx context.Context, h Hours) error {
	p, err := s.school.People.Known(ctx, h.Person)
	if err != nil {
		return err
	}
	if err := h.check(); err != nil {
		return err
	}
	if h.Member.Organisation == "" {
		h.Member = s.memberOn(p, h.To)
	}
	err = s.hours.Add(ctx, h.entered(p, s.now()))
	if lms.IsTaken(err, "id") {
		return nil
	}
	return err
}

// entered is a row as it is kept.
func (h Hours) entered(p lms.Person, at time.Time) Hours {
	h.Member = bare(h.Member)
	h.Name, h.At = lms.Fold(p.Family+" "+p.Given), at
	return h
}

// bare is a membership without what says nothing of who somebody was.
func bare(m lms.Membership) lms.Membership {
	m.Reports, m.From, m.To = nil, time.Time{}, time.Time{}
	return m
}

// check says what a row lacks.
func (h Hours) check() error {
	fields := map[string]string{}
	for field, bad := range map[string]bool{
		"id": h.ID == "" || strings.Contains(string(h.ID), "+"), "title": h.Title == "", "minutes": h.Minutes < 1 || h.Minutes > maxMinutes,
		"kind": !slices.Contains(Kinds(), h.Kind), "outcome": !slices.Contains(Outcomes(), h.Outcome),
	} {
		if bad {
			fields[field] = "error.invalid"
		}
	}
	if !spans(h.From, h.To) {
		fields["to"] = "error.hours.order"
	}
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}

// spans says whether two days are days, in their order.
func spans(from, to Day) bool {
	_, first := ParseDay(string(from))
	_, last := ParseDay(string(to))
	return first && last && from <= to
}

// memberOn is who a person was on a day; where nobody knows, who they are.
func (s *Ledger) memberOn(p lms.Person, d Day) lms.Membership {
	noon := time.Date(d.Time().Year(), d.Time().Month(), d.Time().Day(), 12, 0, 0, 0, s.rome)
	if m := p.Current(noon); m.Organisation != "" {
		return m
	}
	if m := p.Current(s.now()); m.Organisation != "" {
		return m
	}
	if len(p.Memberships) > 0 {
		return p.Memberships[len(p.Memberships)-1]
	}
	return lms.Membership{}
}

// memberHeld says whether the person was of the row's ente at a moment.
func (h Hours) memberHeld(p lms.Person, at time.Time) bool {
	return slices.ContainsFunc(p.Memberships, func(m lms.Membership) bool { return m.Organisation == h.Member.Organisation && m.At(at) })
}

// Correction is what a row should have said. What is not said here stays as it was.
type Correction struct {
	Minutes  int // 0 strikes the row
	Area     AreaID
	From, To Day
	Outcome  Outcome
	Reason   string // for everybody who sees the row; at least ten characters
}

// Correct adds a row that stands in place of another. Only whoever keeps the people of the row's ente may, not for themselves, and only a row that
// stands: Conflict when somebody corrected it meanwhile.
func (s *Ledger) Correct(ctx context.Context, a lms.Actor, id HoursID, c Correction) (Hours, error) {
	if err := a.MustKeep(); err != nil {
		return Hours{}, err
	}
	old, err := s.hours.Find(ctx, string(id))
	if err != nil || !a.Keeps(old.Member.Within) {
		return Hours{}, cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.hours.unknown"))
	}
	if old.Person == a.ID {
		return Hours{}, lms.Fail(lms.Forbidden, "error.hours.own")
	}
	next, err := s.corrected(ctx, old, c)
	if err != nil {
		return Hours{}, err
	}
	next.By, next.At = a.ID, s.now()
	if err := s.hours.Add(ctx, next); err != nil {
		if lms.IsTaken(err, "id") {
			return Hours{}, &lms.Error{Kind: lms.Conflict, Message: "error.hours.corrected"}
		}
		return Hours{}, err
	}
	details := map[string]string{"before": strconv.Itoa(old.Minutes), "minutes": strconv.Itoa(next.Minutes)}
	return next, s.noted(ctx, a, lms.Act{Verb: "hours.correct", Object: string(next.ID), Person: old.Person, Within: old.Member.Within, Details: details})
}

// corrected is the row that would stand in place of one.
func (s *Ledger) corrected(ctx context.Context, old Hours, c Correction) (Hours, error) {
	c.Reason = strings.TrimSpace(c.Reason)
	fields := map[string]string{}
	if n := len([]rune(c.Reason)); n < 10 || n > 500 {
		fields["reason"] = "error.hours.reason"
	}
	if c.Minutes < 0 || c.Minutes > maxMinutes {
		fields["minutes"] = "error.hours.minutes"
	}
	next := old
	next.ID, next.Corrects, next.Reason, next.Counted, next.Minutes = old.next(), old.ID, c.Reason, false, c.Minutes
	next.From, next.To, next.Area, next.Outcome = cmp.Or(c.From, old.From), cmp.Or(c.To, old.To), cmp.Or(c.Area, old.Area), cmp.Or(c.Outcome, old.Outcome)
	for field, d := range map[string]Day{"from": next.From, "to": next.To} {
		if _, ok := ParseDay(string(d)); !ok {
			fields[field] = "error.hours.day"
		}
	}
	switch {
	case fields["from"] != "" || fields["to"] != "":
	case next.To > s.today():
		fields["to"] = "error.hours.past"
	case next.From > next.To:
		fields["to"] = "error.hours.order"
	}
	if !slices.Contains(Outcomes(), next.Outcome) {
		fields["outcome"] = "error.invalid"
	}
	if next.Area != old.Area {
		if known, err := s.knownArea(ctx, old.Member, next.Area); err != nil {
			return next, err
		} else if !known {
			fields["area"] = "error.area.unknown"
		}
	}
	if len(fields) > 0 {
		return next, &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	next.Earlier = slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(old.Earlier), old.Year()))))
	return next, nil
}
