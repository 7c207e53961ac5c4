package ledger

import "slices"

// Fewest is how many people a sum must be over to be shown to whoever may not see them one by one.
const Fewest = 5

// Row is a row of a table that parts people into groups, as somebody would see it who may not see all of them.
type Row struct {
	Unseen int  // people in it whom they may not see one by one
	Known  bool // its sum is shown to them elsewhere, so that it must be, and protects no other
}

// Withhold says which rows of a table are not to be shown, and whether its total is. A sum over one to four unseen people is withheld. The total less
// all that is shown is the sum over what is withheld: where that would be over fewer than five, the smallest rows that are not known are
// withheld as well, and where there are none left, the total. What can be worked out from the rest is then a sum over none or at least five of them:
// rows are disjoint, so every combination of rows and total that is a group of people is a union of shown rows and of all that is withheld.
func Withhold(rows []Row) (hidden []bool, total bool) {
	hidden = make([]bool, len(rows))
	all, dark := 0, 0
	for i, r := range rows {
		all += r.Unseen
		if r.few() {
			hidden[i] = true
			dark += r.Unseen
		}
	}
	if all > 0 && all < Fewest {
		return hidden, true
	}
	if dark == 0 || dark >= Fewest {
		return hidden, false
	}
	others := make([]int, 0, len(rows))
	for i, r := range rows {
		if !hidden[i] && !r.Known && r.Unseen > 0 {
			others = append(others, i)
		}
	}
	if len(others) == 0 {
		return hidden, true
	}
	smallest := slices.MinFunc(others, func(a, b int) int { return rows[a].Unseen - rows[b].Unseen }) // of five or more: one is enough
	hidden[smallest] = true
	return hidden, false
}

// few says whether a row is over too few, but somebody.
func (r Row) few() bool { return r.Unseen > 0 && r.Unseen < Fewest }
