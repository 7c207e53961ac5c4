package lint

import "aulacomune/course"

// WrongMedia: a file of the wrong kind for its place, such as a PDF shown as a picture.
const WrongMedia = "wrong-media"

func wrongMedia() Rule {
	return Rule{
		ID: WrongMedia, Severity: course.SeverityError,
		Message: "«{0}» è di tipo {1}: qui serve {2}.",
		Hint:    "Indica un file del tipo giusto.",
	}
}
