package attendance

// Problem is something in a report that a person should know, in words that are a message: "attendance.problem." and the key.
type Problem struct {
	Key   string
	Line  int               // of the file, from 1; 0 where it is about the whole report
	Args  map[string]string // what the words name, as the file has it; days as 2026-03-31
	Grave bool              // the report is no evidence until a person has looked
}

// Message is the id of the words of a problem. What keeps a file from being read as a table has the words of that room.
func (p Problem) Message() string {
	if len(p.Key) > 6 && p.Key[:6] == "error." {
		return p.Key
	}
	return "attendance.problem." + p.Key
}

// What may be wrong with a report as a whole.
const (
	Empty        = "empty"         // nothing is in the file
	NoTable      = "no-table"      // no headings that we know
	NoRows       = "no-rows"       // headings, and nobody below them
	Truncated    = "truncated"     // fewer people than the report itself counts; Said, Found
	BrokenOff    = "broken-off"    // the file ends in the middle
	OnlyTotals   = "only-totals"   // how long, but not when
	NamesOnly    = "names-only"    // neither times nor signatures
	Guessed      = "guessed"       // columns taken for entrance and exit by what stands in them; Join, Leave
	AmbiguousDay = "ambiguous-day" // June or August; Cell, First, Second
	MixedDays    = "mixed-days"    // days first in one row, months first in another; Cell, Other
	NoDay        = "no-day"        // hours without a day, and no day is known
	OtherDay     = "other-day"     // of another day than the meeting; Day, Scheduled
	OtherHour    = "other-hour"    // of the same day, at another hour
	OtherTitle   = "other-title"   // of a meeting with another name; Title
	Nicknames    = "nicknames"     // hardly anybody has a surname or an address; Count, Of
	NobodyKnown  = "nobody-known"  // hardly anybody is one of those who may be; Count, Of
)

// What may be wrong with a row.
const (
	RowShort     = "row-short"      // cells are missing at its end
	RowNoName    = "row-no-name"    // nobody is named
	RowTime      = "row-time"       // a time that cannot be read; Cell
	RowDay       = "row-day"        // a date that can be read in two ways, in a file that settles neither; Cell
	RowReversed  = "row-reversed"   // left before joining; Join, Leave
	RowAbsurd    = "row-absurd"     // longer than a day, or of another age; Join, Leave
	RowOpen      = "row-open"       // no exit: until the end of the meeting
	RowNoEnd     = "row-no-end"     // no exit, and no end is known
	RowNoJoin    = "row-no-join"    // an exit without an entrance
	RowNoTimes   = "row-no-times"   // neither
	RowNegative  = "row-negative"   // a duration below zero; Cell
	RowGaps      = "row-gaps"       // away in between, and the report does not say when: counted from the entrance; Stated
	RowLess      = "row-less"       // the stays add up to less than the report states; Stated, Found
	RowAway      = "row-away"       // on another day than the meeting; Day
	RowSkipped   = "row-skipped"    // an hour that the clock skipped that night; Cell
	RowTwice     = "row-twice"      // an hour that came twice that night; Cell
	RowFormula   = "row-formula"    // a name that a spreadsheet would work out; Cell
	RowAddress   = "row-address"    // an address that is none; Cell
	RowWaiting   = "row-waiting"    // in the waiting room: no presence
	RowUnsigned  = "row-unsigned"   // on the list, without a signature or a time
	RowPaired    = "row-paired"     // entrances and exits do not pair
	RowIsNothing = "row-unreadable" // an entry that cannot be understood
)

// note is a problem of a row; pairs are names and values of its words.
func note(line int, key string, pairs ...string) Problem {
	p := Problem{Key: key, Line: line}
	for i := 0; i+1 < len(pairs); i += 2 {
		if p.Args == nil {
			p.Args = map[string]string{}
		}
		p.Args[pairs[i]] = clipped(pairs[i+1])
	}
	return p
}

// grave is a problem of a whole report that keeps it from being evidence.
func grave(key string, pairs ...string) Problem {
	p := note(0, key, pairs...)
	p.Grave = true
	return p
}

// clipped is a cell as a message may show it.
func clipped(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
