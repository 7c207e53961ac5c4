package picture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"io"
)

// orientation is how a picture lies in its file, as EXIF counts from 1 to 8.
type orientation int

// upright is how most pictures lie.
const upright orientation = 1

// lies says that the picture has to be turned by a quarter: its width becomes its height.
func (o orientation) lies() bool { return o >= 5 }

// apply turns a picture the way it was seen.
func (o orientation) apply(m *image.RGBA) *image.RGBA {
	if o == upright {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if o.lies() {
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			fx, fy := o.from(x, y, w, h)
			copy(out.Pix[out.PixOffset(x, y):][:4], m.Pix[m.PixOffset(fx, fy):])
		}
	}
	return out
}

// from is the point of the file that a point of the turned picture was.
func (o orientation) from(x, y, w, h int) (int, int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, w - 1 - x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return h - 1 - y, x
	}
	return x, y
}

// mostEXIF is how much a camera may have to say before it says how it was held.
const mostEXIF = 1 << 16

// nameOfEXIF is how EXIF begins in a JPEG.
const nameOfEXIF = "Exif\x00\x00"

var errNoEXIF = errors.New("no EXIF")

// turnOfJPEG looks for the camera's word in the segments before the picture.
func turnOfJPEG(r io.Reader) (orientation, error) {
	b := bufio.NewReader(r)
	if _, err := b.Discard(2); err != nil {
		return upright, err
	}
	for {
		var head [4]byte
		if _, err := io.ReadFull(b, head[:]); err != nil {
			return upright, err
		}
		size := int(binary.BigEndian.Uint16(head[2:])) - 2
		if head[0] != 0xff || head[1] == 0xda || size < 0 { // the picture begins
			return upright, errNoEXIF
		}
		if name, err := b.Peek(min(size, len(nameOfEXIF))); head[1] == 0xe1 && err == nil && string(name) == nameOfEXIF {
			return turnIn(b, size)
		}
		if _, err := b.Discard(size); err != nil {
			return upright, err
		}
	}
}

// turnOfPNG looks for the chunk eXIf.
func turnOfPNG(r io.Reader) (orientation, error) {
	return chunks(r, 8, binary.BigEndian, true, "eXIf")
}

// turnOfWebP looks for the chunk EXIF.
func turnOfWebP(r io.Reader) (orientation, error) {
	return chunks(r, 12, binary.LittleEndian, false, "EXIF")
}

// chunks goes through a file of named chunks behind a head of some bytes, and reads what EXIF says in the one of a name.
func chunks(r io.Reader, head int, order binary.ByteOrder, isPNG bool, name string) (orientation, error) {
	b := bufio.NewReader(r)
	if _, err := b.Discard(head); err != nil {
		return upright, err
	}
	for {
		var h [8]byte
		if _, err := io.ReadFull(b, h[:]); err != nil {
			return upright, err
		}
		size, is := int64(order.Uint32(h[4:])), string(h[:4])
		if isPNG {
			size, is = int64(order.Uint32(h[:])), string(h[4:])
		}
		if is == name {
			return turnIn(b, int(min(size, mostEXIF)))
		}
		size += size % 2
		if isPNG {
			size = int64(order.Uint32(h[:])) + 4 // the checksum
		}
		if _, err := io.CopyN(io.Discard, b, size); err != nil {
			return upright, err
		}
	}
}

// turnIn reads the orientation in a block of EXIF, which is a TIFF file behind, in JPEG, its name.
func turnIn(r io.Reader, size int) (orientation, error) {
	data := make([]byte, min(size, mostEXIF))
	if _, err := io.ReadFull(r, data); err != nil {
		return upright, err
	}
	data = bytes.TrimPrefix(data, []byte(nameOfEXIF))
	if len(data) < 8 {
		return upright, errNoEXIF
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(data[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(data[4:]))
	if at < 8 || at+2 > int64(len(data)) {
		return upright, errNoEXIF
	}
	const entry, tag = 12, 0x0112
	entries := data[at+2:]
	for n := int(order.Uint16(data[at:])); n > 0 && len(entries) >= entry; n-- {
		if order.Uint16(entries) == tag {
			if o := orientation(order.Uint16(entries[8:])); o >= upright && o <= 8 {
				return o, nil
			}
		}
		entries = entries[entry:]
	}
	return upright, errNoEXIF
}
