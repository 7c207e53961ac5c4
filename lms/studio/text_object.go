package studio

import (
	"bytes"
	"context"
	"io"

	"aulacomune/course"
	"aulacomune/lms"
)

// text is a text of a draft as an object that can be served.
type text struct {
	*bytes.Reader
	info lms.ObjectInfo
	body []byte
}

func textObject(m course.Media, body []byte) lms.Object {
	return text{bytes.NewReader(body), lms.ObjectInfo{Key: m.Path, Size: int64(len(body)), Type: m.Type}, body}
}

// Info implements lms.Object.
func (t text) Info() lms.ObjectInfo { return t.info }

// Close implements lms.Object.
func (t text) Close() error { return nil }

// Range implements lms.Object.
func (t text) Range(_ context.Context, from, n int64) (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(bytes.NewReader(t.body), from, n)), nil
}
