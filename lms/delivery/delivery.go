// Package delivery says how a media file answers a request: with which headers, and which of its bytes. Pages and API deliver alike.
package delivery

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
)

// Answer is how a media file answers a request: with which status and headers, and which of its bytes follow.
type Answer struct {
	Status int // 200, 206, 304 or 416
	Header map[string]string
	From   int64 // of the bytes that follow
	Length int64 // how many; after 304 and 416 none
}

// Of answers a request whose headers If-None-Match and Range are given. The headers make sure that a file can only be what it is: nothing in it
// runs, and what is not shown in a page is downloaded.
func Of(m course.Media, size int64, ifNoneMatch, ranges string) Answer {
	d := Answer{Status: http.StatusNotModified, Header: map[string]string{
		"Content-Type":            m.Type,
		"Content-Security-Policy": "default-src 'none'; sandbox",
		"X-Content-Type-Options":  "nosniff",
		"Cache-Control":           "private, max-age=31536000, immutable",
		"ETag":                    `"` + string(m.Hash) + `"`,
		"Accept-Ranges":           "bytes",
	}}
	if !shown(m.Type) {
		d.Header["Content-Disposition"] = "attachment"
	}
	if strings.Contains(ifNoneMatch, string(m.Hash)) {
		return d
	}
	switch d.From, d.Length, d.Status = byteRange(ranges, size); d.Status {
	case http.StatusPartialContent:
		d.Header["Content-Range"] = fmt.Sprintf("bytes %d-%d/%d", d.From, d.From+d.Length-1, size)
	case http.StatusRequestedRangeNotSatisfiable:
		d.Header["Content-Range"] = fmt.Sprintf("bytes */%d", size)
	}
	return d
}

// shown says whether pages show files of a type themselves.
func shown(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, "/")
	return kind == "image" || kind == "video" || kind == "audio" || mediaType == "text/vtt"
}

// HasBody says whether bytes of the file follow.
func (d Answer) HasBody() bool {
	return d.Status == http.StatusOK || d.Status == http.StatusPartialContent
}

// Open opens the stream of the bytes that follow. The object is closed with it, or at once when it cannot be opened.
func (d Answer) Open(ctx context.Context, o lms.Object) (io.ReadCloser, error) {
	body, err := o.Range(ctx, d.From, d.Length)
	if err != nil {
		o.Close()
		return nil, err
	}
	return both{body, o}, nil
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
		return 0, size, http.StatusOK
	}
	first, errA := strconv.ParseInt(a, 10, 64)
	last, errB := strconv.ParseInt(b, 10, 64)
	switch {
	case a == "" && errB == nil && last > 0: // the last bytes
		first, last = max(0, size-last), size-1
	case errA != nil || first < 0 || (b != "" && (errB != nil || last < first)):
		return 0, size, http.StatusOK
	case b == "" || last >= size:
		last = size - 1
	}
	if first >= size {
		return 0, 0, http.StatusRequestedRangeNotSatisfiable
	}
	return first, last - first + 1, http.StatusPartialContent
}
