package attendance

// A list of paper has a row for each person, with entrance and exit or a signature. A signature without hours stands for the scheduled time: that is
// what was signed for. Tables of any other origin with names and hours are read in the same way. A column with fiscal numbers is not read.

// readPaper reads a list.
func readPaper(p *parted) found {
	f := found{kind: Paper}
	for _, t := range p.tables {
		timed := t.has(colJoin) || t.has(colLeave) || t.has(colFirst) || t.has(colLast)
		if !timed && !t.has(colSign) {
			f.problems = append(f.problems, grave(timeless(t)))
		}
		for _, r := range t.rows {
			cell := func(c column) string { return t.cell(r, c) }
			d := draft{Row: t.person(&f, r.Line, cell), join: t.moment(r, colJoin), leave: t.moment(r, colLeave)}
			if t.has(colFirst) {
				d.join, d.leave = t.written(r, colFirst), t.written(r, colLast)
			}
			d.Stated, d.Whole, d.lump = t.duration(&f, r.Line, cell(colDuration), colDuration), true, true
			d.Signed = signed(cell(colSign))
			if blank(d.join.text) && blank(d.leave.text) && !d.Signed {
				d.absent = true
				if timed || t.has(colSign) {
					f.problems = append(f.problems, note(r.Line, RowUnsigned))
				}
			}
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

// timeless is what is wrong with a table that has no times.
func timeless(t table) string {
	if t.has(colDuration) || t.has(colTotal) {
		return OnlyTotals
	}
	return NamesOnly
}

// signed reads the cell of a signature: anything but nothing and "no".
func signed(cell string) bool {
	switch words(cell) {
	case "", "-", "no", "NO", "No", "N", "n", "assente", "Assente", "ASSENTE", "0", "false", "FALSO":
		return false
	}
	return true
}
