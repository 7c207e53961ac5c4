package storagetest_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// words are strings that orders disagree about: accents composed and not, case, space, digits, signs that a query language may read,
// other scripts, the two ends of UTF-8.
var words = [...]string{
	"", " ", "a", "A", "à", "a\u0300", "ab", "a b", "aB", "Ab", "á", "b", "B", "z", "Z", "è", "é", "E", "ß", "ss", "ñ", "0", "1", "10", "2", "-1",
	"$gt", "$", ".", "a.b", "%", "_", "'", "\"", "\\", "\t", "\n", "\x01", "\x7f", "ö", "中", "é中", "😀", "\uFFFD", "\U0010FFFD", "D'Amico", "De Luca", "Dell'Òrto", "null",
}

// sample is one thing for each word, with other keys that mix.
func sample() []thing {
	var out []thing
	for i, w := range words {
		t := thing{ID: fmt.Sprintf("%s-%d", words[(i*7)%len(words)], i), Surname: w, Town: words[(i*5)%9], Points: int64((i*37)%11-5) * 1_000_000_007}
		t.Born = time.Date(1950+(i*13)%60, 1, 1, 0, 0, 0, 0, time.UTC)
		if i%3 == 0 {
			t.Code = "c" + w
		}
		for j := range i % 4 {
			t.Tags = append(t.Tags, words[(i*3+j*11)%len(words)])
		}
		if i%5 == 0 {
			t.Logins = []string{w, "zz" + w}
		}
		out = append(out, t)
	}
	return out
}

func queries(index string) map[string]lms.Query {
	q := map[string]lms.Query{
		"all": {}, "equal": {Equal: "a"}, "equal to nothing there": {Equal: "nobody"},
		"in": {In: []string{"é", "", "a", "A", "a", "zz", "\uFFFD"}}, "in nothing": {In: []string{}},
		"prefix": {Prefix: "a"}, "prefix with an accent": {Prefix: "é"}, "prefix of digits": {Prefix: "19"}, "prefix of a sign": {Prefix: "$"},
		"from": {From: "E"}, "to": {To: "b"}, "from to": {From: "1", To: "é"}, "from behind to": {From: "z", To: "a"},
	}
	for name, v := range maps.Clone(q) {
		v.Index = index
		q[name] = v
		v.Limit = 3
		q[name+", three"] = v
		v.Reverse = true
		q[name+", last three"] = v
		v.Limit = 0
		q[name+", reverse"] = v
	}
	return q
}

// Both engines list by every index in the order of the keys' bytes.
func TestOrder(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		r := open(t, s, "things")
		all := sample()
		for _, x := range all {
			if err := r.Add(t.Context(), x); err != nil {
				t.Fatal(err)
			}
		}
		for _, index := range indexes() {
			for name, q := range queries(index) {
				checkQuery(t, r, all, fmt.Sprintf("%s: %s", index, name), q)
			}
		}
	})
}

// tester is a test, or one of rapid's.
type tester interface {
	rapid.TB
	Context() context.Context
}

// checkQuery compares List, Count and the walk through pages with the model.
func checkQuery(t tester, r *lms.Records[thing], all []thing, name string, q lms.Query) {
	t.Helper()
	got, err := listed(t.Context(), r, q)
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if diff := cmp.Diff(ids(expect(all, q)), got); diff != "" {
		t.Errorf("%s: lists (-want +got):\n%s", name, diff)
	}
	if q.Limit > 0 {
		return
	}
	want := expect(all, q)
	if n, err := r.Count(t.Context(), q); err != nil || n != len(want) {
		t.Errorf("%s: count %d, error %v, want %d", name, n, err, len(want))
	}
	q.Limit = 4
	if diff := cmp.Diff(pagesOf(want, q.Limit), walk(t, r, q)); diff != "" {
		t.Errorf("%s: pages (-want +got):\n%s", name, diff)
	}
}

// walk follows the cursor to the end.
func walk(t tester, r *lms.Records[thing], q lms.Query) (pages [][]string) {
	t.Helper()
	for {
		items, next, err := r.Page(t.Context(), q)
		if err != nil {
			t.Errorf("page: %v", err)
			return pages
		}
		var page []string
		for _, x := range items {
			page = append(page, x.ID)
		}
		pages = append(pages, page)
		if next == "" || len(pages) > 1000 {
			return pages
		}
		q.After = next
	}
}

// pagesOf cuts entries into pages in which each id stands once: a page ends before the first new id that it has no place for.
func pagesOf(entries []pair, size int) [][]string {
	pages := [][]string{nil}
	for _, p := range entries {
		last := &pages[len(pages)-1]
		if slices.Contains(*last, p.id) {
			continue
		}
		if len(*last) == size {
			pages = append(pages, nil)
			last = &pages[len(pages)-1]
		}
		*last = append(*last, p.id)
	}
	return pages
}

// Whatever is added, changed and removed, every index says what the model says.
func TestRandom(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s storagetest.Store) {
		r := open(t, s, "things")
		rapid.Check(t, func(rt *rapid.T) {
			m := machine{r: r, all: map[string]thing{}}
			rt.Cleanup(func() { m.clear(t) })
			rt.Repeat(rapid.StateMachineActions(&m))
		})
	})
}

// machine is a random walk beside a model.
type machine struct {
	r   *lms.Records[thing]
	all map[string]thing
}

func (m *machine) clear(t *testing.T) {
	for id := range m.all {
		if err := m.r.Remove(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
}

var (
	word  = rapid.OneOf(rapid.SampledFrom(words[:]), rapid.StringMatching(`[abAB\.$àé ]{0,3}`))
	named = rapid.StringMatching(`[abc]{1,2}`)
)

func drawThing(t *rapid.T, id string) thing {
	return thing{
		ID: id, Surname: word.Draw(t, "surname"), Town: word.Draw(t, "town"), Points: rapid.Int64().Draw(t, "points"),
		Born: time.Unix(rapid.Int64Range(-1e9, 2e9).Draw(t, "born"), 0).UTC(),
		Code: rapid.SampledFrom([]string{"", "", "x", "y", "é"}).Draw(t, "code"), Tags: rapid.SliceOfN(word, 0, 4).Draw(t, "tags"),
		Logins: rapid.SliceOfNDistinct(named, 0, 2, rapid.ID[string]).Draw(t, "logins"), Share: rapid.Float64().Draw(t, "share"),
		Text: rapid.String().Draw(t, "text"), Extra: map[string]any{"$" + word.Draw(t, "name"): word.Draw(t, "value"), "a.b": nil, "": []any{true, 1.5, map[string]any{}}},
	}
}

// collides says which unique index, if any, the model holds a thing to be in the way of.
func (m *machine) collides(x thing) string {
	for id, other := range m.all {
		switch {
		case id == x.ID:
		case x.Code != "" && other.Code == x.Code:
			return "code"
		case slices.ContainsFunc(x.Logins, func(l string) bool { return slices.Contains(other.Logins, l) }):
			return "logins"
		}
	}
	return ""
}

// Add adds a thing, or is told of what stands in the way.
func (m *machine) Add(t *rapid.T) {
	x := drawThing(t, named.Draw(t, "id"))
	_, there := m.all[x.ID]
	way := m.collides(x)
	switch err := m.r.Add(t.Context(), x); {
	case err == nil && !there && way == "":
		m.all[x.ID] = x
	case err == nil:
		t.Fatalf("added %+v twice", x)
	case there && way == "" && x.Code == "" && len(x.Logins) == 0 && !lms.IsTaken(err, "id"):
		t.Fatal(err)
	case (there || way != "") && lms.Is(err, lms.Conflict):
	default:
		t.Fatal(err)
	}
}

// Change gives a thing other contents and so other keys.
func (m *machine) Change(t *rapid.T) {
	x := drawThing(t, named.Draw(t, "id"))
	_, there := m.all[x.ID]
	way := m.collides(x)
	switch _, err := m.r.Change(t.Context(), x.ID, func(old *thing) error { *old = x; return nil }); {
	case err == nil && there && way == "":
		m.all[x.ID] = x
	case err == nil:
		t.Fatalf("changed to %+v", x)
	case !there && lms.Is(err, lms.NotFound), way != "" && lms.Is(err, lms.Conflict):
	default:
		t.Fatal(err)
	}
}

// Remove takes a thing away.
func (m *machine) Remove(t *rapid.T) {
	id := named.Draw(t, "id")
	_, there := m.all[id]
	switch err := m.r.Remove(t.Context(), id); {
	case err == nil && there:
		delete(m.all, id)
	case !there && lms.Is(err, lms.NotFound):
	default:
		t.Fatalf("remove %s: %v", id, err)
	}
}

// Check reads one thing back whole and asks one index something.
func (m *machine) Check(t *rapid.T) {
	all := slices.Collect(maps.Values(m.all))
	for _, x := range all {
		got, err := m.r.Find(t.Context(), x.ID)
		if diff := cmp.Diff(x, got, cmp.Comparer(sameSlice)); err != nil || diff != "" {
			t.Fatalf("%s (-want +got): error %v\n%s", x.ID, err, diff)
		}
	}
	q := lms.Query{Index: rapid.SampledFrom(indexes()).Draw(t, "index"), Reverse: rapid.Bool().Draw(t, "reverse"), Limit: rapid.IntRange(0, 3).Draw(t, "limit")}
	switch rapid.IntRange(0, 4).Draw(t, "query") {
	case 0:
		q.Equal = word.Draw(t, "equal")
	case 1:
		q.In = rapid.SliceOfN(word, 0, 5).Draw(t, "in")
	case 2:
		q.Prefix = word.Draw(t, "prefix")
	case 3:
		q.From, q.To = word.Draw(t, "from"), word.Draw(t, "to")
	}
	checkQuery(t, m.r, all, fmt.Sprintf("%+v", q), q)
}

// sameSlice takes an empty slice for a missing one, as JSON does.
func sameSlice(a, b []string) bool { return slices.Equal(a, b) }
