package lint

import (
	"strings"

	"aulacomune/course"
)

// VTTEmpty: captions without words are no captions (WCAG 2.2 SC 1.2.2).
const VTTEmpty = "vtt-empty"

func vttEmpty() Rule {
	return Rule{
		ID: VTTEmpty, Severity: course.SeverityError, WCAG: "1.2.2",
		Message: "I sottotitoli, o una loro battuta, sono vuoti.",
		Hint:    "Scrivi che cosa si dice, e fra parentesi i suoni che contano.",
		Why:     "Una battuta vuota dice a chi non sente che nessuno parla.",
		English: Wording{
			"The captions, or one of them, are empty.", "Write what is said, and in brackets the sounds that matter.", "",
			"An empty caption tells those who don't hear that nobody speaks.",
		},
		Bad: `-- video/prova.vtt --
WEBVTT

00:00.500 --> 00:04.000
`,
		Good: `-- video/prova.vtt --
WEBVTT

00:00.500 --> 00:04.000
Buongiorno.
`,
		captions: func(c Captions, say Say) {
			if len(c.Cues) == 0 {
				say(c.Whole)
			}
			for i, cue := range c.Cues {
				if strings.TrimSpace(cue.Text) == "" {
					say(c.Places[i])
				}
			}
		},
	}
}
