package lint

import "aulacomune/course"

// RecordingPlace: a video or a sound stands alone, so that its captions and controls have a place.
const RecordingPlace = "recording-place"

func recordingPlace() Rule {
	return Rule{
		ID: RecordingPlace, Severity: course.SeverityError,
		Message: "Il video o l'audio «{0}» non sta da solo nel suo paragrafo.",
		Hint:    "Lascia una riga vuota prima e dopo; sotto può stare solo una riga in corsivo con i crediti.",
		Why:     "In mezzo a una frase o a un elenco un lettore video non trova posto, e chi usa la tastiera non capisce a che cosa appartiene.",
		English: Wording{
			"The video or sound “{0}” does not stand alone in its paragraph.", "Leave an empty line before and after; only a line in italics with the credits may follow.", "",
			"A player has no room within a sentence or a list, and whoever uses a keyboard cannot tell what it belongs to.",
		},
		Bad: "Guarda ![Come si firma](firma.mp4) prima di continuare.\n",
		Good: `Guarda il video prima di continuare.

![Come si firma](firma.mp4)
`,
	}
}
