package attendance

import (
	"strings"

	"aulacomune/lms"
)

// Zoom writes one table of stays, under two lines about the meeting or with the meeting repeated in every row. Displayed names may have the
// account's in brackets behind them. Time in the waiting room is no presence. The variant "unique users" says how long, but not when.

// readZoom reads a report of Zoom.
func readZoom(p *parted) found {
	f := found{kind: Zoom}
	seen := map[string]bool{}
	for _, t := range p.tables {
		timed := t.has(colJoin) || t.has(colLeave)
		if !timed {
			f.problems = append(f.problems, grave(timeless(t)))
		}
		for _, r := range t.rows {
			cell := func(c column) string { return t.cell(r, c) }
			d := draft{Row: t.person(&f, r.Line, cell), join: t.written(r, colJoin), leave: t.written(r, colLeave), absent: !timed}
			d.Name, d.Also, d.Role = original(d.Name)
			d.Guest = d.Guest || yes(cell(colGuest))
			length := colDuration
			if t.has(colTotal) {
				length, d.Whole = colTotal, true
			}
			d.Stated = t.duration(&f, r.Line, cell(length), length)
			if yes(cell(colWaiting)) {
				d.absent = true
				f.problems = append(f.problems, note(r.Line, RowWaiting))
			}
			f.cutShort(t, r, d)
			if who := whoIs(d.Row); !seen[who] {
				seen[who] = true
				f.people++
			}
			f.drafts = append(f.drafts, d)
		}
	}
	if len(p.tables) == 0 {
		f.problems = append(f.problems, grave(NoTable))
	}
	return f
}

// original takes what stands in brackets at the end of a displayed name apart: what somebody was, or the name of the account.
func original(name string) (shown, also string, role Role) {
	shown = name
	for range 3 {
		i := strings.LastIndexByte(shown, '(')
		if i < 1 || !strings.HasSuffix(shown, ")") {
			break
		}
		in := strings.TrimSpace(shown[i+1 : len(shown)-1])
		switch lms.Fold(in) {
		case "host", "co host", "organizzatore", "co organizzatore":
			role = Organiser
		case "guest", "ospite", "me", "io", "unverified", "non verificato":
		default:
			if also != "" || ofOffice(in) {
				return shown, also, role
			}
			also = in
		}
		shown = strings.TrimSpace(shown[:i])
	}
	return shown, also, role
}
