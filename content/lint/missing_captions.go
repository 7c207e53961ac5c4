package lint

import "aulacomune/course"

// MissingCaptions: a video without captions shuts out whoever cannot hear it (WCAG 2.2 SC 1.2.2).
const MissingCaptions = "missing-captions"

func missingCaptions() Rule {
	return Rule{
		ID: MissingCaptions, Severity: course.SeverityError, WCAG: "1.2.2",
		Message: "Il video non ha sottotitoli.",
		Hint:    "Aggiungi «captions» con un file .vtt, o metti accanto a un video nel testo un file .vtt con lo stesso nome: serve a chi non sente e a chi guarda senza audio.",
	}
}
