package lint

import "aulacomune/course"

// VTTOverlap: captions that overlap, run backwards or last no time hide one another (WCAG 2.2 SC 1.2.2).
const VTTOverlap = "vtt-overlap"

func vttOverlap() Rule {
	return Rule{
		ID: VTTOverlap, Severity: course.SeverityError, WCAG: "1.2.2",
		Message: "La battuta comincia prima che finisca la precedente, o finisce prima di cominciare.",
		Hint:    "Correggi i tempi: una battuta alla volta, in ordine.",
		Why:     "Due battute insieme si coprono a vicenda.",
		English: Wording{
			"The caption begins before the one before it ends, or ends before it begins.", "Correct the times: one caption at a time, in order.", "",
			"Two captions at once hide each other.",
		},
		Bad: `-- video/prova.vtt --
WEBVTT

00:00.500 --> 00:04.000
Buongiorno.

00:03.000 --> 00:06.000
Si comincia.
`,
		Good: `-- video/prova.vtt --
WEBVTT

00:00.500 --> 00:04.000
Buongiorno.

00:04.000 --> 00:06.000
Si comincia.
`,
		captions: func(c Captions, say Say) {
			var end float64
			for i, cue := range c.Cues {
				if cue.From < end || cue.To <= cue.From {
					say(c.Places[i])
				}
				end = max(end, cue.To)
			}
		},
	}
}
