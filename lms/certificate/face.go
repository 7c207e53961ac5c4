package certificate

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// face is a font that is ready to measure with and to embed. All of it is made once: the whole font is embedded rather than the
// glyphs of one page, so that drawing neither cuts nor packs anything.
type face struct {
	*sfnt
	key       string // of the page's resources
	kern      pairs
	packed    []byte // the font file
	size      int    // of the font file before packing
	unicodes  []byte // the map from glyphs to text, packed
	widths    string
	stand     []uint16 // in place of a character that the font lacks
	spellings map[rune]string
}

func newFace(key string, b []byte) (*face, error) {
	s, err := parse(b)
	if err != nil {
		return nil, err
	}
	file := s.embedded()
	return &face{
		sfnt: s, key: key, kern: s.kerning(), packed: pack(file), size: len(file),
		unicodes: pack(s.unicodeMap()), widths: s.widthList(), stand: []uint16{s.glyph('?')}, spellings: otherwise(),
	}, nil
}

// otherwise spells characters that Unicode does not take apart.
func otherwise() map[rune]string {
	return map[rune]string{'ẞ': "SS", '‐': "-", '‑': "-", '‒': "–", '―': "—", 'ʼ': "’", '′': "’", '″': "”", '‛': "‘", 'ə': "e", 'Ə': "E"}
}

// instead gives the glyphs that stand in for a character that the font lacks: the same letter with fewer marks, or another spelling
// of it, as far as the font has these, and otherwise a question mark. A mark alone has none.
func (f *face) instead(r rune) []uint16 {
	parts := []rune(norm.NFD.String(string(r)))
	for end := len(parts) - 1; end > 0; end-- {
		if c := []rune(norm.NFC.String(string(parts[:end]))); len(c) == 1 && f.glyph(c[0]) != 0 {
			return []uint16{f.glyph(c[0])}
		}
	}
	spelt, ok := f.spellings[r]
	if !ok {
		spelt = norm.NFKD.String(string(r))
	}
	var glyphs []uint16
	for _, part := range spelt {
		g := f.glyph(part)
		switch {
		case g != 0:
			glyphs = append(glyphs, g)
		case !unicode.Is(unicode.M, part):
			return f.stand
		}
	}
	return glyphs
}

// shape gives the glyphs of a text, and whether all of them are its own characters'.
func (f *face) shape(s string) (glyphs []uint16, own bool) {
	glyphs, own = make([]uint16, 0, len(s)), true
	for _, r := range s {
		if g := f.glyph(r); g != 0 {
			glyphs = append(glyphs, g)
			continue
		}
		glyphs, own = append(glyphs, f.instead(r)...), false
	}
	return glyphs, own
}

// ruler measures a text from its start, character by character.
type ruler struct {
	*face
	last  uint16
	units int
}

// add moves the ruler past a character.
func (r *ruler) add(c rune) {
	if g := r.glyph(c); g != 0 {
		r.step(g)
		return
	}
	for _, g := range r.instead(c) {
		r.step(g)
	}
}

func (r *ruler) step(g uint16) {
	r.units += r.advance[g] + r.kern.of(r.last, g)
	r.last = g
}

// length is how far the ruler has come, at size 1.
func (r *ruler) length() float64 { return float64(r.units) / float64(r.unit) }

// width is the length of a text set in one line at size 1.
func (f *face) width(s string) float64 {
	r := ruler{face: f}
	for _, c := range s {
		r.add(c)
	}
	return r.length()
}

// thousandths turns a measure of the font into the unit of PDF, a thousandth of the size of the type.
func (s *sfnt) thousandths(n int) int { return n * 1000 / s.unit }

// widthList lists the width of every glyph, as a CIDFont wants it.
func (s *sfnt) widthList() string {
	var b strings.Builder
	for _, a := range s.advance {
		fmt.Fprintf(&b, "%d ", s.thousandths(a))
	}
	return "[0 [" + strings.TrimSpace(b.String()) + "]]"
}

// unicodeMap tells readers which text a glyph stands for. A glyph of several characters stands for the first, which is the common one.
func (s *sfnt) unicodeMap() []byte {
	first := map[uint16]rune{}
	for r, g := range s.runes {
		if _, ok := first[g]; g != 0 && !ok {
			first[g] = rune(r)
		}
	}
	glyphs := make([]uint16, 0, len(first))
	for g := range first {
		glyphs = append(glyphs, g)
	}
	slices.Sort(glyphs)
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n" +
		"/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for part := range slices.Chunk(glyphs, 100) { // a CMap may list no more at a time
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for _, g := range part {
			fmt.Fprintf(&b, "<%04X> <%04X>\n", g, first[g])
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return []byte(b.String())
}

// write puts the font into a file and returns what a page refers to.
func (f *face) write(out *file) ref {
	data := out.stream(f.packed, fmt.Sprintf("/Length1 %d /Filter /FlateDecode", f.size))
	unicodes := out.stream(f.unicodes, "/Filter /FlateDecode")
	descriptor := out.add("<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d"+
		" /CapHeight %d /StemV %d /FontFile2 %s>>", f.name,
		f.thousandths(f.box[0]), f.thousandths(f.box[1]), f.thousandths(f.box[2]), f.thousandths(f.box[3]),
		f.thousandths(f.ascent), f.thousandths(f.descent), f.thousandths(f.capital), 50+f.weight*f.weight/4225, data)
	descendant := out.add("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity)"+
		" /Supplement 0>> /CIDToGIDMap /Identity /FontDescriptor %s /DW 0 /W %s>>", f.name, descriptor, f.widths)
	return out.add("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%s] /ToUnicode %s>>",
		f.name, descendant, unicodes)
}
