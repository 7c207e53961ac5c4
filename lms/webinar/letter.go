package webinar

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// letter is what one letter about a webinar is.
type letter struct {
	cause    string
	kind     string
	words    map[string]string // besides the title and when it is
	until    time.Time         // from then on it is not sent any more; zero is never
	calendar bool              // with a part for calendars
	out      bool              // which takes it out of them
	enter    bool              // its link lets this person through to the meeting; otherwise it leads to their place
	public   bool              // its link leads to the page that everybody sees
}

// Told writes to somebody what happened to their seat. It has the shape of cohort.WebinarSeat.
func (s *Webinars) Told(ctx context.Context, c cohort.Cohort, p lms.Person, ch cohort.Change) error {
	w, err := s.byID(ctx, ID(c.Webinar))
	if err != nil {
		return err
	}
	l := letter{cause: fmt.Sprintf("webinar/%s/seat/%d/%s", w.ID, ch.Number, p.ID)}
	reason := map[string]string{"reason": ch.Reason}
	switch ch.What {
	case cohort.Seated:
		l.kind, l.calendar = "webinar.seated", true
	case cohort.Promoted:
		l.kind, l.calendar = "webinar.promoted", true
	case cohort.Waiting:
		l.kind = "webinar.waiting"
	case cohort.Left:
		if ch.By == "" {
			return nil // they were erased
		}
		l.kind, l.calendar, l.out, l.public = "webinar.left", true, true, true
	case cohort.Removed:
		l.kind, l.calendar, l.out, l.public, l.words = "webinar.removed", true, true, true, reason
	case cohort.Dismissed:
		l.kind, l.calendar, l.out, l.public, l.words = "webinar.cancelled", true, true, true, reason
	default:
		return nil
	}
	return s.send(ctx, w, p, l)
}

// send posts a letter about a webinar. Whoever has no address, or one that no server would take, is not written to.
func (s *Webinars) send(ctx context.Context, w Webinar, p lms.Person, l letter) error {
	if p.Email == "" || !p.Erased.IsZero() || p.Into != "" {
		return nil
	}
	words := map[string]string{"title": w.Terms.Title, "when": when(w.Terms.Starts, w.Terms.Ends, s.in.Rome, p.Lang)}
	for k, v := range l.words {
		words[k] = v
	}
	out := lms.Letter{
		Cause: l.cause, Kind: l.kind, To: p.Email, Person: p.ID, Name: p.Name(), Lang: p.Lang, Organisation: w.Organisation, Words: words, Until: l.until,
		Link: w.placePath(p.ID),
	}
	switch {
	case l.enter:
		out.Link = w.enterPath(p.ID)
	case l.public:
		out.Link = path(w)
	}
	if l.calendar && s.in.Calendar != nil {
		var err error
		if out.Calendar, out.Method, err = s.calendar(ctx, w, p, l.out); err != nil {
			return err
		}
	}
	err := s.in.Post(ctx, out)
	if lms.Is(err, lms.Invalid) {
		s.in.Log.Warn("letter cannot be sent", "webinar", w.ID, "kind", l.kind, "person", p.ID) // and never will: it keeps nothing else waiting
		return nil
	}
	return err
}

// calendar is the part for somebody's calendar.
func (s *Webinars) calendar(ctx context.Context, w Webinar, p lms.Person, out bool) (part []byte, method string, err error) {
	o, err := s.in.School.Organisations.Find(ctx, w.Organisation)
	if err != nil {
		return nil, "", err
	}
	i := s.invite(w, p)
	i.Organiser, i.Cancelled = o.Name, out
	return s.in.Calendar(i)
}

// invite is what a calendar of somebody is told of a webinar.
func (s *Webinars) invite(w Webinar, p lms.Person) Invite {
	return Invite{
		Webinar: w.ID, Person: p.ID, Name: p.Name(), Email: p.Email, Sequence: w.Sequence, Stamp: s.now(), Starts: w.Terms.Starts, Ends: w.Terms.Ends,
		Title: w.Terms.Title, Text: w.Terms.Abstract, Page: path(w), Enter: w.enterPath(p.ID), Cancelled: w.State() == Cancelled, Lang: p.Lang,
	}
}

// path is the page of a webinar.
func path(w Webinar) string { return "/webinar/" + w.Slug }

// outcomeWords are what the letter after a webinar says of somebody's presence, and what there is to read or watch.
func (w Webinar) outcomeWords(o Outcome) map[string]string {
	var lines []string
	for _, m := range w.Terms.Material {
		lines = append(lines, m.Title+": "+m.Link)
	}
	words := map[string]string{
		"minutes": strconv.Itoa(o.Minutes), "planned": strconv.Itoa(o.Planned), "percent": strconv.Itoa(o.Percent), "material": strings.Join(lines, "\n"), "corrected": "",
	}
	if o.Turn > 0 {
		words["corrected"] = "sì" // the template only asks whether it is there
	}
	if !o.Enough {
		words["threshold"] = strconv.Itoa(w.Terms.Threshold)
	}
	return words
}
