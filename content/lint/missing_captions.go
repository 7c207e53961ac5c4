package lint

import "aulacomune/course"

// MissingCaptions: a video without captions shuts out whoever cannot hear it (WCAG 2.2 SC 1.2.2).
const MissingCaptions = "missing-captions"

func missingCaptions() Rule {
	return Rule{
		ID: MissingCaptions, Severity: course.SeverityError, WCAG: "1.2.2",
		Message: "Il video non ha sottotitoli.",
		Hint:    "Aggiungi «captions» con un file .vtt, o metti accanto a un video nel testo un file .vtt con lo stesso nome: serve a chi non sente e a chi guarda senza audio.",
		Why:     "Chi non sente, e chi guarda in ufficio senza audio, ha bisogno dei sottotitoli.",
		English: Wording{
			"The video has no captions.", "Add “captions” with a .vtt file, or put a .vtt file of the same name beside a video in the text: for those who don't hear, and those who watch without sound.", "",
			"Whoever does not hear, and whoever watches at the office without sound, needs captions.",
		},
		Bad:  "![Come si firma l'accordo](muto.mp4)\n",
		Good: "![Come si firma l'accordo](firma.mp4)\n",
	}
}
