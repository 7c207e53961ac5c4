package wiring

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"aulacomune/content/picture"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/enti"
	"aulacomune/lms/ledger"
	"aulacomune/lms/meeting"
	"aulacomune/lms/webinar"
)

// openWebinars opens webinars on the house's cohorts, tree of enti, ledger and outbox.
func (h *House) openWebinars(ctx context.Context, o Options) error {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return fmt.Errorf("time zone of Italy: %w", err)
	}
	room, err := openRoom(o)
	if err != nil {
		return err
	}
	h.Webinars, err = webinar.Open(ctx, webinar.Ports{
		Engine: h.Engine, Objects: h.Objects, School: h.School, Cohorts: h.Cohorts, Post: h.Mail.Post, Note: h.Audit.Note, Rome: rome, Log: o.Log, Now: o.Now,
		Redraw: redrawSpeaker, Propose: h.Enti.Propose, Ask: h.askReferent, Book: h.bookWebinar,
		Calendar: invitations(o.URL, h.sender), Read: readMeeting, Attest: h.attestWebinar, Room: room, Complete: h.School.Learning.Attended,
	})
	if err == nil {
		h.closers = append(h.closers, h.Webinars.Close)
	}
	return err
}

// openRoom gives the way into the rooms of the house's BigBlueButton; nil where there is none. Whoever keeps a webinar moderates it.
func openRoom(o Options) (func(context.Context, webinar.Entrance) (string, error), error) {
	if o.Meeting.URL == "" {
		return nil, nil
	}
	room, err := o.Meeting.Open()
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, e webinar.Entrance) (string, error) {
		g := meeting.Guest{ID: string(e.Person), Name: e.Name, Role: meeting.Attendee}
		if e.Keeps {
			g.Role = meeting.Moderator
		}
		return room.Address(ctx, meeting.Session{ID: string(e.Webinar), Title: e.Title, Back: o.URL + "/webinar/" + e.Slug}, g)
	}, nil
}

// webinarSeat tells webinars of their seats, once they are open: cohorts are opened before them.
func (h *House) webinarSeat(ctx context.Context, c cohort.Cohort, p lms.Person, ch cohort.Change) error {
	if h.Webinars == nil {
		return errors.New("webinars are not open yet")
	}
	return h.Webinars.Told(ctx, c, p, ch)
}

// attendedWebinar tells courses who attended which webinar, once webinars are open: the school is opened before them.
func (h *House) attendedWebinar(ctx context.Context, p lms.PersonID, slug string) (time.Time, error) {
	if h.Webinars == nil {
		return time.Time{}, nil
	}
	return h.Webinars.AttendedAt(ctx, p, slug)
}

// askReferent leaves a guest who has shown that they read the mail at their address to the referents of the ente they named.
func (h *House) askReferent(ctx context.Context, q webinar.Asking) error {
	return h.Enti.Ask(ctx, enti.Asking{Email: q.Email, Given: q.Given, Family: q.Family, Category: q.Category, Organisation: q.Organisation, Confirmed: true})
}

// bookWebinar books the hours of a webinar, or corrects them. Where a course's row counts the webinar there is no other row, and none to correct.
func (h *House) bookWebinar(ctx context.Context, b webinar.Booking) error {
	if b.Correction > 0 {
		err := h.Ledger.Recount(ctx, ledger.HoursID(b.Cause), b.Correction, ledger.Correction{Minutes: b.Minutes, Reason: b.Title + ": " + b.Reason}, b.By)
		if lms.Is(err, lms.NotFound) {
			if counted, bad := h.Ledger.Counted(ctx, b.Person, b.Slug); bad != nil || counted {
				return bad
			}
		}
		return err
	}
	return h.Ledger.Arrive(ctx, ledger.Hours{
		ID: ledger.HoursID(b.Cause), Person: b.Person, Minutes: b.Minutes, Kind: ledger.Webinar, Webinars: []string{b.Slug}, Area: ledger.AreaID(b.Area), Title: b.Title, Provider: b.Provider,
		From: ledger.Day(b.Day), To: ledger.Day(b.Day), Outcome: ledger.Attended, Evidence: ledger.Evidence{Attendance: b.Cause}, Validated: b.By,
	})
}

// redrawSpeaker writes the picture of a speaker anew.
func redrawSpeaker(r io.ReadSeeker) ([]webinar.Picture, error) {
	made, err := picture.Redraw(r)
	var out []webinar.Picture
	for _, p := range made {
		out = append(out, webinar.Picture(p))
	}
	return out, err
}
