package lint

import "aulacomune/course"

// VTTPastEnd: a caption that begins after the video has ended is never seen (WCAG 2.2 SC 1.2.2).
const VTTPastEnd = "vtt-past-end"

func vttPastEnd() Rule {
	return Rule{
		ID: VTTPastEnd, Severity: course.SeverityError, WCAG: "1.2.2",
		Message: "La battuta va oltre la fine del video.",
		Hint:    "Controlla che i sottotitoli siano quelli di questo video.",
		Why:     "Una battuta dopo la fine non si vede mai: di solito i sottotitoli sono di un altro video.",
		English: Wording{
			"The caption goes beyond the end of the video.", "Check that the captions are this video's.", "",
			"A caption after the end is never seen: usually the captions are another video's.",
		},
		Bad: `-- video/prova.vtt --
WEBVTT

00:00.500 --> 00:04.000
Buongiorno.

01:00.000 --> 01:06.000
Fine.
`,
		Good: `-- video/prova.vtt --
WEBVTT

00:00.500 --> 00:04.000
Buongiorno.

00:15.000 --> 00:20.000
Fine.
`,
		captions: func(c Captions, say Say) {
			const slack = 0.5 // seconds: players round the end
			for i, cue := range c.Cues {
				if c.Seconds > 0 && cue.To > c.Seconds+slack {
					say(c.Places[i])
				}
			}
		},
	}
}
