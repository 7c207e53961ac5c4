package request

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// settled writes what follows of what happened to a request. What cannot be written is logged and left to the sweep: what happened stands.
func (s *Requests) settled(ctx context.Context, r Request) (Request, error) {
	done, err := s.settle(ctx, r)
	if err != nil {
		s.log.Error("request not settled yet", "request", r.ID, "err", err)
		return r, nil
	}
	return done, nil
}

// settle takes the seat of an approved request, tells who is to be told, and notes the acts of staff. All of it can be done again.
func (s *Requests) settle(ctx context.Context, r Request) (Request, error) {
	if r.Unseat {
		var err error
		if r, err = s.admit(ctx, r); err != nil {
			return r, err
		}
	}
	var done []int
	var errs []error
	for _, n := range r.Due {
		if err := s.tell(ctx, r, r.History[n-1]); err != nil {
			errs = append(errs, fmt.Errorf("settle event %d: %w", n, err))
			continue
		}
		done = append(done, n)
	}
	r, err := s.requests.Change(ctx, string(r.ID), func(r *Request) error {
		r.Due = slices.DeleteFunc(slices.Clone(r.Due), func(n int) bool { return slices.Contains(done, n) })
		return nil
	})
	return r, errors.Join(append(errs, err)...)
}

// admit takes the seat of an approved request, and notes what came of it, once.
func (s *Requests) admit(ctx context.Context, r Request) (Request, error) {
	got, err := s.cohorts.Admit(ctx, r.Cohort, r.Person, r.Member.Organisation, r.Last().By)
	e := Event{What: GotSeat, At: s.now()}
	switch {
	case lms.Is(err, lms.Conflict) || lms.Is(err, lms.NotFound):
		e.What = GotNone
	case err != nil:
		return r, err
	case got.Place == cohort.Waiting:
		e.What = GotInLine
	}
	return s.requests.Change(ctx, string(r.ID), func(r *Request) error {
		if r.Unseat {
			r.Unseat = false
			r.happened(e)
		}
		return nil
	})
}

// tell does what one event asks for: letters, and the entry in the log of acts.
func (s *Requests) tell(ctx context.Context, r Request, e Event) error {
	if err := s.noted(ctx, r, e); err != nil {
		return err
	}
	switch e.What {
	case Asked, Escalated, Appointed:
		return s.ask(ctx, r, e, "request.asked")
	case Reminded:
		return s.ask(ctx, r, e, "request.reminder")
	case Agreed:
		if e.Step+1 < len(r.Stages) {
			return s.ask(ctx, r, e, "request.asked")
		}
		return s.answer(ctx, r, e, "request.approved")
	case Denied:
		return s.answer(ctx, r, e, "request.refused")
	case Lapsed:
		return s.answer(ctx, r, e, "request.expired")
	case GotNone:
		return s.answer(ctx, r, e, "request.closed")
	}
	return nil // seated and queued: the cohort tells
}

// noted writes a decision into the log of acts.
func (s *Requests) noted(ctx context.Context, r Request, e Event) error {
	verb := map[What]string{Agreed: "request.approve", Denied: "request.refuse", Appointed: "request.appoint"}[e.What]
	if verb == "" || e.By == "" {
		return nil
	}
	p, err := s.school.People.Known(ctx, e.By)
	if lms.Is(err, lms.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	a := lms.ActorOf(p, s.now(), lms.Everything)
	details := map[string]string{"course": string(r.Course), "cohort": string(r.Cohort)}
	if r.Webinar != "" {
		details = map[string]string{"webinar": r.Webinar}
	}
	if e.What != Appointed && e.For != "" {
		details["deputy_of"] = string(e.For)
	}
	return s.note(ctx, a, lms.Act{
		Verb: verb, Object: string(r.ID), Person: r.Person, Within: r.Member.Within, Role: a.By(r.Member.Within), Details: details,
		Key: fmt.Sprintf("request/%s/%d", r.ID, e.Number),
	})
}

// ask writes to everybody who may decide the current stage, and to their deputies, each with a link of their own. Nothing is written of a stage that
// was passed meanwhile.
func (s *Requests) ask(ctx context.Context, r Request, e Event, kind string) error {
	if r.State != Waiting || r.Step != e.Step && e.What != Agreed || e.What == Agreed && r.Step != e.Step+1 {
		return nil
	}
	applicant, err := s.school.People.Known(ctx, r.Person)
	if err != nil {
		return unlessNotFound(err)
	}
	to, err := s.askedOf(ctx, r)
	if err != nil {
		return err
	}
	for _, p := range to {
		if p.Email == "" {
			continue
		}
		if err := s.askOne(ctx, r, e, kind, [2]lms.Person{p, applicant}); err != nil {
			return err
		}
	}
	return nil
}

// askedOf are the people who may decide now.
func (s *Requests) askedOf(ctx context.Context, r Request) ([]lms.Person, error) {
	var ids []lms.PersonID
	for _, ap := range r.stage().Approvers {
		acting, err := s.stand(ctx, "of", ap.Person)
		if err != nil {
			return nil, err
		}
		ids = append(append(ids, ap.Person), acting...)
	}
	slices.Sort(ids)
	var out []lms.Person
	for _, id := range slices.Compact(ids) {
		p, err := s.school.People.Known(ctx, id)
		if lms.Is(err, lms.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		_, ok, err := s.decides(ctx, r, p)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, p)
		}
	}
	return out, nil
}

// askOne writes to one of them. The secret of the link lies in the letter alone, its hash in the request: where the letter was posted before, and only
// that was not noted, the first secret stays good, and the second is known to nobody.
func (s *Requests) askOne(ctx context.Context, r Request, e Event, kind string, people [2]lms.Person) error {
	p, applicant := people[0], people[1]
	secret := rand.Text()
	until := r.stage().Silence
	_, err := s.requests.Change(ctx, string(r.ID), func(now *Request) error {
		if now.State == Waiting && now.Step == r.Step {
			now.Links = append(slices.Clone(now.Links), Link{Hash: secretHash(secret), Person: p.ID, Step: r.Step, Expires: until})
		}
		return nil
	})
	if err != nil {
		return err
	}
	words, err := s.words(ctx, r)
	if err != nil {
		return err
	}
	words["person"], words["ente"], words["why"] = applicant.Name(), r.Member.Name, r.Why
	words["until"] = cohort.DayOf(until, s.rome).Words(p.Lang)
	return s.post(ctx, lms.Letter{
		Cause: fmt.Sprintf("request/%s/%d/%s", r.ID, e.Number, p.ID), Kind: kind, To: p.Email, Person: p.ID, About: applicant.ID, Name: p.Name(), Lang: p.Lang,
		Organisation: r.Member.Organisation, Words: words, Link: "/richieste/decidi/" + secret,
	})
}

// answer writes to the applicant.
func (s *Requests) answer(ctx context.Context, r Request, e Event, kind string) error {
	p, err := s.school.People.Known(ctx, r.Person)
	if err != nil || p.Email == "" {
		return unlessNotFound(err)
	}
	words, err := s.words(ctx, r)
	if err != nil {
		return err
	}
	if kind == "request.approved" || kind == "request.refused" {
		names, err := s.school.People.Names(ctx, []lms.PersonID{e.By})
		if err != nil {
			return err
		}
		words["by"], words["reason"] = names[e.By], e.Reason
	}
	return s.post(ctx, lms.Letter{
		Cause: fmt.Sprintf("request/%s/%d", r.ID, e.Number), Kind: kind, To: p.Email, Person: p.ID, Name: p.Name(), Lang: p.Lang,
		Organisation: r.Member.Organisation, Words: words, Link: "/richieste/" + string(r.ID),
	})
}

// words are what every letter about a request says; the course is "" where it is about a webinar.
func (s *Requests) words(ctx context.Context, r Request) (map[string]string, error) {
	if r.Webinar != "" {
		return map[string]string{"title": r.Title, "course": ""}, nil
	}
	_, content, err := s.school.Library.Shown(ctx, r.Course)
	if err != nil {
		return nil, err
	}
	return map[string]string{"title": r.Title, "course": content.Title}, nil
}

func unlessNotFound(err error) error {
	if lms.Is(err, lms.NotFound) {
		return nil
	}
	return err
}

// Sweep does what is due: what a crash left, reminders, and what silence means. What cannot be done keeps nothing else waiting.
func (s *Requests) Sweep(ctx context.Context) error {
	due, err := s.requests.All(ctx, lms.Query{Index: "due", To: lms.TimeKey(s.now()) + "~", Limit: 500})
	errs := []error{err}
	for _, r := range due {
		if err := s.sweep(ctx, r); err != nil {
			errs = append(errs, fmt.Errorf("sweep request %s: %w", r.ID, err))
		}
	}
	return errors.Join(errs...)
}

func (s *Requests) sweep(ctx context.Context, r Request) error {
	now := s.now()
	if r.State == Waiting {
		var err error
		switch st := r.stage(); {
		case !now.Before(st.Silence):
			r, err = s.silence(ctx, r)
		case !st.Remind.IsZero() && !now.Before(st.Remind):
			r, err = s.remind(ctx, r)
		}
		if err != nil {
			return err
		}
	}
	_, err := s.settle(ctx, r)
	return err
}

// remind asks once more; where none of those who were asked has the role any more, those who have it now.
func (s *Requests) remind(ctx context.Context, r Request) (Request, error) {
	st := r.stage()
	to, err := s.askedOf(ctx, r)
	if err != nil {
		return r, err
	}
	if len(to) == 0 {
		found, err := s.approvers(ctx, r, st.Kind)
		if err != nil {
			return r, err
		}
		if len(found) > 0 {
			st.Approvers = found
		}
	}
	st.Remind = time.Time{}
	return s.unlessMoved(ctx, r, func(r *Request) {
		r.replace(st)
		r.happened(Event{What: Reminded, At: s.now()})
	})
}

// silence does what the rule says of a stage that nobody decided in time.
func (s *Requests) silence(ctx context.Context, r Request) (Request, error) {
	st := r.stage()
	switch st.Rule {
	case SilenceApproves:
		next, err := s.next(ctx, r)
		if err != nil {
			return r, err
		}
		return s.unlessMoved(ctx, r, func(r *Request) { r.agree(Event{At: s.now()}, next) })
	case SilenceEscalates:
		for _, ap := range st.Approvers {
			st.Before = append(slices.Clone(st.Before), ap.Person)
		}
		above, err := s.keepers(ctx, r, st.Before)
		if err != nil {
			return r, err
		}
		if len(above) > 0 {
			policy, err := s.PolicyOf(ctx, r.Member.Within)
			if err != nil {
				return r, err
			}
			st.Approvers = above
			st = policy.begin(st, s.now())
			return s.unlessMoved(ctx, r, func(r *Request) {
				r.replace(st)
				r.happened(Event{What: Escalated, At: s.now()})
			})
		}
	}
	return s.unlessMoved(ctx, r, func(r *Request) { r.end(Expired, Event{What: Lapsed, At: s.now()}) })
}

// unlessMoved changes a request that stands where it was read.
func (s *Requests) unlessMoved(ctx context.Context, was Request, change func(*Request)) (Request, error) {
	return s.requests.Change(ctx, string(was.ID), func(r *Request) error {
		if len(r.History) == len(was.History) && r.State == was.State && r.Step == was.Step {
			change(r)
		}
		return nil
	})
}

// Follow gives requests the place of their people's organisation in the tree, when one has moved.
func (s *Requests) Follow(ctx context.Context, id lms.OrganisationID, place func(lms.OrganisationID) []lms.OrganisationID) error {
	return lms.Relocate(ctx, s.requests, id, place, func(r *Request) (lms.OrganisationID, *[]lms.OrganisationID) {
		return r.Member.Organisation, &r.Member.Within
	})
}
