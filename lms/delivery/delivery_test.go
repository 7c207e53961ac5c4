package delivery_test

import (
	"strings"
	"testing"

	"aulacomune/course"
	"aulacomune/lms/delivery"
)

func TestDeliveriesAreWholeOrOneRange(t *testing.T) {
	film := course.Media{Hash: course.Hash(strings.Repeat("ab", 32)), Type: "video/mp4"}
	for _, c := range []struct {
		ranges, etags string
		status        int
		from, length  int64
		said          string
	}{
		{"", "", 200, 0, 1000, ""},
		{"bytes=0-0", "", 206, 0, 1, "bytes 0-0/1000"},
		{"bytes=990-2000", "", 206, 990, 10, "bytes 990-999/1000"},
		{"bytes=-10", "", 206, 990, 10, "bytes 990-999/1000"},
		{"bytes=-5000", "", 206, 0, 1000, "bytes 0-999/1000"},
		{"bytes=1000-", "", 416, 0, 0, "bytes */1000"},
		{"bytes=5-2", "", 200, 0, 1000, ""},
		{"bytes=0-1,5-6", "", 200, 0, 1000, ""},
		{"seconds=0-1", "", 200, 0, 1000, ""},
		{"", `"x", W/"` + string(film.Hash) + `"`, 304, 0, 0, ""},
		{"bytes=0-0", `"` + string(film.Hash) + `"`, 304, 0, 0, ""},
		{"bytes=0-0", `"x"`, 206, 0, 1, "bytes 0-0/1000"},
	} {
		d := delivery.Of(film, 1000, c.etags, c.ranges)
		if d.Status != c.status || d.From != c.from || d.Length != c.length || d.Header["Content-Range"] != c.said || d.HasBody() != (c.status < 300) {
			t.Errorf("%q %q: %+v", c.ranges, c.etags, d)
		}
	}
	if d := delivery.Of(film, 0, "", "bytes=-1"); d.Status != 416 {
		t.Errorf("the end of an empty file: %+v", d)
	}
}

func TestDeliveriesCanOnlyBeWhatTheyAre(t *testing.T) {
	for kind, attached := range map[string]bool{
		"video/mp4": false, "image/svg+xml": false, "audio/mpeg": false, "text/vtt": false,
		"application/pdf": true, "text/html": true, "text/vttx": true, "imageish/x": true, "": true,
	} {
		h := delivery.Of(course.Media{Hash: "h", Type: kind}, 1, "", "").Header
		if h["Content-Type"] != kind || h["Content-Security-Policy"] != "default-src 'none'; sandbox" || h["X-Content-Type-Options"] != "nosniff" || (h["Content-Disposition"] == "attachment") != attached {
			t.Errorf("%q: %v", kind, h)
		}
	}
}
