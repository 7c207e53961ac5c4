package course_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"aulacomune/course"
)

// covered is the coverage of these intervals.
func covered(is ...course.Interval) course.Coverage { return course.Coverage(nil).Union(is) }

// drawIntervals are stretches of a recording of a minute, in hundredths of a second, some empty or reversed.
func drawIntervals(t *rapid.T, name string) []course.Interval {
	moment := rapid.Map(rapid.IntRange(0, 6000), func(i int) float64 { return float64(i) / 100 })
	one := rapid.Custom(func(t *rapid.T) course.Interval { return course.Interval{moment.Draw(t, "from"), moment.Draw(t, "to")} })
	near := rapid.Custom(func(t *rapid.T) course.Interval { // many small ones, so that they meet
		from := moment.Draw(t, "from")
		return course.Interval{from, from + float64(rapid.IntRange(-2, 40).Draw(t, "length"))/100}
	})
	return rapid.SliceOfN(rapid.OneOf(one, near), 0, 12).Draw(t, name)
}

func TestCoverageIsASetOfMoments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y, z := drawIntervals(t, "x"), drawIntervals(t, "y"), drawIntervals(t, "z")
		a, b, c := covered(x...), covered(y...), covered(z...)
		same(t, "commutative", a.Union(b), b.Union(a))
		same(t, "associative", a.Union(b).Union(c), a.Union(b.Union(c)))
		same(t, "idempotent", a.Union(b).Union(b), a.Union(b))
		same(t, "the order of the intervals does not matter", covered(append(slices.Clone(y), x...)...), covered(append(slices.Clone(x), y...)...))
		tidy(t, a.Union(b))
		if all := a.Union(b).Length(); all < max(a.Length(), b.Length())-1e-9 {
			t.Fatalf("a union is shorter than a part: %v", all)
		}
	})
}

func TestAddStaysWithinTheBudgetAndLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, more := covered(drawIntervals(t, "before")...), drawIntervals(t, "more")
		checkAdd(t, c, more, float64(rapid.IntRange(-100, 7000).Draw(t, "budget"))/100)
	})
}

// checkAdd holds the promises of Add against one case.
func checkAdd(t rapid.TB, c course.Coverage, more []course.Interval, budget float64) {
	t.Helper()
	kept, sent := slices.Clone(c), slices.Clone(more)
	got, dropped := c.Add(more, budget)
	all := c.Union(more)
	most := max(budget, c.Length())
	switch {
	case !slices.Equal(kept, c) || !slices.Equal(sent, more):
		t.Fatalf("Add changed what it was given")
	case got.Length() > most+1e-6:
		t.Fatalf("%v seconds, the budget allows %v", got.Length(), most)
	case !slices.Equal(got.Union(c), got):
		t.Fatalf("%v does not hold all that was there: %v", got, c)
	case !slices.Equal(all.Union(got), all):
		t.Fatalf("%v holds more than was given: %v", got, all)
	case dropped < 0 || dropped == 0 && !slices.Equal(got, all):
		t.Fatalf("dropped %v of %v, got %v", dropped, all, got)
	case all.Length() <= most && dropped > 0:
		t.Fatalf("dropped %v within the budget", dropped)
	case dropped > 0 && got.Length() < min(most, all.Length())-0.05*float64(len(more)+3):
		t.Fatalf("only %v seconds of a budget of %v", got.Length(), most)
	case math.Abs(got.Length()+dropped-all.Length()) > 0.05*float64(len(more)+3):
		t.Fatalf("%v kept and %v dropped are not %v", got.Length(), dropped, all.Length())
	}
	tidy(t, got)
}

// tidy fails unless the intervals are in order and neither touch nor overlap.
func tidy(t rapid.TB, c course.Coverage) {
	t.Helper()
	for i, x := range c {
		if !(x[0] < x[1]) || i > 0 && x[0] <= c[i-1][1] {
			t.Fatalf("not tidy: %v", c)
		}
	}
}

func same(t *rapid.T, what string, a, b course.Coverage) {
	t.Helper()
	if !slices.Equal(a, b) {
		t.Fatalf("%s: %v is not %v", what, a, b)
	}
}

func TestAddTable(t *testing.T) {
	for _, c := range []struct {
		name    string
		before  course.Coverage
		more    []course.Interval
		budget  float64
		want    course.Coverage
		dropped float64
	}{
		{"all of it", nil, []course.Interval{{0, 10}}, 10, covered(course.Interval{0, 10}), 0},
		{"cut at the end", nil, []course.Interval{{0, 10}}, 4, covered(course.Interval{0, 4}), 6},
		{"no budget", nil, []course.Interval{{0, 10}}, 0, nil, 10},
		{"a clock that went back", covered(course.Interval{0, 5}), []course.Interval{{0, 10}}, -7, covered(course.Interval{0, 5}), 5},
		{"what was there is free", covered(course.Interval{0, 5}), []course.Interval{{0, 7}}, 6, covered(course.Interval{0, 6}), 1},
		{"around what was there", covered(course.Interval{4, 6}), []course.Interval{{0, 10}}, 7, covered(course.Interval{0, 7}), 3},
		{"the second of two", nil, []course.Interval{{20, 23}, {0, 10}}, 5, covered(course.Interval{20, 23}, course.Interval{0, 2}), 8},
		{"a frame's gap is none", covered(course.Interval{0, 5}), []course.Interval{{5.04, 8}}, 8, covered(course.Interval{0, 8}), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, dropped := c.before.Add(c.more, c.budget)
			if !slices.Equal(got, c.want) || math.Abs(dropped-c.dropped) > 1e-9 {
				t.Errorf("%v and %v dropped, want %v and %v", got, dropped, c.want, c.dropped)
			}
		})
	}
}

func TestPercentTable(t *testing.T) {
	for _, c := range []struct {
		name    string
		watched course.Coverage
		seconds float64
		want    int
	}{
		{"nothing", nil, 60, 0},
		{"nothing of a recording of no length", nil, 0, 0},
		{"nothing of less than half a second", nil, 0.4, 0},
		{"half", covered(course.Interval{0, 30}), 60, 50},
		{"rounded down", covered(course.Interval{0, 59.3}), 60, 98},
		{"less than half a second short", covered(course.Interval{0, 59.6}), 60, 100},
		{"all", covered(course.Interval{0, 60}), 60, 100},
		{"two stretches", covered(course.Interval{0, 15}, course.Interval{40, 55}), 60, 50},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.watched.Percent(c.seconds); got != c.want {
				t.Errorf("%d %%, want %d", got, c.want)
			}
		})
	}
}

// Who has watched exactly what a rule asks for is done: no rounding asks for one percent more and no second more.
func TestPercentOfExactlySoMuchIsThatMuch(t *testing.T) {
	for seconds := 50; seconds <= 600; seconds++ {
		for percent := 1; percent <= 100; percent++ {
			to := float64(seconds*percent) / 100
			if got := covered(course.Interval{0, to}).Percent(float64(seconds)); got < percent {
				t.Fatalf("%v of %d seconds is %d %%, want %d", to, seconds, got, percent)
			}
		}
	}
}

func FuzzCoverage(f *testing.F) {
	f.Add([]byte{0, 100, 50, 150, 200, 201}, uint16(90), uint8(1))
	f.Add([]byte{0, 10, 11, 20, 5, 30, 29, 3}, uint16(12), uint8(2))
	f.Fuzz(func(t *testing.T, data []byte, budget uint16, split uint8) {
		var is []course.Interval
		for i := 0; i+1 < len(data) && len(is) < 40; i += 2 {
			is = append(is, course.Interval{float64(data[i]) / 20, float64(data[i+1]) / 20})
		}
		k := min(int(split), len(is))
		checkAdd(t, covered(is[:k]...), is[k:], float64(budget)/100)
		if a, b := covered(is[:k]...).Union(is[k:]), covered(is[k:]...).Union(is[:k]); !slices.Equal(a, b) {
			t.Fatalf("%v is not %v", a, b)
		}
	})
}
