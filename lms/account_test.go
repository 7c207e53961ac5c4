package lms_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
)

// front is a town with people who have a password.
type front struct {
	*town
	anna lms.Actor
}

const annasPassword = "una parola d’ordine"

func newFront(t testing.TB) *front {
	t.Helper()
	w := newTown(t)
	w.org("ala", "")
	hash, err := w.Accounts.HashPassword(t.Context(), annasPassword)
	w.ok(err)
	p, err := w.People.InstallActivated(t.Context(), lms.NewPerson{Email: "Anna.Rossi@ala.example", Given: "Anna", Family: "Rossi", Organisation: "ala"}, hash)
	w.ok(err)
	return &front{w, lms.ActorOf(p, w.clock.now(), lms.Everything)}
}

// signedIn opens a session of Anna's.
func (f *front) signedIn() string {
	f.t.Helper()
	secret, who, err := f.Accounts.SignIn(f.t.Context(), "anna.rossi@ala.example", annasPassword, "192.0.2.1")
	f.ok(err)
	if who.ID != f.anna.ID {
		f.t.Fatalf("signed in as %v", who)
	}
	return secret
}

// who holds a session's secret, by its id; "" for nobody.
func (f *front) who(secret string) lms.PersonID {
	f.t.Helper()
	a, err := f.Accounts.Who(f.t.Context(), secret)
	f.ok(err)
	return a.ID
}

func TestSignInTellsNothingOfWhoExists(t *testing.T) {
	f := newFront(t)
	_, err := f.People.Install(t.Context(), lms.NewPerson{Email: "nuova@ala.example", Given: "N", Family: "N", Organisation: "ala"})
	f.ok(err)
	try := func(login, password string) (string, time.Duration) {
		begin := time.Now()
		secret, who, err := f.Accounts.SignIn(t.Context(), login, password, "192.0.2.7")
		took := time.Since(begin)
		if err == nil || secret != "" || !who.Nobody() {
			t.Errorf("%s signed in", login)
		}
		wantKind(t, err, lms.Invalid, "password")
		return said(err), took
	}
	want, wrong := try("anna.rossi@ala.example", "sbagliata")
	shortest := wrong
	for _, c := range [][2]string{
		{"nessuno@ala.example", annasPassword}, {"nuova@ala.example", ""}, {"nuova@ala.example", annasPassword}, {"", ""}, {"", annasPassword},
		{"anna.rossi@ala.example", ""}, {"anna.rossi@ala.example", strings.ToUpper(annasPassword)}, {"anna.rossi@ala.example\x00", annasPassword}, {strings.Repeat("a", 100_000), "x"},
	} {
		got, took := try(c[0], c[1])
		if got != want {
			t.Errorf("%.30q: %q, want %q", c[0], got, want)
		}
		shortest = min(shortest, took)
	}
	if shortest < wrong/20 {
		t.Errorf("a wrong password took %v, somebody unknown %v", wrong, shortest)
	}
}

func TestSignInTakesALoginInAnyCase(t *testing.T) {
	f := newFront(t)
	for _, login := range []string{"Anna.Rossi@ala.example", " ANNA.ROSSI@ALA.EXAMPLE\n"} {
		secret, who, err := f.Accounts.SignIn(t.Context(), login, annasPassword, "192.0.2.1")
		if err != nil || who.ID != f.anna.ID || f.who(secret) != f.anna.ID {
			t.Errorf("%q: %v", login, err)
		}
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	f := newFront(t)
	for range 6 {
		_, _, err := f.Accounts.SignIn(t.Context(), "anna.rossi@ala.example", "sbagliata", "192.0.2.1")
		wantKind(t, err, lms.Invalid, "password")
	}
	_, _, err := f.Accounts.SignIn(t.Context(), "Anna.Rossi@ala.example", annasPassword, "192.0.2.1")
	wantKind(t, err, lms.TooMany, "")
	if _, _, err := f.Accounts.SignIn(t.Context(), "anna.rossi@ala.example", annasPassword, "198.51.100.1"); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	f.clock.pass(time.Second)
	f.signedIn()
}

func TestNewPasswords(t *testing.T) {
	f := newFront(t)
	for _, c := range []struct {
		password string
		good     bool
	}{
		{"", false}, {"novechars", false}, {"dieci char", true}, {"àèìòùçñßø", false}, {"àèìòùçñßøå", true}, {"          ", false}, {"password", false}, {"Estate2026!", false},
		{"anna.rossi.2026", false}, {strings.Repeat("un giorno di", 16) + "sole vero", false}, {strings.Repeat("un giorno d", 18) + "ì", true},
	} {
		link, err := f.Accounts.LinkFor(t.Context(), "anna.rossi@ala.example")
		f.ok(err)
		session, err := f.Accounts.UseLink(t.Context(), link, c.password)
		if c.good && (err != nil || f.who(session) != f.anna.ID) {
			t.Errorf("%q: %v", c.password, err)
		}
		if !c.good {
			wantKind(t, err, lms.Invalid, "password")
			if _, err := f.Accounts.OpenLink(t.Context(), link); err != nil {
				t.Errorf("%q used the link up: %v", c.password, err)
			}
		}
	}
}

func TestANewPasswordEndsEverySession(t *testing.T) {
	f := newFront(t)
	one, two := f.signedIn(), f.signedIn()
	_, err := f.Accounts.ChangePassword(t.Context(), f.anna, "sbagliata", "una nuova parola")
	wantKind(t, err, lms.Invalid, "old")
	_, err = f.Accounts.ChangePassword(t.Context(), f.anna, annasPassword, "corta")
	wantKind(t, err, lms.Invalid, "new")
	if f.who(one) == "" || f.who(two) == "" {
		t.Error("a password that was not changed ended a session")
	}
	session, err := f.Accounts.ChangePassword(t.Context(), f.anna, annasPassword, "una nuova parola")
	if err != nil || f.who(session) != f.anna.ID || f.who(one) != "" || f.who(two) != "" {
		t.Errorf("%v; sessions %q %q %q", err, f.who(session), f.who(one), f.who(two))
	}
	_, _, err = f.Accounts.SignIn(t.Context(), "anna.rossi@ala.example", annasPassword, "192.0.2.1")
	wantKind(t, err, lms.Invalid, "password")
	link, err := f.Accounts.LinkFor(t.Context(), "anna.rossi@ala.example")
	f.ok(err)
	if _, err := f.Accounts.UseLink(t.Context(), link, "ancora una"); err != nil || f.who(session) != "" {
		t.Errorf("a link's password leaves a session open: %v", err)
	}
}

func TestOldPasswordsCannotBeGuessedThere(t *testing.T) {
	f := newFront(t)
	for range 6 {
		_, err := f.Accounts.ChangePassword(t.Context(), f.anna, "sbagliata", "una nuova parola")
		wantKind(t, err, lms.Invalid, "old")
	}
	_, err := f.Accounts.ChangePassword(t.Context(), f.anna, annasPassword, "una nuova parola")
	wantKind(t, err, lms.TooMany, "")
}

func TestALinkWorksOnceAndForAWeek(t *testing.T) {
	f := newFront(t)
	ctx := t.Context()
	link := func() string { l, err := f.Accounts.LinkFor(ctx, "anna.rossi@ala.example"); f.ok(err); return l }
	gone := func(what, l string) {
		t.Helper()
		_, err := f.Accounts.OpenLink(ctx, l)
		wantKind(t, err, lms.NotFound, "")
		_, err = f.Accounts.UseLink(ctx, l, "una nuova parola")
		if wantKind(t, err, lms.NotFound, ""); t.Failed() {
			t.Error(what)
		}
	}
	old := link()
	for range 3 { // as mail scanners do
		p, err := f.Accounts.OpenLink(ctx, old)
		if err != nil || p.ID != f.anna.ID {
			t.Fatal(p, err)
		}
	}
	newer := link()
	gone("an older link", old)
	f.clock.pass(lms.LinkLife - time.Second)
	wins := 0
	results := make([]bool, 8)
	together(t, len(results), func(i int) error {
		_, err := f.Accounts.UseLink(ctx, newer, fmt.Sprint("una nuova parola ", i))
		results[i] = err == nil
		if lms.Is(err, lms.NotFound) {
			return nil
		}
		return err
	})
	for _, won := range results {
		if won {
			wins++
		}
	}
	if wins != 1 {
		t.Errorf("a link was used %d times", wins)
	}
	gone("a used link", newer)
	late := link()
	f.clock.pass(lms.LinkLife)
	gone("a link of a week ago", late)
	gone("no link", "")
	gone("an unknown link", "AAAABBBB")
}

func TestASessionEnds(t *testing.T) {
	f := newFront(t)
	used, idle, out := f.signedIn(), f.signedIn(), f.signedIn()
	f.ok(f.Accounts.SignOut(t.Context(), out))
	f.ok(f.Accounts.SignOut(t.Context(), out))
	f.ok(f.Accounts.SignOut(t.Context(), "unknown"))
	for range 12 {
		f.clock.pass(time.Hour)
		if f.who(used) != f.anna.ID {
			t.Fatal("a session in use ended")
		}
	}
	for name, secret := range map[string]string{"idle": idle, "signed out": out, "none": "", "unknown": "AAAA"} {
		if f.who(secret) != "" {
			t.Errorf("%s: still open", name)
		}
	}
	f.clock.pass(time.Second)
	f.ok(f.Sweep(t.Context()))
	left := slices.DeleteFunc(f.state(t), func(s string) bool { return !strings.HasPrefix(s, "sessions/") })
	if len(left) != 1 || f.who(used) != f.anna.ID {
		t.Errorf("after the sweep: %v", left)
	}
}

func TestAnotherNodeLearnsOfASignOut(t *testing.T) {
	f := newFront(t)
	secret, other := f.signedIn(), f.node()
	if a, err := other.Accounts.Who(t.Context(), secret); err != nil || a.ID != f.anna.ID {
		t.Fatal(a, err)
	}
	f.ok(f.Accounts.SignOut(t.Context(), secret))
	f.clock.pass(5 * time.Second)
	if a, err := other.Accounts.Who(t.Context(), secret); err != nil || !a.Nobody() {
		t.Errorf("still open: %v", err)
	}
}

func TestSecretsAreKeptNowhere(t *testing.T) {
	f := newFront(t)
	session := f.signedIn()
	link, err := f.Accounts.LinkFor(t.Context(), "anna.rossi@ala.example")
	f.ok(err)
	token, err := f.Accounts.AddToken(t.Context(), f.anna, "prova", lms.ScopeRead, 30)
	f.ok(err)
	for _, c := range lms.Collections() {
		for e, err := range f.engine.Scan(t.Context(), c.Name, lms.Range{Index: lms.IndexSpec{Name: "id", Unique: true}}) {
			f.ok(err)
			for _, secret := range []string{session, link, token, annasPassword} {
				if strings.Contains(e.ID+string(e.Body)+fmt.Sprint(e.Keys), secret) {
					t.Errorf("%s/%s holds a secret", c.Name, e.ID)
				}
			}
		}
	}
}

func TestAMembershipThatIsOverGivesNoRole(t *testing.T) {
	f := newFront(t)
	boss := f.person("capo", "ala", lms.Administrator)
	token, err := f.Accounts.AddToken(t.Context(), boss, "prova", lms.ScopeRead, 30)
	f.ok(err)
	if a, err := f.Accounts.Bearer(t.Context(), token); err != nil || !a.Is(lms.Administrator) {
		t.Fatal(a, err)
	}
	f.endMemberships(boss.ID)
	f.clock.pass(5 * time.Second)
	a, err := f.Accounts.Bearer(t.Context(), token)
	if err != nil || a.ID != boss.ID || a.Is(lms.Administrator) || a.Is(lms.Learner) || len(a.Memberships) != 0 {
		t.Errorf("%+v %v", a, err)
	}
}

func TestTokens(t *testing.T) {
	f := newFront(t)
	ctx := t.Context()
	for _, c := range []struct {
		name, token, field string
		scope              lms.Scope
		days               int
	}{
		{"no name", "  ", "name", lms.ScopeRead, 30},
		{"a long name", strings.Repeat("x", 81), "name", lms.ScopeRead, 30},
		{"everything", "x", "scope", lms.Everything, 30},
		{"an unknown scope", "x", "scope", "write", 30},
		{"no days", "x", "days", lms.ScopeRead, 0},
		{"for ever", "x", "days", lms.ScopeRead, 367},
	} {
		_, err := f.Accounts.AddToken(ctx, f.anna, c.token, c.scope, c.days)
		wantKind(t, err, lms.Invalid, c.field)
	}
	short, err := f.Accounts.AddToken(ctx, f.anna, "corta", lms.ScopeRead, 1)
	f.ok(err)
	long, err := f.Accounts.AddToken(ctx, f.anna, "lunga", lms.ScopePublish, 366)
	f.ok(err)
	f.clock.pass(24 * time.Hour)
	if a, err := f.Accounts.Bearer(ctx, short); err != nil || !a.Nobody() {
		t.Errorf("a token that is over: %v %v", a, err)
	}
	if a, err := f.Accounts.Bearer(ctx, long); err != nil || a.ID != f.anna.ID || a.Scope != lms.ScopePublish {
		t.Errorf("a token: %v %v", a, err)
	}
	if a, err := f.Accounts.Who(ctx, long); err != nil || !a.Nobody() {
		t.Errorf("a token is no session: %v %v", a, err)
	}
	all, err := f.Accounts.Tokens(ctx, f.anna)
	f.ok(err)
	for _, x := range all {
		f.ok(f.Accounts.RevokeToken(ctx, f.anna, x.ID))
	}
	if a, err := f.Accounts.Bearer(ctx, long); err != nil || !a.Nobody() || len(all) != 2 {
		t.Errorf("a revoked token: %v %v", a, err)
	}
	for _, secret := range []string{"", "aula_", "aula_unknown", "unknown"} {
		if a, err := f.Accounts.Bearer(ctx, secret); err != nil || !a.Nobody() {
			t.Errorf("%q: %v %v", secret, a, err)
		}
	}
}
