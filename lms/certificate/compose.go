package certificate

import (
	"strings"
	"unicode/utf8"

	"rsc.io/qr"
)

// element is a piece of the page with its meaning: a node of the structure tree that has either children or something to show.
type element struct {
	tag        string // structure type of PDF
	attributes string
	kids       []*element
	lines      []line
	link       string   // address that the lines lead to
	code       *qr.Code // drawn in the box
	alt        string   // of what is drawn
	box        box
	page       int // on which it is shown, from 0
}

// line is one line of text in its place. Lengths are points, from the upper left corner of the page; y is that of the baseline.
type line struct {
	text string
	x, y float64
	size float64
	face *face
	ink  ink
}

// box is a rectangle, from its upper left corner.
type box struct{ x, y, width, height float64 }

// ink is a colour: 0xRRGGBB.
type ink uint32

// style is how a text is set.
type style struct {
	face    *face
	ink     ink
	size    float64
	shrink  float64 // the share of its size to which it may shrink to stay on one line; 0 is never
	centred bool
}

const leading = 1.24 // from line to line, in sizes of the type

// add appends a child and returns it.
func (e *element) add(tag, attributes string) *element {
	kid := &element{tag: tag, attributes: attributes}
	e.kids = append(e.kids, kid)
	return kid
}

// set sets a text in this element, in a column whose upper left corner is x, y, and returns where it ends.
func (e *element) set(s string, st style, x, y, width float64) float64 {
	size := st.size
	if full := st.face.width(s) * size; full > width && st.shrink > 0 {
		size *= max(st.shrink, width/full)
	}
	lines := wrap(s, st.face, width/size)
	if st.centred {
		lines = balance(s, st.face, width/size, lines)
	}
	for _, text := range lines {
		l := line{text: text, x: x, y: y + size*(leading/2+0.34), size: size, face: st.face, ink: st.ink}
		if st.centred {
			l.x += (width - size*st.face.width(strings.TrimSuffix(text, " "))) / 2
		}
		e.lines = append(e.lines, l)
		y += size * leading
	}
	return y
}

// wrap cuts a text into lines of at most a width, in sizes of the type. A line keeps the space that it ends with, so the lines
// together are the text, and one that breaks inside a word ends without.
func wrap(s string, f *face, width float64) []string {
	if f.width(s) <= width*1.0001 {
		return []string{s}
	}
	var lines []string
	var current strings.Builder
	used, space := 0.0, f.width(" ")
	flush := func() {
		if current.Len() > 0 {
			lines = append(lines, current.String())
		}
		current.Reset()
		used = 0
	}
	for word := range strings.SplitAfterSeq(s, " ") {
		pieces := []string{word}
		if f.width(strings.TrimSuffix(word, " ")) > width {
			pieces = broken(word, f, width)
		}
		for i, piece := range pieces {
			own := f.width(strings.TrimSuffix(piece, " "))
			if i > 0 || used+own > width {
				flush()
			}
			current.WriteString(piece)
			used += own + space
		}
	}
	flush()
	return lines
}

// broken cuts a word that is wider than a line: after the last mark at which an address may break, or where the line ends.
func broken(word string, f *face, width float64) []string {
	var pieces []string
	start, mark := 0, 0
	r := ruler{face: f}
	for i, c := range word {
		if r.add(c); c != ' ' && i > start && r.length() > width {
			end := i
			if mark > (start+i)/2 {
				end = mark
			}
			pieces = append(pieces, word[start:end])
			start, mark, r = end, 0, ruler{face: f}
			for _, again := range word[end : i+utf8.RuneLen(c)] {
				r.add(again)
			}
		}
		if strings.ContainsRune("/.?&=@_", c) {
			mark = i + 1
		}
	}
	return append(pieces, word[start:])
}

// balance narrows a wrapped text as long as it takes no more lines, so that its lines are of like length.
func balance(s string, f *face, width float64, lines []string) []string {
	if len(lines) < 2 || len(lines) > 3 {
		return lines
	}
	low := width / 2
	for range 6 {
		middle := (low + width) / 2
		if narrower := wrap(s, f, middle); len(narrower) > len(lines) {
			low = middle
		} else {
			width, lines = middle, narrower
		}
	}
	return lines
}
