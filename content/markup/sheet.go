package markup

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
)

// border parts the pieces of a sheet. It is a character of private use, which an author's text may not bring.
const border = "\uF8FF"

// sheet collects the pieces of HTML that a page is written in, so that the policy, which is dear to start, goes over all of them at once.
type sheet struct {
	renderer renderer.Renderer
	source   []byte
	buffer   bytes.Buffer
	writer   *bufio.Writer
	pieces   []*string
}

func newSheet(r renderer.Renderer, source []byte) *sheet {
	s := &sheet{renderer: r, source: source}
	s.buffer.Grow(len(source) + len(source)/2)
	s.writer = bufio.NewWriter(&s.buffer)
	return s
}

// write writes a tree; its HTML is in the string when the sheet is closed.
func (s *sheet) write(tree ast.Node, into *string) {
	start := s.buffer.Len()
	_ = s.renderer.Render(s.writer, s.source, tree) // a buffer does not fail
	if written := s.buffer.Bytes()[start:]; bytes.Contains(written, []byte(border)) {
		clean := bytes.ReplaceAll(written, []byte(border), []byte("\uFFFD")) // as long as the border
		s.buffer.Truncate(start)
		s.buffer.Write(clean)
	}
	s.buffer.WriteString(border)
	s.pieces = append(s.pieces, into)
}

// nodes writes some nodes alone; none of them is an empty string.
func (s *sheet) nodes(nodes []ast.Node, into *string) {
	if len(nodes) > 0 {
		s.write(fragment(nodes...), into)
	}
}

// close sends everything through the policy and hands out the pieces.
func (s *sheet) close() {
	rest := sanitise(&s.buffer)
	for _, into := range s.pieces {
		*into, rest, _ = strings.Cut(rest, border)
	}
}
