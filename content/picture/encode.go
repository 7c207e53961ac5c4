package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// quality of a photograph: half the size of a camera's own, and nobody sees the difference.
const quality = 82

// encoding chooses how all renditions are written, by the widest.
func (s *source) encoding(widest *image.RGBA) func(*image.RGBA) (Rendition, error) {
	if !widest.Opaque() {
		return asPNG
	}
	if !s.exact || !fewColours(s.image) {
		return asJPEG
	}
	exact, err := asPNG(widest)
	photo, bad := asJPEG(widest)
	if err == nil && bad == nil && len(exact.Bytes) <= len(photo.Bytes) {
		return asPNG
	}
	return asJPEG
}

// fewColours says that a picture is a drawing or a picture of a screen. It looks at up to a million points.
func fewColours(src image.Image) bool {
	const most, points = 4096, 1_000_000
	if _, ok := src.(image.PalettedImage); ok {
		return true
	}
	seen := map[[3]uint8]bool{}
	b := src.Bounds()
	step := 1
	for b.Dx()/step*(b.Dy()/step) > points {
		step++
	}
	for y := b.Min.Y; y < b.Max.Y; y += step {
		for x := b.Min.X; x < b.Max.X; x += step {
			r, g, bl, _ := src.At(x, y).RGBA()
			if seen[[3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(bl >> 8)}] = true; len(seen) > most {
				return false
			}
		}
	}
	return true
}

func asJPEG(m *image.RGBA) (Rendition, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality})
	return Rendition{m.Rect.Dx(), m.Rect.Dy(), "image/jpeg", b.Bytes()}, err
}

func asPNG(m *image.RGBA) (Rendition, error) {
	var b bytes.Buffer
	var small image.Image = m
	if p := paletted(m); p != nil {
		small = p
	}
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, small)
	return Rendition{m.Rect.Dx(), m.Rect.Dy(), "image/png", b.Bytes()}, err
}

// paletted is a picture of at most 256 colours as a list of them and a number for each point; nil when it has more.
func paletted(m *image.RGBA) *image.Paletted {
	p := image.NewPaletted(m.Rect, nil)
	index := map[color.RGBA]uint8{}
	for i := range p.Pix {
		c := color.RGBA{m.Pix[4*i], m.Pix[4*i+1], m.Pix[4*i+2], m.Pix[4*i+3]}
		n, known := index[c]
		if !known {
			if len(p.Palette) == 256 {
				return nil
			}
			n = uint8(len(p.Palette))
			index[c], p.Palette = n, append(p.Palette, c)
		}
		p.Pix[i] = n
	}
	return p
}
