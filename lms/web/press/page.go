package press

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"html/template"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"
)

// Page is one page on its way to a reader: the parts that stand on it.
type Page struct{ parts []*part }

// Put notes a fragment's parts for the page's way out and gives what stands for them in templates: a mark for each part, and the filled blanks.
// fill gives the reader's own value for a blank, as HTML.
func (g *Page) Put(f Fragment, fill func(blank string) string) template.HTML {
	var b strings.Builder
	for i := range f {
		g.parts = append(g.parts, &f[i])
		fmt.Fprintf(&b, "%s%04d", mark, len(g.parts)-1)
		if f[i].blank != "" {
			b.WriteString(fill(f[i].blank))
		}
	}
	return template.HTML(b.String()) //nolint:gosec // marks and escaped values
}

// mark begins a part's mark; the part's number follows in four digits. No other text on a page has it: templates and the compiler of courses put a
// replacement character for it.
const (
	mark       = "\x00"
	markLength = len(mark) + 4
)

// Plain is a page as it was rendered, with its parts where their marks stand.
func (g *Page) Plain(rendered []byte) []byte {
	size := len(rendered)
	for _, p := range g.parts {
		size += len(p.html)
	}
	out := make([]byte, 0, size)
	g.walk(rendered, func(own []byte, p *part) {
		out = append(out, own...)
		if p != nil {
			out = append(out, p.html...)
		}
	})
	return out
}

// Gzipped is the same page as a gzip file (RFC 1952). What is kept compressed is copied; only what was rendered for this request is compressed now.
func (g *Page) Gzipped(rendered []byte, f *Fragments) []byte {
	out := bytes.NewBuffer(make([]byte, 0, 16<<10))
	out.WriteString("\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff") // deflate, no name, no time, fastest, on any system
	w, ok := f.compressors.Get().(*flate.Writer)
	if !ok {
		w = compressor(flate.BestSpeed)
	}
	defer f.compressors.Put(w)
	var sum uint32
	size := 0
	g.walk(rendered, func(own []byte, p *part) {
		deflate(out, own, w)
		sum, size = crc32.Update(sum, crc32.IEEETable, own), size+len(own)
		if p != nil {
			out.Write(p.deflated)
			sum, size = crc32.Update(sum, crc32.IEEETable, []byte(p.html)), size+len(p.html)
		}
	})
	out.WriteString("\x01\x00\x00\xff\xff") // the last block, empty
	end := binary.LittleEndian.AppendUint32(nil, sum)
	out.Write(binary.LittleEndian.AppendUint32(end, uint32(size))) //nolint:gosec // by the standard, modulo 2^32
	return out.Bytes()
}

// walk visits a rendered page in order: a stretch of its own, and the part whose mark stands behind it; nil at the end.
func (g *Page) walk(rendered []byte, visit func(own []byte, p *part)) {
	for {
		i := bytes.IndexByte(rendered, mark[0])
		if i < 0 || i+markLength > len(rendered) {
			visit(rendered, nil)
			return
		}
		n, err := strconv.Atoi(string(rendered[i+len(mark) : i+markLength]))
		if err != nil || n < 0 || n >= len(g.parts) { // not one of ours
			visit(rendered[:i], nil)
		} else {
			visit(rendered[:i], g.parts[n])
		}
		rendered = rendered[i+markLength:]
	}
}

// storedUnder is the length below which a text is stored as it is: a block with a table of its own would not be shorter.
const storedUnder = 160

// compressor makes what is kept for the next page: one has large tables.
func compressor(level int) *flate.Writer {
	w, err := flate.NewWriter(nil, level)
	if err != nil {
		panic(err) // the levels are right
	}
	return w
}

// deflate appends a text as whole blocks.
func deflate(out *bytes.Buffer, text []byte, w *flate.Writer) {
	switch n := len(text); {
	case n == 0:
	case n < storedUnder:
		out.Write([]byte{0, byte(n), byte(n >> 8), ^byte(n), ^byte(n >> 8)})
		out.Write(text)
	default:
		w.Reset(out)
		_, _ = w.Write(text) // a buffer takes everything
		_ = w.Flush()
	}
}

// deflateOnce is deflate with all the time it needs, for what is kept.
func deflateOnce(text string) []byte {
	var out bytes.Buffer
	deflate(&out, []byte(text), compressor(flate.BestCompression))
	return out.Bytes()
}
