package webinar

import (
	"context"
	"slices"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Told is everything that this room knows of a person, for the copy they may ask for (GDPR, art. 15). What they thought of a webinar nobody knows.
type Told struct {
	Sheets    []Sheet    `json:"sheets"`
	Presences []Presence `json:"presences"` // with the times: they are their own
	Outcomes  []Outcome  `json:"outcomes"`
	Forms     []Guest    `json:"forms"` // that wait to be confirmed, under their address
	Feed      time.Time  `json:"feed,omitzero"`
}

// About tells what this room knows of a person. It asks nobody: lms/roll decides who may read it.
func (s *Webinars) About(ctx context.Context, id lms.PersonID) (t Told, err error) {
	if t.Sheets, err = s.places.All(ctx, lms.Query{Index: "person", Equal: string(id)}); err != nil {
		return t, err
	}
	if t.Presences, err = s.presences.All(ctx, lms.Query{Index: "person", Equal: string(id)}); err != nil {
		return t, err
	}
	if t.Outcomes, err = s.outcomes.All(ctx, lms.Query{Index: "person", Prefix: string(id) + "/"}); err != nil {
		return t, err
	}
	f, err := s.feeds.Find(ctx, string(id))
	if unlessNotFound(err) != nil {
		return t, err
	}
	t.Feed = f.At
	p, err := s.in.School.People.Known(ctx, id)
	if err == nil && p.Email != "" {
		t.Forms, err = s.guests.All(ctx, lms.Query{Index: "email", Equal: lms.FoldLogin(p.Email)})
		for i := range t.Forms {
			t.Forms[i].ID = ""
		}
	}
	return t, unlessNotFound(err)
}

// Erase forgets what somebody answered, when they came and left, and their names in reports (GDPR, art. 17). What came of a webinar for them stays, as the
// rows of the ledger do, without who they were. The file of a report stays as it came until the reports of that webinar are forgotten. It may be called again.
func (s *Webinars) Erase(ctx context.Context, id lms.PersonID) error {
	for r, err := range s.reports.List(ctx, lms.Query{Index: "person", Equal: string(id)}) {
		if err != nil {
			return err
		}
		if err := s.eraseFromReport(ctx, r.ID, id); err != nil {
			return err
		}
	}
	all, err := s.outcomes.All(ctx, lms.Query{Index: "person", Prefix: string(id) + "/"})
	if err != nil {
		return err
	}
	for _, o := range all {
		if _, err := s.outcomes.Change(ctx, o.id(), func(o *Outcome) error { o.Member.Office, o.Reason = "", ""; return nil }); err != nil {
			return err
		}
	}
	if p, err := s.in.School.People.Known(ctx, id); err == nil && p.Email != "" {
		if err := s.guests.RemoveAll(ctx, lms.Query{Index: "email", Equal: lms.FoldLogin(p.Email)}); err != nil {
			return err
		}
	}
	if err := s.presences.RemoveAll(ctx, lms.Query{Index: "person", Equal: string(id)}); err != nil {
		return err
	}
	if err := s.places.RemoveAll(ctx, lms.Query{Index: "person", Equal: string(id)}); err != nil {
		return err
	}
	return unlessNotFound(s.feeds.Remove(ctx, string(id)))
}

// eraseFromReport takes names, addresses and times out of the lines of a report that are somebody's.
func (s *Webinars) eraseFromReport(ctx context.Context, report string, id lms.PersonID) error {
	_, err := s.reports.Change(ctx, report, func(r *Report) error {
		for i := range r.Lines {
			l := &r.Lines[i]
			if slices.ContainsFunc(l.Turns, func(t Turn) bool { return t.Person == id }) {
				*l = Line{Key: l.Key, Turns: []Turn{{At: r.At}}}
			}
		}
		return nil
	})
	return err
}

// Follow gives webinars the place of their organisation in the tree, when one has moved.
func (s *Webinars) Follow(ctx context.Context, id lms.OrganisationID, place func(lms.OrganisationID) []lms.OrganisationID) error {
	return lms.Relocate(ctx, s.webinars, id, place, func(w *Webinar) (lms.OrganisationID, *[]lms.OrganisationID) { return w.Organisation, &w.Within })
}

// Entry is one of those who are or were in a webinar, as who keeps it sees them.
type Entry struct {
	Person  lms.PersonID
	Name    string
	Email   string // only where the actor keeps the webinar
	Member  lms.Membership
	Place   cohort.Place
	Since   time.Time
	Via     cohort.Way
	Answers map[string]string // to the questions, by their ids; only where the actor keeps the webinar
}

// Roster lists who is or was in a webinar, by name, one page at a time: everybody, for who keeps it, with "" as the organisation; else those of an
// organisation whose people the actor keeps.
func (s *Webinars) Roster(ctx context.Context, a lms.Actor, id ID, org lms.OrganisationID, at lms.PageAt) ([]Entry, string, error) {
	v, err := s.FindByID(ctx, a, id)
	if err != nil {
		return nil, "", err
	}
	rows, next, err := s.in.Cohorts.Roster(ctx, a, cohort.ID(id), org, at)
	if err != nil {
		return nil, "", ofWebinar(err)
	}
	var out []Entry
	for _, r := range rows {
		e := Entry{Person: r.Person, Name: r.Called, Member: r.Member, Place: r.Place(), Since: r.Since()}
		if n := len(r.History); n > 0 {
			e.Via = r.History[n-1].Seat.Via
		}
		if v.Keeps {
			if err := s.fill(ctx, id, &e); err != nil {
				return nil, "", err
			}
		}
		out = append(out, e)
	}
	return out, next, s.noted(ctx, a, v.Webinar, lms.Act{Verb: "webinar.roster"})
}

// fill adds what only those see who keep the webinar.
func (s *Webinars) fill(ctx context.Context, id ID, e *Entry) error {
	p, err := s.in.School.People.Known(ctx, e.Person)
	if unlessNotFound(err) != nil {
		return err
	}
	x, err := s.places.Find(ctx, sheetID(id, e.Person))
	e.Email, e.Answers = p.Email, x.Answers
	return unlessNotFound(err)
}
