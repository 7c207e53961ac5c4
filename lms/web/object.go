package web

import (
	"encoding/json"
	"path"
	"unicode"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func showObject(r *request) error {
	slug, id := course.Slug(r.Param("slug")), course.ObjectID(r.Param("object"))
	st, err := r.School().Learning.Mine(r.Ctx(), r.Actor, slug)
	if lms.Is(err, lms.NotFound) {
		return r.previewObject(slug, id)
	}
	if err != nil {
		return err
	}
	os, ok := st.Of(id)
	switch {
	case !ok:
		return lms.Fail(lms.NotFound, "error.object.unknown")
	case os.State == lms.Locked:
		return lms.Fail(lms.Conflict, "error.event.locked")
	case os.Progress.Opened.IsZero() && r.C.Method() == fiber.MethodGet:
		rec, err := r.School().Learning.Record(r.Ctx(), r.Actor, st.Enrolment.ID, []lms.Event{{ID: uuid.NewString(), Object: id, Kind: lms.Opened}})
		if err != nil {
			return err
		}
		st = rec.Standing
	}
	return r.objectPage(st, id, nil)
}

// previewObject shows an object to authors and administrators who are not enrolled; everyone else is asked to enrol.
func (r *request) previewObject(slug course.Slug, id course.ObjectID) error {
	c, err := r.School().Learning.Preview(r.Ctx(), r.Actor, slug)
	if lms.Is(err, lms.NotFound) {
		if _, err := r.School().Library.Find(r.Ctx(), slug); err != nil {
			return front.Unknown(err, "error.course.unknown")
		}
		return r.Done(courseHref(slug), "enrol-first")
	}
	if err != nil {
		return err
	}
	st := lms.Stand(c, lms.Enrolment{Course: slug, Hash: c.Hash})
	if _, ok := st.Of(id); !ok {
		return lms.Fail(lms.NotFound, "error.object.unknown")
	}
	return r.objectPage(st, id, func(p *ObjectPage) { p.Preview = true })
}

// objectPage shows an object with the reader's standing; adjust may change the page before it is shown.
func (r *request) objectPage(st lms.Standing, id course.ObjectID, adjust func(*ObjectPage)) error {
	os, _ := st.Of(id)
	o, slug := os.Object, st.Enrolment.Course
	p := &ObjectPage{
		CourseTitle: st.Content.Title, CourseHref: courseHref(slug), Module: os.Module.Title, Total: st.Total, Objectives: o.Objectives,
		Completed: os.Completed, Body: r.Text(string(st.Content.Hash)+" "+string(id), o.HTML), Percent: st.Percent, Done: st.Done,
		Object: ObjectCard{Number: os.Number, Title: o.Title, Kind: string(o.Kind), Minutes: o.Minutes, Rule: r.Say(course.RulePhrases(o))},
	}
	var err error
	if p.Outline, err = r.outline("part/object-module", outlined{slug, st.Content, st, id}); err != nil {
		return err
	}
	r.standObject(&p.Object, slug, os)
	href := objectHref(slug, id)
	if o.Video != nil {
		p.Video = r.video(o, os, href)
	}
	if o.Webinar != "" {
		if p.Webinar, err = r.webinar(o.Webinar, os.Progress.Evidence.Attended); err != nil {
			return err
		}
	}
	if len(o.Questions) > 0 {
		p.Questions = questions(o, os, href, r.ContentLang(st.Content.Lang), r.Now())
	}
	if o.Rule.Read {
		p.Read = &ReadForm{Action: href + "?azione=letto", Done: os.Progress.Evidence.Read}
	}
	before, after := st.Content.Around(id)
	p.Before, p.After = crumbOf(slug, before), crumbOf(slug, after)
	if st.State == lms.Completed {
		p.Finished = &Finished{Now: r.Query("esito") == finished, Minutes: st.Minutes}
		if code := st.Enrolment.Certificate(); code != "" {
			p.Finished.Certificate = verifyHref(code)
		}
	}
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.courses"), Href: "/corsi"}, front.Crumb{Label: st.Content.Title, Href: courseHref(slug)}, front.Crumb{Label: o.Title, Href: ""})
	if p.Video != nil {
		p.Script = "video.js"
	}
	p.Path, p.NoIndex, p.ContentLang = href, true, r.ContentLang(st.Content.Lang)
	if adjust != nil {
		adjust(p)
	}
	if err := r.shareObject(p, st, os); err != nil {
		return err
	}
	r.Path = href
	return r.Show("object", o.Title, p)
}

// webinar is what is known of a webinar; that it is one, where nothing is.
func (r *request) webinar(name string, attended bool) (*WebinarView, error) {
	var v WebinarView
	if r.pages.o.Webinars != nil {
		known, ok, err := r.pages.o.Webinars(r.Request, name)
		if err != nil {
			return nil, err
		}
		if ok {
			v = known
		}
	}
	v.Attended = attended
	return &v, nil
}

func crumbOf(slug course.Slug, o course.Object) *front.Crumb {
	if o.ID == "" {
		return nil
	}
	return &front.Crumb{Label: o.Title, Href: objectHref(slug, o.ID)}
}

// video is the player with what the reader watched already.
func (r *request) video(o course.Object, os lms.ObjectStanding, href string) *VideoView {
	v, seen := o.Video, os.Progress.Evidence.Watched
	out := &VideoView{
		Src: mediaHref(v.File), Type: v.File.Type, Lang: v.Lang, Width: v.File.Width, Height: v.File.Height, Seconds: o.Length(), Cues: v.Cues, PosterAlt: v.PosterAlt,
		Coverage: seen, Percent: seen.Percent(o.Length()), Needed: o.Rule.Watched, Post: href + "/visione", Person: front.CSRF(string(r.Actor.ID))[:12], Object: string(o.ID), NoScript: href + "?azione=visto",
	}
	if v.Captions.Hash != "" {
		out.Captions, out.CaptionsLabel = mediaHref(v.Captions), r.T("player.captions")
	}
	for _, t := range v.Tracks {
		out.Tracks = append(out.Tracks, TrackView{Src: mediaHref(t.File), Lang: t.Lang, Label: languageName(t.Lang)})
		out.CaptionsLabel = languageName(v.Lang) // one of several
	}
	if v.Poster.Hash != "" {
		out.Poster = mediaHref(v.Poster)
	}
	if n := len(seen); n > 0 && out.Percent < 100 {
		out.Resume = resumeAt(seen)
	}
	return out
}

// languageName is what a language is called in itself, as a title.
func languageName(tag string) string {
	name := []rune(display.Self.Name(language.Make(tag)))
	if len(name) == 0 {
		return tag
	}
	return string(unicode.ToUpper(name[0])) + string(name[1:])
}

// resumeAt is where the first gap begins.
func resumeAt(seen course.Coverage) float64 {
	if seen[0][0] > 1 {
		return 0
	}
	return seen[0][1]
}

// mediaHref is relative to the course, as in the compiled text.
func mediaHref(m course.Media) string { return "media/" + string(m.Hash) + "/" + path.Base(m.Path) }

// act takes the forms of an object's page. Their address is the page's own, so that a form that comes back in place still finds what the page shows.
func act(r *request) error {
	switch r.Query("azione") {
	case "letto":
		return markRead(r)
	case "risposte":
		return answer(r)
	case "visto":
		return watchedWithoutScript(r)
	}
	return lms.Fail(lms.NotFound, "error.page")
}

func markRead(r *request) error {
	return r.recordForm(lms.Event{ID: uuid.NewString(), Kind: lms.Read}, "read")
}

// recordForm records an event that a form sent, and goes back to the object.
func (r *request) recordForm(ev lms.Event, outcome string) error {
	slug, id := course.Slug(r.Param("slug")), course.ObjectID(r.Param("object"))
	st, err := r.School().Learning.Mine(r.Ctx(), r.Actor, slug)
	if err != nil {
		return err
	}
	ev.Object = id
	before := st.State
	rec, err := r.School().Learning.Record(r.Ctx(), r.Actor, st.Enrolment.ID, []lms.Event{ev})
	if err != nil {
		return err
	}
	return r.recorded(slug, id, before, rec.State, outcome)
}

// finished is the outcome of the step that completed a course. The object's page says it, in words of its own.
const finished = "finished"

// recorded goes back to the object and says what was done; where that was the last step of the course, only this.
func (r *request) recorded(slug course.Slug, id course.ObjectID, before, after lms.State, outcome string) error {
	if after == lms.Completed && before != lms.Completed {
		return r.See(objectHref(slug, id) + "?esito=" + finished + "#finito") // not to the form's own fragment
	}
	return r.Done(objectHref(slug, id), outcome)
}

func watchedWithoutScript(r *request) error {
	slug, id := course.Slug(r.Param("slug")), course.ObjectID(r.Param("object"))
	st, err := r.School().Learning.Mine(r.Ctx(), r.Actor, slug)
	if err != nil {
		return err
	}
	rec, err := r.School().Learning.WatchedWithoutScript(r.Ctx(), r.Actor, slug, id)
	if err == nil {
		return r.recorded(slug, id, st.State, rec.State, "watched")
	}
	text, fields, err := r.Problem(err)
	if err != nil {
		return err
	}
	return r.objectPage(st, id, func(p *ObjectPage) {
		if p.Video != nil {
			p.Video.NoScriptProblem = text
			if f := fields["watched"]; f != "" {
				p.Video.NoScriptProblem = f
			}
		}
	})
}

// watchRequest is what the player sends.
type watchRequest struct {
	Events []struct {
		ID        string       `json:"id"`
		Intervals [][2]float64 `json:"intervals"`
	} `json:"events"`
}

// watchAnswer is what the player shows.
type watchAnswer struct {
	Percent     int          `json:"percent"`
	Coverage    [][2]float64 `json:"coverage"`
	Missing     string       `json:"missing"`
	State       string       `json:"state"`
	Completed   bool         `json:"completed"`
	Dropped     float64      `json:"dropped"`
	Notice      string       `json:"notice"`
	Certificate string       `json:"certificate"`
}

// watch takes what the player watched, as JSON.
func watch(r *request) error {
	var in watchRequest
	if err := json.Unmarshal(r.C.Body(), &in); err != nil {
		return &lms.Error{Kind: lms.Invalid, Message: "error.body", Err: err}
	}
	slug, id := course.Slug(r.Param("slug")), course.ObjectID(r.Param("object"))
	st, err := r.School().Learning.Mine(r.Ctx(), r.Actor, slug)
	if err != nil {
		return err
	}
	var events []lms.Event
	for _, e := range in.Events {
		ev := lms.Event{ID: e.ID, Object: id, Kind: lms.Watched}
		for _, i := range e.Intervals {
			ev.Intervals = append(ev.Intervals, course.Interval(i))
		}
		events = append(events, ev)
	}
	rec, err := r.School().Learning.Record(r.Ctx(), r.Actor, st.Enrolment.ID, events)
	if err != nil {
		return err
	}
	return r.C.JSON(r.watched(rec, id))
}

func (r *request) watched(rec lms.Recorded, id course.ObjectID) watchAnswer {
	os, _ := rec.Of(id)
	seen := os.Progress.Evidence.Watched
	out := watchAnswer{Percent: seen.Percent(os.Object.Length()), State: string(os.State), Completed: os.State == lms.Completed, Dropped: rec.Dropped, Coverage: [][2]float64{}}
	for _, i := range seen {
		out.Coverage = append(out.Coverage, i)
	}
	for i, text := range r.Say(course.MissingPhrases(os.Missing)) {
		if i > 0 {
			out.Missing += "; "
		}
		out.Missing += text
	}
	if rec.Dropped >= 1 {
		out.Notice = r.T("watch.dropped", "Count", int(rec.Dropped))
	}
	if code := rec.Enrolment.Certificate(); code != "" {
		out.Certificate = verifyHref(code)
	}
	return out
}
