package api

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"time"

	"aulacomune/lms"

	"github.com/gofiber/fiber/v2"
)

// What a request may weigh, in bytes.
const (
	maxJSON  = 1 << 20
	maxZip   = 25 << 20
	maxDrain = 64 << 20 // of a body that nobody wanted, so that the caller gets to read why
)

// patience is how long a large body may stand still. The front door's time limit is for the whole of a request, too short for a video
// on a slow line.
const patience = 30 * time.Second

// body is the body of a request, read at most once and never beyond its end: a chunked stream of fasthttp does not remember that it
// ended, and would take the next request for its continuation.
type body struct {
	r     io.Reader
	size  int64 // as announced; negative when it was not
	ended bool
	broke bool // before its end
	conn  net.Conn
	until time.Time // of the deadline that was set last; zero before
}

func bodyOf(c *fiber.Ctx) *body {
	b := &body{r: c.Context().RequestBodyStream(), size: int64(c.Request().Header.ContentLength()), conn: c.Context().Conn()}
	if b.r == nil {
		b.r, b.size = bytes.NewReader(nil), 0
		if len(c.Request().Header.MultipartFormBoundary()) == 0 { // a form was parsed already, and Body would put it together again in memory
			whole := c.Request().Body()
			b.r, b.size = bytes.NewReader(whole), int64(len(whole))
		}
	}
	b.ended = b.size == 0
	return b
}

// Read reads on, until the end or the first error.
func (b *body) Read(p []byte) (int, error) {
	if b.ended {
		return 0, io.EOF
	}
	n, err := b.r.Read(p)
	b.ended = err != nil
	b.broke = b.ended && !errors.Is(err, io.EOF)
	return n, err
}

// upTo reads the whole body unless it is larger than max.
func (b *body) upTo(max int64) ([]byte, error) {
	if b.size > max {
		return nil, tooLarge(max)
	}
	whole, err := io.ReadAll(io.LimitReader(b, max+1))
	if err != nil {
		return nil, broken(err)
	}
	if int64(len(whole)) > max {
		return nil, tooLarge(max)
	}
	return whole, nil
}

// capped gives the body as a stream that fails where it passes max. It may take as long as it likes, as long as it moves.
func (b *body) capped(max int64) (io.Reader, error) {
	if b.size > max {
		return nil, tooLarge(max)
	}
	return &cappedReader{b, max}, nil
}

type cappedReader struct {
	b    *body
	left int64
}

// Read fails as soon as more was read than is allowed.
func (r *cappedReader) Read(p []byte) (int, error) {
	if now := time.Now(); r.b.until.Sub(now) < patience/2 {
		r.b.until = now.Add(patience)
		if err := r.b.conn.SetReadDeadline(r.b.until); err != nil {
			return 0, err
		}
	}
	n, err := r.b.Read(p)
	if r.left -= int64(n); r.left < 0 {
		return n, errTooLong
	}
	return n, err
}

var errTooLong = errors.New("the body is too long")

// finish reads what the handler left; where that is too much, the connection ends with the answer. What stayed unread on a connection
// that goes on would be taken for the next request.
func (b *body) finish(c *fiber.Ctx) {
	if !b.ended {
		_, _ = io.CopyN(io.Discard, b, maxDrain)
	}
	if !b.ended || b.broke {
		c.Context().SetConnectionClose()
	}
	if !b.until.IsZero() && b.conn.SetReadDeadline(time.Time{}) != nil {
		c.Context().SetConnectionClose()
	}
}

// broken is a body that stopped before its end.
func broken(err error) error {
	return &problemError{status: http.StatusBadRequest, kind: "malformed", detail: phrase{key: "error.body.broken"}, cause: err}
}

func tooLarge(max int64) *problemError {
	return &problemError{
		status: http.StatusRequestEntityTooLarge, kind: "too-large", detail: phrase{key: "error.body.large"},
		fields: map[string]phrase{"body": {"error.body.max", []any{"Most", max >> 20}}},
	}
}

// mustBe refuses a body of another media type, and one that is compressed.
func mustBe(c *fiber.Ctx, want string) error {
	got, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	coding := c.Get(fiber.HeaderContentEncoding)
	same := got == want || want == fiber.MIMEApplicationJSON && strings.HasPrefix(got, "application/") && strings.HasSuffix(got, "+json")
	if err == nil && same && (coding == "" || strings.EqualFold(coding, "identity")) {
		return nil
	}
	return &problemError{
		status: http.StatusUnsupportedMediaType, kind: "media-type", detail: phrase{key: "error.body.type"},
		fields: map[string]phrase{"body": {"error.body.want", []any{"Type", want}}},
	}
}

// limit is the largest body of a media type that a handler takes whole.
func limit(mediaType string) int64 {
	switch mediaType {
	case fiber.MIMEApplicationJSON:
		return maxJSON
	case mediaZip:
		return maxZip
	}
	return lms.MaxMedia
}

// The media types of bodies that are not JSON.
const (
	mediaZip = "application/zip"
	mediaAny = "application/octet-stream"
)
