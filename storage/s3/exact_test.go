package s3

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestExact(t *testing.T) {
	broken := errors.New("broken")
	text := strings.Repeat("0123456789", 5)
	ways := map[string]func(io.Reader) io.Reader{
		"plain": func(r io.Reader) io.Reader { return r }, "bytes": iotest.OneByteReader, "half": iotest.HalfReader, "early": iotest.DataErrReader,
	}
	for name, way := range ways {
		for _, c := range []struct {
			r    io.Reader
			size int64
			want string
		}{
			{strings.NewReader(text), 50, ""},
			{strings.NewReader(""), 0, ""},
			{strings.NewReader(text), 49, "more bytes"},
			{strings.NewReader(text), 51, "1 bytes are missing"},
			{strings.NewReader(""), 1, "1 bytes are missing"},
			{strings.NewReader("x"), 0, "more bytes"},
			{io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), 60, "broken"},
			{io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), 50, "broken"},
		} {
			b, err := readAll(&exact{r: way(c.r), left: c.size}, c.size)
			if c.want == "" && (err != nil || !bytes.Equal(b, []byte(text[:c.size]))) {
				t.Errorf("%s, %d: %q (%v)", name, c.size, b, err)
			}
			if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%s, %d: %v, want %q", name, c.size, err, c.want)
			}
		}
	}
}
