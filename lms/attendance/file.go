package attendance

import (
	"bytes"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// isJSON says whether a file is the JSON of a dashboard, whole or broken off.
func isJSON(name string, file []byte) bool {
	start := bytes.TrimLeft(bytes.TrimPrefix(file, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(start, []byte("{")) || len(start) == 0 && strings.EqualFold(filepath.Ext(name), ".json")
}

// limits bound what is read of a report.
func limits() sheet.Limits {
	return sheet.Limits{Bytes: 24 << 20, Rows: 100_000, Columns: 200, Cell: 8 << 10}
}

// readTable reads a report that is a CSV or a workbook: whatever stands before what cannot be read is kept.
func readTable(file []byte) found {
	rows, broken := tableRows(file)
	if len(rows) == 0 {
		if broken == nil {
			p := grave(Empty)
			broken = &p
		}
		return found{problems: []Problem{*broken}}
	}
	p := part(rows)
	f := formatOf(&p)(&p)
	f.problems = append(f.problems, p.guessed...)
	f.lang = p.lang()
	f.title = p.about[colTitle].text
	f.start, f.end, f.day = p.about[colStart], p.about[colEnd], p.about[colDay]
	f.said, _ = strconv.Atoi(p.about[colCount].text)
	if broken != nil {
		f.problems = append(f.problems, *broken)
	}
	return f
}

// tableRows are the rows of a file up to the first that cannot be read.
func tableRows(file []byte) (out []sheet.Row, broken *Problem) {
	rows, err := limits().Read(file)
	if err != nil {
		return nil, unread(err)
	}
	for r, err := range rows {
		if err != nil {
			return out, unread(err)
		}
		out = append(out, r)
	}
	return out, nil
}

// unread is what the room of sheets says of a file.
func unread(err error) *Problem {
	p := grave(BrokenOff)
	if e, ok := errors.AsType[*lms.Error](err); ok && strings.HasPrefix(e.Fields["file"], "error.sheet.") {
		p.Key = e.Fields["file"]
	}
	if e, ok := errors.AsType[*sheet.Error](err); ok {
		p.Line = e.Line
	}
	return &p
}

// formatOf finds out who wrote a table. A table that says it of itself by no heading is a list of paper.
func formatOf(p *parted) func(*parted) found {
	best, most := readPaper, 0
	for _, f := range []struct {
		read  func(*parted) found
		marks int
	}{{readTeams, teamsMarks(p)}, {readZoom, p.marks(Zoom)}, {readMeet, meetMarks(p)}, {readBoardTable, p.marks(BigBlueButton)}, {readPaper, p.marks(Paper)}} {
		if f.marks > most {
			best, most = f.read, f.marks
		}
	}
	return best
}

// person is what every kind of table says of somebody in a row, in the same way.
func (t table) person(f *found, line int, cell func(column) string) Row {
	row := Row{Line: line, Name: words(cell(colName)), Given: words(cell(colGiven)), Family: words(cell(colFamily)), Ente: words(cell(colEnte)), Role: roleOf(cell(colRole))}
	if row.Name == "" {
		row.Name = words(row.Given + " " + row.Family)
	}
	row.Emails = addresses(cell(colEmail), cell(colAccount))
	if e := cell(colEmail); !blank(e) && address(e) == "" {
		f.problems = append(f.problems, note(line, RowAddress, "Cell", e))
	}
	if a := address(row.Name); a != "" {
		row.Emails = addresses(append(row.Emails, a)...)
	}
	row.Guest = asGuest(row.Name)
	if row.Name != "" && strings.ContainsRune("=+@", rune(row.Name[0])) {
		f.problems = append(f.problems, note(line, RowFormula, "Cell", row.Name))
	}
	return row
}

// words is a text with one space between its words and nothing that cannot be seen.
func words(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "�"), func(r rune) bool {
		return r <= ' ' || r == 0x7f || r == 0xa0 || r == 0x200b || r == 0x200e || r == 0x200f || r >= 0x202a && r <= 0x202f || r == 0xfeff || r >= 0x2066 && r <= 0x2069
	}), " ")
}

// asGuest says whether a displayed name tells that somebody came without an account.
func asGuest(name string) bool {
	i := strings.LastIndexByte(name, '(')
	if i < 0 {
		return false
	}
	switch lms.Fold(name[i:]) {
	case "guest", "ospite", "unverified", "non verificato", "non verificata", "external", "esterno":
		return true
	}
	return false
}

// roleOf reads a role in a meeting.
func roleOf(cell string) Role {
	switch f := lms.Fold(cell); {
	case strings.Contains(f, "organi"), f == "host", f == "co host", f == "moderator", f == "moderatore":
		return Organiser
	case f == "presenter", f == "relatore", f == "relatrice", f == "panelist", f == "speaker", f == "producer":
		return Presenter
	}
	return Attendee
}

// yes reads a cell of yes and no.
func yes(cell string) bool {
	switch lms.Fold(cell) {
	case "yes", "y", "si", "s", "true", "vero", "1", "x":
		return true
	}
	return false
}

// duration reads how long a row says that somebody was there.
func (t table) duration(f *found, line int, cell string, c column) time.Duration {
	if blank(cell) {
		return 0
	}
	d, negative, ok := readDuration(cell, t.columns[c].unit)
	switch {
	case negative:
		f.problems = append(f.problems, note(line, RowNegative, "Cell", cell))
	case ok && d <= longest:
		return d
	}
	return 0
}
