package certificate

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf16"
)

// file is a PDF file being written: numbered objects, then a classic table of where each one is. There is nothing random in it.
type file struct {
	buf     bytes.Buffer
	offsets []int // of object n at n-1
}

// ref is the number of an object.
type ref int

// String writes a reference to the object.
func (r ref) String() string { return fmt.Sprintf("%d 0 R", int(r)) }

func newFile() *file {
	f := &file{}
	f.buf.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n") // four high bytes tell everyone that this is not text
	return f
}

// reserve gives the number of an object that is put later.
func (f *file) reserve() ref {
	f.offsets = append(f.offsets, 0)
	return ref(len(f.offsets))
}

// put writes the object with a reserved number.
func (f *file) put(r ref, format string, args ...any) {
	f.offsets[r-1] = f.buf.Len()
	fmt.Fprintf(&f.buf, "%d 0 obj\n", int(r))
	fmt.Fprintf(&f.buf, format, args...)
	f.buf.WriteString("\nendobj\n")
}

// add writes an object with the next number.
func (f *file) add(format string, args ...any) ref {
	r := f.reserve()
	f.put(r, format, args...)
	return r
}

// stream writes an object with data; entries go into its dictionary.
func (f *file) stream(data []byte, entries string) ref {
	return f.add("<<%s /Length %d>>\nstream\n%s\nendstream", entries, len(data), data)
}

// finish writes the table and the trailer. The identifier is a hash of all that came before.
func (f *file) finish(root, info ref) []byte {
	id := sha256.Sum256(f.buf.Bytes())
	start := f.buf.Len()
	fmt.Fprintf(&f.buf, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, at := range f.offsets {
		fmt.Fprintf(&f.buf, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&f.buf, "trailer\n<</Size %d /Root %s /Info %s /ID [<%x> <%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.offsets)+1, root, info, id[:16], id[:16], start)
	return f.buf.Bytes()
}

// pack compresses for a stream with /FlateDecode.
func pack(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write(b) // a bytes.Buffer never fails
	_ = w.Close()
	return out.Bytes()
}

// text writes a string of Unicode text as a PDF string, in hexadecimal, so that nothing in it can end it.
func text(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteByte('>')
	return b.String()
}

// refs writes references as an array.
func refs(rs []ref) string {
	s := make([]string, len(rs))
	for i, r := range rs {
		s[i] = r.String()
	}
	return "[" + strings.Join(s, " ") + "]"
}

// literal writes bytes as a PDF string, in hexadecimal: for what is not text, such as an address.
func literal(s string) string { return fmt.Sprintf("<%x>", s) }
