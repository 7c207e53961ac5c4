package attendance

import (
	"slices"
)

// paired makes stays of the lines of a log: each entrance with the exit that follows it. Who entered twice before leaving was there on two devices,
// and stays until the last of them left; where exits are missing, presence ends with the last that is known, or with the meeting.
func (v *resolver) paired(lines []stay) []stay {
	var out []stay
	logs := map[string][]stay{}
	var order []string
	for _, s := range lines {
		if s.does == stayed {
			out = append(out, s)
			continue
		}
		who := whoIs(s.row)
		if _, seen := logs[who]; !seen {
			order = append(order, who)
		}
		logs[who] = append(logs[who], s)
	}
	for _, who := range order {
		log := logs[who]
		slices.SortStableFunc(log, func(a, b stay) int { return a.row.Span.From.Compare(b.row.Span.From) })
		out = append(out, v.stays(log)...)
	}
	if len(order) > 0 {
		slices.SortStableFunc(out, func(a, b stay) int { return a.row.Line - b.row.Line })
	}
	return out
}

// stays are those of one participant.
func (v *resolver) stays(log []stay) (out []stay) {
	depth, current := 0, -1 // how many devices are there, and the stay to which they belong
	for _, s := range log {
		at := s.row.Span.To
		switch {
		case at.IsZero(): // not understood, which was said
			out = append(out, s)
		case s.does == entered && depth == 0:
			depth, current, out = 1, len(out), append(out, s)
		case s.does == entered:
			depth++
		case depth > 0:
			depth--
			out[current].row.Span.To = at
		case current >= 0:
			out[current].row.Span.To = at // a device more than entrances were written
			v.say(s.row.Line, RowPaired)
		default:
			v.alone(s.row.Line, at)
			s.row.Span = Span{}
			out = append(out, s)
		}
	}
	switch last := log[len(log)-1]; {
	case depth > 0 && last.does == exited:
		v.say(last.row.Line, RowPaired)
	case depth > 0:
		out[current].open = true
	}
	return out
}
