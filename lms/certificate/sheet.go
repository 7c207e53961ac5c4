package certificate

import (
	"errors"
	"fmt"
	"math"
	"sort"
	"strconv"

	"rsc.io/qr"
)

// The page is A4, lying. Lengths are points.
const (
	pageWidth  = 841.89
	pageHeight = 595.28
	left       = 68.0
	measure    = pageWidth - 2*left
	top        = 54.0
	bottom     = pageHeight - 43
	codeSide   = 92.0
	gutter     = 22.0
)

const (
	largest  = 1.05 // of the sizes of the small type
	smallest = 0.3  // of the sizes of the type: below it nobody could read the page
	resist   = 0.88 // down to which the small type shrinks alone, and the headings keep their size
	airiest  = 9.0  // points that a gap may gain on a page with few words
	airless  = 4.0  // points that a gap should gain, as long as the type stays larger than roomy
	roomy    = 0.88
)

// The inks: the blue of Italian public bodies, its dark companion for text, and a grey for what is said beside. All of them stand
// out from white by more than WCAG asks of small text.
const (
	blue ink = 0x0066cc
	dark ink = 0x17324d
	grey ink = 0x475a6d
	pale ink = 0xb2cae5 // of hairlines, never of text
)

// sheet is a page being laid out from top to bottom, at one choice of sizes.
type sheet struct {
	*Drawer
	texts
	small, large float64 // scales of the small type and of the headings
	air          float64 // added to each gap
	gaps         int
	foot         float64 // added above the foot of the page
	y            float64
	root         *element
	rules        []box // hairlines
}

// compose lays out the page: as large as it fits, and with what room is left spread over it.
func (d *Drawer) compose(t texts, code *qr.Code) (*sheet, error) {
	const steps = 48
	at := func(step int) *sheet {
		scale := largest * math.Pow(smallest/largest, float64(step)/(steps-1))
		s := &sheet{Drawer: d, texts: t, small: scale, large: min(1, scale/resist)}
		s.lay(code)
		return s
	}
	fitting := sort.Search(steps, func(step int) bool { return at(step).fits() })
	if fitting == steps {
		return nil, errors.New("certificate: its words do not fit on one page")
	}
	s := at(fitting)
	spare := bottom - s.y
	air := min(airiest, spare/float64(max(1, s.gaps)))
	s = &sheet{Drawer: d, texts: t, small: s.small, large: s.large, air: air, foot: spare - air*float64(s.gaps)}
	s.lay(code)
	return s, nil
}

// fits tells whether the page holds what was laid on it, with some room to spare as long as the type need not be small for it.
func (s *sheet) fits() bool {
	spare := bottom - s.y
	return spare >= 0 && (s.small < roomy || spare >= airless*float64(s.gaps))
}

// lay sets every part of the page.
func (s *sheet) lay(code *qr.Code) {
	s.y, s.root = top, &element{tag: "Document"}
	s.heading()
	s.factGrid()
	s.content()
	s.y += s.foot
	s.signature(code)
	if s.Privacy != "" {
		s.gap(7)
		s.y = s.root.add("P", "").set(s.Privacy, s.style(s.regular, grey, 8.5, true), left, s.y, measure)
	}
}

// gap leaves room before the next part.
func (s *sheet) gap(points float64) {
	s.y += points*s.small + s.air
	s.gaps++
}

// style is one of small type.
func (s *sheet) style(f *face, colour ink, size float64, centred bool) style {
	return style{face: f, ink: colour, size: size * s.small, centred: centred}
}

// rule draws a hairline across the page.
func (s *sheet) rule() {
	s.rules = append(s.rules, box{left, s.y, measure, 0.5})
}

// heading says who attests what of whom.
func (s *sheet) heading() {
	for _, part := range []struct {
		tag, text string
		face      *face
		ink       ink
		size, gap float64
	}{
		{"P", s.Issuer, s.bold, dark, 15, 7},
		{"H1", s.Title, s.bold, blue, 33, 6},
		{"P", before(s.Person, s.words.certify), s.regular, grey, 12, 0},
		{"P", s.Person, s.bold, dark, 32, 0},
		{"P", s.who, s.regular, dark, 13, 5},
		{"P", before(s.Course, s.words.completed), s.regular, grey, 12, 1},
		{"P", s.Course, s.bold, dark, 19, 9},
	} {
		if part.text == "" {
			continue
		}
		st := style{face: part.face, ink: part.ink, size: part.size * s.large, shrink: 0.75, centred: true}
		if part.face == s.bold {
			st.shrink = 0.5
		}
		s.y = s.root.add(part.tag, "").set(part.text, st, left, s.y, measure)
		s.gap(part.gap)
	}
}

// before gives the words that lead to a text, if there is one.
func before(text, words string) string {
	if text == "" {
		return ""
	}
	return words
}

// factGrid shows labels with their values, three in a row.
func (s *sheet) factGrid() {
	if len(s.facts) == 0 {
		return
	}
	const columns = 3
	width := (measure - (columns-1)*gutter) / columns
	list := s.root.add("L", "<</O /List /ListNumbering /None>>")
	s.rule()
	s.y += 6 * s.small
	end := s.y
	for i, f := range s.facts {
		if i > 0 && i%columns == 0 {
			s.y = end + 4*s.small
		}
		x := left + float64(i%columns)*(width+gutter)
		item := list.add("LI", "")
		y := item.add("Lbl", "").set(f.label, s.style(s.regular, grey, 8.5, false), x, s.y, width)
		value := s.style(s.bold, dark, 11, false)
		value.shrink = 0.85
		end = max(end, item.add("LBody", "").set(f.value, value, x, y, width))
	}
	s.y = end + 6*s.small
	s.rule()
}

// content shows the programme and the modules.
func (s *sheet) content() {
	if s.Programme != "" {
		s.gap(7)
		s.subheading(s.words.programme)
		s.y = s.root.add("P", "").set(s.Programme, s.style(s.regular, dark, 9.5, false), left, s.y, measure)
	}
	if len(s.Modules) == 0 {
		return
	}
	s.gap(5)
	s.subheading(s.words.modules)
	columns := 2
	if len(s.Modules) > 12 {
		columns = 3
	}
	rows := (len(s.Modules) + columns - 1) / columns
	width := (measure - float64(columns-1)*gutter) / float64(columns)
	st := s.style(s.regular, dark, 9.5, false)
	indent := st.size * (s.regular.width(strconv.Itoa(len(s.Modules))+".") + 0.5)
	list := s.root.add("L", "<</O /List /ListNumbering /Decimal>>")
	start, end := s.y, s.y
	for i, module := range s.Modules {
		if i%rows == 0 {
			s.y = start
		}
		x := left + float64(i/rows)*(width+gutter)
		item := list.add("LI", "")
		item.add("Lbl", "").set(strconv.Itoa(i+1)+".", st, x, s.y, indent)
		s.y = item.add("LBody", "").set(module, st, x+indent, s.y, width-indent)
		end = max(end, s.y)
	}
	s.y = end
}

func (s *sheet) subheading(words string) {
	s.y = s.root.add("H2", "").set(words, s.style(s.bold, blue, 9.5, false), left, s.y, measure)
}

// signature is the foot of the page: place and date, who signs, and how to verify.
func (s *sheet) signature(code *qr.Code) {
	if s.issue+s.SignatoryAs+s.Signatory+string(s.Code)+s.Verify == "" {
		return
	}
	s.gap(6)
	s.rule()
	s.y += 9 * s.small
	const issueWidth, signWidth = 160.0, 176.0
	const signAt = left + issueWidth + gutter
	const verifyAt = signAt + signWidth + gutter
	y, end := s.y, s.y
	if s.issue != "" {
		y = s.root.add("P", "").set(s.words.issued, s.style(s.regular, grey, 8.5, false), left, y, issueWidth)
		end = max(end, s.root.add("P", "").set(s.issue, s.style(s.bold, dark, 11, false), left, y, issueWidth))
	}
	y = s.y
	if s.SignatoryAs != "" {
		y = s.root.add("P", "").set(s.SignatoryAs, s.style(s.regular, grey, 8.5, false), signAt, y, signWidth)
	}
	if s.Signatory != "" {
		y = s.root.add("P", "").set(s.Signatory, s.style(s.bold, dark, 11, false), signAt, y, signWidth)
	}
	s.y = max(end, y, s.verification(code, verifyAt, left+measure-verifyAt))
}

// verification shows the code to read out, the address, and both as a code for a camera.
func (s *sheet) verification(code *qr.Code, x, width float64) float64 {
	y, end := s.y, s.y
	if code != nil {
		margin := codeSide * quiet / float64(code.Size+2*quiet)
		square := box{x + width + margin - codeSide, s.y - margin, codeSide, codeSide}
		s.figure(code, square)
		width, end = square.x-x-4, s.y+codeSide-2*margin
	}
	label, address := s.style(s.regular, grey, 8.5, false), s.style(s.regular, blue, 9.5, false)
	if s.Code != "" {
		y = s.root.add("P", "").set(s.words.code, label, x, y, width)
		y = s.root.add("P", "").set(string(s.Code), s.style(s.bold, dark, 13, false), x, y, width) + 5*s.small
	}
	if s.Verify != "" {
		y = s.root.add("P", "").set(s.words.verify, label, x, y, width)
		link := s.root.add("P", "").add("Link", "")
		link.link, link.alt = s.Verify, fmt.Sprintf(s.words.open, s.Verify)
		address.shrink = 0.8
		y = link.set(s.Verify, address, x, y, width)
	}
	return max(end, y)
}

// figure shows the code for a camera.
func (s *sheet) figure(code *qr.Code, square box) {
	f := s.root.add("Figure", fmt.Sprintf("<</O /Layout /Placement /Block /BBox [%s %s %s %s]>>", number(square.x),
		number(pageHeight-square.y-square.height), number(square.x+square.width), number(pageHeight-square.y)))
	f.code, f.box, f.alt = code, square, fmt.Sprintf(s.words.image, s.Verify)
}
