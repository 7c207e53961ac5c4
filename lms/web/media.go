package web

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"

	"github.com/gofiber/fiber/v2"
)

// media serves a file of an edition to who may see it, whole or by range, straight from the object store.
func media(r *request) error {
	m, o, err := r.school().Learning.OpenMedia(r.ctx(), r.actor, course.Slug(r.param("slug")), course.Hash(r.param("hash")))
	if err != nil {
		return err
	}
	size := o.Info().Size
	r.mediaHeaders(m)
	if strings.Contains(r.c.Get(fiber.HeaderIfNoneMatch), string(m.Hash)) {
		o.Close()
		return r.c.SendStatus(fiber.StatusNotModified)
	}
	from, n, status := byteRange(r.c.Get(fiber.HeaderRange), size)
	if status == fiber.StatusRequestedRangeNotSatisfiable {
		o.Close()
		r.c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", size))
		return r.c.SendStatus(status)
	}
	if status == fiber.StatusPartialContent {
		r.c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", from, from+n-1, size))
	}
	r.c.Status(status)
	return r.stream(o, from, n)
}

// mediaHeaders make sure that a file can only be what it is: nothing in it runs, and what is not shown in a page is downloaded.
func (r *request) mediaHeaders(m course.Media) {
	c := r.c
	c.Set(fiber.HeaderContentType, m.Type)
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderCacheControl, "private, max-age=31536000, immutable")
	c.Set(fiber.HeaderETag, `"`+string(m.Hash)+`"`)
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	shown := strings.HasPrefix(m.Type, "image/") || strings.HasPrefix(m.Type, "video/") || strings.HasPrefix(m.Type, "audio/") || m.Type == "text/vtt"
	if !shown {
		c.Set(fiber.HeaderContentDisposition, "attachment")
	}
}

// stream sends n bytes from an offset. The object is closed when they are sent or the reader is gone.
func (r *request) stream(o lms.Object, from, n int64) error {
	if r.c.Method() == fiber.MethodHead {
		defer o.Close()
		r.c.Response().Header.SetContentLength(int(n))
		r.c.Response().SkipBody = true
		return nil
	}
	body, err := o.Range(r.ctx(), from, n)
	if err != nil {
		o.Close()
		return err
	}
	r.c.Context().SetBodyStream(both{body, o}, int(n))
	return nil
}

// both closes the object with its stream, and lets the stream write with its own large buffer.
type both struct {
	io.ReadCloser
	object io.Closer
}

// WriteTo hands over to the stream, which writes with a large buffer and copies nothing into memory.
func (b both) WriteTo(w io.Writer) (int64, error) {
	if wt, ok := b.ReadCloser.(io.WriterTo); ok {
		return wt.WriteTo(w)
	}
	return io.Copy(w, b.ReadCloser)
}

// Close closes both.
func (b both) Close() error {
	err := b.ReadCloser.Close()
	if e := b.object.Close(); err == nil {
		err = e
	}
	return err
}

// byteRange reads a Range header of one range; several ranges, or one that makes no sense, mean the whole file.
func byteRange(header string, size int64) (from, n int64, status int) {
	spec, ok := strings.CutPrefix(header, "bytes=")
	a, b, dash := strings.Cut(spec, "-")
	if !ok || !dash || strings.Contains(spec, ",") {
		return 0, size, fiber.StatusOK
	}
	first, errA := strconv.ParseInt(a, 10, 64)
	last, errB := strconv.ParseInt(b, 10, 64)
	switch {
	case a == "" && errB == nil && last > 0: // the last bytes
		first, last = max(0, size-last), size-1
	case errA != nil || first < 0 || (b != "" && (errB != nil || last < first)):
		return 0, size, fiber.StatusOK
	case b == "" || last >= size:
		last = size - 1
	}
	if first >= size {
		return 0, 0, fiber.StatusRequestedRangeNotSatisfiable
	}
	return first, last - first + 1, fiber.StatusPartialContent
}
