package webinar

import (
	"context"
	"fmt"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Sheet is what somebody wrote when they registered, and whether they have given their opinion: which one, nobody knows.
type Sheet struct {
	Webinar ID                `json:"webinar"`
	Person  lms.PersonID      `json:"person"`
	Answers map[string]string `json:"answers,omitempty"` // to the questions, by their ids
	Opined  bool              `json:"opined,omitempty"`
}

// sheets says how sheets are kept.
var sheets = lms.Noun[Sheet]{
	Name: "webinar_sheets",
	ID:   func(x Sheet) string { return sheetID(x.Webinar, x.Person) },
	Indexes: []lms.Index[Sheet]{
		{Name: "person", Keys: func(x Sheet) []string { return []string{string(x.Person)} }},
	},
}

func sheetID(w ID, p lms.PersonID) string { return fmt.Sprintf("%s/%s", w, p) }

// amend changes somebody's sheet, which may not be there yet.
func (s *Webinars) amend(ctx context.Context, w ID, p lms.PersonID, change func(*Sheet) error) error {
	fresh := Sheet{Webinar: w, Person: p}
	if err := change(&fresh); err != nil {
		return err
	}
	err := s.places.Add(ctx, fresh)
	if lms.IsTaken(err, "id") {
		_, err = s.places.Change(ctx, sheetID(w, p), change)
	}
	return err
}

// Register gives the actor a seat in a webinar, or a place in the queue: freely, by the list of the invited or by the access code, as its cohort has it. Who
// is in it stays where they are. Where people get in on request, the page asks lms/request about the cohort of the webinar's id, after Answer.
func (s *Webinars) Register(ctx context.Context, a lms.Actor, slug, code string, answers map[string]string) (cohort.Whereabouts, error) {
	if err := a.Must(lms.Learner); err != nil {
		return cohort.Whereabouts{}, err
	}
	w, err := s.bySlug(ctx, slug)
	if err != nil {
		return cohort.Whereabouts{}, err
	}
	return s.register(ctx, a, w, code, answers)
}

func (s *Webinars) register(ctx context.Context, a lms.Actor, w Webinar, code string, answers map[string]string) (cohort.Whereabouts, error) {
	if err := s.mayRegister(ctx, a, w); err != nil {
		return cohort.Whereabouts{}, err
	}
	if err := s.answer(ctx, a, w, answers); err != nil {
		return cohort.Whereabouts{}, err
	}
	got, err := s.in.Cohorts.JoinWebinar(ctx, a, string(w.ID), code)
	return got, ofWebinar(err)
}

// mayRegister refuses whoever comes too late, and says nothing of a webinar to whoever may not see it.
func (s *Webinars) mayRegister(ctx context.Context, a lms.Actor, w Webinar) error {
	late := w.Permit(DeedRegister, s.now())
	if late == nil {
		return nil
	}
	if _, err := s.Find(ctx, a, w.Slug); err != nil {
		return err
	}
	return late
}

// Answer keeps what the actor answers to the questions of the registration.
func (s *Webinars) Answer(ctx context.Context, a lms.Actor, slug string, answers map[string]string) error {
	if err := a.Must(lms.Learner); err != nil {
		return err
	}
	w, err := s.bySlug(ctx, slug)
	if err == nil {
		err = s.mayRegister(ctx, a, w)
	}
	if err != nil {
		return err
	}
	return s.answer(ctx, a, w, answers)
}

func (s *Webinars) answer(ctx context.Context, a lms.Actor, w Webinar, answers map[string]string) error {
	kept, err := w.Terms.answers(answers)
	if err != nil || len(kept) == 0 {
		return err
	}
	return s.amend(ctx, w.ID, a.ID, func(x *Sheet) error { x.Answers = kept; return nil })
}

// ofWebinar says of a webinar what is said of a cohort.
func ofWebinar(err error) error {
	if lms.Is(err, lms.NotFound) {
		return unknown()
	}
	return err
}

// Withdraw takes the actor out of a webinar, or out of the queue.
func (s *Webinars) Withdraw(ctx context.Context, a lms.Actor, slug string) error {
	if err := a.Must(lms.Learner); err != nil {
		return err
	}
	w, err := s.bySlug(ctx, slug)
	if err != nil {
		return err
	}
	return s.withdraw(ctx, w, a.ID)
}

func (s *Webinars) withdraw(ctx context.Context, w Webinar, p lms.PersonID) error {
	if over(w.Terms.Ends, s.now()) {
		return conflict("error.webinar.is." + string(Held))
	}
	return ofWebinar(s.in.Cohorts.Unseat(ctx, string(w.ID), p, cohort.Act{By: p, At: s.now()}))
}

// Place is somebody's own place in a webinar, as the link of a letter opens it.
type Place struct {
	Webinar Webinar // without its link and codes
	Name    string  // of the person
	Place   cohort.Place
	Enter   string // path by which they enter, from a quarter of an hour before; "" for who has no seat
	Door    error  // why they cannot enter now; nil where they can
	Survey  bool   // they may give their opinion
}

// OpenPlace shows the place that a personal link leads to; NotFound where the link is nobody's. Opening it changes nothing: mail scanners open links.
func (s *Webinars) OpenPlace(ctx context.Context, slug, token string) (Place, error) {
	w, p, err := s.linked(ctx, toPlace, slug, token)
	if err != nil {
		return Place{}, err
	}
	return s.placeOf(ctx, w, p)
}

// OpenEntrance shows the place of whoever a personal way into the meeting is for; NotFound where it is nobody's. Opening it changes nothing.
func (s *Webinars) OpenEntrance(ctx context.Context, slug, token string) (Place, error) {
	w, p, err := s.linked(ctx, toEnter, slug, token)
	if err != nil {
		return Place{}, err
	}
	return s.placeOf(ctx, w, p)
}

// MyPlace is the actor's own place in a webinar.
func (s *Webinars) MyPlace(ctx context.Context, a lms.Actor, slug string) (Place, error) {
	if _, err := s.Find(ctx, a, slug); err != nil {
		return Place{}, err
	}
	w, err := s.bySlug(ctx, slug)
	if err != nil {
		return Place{}, err
	}
	p, err := s.in.School.People.Known(ctx, a.ID)
	if err != nil {
		return Place{}, err
	}
	return s.placeOf(ctx, w, p)
}

func (s *Webinars) placeOf(ctx context.Context, w Webinar, p lms.Person) (Place, error) {
	place, err := s.in.Cohorts.PlaceIn(ctx, string(w.ID), p.ID)
	if err != nil {
		return Place{}, ofWebinar(err)
	}
	out := Place{Webinar: w.hidden(), Name: p.Name(), Place: place, Door: w.door(s.now(), doorsOpen)}
	if place.Has() {
		out.Enter = w.enterPath(p.ID)
	}
	out.Survey, err = s.mayOpine(ctx, w, p.ID)
	return out, err
}

// linked is the webinar and the person of a personal link.
func (s *Webinars) linked(ctx context.Context, purpose, slug, token string) (Webinar, lms.Person, error) {
	w, err := s.bySlug(ctx, slug)
	if err != nil {
		return w, lms.Person{}, err
	}
	p, err := s.holder(ctx, purpose, w, token)
	return w, p, err
}

// WithdrawByLink takes whoever a personal link is for out of the webinar. It comes from a button, never from opening the link.
func (s *Webinars) WithdrawByLink(ctx context.Context, slug, token string) error {
	w, p, err := s.linked(ctx, toPlace, slug, token)
	if err != nil {
		return err
	}
	return s.withdraw(ctx, w, p.ID)
}

// Enter lets the actor through to the meeting, and gives its address; that they came is a row of presence. Whoever keeps the webinar comes in earlier.
func (s *Webinars) Enter(ctx context.Context, a lms.Actor, slug string) (address string, err error) {
	if err := a.Must(lms.Learner); err != nil {
		return "", err
	}
	w, err := s.bySlug(ctx, slug)
	if err != nil {
		return "", err
	}
	if a.Keeps(w.Within) {
		if err := w.door(s.now(), doorsKeeper); err != nil {
			return "", err
		}
	}
	address, err = s.enter(ctx, w, a.ID, a.Name, a.Keeps(w.Within))
	if err != nil {
		if _, hidden := s.Find(ctx, a, slug); hidden != nil {
			return "", hidden
		}
	}
	return address, err
}

// EnterByLink is Enter for whoever a personal link is for.
func (s *Webinars) EnterByLink(ctx context.Context, slug, token string) (address string, err error) {
	w, p, err := s.linked(ctx, toEnter, slug, token)
	if err != nil {
		return "", err
	}
	return s.enter(ctx, w, p.ID, p.Name(), false)
}

func (s *Webinars) enter(ctx context.Context, w Webinar, p lms.PersonID, name string, keeps bool) (string, error) {
	place, err := s.in.Cohorts.PlaceIn(ctx, string(w.ID), p)
	switch {
	case err != nil:
		return "", ofWebinar(err)
	case !place.Has() && place != cohort.Waiting && !keeps:
		return "", lms.Fail(lms.Forbidden, "error.webinar.notin")
	case !place.Has() && !keeps:
		return "", lms.Fail(lms.Forbidden, "error.webinar.waiting")
	}
	if err := w.Permit(DeedEnter, s.now()); err != nil && !keeps {
		return "", err
	}
	if place.Has() && !s.now().Before(w.Terms.Starts.Add(-doorsOpen)) {
		if err := s.came(ctx, w, p); err != nil {
			return "", err
		}
	}
	if w.Terms.Link != "" {
		return w.Terms.Link, nil
	}
	if s.in.Room == nil {
		return "", lms.Fail(lms.Unavailable, "error.webinar.noroom")
	}
	return s.in.Room(ctx, Entrance{Webinar: w.ID, Slug: w.Slug, Title: w.Terms.Title, Starts: w.Terms.Starts, Ends: w.Terms.Ends, Person: p, Name: name, Keeps: keeps})
}

// Put puts one of the actor's own people into a webinar, as the staff do with cohorts.
func (s *Webinars) Put(ctx context.Context, a lms.Actor, id ID, person lms.PersonID) (cohort.Whereabouts, error) {
	w, err := s.byID(ctx, id)
	if err != nil {
		return cohort.Whereabouts{}, err
	}
	if _, err := s.Find(ctx, a, w.Slug); err != nil {
		return cohort.Whereabouts{}, err
	}
	if err := w.Permit(DeedRegister, s.now()); err != nil && !a.Keeps(w.Within) {
		return cohort.Whereabouts{}, err
	}
	return s.in.Cohorts.Enter(ctx, a, cohort.ID(id), person)
}

// Remove takes somebody out of a webinar, with a reason that they are told.
func (s *Webinars) Remove(ctx context.Context, a lms.Actor, id ID, person lms.PersonID, reason string) error {
	w, err := s.byID(ctx, id)
	if err != nil {
		return err
	}
	if _, err := s.Find(ctx, a, w.Slug); err != nil {
		return err
	}
	if over(w.Terms.Ends, s.now()) {
		return conflict("error.webinar.is." + string(Held))
	}
	return s.in.Cohorts.Remove(ctx, a, cohort.ID(id), person, reason)
}
