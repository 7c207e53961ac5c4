package certificate

import (
	"encoding/binary"
	"math"
)

// sRGB builds the ICC profile that says what the page's colours are: the smallest version 2 display profile of sRGB, three
// primaries and one curve. PDF/A asks for it, and writing it here spares a file that nobody can read in a review.
func sRGB() []byte {
	curve := toneCurve()
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", textDescription("sRGB")},
		{"cprt", append([]byte("text\x00\x00\x00\x00"), "Public domain\x00"...)},
		{"wtpt", xyz(0.9642, 1, 0.8249)}, // D50, the white of the profile's connection space
		{"rXYZ", xyz(0.43607, 0.22249, 0.01392)},
		{"gXYZ", xyz(0.38515, 0.71687, 0.09708)},
		{"bXYZ", xyz(0.14307, 0.06061, 0.71410)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil}, // one curve serves all three
	}
	at := 128 + 4 + 12*len(tags)
	index := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	var start, size int
	for _, t := range tags {
		if t.data != nil {
			start, size = at+len(body), len(t.data)
			body = append(body, t.data...)
			body = append(body, make([]byte, -len(body)&3)...)
		}
		index = append(index, t.name...)
		index = binary.BigEndian.AppendUint32(index, uint32(start))
		index = binary.BigEndian.AppendUint32(index, uint32(size))
	}
	return append(append(profileHeader(at+len(body)), index...), body...)
}

// profileHeader is the 128 bytes before the tags: a display profile from RGB to XYZ, dated by its standard.
func profileHeader(size int) []byte {
	h := make([]byte, 128)
	binary.BigEndian.PutUint32(h, uint32(size))
	h[8], h[9] = 2, 0x10 // version 2.1
	copy(h[12:], "mntrRGB XYZ ")
	for i, v := range []uint16{1999, 10, 18, 0, 0, 0} {
		binary.BigEndian.PutUint16(h[24+2*i:], v)
	}
	copy(h[36:], "acsp")
	copy(h[68:], xyz(0.9642, 1, 0.8249)[8:])
	return h
}

func xyz(x, y, z float64) []byte {
	b := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range []float64{x, y, z} {
		b = binary.BigEndian.AppendUint32(b, uint32(math.Round(v*65536)))
	}
	return b
}

// textDescription is the version 2 form of a name: ASCII, with empty Unicode and Macintosh parts.
func textDescription(s string) []byte {
	b := binary.BigEndian.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(s)+1))
	return append(append(b, s...), make([]byte, 1+4+4+2+1+67)...)
}

// toneCurve is the sRGB transfer function at 1024 points.
func toneCurve() []byte {
	const points = 1024
	b := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), points)
	for i := range points {
		v := float64(i) / (points - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		b = binary.BigEndian.AppendUint16(b, uint16(math.Round(v*65535)))
	}
	return b
}
