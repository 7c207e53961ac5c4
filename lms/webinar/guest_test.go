package webinar_test

import (
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/webinar"
)

// belongs says that the mail of an ente has a domain.
func (w *town) domain(o lms.OrganisationID, domain string) {
	w.T.Helper()
	_, err := w.Organisations.Amend(w.T.Context(), o, func(o *lms.Organisation) error { o.Domains = []string{domain}; return nil })
	w.OK(err)
}

func (w *town) form(email string) webinar.Form {
	return webinar.Form{Given: "Dario", Family: "Bianchi", Email: email, Organisation: "bosco", Lang: "it"}
}

// A guest confirms their address and is in, as somebody new whom the domain of the address places; the link works once, and what was asked is forgotten.
func TestAGuest(t *testing.T) {
	w := newTown(t)
	w.domain("bosco", "comune.bosco.example")
	x := w.published(1, nil)
	w.OK(w.s.AskAsGuest(t.Context(), x.Slug, w.form(" Dario@Comune.Bosco.example "), "203.0.113.1"))
	w.settle()
	l := w.sent("dario", "webinar.confirm", 1)
	secret := last(l[0].Link)
	w.Kind(second(w.s.ConfirmGuest(t.Context(), x.Slug, secret+"x")), lms.NotFound, "error.link")
	if c, err := w.s.OpenGuest(t.Context(), x.Slug, secret); err != nil || c.Given != "Dario" || c.Webinar.Terms.Link != "" {
		t.Errorf("opened: %+v, %v", c, err)
	}
	got, err := w.s.ConfirmGuest(t.Context(), x.Slug, secret)
	if err != nil || got.Place != cohort.Seated {
		t.Fatalf("confirmed: %+v, %v", got, err)
	}
	w.settle()
	p, err := w.People.ByLogin(t.Context(), "dario@comune.bosco.example")
	if err != nil || p.Password != "" || p.Current(w.Now()).Organisation != "bosco" {
		t.Errorf("%+v, %v", p, err)
	}
	w.sent("dario", "webinar.seated", 1)
	w.Kind(second(w.s.ConfirmGuest(t.Context(), x.Slug, secret)), lms.NotFound, "error.link")
	place, err := w.s.OpenPlace(t.Context(), x.Slug, last(w.Letters("dario", "webinar.seated")[0].Link))
	if err != nil || place.Place != cohort.Seated || place.Name != "Dario Bianchi" {
		t.Errorf("the place: %+v, %v", place, err)
	}
	w.OK(w.s.WithdrawByLink(t.Context(), x.Slug, last(w.Letters("dario", "webinar.seated")[0].Link)))
	w.settle()
	w.sent("dario", "webinar.left", 1)
}

// Somebody known gets the same answer and the same letter, and is in as who they are.
func TestAGuestWhoIsKnown(t *testing.T) {
	w := newTown(t)
	anna := w.Person("anna", "ala", lms.Learner)
	x := w.published(0, nil)
	w.OK(w.s.AskAsGuest(t.Context(), x.Slug, w.form("anna@ala.example"), "203.0.113.1"))
	w.settle()
	got, err := w.s.ConfirmGuest(t.Context(), x.Slug, last(w.sent("anna", "webinar.confirm", 1)[0].Link))
	if err != nil || got.Place != cohort.Seated {
		t.Fatalf("%+v, %v", got, err)
	}
	w.settle()
	if v, err := w.s.Find(t.Context(), anna, x.Slug); err != nil || v.Mine != cohort.Seated {
		t.Errorf("anna is %q, %v", v.Mine, err)
	}
	if p, _ := w.People.Known(t.Context(), anna.ID); p.Family != "Rossi" || p.Current(w.Now()).Organisation != "ala" {
		t.Errorf("a form changed who she is: %+v", p)
	}
}

// Whose address proves nothing waits for the referent of the ente, and is let in when they agree.
func TestAGuestWhomTheReferentMustKnow(t *testing.T) {
	w := newTown(t)
	referent := w.Person("rita", "bosco", lms.Referent)
	x := w.published(0, nil)
	w.OK(w.s.AskAsGuest(t.Context(), x.Slug, w.form("dario@posta.example"), "203.0.113.1"))
	w.settle()
	secret := last(w.sent("dario", "webinar.confirm", 1)[0].Link)
	for range 2 {
		got, err := w.s.ConfirmGuest(t.Context(), x.Slug, secret)
		if err != nil || !got.Referent || got.Place != "" {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	w.sweep()
	if seated, _, _, _ := w.cohorts.Count(t.Context(), string(x.ID)); seated != 0 {
		t.Error("in before the referent agreed")
	}
	waiting, _, err := w.enti.Waiting(t.Context(), referent, "bosco", lms.PageAt{})
	if err != nil || len(waiting) != 1 {
		t.Fatalf("%d proposals, %v", len(waiting), err)
	}
	_, err = w.enti.Confirm(t.Context(), referent, waiting[0].ID, "")
	w.OK(err)
	w.sweep()
	w.sent("dario", "webinar.seated", 1)
	w.sweep()
	if seated, _, _, _ := w.cohorts.Count(t.Context(), string(x.ID)); seated != 1 {
		t.Errorf("%d seated", seated)
	}
}

// Forms that are wrong are refused field by field, links end, and who asks again and again is slowed down.
func TestGuestsWhoAreRefused(t *testing.T) {
	w := newTown(t)
	x := w.published(0, nil)
	ask := func(f webinar.Form) error { return w.s.AskAsGuest(t.Context(), x.Slug, f, "203.0.113.1") }
	for field, c := range map[string]struct {
		change func(*webinar.Form)
		says   string
	}{
		"email":        {func(f *webinar.Form) { f.Email = "" }, "error.required"},
		"email, again": {func(f *webinar.Form) { f.Email = "dario" }, "error.email"},
		"given_name":   {func(f *webinar.Form) { f.Given = " " }, "error.required"},
		"family_name":  {func(f *webinar.Form) { f.Family = "B\x07" }, "error.invalid"},
		"organisation": {func(f *webinar.Form) { f.Organisation = "atlantide" }, "error.organisation.unknown"},
		"category":     {func(f *webinar.Form) { f.Category = "re" }, "error.category"},
	} {
		f := w.form("dario@posta.example")
		c.change(&f)
		t.Run(field, func(t *testing.T) { w.Kind(ask(f), lms.Invalid, c.says) })
	}
	w.settle()
	w.sent("", "webinar.confirm", 0)
	reserved := w.published(0, func(in *webinar.Input) { in.Reserved, in.Audience.Enti = true, []lms.OrganisationID{"ala"} })
	w.Kind(w.s.AskAsGuest(t.Context(), reserved.Slug, w.form("dario@posta.example"), ""), lms.NotFound, "error.webinar.unknown")
	byLeave := w.published(0, func(in *webinar.Input) {
		in.Ways, in.Steps = []cohort.Way{cohort.WayRequest}, []cohort.Step{cohort.StepManager}
	})
	w.Kind(w.s.AskAsGuest(t.Context(), byLeave.Slug, w.form("dario@posta.example"), ""), lms.Conflict, "error.webinar.guests")
	slow := 0
	for range 12 {
		if err := ask(w.form("dario@posta.example")); lms.Is(err, lms.TooMany) {
			slow++
		}
	}
	w.settle()
	if l := w.Letters("dario", "webinar.confirm"); slow < 5 || len(l) != 1 {
		t.Errorf("%d of 12 were slowed down, %d letters", slow, len(l))
	}
	w.Pass(48 * time.Hour)
	w.Kind(second(w.s.ConfirmGuest(t.Context(), x.Slug, last(w.Letters("dario", "webinar.confirm")[0].Link))), lms.NotFound, "error.link")
	w.sweep()
	about := 0
	for _, err := range w.Engine.Scan(t.Context(), "webinar_guests", lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
		w.OK(err)
		about++
	}
	if about != 0 {
		t.Errorf("%d forms are still kept", about)
	}
}

// A feed tells nobody where one enters, ends when its owner says so, and another one ends the one before.
func TestFeeds(t *testing.T) {
	w := newTown(t)
	anna := w.Person("anna", "ala", lms.Learner)
	w.register(anna, w.published(0, nil))
	w.settle()
	old, err := w.s.NewFeed(t.Context(), anna)
	w.OK(err)
	secret, err := w.s.NewFeed(t.Context(), anna)
	w.OK(err)
	w.Kind(second(w.s.FetchFeed(t.Context(), old)), lms.NotFound, "error.link")
	w.Kind(second(w.s.FetchFeed(t.Context(), "")), lms.NotFound, "error.link")
	got, err := w.s.FetchFeed(t.Context(), secret)
	if err != nil || len(got.Invites) != 1 || got.Invites[0].Enter != "" || got.Invites[0].Title != "Lavoro agile nei comuni" {
		t.Errorf("%+v, %v", got, err)
	}
	for range 2 {
		w.OK(w.s.EndFeed(t.Context(), anna))
	}
	w.Kind(second(w.s.FetchFeed(t.Context(), secret)), lms.NotFound, "error.link")
}

// Everything known of somebody is told to them, and goes when they are erased; what came of it stays without who they were.
func TestToldAndErased(t *testing.T) {
	w := newTown(t)
	anna := w.Person("anna", "ala", lms.Learner)
	x := w.published(0, func(in *webinar.Input) { in.Questions = []webinar.Question{{Text: "Servizio?"}} })
	w.OK(second(w.s.Register(t.Context(), anna, x.Slug, "", map[string]string{"q1": "Tributi"})))
	w.OK(second(w.s.NewFeed(t.Context(), anna)))
	w.settle()
	w.Set(x.Terms.Starts)
	w.OK(second(w.s.Enter(t.Context(), anna, x.Slug)))
	w.Set(x.Terms.Ends)
	file := w.report(webinar.Participant{Key: "1", Name: "Anna Rossi", Emails: []string{"anna@ala.example"}, Spans: []webinar.Span{{From: x.Terms.Starts, To: x.Terms.Ends}}})
	r, err := w.s.Import(t.Context(), w.admin, x.ID, webinar.Upload{Name: "r", Bytes: file})
	w.OK(err)
	w.OK(second(w.s.Conclude(t.Context(), w.admin, x.ID)))
	w.settle()
	told, err := w.s.About(t.Context(), anna.ID)
	if err != nil || len(told.Sheets) != 1 || len(told.Presences) != 2 || len(told.Outcomes) != 1 || told.Feed.IsZero() {
		t.Errorf("%+v, %v", told, err)
	}
	y := w.published(0, func(in *webinar.Input) { in.Starts.Local, in.Ends.Local = "2026-03-18T10:00", "2026-03-18T12:00" })
	w.register(anna, y)
	for range 2 {
		w.OK(w.s.Erase(t.Context(), anna.ID))
		w.OK(w.cohorts.Erase(t.Context(), anna.ID))
	}
	w.settle()
	w.sent("anna", "webinar.left", 0)
	if seated, _, _, err := w.cohorts.Count(t.Context(), string(y.ID)); err != nil || seated != 0 {
		t.Errorf("%d are still seated, %v", seated, err)
	}
	told, err = w.s.About(t.Context(), anna.ID)
	if err != nil || len(told.Sheets)+len(told.Presences) != 0 || len(told.Outcomes) != 1 || !told.Feed.IsZero() {
		t.Errorf("after erasing: %+v, %v", told, err)
	}
	after, err := w.s.Reports(t.Context(), w.admin, x.ID)
	if err != nil || after[0].ID != r.ID || after[0].Lines[0].Name != "" || after[0].Lines[0].Spans != nil {
		t.Errorf("the report: %+v, %v", after, err)
	}
}
