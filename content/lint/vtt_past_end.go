package lint

import "aulacomune/course"

// VTTPastEnd: a caption that begins after the video has ended is never seen (WCAG 2.2 SC 1.2.2).
const VTTPastEnd = "vtt-past-end"

func vttPastEnd() Rule {
	return Rule{
		ID: VTTPastEnd, Severity: course.SeverityError, WCAG: "1.2.2",
		Message: "La battuta va oltre la fine del video.",
		Hint:    "Controlla che i sottotitoli siano quelli di questo video.",
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
