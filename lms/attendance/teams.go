package attendance

import (
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// Teams writes three parts under numbered titles (a summary, the participants, their stays); before 2021 it wrote one table of actions, and for a
// while a summary with one table of participants. What says when somebody was there are the stays; where they are missing, the first entrance and
// the last exit.

// teamsMarks counts what only Teams writes.
func teamsMarks(p *parted) int {
	n := 2 * p.marks(Teams)
	if p.titled {
		n += 2
	}
	return n
}

// readTeams reads a report of Teams.
func readTeams(p *parted) found {
	f := found{kind: Teams}
	var people, stays, actions *table
	for i := range p.tables {
		switch t := &p.tables[i]; {
		case t.has(colAction, colMoment):
			actions = t
		case t.has(colFirst) || t.has(colLast) || t.has(colTotal):
			people = t
		case t.has(colJoin) && people == nil && len(p.tables) == 1:
			people = t
		case t.has(colJoin):
			stays = t
		}
	}
	switch {
	case actions != nil:
		f.actions(*actions)
	case people != nil || stays != nil:
		f.stays(people, stays)
	case len(p.tables) == 0:
		f.problems = append(f.problems, grave(NoTable))
	default:
		f.problems = append(f.problems, grave(timeless(p.tables[0])))
		f.named(p.tables[0])
	}
	return f
}

// named keeps the people of a table without times.
func (f *found) named(t table) {
	for _, r := range t.rows {
		row := t.person(f, r.Line, func(c column) string { return t.cell(r, c) })
		f.people++
		f.drafts = append(f.drafts, draft{Row: row, absent: true})
	}
}

// stays reads the participants and their stays.
func (f *found) stays(people, stays *table) {
	listed := map[string]Row{}
	if people != nil {
		for _, r := range people.rows {
			d := f.participant(*people, r)
			f.people++
			listed[whoIs(d.Row)] = d.Row
		}
	}
	told := map[string]bool{}
	if stays != nil {
		for _, r := range stays.rows {
			d := f.stay(*stays, r)
			who := whoIs(d.Row)
			if p, ok := listed[who]; ok {
				d.Emails, d.Role = p.Emails, p.Role
				if p.Stated > 0 {
					d.Stated, d.Whole = p.Stated, true
				}
			}
			told[who] = true
			f.drafts = append(f.drafts, d)
		}
	}
	if people == nil {
		f.people = len(told)
		return
	}
	problems := f.problems
	for _, r := range people.rows {
		if d := f.participant(*people, r); !told[whoIs(d.Row)] {
			f.drafts = append(f.drafts, d)
		}
	}
	f.problems = problems // what is wrong with the rows was said the first time
}

// whoIs is by what the parts of a report name the same participant.
func whoIs(r Row) string {
	email := ""
	if len(r.Emails) > 0 {
		email = r.Emails[0]
	}
	return strings.ToLower(r.Name) + "\x00" + email
}

// participant reads a row of participants.
func (f *found) participant(t table, r sheet.Row) draft {
	cell := func(c column) string { return t.cell(r, c) }
	d := draft{Row: t.person(f, r.Line, cell), join: t.written(r, colFirst), leave: t.written(r, colLast)}
	if t.has(colJoin) {
		d.join, d.leave = t.written(r, colJoin), t.written(r, colLeave)
	}
	length := colTotal
	if !t.has(colTotal) {
		length = colDuration
	}
	d.Stated, d.Whole, d.lump = t.duration(f, r.Line, cell(length), length), true, true
	f.cutShort(t, r, d)
	return d
}

// stay reads a row of stays.
func (f *found) stay(t table, r sheet.Row) draft {
	cell := func(c column) string { return t.cell(r, c) }
	d := draft{Row: t.person(f, r.Line, cell), join: t.written(r, colJoin), leave: t.written(r, colLeave)}
	d.Stated = t.duration(f, r.Line, cell(colDuration), colDuration)
	f.cutShort(t, r, d)
	return d
}

// cutShort notes a row that ends before its times do: the last of a file that was cut off.
func (f *found) cutShort(t table, r sheet.Row, d draft) {
	switch {
	case d.Name == "" && len(d.Emails) == 0:
		f.problems = append(f.problems, note(r.Line, RowNoName))
	case len(r.Cells) == 1 && len(t.columns) > 2:
		f.problems = append(f.problems, note(r.Line, RowShort))
	}
}

// actions reads the table of actions.
func (f *found) actions(t table) {
	seen := map[string]bool{}
	for _, r := range t.rows {
		cell := func(c column) string { return t.cell(r, c) }
		d := draft{Row: t.person(f, r.Line, cell), join: t.written(r, colMoment), does: actionOf(cell(colAction))}
		f.cutShort(t, r, d)
		if d.does == stayed {
			f.problems = append(f.problems, note(r.Line, RowIsNothing, "Cell", cell(colAction)))
			d.absent = true
		}
		if who := whoIs(d.Row); !seen[who] {
			seen[who] = true
			f.people++
		}
		f.drafts = append(f.drafts, d)
	}
}

// actionOf reads what somebody did; stayed where it is neither.
func actionOf(cell string) action {
	f := lms.Fold(cell)
	for _, w := range []string{"left", "leave", "abbandon", "usci", "lascia", "disconn"} {
		if strings.Contains(f, w) {
			return exited
		}
	}
	for _, w := range []string{"join", "partecip", "entra", "ingress", "access", "unit", "connes"} {
		if strings.Contains(f, w) {
			return entered
		}
	}
	return stayed
}
