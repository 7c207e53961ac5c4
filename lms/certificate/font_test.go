package certificate

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
)

func TestFontIsRead(t *testing.T) {
	d := drawer(t)
	if d.regular.name != "TitilliumWeb-Regular" || d.bold.name != "TitilliumWeb-Bold" {
		t.Errorf("the fonts are called %q and %q", d.regular.name, d.bold.name)
	}
	for _, r := range "AZaz09àèéìòùÀÈÉÌÒÙçñšŁ’“”«»–—…€·°ª" {
		if d.regular.glyph(r) == 0 || d.bold.glyph(r) == 0 {
			t.Errorf("%q has no glyph", r)
		}
	}
}

func TestKerning(t *testing.T) {
	f := drawer(t).bold
	of := func(l, r rune) int { return f.kern.of(f.glyph(l), f.glyph(r)) }
	if of('A', 'V') >= 0 || of('T', 'o') >= 0 {
		t.Errorf("AV by %d, To by %d: want nearer", of('A', 'V'), of('T', 'o'))
	}
	if of('n', 'n') != 0 || of('/', '/') != 0 {
		t.Errorf("nn by %d, // by %d: want none", of('n', 'n'), of('/', '/'))
	}
}

func TestCharactersThatTheFontLacks(t *testing.T) {
	f := drawer(t).regular
	glyphs := func(s string) []uint16 {
		g, _ := f.shape(s)
		return g
	}
	for _, c := range []struct{ in, want string }{
		{"Nguyễn", "Nguyên"}, {"ﬁne", "fine"}, {"ẞ", "SS"}, {"a\u2011b", "a-b"}, {"ʼ", "’"}, {"Ａ①", "A1"}, {"q\u0301", "q"},
		{"李", "?"}, {"م", "?"}, {"😀", "?"}, {"Ж", "?"}, {"\ufffd", "?"}, {"\u0301", ""},
	} {
		if got, want := glyphs(c.in), glyphs(c.want); !slices.Equal(got, want) {
			t.Errorf("%q is shown by %v, want %v", c.in, got, want)
		}
		if _, own := f.shape(c.in); own {
			t.Errorf("%q passes for its own", c.in)
		}
	}
}

// TestDamagedFonts: whatever is wrong with a file, reading it ends and does not panic.
func TestDamagedFonts(t *testing.T) {
	whole := font(t, "regular")
	for size := 0; size < len(whole); size += 977 {
		if d := New(Fonts{whole[:size], whole}); d.err == nil {
			t.Errorf("a file cut at %d passes", size)
		}
	}
	for at := 0; at < len(whole); at += 1 + at/40 { // the header and the tables' heads closely, the outlines coarsely
		b := bytes.Clone(whole)
		b[at] ^= 0xff
		if s, err := parse(b); err == nil {
			f := &face{sfnt: s, kern: s.kerning()}
			f.width("Prova")
			s.widthList()
		}
	}
}

func TestEmbeddedFontIsAFont(t *testing.T) {
	whole, err := parse(font(t, "regular"))
	if err != nil {
		t.Fatal(err)
	}
	b := table(whole.embedded())
	if got := sum(b); got != 0xb1b0afba {
		t.Errorf("the sum of the file is %x", got)
	}
	for i := range b.u16(4) {
		entry := b.from(12 + 16*i)
		at, size := entry.u32(8), entry.u32(12)
		if name := string(entry[:4]); name != "head" && !bytes.Equal(b[at:at+size], whole.tables[name]) {
			t.Errorf("table %q changed", name)
		}
		if at%4 != 0 {
			t.Errorf("table %q is not aligned", entry[:4])
		}
	}
}

func TestProfile(t *testing.T) {
	p := sRGB()
	if int(binary.BigEndian.Uint32(p)) != len(p) || string(p[36:40]) != "acsp" || string(p[12:24]) != "mntrRGB XYZ " {
		t.Error("the header is wrong")
	}
	for i := range binary.BigEndian.Uint32(p[128:]) {
		entry := p[132+12*i:]
		at, size := binary.BigEndian.Uint32(entry[4:]), binary.BigEndian.Uint32(entry[8:])
		if at%4 != 0 || int(at+size) > len(p) {
			t.Errorf("tag %q lies at %d with %d bytes of %d", entry[:4], at, size, len(p))
		}
	}
	curve := toneCurve()[12:]
	for _, c := range []struct{ at, want uint16 }{{0, 0}, {1023, 65535}, {512, 14062}} {
		if got := binary.BigEndian.Uint16(curve[2*c.at:]); max(got, c.want)-min(got, c.want) > 60 {
			t.Errorf("the curve is %d at %d, want about %d", got, c.at, c.want)
		}
	}
}
