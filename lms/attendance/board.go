package attendance

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"aulacomune/lms"
)

// BigBlueButton writes the data of its learning dashboard as JSON, with the moments of every session in milliseconds, and as a table with the first
// entrance, the last exit and the time between them that was spent there.

// boardUser is somebody in the dashboard's JSON. Before version 2.6 an id had one session, before 2.4 a user had.
type boardUser struct {
	Name      string             `json:"name"`
	Moderator bool               `json:"isModerator"`
	IDs       map[string]boardID `json:"intIds"`
	boardSession
}

type boardID struct {
	Sessions []boardSession `json:"sessions"`
	boardSession
}

type boardSession struct {
	From float64 `json:"registeredOn"` // milliseconds since 1970
	To   float64 `json:"leftOn"`       // 0 for who is still there
}

// readDashboard reads the dashboard's JSON, up to where it breaks off.
func readDashboard(file []byte) found {
	f := found{kind: BigBlueButton}
	if len(file) > limits().Bytes {
		p := grave("error.sheet.large")
		f.problems = append(f.problems, p)
		return f
	}
	file = bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(file)) == 0 {
		f.problems = append(f.problems, grave(Empty))
		return f
	}
	users := false
	d := json.NewDecoder(bytes.NewReader(file))
	err := members(d, func(key string) (err error) {
		switch key {
		case "name":
			err = mild(d.Decode(&f.title))
		case "createdOn":
			f.from, err = decodeMillis(d)
		case "endedOn":
			f.to, err = decodeMillis(d)
		case "users":
			users = true
			err = members(d, func(string) error { return f.user(d) })
		default:
			var skipped json.RawMessage
			err = d.Decode(&skipped)
		}
		return err
	})
	f.title = words(f.title)
	switch {
	case err != nil:
		f.problems = append(f.problems, grave(BrokenOff))
	case !users:
		f.problems = append(f.problems, grave(NoTable))
	}
	return f
}

// members calls a function for every member of an object, with the decoder before its value.
func members(d *json.Decoder, value func(key string) error) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(err, errors.New("no object"))
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if err := value(name); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// mild drops an error about the type of one value: what follows can be read.
func mild(err error) error {
	if _, odd := errors.AsType[*json.UnmarshalTypeError](err); odd {
		return nil
	}
	return err
}

func decodeMillis(d *json.Decoder) (time.Time, error) {
	var ms float64
	err := mild(d.Decode(&ms))
	return millis(ms), err
}

// millis is a moment; zero where the number is none that a meeting can have.
func millis(ms float64) time.Time {
	if !(ms > 9e11 && ms < 4.2e12) { // 1998 to 2103
		return time.Time{}
	}
	return time.UnixMilli(int64(ms)).UTC()
}

// user reads one user, and makes a row of each session.
func (f *found) user(d *json.Decoder) error {
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return err
	}
	f.people++
	row := Row{Line: f.people}
	var u boardUser
	if err := json.Unmarshal(raw, &u); err != nil {
		row.Name = words(u.Name)
		f.problems = append(f.problems, note(row.Line, RowIsNothing, "Cell", row.Name))
		f.drafts = append(f.drafts, draft{Row: row, absent: true})
		return nil
	}
	row.Name = words(u.Name)
	if u.Moderator {
		row.Role = Organiser
	}
	row.Emails = addresses(row.Name)
	if row.Name == "" {
		f.problems = append(f.problems, note(row.Line, RowNoName))
	}
	f.sessions(row, u.sessions())
	return nil
}

// sessions are all of a user, in order.
func (u boardUser) sessions() (out []boardSession) {
	for _, id := range u.IDs {
		if len(id.Sessions) == 0 && id.From != 0 {
			out = append(out, id.boardSession)
		}
		out = append(out, id.Sessions...)
	}
	if len(u.IDs) == 0 && u.From != 0 {
		out = append(out, u.boardSession)
	}
	slices.SortFunc(out, func(a, b boardSession) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return out
}

// sessions adds a row for each.
func (f *found) sessions(row Row, all []boardSession) {
	if len(all) == 0 {
		f.problems = append(f.problems, note(row.Line, RowNoTimes))
		f.drafts = append(f.drafts, draft{Row: row, absent: true})
	}
	for _, s := range all {
		d := draft{Row: row, known: true}
		from, to := millis(s.From), millis(s.To)
		switch {
		case from.IsZero():
			f.problems = append(f.problems, note(row.Line, RowTime, "Cell", strconv.FormatFloat(s.From, 'f', -1, 64)))
		case s.To == 0:
			d.open, d.Span = true, Span{from, from}
		case to.IsZero():
			f.problems = append(f.problems, note(row.Line, RowTime, "Cell", strconv.FormatFloat(s.To, 'f', -1, 64)))
		default:
			d.Span = Span{from, to}
		}
		f.drafts = append(f.drafts, d)
	}
}

// readBoardTable reads the dashboard's table. Below the people stands a line with answers that nobody signed.
func readBoardTable(p *parted) found {
	f := found{kind: BigBlueButton}
	for _, t := range p.tables {
		if !t.has(colJoin) && !t.has(colLeave) {
			f.problems = append(f.problems, grave(timeless(t)))
		}
		for _, r := range t.rows {
			cell := func(c column) string { return t.cell(r, c) }
			if name := lms.Fold(cell(colName)); (name == "anonymous" || name == "anonimo") && cell(colJoin) == "" {
				continue
			}
			d := draft{Row: t.person(&f, r.Line, cell), join: t.written(r, colJoin), leave: t.written(r, colLeave)}
			if yes(cell(colModerator)) {
				d.Role = Organiser
			}
			d.Stated, d.Whole, d.lump = t.duration(&f, r.Line, cell(colDuration), colDuration), true, true
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
