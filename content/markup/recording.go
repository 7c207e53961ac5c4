package markup

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// isRecording says that what is written as a picture is a video or a sound, by the end of its name.
func isRecording(dest []byte) bool {
	switch strings.ToLower(path.Ext(string(dest))) {
	case ".mp4", ".m4a", ".mp3":
		return true
	}
	return false
}

// frameRecordings makes figures of the videos and sounds, which must stand alone.
func (p *Page) frameRecordings(report *lint.Report) {
	for i := range p.Recordings {
		r := &p.Recordings[i]
		f := p.frame(r.Node)
		if f == nil {
			report.Add(lint.RecordingPlace, p.File.At(r.Node.Pos()), string(r.Node.Destination))
			continue
		}
		f.recording = true
		r.Transcript = p.transcribed(f)
	}
}

// transcribed says that what follows a recording is its transcript: details that say so.
func (p *Page) transcribed(f *figure) bool {
	d, ok := f.NextSibling().(*directive)
	if !ok || d.word != detailsWord {
		return false
	}
	title := strings.ToLower(string(d.title(p.File.Text)))
	return strings.HasPrefix(title, "trascrizione") || strings.HasPrefix(title, "transcript")
}

// resolveRecordings finds the files of the recordings and what goes with them.
func (p *Page) resolveRecordings(t Targets, report *lint.Report) {
	for i := range p.Recordings {
		r := &p.Recordings[i]
		at := p.File.At(r.Node.Pos())
		found, ok := t.Recording(plain(r.Node.Destination), at, report)
		if !ok {
			continue
		}
		r.Video = found
		r.Node.SetAttributeString("recording", found)
		if !strings.HasPrefix(found.File.Type, "video/") {
			continue
		}
		if found.Captions.Path == "" {
			report.Add(lint.MissingCaptions, at)
		}
		if found.Poster.Hash == "" {
			report.Add(lint.MissingPoster, at)
		}
	}
}

// Recorded is the length in seconds of the videos and sounds in the text.
func (p *Page) Recorded() (seconds float64) {
	for _, each := range p.all() {
		for _, r := range each.Recordings {
			seconds += r.Video.File.Seconds
		}
	}
	return seconds
}

// renderRecording writes a player of the browser's own, and below it what is said. Nothing is fetched before it is asked
// for where a poster shows what comes.
func (r writer) renderRecording(w util.BufWriter, source []byte, image *ast.Image, v course.Video) {
	name := strings.TrimSpace(lint.Words(image, source))
	tag, preload := "audio", "none"
	if strings.HasPrefix(v.File.Type, "video/") {
		tag = "video"
		if v.Poster.Hash == "" {
			preload = "metadata"
		}
	}
	_, _ = w.WriteString("<" + tag + ` controls preload="` + preload + `"`)
	r.attribute(w, "src", Address(v.File))
	r.attribute(w, "aria-label", name)
	if tag == "video" {
		_, _ = w.WriteString(" playsinline")
		if v.File.Width > 0 && v.File.Height > 0 {
			_, _ = w.WriteString(` width="` + strconv.Itoa(v.File.Width) + `" height="` + strconv.Itoa(v.File.Height) + `"`)
		}
		if v.Poster.Hash != "" {
			r.attribute(w, "poster", Address(v.Poster))
		}
	}
	_ = w.WriteByte('>')
	if tag == "video" {
		r.tracks(w, v)
	}
	_, _ = w.WriteString("</" + tag + ">")
	r.transcript(w, name, v)
}

// tracks writes where the captions are. A player lists them by their labels: by language where there are several.
func (r writer) tracks(w util.BufWriter, v course.Video) {
	all := v.Tracks
	if v.Captions.Hash != "" {
		all = append([]course.Track{{Lang: v.Lang, File: v.Captions}}, all...)
	}
	for _, t := range all {
		label := r.words.captions
		if len(all) > 1 {
			label = languageName(t.Lang)
		}
		_, _ = w.WriteString(`<track kind="captions"`)
		r.attribute(w, "src", Address(t.File))
		r.attribute(w, "srclang", t.Lang)
		r.attribute(w, "label", label)
		_, _ = w.WriteString(">")
	}
}

// languageName is what a language is called in itself.
func languageName(tag string) string {
	name := []rune(display.Self.Name(language.Make(tag)))
	if len(name) == 0 {
		return tag
	}
	return string(unicode.ToUpper(name[0])) + string(name[1:])
}

// attribute writes an attribute of words.
func (r writer) attribute(w util.BufWriter, name, value string) {
	_, _ = w.WriteString(" " + name + `="`)
	_, _ = w.Write(util.EscapeHTML([]byte(value)))
	_ = w.WriteByte('"')
}

// transcript writes what is said, a paragraph where the speaker pauses.
func (r writer) transcript(w util.BufWriter, name string, v course.Video) {
	const pause = 1.0 // seconds
	if len(v.Cues) == 0 {
		return
	}
	_, _ = w.WriteString("\n<details class=\"transcript\">\n<summary>" + r.words.transcript + `<span class="visually-hidden">: `)
	_, _ = w.Write(util.EscapeHTML([]byte(name)))
	_, _ = w.WriteString("</span></summary>\n<div lang=\"" + v.Lang + "\">\n<p>")
	for i, cue := range v.Cues {
		switch {
		case i == 0:
		case cue.From-v.Cues[i-1].To >= pause:
			_, _ = w.WriteString("</p>\n<p>")
		default:
			_ = w.WriteByte(' ')
		}
		_, _ = w.Write(util.EscapeHTML([]byte(cue.Text)))
	}
	_, _ = w.WriteString("</p>\n</div>\n</details>")
}

// splitRecordings takes the videos and sounds out of the pictures.
func (p *Page) splitRecordings() {
	for _, i := range p.Images {
		if isRecording(i.Node.Destination) {
			p.Recordings = append(p.Recordings, lint.Recording{Node: i.Node})
		}
	}
	p.Images = slices.DeleteFunc(p.Images, func(i lint.Image) bool { return isRecording(i.Node.Destination) })
}
