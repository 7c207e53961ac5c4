package export

import (
	"fmt"
	"strings"

	"aulacomune/course"
)

// video is what folder and paper show alike of a recording.
func (wr *writer) video(o course.Object) *video {
	r := o.Video
	v := &video{Title: o.Title, Length: wr.words.length(o.Length()), Type: r.File.Type, Alt: r.PosterAlt, Lang: r.Lang, Width: r.File.Width, Height: r.File.Height}
	if r.Lang == wr.Content.Lang && wr.lang == "" {
		v.Lang = "" // as the page
	}
	v.Transcript = transcript(r.Cues)
	return v
}

// transcript joins captions to paragraphs: a new one where the speaker pauses, or has said a sentence after long enough.
func transcript(cues []course.Cue) []said {
	const pause, long = 1.0, 320 // seconds, bytes
	var out []said
	end := 0.0
	for i, c := range cues {
		last := len(out) - 1
		if i == 0 || c.From-end >= pause || len(out[last].Text) > long && strings.ContainsAny(out[last].Text[len(out[last].Text)-1:], ".?!") {
			out = append(out, said{clock(c.From), c.Text})
		} else {
			out[last].Text += " " + c.Text
		}
		end = c.To
	}
	return out
}

// clock is a place in a recording: "1:23", "1:02:03".
func clock(seconds float64) string {
	s := int(seconds)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
