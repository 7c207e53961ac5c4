package picture_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"aulacomune/content/picture"
)

// photo is a picture of soft colours with some grain, as a camera makes.
func photo(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	grain := rand.New(rand.NewPCG(1, 2))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, color.NRGBA{uint8(200*x/w + grain.IntN(20)), uint8(200*y/h + grain.IntN(20)), uint8(100 + 100*x*y/w/h), 255})
		}
	}
	return m
}

// drawing is a picture of four plain areas.
func drawing(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	colours := []color.NRGBA{{200, 0, 0, 255}, {0, 120, 0, 255}, {0, 0, 220, 255}, {250, 250, 250, 255}}
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, colours[2*(2*y/h)+2*x/w])
		}
	}
	return m
}

func asPNG(tb testing.TB, m image.Image) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(tb testing.TB, m image.Image) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func asGIF(tb testing.TB, frames ...image.Image) []byte {
	tb.Helper()
	g := &gif.GIF{}
	for _, m := range frames {
		p := image.NewPaletted(m.Bounds(), color.Palette{color.Transparent, color.NRGBA{200, 0, 0, 255}, color.White})
		draw.Draw(p, p.Rect, m, m.Bounds().Min, draw.Src)
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func decoded(t *testing.T, r picture.Rendition) image.Image {
	t.Helper()
	m, kind, err := image.Decode(bytes.NewReader(r.Bytes))
	if err != nil || "image/"+kind != r.Type || m.Bounds() != image.Rect(0, 0, r.Width, r.Height) {
		t.Fatalf("%v: %s, %s of %d × %d", err, kind, r.Type, r.Width, r.Height)
	}
	return m
}

// A lossless WebP of 6 × 4 points, and a moving one.
const (
	webpStill  = "UklGRjwAAABXRUJQVlA4TDAAAAAvBcAAADcgEEjaH3qN+RcQFPk/2vwHskEkMChmJAnOWozAoEzm3wp7RPQ/yKBHXw8="
	webpMoving = "UklGRp4AAABXRUJQVlA4WAoAAAASAAAAAQAAAQAAQU5JTQYAAAD/////AQBBTk1GNgAAAAAAAAAAAAEAAAEAAPQBAAJWUDhMHgAAAC8BQAAAFzD/AoIi/0eb//kPNAsK27ZBYXEQ0f/IA0FOTUY0AAAAAAAAAAAAAQAAAQAA9AEAAFZQOEwcAAAALwFAABAXIBBIYZM//wKCIv9Hm/+AvcEYRPQ/BA=="
)

func unbase64(tb testing.TB, s string) []byte {
	tb.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// TestSizesAndTypes: which widths a picture comes in, and as what.
func TestSizesAndTypes(t *testing.T) {
	glass := drawing(900, 300)
	glass.SetNRGBA(0, 0, color.NRGBA{})
	for _, c := range []struct {
		name   string
		file   []byte
		kind   string
		widths []int
		height int // of the widest
	}{
		{"a large photograph", asJPEG(t, photo(2400, 1600)), "image/jpeg", []int{1600, 800, 400}, 1067},
		{"one of 1,600", asJPEG(t, photo(1600, 200)), "image/jpeg", []int{1600, 800, 400}, 200},
		{"one of 801", asJPEG(t, photo(801, 600)), "image/jpeg", []int{801, 800, 400}, 600},
		{"one of 800", asJPEG(t, photo(800, 600)), "image/jpeg", []int{800, 400}, 600},
		{"a small one", asJPEG(t, photo(400, 300)), "image/jpeg", []int{400}, 300},
		{"a tiny one", asJPEG(t, photo(1, 1)), "image/jpeg", []int{1}, 1},
		{"a very flat one", asJPEG(t, photo(2000, 1)), "image/jpeg", []int{1600, 800, 400}, 1},
		{"a photograph in a PNG", asPNG(t, photo(1000, 700)), "image/jpeg", []int{1000, 800, 400}, 700},
		{"a drawing", asPNG(t, drawing(1000, 700)), "image/png", []int{1000, 800, 400}, 700},
		{"with transparency", asPNG(t, glass), "image/png", []int{900, 800, 400}, 300},
		{"a still GIF", asGIF(t, drawing(500, 100)), "image/png", []int{500, 400}, 100},
		{"a WebP", unbase64(t, webpStill), "image/png", []int{6}, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := picture.Redraw(bytes.NewReader(c.file))
			if err != nil || len(list) == 0 {
				t.Fatal(err)
			}
			var widths []int
			for _, r := range list {
				decoded(t, r)
				widths = append(widths, r.Width)
				if r.Type != c.kind {
					t.Errorf("%d is %s, want %s", r.Width, r.Type, c.kind)
				}
			}
			if !slices.Equal(widths, c.widths) || list[0].Height != c.height {
				t.Errorf("%v, %d high", widths, list[0].Height)
			}
		})
	}
}

// TestPointsStay: what is neither scaled nor a photograph is the same to the point.
func TestPointsStay(t *testing.T) {
	want := drawing(40, 30)
	want.SetNRGBA(3, 4, color.NRGBA{10, 20, 30, 128})
	list, err := picture.Redraw(bytes.NewReader(asPNG(t, want)))
	if err != nil {
		t.Fatal(err)
	}
	got := decoded(t, list[0])
	for y := range 30 {
		for x := range 40 {
			r, g, b, a := got.At(x, y).RGBA()
			wr, wg, wb, wa := want.At(x, y).RGBA()
			if near(r, wr)+near(g, wg)+near(b, wb)+near(a, wa) > 8 {
				t.Fatalf("%d, %d: %v, want %v", x, y, got.At(x, y), want.At(x, y))
			}
		}
	}
}

// near is by how much two colours differ, of 255.
func near(a, b uint32) int { return max(int(a>>8)-int(b>>8), int(b>>8)-int(a>>8)) }

// TestScaledAsTheLibraryDoes compares with the scaler that keeps everything in memory.
func TestScaledAsTheLibraryDoes(t *testing.T) {
	src := drawing(1013, 517)
	draw.Draw(src, image.Rect(200, 100, 700, 400), photo(500, 300), image.Point{}, draw.Src)
	for y := range 60 {
		for x := range 1013 {
			src.SetNRGBA(x, 300+y, color.NRGBA{uint8(x), 90, uint8(y), uint8(4 * y)})
		}
	}
	list, err := picture.Redraw(bytes.NewReader(asPNG(t, src)))
	if err != nil || len(list) != 3 {
		t.Fatal(err, len(list))
	}
	for _, r := range list[1:] {
		got, want := decoded(t, r), image.NewRGBA(image.Rect(0, 0, r.Width, r.Height))
		draw.CatmullRom.Scale(want, want.Rect, src, src.Rect, draw.Src, nil)
		worst := 0
		for y := range r.Height {
			for x := range r.Width {
				cr, cg, cb, ca := got.At(x, y).RGBA()
				wr, wg, wb, wa := want.At(x, y).RGBA()
				worst = max(worst, near(cr, wr), near(cg, wg), near(cb, wb), near(ca, wa))
			}
		}
		if worst > 3 {
			t.Errorf("%d: differs by %d", r.Width, worst)
		}
	}
}

// exif is a block of EXIF that tells how a camera was held, and where.
func exif(orientation uint16, order binary.AppendByteOrder, mark string) []byte {
	b := []byte(mark)
	b = order.AppendUint16(b, 42)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	for _, entry := range [][2]uint16{{0x010f, 7}, {0x0112, orientation}} {
		b = order.AppendUint16(b, entry[0])
		b = order.AppendUint16(b, 3)
		b = order.AppendUint32(b, 1)
		b = order.AppendUint16(b, entry[1])
		b = order.AppendUint16(b, 0)
	}
	return append(b, "\x00\x00\x00\x00 GPS 45.07 SEGRETO"...)
}

// segment puts a segment after the first two bytes of a JPEG.
func segment(file []byte, kind byte, data []byte) []byte {
	head := append([]byte{0xff, kind}, binary.BigEndian.AppendUint16(nil, uint16(len(data)+2))...)
	return slices.Concat(file[:2], head, data, file[2:])
}

// chunk puts a chunk behind the first of a PNG.
func chunk(file []byte, name string, data []byte) []byte {
	const first = 8 + 25
	c := append(binary.BigEndian.AppendUint32(nil, uint32(len(data))), name...)
	c = append(c, data...)
	c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	return slices.Concat(file[:first], c, file[first:])
}

// TestTurned: a picture is seen as the camera saw it. Where row 0 and column 0 of the file lie is what EXIF says.
func TestTurned(t *testing.T) {
	for orientation, lies := range []string{1: "top left", 2: "top right", 3: "bottom right", 4: "bottom left", 5: "left top", 6: "right top", 7: "right bottom", 8: "left bottom"} {
		if lies == "" {
			continue
		}
		row, column, _ := strings.Cut(lies, " ")
		want := drawing(6, 4)
		want.SetNRGBA(1, 0, color.NRGBA{9, 9, 9, 255})
		w, h := 6, 4
		if row == "left" || row == "right" {
			w, h = 4, 6
		}
		file := image.NewNRGBA(image.Rect(0, 0, w, h))
		for r := range h {
			for c := range w {
				x, y := seen(row, r, seen(column, c, image.Point{})).X, seen(row, r, seen(column, c, image.Point{})).Y
				file.Set(c, r, want.At(x, y))
			}
		}
		for name, bytesOf := range map[string][]byte{
			"PNG":  chunk(asPNG(t, file), "eXIf", exif(uint16(orientation), binary.LittleEndian, "II")),
			"JPEG": segment(asJPEG(t, file), 0xe1, append([]byte("Exif\x00\x00"), exif(uint16(orientation), binary.BigEndian, "MM")...)),
		} {
			list, err := picture.Redraw(bytes.NewReader(bytesOf))
			if err != nil || list[0].Width != 6 || list[0].Height != 4 {
				t.Fatal(name, lies, err, list)
			}
			got := decoded(t, list[0])
			for _, p := range []image.Point{{0, 3}, {5, 0}, {5, 3}, {1, 0}} {
				gr, gg, gb, _ := got.At(p.X, p.Y).RGBA()
				wr, wg, wb, _ := want.At(p.X, p.Y).RGBA()
				if name == "PNG" && near(gr, wr)+near(gg, wg)+near(gb, wb) > 0 || near(gr, wr)+near(gg, wg)+near(gb, wb) > 220 {
					t.Errorf("%s, %s: %v is %v, want %v", name, lies, p, got.At(p.X, p.Y), want.At(p.X, p.Y))
				}
			}
		}
	}
}

// seen adds to a point where the nth row or column from a side lies in a picture of 6 × 4.
func seen(side string, n int, p image.Point) image.Point {
	switch side {
	case "top":
		p.Y = n
	case "bottom":
		p.Y = 3 - n
	case "left":
		p.X = n
	case "right":
		p.X = 5 - n
	}
	return p
}

// TestNothingIsTold: what a file tells beside its picture is gone.
func TestNothingIsTold(t *testing.T) {
	told := append([]byte("Exif\x00\x00"), exif(6, binary.BigEndian, "MM")...)
	file := segment(asJPEG(t, photo(500, 300)), 0xfe, []byte("SEGRETO"))
	file = segment(segment(file, 0xe1, told), 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x>SEGRETO</x>"))
	list, err := picture.Redraw(bytes.NewReader(file))
	if err != nil || list[0].Width != 300 || list[0].Height != 500 {
		t.Fatal(err, list)
	}
	drawn := chunk(chunk(asPNG(t, drawing(500, 300)), "tEXt", []byte("Author\x00SEGRETO")), "eXIf", exif(1, binary.LittleEndian, "II"))
	more, err := picture.Redraw(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range append(list, more...) {
		for _, word := range []string{"SEGRETO", "Exif", "eXIf", "tEXt", "adobe", "GPS"} {
			if bytes.Contains(r.Bytes, []byte(word)) {
				t.Errorf("%s of %d still says %s", r.Type, r.Width, word)
			}
		}
	}
}

// TestRefused: what cannot be drawn, with the reason in the author's language.
func TestRefused(t *testing.T) {
	huge := asPNG(t, drawing(10, 10))
	binary.BigEndian.PutUint32(huge[16:], 20_000)
	binary.BigEndian.PutUint32(huge[20:], 3_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	long := asPNG(t, image.NewGray(image.Rect(0, 0, 30_001, 1)))
	deep := slices.Clone(huge)
	binary.BigEndian.PutUint32(deep[16:], 10_000)
	deep[24] = 16
	binary.BigEndian.PutUint32(deep[29:], crc32.ChecksumIEEE(deep[12:29]))
	whole := asJPEG(t, photo(300, 200))
	for name, c := range map[string]struct {
		file []byte
		why  string
	}{
		"nothing":       {nil, "non è un'immagine"},
		"a text":        {[]byte("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "non è un'immagine"},
		"60 megapixels": {huge, "troppo grande (20000 × 3000 punti)"},
		"16 bits":       {deep, "troppo grande (10000 × 3000 punti)"},
		"too long":      {long, "troppo grande"},
		"cut off":       {whole[:len(whole)/2], "non si legge"},
		"head alone":    {whole[:20], "non si legge"},
		"a moving GIF":  {asGIF(t, drawing(20, 20), photo(20, 20)), "si muove"},
		"a moving WebP": {unbase64(t, webpMoving), "si muove"},
		"half a PNG":    {asPNG(t, photo(50, 50))[:2000], "non si legge"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := picture.Redraw(bytes.NewReader(c.file)); !errors.Is(err, picture.ErrRefused) || !strings.Contains(err.Error(), c.why) || strings.Contains(err.Error(), "refused") {
				t.Error(err)
			}
		})
	}
}

// FuzzRedraw feeds any bytes: it must end, without a panic, in pictures or a refusal.
func FuzzRedraw(f *testing.F) {
	f.Add(segment(asJPEG(f, photo(20, 10)), 0xe1, append([]byte("Exif\x00\x00"), exif(6, binary.BigEndian, "MM")...)))
	f.Add(chunk(asPNG(f, drawing(20, 10)), "eXIf", exif(3, binary.LittleEndian, "II")))
	f.Add(asGIF(f, drawing(20, 20), photo(20, 20)))
	f.Add(unbase64(f, webpStill))
	f.Add(unbase64(f, webpMoving))
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) > 12 { // a small file may ask for many points: sizes have their own test
			list, err := picture.Redraw(bytes.NewReader(file))
			if (err == nil) == (len(list) == 0) {
				t.Error(err, len(list))
			}
		}
	})
}
