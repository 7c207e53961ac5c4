package web

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strconv"

	"github.com/klauspost/compress/flate"
)

// plain is a page as it was rendered, with its parts where their marks stand.
func (r *request) plain(rendered []byte) []byte {
	size := len(rendered)
	for _, p := range r.parts {
		size += len(p.html)
	}
	out := make([]byte, 0, size)
	r.walk(rendered, func(own []byte, p *part) {
		out = append(out, own...)
		if p != nil {
			out = append(out, p.html...)
		}
	})
	return out
}

// gzipped is the same page as a gzip file (RFC 1952). What is kept compressed is copied; only what was rendered for this request is compressed now.
func (r *request) gzipped(rendered []byte) []byte {
	out := bytes.NewBuffer(make([]byte, 0, 16<<10))
	out.WriteString("\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff") // deflate, no name, no time, fastest, on any system
	w := r.site.compressors.Get().(*flate.Writer)
	defer r.site.compressors.Put(w)
	var sum uint32
	size := 0
	r.walk(rendered, func(own []byte, p *part) {
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
func (r *request) walk(rendered []byte, visit func(own []byte, p *part)) {
	for {
		i := bytes.IndexByte(rendered, mark[0])
		if i < 0 || i+markLength > len(rendered) {
			visit(rendered, nil)
			return
		}
		n, err := strconv.Atoi(string(rendered[i+len(mark) : i+markLength]))
		if err != nil || n < 0 || n >= len(r.parts) { // not one of ours
			visit(rendered[:i], nil)
		} else {
			visit(rendered[:i], r.parts[n])
		}
		rendered = rendered[i+markLength:]
	}
}

// storedUnder is the length below which a text is stored as it is: a block with a table of its own would not be shorter.
const storedUnder = 160

// newCompressor makes what a site keeps some of: one has large tables.
func newCompressor() any { return compressor(flate.BestSpeed) }

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
