package lms_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
)

// kept lists the ids of a collection.
func (w *town) kept(t testing.TB, collection string) []string {
	t.Helper()
	var out []string
	for _, s := range w.state(t) {
		if rest, ok := strings.CutPrefix(s, collection+"/"); ok {
			id, _, _ := strings.Cut(rest, " ")
			out = append(out, id)
		}
	}
	return out
}

func TestTheSweepRemovesWhatIsOver(t *testing.T) {
	const day = 24 * time.Hour
	link := func(f *front) {
		_, err := f.Accounts.LinkFor(f.t.Context(), "anna.rossi@ala.example")
		f.ok(err)
	}
	used := func(f *front) {
		secret, err := f.Accounts.LinkFor(f.t.Context(), "anna.rossi@ala.example")
		f.ok(err)
		_, err = f.Accounts.UseLink(f.t.Context(), secret, "una nuova parola")
		f.ok(err)
	}
	token := func(f *front) {
		_, err := f.Accounts.AddToken(f.t.Context(), f.anna, "prova", lms.ScopeRead, 1)
		f.ok(err)
	}
	session := func(f *front) { f.signedIn() }
	for _, c := range []struct {
		name, collection string
		add              func(*front)
		after            time.Duration
		left             int
	}{
		{"a session", "sessions", session, 12 * time.Hour, 1},
		{"a session that is over", "sessions", session, 12*time.Hour + time.Second, 0},
		{"a link", "links", link, lms.LinkLife - time.Second, 1},
		{"a link that is over", "links", link, lms.LinkLife + time.Second, 0},
		{"a used link", "links", used, time.Second, 0},
		{"a token", "tokens", token, day - time.Second, 1},
		{"a token that expired lately, which its person should see", "tokens", token, 30 * day, 1},
		{"a token that expired a month ago", "tokens", token, 31*day + time.Second, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFront(t)
			c.add(f)
			f.clock.pass(c.after)
			f.ok(f.Sweep(t.Context()))
			if got := f.kept(t, c.collection); len(got) != c.left {
				t.Errorf("%d are left: %v", len(got), got)
			}
			f.ok(f.Sweep(t.Context()))
		})
	}
}

// A sweep does so much and no more, and the next goes on.
func TestTheSweepIsBounded(t *testing.T) {
	f := newFront(t)
	old, err := lms.OpenRecords(t.Context(), f.engine, withoutExpiry())
	f.ok(err)
	together(t, 8, func(i int) error {
		for j := range 128 {
			l := lms.Link{ID: string(rune('a'+i)) + strings.Repeat("x", j), Person: f.anna.ID, Expires: f.clock.now().Add(-time.Hour)}
			if err := old.Add(t.Context(), l); err != nil {
				return err
			}
		}
		return nil
	})
	s := f.node()
	for _, want := range []int{24, 0, 0} {
		f.ok(s.Sweep(t.Context()))
		if got := f.kept(t, "links"); len(got) != want {
			t.Fatalf("%d are left, want %d", len(got), want)
		}
	}
}

// withoutExpiry is how links were kept before the sweep looked for them.
func withoutExpiry() lms.Noun[lms.Link] {
	return lms.Noun[lms.Link]{Name: "links", ID: func(l lms.Link) string { return l.ID }, Indexes: []lms.Index[lms.Link]{
		{Name: "person", Keys: func(l lms.Link) []string { return []string{string(l.Person)} }},
	}}
}

// Links that were kept by an older version get their new keys when the school opens.
func TestTheSweepFindsLinksOfAnOlderVersion(t *testing.T) {
	f := newFront(t)
	old, err := lms.OpenRecords(t.Context(), f.engine, withoutExpiry())
	f.ok(err)
	now := f.clock.now()
	for _, l := range []lms.Link{
		{ID: "over", Expires: now.Add(-time.Second)}, {ID: "used", Expires: now.Add(time.Hour), Used: now.Add(-time.Second)}, {ID: "good", Expires: now.Add(time.Hour)},
	} {
		l.Person = f.anna.ID
		f.ok(old.Add(t.Context(), l))
	}
	f.ok(f.Sweep(t.Context()))
	if got := f.kept(t, "links"); len(got) != 3 {
		t.Fatalf("without the keys the sweep leaves %v: this test shows nothing", got)
	}
	s := f.node()
	f.ok(s.Sweep(t.Context()))
	if got := f.kept(t, "links"); !slices.Equal(got, []string{"good"}) {
		t.Errorf("left: %v", got)
	}
}
