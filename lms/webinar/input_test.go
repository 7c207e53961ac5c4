package webinar_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/webinar"
)

// Whatever is wrong with what was typed is said beside its field, all at once, and nothing is kept.
func TestBadInput(t *testing.T) {
	w := newTown(t)
	w.published(0, func(in *webinar.Input) { in.Series = "Primavera agile" })
	long := strings.Repeat("x", 20_000)
	for _, c := range []struct {
		name   string
		change func(*webinar.Input)
		wants  map[string]string
	}{
		{"nothing", func(in *webinar.Input) { *in = webinar.Input{} }, map[string]string{"title": "error.required", "starts": "error.required", "ends": "error.required"}},
		{"past", func(in *webinar.Input) { in.Starts.Local, in.Ends.Local = "2026-03-02T09:59", "2026-03-02T12:00" }, map[string]string{"starts": "error.webinar.past"}},
		{"reversed", func(in *webinar.Input) { in.Starts, in.Ends = in.Ends, in.Starts }, map[string]string{"ends": "error.webinar.order"}},
		{"no time at all", func(in *webinar.Input) { in.Ends = in.Starts }, map[string]string{"ends": "error.webinar.order"}},
		{"a week", func(in *webinar.Input) { in.Ends.Local = "2026-03-11T10:00" }, map[string]string{"ends": "error.webinar.long"}},
		{"an hour that is skipped", func(in *webinar.Input) { in.Starts.Local, in.Ends.Local = "2026-03-29T02:30", "2026-03-29T04:00" }, map[string]string{"starts": "error.webinar.time.skipped"}},
		{"registration closes after the end", func(in *webinar.Input) { in.Closes.Local = "2026-03-04T12:01" }, map[string]string{"closes": "error.webinar.closes"}},
		{"overlapping its series", func(in *webinar.Input) { in.Series, in.Starts.Local = "primavera AGILE", "2026-03-04T11:59" }, map[string]string{"starts": "error.webinar.overlap"}},
		{"a link that is no link", func(in *webinar.Input) { in.Link = "javascript:alert(1)" }, map[string]string{"link": "error.webinar.link"}},
		{"a link with a password", func(in *webinar.Input) { in.Link = "https://a:b@example.org/" }, map[string]string{"link": "error.webinar.link.user"}},
		{"a link to this machine", func(in *webinar.Input) { in.Link = "https://127.0.0.1/" }, map[string]string{"link": "error.webinar.link.here"}},
		{"long texts", func(in *webinar.Input) { in.Title, in.Abstract = long, long }, map[string]string{"title": "error.long", "abstract": "error.long"}},
		{"control characters", func(in *webinar.Input) { in.Title = "Lavoro\x00agile" }, map[string]string{"title": "error.invalid"}},
		{"a speaker without a name", func(in *webinar.Input) { in.Speakers = []webinar.Speaker{{Bio: "esperta"}} }, map[string]string{"speakers[0].name": "error.required"}},
		{"material that is no link", func(in *webinar.Input) {
			in.Material = []webinar.Material{{Title: "Slide", Link: "file:///etc/passwd"}}
		}, map[string]string{"material[0].link": "error.webinar.link"}},
		{"a question with one choice", func(in *webinar.Input) { in.Questions = []webinar.Question{{Text: "Ente?", Choices: []string{"sì"}}} }, map[string]string{"questions[0].choices": "error.webinar.choices"}},
		{"threshold", func(in *webinar.Input) { in.Threshold = 101 }, map[string]string{"threshold": "error.webinar.threshold"}},
		{"ways", func(in *webinar.Input) { in.Ways = []cohort.Way{"porta"} }, map[string]string{"ways": "error.invalid"}},
		{"a request of nobody", func(in *webinar.Input) { in.Ways = []cohort.Way{cohort.WayRequest} }, map[string]string{"steps": "error.cohort.steps"}},
		{"an audience of no ente", func(in *webinar.Input) { in.Audience.Enti = []lms.OrganisationID{"atlantide"} }, map[string]string{"enti": "error.organisation.unknown"}},
		{"a questionnaire of one level", func(in *webinar.Input) { in.Survey = webinar.UsualSurvey("it"); in.Survey.Levels = []string{"sì"} }, map[string]string{"survey.levels": "error.webinar.levels"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := w.s.Announce(t.Context(), w.admin, webinar.Start{Organisation: "ala", Input: input(c.change)})
			fields := fieldsOf(err)
			for field, want := range c.wants {
				if fields[field] != want {
					t.Errorf("%s: %q, want %q (%v)", field, fields[field], want, err)
				}
			}
		})
	}
	w.Kind(second(w.s.Announce(t.Context(), w.admin, webinar.Start{Organisation: "ala", Capacity: -1, Input: input(nil)})), lms.Invalid, "error.cohort.capacity")
	if kept, err := w.s.Kept(t.Context(), w.admin); err != nil || len(kept) != 1 {
		t.Errorf("%d webinars are kept, %v", len(kept), err)
	}
}

func fieldsOf(err error) map[string]string {
	var e *lms.Error
	if x, ok := err.(*lms.Error); ok { //nolint:errorlint // as it is returned
		e = x
	}
	if e == nil {
		return nil
	}
	return e.Fields
}

// What cannot be done any more, or not yet, is said so, and nothing changes.
func TestFaultsOfTiming(t *testing.T) {
	w := newTown(t)
	anna, bea := w.Person("anna", "ala", lms.Learner), w.Person("bea", "ala", lms.Learner)
	x := w.published(2, func(in *webinar.Input) { in.Closes.Local = "2026-03-04T09:00" })
	w.register(anna, x)
	w.register(bea, x)
	w.settle()
	w.Kind(w.s.Resize(t.Context(), w.admin, x.ID, 1), lms.Invalid, "error.cohort.taken")
	w.Kind(w.s.Resize(t.Context(), w.admin, x.ID, 1_000_000), lms.Invalid, "error.cohort.capacity")
	w.Kind(second(w.s.Publish(t.Context(), w.admin, x.ID)), lms.Conflict, "error.webinar.is.published")
	w.Kind(second(w.s.Hold(t.Context(), w.admin, x.ID)), lms.Conflict, "error.webinar.notbegun")
	w.Kind(second(w.s.Conclude(t.Context(), w.admin, x.ID)), lms.Conflict, "error.webinar.notover")
	w.Kind(second(w.s.Import(t.Context(), w.admin, x.ID, webinar.Upload{Name: "a", Bytes: []byte("{}")})), lms.Conflict, "error.webinar.notbegun")
	w.Kind(second(w.s.Cancel(t.Context(), w.admin, x.ID, "  ")), lms.Invalid, "error.required")
	late := w.Person("tardi", "ala", lms.Learner)
	w.Set(time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)) // the second in which registration closes
	w.Kind(second(w.s.Register(t.Context(), late, x.Slug, "", nil)), lms.Conflict, "error.webinar.late")
	w.Set(x.Terms.Starts)
	w.Kind(second(w.s.Move(t.Context(), w.admin, x.ID, webinar.Moment{Local: "2026-03-09T10:00"}, webinar.Moment{Local: "2026-03-09T11:00"})), lms.Conflict, "error.webinar.begun")
	w.Kind(second(w.s.Import(t.Context(), w.admin, x.ID, webinar.Upload{Name: "a"})), lms.Invalid, "error.required")
	w.Kind(second(w.s.Import(t.Context(), w.admin, x.ID, webinar.Upload{Name: "a", Bytes: make([]byte, 21<<20)})), lms.Invalid, "error.webinar.report.large")
	grave, err := w.s.Import(t.Context(), w.admin, x.ID, webinar.Upload{Name: "../../etc\x00", Bytes: []byte("no report")})
	w.Kind(err, lms.Conflict, "error.webinar.report.grave")
	if kept, err := w.s.Reports(t.Context(), w.admin, x.ID); err != nil || len(kept) != 0 || len(grave.Problems) != 1 || strings.Contains(grave.Name, "\x00") {
		t.Errorf("a grave report: %+v, kept %d, %v", grave, len(kept), err)
	}
	if r, err := w.s.Import(t.Context(), w.admin, x.ID, webinar.Upload{Name: "a", Bytes: []byte("no report"), Despite: true}); err != nil || r.ID == "" {
		t.Errorf("taken in all the same: %+v, %v", r, err)
	}
	w.Kind(w.s.Mark(t.Context(), w.admin, x.ID, anna.ID, webinar.Hand{From: x.Terms.Ends, To: x.Terms.Starts, Reason: "al contrario"}), lms.Invalid, "error.webinar.order")
	w.Kind(w.s.Mark(t.Context(), w.admin, x.ID, anna.ID, webinar.Hand{From: x.Terms.Ends, To: x.Terms.Ends.Add(time.Hour), Reason: "dopo"}), lms.Invalid, "error.webinar.outside")
	w.Kind(w.s.Mark(t.Context(), w.admin, x.ID, "nessuno", webinar.Hand{Reason: "chi è"}), lms.NotFound, "error.person.unknown")
}

// Cancelled, everybody hears it once, with a part that takes it out of their calendars, and nobody is reminded.
func TestCancel(t *testing.T) {
	w := newTown(t)
	anna, bea := w.Person("anna", "ala", lms.Learner), w.Person("bea", "ala", lms.Learner)
	x := w.published(1, nil)
	w.register(anna, x)
	w.register(bea, x)
	w.settle()
	got, err := w.s.Cancel(t.Context(), w.admin, x.ID, "la relatrice è malata")
	w.OK(err)
	w.Kind(second(w.s.Cancel(t.Context(), w.admin, x.ID, "ancora")), lms.Conflict, "error.webinar.is.cancelled")
	w.settle()
	w.Set(x.Terms.Starts.Add(-time.Hour))
	w.sweep()
	l := w.sent("", "webinar.cancelled", 2)
	if l[0].Method != "CANCEL" || !strings.Contains(string(l[0].Calendar), "seq 1 ") || got.Sequence != 1 || l[0].Words["reason"] != "la relatrice è malata" {
		t.Errorf("%s %s", l[0].Method, l[0].Calendar)
	}
	w.sent("", "webinar.soon", 0)
	w.sent("", "webinar.promoted", 0)
	w.Kind(second(w.s.Register(t.Context(), anna, x.Slug, "", nil)), lms.Conflict, "error.webinar.is.cancelled")
}

// A node that was off reminds when it comes back, as long as it has not begun; and nobody hears anything twice.
func TestRemindersAfterARestart(t *testing.T) {
	w := newTown(t)
	x := w.published(0, nil)
	w.register(w.Person("anna", "ala", lms.Learner), x)
	w.settle()
	w.Set(x.Terms.Starts.Add(-20 * time.Hour))
	w.Lose(true)
	if err := w.s.Sweep(t.Context()); err == nil {
		t.Error("the sweep does not say that the post is on strike")
	}
	w.settle()
	w.sent("anna", "webinar.tomorrow", 0)
	w.Lose(false)
	w.open(w.Engine)
	w.sweep()
	w.sweep()
	l := w.sent("anna", "webinar.tomorrow", 1)
	if !l[0].Until.Equal(x.Terms.Starts) {
		t.Errorf("it may still be sent at %s", l[0].Until)
	}
	w.Set(x.Terms.Starts)
	w.sweep()
	w.sent("anna", "webinar.soon", 0)
}

// Questions of the registration are answered as they are asked, and what is written in them stays text.
func TestQuestions(t *testing.T) {
	w := newTown(t)
	x := w.published(0, func(in *webinar.Input) {
		in.Questions = []webinar.Question{{Text: "Quale servizio?", Required: true}, {Text: "Verrai in sala?", Choices: []string{"Sì", "No"}}}
	})
	anna := w.Person("anna", "ala", lms.Learner)
	ask := func(a map[string]string) error { return second(w.s.Register(t.Context(), anna, x.Slug, "", a)) }
	w.Kind(ask(nil), lms.Invalid, "error.required")
	w.Kind(ask(map[string]string{"q1": strings.Repeat("x", 5000)}), lms.Invalid, "error.long")
	w.Kind(ask(map[string]string{"q1": "Tributi", "q2": "Forse"}), lms.Invalid, "error.invalid")
	if seated, _, _, err := w.cohorts.Count(t.Context(), string(x.ID)); err != nil || seated != 0 {
		t.Errorf("%d seated, %v", seated, err)
	}
	w.OK(ask(map[string]string{"q1": "<script>alert(1)</script>", "q2": "Sì", "q9": "mai chiesto"}))
	w.settle()
	rows, _, err := w.s.Roster(t.Context(), w.admin, x.ID, "", lms.PageAt{})
	if err != nil || len(rows) != 1 || len(rows[0].Answers) != 2 || rows[0].Answers["q1"] != "<script>alert(1)</script>" {
		t.Errorf("%+v, %v", rows, err)
	}
}

// The public lists hold what is public, to come and past apart, and words find both.
func TestLists(t *testing.T) {
	w := newTown(t)
	w.published(0, func(in *webinar.Input) {
		in.Title, in.Speakers = "Accessibilità dei documenti", []webinar.Speaker{{Name: "Elena Marchetti"}}
	})
	w.published(0, func(in *webinar.Input) {
		in.Title, in.Reserved, in.Audience.Enti = "Segreto", true, []lms.OrganisationID{"ala"}
	})
	second := w.published(0, func(in *webinar.Input) {
		in.Series, in.Starts.Local, in.Ends.Local = "Primavera", "2026-03-11T10:00", "2026-03-11T12:00"
	})
	w.published(0, func(in *webinar.Input) { in.Series = "Primavera" })
	if _, err := w.s.Announce(t.Context(), w.admin, webinar.Start{Organisation: "ala", Input: input(func(in *webinar.Input) { in.Title = "Bozza" })}); err != nil {
		t.Fatal(err)
	}
	titles := func(l []webinar.Listed, err error) (out []string) {
		w.OK(err)
		for _, x := range l {
			out = append(out, x.Terms.Title)
			if x.Terms.Link != "" {
				t.Errorf("%s tells where it meets", x.Terms.Title)
			}
		}
		return out
	}
	if got := titles(w.s.ToCome(t.Context())); len(got) != 3 || slices.Contains(got, "Segreto") || slices.Contains(got, "Bozza") {
		t.Errorf("to come: %v", got)
	}
	if got := titles(w.s.Series(t.Context(), second)); len(got) != 2 {
		t.Errorf("the series: %v", got)
	}
	w.Set(time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC))
	past, _, err := w.s.Past(t.Context(), lms.PageAt{Limit: 10})
	if got := titles(past, err); len(got) != 2 {
		t.Errorf("past: %v", got)
	}
	if got := titles(w.s.ToCome(t.Context())); len(got) != 1 {
		t.Errorf("to come: %v", got)
	}
	for text, want := range map[string]int{"marchetti": 1, "ACCESSIBILITA doc": 1, "agile primavera": 2, "segreto": 0, "bozza": 0, "": 0, "%": 0, "lavoro inesistente": 0} {
		if got := titles(w.s.Search(t.Context(), text)); len(got) != want {
			t.Errorf("%q finds %v", text, got)
		}
	}
}

// A picture is written anew and lies under its hash; the speaker keeps it when the rest is revised, and takes it to nobody else.
func TestPhotos(t *testing.T) {
	w := newTown(t)
	x := w.published(0, func(in *webinar.Input) {
		in.Speakers = []webinar.Speaker{{Name: "Elena"}, {Name: "Marco", Photo: "1234"}}
	})
	if x.Terms.Speakers[1].Photo != "" {
		t.Error("a picture out of nowhere")
	}
	w.Kind(second(w.s.SetPhoto(t.Context(), w.admin, x.ID, 2, bytes.NewReader([]byte("picture")))), lms.Invalid, "")
	w.Kind(second(w.s.SetPhoto(t.Context(), w.admin, x.ID, 0, bytes.NewReader([]byte("virus")))), lms.Invalid, "error.webinar.photo")
	x, err := w.s.SetPhoto(t.Context(), w.admin, x.ID, 0, bytes.NewReader([]byte("picture")))
	w.OK(err)
	in := webinar.InputOf(x.Terms, w.Rome)
	in.Abstract = "Altro."
	if x, err = w.s.Revise(t.Context(), w.admin, x.ID, in); err != nil || x.Terms.Speakers[0].Photo == "" || x.Sequence != 0 {
		t.Errorf("revised: %+v, sequence %d, %v", x.Terms.Speakers, x.Sequence, err)
	}
	o, err := w.s.OpenPhoto(t.Context(), lms.Actor{}, x.Slug, x.Terms.Speakers[0].Photo)
	w.OK(err)
	b, err := io.ReadAll(o)
	if err != nil || string(b) != "picture-800" {
		t.Errorf("the picture: %q, %v", b, err)
	}
	w.OK(o.Close())
	w.Kind(second(w.s.OpenPhoto(t.Context(), lms.Actor{}, x.Slug, "feedbeef")), lms.NotFound, "")
}

// Whoever would be too late from the first moment is not invited: registration that has closed already is not published. It is mended on the draft.
func TestNobodyPublishesWhatIsClosed(t *testing.T) {
	w := newTown(t)
	closed := input(func(in *webinar.Input) { in.Closes.Local = "2026-03-01T10:00" })
	x, err := w.s.Announce(t.Context(), w.admin, webinar.Start{Organisation: "ala", Input: closed})
	w.OK(err)
	_, err = w.s.Publish(t.Context(), w.admin, x.ID)
	if fieldsOf(err)["closes"] != "error.webinar.closed.already" {
		t.Errorf("published: %v", err)
	}
	_, err = w.s.Revise(t.Context(), w.admin, x.ID, input(nil))
	w.OK(err)
	w.OK(second(w.s.Publish(t.Context(), w.admin, x.ID)))
}

// A message that is sent twice, by a second press of the button, arrives once; another day it is another message.
func TestAMessageArrivesOnce(t *testing.T) {
	w := newTown(t)
	x := w.published(0, func(in *webinar.Input) { in.Starts.Local, in.Ends.Local = "2026-03-10T10:00", "2026-03-10T12:00" })
	w.register(w.Person("anna", "ala", lms.Learner), x)
	w.settle()
	for _, c := range []struct {
		text string
		want int
	}{{"Portate la carta", 1}, {"Portate la carta", 1}, {"Portate la penna", 2}} {
		w.OK(w.s.Message(t.Context(), w.admin, x.ID, "Per domani", c.text))
		w.settle()
		w.sent("anna", "webinar.message", c.want)
	}
	w.Set(w.Now().Add(24 * time.Hour))
	w.OK(w.s.Message(t.Context(), w.admin, x.ID, "Per domani", "Portate la carta"))
	w.settle()
	w.sent("anna", "webinar.message", 3)
}
