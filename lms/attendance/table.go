package attendance

import (
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// table is a part of a file with headings, and the rows below them.
type table struct {
	line    int // of the headings
	heads   []string
	columns map[column]place
	terms   []term // of all headings
	rows    []sheet.Row
}

func (t table) has(cols ...column) bool {
	for _, c := range cols {
		if _, ok := t.columns[c]; !ok {
			return false
		}
	}
	return true
}

// cell is what stands in a column of a row; "" where the table has no such column.
func (t table) cell(r sheet.Row, c column) string {
	if p, ok := t.columns[c]; ok {
		return r.Cell(p.index)
	}
	return ""
}

// written is the cell of a time, with the zone of its heading.
func (t table) written(r sheet.Row, c column) written {
	return written{t.cell(r, c), t.columns[c].zone}
}

// moment is the cell of a time; the day is in a column of its own where a table has one.
func (t table) moment(r sheet.Row, c column) written {
	w := t.written(r, c)
	for _, day := range []column{colDay, colLogged} {
		if d := t.cell(r, day); d != "" && !blank(w.text) && !strings.ContainsAny(w.text, "/-") && len(w.text) < 16 {
			w.text = d + " " + w.text
			break
		}
	}
	return w
}

// parted is a file taken apart: what it says of the meeting, and its tables of people.
type parted struct {
	about   map[column]written // of the meeting
	tables  []table
	titled  bool // with numbered titles over its parts
	guessed []Problem
	terms   []term
}

// part takes rows apart.
func part(rows []sheet.Row) parted {
	p := parted{about: map[column]written{}}
	open := false // below the headings of people
	for i := 0; i < len(rows); i++ {
		r := rows[i]
		if titled(r) {
			p.titled, open = true, false
			continue
		}
		t := headings(r)
		switch {
		case t.ofPeople(r, open):
			p.tables, open = append(p.tables, t), true
		case open:
			last := &p.tables[len(p.tables)-1]
			last.rows = append(last.rows, r)
		case t.ofMeeting() && i+1 < len(rows):
			i++
			p.notes(t, rows[i])
		default:
			p.line(r)
		}
	}
	for i, t := range p.tables {
		p.guessed = append(p.guessed, p.tables[i].guess()...)
		if p.terms = append(p.terms, t.terms...); len(t.rows) > 0 {
			p.notes(t, t.rows[0])
		}
	}
	return p
}

// titled says whether a row is the title of a part: "2. Participants" alone.
func titled(r sheet.Row) bool {
	c := r.Cell(0)
	return len(r.Cells) == 1 && len(c) > 3 && len(c) < 80 && c[0] >= '1' && c[0] <= '9' && c[1] == '.' && c[2] == ' '
}

// headings reads a row as headings; the columns of one that is none are few.
func headings(r sheet.Row) table {
	t := table{line: r.Line, heads: r.Cells, columns: map[column]place{}}
	name := -1 // where the columns of a person begin, in tables that say the same of the meeting before
	for i, c := range r.Cells {
		m, p := meaning(c)
		if m.col == colNone {
			continue
		}
		p.index = i
		t.terms = append(t.terms, m)
		if was, twice := t.columns[m.col]; !twice || name >= 0 && was.index < name {
			t.columns[m.col] = p
		}
		if m.col == colName && name < 0 {
			name = i
		}
	}
	if n, ok := t.columns[colName]; ok && t.has(colFamily) && !t.has(colGiven) {
		delete(t.columns, colName)
		t.columns[colGiven] = n
	}
	return t
}

// ofPeople says whether a row is the headings of a table of people. Inside of one it takes more: somebody may be called Guest, with the role Attendee.
func (t table) ofPeople(r sheet.Row, inside bool) bool {
	who := t.has(colName) || t.has(colFamily) || t.has(colEmail) && t.has(colJoin, colLeave) || t.has(colEmail, colLogged)
	if !who || len(t.columns) < 2 && len(r.Cells) < 4 {
		return false
	}
	for _, c := range r.Cells {
		if strings.ContainsAny(c, "0123456789@") && len(t.columns) < 4 {
			return false
		}
	}
	return len(t.columns) > 2 || !inside
}

// ofMeeting says whether these are headings over one row about the meeting.
func (t table) ofMeeting() bool {
	return t.has(colStart, colEnd) || t.has(colTitle, colStart) || t.has(colTitle, colCount)
}

// ofMeetings are the columns about a meeting.
func ofMeetings() []column { return []column{colTitle, colDay, colStart, colEnd, colCount} }

// notes takes what a row says of the meeting.
func (p *parted) notes(t table, r sheet.Row) {
	for _, c := range ofMeetings() {
		if w := t.written(r, c); w.text != "" {
			p.note(c, w)
		}
	}
	p.terms = append(p.terms, t.terms...)
}

// line takes a line with a word and its value; the two may stand in one cell with a colon between them.
func (p *parted) line(r sheet.Row) {
	word, value := r.Cell(0), r.Cell(1)
	if value == "" {
		before, after, ok := strings.Cut(word, ":")
		if !ok || lms.Fold(before) == "" {
			return
		}
		word, value = before, strings.TrimSpace(after)
	}
	m, at := meaning(word)
	if m.col == colNone {
		return
	}
	p.terms = append(p.terms, m)
	p.note(m.col, written{value, at.zone})
}

// note keeps the first that is said of something.
func (p *parted) note(c column, w written) {
	if _, said := p.about[c]; !said {
		p.about[c] = w
	}
}

// lang is the language of most headings.
func (p *parted) lang() string {
	counts := map[string]int{}
	for _, t := range p.terms {
		counts[t.lang]++
	}
	switch {
	case counts["it"] > counts["en"]:
		return "it"
	case counts["en"] > 0:
		return "en"
	}
	return ""
}

// marks counts the headings that stand in reports of a kind alone.
func (p *parted) marks(k Kind) (n int) {
	for _, t := range p.terms {
		if t.kind == k {
			n++
		}
	}
	return n
}
