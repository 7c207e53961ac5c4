package picture

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// ErrRefused says that a file is no picture that a course can show; what is returned is it, with a message that says why and nothing else.
var ErrRefused = errors.New("picture refused")

// refusal is why a file was refused: its message is the reason alone, as an author reads it, in Italian.
type refusal struct{ reason string }

func refusing(reason string, args ...any) error { return refusal{fmt.Sprintf(reason, args...)} }

// Error implements error.
func (r refusal) Error() string { return r.reason }

// Is makes a refusal ErrRefused.
func (refusal) Is(target error) bool { return target == ErrRefused }

// The most that a picture may have. 50 megapixels take 200 MB while they are scaled; with 16 bits a colour, half as many do.
const (
	mostPixels = 50_000_000
	mostSide   = 30_000
)

// Rendition is a picture in one width.
type Rendition struct {
	Width, Height int
	Type          string // image/jpeg or image/png; the same for all renditions of a picture
	Bytes         []byte
}

// widths are those that pages ask for. The first is the most that a text has room for, twice as fine.
func widths() []int { return []int{1600, 800, 400} }

// Redraw writes a picture anew (JPEG, PNG, GIF or WebP), the widest first: as wide as it is, but no wider than 1,600 pixels,
// and then 800 and 400 where it is wider than that. A photograph becomes a JPEG; a picture with transparency becomes a PNG, and
// one of few colours whichever is smaller. ErrRefused tells what cannot be drawn.
func Redraw(r io.ReadSeeker) ([]Rendition, error) {
	s, err := open(r)
	if err != nil {
		return nil, err
	}
	var drawn []*image.RGBA
	for _, w := range widths() {
		if len(drawn) == 0 || w < s.width {
			drawn = append(drawn, s.in(min(w, s.width)))
		}
	}
	encode := s.encoding(drawn[0])
	list := make([]Rendition, len(drawn))
	for i, d := range drawn {
		if list[i], err = encode(d); err != nil {
			return nil, fmt.Errorf("draw picture: %w", err)
		}
	}
	return list, nil
}

// source is a picture that came.
type source struct {
	image         image.Image
	turn          orientation
	width, height int // when turned
	exact         bool
}

// open reads a picture, after a look at its size.
func open(r io.ReadSeeker) (*source, error) {
	var head [12]byte
	if _, err := io.ReadFull(r, head[:]); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	f, ok := formatOf(head[:])
	if !ok {
		return nil, refusing("non è un'immagine JPEG, PNG, GIF o WebP")
	}
	size, err := again(r, f.config)
	switch {
	case err != nil:
		return nil, refusing("l'immagine non si legge, forse il file è incompleto")
	case tooLarge(size):
		return nil, refusing("l'immagine è troppo grande (%d × %d punti): riducila a 50 milioni di punti in tutto, e a 30.000 per lato", size.Width, size.Height)
	}
	if moves, err := again(r, f.moves); err != nil || moves {
		return nil, refusing("l'immagine si muove: mettine una ferma, oppure un video")
	}
	turn, err := again(r, f.turn)
	if err != nil {
		turn = upright // what can't be read says nothing
	}
	decoded, err := again(r, f.decode)
	if err != nil {
		return nil, refusing("l'immagine non si legge, forse il file è incompleto")
	}
	if decoded.Bounds() != image.Rect(0, 0, size.Width, size.Height) { // a GIF's picture may fill a part of it
		whole := image.NewRGBA(image.Rect(0, 0, size.Width, size.Height))
		draw.Draw(whole, decoded.Bounds(), decoded, decoded.Bounds().Min, draw.Src)
		decoded = whole
	}
	s := &source{image: decoded, turn: turn, exact: f.exact, width: size.Width, height: size.Height}
	if turn.lies() {
		s.width, s.height = s.height, s.width
	}
	return s, nil
}

func tooLarge(size image.Config) bool {
	pixels := size.Width * size.Height
	switch size.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model, color.Gray16Model:
		pixels *= 2
	}
	return size.Width <= 0 || size.Height <= 0 || size.Width > mostSide || size.Height > mostSide || pixels > mostPixels
}

// again reads a file from its beginning.
func again[T any](r io.ReadSeeker, read func(io.Reader) (T, error)) (T, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		var none T
		return none, err
	}
	return read(r)
}

// format is a kind of picture.
type format struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	turn   func(io.Reader) (orientation, error)
	moves  func(io.Reader) (bool, error)
	exact  bool // it was not a photograph to whoever saved it
}

func formatOf(head []byte) (format, bool) {
	still := func(io.Reader) (bool, error) { return false, nil }
	switch {
	case string(head[:3]) == "\xff\xd8\xff":
		return format{jpeg.DecodeConfig, jpeg.Decode, turnOfJPEG, still, false}, true
	case string(head[:8]) == "\x89PNG\r\n\x1a\n":
		return format{png.DecodeConfig, png.Decode, turnOfPNG, still, true}, true
	case string(head[:4]) == "GIF8":
		return format{gif.DecodeConfig, gif.Decode, func(io.Reader) (orientation, error) { return upright, nil }, gifMoves, true}, true
	case string(head[:4]) == "RIFF" && string(head[8:]) == "WEBP":
		return format{webp.DecodeConfig, webp.Decode, turnOfWebP, webpMoves, true}, true
	}
	return format{}, false
}

// in is the picture scaled to a width, and turned.
func (s *source) in(width int) *image.RGBA {
	height := max(1, (s.height*width+s.width/2)/s.width)
	if s.turn.lies() {
		return s.turn.apply(scale(s.image, height, width))
	}
	return s.turn.apply(scale(s.image, width, height))
}

// copied is a picture as it is, in the form that the rest works on.
func copied(src image.Image) *image.RGBA {
	b := src.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(dst, dst.Bounds(), src, b.Min, draw.Src)
	return dst
}
