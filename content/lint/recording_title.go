package lint

import (
	"strings"

	"aulacomune/course"
)

// RecordingTitle: a player says what it plays (WCAG 2.2 SC 1.1.1).
const RecordingTitle = "recording-title"

func recordingTitle() Rule {
	return Rule{
		ID: RecordingTitle, Severity: course.SeverityError, WCAG: "1.1.1",
		Message: "Il video o l'audio «{0}» non ha un titolo.",
		Hint:    "Scrivi fra parentesi quadre che cosa si vede o si ascolta: ![Come si firma l'accordo](accordo.mp4).",
		Why:     "Chi usa un lettore di schermo sente il titolo prima di decidere se avviare il video.",
		English: Wording{
			"The video or sound “{0}” has no title.", "Say between the brackets what is seen or heard: ![How to sign the agreement](accordo.mp4).", "",
			"Whoever uses a screen reader hears the title before deciding to play it.",
		},
		Bad:  "![](firma.mp4)\n",
		Good: "![Come si firma](firma.mp4)\n",
		page: func(p *Page, say Say) {
			for _, r := range p.Recordings {
				if strings.TrimSpace(Words(r.Node, p.File.Text)) == "" {
					say(p.File.At(r.Node.Pos()), string(r.Node.Destination))
				}
			}
		},
	}
}
