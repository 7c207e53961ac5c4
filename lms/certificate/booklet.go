package certificate

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"aulacomune/lms"
)

// Booklet is somebody's hours of training of a year, in the words that are printed.
type Booklet struct {
	Lang    string // "it" or "en"
	Maker   string // who runs the service that printed it
	Title   string
	Person  string
	Who     string      // ente, office, category
	Facts   [][2]string // labels with values
	Caption string      // of the table
	Head    []string    // headings of the columns
	Shares  []float64   // how much of the page's width each column has; together 1
	Rows    [][]string  // as many cells as columns
	Empty   string      // in place of a table without rows
	Note    string      // that it is no official register
	Page    string      // "Pagina %d di %d"
	Made    time.Time
}

// maxBooklet is how many rows are printed: whoever has more prints in parts.
const maxBooklet = 5000

// DrawBooklet makes the PDF of a booklet: tagged, as many pages as its table needs, and the same bytes for the same words.
func (d *Drawer) DrawBooklet(b Booklet) ([]byte, error) {
	if d.err != nil {
		return nil, d.err
	}
	if len(b.Head) == 0 || len(b.Shares) != len(b.Head) || len(b.Rows) > maxBooklet {
		return nil, errors.New("certificate: a booklet without columns, or with too many rows")
	}
	b.clean()
	s := &book{Drawer: d, of: b, root: &element{tag: "Document"}}
	s.lay()
	pages := make([]*painter, s.page+1)
	for i := range pages {
		pages[i] = s.paint(i)
	}
	t := texts{Printed: lms.Printed{Lang: b.Lang, Title: b.Title, Person: b.Person, Issuer: b.Maker}, words: wordsOf(b.Lang), moment: b.Made.UTC()}
	return d.file(s.root, t, pages...), nil
}

// clean takes from every text what could hide, turn round or break the words on a page.
func (b *Booklet) clean() {
	for _, s := range []*string{&b.Maker, &b.Title, &b.Person, &b.Who, &b.Caption, &b.Empty, &b.Note} {
		*s = clean(*s)
	}
	facts := make([][2]string, 0, len(b.Facts))
	for _, f := range b.Facts {
		facts = append(facts, [2]string{clean(f[0]), clean(f[1])})
	}
	head, rows := cleanAll(b.Head, len(b.Head)), make([][]string, 0, len(b.Rows))
	for _, r := range b.Rows {
		rows = append(rows, cleanAll(r, len(b.Head)))
	}
	b.Facts, b.Head, b.Rows = facts, head, rows
}

// cleanAll cleans cells, and gives as many as there are columns.
func cleanAll(cells []string, columns int) []string {
	out := make([]string, columns)
	for i := range min(columns, len(cells)) {
		out[i] = clean(cells[i])
	}
	return out
}

// book is a booklet being laid out from page to page.
type book struct {
	*Drawer
	of    Booklet
	root  *element
	page  int
	y     float64
	aside [][]line // of each page: what is repeated there, and read once
	rules [][]box  // hairlines of each page
}

const (
	bookEnd  = pageHeight - 58 // of the room for rows
	cellPad  = 6.0
	cellSize = 9.0
)

// lay sets the head of the booklet and its table.
func (s *book) lay() {
	s.begin()
	s.y = top
	for _, part := range []struct {
		tag, text string
		st        style
		gap       float64
	}{
		{"P", s.of.Maker, style{face: s.bold, ink: dark, size: 11}, 4},
		{"H1", s.of.Title, style{face: s.bold, ink: blue, size: 22, shrink: 0.6}, 4},
		{"P", s.of.Person, style{face: s.bold, ink: dark, size: 16, shrink: 0.6}, 0},
		{"P", s.of.Who, style{face: s.regular, ink: dark, size: 10.5}, 8},
	} {
		if part.text != "" {
			s.y = s.root.add(part.tag, "").set(part.text, part.st, left, s.y, measure) + part.gap
		}
	}
	s.facts()
	if s.of.Note != "" {
		s.y = s.root.add("P", "").set(s.of.Note, style{face: s.regular, ink: grey, size: 8.5}, left, s.y, measure) + 6
	}
	if len(s.of.Rows) == 0 {
		s.root.add("P", "").set(s.of.Empty, style{face: s.regular, ink: dark, size: 10.5}, left, s.y, measure)
		return
	}
	s.table()
}

// begin opens a page.
func (s *book) begin() {
	s.aside, s.rules, s.y = append(s.aside, nil), append(s.rules, nil), top
}

// facts are labels with their values, beside one another.
func (s *book) facts() {
	if len(s.of.Facts) == 0 {
		return
	}
	list := s.root.add("L", "<</O /List /ListNumbering /None>>")
	width := (measure - float64(len(s.of.Facts)-1)*gutter) / float64(len(s.of.Facts))
	end := s.y
	for i, f := range s.of.Facts {
		x := left + float64(i)*(width+gutter)
		item := list.add("LI", "")
		y := item.add("Lbl", "").set(f[0], style{face: s.regular, ink: grey, size: 8.5}, x, s.y, width)
		end = max(end, item.add("LBody", "").set(f[1], style{face: s.bold, ink: dark, size: 12, shrink: 0.7}, x, y, width))
	}
	s.y = end + 8
}

// table sets the rows; where a page is full the next begins with the head again, which is for the eye alone.
func (s *book) table() {
	s.y = s.root.add("H2", "").set(s.of.Caption, style{face: s.bold, ink: blue, size: 10.5}, left, s.y, measure) + 2
	table := s.root.add("Table", "")
	head := style{face: s.bold, ink: dark, size: cellSize}
	group := table.add("THead", "")
	s.row(group.add("TR", ""), "TH", s.of.Head, head)
	body := table.add("TBody", "")
	for _, cells := range s.of.Rows {
		st := style{face: s.regular, ink: dark, size: cellSize}
		if trial := (&element{}).add("TR", ""); s.y+s.height(trial, cells, st) > bookEnd {
			s.page++
			s.begin()
			s.repeat(head)
		}
		row := body.add("TR", "")
		row.page = s.page
		s.row(row, "TD", cells, st)
	}
}

// row sets cells side by side, and a hairline below them.
func (s *book) row(row *element, tag string, cells []string, st style) {
	attributes := ""
	if tag == "TH" {
		attributes = "<</O /Table /Scope /Column>>"
	}
	end := s.y
	s.cells(func(i int, x, width float64) {
		cell := row.add(tag, attributes)
		cell.page = s.page
		if cells[i] == "" {
			return
		}
		end = max(end, cell.set(cells[i], st, x, s.y+3, width))
	})
	s.y = end + 3
	s.rules[s.page] = append(s.rules[s.page], box{left, s.y, measure, 0.5})
}

// height is how much room cells need.
func (s *book) height(trial *element, cells []string, st style) float64 {
	high := 0.0
	s.cells(func(i int, x, width float64) {
		high = max(high, trial.add("TD", "").set(cells[i], st, x, 0, width))
	})
	return high + 6
}

// cells calls visit with the place of each column.
func (s *book) cells(visit func(i int, x, width float64)) {
	x := left
	for i, share := range s.of.Shares {
		width := share * measure
		visit(i, x, width-cellPad)
		x += width
	}
}

// repeat sets the head of the table once more, as what is not read again.
func (s *book) repeat(st style) {
	end := s.y
	s.cells(func(i int, x, width float64) {
		e := &element{}
		end = max(end, e.set(s.of.Head[i], st, x, s.y+3, width))
		s.aside[s.page] = append(s.aside[s.page], e.lines...)
	})
	s.y = end + 3
	s.rules[s.page] = append(s.rules[s.page], box{left, s.y, measure, 0.5})
}

// paint writes one page.
func (s *book) paint(page int) *painter {
	p := &painter{page: page}
	p.adorn(s.rules[page])
	foot := &element{}
	if strings.Count(s.of.Page, "%d") == 2 {
		foot.set(fmt.Sprintf(s.of.Page, page+1, s.page+1), style{face: s.regular, ink: grey, size: 8.5, centred: true}, left, pageHeight-46, measure)
	}
	p.WriteString("/Artifact <</Type /Pagination>> BDC\n")
	for _, l := range append(s.aside[page], foot.lines...) {
		p.line(l)
	}
	p.WriteString("EMC\n")
	p.element(s.root)
	return p
}
