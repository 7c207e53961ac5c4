package content

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"

	"aulacomune/content/lint"
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// svgElements are the elements of a still drawing.
var svgElements = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, name := range []string{
		"circle", "clipPath", "defs", "desc", "ellipse", "g", "line", "linearGradient", "marker", "mask", "metadata", "path", "pattern",
		"polygon", "polyline", "radialGradient", "rect", "stop", "svg", "symbol", "text", "textPath", "title", "tspan", "use",
	} {
		set[name] = true
	}
	return set
})

// checkSVG says whether a drawing is still and stands alone, and how large it is. What it holds that it may not is reported at its place.
func checkSVG(file *lint.File, report *lint.Report) (width, height int, ok bool) {
	s := svg{file: file, report: report, decoder: xml.NewDecoder(bytes.NewReader(file.Text)), ok: true}
	s.decoder.Strict = true
	for s.ok {
		at := int(s.decoder.InputOffset())
		token, err := s.decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			s.refuse(int(s.decoder.InputOffset()), lint.WordXML)
			break
		}
		s.token(token, at)
	}
	if s.ok && !s.root {
		s.refuse(0, lint.WordXML)
	}
	return s.width, s.height, s.ok
}

// svg is a check under way.
type svg struct {
	file          *lint.File
	report        *lint.Report
	decoder       *xml.Decoder
	depth, uses   int
	width, height int
	root, ok      bool
}

// refuse reports what a drawing may not hold.
func (s *svg) refuse(at int, what string) {
	s.report.Add(lint.UnsafeSVG, s.file.At(at), what)
	s.ok = false
}

// token judges one piece of the XML.
func (s *svg) token(token xml.Token, at int) {
	switch t := token.(type) {
	case xml.Directive:
		s.refuse(at, lint.WordDoctype)
	case xml.ProcInst:
		if t.Target != "xml" {
			s.refuse(at, "<?"+t.Target+">")
		}
	case xml.EndElement:
		s.depth--
	case xml.StartElement:
		s.start(t, at)
	}
}

// start judges an element and its attributes.
func (s *svg) start(e xml.StartElement, at int) {
	name := e.Name.Local
	if e.Name.Space != svgSpace || !svgElements()[name] || (s.depth == 0) != (name == "svg" && !s.root) {
		s.refuse(at, "<"+name+">")
		return
	}
	if name == "use" {
		if s.uses++; s.uses > 200 {
			s.refuse(at, lint.WordUses)
		}
	}
	for _, a := range e.Attr {
		s.attribute(a, at)
	}
	if !s.root {
		s.root = true
		s.size(e.Attr)
	}
	if s.depth++; s.depth > 100 {
		s.refuse(at, lint.WordXML)
	}
}

// attribute judges an attribute: names that run or style something, and values that reach outside.
func (s *svg) attribute(a xml.Attr, at int) {
	name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
	declares := a.Name.Space == "xmlns" || a.Name.Space == "" && name == "xmlns"
	known := a.Name.Space == "" || a.Name.Space == xlinkSpace || a.Name.Space == xmlSpace
	switch {
	case declares:
	case !known || strings.HasPrefix(name, "on") || name == "style" || name == "base" || name == "src":
		s.refuse(at, a.Name.Local)
	case name == "href" && !strings.HasPrefix(value, "#"):
		s.refuse(at, lint.WordReference)
	case reaches(value):
		s.refuse(at, lint.WordReference)
	}
}

// reaches says that a value points outside the drawing or could run.
func reaches(value string) bool {
	if !strings.ContainsAny(value, `(:@\`) {
		return false
	}
	for rest := value; ; {
		_, after, found := strings.Cut(rest, "url(")
		if !found {
			break
		}
		if rest = strings.TrimLeft(after, ` '"`); !strings.HasPrefix(rest, "#") {
			return true
		}
	}
	return strings.Contains(value, "javascript:") || strings.Contains(value, "data:") || strings.Contains(value, "@import") || strings.Contains(value, `\`)
}

// size reads the drawing's size: its viewBox, else its width and height.
func (s *svg) size(attributes []xml.Attr) {
	var w, h float64
	for _, a := range attributes {
		switch a.Name.Local {
		case "viewBox":
			if n := strings.Fields(strings.ReplaceAll(a.Value, ",", " ")); len(n) == 4 {
				s.width, s.height = pixels(n[2]), pixels(n[3])
			}
		case "width":
			w = float64(pixels(a.Value))
		case "height":
			h = float64(pixels(a.Value))
		}
	}
	if s.width == 0 || s.height == 0 {
		s.width, s.height = int(w), int(h)
	}
}

// pixels reads a length; 0 when it is none that a page could use.
func pixels(s string) int {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || !(f >= 1 && f <= 20_000) {
		return 0
	}
	return int(f + 0.5)
}
