package ledger_test

import (
	"math/big"
	"slices"
	"testing"

	"aulacomune/lms/ledger"

	"pgregory.net/rapid"
)

func TestWhatIsWithheld(t *testing.T) {
	rows := func(of ...int) []ledger.Row {
		var out []ledger.Row
		for _, n := range of {
			out = append(out, ledger.Row{Unseen: max(n, -n), Known: n < 0})
		}
		return out
	}
	for _, c := range []struct {
		name   string
		rows   []ledger.Row
		hidden []int
		total  bool
	}{
		{"nobody", rows(), nil, false},
		{"large groups", rows(5, 30, 7), nil, false},
		{"a group of four goes with the smallest other", rows(30, 4, 7), []int{1, 2}, false},
		{"two small groups protect one another", rows(3, 2, 10), []int{0, 1}, false},
		{"two that together are four do not", rows(3, 1, 10, 6), []int{0, 1, 3}, false},
		{"an empty group is no secret", rows(0, 4, 9), []int{1, 2}, false},
		{"a group whose people one sees protects nobody", rows(0, 4), []int{1}, true},
		{"all of them are four", rows(1, 3), []int{0, 1}, true},
		{"one group of three", rows(3), []int{0}, true},
		{"one group of five", rows(5), nil, false},
		{"what is shown elsewhere protects nobody", rows(-8, 2), []int{1}, true},
		{"what is shown elsewhere stays shown", rows(-8, 2, 20), []int{1, 2}, false},
	} {
		hidden, total := ledger.Withhold(c.rows)
		var got []int
		for i, h := range hidden {
			if h {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, c.hidden) || total != c.total {
			t.Errorf("%s: rows %v, total %t", c.name, got, total)
		}
	}
}

// Whatever table it is: from the rows and the total that are shown, with the people one sees oneself and the rows that are shown elsewhere, no sum over one
// to four of the others can be worked out. Worked out means: it is a linear combination of what is known.
func TestNothingUnderFiveCanBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []ledger.Row
		for range rapid.IntRange(0, 7).Draw(t, "rows") {
			r := ledger.Row{Unseen: rapid.IntRange(0, 8).Draw(t, "unseen")}
			r.Known = r.Unseen >= ledger.Fewest && rapid.IntRange(0, 3).Draw(t, "known") == 0
			rows = append(rows, r)
		}
		hidden, total := ledger.Withhold(rows)
		people, of := 0, []int{} // of each person, their row
		for i, r := range rows {
			for range r.Unseen {
				of = append(of, i)
				people++
			}
		}
		sum := func(in func(row int) bool) []int {
			v := make([]int, people)
			for p, row := range of {
				if in(row) {
					v[p] = 1
				}
			}
			return v
		}
		var known [][]int
		for i, r := range rows {
			if !hidden[i] || r.Known {
				known = append(known, sum(func(row int) bool { return row == i }))
			}
		}
		if !total {
			known = append(known, sum(func(int) bool { return true }))
		}
		for set := 1; set < 1<<len(rows); set++ {
			group := sum(func(row int) bool { return set>>row&1 == 1 })
			n := 0
			for _, x := range group {
				n += x
			}
			if n > 0 && n < ledger.Fewest && spans(known, group) {
				t.Fatalf("%+v hides %v, total %t: the sum over rows %b, %d people, can be worked out", rows, hidden, total, set, n)
			}
		}
		for p := range people { // nor is anybody alone
			one := make([]int, people)
			one[p] = 1
			if spans(known, one) {
				t.Fatalf("%+v hides %v, total %t: what person %d did can be worked out", rows, hidden, total, p)
			}
		}
		withoutNeed(t, rows, hidden, total)
	})
}

// withoutNeed fails when something is withheld that need not be.
func withoutNeed(t *rapid.T, rows []ledger.Row, hidden []bool, total bool) {
	few, more := 0, 0
	for i, r := range rows {
		switch {
		case hidden[i] && r.Unseen < ledger.Fewest:
			few += r.Unseen
		case hidden[i]:
			more++
		}
	}
	if more > 1 || more > 0 && (few == 0 || few >= ledger.Fewest) || total && (few == 0 || few >= ledger.Fewest) {
		t.Fatalf("%+v hides %v, total %t: more than is needed", rows, hidden, total)
	}
}

// spans says whether a vector is a linear combination of others: by elimination over the rationals.
func spans(of [][]int, v []int) bool { return rank(append(slices.Clone(of), v)) == rank(of) }

func rank(of [][]int) int {
	var m [][]*big.Rat
	for _, v := range of {
		var row []*big.Rat
		for _, x := range v {
			row = append(row, big.NewRat(int64(x), 1))
		}
		m = append(m, row)
	}
	r := 0
	for c := 0; len(m) > 0 && c < len(m[0]) && r < len(m); c++ {
		p := slices.IndexFunc(m[r:], func(row []*big.Rat) bool { return row[c].Sign() != 0 })
		if p < 0 {
			continue
		}
		m[r], m[r+p] = m[r+p], m[r]
		for i := r + 1; i < len(m); i++ {
			if m[i][c].Sign() == 0 {
				continue
			}
			f := new(big.Rat).Quo(m[i][c], m[r][c])
			for j := c; j < len(m[i]); j++ {
				m[i][j].Sub(m[i][j], new(big.Rat).Mul(f, m[r][j]))
			}
		}
		r++
	}
	return r
}
