package attendance

import (
	"slices"

	"aulacomune/lms/sheet"
)

// Headings change with versions and languages. Where a table of people has none that we know for a time, its cells tell: the first column that holds
// times is the entrance, the next the exit. The report says that this was guessed.

// mostLooked is how many rows of a table are looked at.
const mostLooked = 50

// guess finds the columns of times by their cells, in a table whose headings name none.
func (t *table) guess() []Problem {
	for _, c := range []column{colJoin, colLeave, colFirst, colLast, colMoment, colLogged} {
		if t.has(c) {
			return nil
		}
	}
	var found []int
	for i := range t.heads {
		if t.timed(i) {
			found = append(found, i)
		}
	}
	if len(found) < 2 || t.has(colAction) {
		return nil
	}
	t.columns[colJoin], t.columns[colLeave] = place{index: found[0]}, place{index: found[1]}
	return []Problem{note(t.line, Guessed, "Join", t.heads[found[0]], "Leave", t.heads[found[1]])}
}

// timed says whether nothing but times stand in an unknown column, and in most rows.
func (t *table) timed(i int) bool {
	for _, p := range t.columns {
		if p.index == i {
			return false
		}
	}
	rows := t.rows[:min(len(t.rows), mostLooked)]
	blanks := 0
	odd := slices.ContainsFunc(rows, func(r sheet.Row) bool {
		cell := r.Cell(i)
		if blank(cell) {
			blanks++
			return false
		}
		s, ok := readStamp(written{text: cell})
		return !ok || !s.timed
	})
	return !odd && blanks*2 < len(rows)
}
