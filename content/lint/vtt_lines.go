package lint

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"

	"aulacomune/course"
)

// VTTLines: captions of more than two lines of 42 characters cover the picture and are not read in time (WCAG 2.2 SC 1.2.2).
const VTTLines = "vtt-lines"

func vttLines() Rule {
	return Rule{
		ID: VTTLines, Severity: course.SeverityWarning, WCAG: "1.2.2",
		Message: "La battuta non sta in due righe da 42 caratteri: {0} righe, la più lunga di {1}.",
		Hint:    "Vai a capo prima, o dividi la battuta in due.",
		Why:     "Sottotitoli più larghi coprono il video, e sul telefono diventano illeggibili.",
		English: Wording{
			"The caption does not fit in two lines of 42 characters: {0} lines, the longest of {1}.", "Break the line earlier, or split the caption in two.", "",
			"Wider captions cover the video, and on a telephone cannot be read.",
		},
		Bad: `-- video/prova.vtt --
WEBVTT

00:00.000 --> 00:05.000
Questa riga è decisamente troppo lunga per un sottotitolo
`,
		Good: `-- video/prova.vtt --
WEBVTT

00:00.000 --> 00:05.000
Questa riga è troppo lunga
per un sottotitolo.
`,
		captions: func(c Captions, say Say) {
			const mostLines, most = 2, 42
			for _, at := range c.Places {
				lines, longest := 0, 0
				for {
					row := bytes.TrimSpace(c.File.Row(at.Line + lines + 1))
					if len(row) == 0 || bytes.Contains(row, []byte("-->")) {
						break
					}
					lines++
					if len(row) > longest {
						longest = max(longest, utf8.RuneCountInString(unmarked(string(row))))
					}
				}
				if lines > mostLines || longest > most {
					say(at, strconv.Itoa(lines), strconv.Itoa(longest))
				}
			}
		},
	}
}

// unmarked is a line of a caption without what stands between < and >.
func unmarked(line string) string {
	if !strings.ContainsAny(line, "<&") {
		return line
	}
	var b strings.Builder
	for rest := line; rest != ""; {
		before, after, marked := strings.Cut(rest, "<")
		b.WriteString(before)
		if !marked {
			break
		}
		_, rest, _ = strings.Cut(after, ">")
	}
	return html.UnescapeString(b.String())
}
