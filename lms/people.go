package lms

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
)

// People is what those who keep people do with them: administrators, and the referent of an ente.
type People struct {
	people        *Records[Person]
	organisations *Records[Organisation]
	accounts      *Accounts
	invite        func(context.Context, Added) bool
	note          Note
	now           func() time.Time
}

// NewPerson is what is asked to add somebody.
type NewPerson struct {
	Email        string
	Login        string // instead of an e-mail address
	Given        string
	Family       string
	Organisation OrganisationID // "" means the caller's
	Office       string
	Category     Category
	Role         Role // "" means Learner
}

// Added is a person who was added, with the secret of the link that lets them set a password. It is shown once, or was sent to them.
type Added struct {
	Person Person
	Link   string // "" when it was sent
	Sent   bool   // by mail
}

// Add adds a person to an organisation that the actor administers.
func (s *People) Add(ctx context.Context, a Actor, n NewPerson) (Added, error) {
	org, err := s.check(ctx, a, &n)
	if err != nil {
		return Added{}, err
	}
	return s.add(ctx, a, n, org)
}

// Install adds a person without an actor: the command line does that for the first administrator.
func (s *People) Install(ctx context.Context, n NewPerson) (Added, error) {
	if err := n.Complete(); err != nil {
		return Added{}, err
	}
	org, err := s.organisations.Find(ctx, string(n.Organisation))
	if err != nil {
		return Added{}, err
	}
	return s.add(ctx, Actor{}, n, org)
}

// InstallActivated adds a person whose password is set already, given as a PHC string. A demo does that.
func (s *People) InstallActivated(ctx context.Context, n NewPerson, hash string) (Person, error) {
	if err := n.Complete(); err != nil {
		return Person{}, err
	}
	org, err := s.organisations.Find(ctx, string(n.Organisation))
	if err != nil {
		return Person{}, err
	}
	p := s.newPerson(n, org)
	p.Password, p.Activated = hash, p.Created
	return p, s.people.Add(ctx, p)
}

func (s *People) newPerson(n NewPerson, org Organisation) Person {
	now := s.now()
	p := Person{
		ID: PersonID(uuid.Must(uuid.NewV7()).String()), Email: n.Email, Login: n.Login, Given: n.Given, Family: n.Family, Lang: "it", Created: now,
		Memberships: []Membership{{Organisation: org.ID, Within: org.Within, Name: org.Name, Office: n.Office, Category: n.Category, Role: Learner, From: now}},
	}
	if n.Role != Learner {
		m := p.Memberships[0]
		m.Role = n.Role
		p.Memberships = append(p.Memberships, m)
	}
	return p
}

func (s *People) add(ctx context.Context, a Actor, n NewPerson, org Organisation) (Added, error) {
	p := s.newPerson(n, org)
	err := s.people.Add(ctx, p)
	if IsTaken(err, "login") {
		return Added{}, cmpErr(s.free(ctx, n), err)
	}
	if err != nil {
		return Added{}, err
	}
	added := Added{Person: p}
	noted := s.note.of(ctx, nil, a, Act{Verb: "person.add", Object: string(p.ID), Person: p.ID, Within: org.Within, Details: map[string]string{"role": string(n.Role)}, Key: "person.add/" + string(p.ID)})
	added.Link, err = s.accounts.newLink(ctx, p.ID, LinkLife)
	err = cmpErr(noted, err)
	if err == nil && s.invite != nil && s.invite(ctx, added) {
		added.Link, added.Sent = "", true
	}
	return added, err
}

// Logins are what a person may sign in with, by the name of the field.
func (n NewPerson) Logins() map[string]string {
	out := map[string]string{"email": FoldLogin(n.Email), "login": FoldLogin(n.Login)}
	maps.DeleteFunc(out, func(_, v string) bool { return v == "" })
	return out
}

// free is a Conflict that names the fields by which somebody else is known already.
func (s *People) free(ctx context.Context, n NewPerson) error {
	fields := map[string]string{}
	for field, login := range n.Logins() {
		switch _, err := s.accounts.byLogin(ctx, login); {
		case err == nil:
			fields[field] = "error.person.taken"
		case !Is(err, NotFound):
			return err
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return &Error{Kind: Conflict, Message: "error.person.taken", Fields: fields}
}

// Check says whether Add would add somebody, and completes what is asked.
func (s *People) Check(ctx context.Context, a Actor, n *NewPerson) (Organisation, error) {
	o, err := s.check(ctx, a, n)
	if err == nil {
		err = s.free(ctx, *n)
	}
	return o, err
}

// Invite sends somebody a link to sign in with, where letters are sent.
func (s *People) Invite(ctx context.Context, p Person) error {
	if s.invite == nil || p.Email == "" {
		return nil
	}
	link, err := s.accounts.newLink(ctx, p.ID, LinkLife)
	if err == nil {
		s.invite(ctx, Added{Person: p, Link: link})
	}
	return err
}

// Bring adds somebody whom Check found good, from a file, without a link to sign in with.
func (s *People) Bring(ctx context.Context, n NewPerson, o Organisation, intake string) (Person, error) {
	p := s.newPerson(n, o)
	p.Intake = intake
	err := s.people.Add(ctx, p)
	if IsTaken(err, "login") {
		err = cmpErr(s.free(ctx, n), err)
	}
	return p, err
}

// check completes what was asked and says what is wrong with it.
func (s *People) check(ctx context.Context, a Actor, n *NewPerson) (Organisation, error) {
	if err := a.MustKeep(); err != nil {
		return Organisation{}, err
	}
	if err := n.Complete(); err != nil {
		return Organisation{}, err
	}
	if n.Organisation == "" {
		n.Organisation = a.Kept()[0]
	}
	org, err := s.organisations.Find(ctx, string(n.Organisation))
	if err != nil || !a.Keeps(org.Within) {
		return org, cmpErr(notNotFound(err), Wrong("organisation", "error.organisation.unknown"))
	}
	if !org.Ceased.IsZero() {
		return org, Wrong("organisation", "error.organisation.ceased")
	}
	if !a.MayGive(n.Role, org.Within) {
		return org, Wrong("role", "error.role.above")
	}
	return org, nil
}

// Complete trims the fields and says which are wrong, all at once.
func (n *NewPerson) Complete() error {
	fields := map[string]string{}
	for _, f := range []struct {
		name  string
		value *string
		max   int
	}{{"given_name", &n.Given, 100}, {"family_name", &n.Family, 100}, {"email", &n.Email, 254}, {"login", &n.Login, 64}, {"office", &n.Office, 100}} {
		*f.value = strings.Join(strings.Fields(*f.value), " ")
		if len(*f.value) > f.max {
			fields[f.name] = "error.long"
		}
		if strings.ContainsFunc(*f.value, unicode.IsControl) {
			fields[f.name] = "error.invalid"
		}
		if *f.value == "" && f.name[len(f.name)-4:] == "name" {
			fields[f.name] = "error.required"
		}
	}
	switch {
	case n.Email == "" && n.Login == "":
		fields["email"] = "error.person.login"
	case n.Email != "" && !validEmail(n.Email):
		fields["email"] = "error.email"
	}
	if strings.ContainsAny(n.Login, "@ ") {
		fields["login"] = "error.login"
	}
	if n.Category != "" && !slices.Contains(Categories(), n.Category) {
		fields["category"] = "error.category"
	}
	if n.Role == "" {
		n.Role = Learner
	}
	if !slices.Contains(Roles(), n.Role) {
		fields["role"] = "error.role.unknown"
	}
	if len(fields) > 0 {
		return &Error{Kind: Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}

// Find reads a person whom the actor administers, or the actor. It tells only of memberships that concern the actor.
func (s *People) Find(ctx context.Context, a Actor, id PersonID) (Person, error) {
	if err := a.mayRead(); err != nil {
		return Person{}, err
	}
	p, err := s.find(ctx, a, id)
	if p.ID != a.ID {
		err = s.note.of(ctx, err, a, aboutPerson("person.read", p, a))
	}
	return p.asSeenBy(a), err
}

// find reads all of a person whom the actor administers, or of the actor, to decide by it: it is not to be shown.
func (s *People) find(ctx context.Context, a Actor, id PersonID) (Person, error) {
	p, err := s.people.Find(ctx, string(id))
	if err == nil && p.ID != a.ID && !p.BelongsTo(a.Kept()) {
		err = Fail(NotFound, "error.person.unknown")
	}
	if err != nil {
		return Person{}, asUnknown(err, "error.person.unknown")
	}
	return p, nil
}

// Search lists the people of an organisation and below one of whose names begins with a text, by that name, one page at a time. An empty text lists all.
// Each is told of as by Find.
func (s *People) Search(ctx context.Context, a Actor, org OrganisationID, text string, at PageAt) ([]Person, string, error) {
	if err := a.mayRead(); err != nil {
		return nil, "", err
	}
	if len(a.Kept()) == 0 {
		return nil, "", Fail(Forbidden, "error.role")
	}
	if org == "" {
		org = a.Kept()[0]
	}
	o, err := s.organisations.Find(ctx, string(org))
	if err != nil || !a.Keeps(o.Within) {
		return nil, "", cmpErr(notNotFound(err), Fail(NotFound, "error.organisation.unknown"))
	}
	if err := s.note.of(ctx, nil, a, Act{Verb: "people.list", Object: string(org), Within: o.Within}); err != nil {
		return nil, "", err
	}
	prefix := string(org) + "/f/"
	if text = Fold(text); text != "" {
		prefix = string(org) + "/w/" + text
	}
	found, next, err := s.people.Page(ctx, Query{Index: "within", Prefix: prefix, After: at.After, Limit: at.Limit})
	for i, p := range found {
		found[i] = p.asSeenBy(a)
	}
	return found, next, err
}

// Count counts the people of an organisation and below.
func (s *People) Count(ctx context.Context, a Actor, org OrganisationID) (int, error) {
	if err := a.mayRead(); err != nil {
		return 0, err
	}
	o, err := s.organisations.Find(ctx, string(org))
	if err != nil || !a.Keeps(o.Within) {
		return 0, cmpErr(err, Fail(NotFound, "error.organisation.unknown"))
	}
	return s.people.Count(ctx, Query{Index: "within", Prefix: string(org) + "/f/"})
}

// NewLink makes a fresh activation link for somebody whom the actor administers; older ones stop working. A person who holds a role outside
// the actor's organisations, or has left them for others, must be helped by an administrator of those.
func (s *People) NewLink(ctx context.Context, a Actor, id PersonID) (Added, error) {
	if err := a.MustKeep(); err != nil {
		return Added{}, err
	}
	p, err := s.find(ctx, a, id)
	if err != nil {
		return Added{}, err
	}
	ours, theirs := false, false
	for _, m := range ActorOf(p, s.now(), Everything).Memberships {
		within := a.Keeps(m.Within)
		if m.Role != Learner && !a.MayGive(m.Role, m.Within) {
			return Added{}, Fail(Forbidden, "error.person.link")
		}
		ours, theirs = ours || within, theirs || !within
	}
	if theirs && !ours {
		return Added{}, Fail(Forbidden, "error.person.link")
	}
	link, err := s.accounts.newLink(ctx, id, LinkLife)
	err = s.note.of(ctx, err, a, aboutPerson("person.link", p, a))
	return Added{Person: p.asSeenBy(a), Link: link}, err
}

// Names tells how people are called. It asks nobody who they are: it is for pages on which people already see one another's work. Who is no more has no name.
func (s *People) Names(ctx context.Context, ids []PersonID) (map[PersonID]string, error) {
	out := map[PersonID]string{}
	for _, id := range ids {
		if _, known := out[id]; known {
			continue
		}
		p, err := s.people.Find(ctx, string(id))
		if err != nil && !Is(err, NotFound) {
			return nil, err
		}
		out[id] = p.Name()
	}
	return out, nil
}
