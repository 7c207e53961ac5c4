package video

import (
	"bytes"
	"strings"

	"github.com/asticode/go-astisub"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// Captions reads WebVTT; ok is false, with findings that say which line, where it can't be read.
func Captions(file *lint.File, report *lint.Report) (c lint.Captions, ok bool) {
	c.Whole = file.Whole()
	if c.Places, ok = timings(file, report); !ok {
		return c, false
	}
	subtitles, err := astisub.ReadFromWebVTT(bytes.NewReader(file.Text))
	if err != nil || len(subtitles.Items) != len(c.Places) {
		report.Add(lint.VTTSyntax, file.Whole(), lint.WordTiming)
		return c, false
	}
	for _, item := range subtitles.Items {
		lines := make([]string, 0, len(item.Lines))
		for _, l := range item.Lines {
			lines = append(lines, l.String())
		}
		text := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
		c.Cues = append(c.Cues, course.Cue{From: float64(item.StartAt.Milliseconds()) / 1000, To: float64(item.EndAt.Milliseconds()) / 1000, Text: text})
	}
	return c, true
}

// timings finds the line of each caption's times and refuses those that a player could not read.
func timings(file *lint.File, report *lint.Report) ([]lint.Place, bool) {
	if !bytes.HasPrefix(file.Text, []byte("WEBVTT")) {
		report.Add(lint.VTTSyntax, file.Line(1), lint.WordHeader)
		return nil, false
	}
	var places []lint.Place
	good, n := true, 0
	for line := range bytes.Lines(file.Text) {
		n++
		text := strings.TrimSpace(string(line))
		if !strings.Contains(text, "-->") {
			continue
		}
		if strings.HasPrefix(text, "NOTE") || !timing(text) {
			report.Add(lint.VTTSyntax, file.Line(n), lint.WordTiming)
			good = false
		}
		places = append(places, file.Line(n))
	}
	return places, good
}

// timing says that a line is two times with an arrow between, and settings after them.
func timing(line string) bool {
	from, rest, _ := strings.Cut(line, "-->")
	fields := strings.Fields(rest)
	if !moment(strings.TrimSpace(from)) || len(fields) == 0 || !moment(fields[0]) {
		return false
	}
	for _, setting := range fields[1:] {
		name, value, ok := strings.Cut(setting, ":")
		if !ok || value == "" || name == "region" {
			return false
		}
	}
	return true
}

// moment says that a time is [hh:]mm:ss.ttt.
func moment(s string) bool {
	clock, thousandths, ok := strings.Cut(s, ".")
	parts := strings.Split(clock, ":")
	if !ok || len(thousandths) != 3 || !digits(thousandths) || len(parts) < 2 || len(parts) > 3 {
		return false
	}
	for i, p := range parts {
		last := len(parts) - i
		if !digits(p) || len(p) < 2 || len(p) > 4 || last <= 2 && (len(p) != 2 || p[0] > '5') {
			return false
		}
	}
	return true
}

func digits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
