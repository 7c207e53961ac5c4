package certificate

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// sfnt is what a TrueType file says, as far as measuring and embedding need it.
type sfnt struct {
	tables  map[string]table
	runes   []uint16 // the glyph of each character of the basic plane, 0 for none
	glyphs  int
	unit    int // units in the size of the type
	advance []int
	name    string // PostScript name
	box     [4]int
	ascent  int
	descent int
	capital int
	weight  int
}

// table is part of a font. Reading past its end gives zero: a damaged font is then wrong or refused, and never a panic.
type table []byte

func (t table) u16(at int) int {
	if at < 0 || at+2 > len(t) {
		return 0
	}
	return int(binary.BigEndian.Uint16(t[at:]))
}

func (t table) i16(at int) int { return int(int16(t.u16(at))) }

func (t table) u32(at int) int { return t.u16(at)<<16 | t.u16(at+2) }

// from is the part of the table that starts at an offset.
func (t table) from(at int) table {
	if at < 0 || at > len(t) {
		return nil
	}
	return t[at:]
}

// parse reads a TrueType file.
func parse(b []byte) (*sfnt, error) {
	file := table(b)
	if len(b) < 12 || file.u32(0) != 0x00010000 {
		return nil, errors.New("not a TrueType file")
	}
	s := &sfnt{tables: map[string]table{}}
	for i := range file.u16(4) {
		entry := file.from(12 + 16*i)
		at, size := entry.u32(8), entry.u32(12)
		if at+size > len(b) {
			return nil, errors.New("a table of the font lies past its end")
		}
		s.tables[string(entry[:4])] = file[at : at+size]
	}
	for _, name := range []string{"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "OS/2"} {
		if len(s.tables[name]) == 0 {
			return nil, fmt.Errorf("the font has no table %q", name)
		}
	}
	s.measures()
	if s.unit == 0 || s.glyphs == 0 {
		return nil, errors.New("the font has no measures")
	}
	s.name = s.postScriptName()
	if err := s.characters(); err != nil {
		return nil, err
	}
	return s, nil
}

// measures reads the numbers of the font and the width of every glyph.
func (s *sfnt) measures() {
	head, hhea, os2 := s.tables["head"], s.tables["hhea"], s.tables["OS/2"]
	s.unit = head.u16(18)
	for i := range s.box {
		s.box[i] = head.i16(36 + 2*i)
	}
	s.ascent, s.descent = hhea.i16(4), hhea.i16(6)
	s.capital, s.weight = s.ascent, os2.u16(4)
	if os2.u16(0) > 1 {
		s.capital = os2.i16(88)
	}
	s.glyphs = s.tables["maxp"].u16(4)
	s.advance = make([]int, s.glyphs)
	widths := max(1, min(hhea.u16(34), s.glyphs))
	for g := range s.advance {
		s.advance[g] = s.tables["hmtx"].u16(4 * min(g, widths-1))
	}
}

// postScriptName keeps of the font's name what is safe in a PDF name.
func (s *sfnt) postScriptName() string {
	t := s.tables["name"]
	strs := t.from(t.u16(4))
	for i := range t.u16(2) {
		entry := t.from(6 + 12*i)
		if entry.u16(0) != 3 || entry.u16(6) != 6 {
			continue
		}
		var units []uint16
		for j := range entry.u16(8) / 2 {
			units = append(units, uint16(strs.u16(entry.u16(10)+2*j)))
		}
		name := strings.Map(func(r rune) rune {
			if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
				return r
			}
			return -1
		}, string(utf16.Decode(units)))
		if name != "" {
			return name
		}
	}
	return "Unnamed"
}

// characters reads the map from Unicode to glyphs (format 4, which covers the basic plane).
func (s *sfnt) characters() error {
	cmap := s.tables["cmap"]
	s.runes = make([]uint16, 1<<16)
	for i := range cmap.u16(2) {
		entry := cmap.from(4 + 8*i)
		unicode := entry.u16(0) == 0 || entry.u16(0) == 3 && entry.u16(2) == 1
		if sub := cmap.from(entry.u32(4)); unicode && sub.u16(0) == 4 {
			s.segments(sub)
			break
		}
	}
	for _, r := range " ?" {
		if s.glyph(r) == 0 {
			return fmt.Errorf("the font has no glyph for %q", r)
		}
	}
	s.runes[noBreak] = s.runes[' '] // so that it is found and copied as a space
	return nil
}

// glyph is the glyph of a character, or 0 if the font has none.
func (s *sfnt) glyph(r rune) uint16 {
	if r < 0 || int(r) >= len(s.runes) {
		return 0
	}
	return s.runes[r]
}

// segments reads one map of format 4: ends, starts, deltas and offsets of ranges, in parallel.
func (s *sfnt) segments(t table) {
	double := t.u16(6) // twice the number of segments
	ends, starts, deltas, offsets := t.from(14), t.from(16+double), t.from(16+2*double), t.from(16+3*double)
	for i := 0; i < double; i += 2 {
		for c := starts.u16(i); c <= ends.u16(i) && c < 0xffff; c++ {
			glyph := c
			if offset := offsets.u16(i); offset != 0 {
				if glyph = offsets.u16(i + offset + 2*(c-starts.u16(i))); glyph == 0 {
					continue
				}
			}
			if glyph = (glyph + deltas.u16(i)) & 0xffff; glyph > 0 && glyph < s.glyphs {
				s.runes[c] = uint16(glyph)
			}
		}
	}
}

// embedded is the font as it lies in a PDF: only the tables that drawing needs, so no alternates and no names.
func (s *sfnt) embedded() []byte {
	var names []string
	for _, name := range []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"} {
		if len(s.tables[name]) > 0 {
			names = append(names, name)
		}
	}
	power := 1
	for 2*power <= len(names) {
		power *= 2
	}
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	shift := slices.Index([]int{1, 2, 4, 8}, power)
	for _, v := range []int{len(names), 16 * power, shift, 16 * (len(names) - power)} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := len(out) + 16*len(names)
	var body []byte
	var head int
	for _, name := range names {
		data := slices.Clone(s.tables[name])
		if name == "head" {
			head = at + len(body)
			copy(data[8:12], make([]byte, 4)) // the sum over the whole file, set below
		}
		size := len(data)
		data = append(data, make([]byte, -size&3)...)
		out = append(out, name...)
		for _, v := range []uint32{sum(data), uint32(at + len(body)), uint32(size)} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		body = append(body, data...)
	}
	out = append(out, body...)
	binary.BigEndian.PutUint32(out[head+8:], 0xb1b0afba-sum(out))
	return out
}

// sum is the checksum of TrueType: of 32-bit words.
func sum(b []byte) uint32 {
	var n uint32
	for ; len(b) >= 4; b = b[4:] {
		n += binary.BigEndian.Uint32(b)
	}
	return n
}
