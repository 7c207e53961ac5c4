package lint

import (
	"math"
	"strconv"
	"unicode/utf8"

	"aulacomune/course"
)

// VTTFast: captions of more than 20 characters a second are gone before they are read (WCAG 2.2 SC 1.2.2).
const VTTFast = "vtt-fast"

func vttFast() Rule {
	return Rule{
		ID: VTTFast, Severity: course.SeverityWarning, WCAG: "1.2.2",
		Message: "La battuta va letta a {0} caratteri al secondo.",
		Hint:    "Lasciala più a lungo o accorciala: fino a 20 caratteri al secondo si legge senza affanno.",
		Why:     "Chi non sente deve leggere e guardare insieme: una battuta troppo veloce si perde.",
		English: Wording{
			"The caption has to be read at {0} characters a second.", "Leave it longer or shorten it: up to 20 characters a second can be read with ease.", "",
			"Whoever does not hear has to read and watch at once: a caption that is too fast is lost.",
		},
		Bad: `-- video/prova.vtt --
WEBVTT

00:00.000 --> 00:01.000
Troppe parole per un secondo solo.
`,
		Good: `-- video/prova.vtt --
WEBVTT

00:00.000 --> 00:04.000
Troppe parole per un secondo solo.
`,
		captions: func(c Captions, say Say) {
			const most = 20.0
			for i, cue := range c.Cues {
				speed := float64(utf8.RuneCountInString(cue.Text)) / (cue.To - cue.From)
				if cue.To > cue.From && speed >= most+0.5 {
					say(c.Places[i], strconv.Itoa(int(math.Round(speed))))
				}
			}
		},
	}
}
