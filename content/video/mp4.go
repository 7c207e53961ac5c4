package video

import (
	"encoding/binary"
	"io"
)

// box is a box of an MP4 file: its name and where its content lies.
type box struct {
	name       string
	start, end int64
}

// MP4 reads length and picture size of an MP4 or M4A file from its boxes (ISO/IEC 14496-12): moov/mvhd, and moov/trak/tkhd.
func MP4(r io.ReadSeeker) (Info, error) {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return Info{}, err
	}
	w := mp4{r: r, budget: 2_000}
	moov, ok := w.find(box{end: size}, "moov")
	if !ok {
		return Info{}, ErrUnreadable
	}
	var info Info
	w.each(moov, func(b box) {
		switch b.name {
		case "mvhd":
			info.Seconds = w.duration(b)
		case "mvex":
			if mehd, ok := w.find(b, "mehd"); ok && info.Seconds == 0 {
				info.Seconds = w.fragments(mehd)
			}
		case "trak":
			if tkhd, ok := w.find(b, "tkhd"); ok && info.Width == 0 {
				info.Width, info.Height = w.picture(tkhd)
			}
		}
	})
	info.Seconds, err = sane(info.Seconds)
	return info, err
}

// mp4 walks boxes with a budget, so that no file can keep it busy.
type mp4 struct {
	r      io.ReadSeeker
	budget int
	scale  float64 // time units a second
}

// each calls f for the boxes inside another, in order, until one is broken or the budget is spent.
func (w *mp4) each(in box, f func(box)) {
	var head [16]byte
	for at := in.start; at+8 <= in.end && w.budget > 0; {
		w.budget--
		if readAt(w.r, at, head[:8]) != nil {
			return
		}
		size, content := be32(head[:4]), at+8
		switch size {
		case 0:
			size = in.end - at
		case 1:
			if readAt(w.r, content, head[8:]) != nil {
				return
			}
			size, content = int64(binary.BigEndian.Uint64(head[8:])), content+8
		}
		if size < content-at || size > in.end-at {
			return
		}
		f(box{name: string(head[4:8]), start: content, end: at + size})
		at += size
	}
}

// find is the first box of a name inside another.
func (w *mp4) find(in box, name string) (found box, ok bool) {
	w.each(in, func(b box) {
		if b.name == name && !ok {
			found, ok = b, true
		}
	})
	return found, ok
}

// content reads the first bytes of a box; nil when it has fewer.
func (w *mp4) content(b box, n int64) []byte {
	if b.end-b.start < n {
		return nil
	}
	bytes := make([]byte, n)
	if readAt(w.r, b.start, bytes) != nil {
		return nil
	}
	return bytes
}

// duration reads mvhd: its time scale and the length in it.
func (w *mp4) duration(b box) float64 {
	head := w.content(b, 20)
	if head == nil {
		return 0
	}
	scale, length := be32(head[12:16]), float64(be32(head[16:20]))
	if head[0] == 1 {
		if head = w.content(b, 32); head == nil {
			return 0
		}
		scale, length = be32(head[20:24]), float64(binary.BigEndian.Uint64(head[24:32]))
	}
	if scale == 0 {
		return 0
	}
	w.scale = float64(scale)
	return length / w.scale
}

// fragments reads mehd: the length of a file written in fragments.
func (w *mp4) fragments(b box) float64 {
	head := w.content(b, 8)
	if head == nil || w.scale == 0 {
		return 0
	}
	length := float64(be32(head[4:8]))
	if head[0] == 1 {
		if head = w.content(b, 12); head == nil {
			return 0
		}
		length = float64(binary.BigEndian.Uint64(head[4:12]))
	}
	return length / w.scale
}

// picture reads tkhd: width and height, 16.16 fixed point, at its end.
func (w *mp4) picture(b box) (width, height int) {
	n := int64(84)
	if head := w.content(b, 1); head != nil && head[0] == 1 {
		n = 96
	}
	all := w.content(b, n)
	if all == nil {
		return 0, 0
	}
	return int(be32(all[n-8:n-4]) >> 16), int(be32(all[n-4:]) >> 16)
}
