package lint

import (
	"strings"

	"aulacomune/course"
)

// MissingTranscript: a sound without a transcript shuts out whoever cannot hear it (WCAG 2.2 SC 1.2.1).
const MissingTranscript = "missing-transcript"

func missingTranscript() Rule {
	return Rule{
		ID: MissingTranscript, Severity: course.SeverityError, WCAG: "1.2.1",
		Message: "L'audio «{0}» non ha una trascrizione.",
		Hint:    "Metti accanto un file .vtt con lo stesso nome, oppure scrivi subito sotto un riquadro > [!DETAILS Trascrizione].",
		Why:     "Chi non sente, o non può ascoltare in ufficio, deve poter leggere le stesse parole.",
		English: Wording{
			"The sound “{0}” has no transcript.", "Put a .vtt file of the same name beside it, or write a box > [!DETAILS Trascrizione] right below.", "",
			"Whoever cannot hear, or cannot listen at the office, must be able to read the same words.",
		},
		Bad: "![Intervista alla segretaria](intervista.mp3)\n",
		Good: `![Intervista alla segretaria](intervista.mp3)

> [!DETAILS Trascrizione]
> Buongiorno a tutti.
`,
		page: func(p *Page, say Say) {
			for _, r := range p.Recordings {
				if strings.HasPrefix(r.Video.File.Type, "audio/") && r.Video.Captions.Path == "" && !r.Transcript {
					say(p.File.At(r.Node.Pos()), r.Video.File.Path)
				}
			}
		},
	}
}
