package video

import (
	"bytes"
	"html"
	"strconv"
	"strings"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// Captions reads WebVTT: the cues with their words, and the line of each; ok is false, with findings that say which
// line, where a player could not read it. Notes, styles and regions are passed over, marks within the words are dropped.
func Captions(file *lint.File, report *lint.Report) (c lint.Captions, ok bool) {
	c.Whole = file.Whole()
	if !header(file.Text) {
		report.Add(lint.VTTSyntax, file.Line(1), lint.WordHeader)
		return c, false
	}
	ok = true
	var words []string
	line, inside := 0, false
	end := func() {
		if inside {
			c.Cues[len(c.Cues)-1].Text = unmark(words)
		}
		words, inside = words[:0], false
	}
	for l := range bytes.Lines(file.Text) {
		line++
		text := strings.TrimSpace(string(l))
		switch {
		case strings.Contains(text, "-->"):
			end()
			cue, good := timing(text)
			if !good {
				what := lint.WordTiming
				if strings.Contains(text, ",") {
					what = lint.WordTimingComma
				}
				report.Add(lint.VTTSyntax, file.Line(line), what)
				ok = false
			}
			c.Cues, c.Places = append(c.Cues, cue), append(c.Places, file.Line(line))
			inside = true
		case text == "":
			end()
		case !inside && falseArrow(text):
			report.Add(lint.VTTSyntax, file.Line(line), lint.WordTimingArrow)
			ok = false
		case inside:
			words = append(words, text)
		}
	}
	end()
	return c, ok
}

// header says that a file begins with the word WEBVTT.
func header(text []byte) bool {
	rest, ok := bytes.CutPrefix(text, []byte("WEBVTT"))
	return ok && (len(rest) == 0 || rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\n')
}

// unmark joins the lines of a cue and drops what stands between < and >: voices, italics, classes.
func unmark(lines []string) string {
	text := strings.Join(lines, " ")
	if strings.IndexByte(text, '<') >= 0 {
		var b strings.Builder
		for rest := text; rest != ""; {
			before, after, marked := strings.Cut(rest, "<")
			b.WriteString(before)
			if !marked {
				break
			}
			_, rest, _ = strings.Cut(after, ">")
		}
		text = b.String()
	}
	return strings.Join(strings.Fields(html.UnescapeString(text)), " ")
}

// falseArrow says that a line is meant to be two times, but for its arrow.
func falseArrow(line string) bool {
	return digits(line[:1]) && strings.Contains(line, ":") && (strings.Contains(line, "->") || strings.ContainsAny(line, "→–—"))
}

// timing reads two times with an arrow between, and settings after them.
func timing(line string) (cue course.Cue, ok bool) {
	from, rest, _ := strings.Cut(line, "-->")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return cue, false
	}
	var early, late bool
	cue.From, early = moment(strings.TrimSpace(from))
	cue.To, late = moment(fields[0])
	for _, setting := range fields[1:] {
		if name, value, found := strings.Cut(setting, ":"); !found || name == "" || value == "" {
			return cue, false
		}
	}
	return cue, early && late
}

// moment reads a time: [hh:]mm:ss.ttt, in seconds.
func moment(s string) (seconds float64, ok bool) {
	clock, thousandths, ok := strings.Cut(s, ".")
	parts := strings.Split(clock, ":")
	if !ok || len(thousandths) != 3 || !digits(thousandths) || len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	total := 0
	for i, p := range parts {
		hours := len(parts)-i == 3
		if !digits(p) || len(p) < 2 || len(p) > 4 || !hours && (len(p) != 2 || p[0] > '5') {
			return 0, false
		}
		n, _ := strconv.Atoi(p) // digits, four at most
		total = total*60 + n
	}
	n, _ := strconv.Atoi(thousandths) // digits, three
	return float64(total*1000+n) / 1000, true
}

func digits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
