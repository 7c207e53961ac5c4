package plan

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// FileID names a file of people; it is random.
type FileID string

// FileState is how far a file of people is.
type FileState string

// The states of a file, in their order. Nothing is assigned before FileGiving.
const (
	FileMapping  FileState = "mapping"  // a person has to say what its columns are
	FileChecking FileState = "checking" // it is being read
	FileChecked  FileState = "checked"  // what it would do is known
	FileGiving   FileState = "giving"
	FileGiven    FileState = "given"
	FileFailed   FileState = "failed" // as a whole: Fault says why
)

// Columns says in which column of a file something stands: from 0, -1 for nowhere.
type Columns struct {
	Login int `json:"login"` // a login or an e-mail address
	Due   int `json:"due"`   // the day; without one, that of the order counts
}

// FileCount is what the rows of a file do.
type FileCount struct {
	New     int `json:"new"`
	Changed int `json:"changed"` // they had the course assigned with other terms
	Same    int `json:"same"`
	Wrong   int `json:"wrong"` // rows that do nothing
}

// FileProblem is what is wrong with a row.
type FileProblem struct {
	Line    int    `json:"line"`
	Login   string `json:"login"` // as it stands in the file
	Field   string `json:"field"` // login or due
	Message string `json:"message"`
}

// File is a file of people to whom a course is to be assigned: what it would do, how far it is, what it did. It is seen by whoever brought it and by nobody
// else, and forgotten after two weeks. It can be cut off anywhere and gone on with: what was assigned is found assigned.
type File struct {
	ID        FileID        `json:"id"`
	By        lms.PersonID  `json:"by"`
	At        time.Time     `json:"at"`
	Name      string        `json:"name"` // of the file
	Object    string        `json:"object"`
	Course    course.Slug   `json:"course"`
	Terms     Terms         `json:"terms"`
	Headings  []string      `json:"headings"`
	Sample    [][]string    `json:"sample,omitempty"` // the first rows, to recognise columns by
	Columns   Columns       `json:"columns"`
	State     FileState     `json:"state"`
	Total     int           `json:"total"` // rows
	Done      int           `json:"done"`  // of them, in this state
	Count     FileCount     `json:"count"`
	Problems  []FileProblem `json:"problems,omitempty"` // the first of them
	Fault     string        `json:"fault,omitempty"`    // the message of what is wrong with the file as a whole
	FaultLine int           `json:"fault_line,omitempty"`
	Lease     time.Time     `json:"lease,omitzero"` // until when a process works on it
}

const (
	// MaxFile is the largest file of people, in bytes.
	MaxFile      = 4 << 20
	maxProblems  = 500
	sampleRows   = 3
	fileLife     = 14 * 24 * time.Hour
	filesFolder  = "orders/"
	longestName  = 100 // characters of a file's name, and of a login that is shown
	mostFiles    = 20  // that a list names
	sweptAtOnce  = 100
	anyMediaType = "application/octet-stream"
)

// files says how files of people are kept.
var files = lms.Noun[File]{
	Name: "plan_files",
	ID:   func(f File) string { return string(f.ID) },
	Indexes: []lms.Index[File]{
		{Name: "by", Keys: func(f File) []string { return []string{string(f.By) + "/" + lms.TimeKey(f.At)} }},
		{Name: "at", Keys: func(f File) []string { return []string{lms.TimeKey(f.At)} }},
		{Name: "working", Keys: func(f File) []string {
			if f.Working() {
				return []string{lms.TimeKey(f.Lease)}
			}
			return nil
		}},
	},
}

// Working says that it goes on by itself.
func (f File) Working() bool { return f.State == FileChecking || f.State == FileGiving }

// headings are those by which columns are known, folded; the first is that of the template.
func headings() (login, due []string) {
	return []string{"login", "email", "e mail", "nome utente", "utente", "username", "mail", "posta", "posta elettronica", "indirizzo email", "indirizzo e mail"},
		[]string{"scadenza", "entro", "entro il", "da completare entro", "due", "due date"}
}

// Guess finds the columns by their headings. The first of two that say the same counts.
func Guess(head []string) Columns {
	out := Columns{Login: -1, Due: -1}
	logins, dues := headings()
	for i, h := range head {
		switch f := lms.Fold(h); {
		case out.Login < 0 && slices.Contains(logins, f):
			out.Login = i
		case out.Due < 0 && slices.Contains(dues, f):
			out.Due = i
		}
	}
	return out
}

func fileLimits() sheet.Limits {
	return sheet.Limits{Bytes: MaxFile, Rows: mostPeople + 1, Columns: 200}
}

// look reads a whole file without judging its rows: its headings, the first rows, how many there are.
func (f *File) look(file []byte) error {
	if len(file) == 0 {
		return lms.Wrong("file", "error.import.empty")
	}
	rows, err := fileLimits().Read(file)
	if err != nil {
		return err
	}
	for row, err := range rows {
		switch {
		case err != nil:
			return err
		case f.Headings == nil:
			f.Headings, f.Columns = row.Cells, Guess(row.Cells)
		default:
			if f.Total++; len(f.Sample) < sampleRows {
				f.Sample = append(f.Sample, row.Cells)
			}
		}
	}
	if f.Total == 0 {
		return lms.Wrong("file", "error.import.empty")
	}
	if f.State = FileChecking; f.Columns.Login < 0 {
		f.State = FileMapping
	}
	return nil
}

// clipped keeps what a file says short enough to be shown.
func clipped(s string) string {
	runes := []rune(strings.ToValidUTF8(s, "?"))
	return string(runes[:min(len(runes), longestName)])
}

// BringFile takes a file (CSV or XLSX: a column with logins or e-mail addresses, maybe one with days) of people to whom a course is to be assigned, and begins
// to read it. Nothing is assigned before GiveFile. Where its columns cannot be told by their headings it waits for MapFile.
func (s *Plans) BringFile(ctx context.Context, a lms.Actor, o Order, name string, file []byte) (File, error) {
	if err := s.check(ctx, a, &o); err != nil {
		return File{}, err
	}
	f := File{ID: FileID(newID()), By: a.ID, At: s.now(), Name: clipped(path.Base(cmp.Or(name, "file"))), Course: o.Course, Terms: o.Terms}
	if err := f.look(file); err != nil {
		return File{}, err
	}
	f.Object = filesFolder + string(f.ID)
	if err := s.objects.Put(ctx, f.Object, bytes.NewReader(file), int64(len(file)), anyMediaType); err != nil {
		return File{}, err
	}
	if err := s.files.Add(ctx, f); err != nil {
		return File{}, err
	}
	s.begin(f)
	return f, nil
}

// File is a file that the actor brought.
func (s *Plans) File(ctx context.Context, a lms.Actor, id FileID) (File, error) {
	if err := mayAssign(a); err != nil {
		return File{}, err
	}
	f, err := s.files.Find(ctx, string(id))
	if lms.Is(err, lms.NotFound) || err == nil && f.By != a.ID {
		return File{}, lms.Fail(lms.NotFound, "error.plan.file")
	}
	return f, err
}

// Files lists the files that the actor brought, the latest first.
func (s *Plans) Files(ctx context.Context, a lms.Actor) ([]File, error) {
	if err := mayAssign(a); err != nil {
		return nil, err
	}
	return s.files.All(ctx, lms.Query{Index: "by", Prefix: string(a.ID) + "/", Reverse: true, Limit: mostFiles})
}

// MapFile says what the columns of a file are, and reads it anew.
func (s *Plans) MapFile(ctx context.Context, a lms.Actor, id FileID, c Columns) (File, error) {
	return s.turn(ctx, a, id, FileChecking, func(f *File) error {
		if f.State != FileMapping && f.State != FileChecked {
			return conflict("error.plan.file.state")
		}
		if c.Login < 0 || c.Login >= len(f.Headings) {
			return lms.Wrong("login", "error.intake.column")
		}
		if c.Due < -1 || c.Due >= len(f.Headings) || c.Due == c.Login {
			return lms.Wrong("due", "error.invalid")
		}
		f.Columns = c
		return nil
	})
}

// GiveFile assigns what a file was found to assign. Rows with something wrong are passed over.
func (s *Plans) GiveFile(ctx context.Context, a lms.Actor, id FileID) (File, error) {
	return s.turn(ctx, a, id, FileGiving, func(f *File) error {
		if f.State != FileChecked {
			return conflict("error.plan.file.state")
		}
		return nil
	})
}

// turn takes a file to a state in which it goes on by itself.
func (s *Plans) turn(ctx context.Context, a lms.Actor, id FileID, to FileState, may func(*File) error) (File, error) {
	if _, err := s.File(ctx, a, id); err != nil {
		return File{}, err
	}
	f, err := s.files.Change(ctx, string(id), func(f *File) error {
		if err := may(f); err != nil {
			return err
		}
		f.State, f.Done, f.Count, f.Problems, f.Lease = to, 0, FileCount{}, nil, time.Time{}
		return nil
	})
	if err == nil {
		s.begin(f)
	}
	return f, err
}

// forget removes a file with all that is kept of it.
func (s *Plans) forget(ctx context.Context, f File) error {
	if err := s.objects.Remove(ctx, f.Object); err != nil {
		return err
	}
	if err := s.files.Remove(ctx, string(f.ID)); err != nil && !lms.Is(err, lms.NotFound) {
		return err
	}
	return nil
}

// read is the file itself.
func (s *Plans) read(ctx context.Context, f File) ([]byte, error) {
	o, err := s.objects.Open(ctx, f.Object)
	if err != nil {
		return nil, err
	}
	defer o.Close()
	b, err := io.ReadAll(o)
	if err != nil {
		return nil, fmt.Errorf("read file of people: %w", err)
	}
	return b, nil
}
