package markup

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
)

// border parts the pieces of a page. It is a character of private use, which an author's text may not bring.
const border = "\uF8FF"

// Press writes pages, one after another, in the same memory. The zero value is ready; it serves one goroutine.
//
// The pieces of a page (its body, the wording of a question, a choice) are written one behind the other, so that the
// policy, which is dear to start, goes over all of them at once.
type Press struct {
	raw, clean bytes.Buffer
	writer     *bufio.Writer
	renderer   renderer.Renderer
	source     []byte
	pieces     []*string
}

// start readies the press for a page.
func (s *Press) start(r renderer.Renderer, source []byte) {
	s.renderer, s.source, s.pieces = r, source, s.pieces[:0]
	s.raw.Reset()
	s.clean.Reset()
	if s.writer == nil {
		s.writer = bufio.NewWriter(&s.raw)
	}
}

// write writes a tree; its HTML is in the string when the page is finished.
func (s *Press) write(tree ast.Node, into *string) {
	start := s.raw.Len()
	_ = s.renderer.Render(s.writer, s.source, tree) // a buffer does not fail
	if written := s.raw.Bytes()[start:]; bytes.Contains(written, []byte(border)) {
		copy(written, bytes.ReplaceAll(written, []byte(border), []byte("\uFFFD"))) // both are three bytes long
	}
	s.raw.WriteString(border)
	s.pieces = append(s.pieces, into)
}

// nodes writes some nodes alone; none of them is an empty string.
func (s *Press) nodes(nodes []ast.Node, into *string) {
	if len(nodes) > 0 {
		s.write(fragment(nodes...), into)
	}
}

// finish sends everything through the policy and hands out the pieces.
func (s *Press) finish() {
	_ = policy().SanitizeReaderToWriter(&s.raw, &s.clean) // buffers do not fail
	rest := s.clean.String()
	for _, into := range s.pieces {
		*into, rest, _ = strings.Cut(rest, border)
	}
}
