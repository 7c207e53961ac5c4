package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // decoders that image.DecodeConfig finds
	_ "image/jpeg" // decoders that image.DecodeConfig finds
	_ "image/png"  // decoders that image.DecodeConfig finds
	"io"
	"path"
	"strings"

	_ "golang.org/x/image/webp" // decoders that image.DecodeConfig finds

	"aulacomune/content/video"
	"aulacomune/course"
)

// ErrRefused says that a file is of a kind that a course may not hold, or is not what its name says.
var ErrRefused = errors.New("file refused")

// refusal is why a file was refused: its message is the reason alone, as an author reads it, in Italian.
type refusal struct{ reason string }

func refusing(reason string, args ...any) error { return refusal{fmt.Sprintf(reason, args...)} }

// Error implements error.
func (r refusal) Error() string { return r.reason }

// Is makes a refusal ErrRefused.
func (refusal) Is(target error) bool { return target == ErrRefused }

// format is a kind of media file: how its name ends, how it begins, and what else is to be known of it.
type format struct {
	extensions []string
	mediaType  string
	magic      func(head []byte) bool
	measure    func(r io.ReadSeeker, m *course.Media) error
}

// formats lists every kind of media file that a course may hold.
func formats() []format {
	return append([]format{
		{[]string{".png"}, "image/png", begins("\x89PNG\r\n\x1a\n"), measureImage},
		{[]string{".jpg", ".jpeg"}, "image/jpeg", begins("\xff\xd8\xff"), measureImage},
		{[]string{".gif"}, "image/gif", begins("GIF8"), measureImage},
		{[]string{".webp"}, "image/webp", func(h []byte) bool { return begins("RIFF")(h) && at(h, 8, "WEBP") }, measureImage},
		{[]string{".mp4"}, "video/mp4", isVideo, measureMP4},
		{[]string{".m4a"}, "audio/mp4", isSound, measureMP4},
		{[]string{".mp3"}, "audio/mpeg", isMP3, measureMP3},
		{[]string{".vtt"}, "text/vtt", isVTT, nil},
		{[]string{".pdf"}, "application/pdf", begins("%PDF-"), nil},
	}, officeFormats()...)
}

func begins(magic string) func([]byte) bool {
	return func(head []byte) bool { return at(head, 0, magic) }
}

func at(head []byte, offset int, s string) bool {
	return len(head) >= offset+len(s) && string(head[offset:offset+len(s)]) == s
}

func isVideo(h []byte) bool { return at(h, 4, "ftyp") && !at(h, 8, "M4A ") && !at(h, 8, "qt  ") }
func isSound(h []byte) bool { return at(h, 4, "ftyp") && at(h, 8, "M4") }
func isMP3(h []byte) bool {
	return at(h, 0, "ID3") || len(h) > 1 && h[0] == 0xff && h[1]&0xe6 == 0xe2
}

func isVTT(h []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(h, []byte("\uFEFF")), []byte("WEBVTT"))
}

// Probe looks at a media file: its type by its first bytes, which must agree with its name, its size, its SHA-256, and
// its length and picture size where it has them. A file that a course may not hold gives ErrRefused; the message is the reason alone.
func Probe(r io.ReadSeeker, name string) (course.Media, error) {
	m := course.Media{Path: name}
	var head [64]byte
	n, err := io.ReadFull(r, head[:])
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return m, err
	}
	f, err := formatOf(name, head[:n])
	if err != nil {
		return m, err
	}
	m.Type = f.mediaType
	if f.measure != nil {
		if err := rewind(r); err != nil {
			return m, err
		}
		switch err := f.measure(r, &m); {
		case errors.Is(err, ErrRefused):
			return m, err
		case err != nil:
			return m, refusing("non si legge come %s", f.mediaType)
		}
	}
	if err := rewind(r); err != nil {
		return m, err
	}
	sum := sha256.New()
	m.Size, err = io.Copy(sum, r)
	m.Hash = course.Hash(hex.EncodeToString(sum.Sum(nil)))
	return m, err
}

// formatOf is the format that name and first bytes agree on.
func formatOf(name string, head []byte) (format, error) {
	extension := strings.ToLower(path.Ext(name))
	for _, f := range formats() {
		for _, e := range f.extensions {
			if e != extension {
				continue
			}
			if !f.magic(head) {
				return f, refusing("il contenuto non è %s come dice il nome", f.mediaType)
			}
			return f, nil
		}
	}
	return format{}, refusing("il tipo «%s» non è ammesso", extension)
}

func rewind(r io.Seeker) error {
	_, err := r.Seek(0, io.SeekStart)
	return err
}

// measureImage reads the size of a picture, and refuses one that would be a bomb to whoever draws it.
func measureImage(r io.ReadSeeker, m *course.Media) error {
	const most = 100_000_000 // pixels
	c, _, err := image.DecodeConfig(io.LimitReader(r, 4<<20))
	if err != nil {
		return err
	}
	if c.Width <= 0 || c.Height <= 0 || c.Width > most/c.Height {
		return refusing("l'immagine è troppo grande (%d × %d punti)", c.Width, c.Height)
	}
	m.Width, m.Height = c.Width, c.Height
	return nil
}

func measureMP4(r io.ReadSeeker, m *course.Media) error {
	info, err := video.MP4(r)
	m.Seconds, m.Width, m.Height = info.Seconds, info.Width, info.Height
	return err
}

func measureMP3(r io.ReadSeeker, m *course.Media) error {
	info, err := video.MP3(r)
	m.Seconds = info.Seconds
	return err
}
