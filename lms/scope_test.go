package lms_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"aulacomune/course"
	"aulacomune/lms"
)

// region is a tree of enti: all of them under one, and ala with a part of its own.
//
//	valle ─ ala ─ ala-scuola
//	      └ bosco
type region struct {
	*town
	learner, done                                           lms.Actor // of ala
	boss, admin, below, beside, author, colleague, formerly lms.Actor
	enrolment                                               lms.EnrolmentID
	code                                                    string
}

func newRegion(t testing.TB) *region {
	t.Helper()
	return newRegionIn(newTown(t))
}

func newRegionIn(w *town) *region {
	w.t.Helper()
	w.org("valle", "")
	w.org("ala", "valle")
	w.org("ala-scuola", "ala")
	w.org("bosco", "valle")
	r := &region{town: w}
	r.boss, r.admin = w.person("direttrice", "valle", lms.Administrator), w.person("capo", "ala", lms.Administrator)
	r.below, r.beside = w.person("preside", "ala-scuola", lms.Administrator), w.person("altro", "bosco", lms.Administrator)
	r.author, r.colleague = w.person("autrice", "ala", lms.Author), w.person("bruno", "ala", lms.Learner)
	r.learner, r.done = w.person("anna", "ala", lms.Learner), w.person("carla", "ala", lms.Learner)
	gone := w.person("uscito", "ala", lms.Administrator)
	w.endMemberships(gone.ID)
	r.formerly = w.again(gone)
	w.publish(r.author, lessons("corso", reading("a")))
	r.enrolment = r.earn(r.done, lessons("corso", reading("a"))).Enrolment.ID
	r.code = string(r.standing(r.done, r.enrolment).Enrolment.Certificate())
	return r
}

// again is somebody as an actor now.
func (w *town) again(a lms.Actor) lms.Actor {
	w.t.Helper()
	p, err := w.People.Find(w.t.Context(), a, a.ID)
	w.ok(err)
	return lms.ActorOf(p, w.clock.now(), lms.Everything)
}

// deed is one method of a service, asked about something of ala.
type deed struct {
	method    string
	changes   bool
	by        lms.Role      // who of ala may do it
	elsewhere lms.ErrorKind // what somebody with that role elsewhere hears; NotFound when zero
	do        func(ctx context.Context, a lms.Actor) error
}

// deeds are the methods of the services that ask for a role.
func (r *region) deeds() []deed {
	s := r.School
	n := 0
	next := func() string { n++; return fmt.Sprint("nuovo", n) }
	admin, author := lms.Administrator, lms.Author
	return []deed{
		{"People.Add", true, admin, lms.Invalid, func(ctx context.Context, a lms.Actor) error {
			_, err := s.People.Add(ctx, a, lms.NewPerson{Login: next(), Given: "N", Family: "R", Organisation: "ala"})
			return err
		}},
		{"People.Check", true, admin, lms.Invalid, func(ctx context.Context, a lms.Actor) error {
			_, err := s.People.Check(ctx, a, &lms.NewPerson{Login: next(), Given: "N", Family: "R", Organisation: "ala"})
			return err
		}},
		{"People.Find", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.People.Find(ctx, a, r.learner.ID)
			return err
		}},
		{"People.Search", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			found, _, err := s.People.Search(ctx, a, "ala", "", lms.PageAt{})
			return cmp(err, len(found) > 3, "nobody is found")
		}},
		{"People.Count", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			n, err := s.People.Count(ctx, a, "ala")
			return cmp(err, n > 3, "nobody is counted")
		}},
		{"People.NewLink", true, admin, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.People.NewLink(ctx, a, r.learner.ID)
			return err
		}},
		{"Learning.EnrolPerson", true, admin, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Learning.EnrolPerson(ctx, a, r.learner.ID, "corso")
			return err
		}},
		{"Learning.Standing", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Learning.Standing(ctx, a, r.enrolment)
			return err
		}},
		{"Learning.IssueFor", true, admin, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Learning.IssueFor(ctx, a, r.enrolment)
			return err
		}},
		{"Learning.InCourse", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			found, _, err := s.Learning.InCourse(ctx, a, "ala", "corso", lms.PageAt{})
			return cmp(err, len(found) > 0, "nobody is found")
		}},
		{"Learning.CountInCourse", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			n, err := s.Learning.CountInCourse(ctx, a, "ala", "corso")
			return cmp(err, n > 0, "nobody is counted")
		}},
		{"Learning.OfPerson", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			found, err := s.Learning.OfPerson(ctx, a, r.done.ID)
			return cmp(err, len(found) == 1, "nothing is found")
		}},
		{"Learning.Preview", false, author, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Learning.Preview(ctx, a, "corso")
			return err
		}},
		{"Register.Administered", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Register.Administered(ctx, a, r.code)
			return err
		}},
		{"Register.Rows", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			rows, _, err := s.Register.Rows(ctx, a, "ala", "", 0)
			return cmp(err, len(rows) > 0, "no rows")
		}},
		{"Organisations.Set", true, admin, 0, func(ctx context.Context, a lms.Actor) error {
			return s.Organisations.Set(ctx, a, lms.Organisation{ID: "ala", Name: "Comune di " + next()})
		}},
		{"Publishing.Publish", true, author, lms.Invalid, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Publishing.Publish(ctx, a, "ala", encoded(r.t, lessons("altro", reading(course.ObjectID(next())))), next())
			return err
		}},
		{"Publishing.Restore", true, author, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Publishing.Restore(ctx, a, "corso", 1, next())
			if lms.Is(err, lms.Conflict) { // by who may: it is the latest
				return nil
			}
			return err
		}},
		{"Publishing.Withdraw", true, author, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Publishing.Withdraw(ctx, a, "corso", 1, next())
			return err
		}},
		{"Publishing.Offer", true, author, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Publishing.Offer(ctx, a, "corso", 1)
			return err
		}},
		{"Publishing.Source", false, author, 0, func(ctx context.Context, a lms.Actor) error {
			_, o, err := s.Publishing.Source(ctx, a, "corso", 1)
			if err == nil {
				err = o.Close()
			}
			return err
		}},
		{"Learning.Content", false, author, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Learning.Content(ctx, a, "corso", 1)
			return err
		}},
		{"Learning.Follow", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			f, err := s.Learning.Follow(ctx, a, "corso")
			return cmp(err, len(f.Editions) == 1 && f.Editions[0].People > 0, "nobody is counted")
		}},
		{"Learning.Compare", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Learning.Compare(ctx, a, "corso", 1, 1)
			return err
		}},
		{"Learning.PreviewMove", false, admin, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Learning.PreviewMove(ctx, a, lms.MoveOrder{Course: "corso", To: 1, Organisation: "ala"}, lms.PageAt{})
			return err
		}},
		{"Learning.Move", true, admin, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Learning.Move(ctx, a, lms.MoveOrder{Course: "corso", To: 1, Organisation: "ala"})
			return err
		}},
		{"Register.Revoke", true, admin, 0, func(ctx context.Context, a lms.Actor) error {
			_, err := s.Register.Revoke(ctx, a, r.code, "errore")
			if lms.Is(err, lms.Conflict) { // by who may, a moment ago
				return nil
			}
			return err
		}},
	}
}

// cmp is err, or that something is not so.
func cmp(err error, so bool, otherwise string) error {
	if err == nil && !so {
		err = errors.New(otherwise)
	}
	return err
}

// ownMethods ask for an actor and answer with what is the actor's own, or with what belongs to nobody: other tests hold them.
func ownMethods() []string {
	return strings.Fields(`Learning.Enrol Learning.Mine Learning.All Learning.Record Learning.WatchedWithoutScript Learning.OpenMedia Learning.OpenEnrolledMedia Learning.WhatChanged Register.Mine
		Accounts.Me Accounts.ChangePassword Accounts.SetLang Accounts.AddToken Accounts.Tokens Accounts.RevokeToken
		Organisations.Administered Publishing.MissingMedia Publishing.PutMedia Publishing.TakeMedia Learning.UndoMove Learning.Batches Learning.Batch Learning.Pending`)
}

func TestEveryMethodThatTakesAnActorIsHeldByATest(t *testing.T) {
	var s lms.School
	known := ownMethods()
	for _, d := range (&region{town: &town{School: &s}}).deeds() {
		known = append(known, d.method)
	}
	for _, service := range []any{s.People, s.Learning, s.Register, s.Organisations, s.Publishing, s.Accounts, s.Library} {
		of := reflect.TypeOf(service)
		for i := range of.NumMethod() {
			m := of.Method(i)
			name := of.Elem().Name() + "." + m.Name
			takes := false
			for j := range m.Type.NumIn() {
				takes = takes || m.Type.In(j) == reflect.TypeFor[lms.Actor]()
			}
			if takes && !slices.Contains(known, name) {
				t.Errorf("%s takes an actor and stands in no table", name)
			}
		}
	}
}

// state is every record there is with its revision: what a refused deed may not change.
func (w *town) state(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, c := range lms.Collections() {
		for e, err := range w.engine.Scan(t.Context(), c.Name, lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, fmt.Sprint(c.Name, "/", e.ID, " ", e.Rev))
		}
	}
	return out
}

func TestWhatIsOfOneEnteIsForItsOwnPeople(t *testing.T) {
	r := newRegion(t)
	scoped := func(a lms.Actor, s lms.Scope) lms.Actor { a.Scope = s; return a }
	for _, d := range r.deeds() {
		may := map[lms.Role]lms.Actor{lms.Administrator: r.admin, lms.Author: r.author}[d.by]
		if d.elsewhere == 0 {
			d.elsewhere = lms.NotFound
		}
		type who struct {
			name  string
			actor lms.Actor
			want  []lms.ErrorKind // none: it is allowed
		}
		refused := []lms.ErrorKind{lms.Forbidden, lms.NotFound}
		cases := []who{
			{"nobody", lms.Actor{}, []lms.ErrorKind{lms.SignIn}},
			{"a colleague", r.colleague, refused},
			{"who was an administrator once", r.formerly, refused},
			{"an administrator of another ente", r.beside, []lms.ErrorKind{d.elsewhere}},
			{"an administrator of a part", r.below, []lms.ErrorKind{d.elsewhere}},
			{"a token that only publishes", scoped(r.admin, lms.ScopePublish), refused},
			{"a token that only reads", scoped(may, lms.ScopeRead), nil},
			{"who may", may, nil},
			{"the administrator above", r.boss, nil},
		}
		if d.changes {
			cases[6].want = []lms.ErrorKind{lms.Forbidden}
		}
		if d.by == lms.Author {
			cases[3].want, cases[4].want, cases[8] = append(refused, d.elsewhere), append(refused, d.elsewhere), who{"the author, still", may, nil}
		}
		for _, c := range cases {
			t.Run(d.method+" by "+c.name, func(t *testing.T) {
				before := r.state(t)
				err := d.do(t.Context(), c.actor)
				if c.want == nil {
					if err != nil {
						t.Error(err)
					}
					return
				}
				if err == nil || !slices.Contains(c.want, lms.KindOf(err)) {
					t.Errorf("got %v, want one of %v", err, c.want)
				}
				if after := r.state(t); !slices.Equal(before, after) {
					t.Error("something changed")
				}
			})
		}
	}
}

// Somebody of another ente and somebody who does not exist are the same to an administrator: kind and message.
func TestAPersonOfAnotherEnteIsNotDisclosed(t *testing.T) {
	r := newRegion(t)
	ctx, s := t.Context(), r.School
	for name, ask := range map[string]func(lms.PersonID) error{
		"Find":        func(id lms.PersonID) error { _, err := s.People.Find(ctx, r.beside, id); return err },
		"NewLink":     func(id lms.PersonID) error { _, err := s.People.NewLink(ctx, r.beside, id); return err },
		"EnrolPerson": func(id lms.PersonID) error { _, err := s.Learning.EnrolPerson(ctx, r.beside, id, "corso"); return err },
		"OfPerson":    func(id lms.PersonID) error { _, err := s.Learning.OfPerson(ctx, r.beside, id); return err },
	} {
		there, not := said(ask(r.learner.ID)), said(ask("0190-nobody"))
		if there != not {
			t.Errorf("%s: %q and %q", name, there, not)
		}
	}
	standing := func(id lms.EnrolmentID) error { _, err := s.Learning.Standing(ctx, r.beside, id); return err }
	if there, not := said(standing(r.enrolment)), said(standing("0190-none")); there != not {
		t.Errorf("Standing: %q and %q", there, not)
	}
}

// said is what a person reads of an error.
func said(err error) string {
	if e, ok := errors.AsType[*lms.Error](err); ok {
		return fmt.Sprint(e.Kind, " ", e.Message, " ", e.Fields)
	}
	return fmt.Sprint(err)
}

func TestListsHoldOnlyTheOwnTree(t *testing.T) {
	r := newRegion(t)
	names := func(a lms.Actor, org lms.OrganisationID, after string) []string {
		found, _, err := r.People.Search(t.Context(), a, org, "", lms.PageAt{After: after})
		r.ok(err)
		var out []string
		for _, p := range found {
			out = append(out, p.Login)
		}
		slices.Sort(out)
		return out
	}
	if got := names(r.beside, "", ""); !slices.Equal(got, []string{"altro"}) {
		t.Errorf("bosco: %v", got)
	}
	if got := names(r.below, "", ""); !slices.Equal(got, []string{"preside"}) {
		t.Errorf("ala-scuola: %v", got)
	}
	if got := names(r.boss, "", ""); len(got) != 9 {
		t.Errorf("valle: %v", got)
	}
	_, next, err := r.People.Search(t.Context(), r.admin, "ala", "", lms.PageAt{Limit: 1})
	if err != nil || next == "" {
		t.Fatal(next, err)
	}
	if got := names(r.beside, "bosco", next); len(got) > 1 || len(got) == 1 && got[0] != "altro" {
		t.Errorf("a cursor of ala opens %v to bosco", got)
	}
	all, err := r.Organisations.Administered(t.Context(), r.boss)
	if err != nil || len(all) != 4 {
		t.Errorf("%v %v", all, err)
	}
	if all, err = r.Organisations.Administered(t.Context(), r.colleague); err != nil || len(all) != 0 {
		t.Errorf("%v %v", all, err)
	}
}

// alsoOfBosco gives somebody of ala a membership of bosco, behind the one they have, which change may change.
func (r *region) alsoOfBosco(id lms.PersonID, role lms.Role, change func(map[string]any)) {
	r.t.Helper()
	r.edit("people", string(id), func(p map[string]any) {
		old := p["memberships"].([]any)[0].(map[string]any)
		next := maps.Clone(old)
		next["organisation"], next["name"], next["within"], next["role"] = "bosco", "Comune di bosco", []string{"valle", "bosco"}, role
		change(old)
		p["memberships"] = []any{old, next}
	})
}

// newKeys gives people the keys of what was edited: a version without their indexes, and then this one again, writes them anew.
func (w *town) newKeys() {
	w.t.Helper()
	same := func(map[string]any) error { return nil }
	_, err := lms.OpenRecords(w.t.Context(), w.engine, lms.Noun[lms.Person]{Name: "people", ID: func(p lms.Person) string { return string(p.ID) }, Upgrades: []lms.Upgrade{same, same}})
	w.ok(err)
	w.node()
}

// That somebody is known to another ente, and what they are there, is told to nobody but themselves and who administers both.
func TestMembershipsOfAnotherEnteAreNotDisclosed(t *testing.T) {
	r := newRegion(t)
	r.alsoOfBosco(r.learner.ID, lms.Learner, func(map[string]any) {})
	r.newKeys() // by which the other ente finds her
	for _, c := range []struct {
		name  string
		actor lms.Actor
		want  []lms.OrganisationID
	}{
		{"the ente's administrator", r.admin, []lms.OrganisationID{"ala"}},
		{"the other ente's", r.beside, []lms.OrganisationID{"bosco"}},
		{"the one above both", r.boss, []lms.OrganisationID{"ala", "bosco"}},
		{"she herself", r.again(r.learner), []lms.OrganisationID{"ala", "bosco"}},
	} {
		for how, ask := range map[string]func(lms.Actor) (lms.Person, error){
			"Find": func(a lms.Actor) (lms.Person, error) { return r.People.Find(t.Context(), a, r.learner.ID) },
			"NewLink": func(a lms.Actor) (lms.Person, error) {
				got, err := r.People.NewLink(t.Context(), a, r.learner.ID)
				return got.Person, err
			},
			"Search": func(a lms.Actor) (lms.Person, error) {
				found, _, err := r.People.Search(t.Context(), a, "", "anna", lms.PageAt{})
				if err != nil || len(found) != 1 {
					return lms.Person{}, fmt.Errorf("%d found, %w", len(found), err)
				}
				return found[0], nil
			},
		} {
			if c.actor.ID == r.learner.ID && how != "Find" {
				continue
			}
			p, err := ask(c.actor)
			var got []lms.OrganisationID
			for _, m := range p.Memberships {
				got = append(got, m.Organisation)
			}
			if err != nil || p.Login != "anna" || !slices.Equal(got, c.want) {
				t.Errorf("%s to %s: %v of %v, error %v", how, c.name, got, p.Login, err)
			}
		}
	}
	p, err := r.People.Find(t.Context(), r.below, r.learner.ID)
	if wantKind(t, err, lms.NotFound, ""); p.Name() != "" {
		t.Errorf("with the refusal comes %+v", p)
	}
}

// A refused link says so, and not where else the person is known.
func TestALinkIsRefusedInItsOwnWords(t *testing.T) {
	for _, c := range []struct {
		name   string
		role   lms.Role // in bosco
		change func(r *region, old map[string]any)
	}{
		{"who is an author elsewhere", lms.Author, func(*region, map[string]any) {}},
		{"who is an administrator elsewhere", lms.Administrator, func(*region, map[string]any) {}},
		{"who has left for elsewhere", lms.Learner, func(r *region, old map[string]any) { old["to"] = r.clock.now() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRegion(t)
			r.alsoOfBosco(r.learner.ID, c.role, func(old map[string]any) { c.change(r, old) })
			_, err := r.People.NewLink(t.Context(), r.admin, r.learner.ID)
			if got, want := said(err), said(lms.Fail(lms.Forbidden, "error.person.link")); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if _, err := r.People.NewLink(t.Context(), r.boss, r.learner.ID); err != nil {
				t.Errorf("whoever is above both: %v", err)
			}
		})
	}
}

// Who moved to another ente is no longer helped, enrolled or followed by the one they left.
func TestAnEnteThatSomebodyLeftHasNoHoldOnThem(t *testing.T) {
	r := newRegion(t)
	r.alsoOfBosco(r.learner.ID, lms.Learner, func(old map[string]any) { old["to"] = r.clock.now() })
	anna := r.again(r.learner)
	if got := anna.Roots(lms.Learner); !slices.Equal(got, []lms.OrganisationID{"bosco"}) {
		t.Fatalf("she belongs to %v", got)
	}
	r.earn(anna, lessons("corso", reading("a")))
	_, err := r.People.NewLink(t.Context(), r.admin, anna.ID)
	if err == nil {
		t.Error("the ente she left may set her password")
	}
	if all, err := r.Learning.OfPerson(t.Context(), r.admin, anna.ID); err == nil && len(all) > 0 {
		t.Error("the ente she left sees what she learns now")
	}
	if _, err := r.Learning.EnrolPerson(t.Context(), r.admin, anna.ID, "corso"); err == nil {
		t.Error("the ente she left may enrol her")
	}
	if _, err := r.People.NewLink(t.Context(), r.beside, anna.ID); err != nil {
		t.Errorf("her new ente may not help her: %v", err)
	}
	if all, err := r.Learning.OfPerson(t.Context(), r.beside, anna.ID); err != nil || len(all) != 1 {
		t.Errorf("her new ente does not see what she learns: %v", err)
	}
}

// The issuer revoked it: an ente of the learner's cannot have another issued.
func TestOnlyTheIssuerIssuesAgain(t *testing.T) {
	r := newRegion(t)
	r.publish(r.person("capace", "valle", lms.Author), lessons("regionale", reading("a")))
	st := r.earn(r.done, lessons("regionale", reading("a")))
	_, err := r.Register.Revoke(t.Context(), r.boss, string(st.Enrolment.Certificate()), "errore")
	r.ok(err)
	before := r.state(t)
	_, err = r.Learning.IssueFor(t.Context(), r.admin, st.Enrolment.ID)
	wantKind(t, err, lms.Forbidden, "")
	if !slices.Equal(before, r.state(t)) {
		t.Error("something changed")
	}
	again, err := r.Learning.IssueFor(t.Context(), r.boss, st.Enrolment.ID)
	if err != nil || len(again.Enrolment.Certificates) != 2 {
		t.Errorf("%v %v", err, again.Enrolment.Certificates)
	}
	if _, err = r.Learning.IssueFor(t.Context(), r.admin, st.Enrolment.ID); err != nil {
		t.Errorf("one that is valid: %v", err)
	}
}

func TestATokenOfAnotherIsNotFound(t *testing.T) {
	r := newRegion(t)
	secret, err := r.Accounts.AddToken(t.Context(), r.learner, "prova", lms.ScopeRead, 30)
	r.ok(err)
	tokens, err := r.Accounts.Tokens(t.Context(), r.learner)
	if err != nil || len(tokens) != 1 {
		t.Fatal(tokens, err)
	}
	for _, a := range []lms.Actor{r.colleague, r.admin, {}} {
		if err := r.Accounts.RevokeToken(t.Context(), a, tokens[0].ID); err == nil {
			t.Error("somebody else revoked it")
		}
		if all, _ := r.Accounts.Tokens(t.Context(), a); len(all) > 0 {
			t.Errorf("%q sees %v", a.Name, all)
		}
	}
	reader, err := r.Accounts.Bearer(t.Context(), secret)
	if err != nil || reader.Scope != lms.ScopeRead {
		t.Fatal(reader, err)
	}
	wantKind(t, r.Accounts.RevokeToken(t.Context(), reader, tokens[0].ID), lms.Forbidden, "")
	wantKind(t, r.Accounts.SetLang(t.Context(), reader, "en"), lms.Forbidden, "")
	_, err = r.Accounts.AddToken(t.Context(), reader, "altro", lms.ScopeRead, 30)
	wantKind(t, err, lms.Forbidden, "")
	_, err = r.Learning.Enrol(t.Context(), reader, "corso")
	wantKind(t, err, lms.Forbidden, "")
	if _, err := r.Learning.All(t.Context(), reader); err != nil {
		t.Error(err)
	}
	wantKind(t, r.Accounts.SetLang(t.Context(), lms.Actor{}, "en"), lms.SignIn, "")
}
