package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"aulacomune/course"
	"aulacomune/lms"
)

// Form is in which form an edition leaves the house.
type Form string

// The forms.
const (
	Folder Form = "zip"  // a web folder that needs no server, packed
	Page   Form = "page" // one page to print
)

// Outgoing is an edition that leaves the house, with what it takes to write it down.
type Outgoing struct {
	Content *course.Course
	Edition lms.Edition
	Owner   string // name of the organisation whose course it is
	Address string // of the course where it is taken; "" where nobody knows it
	Open    func(ctx context.Context, h course.Hash) (lms.Object, error)
}

// Parcel is an edition in some form, ready to be sent: everything it needs was there when it was made. Write may be called again and gives the same bytes.
type Parcel struct {
	Name  string // of the file
	Type  string // media type
	Size  int64  // bytes
	Write func(ctx context.Context, w io.Writer) error
}

// Open gives the bytes as a stream; before is called before each piece of it. A failure on the way ends it with that error; closing it ends the writing.
func (p Parcel) Open(ctx context.Context, before func() error) io.ReadCloser {
	r, w := io.Pipe()
	go func() {
		b := bufio.NewWriterSize(w, 64<<10)
		err := p.Write(ctx, b)
		if err == nil {
			err = b.Flush()
		}
		w.CloseWithError(err)
	}()
	return pieces{r, before}
}

// pieces calls before each piece of a stream.
type pieces struct {
	io.ReadCloser
	before func() error
}

// Read gives the next piece.
func (p pieces) Read(b []byte) (int, error) {
	if err := p.before(); err != nil {
		return 0, err
	}
	return p.ReadCloser.Read(b)
}

// May says whether the editions of a course are the actor's to carry out of the house: its authors and administrators may.
func May(a lms.Actor, c lms.Course) bool {
	return a.Has(lms.Author, c.Within) || a.Has(lms.Administrator, c.Within)
}

// Export packs an edition of a course for its authors and administrators. To everybody else there is none.
func (x *Exporter) Export(ctx context.Context, a lms.Actor, slug course.Slug, number int, f Form) (Parcel, error) {
	if _, err := x.school.Learning.Preview(ctx, a, slug); err != nil {
		return Parcel{}, unseen(err)
	}
	head, err := x.school.Library.Find(ctx, slug)
	if err != nil {
		return Parcel{}, err
	}
	o, err := x.outgoing(ctx, head, number)
	if err != nil {
		return Parcel{}, err
	}
	return x.Pack(ctx, o, f)
}

// unseen says of what is another's the same as of what is not there.
func unseen(err error) error {
	if lms.Is(err, lms.NotFound) {
		return lms.Fail(lms.NotFound, "error.notfound")
	}
	return err
}

// Edition gathers what an edition needs to leave the house, for the command line, where nobody is asked who they are; number 0 is the newest.
func (x *Exporter) Edition(ctx context.Context, slug course.Slug, number int) (Outgoing, error) {
	head, err := x.school.Library.Find(ctx, slug)
	if lms.Is(err, lms.NotFound) {
		return Outgoing{}, lms.Fail(lms.NotFound, "error.course.unknown")
	}
	if err != nil {
		return Outgoing{}, err
	}
	if number == 0 {
		number = head.Newest().Number
	}
	return x.outgoing(ctx, head, number)
}

func (x *Exporter) outgoing(ctx context.Context, head lms.Course, number int) (Outgoing, error) {
	e, ok := head.Edition(number)
	if !ok {
		return Outgoing{}, lms.Fail(lms.NotFound, "error.edition.unknown")
	}
	c, err := x.school.Library.Open(ctx, e.Hash)
	if err != nil {
		return Outgoing{}, err
	}
	owner, err := x.school.Organisations.Find(ctx, head.Organisation)
	if err != nil {
		return Outgoing{}, err
	}
	return Outgoing{Content: c, Edition: e, Owner: owner.Name, Address: x.url + "/corsi/" + string(head.Slug), Open: x.media(c)}, nil
}

// media opens the media of an edition. One that the store has lost is a fault of ours: nothing is sent then, rather than something with a hole.
func (x *Exporter) media(c *course.Course) func(context.Context, course.Hash) (lms.Object, error) {
	return func(ctx context.Context, h course.Hash) (lms.Object, error) {
		o, err := x.school.Library.OpenMedia(ctx, h)
		if err != nil && !errors.Is(err, context.Canceled) {
			m, _ := c.MediaByHash(h)
			return nil, &lms.Error{Kind: lms.Unavailable, Message: "error.export.media", Err: fmt.Errorf("%s (%s): %w", m.Path, h, err)}
		}
		return o, err
	}
}
