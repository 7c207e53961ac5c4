package wiring

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/attendance"
	"aulacomune/lms/calendar"
	"aulacomune/lms/web"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/webinars"
	"aulacomune/lms/webinar"
)

// invitations write the calendar part of letters about webinars, in the name of whoever sends the letters. A calendar needs an address there, also while no
// mail is set up.
func invitations(public, sender string) func(webinar.Invite) ([]byte, string, error) {
	host := hostOf(public)
	from := cmp.Or(sender, "noreply@"+host)
	return func(i webinar.Invite) ([]byte, string, error) {
		return calendar.Event{
			UID: calendar.UID("webinar", string(i.Webinar), string(i.Person), host), Sequence: i.Sequence, Stamp: i.Stamp, Start: i.Starts, End: i.Ends,
			Title: i.Title, Text: i.Text, Page: public + i.Page, Conference: public + i.Enter, Cancelled: i.Cancelled, Lang: i.Lang,
			Organiser: calendar.Party{Name: i.Organiser, Email: from}, Attendee: calendar.Party{Name: i.Name, Email: i.Email}, Alarms: calendar.Reminders(),
		}.Invitation()
	}
}

// hostOf is the host of the public address, by which calendars know what is ours.
func hostOf(public string) string {
	if u, err := url.Parse(public); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "localhost"
}

// appointment is a webinar in a calendar file that nobody is invited by. What is nobody's in particular is everybody's.
func appointment(public string, i webinar.Invite) calendar.Event {
	return calendar.Event{
		UID: calendar.UID("webinar", string(i.Webinar), cmp.Or(string(i.Person), "all"), hostOf(public)), Sequence: i.Sequence, Stamp: i.Stamp, Start: i.Starts, End: i.Ends,
		Title: i.Title, Text: i.Text, Page: public + i.Page, Cancelled: i.Cancelled, Lang: i.Lang,
	}
}

// webinars are the pages of webinars, with the calendars that they show.
func (h *House) webinars(public string) webinars.Pages {
	return webinars.Pages{
		Webinars: h.Webinars, Requests: h.Requests, Keep: "/amministrazione/webinar/",
		File: func(i webinar.Invite) ([]byte, error) { return appointment(public, i).File() },
		Calendar: func(c webinars.Calendar) ([]byte, error) {
			f := calendar.Feed{Name: c.Name, Lang: c.Lang, Page: public + c.Page, Refresh: time.Hour}
			for _, i := range c.Of {
				f.Events = append(f.Events, appointment(public, i))
			}
			return f.File()
		},
	}
}

// onObject tells the page of a learning object about the webinar that it is.
func onObject(p webinars.Pages) web.Webinars {
	return func(r *front.Request, name string) (web.WebinarView, bool, error) {
		s, ok, err := p.Summary(r, name)
		return web.WebinarView{Href: s.Href, Start: s.Start, End: s.End, Mine: s.Mine, Enter: s.Enter}, ok, err
	}
}

// readMeeting reads a report of a meeting and says who its people are: those who registered come first.
func readMeeting(_ context.Context, f webinar.File) (webinar.Reading, error) {
	r := attendance.Read(f.Name, f.Bytes, attendance.Hints{Scheduled: attendance.Span{From: f.Starts, To: f.Ends}, Title: f.Title, Order: attendance.Order(f.Order)})
	matches := attendance.Matches(r.Rows, candidates(f.Known))
	if p, ok := attendance.Known(matches); !ok && len(matches) > 0 {
		r.Problems = append(r.Problems, p)
	}
	out := webinar.Reading{Kind: string(r.Kind)}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, webinar.Problem{Key: p.Message(), Line: p.Line, Args: p.Args, Grave: p.Grave})
	}
	for _, m := range matches {
		out.People = append(out.People, participant(r, m))
	}
	return out, nil
}

func candidates(known []webinar.Known) []attendance.Candidate {
	out := make([]attendance.Candidate, 0, len(known))
	for _, k := range known {
		out = append(out, attendance.Candidate{ID: string(k.Person), Given: k.Given, Family: k.Family, Emails: k.Emails, Ente: k.Ente, Registered: k.Reservation})
	}
	return out
}

// participant is a match as webinars keep it. The key is that of its first row: its line, and its place where one line holds several.
func participant(r attendance.Report, m attendance.Match) webinar.Participant {
	first := m.Rows[0]
	out := webinar.Participant{
		Key: fmt.Sprintf("%d.%d", r.Rows[first].Line, first), Name: m.Name, Emails: m.Emails, Ente: r.Rows[first].Ente, Person: lms.PersonID(m.Candidate), Sure: m.Sure,
	}
	for _, s := range m.Spans {
		out.Spans = append(out.Spans, webinar.Span(s))
	}
	for _, w := range m.Why {
		out.Why = append(out.Why, w.Message())
	}
	for _, o := range m.Others {
		out.Candidates = append(out.Candidates, lms.PersonID(o.Candidate))
	}
	return out
}

// corrected is why an attestato is revoked or superseded, as the register says it to everybody who has its code. What the organiser wrote of a person, "was ill",
// stays with the webinar.
const corrected = "La presenza al webinar è stata corretta."

// said is the reason in the register; none for the first attestato.
func said(reason string) string {
	if reason == "" {
		return ""
	}
	return corrected
}

// attestWebinar has the attestato of a webinar drawn, corrected, or taken back.
func (h *House) attestWebinar(ctx context.Context, a webinar.Attestation) (lms.Code, error) {
	if a.Revoke {
		return "", h.School.Register.Retract(ctx, a.Cause, a.By, corrected)
	}
	p, err := h.School.People.Known(ctx, a.Person)
	if err != nil {
		return "", err
	}
	row, err := h.School.Register.Attest(ctx, lms.Attestation{
		Occasion: a.Cause, What: lms.OccasionWebinar, Issuer: a.Issuer, Person: a.Person, Name: p.Name(), Organisation: a.Member.Name, Role: string(a.Member.Category),
		Lang: p.Lang, Title: a.Title, Programme: a.Series, Minutes: a.Minutes, Planned: a.Planned, From: a.Starts, To: a.Ends, Reason: said(a.Reason), By: a.By,
	})
	return row.Code, err
}
