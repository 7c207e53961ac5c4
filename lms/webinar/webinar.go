package webinar

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// ID names a webinar, and its cohort; it is random.
type ID string

// State is where a webinar is in its life.
type State string

// The states.
const (
	Draft     State = "draft"     // only who keeps it sees it
	Published State = "published" // people may register
	Held      State = "held"      // it took place; who was there is being found out
	Closed    State = "closed"    // what came of it for everybody is written
	Cancelled State = "cancelled" // it does not take place
)

// Deed is something that may be done with a webinar.
type Deed string

// The deeds.
const (
	DeedRevise   Deed = "revise"   // change what is said of it
	DeedMove     Deed = "move"     // to another hour
	DeedPublish  Deed = "publish"  //
	DeedCancel   Deed = "cancel"   //
	DeedRegister Deed = "register" // get a seat, or a place in the queue
	DeedEnter    Deed = "enter"    // go through to the meeting
	DeedHold     Deed = "hold"     // say that it took place
	DeedPresence Deed = "presence" // say who was there, by a report or by hand
	DeedClose    Deed = "close"    // hours, attestati
	DeedMaterial Deed = "material" // add what was shown, or the recording
	DeedMessage  Deed = "message"  // write to everybody
)

// Deeds lists the deeds of those who keep a webinar, in the order of pages.
func Deeds() []Deed {
	return []Deed{DeedRevise, DeedMove, DeedPublish, DeedCancel, DeedMessage, DeedHold, DeedPresence, DeedMaterial, DeedClose}
}

// Speaker is somebody who speaks.
type Speaker struct {
	Name  string `json:"name"`
	As    string `json:"as,omitempty"`    // in what quality: "Comune di Ala"
	Bio   string `json:"bio,omitempty"`   // a few lines of plain text
	Photo string `json:"photo,omitempty"` // hash of the picture; "" for none
}

// Material is something to read or watch besides.
type Material struct {
	Title string `json:"title"`
	Link  string `json:"link"` // https
}

// Question is asked of whoever registers.
type Question struct {
	ID       string   `json:"id"` // "q1"
	Text     string   `json:"text"`
	Choices  []string `json:"choices,omitempty"` // one of these; none: a few words
	Required bool     `json:"required,omitempty"`
}

// Terms are what those who keep a webinar decide about it.
type Terms struct {
	Title     string          `json:"title"`
	Abstract  string          `json:"abstract"` // plain text
	Series    string          `json:"series,omitempty"`
	Number    int             `json:"number,omitempty"` // in the series
	Starts    time.Time       `json:"starts,omitzero"`
	Ends      time.Time       `json:"ends,omitzero"`
	Closes    time.Time       `json:"closes,omitzero"` // of registration; zero is the end
	Link      string          `json:"link,omitempty"`  // of the meeting; "" is a room of the house, where it has one
	Speakers  []Speaker       `json:"speakers,omitempty"`
	Material  []Material      `json:"material,omitempty"`
	Questions []Question      `json:"questions,omitempty"`
	Survey    Survey          `json:"survey,omitzero"`
	Threshold int             `json:"threshold"` // percent of the scheduled time that counts as having been there
	Area      string          `json:"area,omitempty"`
	Ways      []cohort.Way    `json:"ways"`
	Steps     []cohort.Step   `json:"steps,omitempty"` // of a request
	Audience  cohort.Audience `json:"audience"`
	Reserved  bool            `json:"reserved,omitempty"` // it is shown to its audience alone
	Code      string          `json:"code,omitempty"`
	Invited   []string        `json:"invited,omitempty"`
}

// Webinar is somebody speaking at an hour.
type Webinar struct {
	ID           ID                   `json:"id"`
	Slug         string               `json:"slug"` // of its address; it never changes
	Key          string               `json:"key"`  // by which the links of its letters are signed; it is shown to nobody
	Organisation lms.OrganisationID   `json:"organisation"`
	Within       []lms.OrganisationID `json:"within"` // as Organisation.Within
	Terms        Terms                `json:"terms"`
	Places       int                  `json:"places"` // seats that its cohort began with; 0 is no limit
	At           time.Time            `json:"at"`
	By           lms.PersonID         `json:"by"`
	Published    time.Time            `json:"published,omitzero"`
	Cancelled    time.Time            `json:"cancelled,omitzero"`
	Reason       string               `json:"reason,omitempty"` // of the cancellation
	Held         time.Time            `json:"held,omitzero"`    // since when it is said to have taken place
	Closed       time.Time            `json:"closed,omitzero"`
	ClosedBy     lms.PersonID         `json:"closed_by,omitempty"`
	Sequence     int                  `json:"sequence"`            // of calendars (RFC 5545, 3.8.7.4): it rises with every change of hour, title or link
	Told         int                  `json:"told"`                // the sequence that an errand tells everybody
	DayTold      time.Time            `json:"day_told,omitzero"`   // the start of which the reminder of a day before is an errand
	HourTold     time.Time            `json:"hour_told,omitzero"`  // the same of an hour before
	Changes      int                  `json:"changes"`             // how often somebody decided something
	Behind       bool                 `json:"behind,omitempty"`    // cohort and letters do not follow yet
	Concluding   bool                 `json:"concluding,omitzero"` // outcomes are not all written yet
}

// webinars says how webinars are kept.
var webinars = lms.Noun[Webinar]{
	Name:   "webinars",
	ID:     func(w Webinar) string { return string(w.ID) },
	Shared: 512,
	Indexes: []lms.Index[Webinar]{
		{Name: "slug", Unique: true, Keys: func(w Webinar) []string { return []string{w.Slug} }},
		{Name: "public", Keys: func(w Webinar) []string { // by their end, so that those to come are one range, and those past another
			if !w.listed() {
				return nil
			}
			return []string{lms.TimeKey(w.Terms.Ends)}
		}},
		{Name: "reserved", Keys: func(w Webinar) []string { // as public, for those they are for
			if w.Published.IsZero() || !w.Cancelled.IsZero() || !w.Terms.Reserved {
				return nil
			}
			return []string{lms.TimeKey(w.Terms.Ends)}
		}},
		{Name: "word", Many: true, Keys: func(w Webinar) []string {
			if !w.listed() {
				return nil
			}
			return w.words()
		}},
		{Name: "within", Many: true, Keys: func(w Webinar) []string {
			var keys []string
			for _, o := range w.Within {
				keys = append(keys, string(o)+"/"+lms.TimeKey(w.Terms.Starts))
			}
			return keys
		}},
		{Name: "series", Keys: func(w Webinar) []string {
			if w.Terms.Series == "" {
				return nil
			}
			return []string{string(w.Organisation) + "/" + lms.Fold(w.Terms.Series) + "/" + lms.TimeKey(w.Terms.Starts)}
		}},
		{Name: "due", Keys: func(w Webinar) []string {
			if at := w.next(); !at.IsZero() {
				return []string{lms.TimeKey(at)}
			}
			return nil
		}},
	},
}

// listed says whether everybody finds it in the public list.
func (w Webinar) listed() bool {
	return !w.Published.IsZero() && w.Cancelled.IsZero() && !w.Terms.Reserved
}

// words are those by which it is searched: of title, series, speakers.
func (w Webinar) words() []string {
	text := w.Terms.Title + " " + w.Terms.Series
	for _, s := range w.Terms.Speakers {
		text += " " + s.Name
	}
	return wordsOf(text)
}

func wordsOf(s string) []string {
	out := strings.FieldsFunc(lms.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(out)
	return slices.Compact(out)
}

// State is where the webinar is.
func (w Webinar) State() State {
	switch {
	case !w.Cancelled.IsZero():
		return Cancelled
	case w.Published.IsZero():
		return Draft
	case !w.Closed.IsZero():
		return Closed
	case !w.Held.IsZero():
		return Held
	}
	return Published
}

// How long before the start people are let in, and those who keep it; and how long before it reminders go out.
const (
	doorsOpen   = 15 * time.Minute
	doorsKeeper = time.Hour
	dayBefore   = 24 * time.Hour
	hourBefore  = time.Hour
	tooLateADay = 3 * time.Hour // before the start: the reminder of the day before says nothing new any more
)

// Permit says why a deed cannot be done now; nil where it can. It is about the webinar: who may do it is another question.
func (w Webinar) Permit(d Deed, now time.Time) error {
	begun, over := !now.Before(w.Terms.Starts), !now.Before(w.Terms.Ends)
	state := w.State()
	only := func(states ...State) error {
		if slices.Contains(states, state) {
			return nil
		}
		return conflict("error.webinar.is." + string(state))
	}
	switch d {
	case DeedRevise:
		return only(Draft, Published, Held)
	case DeedMove, DeedCancel, DeedPublish:
		states := []State{Draft, Published}
		if d == DeedPublish {
			states = []State{Draft}
		}
		if err := only(states...); err != nil || !begun || state == Draft && d != DeedPublish {
			return err
		}
		return conflict("error.webinar.begun")
	case DeedHold:
		return either(only(Published), !begun, "error.webinar.notbegun")
	case DeedClose:
		return either(only(Published, Held), !over, "error.webinar.notover")
	case DeedPresence:
		return either(only(Published, Held, Closed), !begun, "error.webinar.notbegun")
	case DeedRegister:
		return either(only(Published), !now.Before(w.closes()), "error.webinar.late")
	case DeedEnter:
		return w.door(now, doorsOpen)
	case DeedMaterial:
		return only(Draft, Published, Held, Closed)
	case DeedMessage:
		return only(Published, Held, Closed)
	}
	return conflict("error.invalid")
}

// door says whether people are let through to the meeting, from so long before the start.
func (w Webinar) door(now time.Time, before time.Duration) error {
	switch state := w.State(); {
	case state != Published && state != Held:
		return conflict("error.webinar.is." + string(state))
	case now.Before(w.Terms.Starts.Add(-before)):
		return conflict("error.webinar.door.early")
	case !now.Before(w.Terms.Ends):
		return conflict("error.webinar.door.late")
	}
	return nil
}

// Opens is from when people are let in.
func (w Webinar) Opens() time.Time { return w.Terms.Starts.Add(-doorsOpen) }

// either is an error, or a message where something is so.
func either(err error, so bool, message string) error {
	if err == nil && so {
		return conflict(message)
	}
	return err
}

// Allowed lists the deeds that those who keep a webinar may do now.
func (w Webinar) Allowed(now time.Time) []Deed {
	return slices.DeleteFunc(Deeds(), func(d Deed) bool { return w.Permit(d, now) != nil })
}

// closes is from when on nobody may register.
func (w Webinar) closes() time.Time {
	if w.Terms.Closes.IsZero() {
		return w.Terms.Ends
	}
	return w.Terms.Closes
}

// Planned is how many minutes are scheduled.
func (w Webinar) Planned() int { return int(w.Terms.Ends.Sub(w.Terms.Starts) / time.Minute) }

// next is when something is to be done about the webinar; zero when nothing is.
func (w Webinar) next() time.Time {
	switch {
	case w.Behind || w.Concluding:
		return w.At
	case w.State() != Published:
		return time.Time{}
	case !w.DayTold.Equal(w.Terms.Starts):
		return w.Terms.Starts.Add(-dayBefore)
	case !w.HourTold.Equal(w.Terms.Starts):
		return w.Terms.Starts.Add(-hourBefore)
	}
	return w.Terms.Ends
}

// hosting is the webinar as its cohort must know it.
func (w Webinar) hosting(rome *time.Location) cohort.Hosting {
	return cohort.Hosting{
		Webinar: string(w.ID), Organisation: w.Organisation, Within: w.Within, Terms: w.Terms.cohort(rome), At: w.At, By: w.By,
		Hour: cohort.Hour{Closes: w.closes(), Ends: w.Terms.Ends}, Opened: w.Published, Cancelled: w.Cancelled, Reason: w.Reason,
	}
}

// cohort is the part of the terms that its cohort keeps.
func (t Terms) cohort(rome *time.Location) cohort.Terms {
	return cohort.Terms{
		Title: t.Title, From: cohort.DayOf(t.Starts, rome), To: cohort.DayOf(t.Ends, rome), Ways: t.Ways, Steps: t.Steps, Audience: t.Audience, Reserved: t.Reserved,
		Code: t.Code, Invited: t.Invited,
	}
}
