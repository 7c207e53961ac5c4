package lint

import "aulacomune/course"

// RefusedFile: a file of a kind that a course may not hold.
const RefusedFile = "refused-file"

func refusedFile() Rule {
	return Rule{
		ID: RefusedFile, Severity: course.SeverityError,
		Message: "Il file «{0}» non si può usare: {1}.",
		Hint:    "Tipi ammessi: PNG, JPEG, WebP, GIF, SVG, MP4, MP3, M4A, PDF e sottotitoli VTT.",
	}
}
