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
