package manuscript

import (
	"encoding/base64"
	"html/template"
	"unicode/utf8"

	"aulacomune/course"
)

// Caption is a caption with what it asks of its readers.
type Caption struct {
	course.Cue
	Speed    int // characters a second
	TooQuick bool
}

// mostSpeed is how many characters a second can be read.
const mostSpeed = 20

// Captions are captions with how fast they have to be read.
func Captions(cues []course.Cue) []Caption {
	out := []Caption{}
	for _, c := range cues {
		v := Caption{Cue: c}
		if length := c.To - c.From; length > 0 {
			v.Speed = int(float64(utf8.RuneCountInString(c.Text))/length + 0.5)
			v.TooQuick = v.Speed > mostSpeed
		}
		out = append(out, v)
	}
	return out
}

// Drawing is an SVG as the address of a picture: in a picture a browser runs nothing of it, and loads nothing for it.
func Drawing(svg string) template.URL {
	return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(svg)))
}
