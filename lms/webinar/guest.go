package webinar

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/codes"
	"aulacomune/lms/cohort"
)

// How long a guest may take to confirm their address, and a referent to say that they belong to the ente.
const (
	guestLife   = 48 * time.Hour
	referentFor = 30 * 24 * time.Hour
)

// Form is what somebody without an account writes to get into a webinar.
type Form struct {
	Given, Family, Email string
	Organisation         lms.OrganisationID
	Category             lms.Category // "" where they do not say
	Lang                 string
	Code                 string
	Answers              map[string]string
}

// Guest is somebody who gave an address and has not shown yet that it is theirs, or whose referent has not said yet that they belong to the ente.
type Guest struct {
	ID           string             `json:"id"` // hash of the secret in their letter
	Webinar      ID                 `json:"webinar"`
	Email        string             `json:"email"`
	Given        string             `json:"given"`
	Family       string             `json:"family"`
	Organisation lms.OrganisationID `json:"organisation"`
	Category     lms.Category       `json:"category,omitempty"`
	Lang         string             `json:"lang,omitempty"`
	Code         string             `json:"code,omitempty"`
	Answers      map[string]string  `json:"answers,omitempty"`
	Expires      time.Time          `json:"expires"`
	Confirmed    time.Time          `json:"confirmed,omitzero"` // the address is theirs; the referent is asked
}

// guests says how guests are kept.
var guests = lms.Noun[Guest]{
	Name: "webinar_guests",
	ID:   func(g Guest) string { return g.ID },
	Indexes: []lms.Index[Guest]{
		{Name: "expires", Keys: func(g Guest) []string { return []string{lms.TimeKey(g.Expires)} }},
		{Name: "email", Keys: func(g Guest) []string { return []string{g.Email} }},
		{Name: "waiting", Keys: func(g Guest) []string {
			if g.Confirmed.IsZero() {
				return nil
			}
			return []string{lms.TimeKey(g.Confirmed)}
		}},
	},
}

// newPerson is the guest as somebody to be added.
func (g Guest) newPerson() lms.NewPerson {
	return lms.NewPerson{Email: g.Email, Given: g.Given, Family: g.Family, Organisation: g.Organisation, Category: g.Category}
}

// AskAsGuest takes the form of somebody without an account, and writes to them to confirm their address. from is the client's address. The answer is the same, and
// comes as fast, whether the address is known or not: what is done for it is done behind the answer.
func (s *Webinars) AskAsGuest(ctx context.Context, slug string, form Form, from string) error {
	v, err := s.Find(ctx, lms.Actor{}, slug)
	if err != nil {
		return err
	}
	if err := v.Permit(DeedRegister, s.now()); err != nil {
		return err
	}
	if !v.forGuests() {
		return conflict("error.webinar.guests")
	}
	g, err := s.guest(ctx, v.Webinar, form)
	if err != nil {
		return err
	}
	if err := s.throttle.Try(s.now(), "guest "+g.Email, "address "+from); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	s.behind.Go(func() {
		defer stop()
		if err := s.welcome(ctx, v.Webinar, g); err != nil {
			s.in.Log.Error("guest not written to", "webinar", g.Webinar, "err", err)
		}
	})
	return nil
}

// forGuests says whether people get in without anybody's leave.
func (w Webinar) forGuests() bool {
	return slices.ContainsFunc(w.Terms.Ways, func(way cohort.Way) bool { return way != cohort.WayRequest })
}

// guest is what a form says, tidied, with all that is wrong with it.
func (s *Webinars) guest(ctx context.Context, w Webinar, form Form) (Guest, error) {
	n := lms.NewPerson{Email: lms.FoldLogin(form.Email), Given: form.Given, Family: form.Family, Organisation: form.Organisation, Category: form.Category}
	f := faults{}
	if n.Email == "" {
		f.add("email", "error.required")
		n.Email = "nobody@example.invalid" // so that the rest is looked at
	}
	if err := f.merge(n.Complete()); err != nil {
		return Guest{}, err
	}
	if o, err := s.in.School.Organisations.Find(ctx, form.Organisation); unlessNotFound(err) != nil {
		return Guest{}, err
	} else if err != nil || !o.Ceased.IsZero() {
		f.add("organisation", "error.organisation.unknown")
	}
	answers, err := w.Terms.answers(form.Answers)
	if err := f.merge(err); err != nil {
		return Guest{}, err
	}
	if form.Lang != "en" {
		form.Lang = "it"
	}
	if len(form.Code) > 64 {
		f.add("code", "error.cohort.code")
	}
	return Guest{
		Webinar: w.ID, Email: n.Email, Given: n.Given, Family: n.Family, Organisation: form.Organisation, Category: form.Category, Lang: form.Lang, Code: form.Code,
		Answers: answers, Expires: s.now().Add(guestLife),
	}, f.err()
}

// oneIn is how often an address gets a letter for one webinar at most, whoever asks for it.
const oneIn = 10 * time.Minute

// mostAsked is how many unconfirmed forms there may be for one address.
const mostAsked = 10

// welcome keeps the form of a guest and writes to them.
func (s *Webinars) welcome(ctx context.Context, w Webinar, g Guest) error {
	before, err := s.guests.Count(ctx, lms.Query{Index: "email", Equal: g.Email})
	if err != nil || before >= mostAsked {
		return err
	}
	secret := codes.Secret()
	g.ID = codes.Digest(secret)
	if err := s.guests.Add(ctx, g); err != nil {
		return err
	}
	window := strconv.FormatInt(s.now().Unix()/int64(oneIn.Seconds()), 10)
	return s.in.Post(ctx, lms.Letter{
		Cause: fmt.Sprintf("webinar/%s/guest/%s/%s", w.ID, codes.Digest(g.Email)[:32], window), Kind: "webinar.confirm", To: g.Email,
		Name: g.Given + " " + g.Family, Lang: g.Lang, Organisation: w.Organisation, Link: path(w) + "/conferma/" + secret, Until: g.Expires,
		Words: map[string]string{"title": w.Terms.Title, "when": when(w.Terms.Starts, w.Terms.Ends, s.in.Rome, g.Lang)},
	})
}

// Confirmation is what came of a guest's confirming.
type Confirmation struct {
	Webinar  Webinar // without its link and codes
	Given    string
	Place    cohort.Place // "" where a referent is asked first
	Position int
	Referent bool // a referent of the ente is asked whether they belong to it
}

// OpenGuest shows what the link of a guest's letter is about; NotFound when it is unknown, used or over. Opening it changes nothing: mail scanners open links.
func (s *Webinars) OpenGuest(ctx context.Context, slug, secret string) (Confirmation, error) {
	w, g, err := s.guestOf(ctx, slug, secret)
	return Confirmation{Webinar: w.hidden(), Given: g.Given, Referent: !g.Confirmed.IsZero()}, err
}

func (s *Webinars) guestOf(ctx context.Context, slug, secret string) (Webinar, Guest, error) {
	w, err := s.bySlug(ctx, slug)
	if err != nil {
		return w, Guest{}, err
	}
	g, err := s.guests.Find(ctx, codes.Digest(secret))
	if err == nil && (g.Webinar != w.ID || over(g.Expires, s.now())) || lms.Is(err, lms.NotFound) {
		err = lms.Fail(lms.NotFound, "error.link")
	}
	return w, g, err
}

// ConfirmGuest shows that a guest reads the mail at their address, and lets them into the webinar: as the person of that address, or as somebody new whom
// the domain of the address places in the ente they named. Where it does not, a referent is asked first. It comes from a button.
func (s *Webinars) ConfirmGuest(ctx context.Context, slug, secret string) (Confirmation, error) {
	w, g, err := s.guestOf(ctx, slug, secret)
	if err != nil {
		return Confirmation{}, err
	}
	out := Confirmation{Webinar: w.hidden(), Given: g.Given}
	if err := w.Permit(DeedRegister, s.now()); err != nil {
		return out, err
	}
	p, err := s.in.School.People.ByLogin(ctx, g.Email)
	if lms.Is(err, lms.NotFound) {
		p, err = s.newcomer(ctx, g)
	}
	if err != nil {
		return out, err
	}
	if p.ID == "" {
		out.Referent = true
		return out, s.askReferent(ctx, g)
	}
	got, err := s.admit(ctx, w, g, p)
	out.Place, out.Position = got.Place, got.Position
	return out, err
}

// newcomer adds a guest to the ente they named, where the domain of their address proves that they belong to it; otherwise nobody.
func (s *Webinars) newcomer(ctx context.Context, g Guest) (lms.Person, error) {
	near, err := s.in.Propose(ctx, g.Email)
	if err != nil {
		return lms.Person{}, err
	}
	i := slices.IndexFunc(near, func(o lms.Organisation) bool { return o.ID == g.Organisation })
	if i < 0 {
		return lms.Person{}, nil
	}
	n := g.newPerson()
	if err := n.Complete(); err != nil {
		return lms.Person{}, err
	}
	p, err := s.in.School.People.Bring(ctx, n, near[i], "")
	if lms.Is(err, lms.Conflict) { // confirmed twice at once
		p, err = s.in.School.People.ByLogin(ctx, g.Email)
	}
	if err == nil && p.Lang != g.Lang {
		p, err = s.in.School.People.Amend(ctx, p.ID, func(p *lms.Person) error { p.Lang = g.Lang; return nil })
	}
	return p, err
}

// askReferent lets a referent of the ente decide; the guest waits for them.
func (s *Webinars) askReferent(ctx context.Context, g Guest) error {
	if err := s.in.Ask(ctx, Asking{Email: g.Email, Given: g.Given, Family: g.Family, Category: g.Category, Organisation: g.Organisation}); err != nil {
		return err
	}
	_, err := s.guests.Change(ctx, g.ID, func(g *Guest) error {
		if g.Confirmed.IsZero() {
			g.Confirmed, g.Expires = s.now(), s.now().Add(referentFor)
		}
		return nil
	})
	return err
}

// admit lets a guest in as the person they are, and forgets the form.
func (s *Webinars) admit(ctx context.Context, w Webinar, g Guest, p lms.Person) (cohort.Whereabouts, error) {
	if !p.MayEnter() {
		return cohort.Whereabouts{}, lms.Fail(lms.NotFound, "error.link")
	}
	got, err := s.register(ctx, lms.ActorOf(p, s.now(), lms.Everything), w, g.Code, g.Answers)
	if err != nil {
		return got, err
	}
	s.throttle.Succeeded("guest " + g.Email)
	return got, unlessNotFound(s.guests.Remove(ctx, g.ID))
}

// sweepGuests lets those in whose referent has agreed, and forgets those whose time is over.
func (s *Webinars) sweepGuests(ctx context.Context) error {
	errs := []error{s.guests.RemoveAll(ctx, lms.Query{Index: "expires", To: lms.TimeKey(s.now()) + "~", Limit: 500})}
	waiting, err := s.guests.All(ctx, lms.Query{Index: "waiting", Limit: 1000})
	errs = append(errs, err)
	for _, g := range waiting {
		if err := s.sweepGuest(ctx, g); err != nil {
			errs = append(errs, fmt.Errorf("guest of webinar %s: %w", g.Webinar, err))
		}
	}
	return errors.Join(errs...)
}

func (s *Webinars) sweepGuest(ctx context.Context, g Guest) error {
	p, err := s.in.School.People.ByLogin(ctx, g.Email)
	if err != nil {
		return unlessNotFound(err)
	}
	w, err := s.byID(ctx, g.Webinar)
	if err != nil {
		return err
	}
	_, err = s.admit(ctx, w, g, p)
	if lms.Is(err, lms.Conflict) || lms.Is(err, lms.Forbidden) || lms.Is(err, lms.NotFound) || lms.Is(err, lms.Invalid) {
		return unlessNotFound(s.guests.Remove(ctx, g.ID)) // it takes nobody any more, or not them
	}
	return err
}
