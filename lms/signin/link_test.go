package signin_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/fiscal"
	"aulacomune/lms/lmstest"
	"aulacomune/lms/signin"
)

// slowEngine writes nothing, once it is told to wait, before it may go on: an answer that depended on a record would never come.
type slowEngine struct {
	lms.Engine
	hold atomic.Bool
	goOn chan struct{}
}

func (e *slowEngine) wait() {
	if e.hold.Load() {
		<-e.goOn
	}
}

// Get implements lms.Engine.
func (e *slowEngine) Get(ctx context.Context, collection, id string) (lms.Document, error) {
	e.wait()
	return e.Engine.Get(ctx, collection, id)
}

// Insert implements lms.Engine.
func (e *slowEngine) Insert(ctx context.Context, collection string, d lms.Document) error {
	e.wait()
	return e.Engine.Insert(ctx, collection, d)
}

// openService opens the service of a town.
func openService(w *lmstest.Town, providers ...signin.Provider) *signin.Service {
	w.T.Helper()
	return openServiceOn(w, w.Engine, providers...)
}

func openServiceOn(w *lmstest.Town, e lms.Engine, providers ...signin.Provider) *signin.Service {
	w.T.Helper()
	s, err := signin.Open(w.T.Context(), signin.Ports{
		Engine: e, School: w.School, Fiscal: fiscal.New(w.People, fiscal.FixedRing(fiscal.NewKeyText())), Post: w.Post,
		Providers: providers, URL: "https://aula.example/", Log: w.Log, Now: w.Now,
	})
	w.OK(err)
	return s
}

func openTown(t *testing.T) (*lmstest.Town, *signin.Service) {
	t.Helper()
	w := lmstest.New(t)
	w.Tree()
	return w, openService(w)
}

// asked asks for a link and waits for the letter; the secret is that of the last one.
func asked(w *lmstest.Town, s *signin.Service, login, next string) string {
	w.T.Helper()
	w.OK(s.Ask(w.T.Context(), login, next, "192.0.2.1"))
	w.OK(s.Close())
	letters := w.Letters("", "signin.link")
	if len(letters) == 0 {
		return ""
	}
	secret, ok := strings.CutPrefix(letters[len(letters)-1].Link, "/accedi/collegamento/")
	if !ok {
		w.T.Errorf("the link leads to %q", letters[len(letters)-1].Link)
	}
	return secret
}

// who is who holds a session.
func who(w *lmstest.Town, session string) lms.PersonID {
	w.T.Helper()
	a, err := w.Accounts.Who(w.T.Context(), session)
	w.OK(err)
	return a.ID
}

func TestALink(t *testing.T) {
	w, s := openTown(t)
	ctx := t.Context()
	anna := w.Person("anna", "ala", lms.Learner)
	secret := asked(w, s, " Anna@ALA.example ", "/corsi")
	l := w.Letters("anna", "signin.link")
	if len(l) != 1 || l[0].To != "anna@ala.example" || l[0].Words["minutes"] != "15" || strings.Contains(l[0].Cause, secret) {
		t.Fatalf("%+v", l)
	}
	for range 3 { // mail scanners open links
		o, err := s.OpenLink(ctx, secret)
		if err != nil || o.Name != "Anna Rossi" || o.Login != "anna@ala.example" {
			t.Fatalf("%+v, %v", o, err)
		}
	}
	session, next, err := s.UseLink(ctx, secret)
	if err != nil || next != "/corsi" || who(w, session) != anna.ID {
		t.Fatalf("%q, %v", next, err)
	}
	if me, err := w.Accounts.Me(ctx, anna); err != nil || me.Activated.IsZero() {
		t.Errorf("who signed in is not activated: %v", err)
	}
	_, _, err = s.UseLink(ctx, secret)
	w.Kind(err, lms.NotFound, "error.signin.link")
	_, err = s.OpenLink(ctx, secret)
	w.Kind(err, lms.NotFound, "error.signin.link")
	d, err := w.Engine.Get(ctx, "signin_links", string(anna.ID))
	w.OK(err)
	if strings.Contains(string(d.Body), secret) {
		t.Errorf("the secret is kept: %s", d.Body)
	}
}

// A link is over after a quarter of an hour, and when a newer one was asked for; one that nobody made is none.
func TestLinksThatAreNone(t *testing.T) {
	w, s := openTown(t)
	ctx := t.Context()
	w.Person("anna", "ala", lms.Learner)
	first := asked(w, s, "anna", "")
	second := asked(w, s, "anna", "")
	if first == second {
		t.Fatal("one secret twice")
	}
	for name, secret := range map[string]string{"replaced": first, "made up": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "none": "", "long": strings.Repeat("A", 1e5), "broken": "\x00\xff"} {
		if _, err := s.OpenLink(ctx, secret); !lms.Is(err, lms.NotFound) {
			t.Errorf("%s: opened: %v", name, err)
		}
		if session, _, err := s.UseLink(ctx, secret); !lms.Is(err, lms.NotFound) || session != "" {
			t.Errorf("%s: used: %v", name, err)
		}
	}
	w.Pass(signin.LinkLife - time.Second)
	if _, err := s.OpenLink(ctx, second); err != nil {
		t.Errorf("a second before the end: %v", err)
	}
	w.Pass(time.Second)
	if _, _, err := s.UseLink(ctx, second); !lms.Is(err, lms.NotFound) {
		t.Errorf("at the end: %v", err)
	}
	w.Pass(time.Hour)
	w.OK(s.Sweep(ctx))
	if n, err := w.Engine.Count(ctx, "signin_links", lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}); n != 0 || err != nil {
		t.Errorf("%d links are left, %v", n, err)
	}
}

// Whoever asks learns nothing: the answer is the same for everybody, and is there before anybody is looked up.
func TestNobodyLearnsWhoThereIs(t *testing.T) {
	w := lmstest.New(t)
	w.Tree()
	ctx := t.Context()
	engine := &slowEngine{Engine: w.Engine, goOn: make(chan struct{})}
	s := openServiceOn(w, engine)
	w.Person("anna", "ala", lms.Learner)
	n, err := w.People.Install(ctx, lms.NewPerson{Login: "senzaposta", Given: "Ugo", Family: "Bo", Organisation: "ala"})
	w.OK(err)
	engine.hold.Store(true)
	for _, login := range []string{"anna", "anna@ala.example", "nessuno@ala.example", "senzaposta", "a@b\x00", "%"} {
		if err := s.Ask(ctx, login, "", "192.0.2.7"); err != nil {
			t.Errorf("%q: %v", login, err)
		}
	}
	close(engine.goOn)
	w.OK(s.Close())
	if l := w.Letters("", "signin.link"); len(l) != 2 { // anna's two logins
		t.Errorf("%d letters", len(l))
	}
	if l := w.Letters("", ""); len(l) != 2 || n.Person.Email != "" {
		t.Errorf("%d letters of any kind", len(l))
	}
	w.Kind(s.Ask(ctx, "  ", "", "192.0.2.7"), lms.Invalid, "error.required")
	w.Kind(s.Ask(ctx, strings.Repeat("a", 300), "", "192.0.2.7"), lms.Invalid, "error.required")
}

// Who asks again and again has to wait, and nobody's mailbox is filled, wherever it is asked from.
func TestTooOften(t *testing.T) {
	w, s := openTown(t)
	ctx := t.Context()
	w.Person("anna", "ala", lms.Learner)
	var err error
	tries := 0
	for ; err == nil && tries < 100; tries++ {
		err = s.Ask(ctx, "anna", "", "192.0.2.1")
	}
	w.Kind(err, lms.TooMany, "error.toomany")
	if tries > 10 {
		t.Errorf("%d tries", tries)
	}
	w.OK(s.Close())
	for i := range 30 {
		_ = s.Ask(ctx, "anna@ala.example", "", "192.0.2."+string(rune('a'+i)))
		w.OK(s.Close())
	}
	last := w.Letters("anna", "signin.link")
	if len(last) > 8 {
		t.Errorf("%d letters within an hour", len(last))
	}
	if _, err := s.OpenLink(ctx, strings.TrimPrefix(last[len(last)-1].Link, "/accedi/collegamento/")); err != nil {
		t.Errorf("the last that was sent does not work: %v", err)
	}
	w.Pass(time.Hour)
	if asked(w, s, "anna", ""); len(w.Letters("anna", "signin.link")) != len(last)+1 {
		t.Error("an hour later no letter is sent")
	}
}

// Who may no longer enter gets no letter, and a link that they have is none.
func TestSuspended(t *testing.T) {
	w, s := openTown(t)
	anna := w.Person("anna", "ala", lms.Learner)
	secret := asked(w, s, "anna", "")
	for _, close := range []func(*lms.Person){func(p *lms.Person) { p.Suspended = w.Now() }, func(p *lms.Person) { p.Suspended, p.Into = time.Time{}, "altra" }, func(p *lms.Person) { p.Into, p.Erased = "", w.Now() }} {
		_, err := w.People.Amend(t.Context(), anna.ID, func(p *lms.Person) error { close(p); return nil })
		w.OK(err)
		if _, err := s.OpenLink(t.Context(), secret); !lms.Is(err, lms.NotFound) {
			t.Errorf("opened: %v", err)
		}
		if session, _, err := s.UseLink(t.Context(), secret); !lms.Is(err, lms.NotFound) || session != "" {
			t.Errorf("used: %v", err)
		}
		if asked(w, s, "anna", ""); len(w.Letters("anna", "")) != 1 {
			t.Error("a letter is sent")
		}
	}
}

// Many use one link at once: one gets in.
func TestOnce(t *testing.T) {
	w, s := openTown(t)
	w.Person("anna", "ala", lms.Learner)
	secret := asked(w, s, "anna", "")
	errs, sessions := make([]error, 20), make([]string, 20)
	lmstest.Together(len(errs), func(i int) { sessions[i], _, errs[i] = s.UseLink(t.Context(), secret) })
	in := 0
	for i, err := range errs {
		switch {
		case err == nil:
			in++
		case !lms.Is(err, lms.NotFound) || sessions[i] != "":
			t.Errorf("%v, session %q", err, sessions[i])
		}
	}
	if in != 1 {
		t.Errorf("%d got in", in)
	}
}

// Without mail no link is offered; a letter that could not be posted is written in the log, and shows nothing to who asked.
func TestWithoutMail(t *testing.T) {
	w := lmstest.New(t)
	w.Tree()
	s, err := signin.Open(t.Context(), signin.Ports{Engine: w.Engine, School: w.School, URL: "https://aula.example", Log: w.Log, Now: w.Now})
	w.OK(err)
	if s.SendsLinks() {
		t.Error("links are offered")
	}
	w.Kind(s.Ask(t.Context(), "anna", "", "192.0.2.1"), lms.NotFound, "")
	w.Person("anna", "ala", lms.Learner)
	good := openService(w)
	w.Lose(true)
	w.OK(errors.Join(good.Ask(t.Context(), "anna", "", "192.0.2.1"), good.Close()))
	w.Lose(false)
	if secret := asked(w, good, "anna", strings.Repeat("/x", 1000)); secret == "" {
		t.Error("no letter after one was lost")
	} else if _, next, err := good.UseLink(t.Context(), secret); next != "" || err != nil {
		t.Errorf("an address that is too long is kept: %d characters, %v", len(next), err)
	}
}
