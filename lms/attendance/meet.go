package attendance

import "time"

// Google Meet writes a table of participants with one entrance, one exit and the time between them that was spent there; the hours stand without
// their day, which is in the name of the file or nowhere. The log of the administrator's console has a line for each stay, written when it ended.

// meetMarks counts what only Meet writes: a log is known by its columns about the one who took part.
func meetMarks(p *parted) int {
	n := 2 * p.marks(Meet)
	for _, t := range p.tables {
		if t.has(colLogged) && !t.has(colDuration) {
			n -= 2 // a date alone stands in lists of paper too
		}
		if t.has(colGiven, colFamily, colEmail, colDuration, colJoin, colLeave) && !t.has(colSign) {
			n += 2 // in any language
		}
	}
	return n
}

// readMeet reads a report of Meet.
func readMeet(p *parted) found {
	f := found{kind: Meet}
	for _, t := range p.tables {
		log := t.has(colLogged, colDuration) && !t.has(colJoin)
		if log && t.columns[colDuration].unit == 0 {
			d := t.columns[colDuration]
			d.unit = time.Second // as that log has it
			t.columns[colDuration] = d
		}
		if !log && !t.has(colJoin) && !t.has(colLeave) {
			f.problems = append(f.problems, grave(timeless(t)))
		}
		for _, r := range t.rows {
			cell := func(c column) string { return t.cell(r, c) }
			d := draft{Row: t.person(&f, r.Line, cell), join: t.moment(r, colJoin), leave: t.moment(r, colLeave)}
			if log {
				d.leave = t.written(r, colLogged)
			}
			d.Whole, d.lump = !log, !log
			d.Stated = t.duration(&f, r.Line, cell(colDuration), colDuration)
			d.absent = !log && !t.has(colJoin) && !t.has(colLeave)
			f.cutShort(t, r, d)
			f.people++
			f.drafts = append(f.drafts, d)
		}
	}
	if len(p.tables) == 0 {
		f.problems = append(f.problems, grave(NoTable))
	}
	return f
}
