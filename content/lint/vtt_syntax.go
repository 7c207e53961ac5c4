package lint

import "aulacomune/course"

// VTTSyntax: captions that a player could not read.
const VTTSyntax = "vtt-syntax"

func vttSyntax() Rule {
	return Rule{
		ID: VTTSyntax, Severity: course.SeverityError, WCAG: "1.2.2",
		Message: "I sottotitoli non si leggono: {0}.",
		Hint:    "Ogni battuta ha una riga «00:00:01.000 --> 00:00:04.000» e sotto il suo testo; il file comincia con WEBVTT.",
	}
}
