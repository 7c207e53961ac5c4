package lint

import "aulacomune/course"

// WrongMedia: a file of the wrong kind for its place, such as a PDF shown as a picture.
const WrongMedia = "wrong-media"

func wrongMedia() Rule {
	return Rule{
		ID: WrongMedia, Severity: course.SeverityError,
		Message: "«{0}» è di tipo {1}: qui serve {2}.",
		Hint:    "Indica un file del tipo giusto.",
		Why:     "Un PDF al posto di un'immagine non si vede, un'immagine al posto di un video non parte.",
		English: Wording{
			"“{0}” is of type {1}: here {2} is needed.", "Name a file of the right kind.", "",
			"A PDF in place of an image is not seen, an image in place of a video does not play.",
		},
		Bad:  "![Il modello di accordo](modello.pdf)\n",
		Good: "Scarica il [modello di accordo](modello.pdf).\n",
	}
}
