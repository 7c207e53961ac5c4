// Package sent reads forms with a file as they come, field by field, and lays the file on this machine's disk: a recording is never held in memory.
package sent

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net"
	"os"
	"time"

	"aulacomune/lms"
)

// Form is a form that came. Its file lies on the disk until it is dropped.
type Form struct {
	Fields map[string]string
	Name   string // of the file, as the browser calls it
	Size   int64  // of the file
	file   *os.File
}

// The most that is read of a form beside its file.
const (
	mostParts  = 32
	mostFields = 1 << 20 // bytes
)

// patience is how long a form may stand still.
const patience = 30 * time.Second

// Read reads a form to its end. allow is asked before the file, of the fields that stood before it, and at the end: what it refuses is not read on.
// The form has to be dropped also after an error.
func Read(body io.Reader, boundary string, allow func(fields map[string]string) error) (*Form, error) {
	f := &Form{Fields: map[string]string{}}
	err := f.parts(multipart.NewReader(body, boundary), allow)
	if err == nil {
		_, err = io.Copy(io.Discard, body)
	}
	if _, disk := errors.AsType[*fs.PathError](err); err != nil && !disk && lms.KindOf(err) == lms.Unknown {
		err = &lms.Error{Kind: lms.Invalid, Message: "error.body", Err: err}
	}
	return f, err
}

func (f *Form) parts(form *multipart.Reader, allow func(map[string]string) error) error {
	left := int64(mostFields)
	for range mostParts {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return allow(f.Fields)
		}
		if err == nil && part.FileName() != "" {
			if err = allow(f.Fields); err == nil {
				err = f.take(part)
			}
		} else if err == nil {
			err = f.field(part, &left)
		}
		if err != nil {
			return err
		}
	}
	return lms.Fail(lms.Invalid, "error.body")
}

func (f *Form) field(part *multipart.Part, left *int64) error {
	value, err := io.ReadAll(io.LimitReader(part, *left+1))
	if err != nil {
		return err
	}
	if *left -= int64(len(value)); *left < 0 {
		return lms.Fail(lms.Invalid, "error.body")
	}
	f.Fields[part.FormName()] = string(value)
	return nil
}

// take writes the form's file to the disk.
func (f *Form) take(part *multipart.Part) (err error) {
	if f.file != nil { // one at a time
		return lms.Fail(lms.Invalid, "error.body")
	}
	if f.file, err = os.CreateTemp("", "aula-sent-"); err != nil {
		return fmt.Errorf("take a file: %w", err)
	}
	f.Name = part.FileName()
	f.Size, err = io.Copy(f.file, part)
	return err
}

// File is the form's file from its beginning. Where none was chosen, or an empty one, that is Invalid.
func (f *Form) File() (*os.File, error) {
	if f != nil && f.Size == 0 && f.Name != "" {
		return nil, lms.Wrong("file", "error.media.empty")
	}
	if f == nil || f.Size == 0 {
		return nil, lms.Wrong("file", "error.file.none")
	}
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("take a file: %w", err)
	}
	return f.file, nil
}

// Drop removes the file.
func (f *Form) Drop() {
	if f != nil && f.file != nil {
		f.file.Close()
		os.Remove(f.file.Name()) //nolint:errcheck // a temporary file
	}
}

// Patient is a body that may take as long as it likes, as long as it moves: the front door's time limit is too short for a video on a slow line.
type Patient struct {
	r     io.Reader
	conn  net.Conn
	until time.Time
	ended bool
}

// NewPatient reads a body from a connection. Release it afterwards.
func NewPatient(body io.Reader, conn net.Conn) *Patient { return &Patient{r: body, conn: conn} }

// Read reads on, until the end or the first error.
func (p *Patient) Read(b []byte) (int, error) {
	if p.ended {
		return 0, io.EOF
	}
	if now := time.Now(); p.until.Sub(now) < patience/2 {
		p.until = now.Add(patience)
		if err := p.conn.SetReadDeadline(p.until); err != nil {
			return 0, err
		}
	}
	n, err := p.r.Read(b)
	p.ended = err != nil
	return n, err
}

// Release takes the time limit off the connection, which may serve another request.
func (p *Patient) Release() error { return p.conn.SetReadDeadline(time.Time{}) }
