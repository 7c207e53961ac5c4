package api

import (
	"context"
	"fmt"
	"math"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

type recordIn struct {
	ID   string `path:"id"`
	Body events `body:"application/json"`
}

// events are what a learner did, in the order of doing. All of them count or none.
type events struct {
	Events []event `json:"events" doc:"at most 200"`
}

// event is something a learner did. The same event again changes nothing.
type event struct {
	ID        string              `json:"id" doc:"made by the client, unguessed by others: a UUID"`
	Object    string              `json:"object"`
	Kind      string              `json:"kind" enum:"opened,read,watched,answered"`
	Intervals [][]float64         `json:"intervals,omitempty" doc:"watched: from and to, in seconds of the video"`
	Answers   map[string][]string `json:"answers,omitempty" doc:"answered: for each question the ids of choices, or what was typed; see kind and parts of the question"`
	At        string              `json:"at,omitempty" format:"date-time" doc:"the client's clock; it judges nothing"`
}

// recorded is the answer to events.
type recorded struct {
	enrolment
	Dropped  float64    `json:"dropped" doc:"seconds of watching that were more than the time allowed for and don't count"`
	Feedback []feedback `json:"feedback" doc:"to the questions that were answered"`
}

// feedback is what the author says to an answer.
type feedback struct {
	Object   string           `json:"object"`
	Question string           `json:"question"`
	Right    bool             `json:"right"`
	HTML     string           `json:"html" doc:"to any answer"`
	Choices  []choiceFeedback `json:"choices" doc:"that were made"`
	Parts    []partFeedback   `json:"parts" doc:"of a question that asks for several things"`
}

// partFeedback says whether one part was answered right.
type partFeedback struct {
	Right bool `json:"right"`
}

// choiceFeedback is what the author says to a choice.
type choiceFeedback struct {
	ID    string `json:"id"`
	Right bool   `json:"right"`
	HTML  string `json:"html"`
}

func (a *API) record(ctx context.Context, k call, in recordIn) (recorded, error) {
	evs, err := eventsOf(in.Body.Events)
	if err != nil {
		return recorded{}, err
	}
	rec, err := a.School.Learning.Record(ctx, k.actor, lms.EnrolmentID(in.ID), evs)
	if err != nil {
		return recorded{}, err
	}
	e, err := a.enrolmentOf(ctx, k, rec.Standing)
	return recorded{e, math.Round(rec.Dropped*100) / 100, feedbackTo(evs, rec.Content)}, err
}

// eventsOf says what can't even be read; what is wrong with an event is for lms to say.
func eventsOf(in []event) ([]lms.Event, error) {
	out := make([]lms.Event, 0, len(in))
	for i, e := range in {
		ev := lms.Event{ID: e.ID, Object: course.ObjectID(e.Object), Kind: lms.EventKind(e.Kind)}
		for j, x := range e.Intervals {
			if len(x) != 2 {
				return nil, lms.Wrong(fmt.Sprintf("events[%d].intervals[%d]", i, j), "error.event.interval")
			}
			ev.Intervals = append(ev.Intervals, course.Interval{x[0], x[1]})
		}
		if e.At != "" {
			at, err := time.Parse(time.RFC3339, e.At)
			if err != nil {
				return nil, lms.Wrong(fmt.Sprintf("events[%d].at", i), "error.time")
			}
			ev.At = at
		}
		if e.Answers != nil {
			ev.Answers = map[course.QuestionID]course.Answer{}
		}
		for q, choices := range e.Answers {
			ev.Answers[course.QuestionID(q)] = append(course.Answer{}, choices...)
		}
		out = append(out, ev)
	}
	return out, nil
}

// feedbackTo is what the author says to the answers among events, the latest to each question, in the order of the course.
func feedbackTo(evs []lms.Event, c *course.Course) []feedback {
	out := []feedback{}
	for _, o := range c.Objects() {
		for _, q := range o.Questions {
			var chosen course.Answer
			for _, ev := range evs {
				if answer, ok := ev.Answers[q.ID]; ok && ev.Object == o.ID && ev.Kind == lms.Answered {
					chosen = answer
				}
			}
			if chosen != nil {
				out = append(out, feedbackOf(o.ID, q, chosen))
			}
		}
	}
	return out
}

// feedbackOf tells of the choices that were made, and of no other.
func feedbackOf(o course.ObjectID, q course.Question, chosen course.Answer) feedback {
	out := feedback{Object: string(o), Question: string(q.ID), Right: q.Mark(chosen), HTML: q.Feedback, Choices: []choiceFeedback{}, Parts: []partFeedback{}}
	for i := range q.Parts {
		out.Parts = append(out.Parts, partFeedback{q.MarkPart(i, chosen)})
	}
	for _, c := range q.Choices {
		for _, id := range chosen {
			if id == string(c.ID) {
				out.Choices = append(out.Choices, choiceFeedback{ID: string(c.ID), Right: c.Right, HTML: c.Feedback})
				break
			}
		}
	}
	return out
}
