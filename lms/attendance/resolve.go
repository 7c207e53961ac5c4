package attendance

import (
	"strconv"
	"time"
)

// action is what a line of a log tells of somebody.
type action int

const (
	stayed  action = iota // both times stand in the line
	entered               // the line is one moment
	exited
)

// draft is a row whose times are still what stands in the cells.
type draft struct {
	Row
	does        action
	join, leave written // of one moment: join
	known       bool    // Span is known already, as far as open says
	open        bool    // known, and still there when the file was written
	absent      bool    // no presence: in the waiting room, not signed
	lump        bool    // first entrance and last exit of all stays together
}

// found is what a file says, before its times are settled.
type found struct {
	kind     Kind
	file     string // its name
	lang     string
	title    string
	start    written
	end      written
	day      written
	from, to time.Time // where the file has moments
	said     int       // how many people the report says there were; 0 where it does not
	people   int       // how many it lists
	drafts   []draft
	problems []Problem
}

// resolver settles the times of a file.
type resolver struct {
	calendar
	hints    Hints
	stamps   map[written]stamp
	latest   time.Time // of the exits that belong to no stay
	problems []Problem
}

// stay is a row whose times are moments.
type stay struct {
	row  Row
	does action
	open bool // without an exit: From and To are the same
}

// resolved is the report, with moments.
func (f found) resolved(h Hints) Report {
	v := &resolver{calendar: calendar{zone: h.Zone, plan: h.Scheduled}, hints: h, stamps: map[written]stamp{}, problems: f.problems}
	v.settle(f)
	r := Report{Kind: f.kind, Lang: f.lang, Title: f.title, Start: f.from, End: f.to}
	r.Start, r.End = v.bounds(f)
	if v.plan.Empty() {
		v.plan = Span{r.Start, r.End}
	}
	stays := make([]stay, len(f.drafts))
	for i, d := range f.drafts {
		stays[i] = stay{row: d.Row, does: d.does}
		stays[i].row.Span, stays[i].open = v.span(d)
	}
	stays = v.paired(stays)
	v.close(r.End, stays)
	for i := range stays {
		v.bounded(&stays[i].row)
		r.Rows = append(r.Rows, stays[i].row)
	}
	r.Problems = v.problems
	return r
}

func (v *resolver) say(line int, key string, pairs ...string) {
	v.problems = append(v.problems, note(line, key, pairs...))
}

// settle reads every time of a file, and finds the order of its dates and the day of hours that stand alone.
func (v *resolver) settle(f found) {
	var stamps []stamp
	var texts []string
	take := func(w written) {
		if _, seen := v.stamps[w]; seen || blank(w.text) {
			return
		}
		if s, ok := readStamp(w); ok {
			v.stamps[w] = s
			stamps, texts = append(stamps, s), append(texts, w.text)
		}
	}
	for _, w := range []written{f.start, f.end, f.day} {
		take(w)
	}
	for _, d := range f.drafts {
		take(d.join)
		take(d.leave)
	}
	order, problem := settle(stamps, texts, v.hints)
	if v.order = order; problem != nil {
		v.problems = append(v.problems, *problem)
	}
	v.base = v.dayOf(f)
	for _, s := range stamps {
		if !s.dated && v.base.IsZero() {
			v.problems = append(v.problems, grave(NoDay))
			return
		}
	}
}

// dayOf is the day of hours that stand alone: what the report says, or the day of the meeting.
func (v *resolver) dayOf(f found) time.Time {
	for _, w := range []written{f.day, f.start, f.end} {
		if s, ok := v.stamps[w]; ok && s.dated {
			if d := v.calendar.day(s); !d.IsZero() {
				return d
			}
		}
	}
	if v.hints.Scheduled.From.IsZero() {
		return dayOfName(f.file)
	}
	at := v.hints.Scheduled.From.In(v.zone)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
}

// dayOfName is the day in the name of a file, as Meet has it: "Riunione (2026-06-08 at 01 00 …).csv". It may be that of the download, so it is asked
// where nothing else is known.
func dayOfName(file string) time.Time {
	for i := 0; i+len(time.DateOnly) <= len(file) && i < 300; i++ {
		if d, err := time.Parse(time.DateOnly, file[i:i+len(time.DateOnly)]); err == nil && d.Year() >= 2000 {
			return d
		}
	}
	return time.Time{}
}

// bounds is when the meeting began and ended, as the report states it.
func (v *resolver) bounds(f found) (from, to time.Time) {
	from, to = f.from, f.to
	if s, ok := v.stamps[f.start]; ok && (s.timed || f.day.text == "") {
		if at, _ := v.moments(s); len(at) > 0 && s.timed {
			from = at[0]
		}
	}
	if s, ok := v.stamps[f.end]; ok && s.timed {
		if at, _ := v.moments(s); len(at) > 0 {
			to = at[len(at)-1]
		}
	}
	if !from.IsZero() && !to.IsZero() && !to.After(from) {
		to = time.Time{}
	}
	return from, to
}

// blank says whether a cell holds no time: nothing, or a dash.
func blank(cell string) bool {
	switch cell {
	case "", "-", "--", "–", "—", "N/A", "n/a", "n.d.", "N/D":
		return true
	}
	return false
}

// at is when a cell was, with what is odd about it.
func (v *resolver) at(line int, w written) []time.Time {
	if blank(w.text) {
		return nil
	}
	s, ok := v.stamps[w]
	if !ok || !s.timed {
		v.say(line, RowTime, "Cell", w.text)
		return nil
	}
	at, skipped := v.moments(s)
	switch {
	case skipped:
		v.say(line, RowSkipped, "Cell", w.text)
	case len(at) > 1:
		v.say(line, RowTwice, "Cell", w.text)
	case len(at) == 0 && s.dated && (v.order == OrderUnknown):
		v.say(line, RowDay, "Cell", w.text)
	}
	return at
}

// span is the stay of a row; open says that only its beginning is known. One moment is kept as both ends.
func (v *resolver) span(d draft) (s Span, open bool) {
	if d.known || d.absent {
		return d.Span, d.open
	}
	joins := v.at(d.Line, d.join)
	if d.does != stayed {
		if len(joins) == 0 {
			return Span{}, false
		}
		return Span{joins[0], joins[0]}, false
	}
	leaves := v.at(d.Line, d.leave)
	own := d.Stated
	if d.Whole && !d.lump {
		own = 0
	}
	switch {
	case len(joins) > 0 && len(leaves) > 0:
		return v.lumped(d, v.between(joins, leaves, own)), false
	case len(joins) > 0 && own > 0:
		return Span{joins[0], joins[0].Add(own)}, false
	case len(leaves) > 0 && own > 0:
		return Span{leaves[0].Add(-own), leaves[0]}, false
	case len(joins) > 0 && blank(d.leave.text):
		return Span{joins[0], joins[0]}, true
	case len(leaves) > 0 && blank(d.join.text):
		v.alone(d.Line, leaves[0])
	case d.Signed && !v.plan.Empty():
		return v.plan, false
	case blank(d.join.text) && blank(d.leave.text) && d.Stated == 0:
		v.say(d.Line, RowNoTimes)
	}
	return Span{}, false
}

// alone notes an exit without an entrance.
func (v *resolver) alone(line int, at time.Time) {
	v.say(line, RowNoJoin)
	if at.After(v.latest) {
		v.latest = at
	}
}

// close ends the stays that were still open when the file was written: at the end of the meeting, or with the last moment that the file knows.
func (v *resolver) close(end time.Time, stays []stay) {
	if end.IsZero() {
		end = v.latest
		for _, s := range stays {
			if s.row.Span.To.After(end) && s.row.Span.Length() <= longest {
				end = s.row.Span.To
			}
		}
	}
	for i := range stays {
		if !stays[i].open {
			continue
		}
		row := &stays[i].row
		to := end
		if !to.After(row.Span.From) {
			to = v.hints.Scheduled.To
		}
		if !to.After(row.Span.From) {
			row.Span = Span{}
			v.say(row.Line, RowNoEnd)
			continue
		}
		row.Span.To = to
		v.say(row.Line, RowOpen)
	}
}

// lumped shortens a first entrance and last exit between which somebody was away: the report says how long, but not when. Counting from the
// entrance gives no more than the report states, and no less than is certain.
func (v *resolver) lumped(d draft, s Span) Span {
	if d.lump && d.Stated > 0 && s.Length() <= longest && d.Stated < s.Length()-time.Minute {
		v.say(d.Line, RowGaps, "Stated", minutes(d.Stated))
		s.To = s.From.Add(d.Stated)
	}
	return s
}

// bounded takes away a stay that cannot be.
func (v *resolver) bounded(row *Row) {
	s := row.Span
	if s == (Span{}) {
		return
	}
	join, leave := s.From.In(v.zone).Format(time.DateTime), s.To.In(v.zone).Format(time.DateTime)
	switch {
	case s.To.Before(s.From):
		v.say(row.Line, RowReversed, "Join", join, "Leave", leave)
		row.Span = Span{}
	case s.Length() > longest, s.From.Year() < 2000, s.From.Year() > 2100:
		v.say(row.Line, RowAbsurd, "Join", join, "Leave", leave)
		row.Span = Span{}
	}
	if !row.Span.Empty() {
		row.Span = Span{row.Span.From.UTC().Truncate(time.Second), row.Span.To.UTC().Truncate(time.Second)}
	}
}

// minutes is a length of time in whole minutes, as a message shows it.
func minutes(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }
