package ledger

import (
	"context"
	"slices"

	"aulacomune/lms"
)

// Completed books a completed course. It has the shape of lms.Ports.Completed and may be told of the same again. The minutes of its webinars that have a row of
// their own are left out.
func (s *Ledger) Completed(ctx context.Context, st lms.Standing) error {
	p, err := s.school.People.Known(ctx, st.Enrolment.Person)
	if err != nil {
		return err
	}
	h, err := s.Earned(ctx, st, p)
	for err == nil && h.Minutes > 0 { // a course without a duration counts nothing
		if err = s.arrive(ctx, h); !lms.IsTaken(err, "webinar") {
			return err
		}
		before := len(h.Webinars)
		if h, err = s.without(ctx, h, st); err == nil && len(h.Webinars) == before {
			_, err = s.hours.Find(ctx, string(h.ID)) // it was told of again
			return err
		}
	}
	return err
}

// without leaves the webinars that another row counts out of a course's row: their minutes too where that is the webinar's own. Only somebody who takes a
// course again counts them once more: what they watched then, they watched then.
func (s *Ledger) without(ctx context.Context, h Hours, st lms.Standing) (Hours, error) {
	for _, w := range slices.Clone(h.Webinars) {
		row, ok, err := s.counting(ctx, h.Person, w)
		if err != nil {
			return h, err
		}
		if !ok || row.ID == h.ID {
			continue
		}
		h.Webinars = slices.DeleteFunc(slices.Clone(h.Webinars), func(x string) bool { return x == w })
		if row.Kind == Webinar && st.Enrolment.Turn == 1 {
			h.Minutes -= minutesOf(st, w)
		}
	}
	return h, nil
}

// counting is the row that counts a webinar of somebody.
func (s *Ledger) counting(ctx context.Context, p lms.PersonID, webinar string) (Hours, bool, error) {
	for h, err := range s.hours.List(ctx, lms.Query{Index: "webinar", Equal: webinarKey(p, webinar), Limit: 1}) {
		return h, err == nil, err
	}
	return Hours{}, false, nil
}

// Counted says whether a course's row counts a webinar of somebody, so that there is none of its own.
func (s *Ledger) Counted(ctx context.Context, p lms.PersonID, webinar string) (bool, error) {
	h, ok, err := s.counting(ctx, p, webinar)
	return ok && h.Kind != Webinar, err
}

// minutesOf are those of a course's completed objects that are a webinar.
func minutesOf(st lms.Standing, webinar string) (minutes int) {
	for _, o := range st.Objects {
		if o.Object.Webinar == webinar && o.State == lms.Completed {
			minutes += o.Object.Minutes
		}
	}
	return minutes
}

// ofWebinars parts the completed objects of a course that are webinars: the minutes of those that were attended, which count in rows of their own, and the
// names of those that the recording completed.
func ofWebinars(st lms.Standing) (attended int, watched []string) {
	for _, o := range st.Objects {
		switch {
		case o.Object.Webinar == "" || o.State != lms.Completed:
		case o.Progress.Evidence.Attended:
			attended += o.Object.Minutes
		case !slices.Contains(watched, o.Object.Webinar):
			watched = append(watched, o.Object.Webinar)
		}
	}
	return attended, watched
}

// Earned is the row of a completed course, without the minutes of webinars that the person attended.
func (s *Ledger) Earned(ctx context.Context, st lms.Standing, p lms.Person) (Hours, error) {
	e := st.Enrolment
	owner, err := s.school.Organisations.Find(ctx, e.Owner)
	if err != nil {
		return Hours{}, err
	}
	attended, watched := ofWebinars(st)
	h := Hours{
		ID: HoursID("course/" + string(e.ID)), Person: e.Person, Member: e.Member, Minutes: max(0, st.Minutes-attended), Kind: ELearning, Course: e.Course, Webinars: watched,
		Title: st.Content.Title, Provider: owner.Name, From: DayOf(e.Started, s.rome), To: DayOf(e.Completed, s.rome), Outcome: Completed,
		Evidence: Evidence{Certificate: e.Certificate(), Enrolment: e.ID},
	}
	for _, o := range st.Objects {
		if len(o.Object.Questions) > 0 {
			h.Outcome = Passed
		}
	}
	for _, m := range p.Memberships { // in the office of then
		if m.Organisation == e.Member.Organisation && m.At(e.Completed) {
			h.Member = m
			break
		}
	}
	if !h.memberHeld(p, e.Completed) {
		h.Member = s.memberOn(p, h.To)
	}
	if h.Member.Organisation == "" {
		h.Member = e.Member
	}
	return h, nil
}
