package video_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aulacomune/content/lint"
	"aulacomune/content/video"
	"aulacomune/course"
)

func box(name string, content ...[]byte) []byte {
	all := bytes.Join(content, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(all))), name...), all...)
}

func numbers(size int, at map[int]uint32) []byte {
	b := make([]byte, size)
	for i, n := range at {
		binary.BigEndian.PutUint32(b[i:], n)
	}
	return b
}

func TestMP4(t *testing.T) {
	mvhd := box("mvhd", numbers(100, map[int]uint32{12: 600, 16: 750}))
	long := box("mvhd", numbers(112, map[int]uint32{0: 1 << 24, 20: 90000, 28: 180000}))
	empty := box("mvhd", numbers(100, map[int]uint32{12: 600}))
	picture := box("trak", box("tkhd", numbers(84, map[int]uint32{76: 640 << 16, 80: 360 << 16})))
	wide := box("trak", box("tkhd", numbers(96, map[int]uint32{0: 1 << 24, 88: 1280 << 16, 92: 720 << 16})))
	mute := box("trak", box("tkhd", numbers(84, nil)))
	tests := map[string]struct {
		data []byte
		want video.Info
	}{
		"plain":          {box("moov", mvhd, picture), video.Info{Seconds: 1.25, Width: 640, Height: 360}},
		"64 bits":        {box("moov", long, wide), video.Info{Seconds: 2, Width: 1280, Height: 720}},
		"sound first":    {box("moov", mvhd, mute, picture), video.Info{Seconds: 1.25, Width: 640, Height: 360}},
		"no picture":     {box("moov", mvhd), video.Info{Seconds: 1.25}},
		"moov last":      {append(box("mdat", make([]byte, 5000)), box("moov", mvhd)...), video.Info{Seconds: 1.25}},
		"in fragments":   {box("moov", empty, box("mvex", box("mehd", numbers(8, map[int]uint32{4: 1200})))), video.Info{Seconds: 2}},
		"to the end":     {append([]byte{0, 0, 0, 0}, append([]byte("moov"), mvhd...)...), video.Info{Seconds: 1.25}},
		"large size":     {append([]byte{0, 0, 0, 1, 'm', 'o', 'o', 'v', 0, 0, 0, 0, 0, 0, 0, 124}, mvhd...), video.Info{Seconds: 1.25}},
		"no boxes":       {nil, video.Info{}},
		"no moov":        {box("mdat", nil), video.Info{}},
		"no time scale":  {box("moov", box("mvhd", numbers(100, map[int]uint32{16: 750}))), video.Info{}},
		"a century":      {box("moov", box("mvhd", numbers(100, map[int]uint32{12: 1, 16: 1 << 31}))), video.Info{}},
		"cut":            {box("moov", mvhd)[:30], video.Info{}},
		"beyond the end": {append([]byte{0xff, 0xff, 0xff, 0xff}, "moov"...), video.Info{}},
		"backwards":      {[]byte{0, 0, 0, 1, 'm', 'o', 'o', 'v', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xf0}, video.Info{}},
		"smaller":        {append([]byte{0, 0, 0, 4}, "moov"...), video.Info{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := video.MP4(bytes.NewReader(test.data))
			if got.Seconds != test.want.Seconds || test.want.Seconds > 0 && (got != test.want || err != nil) {
				t.Errorf("%+v, %v; want %+v", got, err, test.want)
			}
			if test.want.Seconds == 0 && !errors.Is(err, video.ErrUnreadable) {
				t.Error(err)
			}
		})
	}
}

// TestMP4EndsOnManyBoxes: a file of nothing but boxes is given up, however large it is.
func TestMP4EndsOnManyBoxes(t *testing.T) {
	r := &counter{ReadSeeker: bytes.NewReader(bytes.Repeat(box("free"), 1<<20))}
	if _, err := video.MP4(r); err == nil || r.reads > 5_000 {
		t.Error(err, r.reads)
	}
}

type counter struct {
	io.ReadSeeker
	reads int
}

func (c *counter) Read(b []byte) (int, error) {
	c.reads++
	return c.ReadSeeker.Read(b)
}

func TestMP4ReadsTheReference(t *testing.T) {
	f, err := os.Open("../smart-working/video/oltre-il-telelavoro.mp4")
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	got, err := video.MP4(f)
	if err != nil || got.Width != 640 || got.Height != 360 || got.Seconds < 40 || got.Seconds > 120 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestMP3(t *testing.T) {
	frame := make([]byte, 418)
	copy(frame, []byte{0xff, 0xfb, 0x90, 0x00}) // MPEG 1, 128 kbit/s, 44.1 kHz, stereo
	counted := bytes.Clone(frame)
	copy(counted[36:], "Xing\x00\x00\x00\x01\x00\x00\x03\xe8") // 1000 frames
	tag := append([]byte("ID3\x04\x00\x00\x00\x00\x01\x00"), make([]byte, 128)...)
	slow := make([]byte, 72)
	copy(slow, []byte{0xff, 0xf3, 0x10, 0xc0}) // MPEG 2, 8 kbit/s, 22.05 kHz, mono
	tests := map[string]struct {
		data []byte
		want float64
	}{
		"bit rate":   {bytes.Repeat(frame, 100), 2.613},
		"counted":    {append(counted, frame...), 26.122},
		"after tags": {append(bytes.Clone(tag), bytes.Repeat(frame, 100)...), 2.613},
		"slow":       {bytes.Repeat(slow, 100), 7.2},
		"nothing":    {nil, 0},
		"no frame":   {make([]byte, 1000), 0},
		"only a tag": {tag, 0},
		"a long tag": {[]byte("ID3\x04\x00\x00\x7f\x7f\x7f\x7f"), 0},
	}
	for name, test := range tests {
		if got, err := video.MP3(bytes.NewReader(test.data)); got.Seconds != test.want || (err == nil) != (test.want > 0) {
			t.Errorf("%s: %+v, %v; want %v", name, got, err, test.want)
		}
	}
}

func FuzzRecordings(f *testing.F) {
	f.Add(box("moov", box("mvhd", numbers(100, map[int]uint32{12: 600, 16: 750}))))
	f.Add([]byte("ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, read := range []func(io.ReadSeeker) (video.Info, error){video.MP4, video.MP3} {
			if info, err := read(bytes.NewReader(data)); err == nil && !(info.Seconds > 0 && info.Seconds <= 24*60*60) {
				t.Error(info)
			}
		}
	})
}

func TestCaptions(t *testing.T) {
	text := "WEBVTT - titolo\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE\nuna nota\n\nREGION\nid:a\n\n1\n00:01.000 --> 00:02.500 align:start line:0 region:a\n<v.alto Anna>Buon <i>giorno</i>\na &lt;tutti&gt; &amp; a te\n\n" +
		"101:00:00.000-->101:00:01.001\nSenza numero\n"
	report := &lint.Report{}
	got, ok := video.Captions(lint.NewFile("a.vtt", []byte(text)), report)
	want := []course.Cue{{From: 1, To: 2.5, Text: "Buon giorno a <tutti> & a te"}, {From: 363600, To: 363601.001, Text: "Senza numero"}}
	if diff := cmp.Diff(want, got.Cues); !ok || diff != "" || len(report.Findings()) > 0 {
		t.Error(ok, report.Findings(), diff)
	}
	if len(got.Places) != 2 || got.Places[0].Line != 14 || got.Places[1].Line != 18 {
		t.Error(got.Places)
	}
}
