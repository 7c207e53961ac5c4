package ledger

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// Plan is what was agreed with somebody for a year.
type Plan struct {
	Person lms.PersonID `json:"person"`
	Year   int          `json:"year"`
	Terms  Terms        `json:"terms,omitzero"`
	Lines  []PlanLine   `json:"lines,omitempty"`
}

// PlanLine is one thing that is to be done.
type PlanLine struct {
	ID      string       `json:"id"`
	Area    AreaID       `json:"area,omitempty"`
	Course  course.Slug  `json:"course,omitempty"` // this one; "" leaves open which
	Title   string       `json:"title"`
	Minutes int          `json:"minutes"`
	Due     Day          `json:"due"`
	By      lms.PersonID `json:"by"`
	At      time.Time    `json:"at"`
}

// plans says how plans are kept.
var plans = lms.Noun[Plan]{
	Name:    "hour_plans",
	ID:      func(p Plan) string { return planID(p.Person, p.Year) },
	Indexes: []lms.Index[Plan]{{Name: "person", Keys: func(p Plan) []string { return []string{string(p.Person)} }}},
}

func planID(p lms.PersonID, year int) string { return fmt.Sprintf("%s/%04d", p, year) }

// planOf reads a plan; the empty one where none was made.
func (s *Ledger) planOf(ctx context.Context, p lms.PersonID, year int) (Plan, error) {
	plan, err := s.plans.Find(ctx, planID(p, year))
	if lms.Is(err, lms.NotFound) {
		return Plan{Person: p, Year: year}, nil
	}
	return plan, err
}

// maxLines is how much one plan may hold.
const maxLines = 100

// Assign adds a line to somebody's plan of a year, by their manager or whoever keeps the people of their ente.
func (s *Ledger) Assign(ctx context.Context, a lms.Actor, person lms.PersonID, l PlanLine) (PlanLine, error) {
	p, err := s.planned(ctx, a, person)
	if err != nil {
		return l, err
	}
	if err := s.checkLine(ctx, p, &l); err != nil {
		return l, err
	}
	l.ID, l.By, l.At = strings.ToLower(rand.Text()[:10]), a.ID, s.now()
	err = s.changePlan(ctx, person, l.Due.Year(), func(plan *Plan) error {
		if len(plan.Lines) >= maxLines {
			return lms.Wrong("title", "error.many")
		}
		plan.Lines = append(plan.Lines, l)
		return nil
	})
	if err != nil {
		return l, err
	}
	return l, s.noted(ctx, a, lms.Act{Verb: "hours.plan", Object: planID(person, l.Due.Year()), Person: person, Within: p.Current(s.now()).Within, Details: map[string]string{"minutes": fmt.Sprint(l.Minutes), "due": string(l.Due)}})
}

// checkLine completes a line and says what is wrong with it.
func (s *Ledger) checkLine(ctx context.Context, p lms.Person, l *PlanLine) error {
	l.Title = strings.Join(strings.Fields(l.Title), " ")
	fields := map[string]string{}
	if l.Course != "" {
		switch _, c, err := s.school.Library.Shown(ctx, l.Course); {
		case lms.Is(err, lms.NotFound):
			fields["course"] = "error.course.unknown"
		case err != nil:
			return err
		default:
			l.Title = c.Title
			if l.Minutes == 0 {
				l.Minutes = c.Minutes
			}
		}
	}
	if l.Area != "" {
		if known, err := s.knownArea(ctx, p.Current(s.now()), l.Area); err != nil {
			return err
		} else if !known {
			fields["area"] = "error.area.unknown"
		}
	}
	if l.Title == "" && l.Area == "" {
		fields["title"] = "error.required"
	}
	if len(l.Title) > 200 {
		fields["title"] = "error.long"
	}
	if l.Minutes < 1 || l.Minutes > maxMinutes {
		fields["minutes"] = "error.hours.minutes"
	}
	if _, ok := ParseDay(string(l.Due)); !ok || l.Due < s.today() {
		fields["due"] = "error.hours.due"
	}
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}

// Unassign takes a line out of somebody's plan.
func (s *Ledger) Unassign(ctx context.Context, a lms.Actor, person lms.PersonID, year int, line string) error {
	if _, err := s.planned(ctx, a, person); err != nil {
		return err
	}
	return s.changePlan(ctx, person, year, func(plan *Plan) error {
		n := len(plan.Lines)
		if plan.Lines = slices.DeleteFunc(slices.Clone(plan.Lines), func(l PlanLine) bool { return l.ID == line }); len(plan.Lines) == n {
			return lms.Fail(lms.NotFound, "error.hours.line")
		}
		return nil
	})
}

// SetTerms says how somebody works in a year: part of the time, since when, until when. Only whoever keeps the people of their ente may.
func (s *Ledger) SetTerms(ctx context.Context, a lms.Actor, person lms.PersonID, year int, t Terms) error {
	if err := a.MustKeep(); err != nil {
		return err
	}
	p, err := s.school.People.Known(ctx, person)
	if err != nil || !s.keepsNow(a, p) {
		return cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.person.unknown"))
	}
	fields := map[string]string{}
	if t.Share < 0 || t.Share > 100 {
		fields["share"] = "error.terms.share"
	}
	for field, d := range map[string]Day{"since": t.Since, "until": t.Until} {
		if _, ok := ParseDay(string(d)); d != "" && !ok {
			fields[field] = "error.hours.day"
		}
	}
	if t.Since != "" && t.Until != "" && t.Since > t.Until {
		fields["until"] = "error.hours.order"
	}
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	if err := s.changePlan(ctx, person, year, func(plan *Plan) error { plan.Terms = t; return nil }); err != nil {
		return err
	}
	for _, m := range p.Memberships {
		if err := s.touch(ctx, m.Organisation, year); err != nil {
			return err
		}
	}
	return s.noted(ctx, a, lms.Act{Verb: "hours.terms", Object: planID(person, year), Person: person, Within: p.Current(s.now()).Within, Details: map[string]string{"share": fmt.Sprint(t.Share)}})
}

// planned is somebody for whom the actor plans.
func (s *Ledger) planned(ctx context.Context, a lms.Actor, person lms.PersonID) (lms.Person, error) {
	if err := a.Must(lms.Learner); err != nil {
		return lms.Person{}, err
	}
	if !a.Is(lms.Manager) && len(a.Kept()) == 0 {
		return lms.Person{}, lms.Fail(lms.Forbidden, "error.role")
	}
	p, err := s.school.People.Known(ctx, person)
	if err != nil || !s.keepsNow(a, p) && !a.Manages(p, s.now()) {
		return lms.Person{}, cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.person.unknown"))
	}
	return p, nil
}

// keepsNow says whether the actor keeps the people of an ente to which somebody else belongs now: one that they left has no hold on them.
func (s *Ledger) keepsNow(a lms.Actor, p lms.Person) bool {
	return p.ID != a.ID && slices.ContainsFunc(p.Memberships, func(m lms.Membership) bool { return m.At(s.now()) && a.Keeps(m.Within) })
}

func (s *Ledger) changePlan(ctx context.Context, person lms.PersonID, year int, change func(*Plan) error) error {
	if year < 2000 || year > 2199 {
		return lms.Wrong("year", "error.invalid")
	}
	if err := s.plans.Add(ctx, Plan{Person: person, Year: year}); err != nil && !lms.IsTaken(err, "id") {
		return err
	}
	_, err := s.plans.Change(ctx, planID(person, year), change)
	return err
}
