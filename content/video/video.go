// Package video reads recordings: how long they are, how large, and what is said in them.
//
// MP4 and MP3 files are read just far enough to know (mp4.go, mp3.go), within bounds, whatever their bytes are; captions
// become a transcript (captions.go). Making renditions of a recording will live here too.
package video

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// Info is what the compiler needs to know of a recording.
type Info struct {
	Seconds       float64
	Width, Height int // of the picture; 0 for sound
}

// ErrUnreadable says that a recording does not state its length where its kind of file must.
var ErrUnreadable = errors.New("the recording does not say how long it is")

// longest is the seconds that a recording may claim: a day.
const longest = 24 * 60 * 60

// sane rounds a length to milliseconds, and refuses one that no recording has.
func sane(seconds float64) (float64, error) {
	if !(seconds >= 0.001 && seconds <= longest) {
		return 0, ErrUnreadable
	}
	return math.Round(seconds*1000) / 1000, nil
}

// readAt reads a few bytes at a place.
func readAt(r io.ReadSeeker, at int64, b []byte) error {
	if _, err := r.Seek(at, io.SeekStart); err != nil {
		return err
	}
	_, err := io.ReadFull(r, b)
	return err
}

func be32(b []byte) int64 { return int64(binary.BigEndian.Uint32(b)) }
