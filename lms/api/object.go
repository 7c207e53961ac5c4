package api

import (
	"context"

	"aulacomune/course"
	"aulacomune/lms"
)

type objectIn struct {
	ID     string `path:"id"`
	Object string `path:"object"`
}

// objectDetail is a learning object with its text.
type objectDetail struct {
	objectCard
	Objectives []string           `json:"objectives"`
	HTML       string             `json:"html" doc:"safe HTML of the body"`
	Base       string             `json:"base" format:"uri" doc:"what relative addresses in html are relative to"`
	Video      *video             `json:"video" doc:"null where there is none; its files are fetched with the same bearer token"`
	Media      []mediaFile        `json:"media"`
	Questions  []answeredQuestion `json:"questions"`
}

// video is a recording with what makes it usable by everyone.
type video struct {
	Src       string  `json:"src" format:"uri"`
	Type      string  `json:"type"`
	Seconds   float64 `json:"seconds"`
	Width     int     `json:"width"`
	Height    int     `json:"height"`
	Lang      string  `json:"lang"`
	Captions  string  `json:"captions,omitempty" format:"uri" doc:"WebVTT"`
	Tracks    []track `json:"tracks" doc:"captions in other languages"`
	Poster    string  `json:"poster,omitempty" format:"uri"`
	PosterAlt string  `json:"poster_alt,omitempty"`
	Cues      []cue   `json:"cues" doc:"the captions as a transcript"`
}

// track is captions in another language than the recording's.
type track struct {
	Lang     string `json:"lang" doc:"BCP 47"`
	Captions string `json:"captions" format:"uri" doc:"WebVTT"`
}

// cue is what is said between two moments.
type cue struct {
	From float64 `json:"from" doc:"seconds"`
	To   float64 `json:"to" doc:"seconds"`
	Text string  `json:"text"`
}

// answeredQuestion is a question with the learner's latest answer.
type answeredQuestion struct {
	question
	Solved   bool      `json:"solved" doc:"was answered right once, and that stays"`
	Feedback *feedback `json:"feedback" doc:"to the latest answer; null before one"`
}

func (a *API) object(ctx context.Context, k call, in objectIn) (objectDetail, error) {
	s, err := a.School.Learning.Standing(ctx, k.actor, lms.EnrolmentID(in.ID))
	if err != nil {
		return objectDetail{}, err
	}
	o, ok := s.Of(course.ObjectID(in.Object))
	switch {
	case !ok:
		return objectDetail{}, lms.Fail(lms.NotFound, "error.object.unknown")
	case o.State == lms.Locked:
		return objectDetail{}, lms.Fail(lms.Conflict, "error.event.locked")
	}
	out := objectDetail{
		objectCard: a.objectCard(k.lang, o), Objectives: list(o.Object.Objectives), HTML: o.Object.HTML,
		Base: a.URL + "/corsi/" + string(s.Enrolment.Course) + "/", Media: a.mediaOf(s, o.Object), Questions: []answeredQuestion{},
	}
	if o.Object.Video != nil {
		out.Video = a.videoOf(s, *o.Object.Video)
	}
	evidence := o.Progress.Evidence
	for _, q := range o.Object.Questions {
		each := answeredQuestion{question: questionOf(q), Solved: evidence.Right[q.ID]}
		if chosen, ok := evidence.Chosen[q.ID]; ok {
			f := feedbackOf(o.Object.ID, q, chosen)
			each.Feedback = &f
		}
		out.Questions = append(out.Questions, each)
	}
	return out, nil
}

func (a *API) videoOf(s lms.Standing, v course.Video) *video {
	out := &video{
		Src: a.mediaURL(s, v.File), Type: v.File.Type, Seconds: v.File.Seconds, Width: v.File.Width, Height: v.File.Height, Lang: v.Lang,
		Captions: a.mediaURL(s, v.Captions), Poster: a.mediaURL(s, v.Poster), PosterAlt: v.PosterAlt, Tracks: []track{}, Cues: []cue{},
	}
	for _, t := range v.Tracks {
		out.Tracks = append(out.Tracks, track{t.Lang, a.mediaURL(s, t.File)})
	}
	for _, c := range v.Cues {
		out.Cues = append(out.Cues, cue{From: c.From, To: c.To, Text: c.Text})
	}
	return out
}
