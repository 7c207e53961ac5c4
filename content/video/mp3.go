package video

import (
	"bytes"
	"io"
)

// MP3 reads the length of an MPEG layer III file: from the count of frames in its Xing or Info header, else from its first frame's bit rate.
func MP3(r io.ReadSeeker) (Info, error) {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return Info{}, err
	}
	start := tag(r)
	first := make([]byte, min(16<<10, max(0, size-start)))
	if err := readAt(r, start, first); err != nil {
		return Info{}, ErrUnreadable
	}
	for at := 0; at+4 <= len(first); at++ {
		f, ok := frameAt(first[at:])
		if !ok {
			continue
		}
		seconds := float64(size-start-int64(at)) * 8 / f.rate
		if frames := f.counted(first[at:]); frames > 0 {
			seconds = float64(frames) * f.samples / f.frequency
		}
		seconds, err := sane(seconds)
		return Info{Seconds: seconds}, err
	}
	return Info{}, ErrUnreadable
}

// tag is the length of the ID3 tag that music players put in front.
func tag(r io.ReadSeeker) int64 {
	var head [10]byte
	if readAt(r, 0, head[:]) != nil || string(head[:3]) != "ID3" {
		return 0
	}
	n := int64(0)
	for _, b := range head[6:] {
		n = n<<7 | int64(b&0x7f)
	}
	return n + 10
}

// frame is the head of a frame of sound.
type frame struct {
	rate      float64 // bits a second
	frequency float64 // samples a second
	samples   float64 // in a frame
	side      int     // bytes between head and Xing header
}

// frameAt reads a frame's head; ok is false when there is none.
func frameAt(b []byte) (frame, bool) {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe0 != 0xe0 || b[1]>>1&3 != 1 {
		return frame{}, false
	}
	version, rate, frequency, mono := b[1]>>3&3, b[2]>>4, b[2]>>2&3, b[3]>>6 == 3
	if version == 1 || rate == 0 || rate == 15 || frequency == 3 {
		return frame{}, false
	}
	f := frame{samples: 576, side: 17}
	f.rate = [15]float64{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}[rate] * 1000
	f.frequency = [3]float64{22050, 24000, 16000}[frequency]
	switch {
	case version == 3:
		f.samples, f.side, f.frequency = 1152, 32, 2*f.frequency
		f.rate = [15]float64{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}[rate] * 1000
	case version == 0:
		f.frequency /= 2
	}
	if mono {
		f.side = map[bool]int{true: 17, false: 9}[version == 3]
	}
	return f, true
}

// counted is the number of frames that the Xing or Info header states; 0 when there is no such header.
func (f frame) counted(b []byte) int64 {
	at := 4 + f.side
	if len(b) < at+12 {
		return 0
	}
	h := b[at:]
	if name := h[:4]; !bytes.Equal(name, []byte("Xing")) && !bytes.Equal(name, []byte("Info")) || h[7]&1 == 0 {
		return 0
	}
	return be32(h[8:12])
}
