package certificate

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// painter writes the content of the page: every element that shows something is a marked sequence with a number of its own, and
// what only adorns the page is marked as an artefact.
type painter struct {
	strings.Builder
	shown []*element // by number
	page  int        // of the file, from 0: what is on other pages is left out
}

// number writes a length to a hundredth of a point or finer, in the shortest way.
func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64)
}

// paint writes the whole page.
func (s *sheet) paint() *painter {
	p := &painter{}
	p.adorn(s.rules)
	p.element(s.root)
	return p
}

// adorn draws the frame and the hairlines.
func (p *painter) adorn(rules []box) {
	p.WriteString("/Artifact <</Type /Layout>> BDC\n")
	p.frame(24, 2.4, blue)
	p.frame(29, 0.5, pale)
	p.fill(pale)
	for _, r := range rules {
		fmt.Fprintf(p, "%s %s %s %s re f\n", number(r.x), number(pageHeight-r.y-r.height), number(r.width), number(r.height))
	}
	p.WriteString("EMC\n")
}

// frame draws the outline of the page less a margin.
func (p *painter) frame(margin, thick float64, colour ink) {
	r, g, b := colour.parts()
	fmt.Fprintf(p, "%s %s %s RG %s w %s %s %s %s re S\n", r, g, b, number(thick),
		number(margin), number(margin), number(pageWidth-2*margin), number(pageHeight-2*margin))
}

func (p *painter) fill(colour ink) {
	r, g, b := colour.parts()
	fmt.Fprintf(p, "%s %s %s rg\n", r, g, b)
}

func (c ink) parts() (red, green, blue string) {
	part := func(shift int) string { return number(float64(c>>shift&0xff) / 255) }
	return part(16), part(8), part(0)
}

// element writes an element and its children, in the order in which they are read.
func (p *painter) element(e *element) {
	for _, kid := range e.kids {
		p.element(kid)
	}
	if len(e.lines) == 0 && e.code == nil || e.page != p.page {
		return
	}
	fmt.Fprintf(p, "/%s <</MCID %d>> BDC\n", e.tag, len(p.shown))
	p.shown = append(p.shown, e)
	if e.code != nil {
		p.fill(dark)
		p.WriteString(drawCode(e.code, e.box.x, pageHeight-e.box.y-e.box.height, e.box.width))
	}
	for _, l := range e.lines {
		p.line(l)
	}
	p.WriteString("EMC\n")
}

// line writes a line of text. Where the font lacks a character, the text itself goes along for those who copy or listen.
func (p *painter) line(l line) {
	glyphs, own := l.face.shape(l.text)
	if !own {
		fmt.Fprintf(p, "/Span <</ActualText %s>> BDC\n", text(l.text))
	}
	p.fill(l.ink)
	fmt.Fprintf(p, "BT /%s %s Tf %s %s Td [", l.face.key, number(l.size), number(l.x), number(pageHeight-l.y))
	p.WriteByte('<')
	for i, g := range glyphs {
		if i > 0 {
			if k := l.face.thousandths(l.face.kern.of(glyphs[i-1], g)); k != 0 {
				fmt.Fprintf(p, "> %d <", -k)
			}
		}
		fmt.Fprintf(p, "%04X", g)
	}
	p.WriteString(">] TJ ET\n")
	if !own {
		p.WriteString("EMC\n")
	}
}
