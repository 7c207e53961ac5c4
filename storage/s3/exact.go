package s3

import (
	"errors"
	"fmt"
	"io"
)

// exact passes a reader on, and fails if it holds more or less than it should. It looks for more before it gives the last bytes away, so
// that whoever reads through it cannot take the wrong thing for whole. It hides that a reader can seek: the client would go round it.
type exact struct {
	r    io.Reader
	left int64
	err  error // the first failure, kept to tell it from the server's
}

// Read reads.
func (e *exact) Read(p []byte) (int, error) {
	if e.err != nil {
		return 0, e.err
	}
	if e.left == 0 {
		return 0, io.EOF
	}
	n, err := e.r.Read(p[:min(int64(len(p)), e.left)])
	e.left -= int64(n)
	switch {
	case e.left == 0:
		return e.last(n)
	case errors.Is(err, io.EOF):
		e.err = fmt.Errorf("size: %d bytes are missing: %w", e.left, io.ErrUnexpectedEOF)
	case err != nil:
		e.err = err
	}
	return n, e.err
}

// last ends the reading, if nothing more comes.
func (e *exact) last(n int) (int, error) {
	if e.err = e.ended(); e.err != nil {
		return 0, e.err
	}
	return n, nil
}

// ended says whether the reader behind has ended.
func (e *exact) ended() error {
	var more [1]byte
	n, err := io.ReadFull(e.r, more[:])
	if n > 0 {
		return errors.New("size: there are more bytes than announced")
	}
	if !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// readAll reads exactly size bytes.
func readAll(e *exact, size int64) ([]byte, error) {
	b := make([]byte, size)
	if size == 0 {
		return b, e.ended()
	}
	_, err := io.ReadFull(e, b)
	if err != nil && e.err != nil {
		err = e.err
	}
	return b, err
}
