package request_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/lmstest"
	"aulacomune/lms/request"
	"aulacomune/storage/storagetest"
)

// The whole way: somebody asks, the manager agrees by the link of the letter, the personnel office on the page, and the seat is there. Then the next one
// waits, and has the seat when it becomes free.
func TestFromAWishToASeat(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		id := w.open(1, cohort.StepManager, cohort.StepPersonnel)
		r := w.ask(w.anna, id)
		if l := w.Letters("", "request.asked"); len(l) != 1 || l[0].Person != w.manager.ID || l[0].Words["person"] != "Anna Rossi" || l[0].Words["until"] != "16 marzo 2026" {
			t.Fatalf("letters: %+v", l)
		}
		secret := w.secret("mara", "request.asked")
		for range 3 { // a mail scanner opens links
			l, err := w.OpenLink(t.Context(), lms.Actor{}, secret)
			if err != nil || !l.Decides || l.Actor.ID != w.manager.ID || l.State != request.Waiting {
				t.Fatalf("the link: %+v, %v", l, err)
			}
		}
		w.Kind(second(w.OpenLink(t.Context(), w.anna, secret)), lms.Forbidden, "error.request.own") // the letter was passed on to her
		w.Kind(second(w.DecideByLink(t.Context(), w.anna, secret, agree(0))), lms.Forbidden, "error.request.own")
		l, err := w.DecideByLink(t.Context(), lms.Actor{}, secret, agree(0))
		if err != nil || l.State != request.Waiting || l.Step != 1 || l.Decides || !l.History[1].Linked {
			t.Fatalf("the manager: %+v, %v", l, err)
		}
		queue, err := w.Queue(t.Context(), w.referent)
		if err != nil || len(queue) != 1 || queue[0].ID != r.ID {
			t.Fatalf("the personnel office's queue: %+v, %v", queue, err)
		}
		v, err := w.Decide(t.Context(), w.referent, r.ID, agree(1))
		if err != nil || v.State != request.Approved || whats(v.Request) != "asked approved approved seated" {
			t.Fatalf("the personnel office: %s %q, %v", v.State, whats(v.Request), err)
		}
		if e, ok, err := w.Learning.Taken(t.Context(), w.anna.ID, "corso"); err != nil || !ok || e.By != w.referent.ID || e.Member.Organisation != "ala" {
			t.Errorf("enrolled: %t, %+v, %v", ok, e, err)
		}
		if l := w.Letters("anna", "request.approved"); len(l) != 1 || l[0].Words["by"] != "Rita Rossi" {
			t.Errorf("told: %+v", l)
		}
		mine, err := w.Mine(t.Context(), w.anna)
		if err != nil || len(mine) != 1 || mine[0].Names[w.manager.ID] != "Mara Rossi" || len(mine[0].History) != 4 || mine[0].Links != nil {
			t.Errorf("what anna reads: %+v, %v", mine, err)
		}
		bea := w.Person("bea", "ala", lms.Learner, "Tributi")
		rb := w.ask(bea, id)
		w.OK(second(w.Decide(t.Context(), w.manager, rb.ID, agree(0))))
		w.OK(second(w.Decide(t.Context(), w.referent, rb.ID, agree(1))))
		if got := whats(w.of(rb.ID).Request); got != "asked approved approved queued" {
			t.Errorf("bea: %s", got)
		}
		w.OK(w.cohorts.Leave(t.Context(), w.anna, id))
		if l := w.Letters("bea", "seat.promoted"); len(l) != 1 {
			t.Errorf("%d letters to bea", len(l))
		}
		if acts := w.Acts("request.approve"); len(acts) != 4 || acts[0].Role != lms.Manager || acts[1].Role != lms.Referent || acts[0].Person != w.anna.ID {
			t.Errorf("acts: %+v", acts)
		}
	})
}

// Everybody who may decide does so at once, half of them saying the opposite, on two nodes: one decision counts, whoever said the same is in peace only
// where it was theirs, and everyone else is told.
func TestManyDecideAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		id := w.open(5, cohort.StepManager)
		deciders := []lms.Actor{w.manager}
		for _, name := range []string{"mario", "mila", "moira"} {
			deciders = append(deciders, w.Person(name, "ala", lms.Manager, "tributi"))
		}
		_, other := w.node(s.Open(t))
		nodes := []*request.Requests{w.Requests, other}
		for round := range 3 {
			asker := w.Person("p"+string(rune('a'+round)), "ala", lms.Learner, "Tributi")
			r := w.ask(asker, id)
			var won, lost atomic.Int32
			lmstest.Together(8, func(i int) {
				d := agree(0)
				if i%4 >= 2 {
					d = refuse(0)
				}
				switch _, err := nodes[i%2].Decide(t.Context(), deciders[i%4], r.ID, d); {
				case err == nil:
					won.Add(1)
				case lms.Is(err, lms.Conflict):
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
			v := w.of(r.ID)
			decisions := strings.Count(whats(v.Request), "approved") + strings.Count(whats(v.Request), "refused")
			if decisions != 1 || won.Load() < 1 || won.Load() > 2 || won.Load()+lost.Load() != 8 {
				t.Errorf("%q: %d won, %d were told", whats(v.Request), won.Load(), lost.Load())
			}
			_, ok, err := w.Learning.Taken(t.Context(), asker.ID, "corso")
			if err != nil || ok != (v.State == request.Approved) {
				t.Errorf("%s, and enrolled %t, %v", v.State, ok, err)
			}
			if n := len(w.Letters(strings.ToLower(asker.Name[:2]), "")); n > 2 {
				t.Errorf("%d letters", n)
			}
		}
	})
}

// One wish is one request, however often the button is pressed.
func TestAskingTwiceIsAskingOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		id := w.open(0, cohort.StepManager)
		_, other := w.node(s.Open(t))
		lmstest.Together(8, func(i int) {
			if _, err := []*request.Requests{w.Requests, other}[i%2].Ask(t.Context(), w.anna, id, "Mi serve."); err != nil {
				t.Error(err)
			}
		})
		if mine, err := w.Mine(t.Context(), w.anna); err != nil || len(mine) != 1 || len(w.Letters("mara", "request.asked")) != 1 {
			t.Errorf("%d requests, %d letters, %v", len(mine), len(w.Letters("mara", "")), err)
		}
		r := w.ask(w.anna, id)
		w.OK(second(w.Withdraw(t.Context(), w.anna, r.ID)))
		if again := w.ask(w.anna, id); again.ID == r.ID {
			t.Error("what was withdrawn cannot be asked again")
		}
	})
}

func TestLinks(t *testing.T) {
	w := newTown(t)
	id := w.open(0, cohort.StepManager)
	open := func(secret string) error { return second(w.OpenLink(t.Context(), lms.Actor{}, secret)) }
	decide := func(secret string, d request.Decision) error {
		return second(w.DecideByLink(t.Context(), lms.Actor{}, secret, d))
	}
	w.Kind(open("AAAAAAAAAAAAAAAAAAAAAAAAAA"), lms.NotFound, "error.link")
	w.Kind(open(""), lms.NotFound, "error.link")
	w.Kind(decide("forged\x00", agree(0)), lms.NotFound, "error.link")

	r := w.ask(w.anna, id)
	secret := w.secret("mara", "request.asked")
	d, err := w.Engine.Get(t.Context(), "requests", string(r.ID))
	if err != nil || strings.Contains(string(d.Body), secret) {
		t.Errorf("the secret is stored, %v", err)
	}
	for _, k := range d.Keys {
		if strings.Contains(k.Value, secret) {
			t.Errorf("the secret is a key of %s", k.Name)
		}
	}
	w.Kind(decide(secret, request.Decision{Step: 0}), lms.Invalid, "error.required") // refused without a reason
	w.Kind(decide(secret, request.Decision{Reason: strings.Repeat("a", 3000)}), lms.Invalid, "error.long")
	w.OK(decide(secret, refuse(7))) // the link knows its step
	w.OK(decide(secret, refuse(0))) // a double click
	w.Kind(decide(secret, agree(0)), lms.Conflict, "error.request.decided")
	if l, err := w.OpenLink(t.Context(), lms.Actor{}, secret); err != nil || l.Decides || l.State != request.Refused {
		t.Errorf("a used link shows %+v, %v", l.State, err)
	}

	w.ask(w.anna, id)
	late := w.secret("mara", "request.asked")
	w.Set(w.Now().AddDate(0, 0, 14))
	w.Kind(open(late), lms.NotFound, "error.link")
	w.Kind(decide(late, agree(0)), lms.NotFound, "error.link")
	w.OK(w.Sweep(t.Context()))

	w.ask(w.anna, id)
	gone := w.secret("mara", "request.asked")
	w.Depart(w.manager)
	w.Kind(open(gone), lms.NotFound, "error.link")
	w.Kind(decide(gone, agree(0)), lms.NotFound, "error.link")
	w.Set(w.Now().AddDate(0, 0, 3)) // the reminder goes to whoever has the role now
	w.OK(w.Sweep(t.Context()))
	reminded := w.secret("rita", "request.reminder")
	w.OK(open(reminded))
	mine, err := w.Mine(t.Context(), w.anna)
	w.OK(err)
	bruno := w.Person("bruno", "ala", lms.Learner, "Anagrafe")
	w.OK(second(w.Appoint(t.Context(), w.admin, mine[0].ID, "bruno@ala.example")))
	w.Kind(decide(reminded, agree(0)), lms.NotFound, "error.link") // somebody else was named
	w.Kind(second(w.Decide(t.Context(), w.referent, mine[0].ID, agree(0))), lms.Forbidden, "error.role")
	w.OK(decide(w.secret("bruno", "request.asked"), agree(0)))
	if v := w.of(mine[0].ID); v.State != request.Approved || v.Last().What != request.GotSeat || v.History[len(v.History)-2].By != bruno.ID {
		t.Errorf("%s: %s", v.State, whats(v.Request))
	}
}

// The post is on strike while people ask and decide: what happened stands, the sweep writes every letter once, and the links in them are good.
func TestTheSweepPostsWhatACrashLeft(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		w := townOn(t, s.Open(t))
		id := w.open(0, cohort.StepManager)
		w.Lose(true)
		r := w.ask(w.anna, id)
		if err := w.Sweep(t.Context()); err == nil {
			t.Error("the sweep does not say that the post is on strike")
		}
		w.Lose(false)
		lmstest.Together(4, func(int) {
			if err := w.Sweep(t.Context()); err != nil {
				t.Error(err)
			}
		})
		if n := len(w.Letters("mara", "request.asked")); n != 1 {
			t.Fatalf("%d letters", n)
		}
		w.Lose(true)
		w.OK(second(w.DecideByLink(t.Context(), lms.Actor{}, w.secret("mara", "request.asked"), agree(0))))
		w.Lose(false)
		w.OK(w.Sweep(t.Context()))
		w.OK(w.cohorts.Sweep(t.Context()))
		if a, b := len(w.Letters("anna", "request.approved")), len(w.Letters("anna", "seat.given")); a != 1 || b != 1 {
			t.Errorf("%d and %d letters to anna", a, b)
		}
		if got := whats(w.of(r.ID).Request); got != "asked approved seated" {
			t.Error(got)
		}
	})
}

func TestSilence(t *testing.T) {
	for _, c := range []struct {
		rule  request.Rule
		want  string
		state request.State
		days  int
	}{
		{request.SilenceExpires, "asked reminded expired", request.Expired, 10},
		{request.SilenceApproves, "asked reminded approved seated", request.Approved, 10},
		{request.SilenceEscalates, "asked reminded escalated escalated expired", request.Expired, 30},
	} {
		t.Run(string(c.rule), func(t *testing.T) {
			w := newTown(t)
			w.OK(w.SetPolicy(t.Context(), w.admin, request.Policy{Organisation: "ala", Remind: 4, Silence: 10, Rule: c.rule}))
			r := w.ask(w.anna, w.open(0, cohort.StepManager))
			w.OK(w.SetPolicy(t.Context(), w.referent, request.Policy{Organisation: "ala", Remind: 0, Silence: 10, Rule: c.rule})) // counts from the next stage on
			for half := range c.days * 2 {
				if st := w.of(r.ID).State; half < 20 && st != request.Waiting {
					t.Fatalf("after %d half days: %s", half, st)
				}
				w.Pass(12 * time.Hour)
				w.OK(w.Sweep(t.Context()))
			}
			if v := w.of(r.ID); whats(v.Request) != c.want || v.State != c.state {
				t.Errorf("%s: %s", v.State, whats(v.Request))
			}
			if n := len(w.Letters("mara", "request.reminder")); n != 1 {
				t.Errorf("%d reminders", n)
			}
		})
	}
}

func TestPolicies(t *testing.T) {
	w := newTown(t)
	boss := w.Person("direttrice", "valle", lms.Administrator)
	good := request.Policy{Organisation: "ala", Remind: 2, Silence: 5, Rule: request.SilenceEscalates}
	for name, p := range map[string]request.Policy{
		"no days":           {Organisation: "ala", Rule: request.SilenceExpires},
		"too many days":     {Organisation: "ala", Silence: 91, Rule: request.SilenceExpires},
		"reminded too late": {Organisation: "ala", Silence: 5, Remind: 5, Rule: request.SilenceExpires},
		"no such rule":      {Organisation: "ala", Silence: 5, Rule: "boh"},
	} {
		if err := w.SetPolicy(t.Context(), w.admin, p); !lms.Is(err, lms.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.Kind(w.SetPolicy(t.Context(), w.admin, request.Policy{Organisation: "bosco", Silence: 5, Rule: request.SilenceExpires}), lms.NotFound, "")
	w.Kind(w.SetPolicy(t.Context(), w.anna, good), lms.Forbidden, "")
	w.OK(w.SetPolicy(t.Context(), boss, request.Policy{Organisation: "valle", Silence: 20, Rule: request.SilenceApproves}))
	w.OK(w.SetPolicy(t.Context(), w.referent, good))
	for _, c := range []struct {
		within []lms.OrganisationID
		want   int
	}{{[]lms.OrganisationID{"valle", "ala", "ala-scuola"}, 5}, {[]lms.OrganisationID{"valle", "bosco"}, 20}, {[]lms.OrganisationID{"altrove"}, 14}} {
		if p, err := w.PolicyOf(t.Context(), c.within); err != nil || p.Silence != c.want {
			t.Errorf("%v: %+v, %v", c.within, p, err)
		}
	}
}

// Who asks to get into a webinar is decided upon as for a course, in letters that name the webinar; whoever is agreed to has a seat there.
func TestARequestForAWebinar(t *testing.T) {
	w := newTown(t)
	starts := w.Now().AddDate(0, 0, 7)
	w.OK(w.cohorts.Host(t.Context(), cohort.Hosting{
		Webinar: "w1", Organisation: "ala", Within: []lms.OrganisationID{"valle", "ala"}, At: w.Now(), By: w.admin.ID, Opened: w.Now(),
		Hour:  cohort.Hour{Closes: starts, Ends: starts.Add(time.Hour)},
		Terms: cohort.Terms{Title: "Lavoro agile", From: "2026-03-09", To: "2026-03-09", Ways: []cohort.Way{cohort.WayRequest}, Steps: []cohort.Step{cohort.StepManager}},
	}, 1))
	r := w.ask(w.anna, "w1")
	if l := w.Letters("mara", "request.asked"); len(l) != 1 || l[0].Words["title"] != "Lavoro agile" || l[0].Words["course"] != "" || r.Webinar != "w1" {
		t.Errorf("asked: %+v", l)
	}
	w.OK(second(w.DecideByLink(t.Context(), lms.Actor{}, w.secret("mara", "request.asked"), request.Decision{Agree: true})))
	w.cohorts.Wait()
	if p, err := w.cohorts.PlaceIn(t.Context(), "w1", w.anna.ID); err != nil || p != cohort.Seated {
		t.Errorf("anna is %q, %v", p, err)
	}
	if acts := w.Acts("request.approve"); len(acts) != 1 || acts[0].Details["webinar"] != "w1" {
		t.Errorf("acts: %+v", acts)
	}
	w.Set(starts)
	bruna := w.Person("bruna", "ala", lms.Learner, "tributi")
	w.Kind(second(w.Ask(t.Context(), bruna, "w1", "Mi serve.")), lms.Conflict, "error.cohort.closed")
}
