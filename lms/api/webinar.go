package api

import (
	"cmp"
	"context"
	"encoding/base64"
	"slices"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/webinar"
)

// webinarCard is a webinar in a list.
type webinarCard struct {
	Slug         string   `json:"slug"`
	Organisation string   `json:"organisation" doc:"whose webinar it is, by its name"`
	Title        string   `json:"title"`
	Series       string   `json:"series,omitempty"`
	Number       int      `json:"number,omitempty" doc:"in the series"`
	Starts       string   `json:"starts" format:"date-time"`
	Ends         string   `json:"ends" format:"date-time"`
	State        string   `json:"state" enum:"draft,published,held,closed,cancelled"`
	Ways         []string `json:"ways" doc:"how people get in: free, request, invitation, code"`
	Page         string   `json:"page" format:"uri"`
}

// webinars is a page of webinars.
type webinars struct {
	Items []webinarCard `json:"items"`
	Next  string        `json:"next" doc:"cursor of the next page; empty at the end"`
}

type webinarsIn struct {
	page
	When string `query:"when" validate:"max=10" doc:"coming, by their end, or past, the latest first; coming where it is missing"`
}

func (a *API) webinarCard(slug, owner string, t webinar.Terms, state webinar.State) webinarCard {
	out := webinarCard{
		Slug: slug, Organisation: owner, Title: t.Title, Series: t.Series, Number: t.Number, Starts: moment(t.Starts), Ends: moment(t.Ends), State: string(state),
		Ways: []string{}, Page: a.URL + "/webinar/" + slug,
	}
	for _, w := range t.Ways {
		out.Ways = append(out.Ways, string(w))
	}
	return out
}

func (a *API) webinars(ctx context.Context, _ call, in webinarsIn) (webinars, error) {
	out := webinars{Items: []webinarCard{}}
	var found []webinar.Listed
	var err error
	switch in.When {
	case "past":
		found, out.Next, err = a.Webinars.Past(ctx, lms.PageAt{After: in.Cursor, Limit: in.Limit})
	case "", "coming":
		if found, err = a.Webinars.ToCome(ctx); err == nil {
			found, out.Next, err = cut(found, in.page, func(l webinar.Listed) string { return moment(l.Terms.Ends) + " " + l.Slug })
		}
	default:
		err = lms.Wrong("when", "error.invalid")
	}
	for _, l := range found {
		out.Items = append(out.Items, a.webinarCard(l.Slug, l.Owner, l.Terms, l.Now))
	}
	return out, err
}

// cut is one page of a list in the order of its keys, and the cursor of the next.
func cut[T any](all []T, at page, key func(T) string) ([]T, string, error) {
	slices.SortFunc(all, func(x, y T) int { return cmp.Compare(key(x), key(y)) })
	after, err := base64.RawURLEncoding.DecodeString(at.Cursor)
	if err != nil {
		return nil, "", lms.Wrong("cursor", "error.cursor")
	}
	if len(after) > 0 {
		all = slices.DeleteFunc(all, func(t T) bool { return key(t) <= string(after) })
	}
	if len(all) <= at.Limit {
		return all, "", nil
	}
	all = all[:at.Limit]
	return all, base64.RawURLEncoding.EncodeToString([]byte(key(all[at.Limit-1]))), nil
}

// webinarDetail is what anyone may know of a public webinar.
type webinarDetail struct {
	webinarCard
	Abstract  string            `json:"abstract"`
	Speakers  []webinarSpeaker  `json:"speakers"`
	Material  []webinarMaterial `json:"material"`
	Questions []webinarQuestion `json:"questions" doc:"asked of whoever registers"`
	Capacity  int               `json:"capacity" doc:"0 is no limit"`
	Seated    int               `json:"seated"`
	Waiting   int               `json:"waiting"`
}

// webinarSpeaker is somebody who speaks.
type webinarSpeaker struct {
	Name string `json:"name"`
	As   string `json:"as,omitempty" doc:"in what quality"`
	Bio  string `json:"bio,omitempty"`
}

// webinarMaterial is something to read or watch besides.
type webinarMaterial struct {
	Title string `json:"title"`
	Link  string `json:"link" format:"uri"`
}

// webinarQuestion is asked at registration.
type webinarQuestion struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Choices  []string `json:"choices" doc:"one of these; where there are none, a few words"`
	Required bool     `json:"required"`
}

type webinarIn struct {
	Slug string `path:"slug"`
}

func (a *API) webinar(ctx context.Context, k call, in webinarIn) (webinarDetail, error) {
	v, err := a.Webinars.Find(ctx, k.actor, in.Slug)
	if err != nil {
		return webinarDetail{}, err
	}
	owner, err := a.School.Organisations.Find(ctx, v.Organisation)
	out := webinarDetail{
		webinarCard: a.webinarCard(v.Slug, owner.Name, v.Terms, v.Now), Abstract: v.Terms.Abstract, Capacity: v.Capacity, Seated: v.Seated, Waiting: v.Waiting,
		Speakers: []webinarSpeaker{}, Material: []webinarMaterial{}, Questions: []webinarQuestion{},
	}
	for _, s := range v.Terms.Speakers {
		out.Speakers = append(out.Speakers, webinarSpeaker{s.Name, s.As, s.Bio})
	}
	for _, m := range v.Terms.Material {
		out.Material = append(out.Material, webinarMaterial(m))
	}
	for _, q := range v.Terms.Questions {
		out.Questions = append(out.Questions, webinarQuestion{q.ID, q.Text, list(q.Choices), q.Required})
	}
	return out, err
}

// registration is the caller's own place in a webinar.
type registration struct {
	Webinar  string `json:"webinar" doc:"slug"`
	Title    string `json:"title"`
	Starts   string `json:"starts" format:"date-time"`
	Ends     string `json:"ends" format:"date-time"`
	Place    string `json:"place" enum:"seated,waiting,promoted,left,removed,cancelled" doc:"promoted: seated, from the waiting list"`
	Position int    `json:"position,omitempty" doc:"on the waiting list, from 1"`
	Enter    string `json:"enter,omitempty" format:"uri" doc:"by which only the caller enters; where they have a seat"`
}

// registrations is a page of the caller's own places.
type registrations struct {
	Items []registration `json:"items"`
	Next  string         `json:"next" doc:"cursor of the next page; empty at the end"`
}

type registrationsIn struct{ page }

func (a *API) registration(slug string, t webinar.Terms, place, enter string) registration {
	out := registration{Webinar: slug, Title: t.Title, Starts: moment(t.Starts), Ends: moment(t.Ends), Place: place}
	if enter != "" {
		out.Enter = a.URL + enter
	}
	return out
}

func (a *API) registrations(ctx context.Context, k call, in registrationsIn) (registrations, error) {
	out := registrations{Items: []registration{}}
	if k.actor.Scope == lms.ScopePublish {
		return out, lms.Fail(lms.Forbidden, "error.scope")
	}
	all, err := a.Webinars.Mine(ctx, k.actor)
	if err != nil {
		return out, err
	}
	all, out.Next, err = cut(all, in.page, func(m webinar.Mine) string { return moment(m.Terms.Starts) + " " + m.Slug })
	for _, m := range all {
		out.Items = append(out.Items, a.registration(m.Slug, m.Terms, string(m.Place), m.Enter))
	}
	return out, err
}

func (a *API) myRegistration(ctx context.Context, k call, in webinarIn) (registration, error) {
	p, err := a.Webinars.MyPlace(ctx, k.actor, in.Slug)
	if err == nil && p.Place == "" {
		err = lms.Fail(lms.NotFound, "error.webinar.notin")
	}
	if err != nil {
		return registration{}, err
	}
	return a.registration(in.Slug, p.Webinar.Terms, string(p.Place), p.Enter), nil
}

type registerIn struct {
	Slug string        `path:"slug"`
	Body registerWords `body:"application/json"`
}

// registerWords are what somebody says when they register.
type registerWords struct {
	Code    string            `json:"code,omitempty" doc:"the access code, where the webinar asks for one"`
	Answers map[string]string `json:"answers,omitempty" doc:"to the questions, by their ids"`
}

func (a *API) register(ctx context.Context, k call, in registerIn) (registration, error) {
	got, err := a.Webinars.Register(ctx, k.actor, in.Slug, in.Body.Code, in.Body.Answers)
	if err != nil {
		return registration{}, err
	}
	out, err := a.myRegistration(ctx, k, webinarIn{in.Slug})
	if out.Place == "waiting" {
		out.Position = got.Position
	}
	return out, err
}

func (a *API) unregister(ctx context.Context, k call, in webinarIn) (none, error) {
	return none{}, a.Webinars.Withdraw(ctx, k.actor, in.Slug)
}

// rosterEntry is somebody who is or was in a webinar.
type rosterEntry struct {
	Person       string            `json:"person" doc:"id"`
	Name         string            `json:"name"`
	Email        string            `json:"email,omitempty" doc:"where the caller keeps the webinar"`
	Organisation string            `json:"organisation" doc:"id of the ente they registered for"`
	Place        string            `json:"place" enum:"seated,waiting,promoted,left,removed,cancelled"`
	Since        string            `json:"since" format:"date-time"`
	Answers      map[string]string `json:"answers,omitempty" doc:"to the questions, where the caller keeps the webinar"`
}

// roster is a page of those in a webinar.
type roster struct {
	Items []rosterEntry `json:"items"`
	Next  string        `json:"next" doc:"cursor of the next page; empty at the end"`
}

type rosterIn struct {
	page
	Slug         string `path:"slug"`
	Organisation string `query:"organisation" validate:"max=200" doc:"its people and those below it; everybody where it is missing, for who keeps the webinar"`
}

func (a *API) roster(ctx context.Context, k call, in rosterIn) (roster, error) {
	out := roster{Items: []rosterEntry{}}
	v, err := a.Webinars.Find(ctx, k.actor, in.Slug)
	if err != nil {
		return out, err
	}
	rows, next, err := a.Webinars.Roster(ctx, k.actor, v.ID, lms.OrganisationID(in.Organisation), lms.PageAt{After: in.Cursor, Limit: in.Limit})
	for _, e := range rows {
		out.Items = append(out.Items, rosterEntry{
			Person: string(e.Person), Name: e.Name, Email: e.Email, Organisation: string(e.Member.Organisation), Place: string(e.Place), Since: moment(e.Since), Answers: e.Answers,
		})
	}
	out.Next = next
	return out, err
}

// attendee is how long somebody was in a webinar: when they came and left is told nobody.
type attendee struct {
	Person       string   `json:"person" doc:"id"`
	Name         string   `json:"name"`
	Organisation string   `json:"organisation" doc:"id of the ente"`
	Place        string   `json:"place" doc:"empty for who was there and had not registered"`
	Minutes      int      `json:"minutes" doc:"within the scheduled time"`
	Percent      int      `json:"percent"`
	Enough       bool     `json:"enough" doc:"as long as hours and attestato ask for"`
	Sources      []string `json:"sources" doc:"join, report, hand"`
}

// attendees is a page of who was there.
type attendees struct {
	Planned int        `json:"planned" doc:"scheduled minutes"`
	Items   []attendee `json:"items"`
	Next    string     `json:"next" doc:"cursor of the next page; empty at the end"`
}

type attendanceIn struct {
	page
	Slug string `path:"slug"`
}

func (a *API) attendance(ctx context.Context, k call, in attendanceIn) (attendees, error) {
	out := attendees{Items: []attendee{}}
	v, err := a.Webinars.Find(ctx, k.actor, in.Slug)
	if err != nil {
		return out, err
	}
	all, err := a.Webinars.Attendance(ctx, k.actor, v.ID)
	if err != nil {
		return out, err
	}
	out.Planned = int(v.Terms.Ends.Sub(v.Terms.Starts) / time.Minute)
	all, out.Next, err = cut(all, in.page, func(x webinar.Attended) string { return string(x.Person) })
	for _, x := range all {
		each := attendee{
			Person: string(x.Person), Name: x.Name, Organisation: string(x.Member.Organisation), Place: string(x.Place), Minutes: x.Minutes, Percent: x.Percent, Enough: x.Enough, Sources: []string{},
		}
		for _, s := range x.Sources {
			each.Sources = append(each.Sources, string(s))
		}
		out.Items = append(out.Items, each)
	}
	return out, err
}
