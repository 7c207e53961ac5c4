package lint

import "aulacomune/course"

// VTTSyntax: captions that a player could not read.
const VTTSyntax = "vtt-syntax"

func vttSyntax() Rule {
	return Rule{
		ID: VTTSyntax, Severity: course.SeverityError, WCAG: "1.2.2",
		Message: "I sottotitoli non si leggono: {0}.",
		Hint:    "Ogni battuta ha una riga «00:00:01.000 --> 00:00:04.000» e sotto il suo testo; il file comincia con WEBVTT.",
		Why:     "Se il file non si legge, il video resta senza sottotitoli e senza trascrizione.",
		English: Wording{
			"The captions cannot be read: {0}.", "Each caption has a line “00:00:01.000 --> 00:00:04.000” and its text below; the file begins with WEBVTT.", "",
			"If the file cannot be read, the video stays without captions and without a transcript.",
		},
		Bad: `-- video/prova.vtt --
WEBVTT

00:00.500 --> 00:04,000
Buongiorno.
`,
		Good: `-- video/prova.vtt --
WEBVTT

00:00.500 --> 00:04.000
Buongiorno.
`,
	}
}
