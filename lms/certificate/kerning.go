package certificate

import "math/bits"

// most is how many glyphs a font may have to be kerned: the table of pairs is their square.
const most = 2000

// pairs is how much nearer to or further from the second glyph each first glyph stands, for every pair of glyphs.
type pairs struct {
	glyphs int
	adjust []int16
}

// of is the adjustment between two glyphs, in units of the font.
func (p pairs) of(left, right uint16) int {
	if p.adjust == nil {
		return 0
	}
	return int(p.adjust[int(left)*p.glyphs+int(right)])
}

// kerning reads the pairs of the font's "kern" feature (GPOS, pair adjustment), for all scripts alike.
func (s *sfnt) kerning() pairs {
	gpos := s.tables["GPOS"]
	if len(gpos) == 0 || s.glyphs > most {
		return pairs{}
	}
	p := pairs{glyphs: s.glyphs, adjust: make([]int16, s.glyphs*s.glyphs)}
	features, lookups := gpos.from(gpos.u16(6)), gpos.from(gpos.u16(8))
	seen := map[int]bool{}
	for i := range features.u16(0) {
		entry := features.from(2 + 6*i)
		if len(entry) < 4 || string(entry[:4]) != "kern" {
			continue
		}
		feature := features.from(entry.u16(4))
		for j := range feature.u16(2) {
			if n := feature.u16(4 + 2*j); !seen[n] {
				seen[n] = true
				p.lookup(lookups.from(lookups.u16(2 + 2*n)))
			}
		}
	}
	slash := int(s.glyph('/'))
	p.adjust[slash*p.glyphs+slash] = 0 // the two strokes of an address must not run together
	return p
}

// lookup reads the subtables of one lookup. The first subtable that knows a pair decides it.
func (p pairs) lookup(t table) {
	known := make([]bool, len(p.adjust))
	for i := range t.u16(4) {
		kind, sub := t.u16(0), t.from(t.u16(6+2*i))
		if kind == 9 { // an extension: the subtable lies further away
			kind, sub = sub.u16(2), sub.from(sub.u32(4))
		}
		// only tables that move the first glyph along the line, and nothing else of it
		if kind != 2 || sub.u16(4) != 4 {
			continue
		}
		switch sub.u16(0) {
		case 1:
			p.single(sub, known)
		case 2:
			p.classes(sub, known)
		}
	}
}

func (p pairs) set(left, right, by int, known []bool) {
	if left >= p.glyphs || right >= p.glyphs {
		return
	}
	if at := left*p.glyphs + right; !known[at] {
		known[at] = true
		p.adjust[at] += int16(by)
	}
}

// single reads pairs listed one by one.
func (p pairs) single(t table, known []bool) {
	size := 2 + 2 + 2*bits.OnesCount(uint(t.u16(6)))
	for i, left := range covered(t.from(t.u16(2))) {
		list := t.from(t.u16(10 + 2*i))
		for j := range list.u16(0) {
			p.set(left, list.u16(2+size*j), list.i16(4+size*j), known)
		}
	}
}

// classes reads pairs given as a table over classes of glyphs.
func (p pairs) classes(t table, known []bool) {
	size := 2 + 2*bits.OnesCount(uint(t.u16(6)))
	lefts, rights := t.from(t.u16(8)), t.from(t.u16(10))
	columns := make([]int, p.glyphs)
	for g := range columns {
		columns[g] = class(rights, g)
	}
	for _, left := range covered(t.from(t.u16(2))) {
		row := t.from(16 + size*t.u16(14)*class(lefts, left))
		for right, column := range columns {
			p.set(left, right, row.i16(size*column), known)
		}
	}
}

// covered lists the glyphs of a coverage table, in its order.
func covered(t table) []int {
	var glyphs []int
	for i := range t.u16(2) {
		if t.u16(0) == 1 {
			glyphs = append(glyphs, t.u16(4+2*i))
			continue
		}
		for g := t.u16(4 + 6*i); g <= t.u16(6+6*i); g++ {
			glyphs = append(glyphs, g)
		}
	}
	return glyphs
}

// class is the class of a glyph.
func class(t table, glyph int) int {
	if t.u16(0) == 1 {
		if first := t.u16(2); glyph >= first && glyph < first+t.u16(4) {
			return t.u16(6 + 2*(glyph-first))
		}
		return 0
	}
	for i := range t.u16(2) {
		if glyph >= t.u16(4+6*i) && glyph <= t.u16(6+6*i) {
			return t.u16(8 + 6*i)
		}
	}
	return 0
}
