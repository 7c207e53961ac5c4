package api

import (
	"context"
	"encoding/base64"
	"math"
	"slices"

	"aulacomune/course"
	"aulacomune/lms"
)

// enrolmentCard is an enrolment in a list, and the beginning of a whole one.
type enrolmentCard struct {
	ID          string       `json:"id"`
	Course      string       `json:"course" doc:"slug"`
	Title       string       `json:"title" doc:"of the course"`
	Edition     int          `json:"edition" doc:"number; an enrolment keeps its edition"`
	EditionHash string       `json:"edition_hash"`
	State       string       `json:"state" enum:"open,in_progress,completed"`
	Percent     int          `json:"percent" doc:"completed objects of all"`
	Certificate *certificate `json:"certificate" doc:"null before there is one"`
	Pending     bool         `json:"pending" doc:"completed, and the certificate follows shortly"`
}

// certificate is where the certificate of an enrolment lies.
type certificate struct {
	Code   string `json:"code"`
	Number string `json:"number" doc:"of the issuer's register: 12/2026"`
	State  string `json:"state" enum:"valid,revoked"`
	Verify string `json:"verify" format:"uri" doc:"the page where anyone verifies it"`
	PDF    string `json:"pdf" format:"uri"`
}

// enrolment is how far a person is in a course.
type enrolment struct {
	enrolmentCard
	Objects []object `json:"objects"`
}

// object is how far a person is in a learning object.
type object struct {
	objectCard
	Media     []mediaFile `json:"media" doc:"none while the object is locked"`
	Questions []question  `json:"questions" doc:"none while the object is locked"`
}

// objectCard is what every view of a learning object begins with.
type objectCard struct {
	ID       string       `json:"id"`
	Module   string       `json:"module" doc:"id"`
	Title    string       `json:"title"`
	Kind     string       `json:"kind" enum:"reading,lesson,pill,story,webinar"`
	Minutes  int          `json:"minutes"`
	Rule     rule         `json:"rule"`
	State    string       `json:"state" enum:"locked,open,in_progress,completed"`
	Percent  int          `json:"percent"`
	Missing  *missing     `json:"missing" doc:"null when nothing is"`
	Coverage [][2]float64 `json:"coverage" doc:"what was watched: from and to, in seconds"`
}

// missing is what an object still asks for.
type missing struct {
	Read      bool    `json:"read" doc:"the learner has to say so"`
	Attended  bool    `json:"attended" doc:"the webinar; where watched is more than 0, so much of its recording will do instead"`
	Watched   int     `json:"watched" doc:"percent of the video"`
	Seconds   float64 `json:"seconds" doc:"the same in seconds"`
	Questions int     `json:"questions" doc:"to be answered right, where each is worth one point"`
	Points    int     `json:"points" doc:"to be earned, where they are not"`
	Text      string  `json:"text" doc:"the same in words"`
}

// question is asked inside an object.
type question struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind" enum:"single,multiple,numeric,short,matching,ordering,cloze,scale"`
	HTML    string   `json:"html" doc:"of a cloze, with an empty span of class gap for each part"`
	Points  int      `json:"points" doc:"what a right answer is worth"`
	Choices []choice `json:"choices" doc:"to choose from, or to put in order"`
	Parts   []part   `json:"parts" doc:"what is answered one by one; an answer has an entry for each, in this order"`
}

// part is one of several things that a question asks.
type part struct {
	HTML string `json:"html" doc:"what a matching or scale puts beside the answer"`
}

// choice is a possible answer.
type choice struct {
	ID   string `json:"id"`
	HTML string `json:"html"`
}

// enrolments is a page of enrolments.
type enrolments struct {
	Items []enrolmentCard `json:"items"`
	Next  string          `json:"next" doc:"cursor of the next page; empty at the end"`
}

type enrolmentsIn struct{ page }

func (a *API) enrolments(ctx context.Context, k call, in enrolmentsIn) (enrolments, error) {
	out := enrolments{Items: []enrolmentCard{}}
	all, err := a.School.Learning.All(ctx, k.actor)
	if err != nil {
		return out, err
	}
	after, err := base64.RawURLEncoding.DecodeString(in.Cursor)
	if err != nil || in.Cursor != "" && len(after) != len("01234567-89ab-cdef-0123-456789abcdef") {
		return out, lms.Wrong("cursor", "error.cursor")
	}
	if len(after) > 0 {
		all = slices.DeleteFunc(all, func(s lms.Standing) bool { return string(s.Enrolment.ID) >= string(after) })
	}
	if len(all) > in.Limit {
		all = all[:in.Limit]
		out.Next = base64.RawURLEncoding.EncodeToString([]byte(all[in.Limit-1].Enrolment.ID))
	}
	for _, s := range all {
		card, err := a.enrolmentCard(ctx, s)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, card)
	}
	return out, nil
}

type enrolmentIn struct {
	ID string `path:"id"`
}

func (a *API) enrolment(ctx context.Context, k call, in enrolmentIn) (enrolment, error) {
	s, err := a.School.Learning.Standing(ctx, k.actor, lms.EnrolmentID(in.ID))
	if err != nil {
		return enrolment{}, err
	}
	return a.enrolmentOf(ctx, k, s)
}

func (a *API) enrol(ctx context.Context, k call, in courseIn) (enrolment, error) {
	s, err := a.School.Learning.Enrol(ctx, k.actor, course.Slug(in.Slug))
	if err != nil {
		return enrolment{}, err
	}
	return a.enrolmentOf(ctx, k, s)
}

func (a *API) enrolmentCard(ctx context.Context, s lms.Standing) (enrolmentCard, error) {
	e := s.Enrolment
	out := enrolmentCard{
		ID: string(e.ID), Course: string(e.Course), Title: s.Content.Title, Edition: e.Edition, EditionHash: string(e.Hash),
		State: string(s.State), Percent: s.Percent, Pending: s.Pending,
	}
	code := e.Certificate()
	if code == "" {
		return out, nil
	}
	v, err := a.School.Register.Verify(ctx, string(code))
	if err != nil {
		return out, err
	}
	out.Certificate = &certificate{Code: string(code), Number: v.Row.Number, State: string(v.State), Verify: a.URL + "/verifica/" + string(code), PDF: a.pdfURL(code)}
	return out, nil
}

func (a *API) pdfURL(c lms.Code) string { return a.URL + Base + "/certificates/" + string(c) + ".pdf" }

func (a *API) enrolmentOf(ctx context.Context, k call, s lms.Standing) (enrolment, error) {
	card, err := a.enrolmentCard(ctx, s)
	out := enrolment{enrolmentCard: card, Objects: make([]object, 0, len(s.Objects))}
	for _, o := range s.Objects {
		each := object{objectCard: a.objectCard(k.lang, o), Media: []mediaFile{}, Questions: []question{}}
		if o.State != lms.Locked {
			each.Media = a.mediaOf(s, o.Object)
			for _, q := range o.Object.Questions {
				each.Questions = append(each.Questions, questionOf(q))
			}
		}
		out.Objects = append(out.Objects, each)
	}
	return out, err
}

func (a *API) objectCard(lang string, o lms.ObjectStanding) objectCard {
	out := objectCard{
		ID: string(o.Object.ID), Module: string(o.Module.ID), Title: o.Object.Title, Kind: string(o.Object.Kind), Minutes: o.Object.Minutes,
		Rule: a.rule(lang, o.Object), State: string(o.State), Percent: o.Percent, Coverage: [][2]float64{},
	}
	for _, i := range o.Progress.Evidence.Watched {
		out.Coverage = append(out.Coverage, i)
	}
	if m := o.Missing; !m.None() {
		out.Missing = &missing{Read: m.Read, Attended: m.Attended, Watched: m.Watched, Seconds: math.Round(m.Seconds*100) / 100, Questions: m.Questions, Points: m.Points, Text: a.sentence(lang, course.MissingPhrases(m))}
	}
	return out
}

// questionOf is a question without what would give its answer away.
func questionOf(q course.Question) question {
	out := question{ID: string(q.ID), Kind: string(q.Kind), HTML: q.HTML, Points: q.Worth(), Choices: make([]choice, 0, len(q.Choices)), Parts: make([]part, 0, len(q.Parts))}
	for _, p := range q.Parts {
		out.Parts = append(out.Parts, part{HTML: p.HTML})
	}
	for _, c := range q.Display() {
		out.Choices = append(out.Choices, choice{ID: string(c.ID), HTML: c.HTML})
	}
	return out
}
