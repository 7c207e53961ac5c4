package webinar

import (
	"context"
	"fmt"
	"slices"
	"time"

	"aulacomune/lms"
)

// Survey asks those who were there what they think: statements with which they agree more or less, as course.Scale questions do. Without statements there is none.
type Survey struct {
	Levels     []string    `json:"levels,omitempty"` // from the lowest
	Statements []Statement `json:"statements,omitempty"`
	Comment    bool        `json:"comment,omitempty"` // a few words may be added
}

// Statement is something to agree with.
type Statement struct {
	ID        string `json:"id"` // "s1"
	Text      string `json:"text"`
	Dimension string `json:"dimension,omitempty"` // what it measures
	Reversed  bool   `json:"reversed,omitempty"`  // the highest level says the least of it
}

// UsualSurvey is a questionnaire to begin with, in Italian or English.
func UsualSurvey(lang string) Survey {
	if lang == "en" {
		return Survey{Levels: []string{"Not at all", "A little", "Fairly", "Very much"}, Comment: true, Statements: []Statement{
			{ID: "s1", Text: "The contents are useful for my work.", Dimension: "Usefulness"}, {ID: "s2", Text: "The speakers were clear.", Dimension: "Clarity"},
			{ID: "s3", Text: "It was too long.", Dimension: "Length", Reversed: true}, {ID: "s4", Text: "The connection and the tools worked.", Dimension: "Organisation"},
		}}
	}
	return Survey{Levels: []string{"Per niente", "Poco", "Abbastanza", "Molto"}, Comment: true, Statements: []Statement{
		{ID: "s1", Text: "I contenuti sono utili per il mio lavoro.", Dimension: "Utilità"}, {ID: "s2", Text: "Chi ha parlato è stato chiaro.", Dimension: "Chiarezza"},
		{ID: "s3", Text: "È durato troppo.", Dimension: "Durata", Reversed: true}, {ID: "s4", Text: "Il collegamento e gli strumenti hanno funzionato.", Dimension: "Organizzazione"},
	}}
}

// What a questionnaire may hold, how long it is open, and how few answers are never shown.
const (
	maxStatements = 30
	maxLevels     = 10
	surveyFor     = 30 * 24 * time.Hour // from the end
	fewest        = 5
)

// tidy trims a questionnaire and names its statements.
func (v *Survey) tidy(f faults) {
	if len(v.Statements) == 0 {
		*v = Survey{}
		return
	}
	v.Levels, v.Statements = slices.Clone(v.Levels), slices.Clone(v.Statements)
	if len(v.Statements) > maxStatements {
		f.add("survey", "error.long")
	}
	if len(v.Levels) < 2 || len(v.Levels) > maxLevels {
		f.add("survey.levels", "error.webinar.levels")
	}
	for i := range v.Levels {
		f.text("survey.levels", &v.Levels[i], maxTitle, true)
	}
	known := map[string]bool{}
	for i := range v.Statements {
		s, field := &v.Statements[i], fmt.Sprintf("survey[%d]", i)
		f.text(field+".text", &s.Text, maxLine, true)
		f.text(field+".dimension", &s.Dimension, maxTitle, false)
		for n := i + 1; s.ID == "" || known[s.ID] || len(s.ID) > 20; n++ {
			s.ID = fmt.Sprintf("s%d", n)
		}
		known[s.ID] = true
	}
}

// Opinion is what somebody thinks. Who it is and when they wrote it is nowhere: that they did stands in their Sheet, without a time, and leads nowhere.
type Opinion struct {
	ID      string         `json:"id"` // random
	Webinar ID             `json:"webinar"`
	Levels  map[string]int `json:"levels"` // by statement, from 0
	Comment string         `json:"comment,omitempty"`
}

// opinions says how opinions are kept. In the index they stand in the order of their random ids.
var opinions = lms.Noun[Opinion]{
	Name: "webinar_opinions",
	ID:   func(o Opinion) string { return o.ID },
	Indexes: []lms.Index[Opinion]{
		{Name: "webinar", Keys: func(o Opinion) []string { return []string{string(o.Webinar)} }},
	},
}

// Answers are what somebody answers to the questionnaire.
type Answers struct {
	Levels  map[string]int // by statement, from 0
	Comment string
}

// mayOpine says whether somebody may give their opinion now: once, having had a seat, in the month after it.
func (s *Webinars) mayOpine(ctx context.Context, w Webinar, p lms.PersonID) (bool, error) {
	now := s.now()
	if len(w.Terms.Survey.Statements) == 0 || w.State() == Cancelled || w.Published.IsZero() || now.Before(w.Terms.Ends) || now.After(w.Terms.Ends.Add(surveyFor)) {
		return false, nil
	}
	place, err := s.in.Cohorts.PlaceIn(ctx, string(w.ID), p)
	if err != nil || !place.Has() {
		return false, ofWebinar(err)
	}
	x, err := s.places.Find(ctx, sheetID(w.ID, p))
	return !x.Opined, unlessNotFound(err)
}

// Opine takes the actor's opinion of a webinar, once. Nobody learns whose it is.
func (s *Webinars) Opine(ctx context.Context, a lms.Actor, slug string, x Answers) error {
	if err := a.Must(lms.Learner); err != nil {
		return err
	}
	v, err := s.Find(ctx, a, slug)
	if err != nil {
		return err
	}
	return s.opine(ctx, v.Webinar, a.ID, x)
}

// OpineByLink is Opine for whoever a personal link is for.
func (s *Webinars) OpineByLink(ctx context.Context, slug, token string, x Answers) error {
	w, p, err := s.linked(ctx, toPlace, slug, token)
	if err != nil {
		return err
	}
	return s.opine(ctx, w, p.ID, x)
}

// opine marks first that somebody answered, and adds what they said second: a crash in between loses an opinion, but never takes two of one person.
func (s *Webinars) opine(ctx context.Context, w Webinar, p lms.PersonID, x Answers) error {
	o, err := w.Terms.Survey.opinion(x)
	if err != nil {
		return err
	}
	if may, err := s.mayOpine(ctx, w, p); err != nil || !may {
		return errorOr(err, conflict("error.webinar.survey.closed"))
	}
	err = s.amend(ctx, w.ID, p, func(x *Sheet) error {
		if x.Opined {
			return conflict("error.webinar.survey.closed")
		}
		x.Opined = true
		return nil
	})
	if err != nil {
		return err
	}
	o.ID, o.Webinar = newID(), w.ID
	if err := s.opinions.Add(ctx, o); err != nil {
		undo := s.amend(ctx, w.ID, p, func(x *Sheet) error { x.Opined = false; return nil })
		return errorOr(undo, err)
	}
	return nil
}

// opinion is what the answers say; every statement asks for a level.
func (v Survey) opinion(x Answers) (Opinion, error) {
	f, o := faults{}, Opinion{Levels: map[string]int{}}
	for _, st := range v.Statements {
		level, ok := x.Levels[st.ID]
		switch {
		case !ok:
			f.add("survey."+st.ID, "error.required")
		case level < 0 || level >= len(v.Levels):
			f.add("survey."+st.ID, "error.invalid")
		}
		o.Levels[st.ID] = level
	}
	if v.Comment {
		o.Comment = x.Comment
		f.text("comment", &o.Comment, 2000, false)
	}
	return o, f.err()
}

// Opinions is what people think, added up. Fewer than five answers are not shown: Shown is false, and nothing else is told but how many seats there were.
type Opinions struct {
	Shown    bool
	Count    int // 0 where it is not shown
	Survey   Survey
	Counts   map[string][]int // by statement, how often each level was chosen
	Comments []string         // in no order that tells anything
}

// Opinions adds up what people think of a webinar, for who keeps it.
func (s *Webinars) Opinions(ctx context.Context, a lms.Actor, id ID) (Opinions, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return Opinions{}, err
	}
	all, err := s.opinions.All(ctx, lms.Query{Index: "webinar", Equal: string(id)})
	out := Opinions{Survey: w.Terms.Survey, Counts: map[string][]int{}}
	if err != nil || len(all) < fewest {
		return out, err
	}
	out.Shown, out.Count = true, len(all)
	for _, st := range w.Terms.Survey.Statements {
		counts := make([]int, len(w.Terms.Survey.Levels))
		for _, o := range all {
			if l, ok := o.Levels[st.ID]; ok && l < len(counts) {
				counts[l]++
			}
		}
		out.Counts[st.ID] = counts
	}
	for _, o := range all {
		if o.Comment != "" {
			out.Comments = append(out.Comments, o.Comment)
		}
	}
	slices.Sort(out.Comments)
	return out, nil
}
