package lint

import "aulacomune/course"

// RefusedFile: a file of a kind that a course may not hold.
const RefusedFile = "refused-file"

func refusedFile() Rule {
	return Rule{
		ID: RefusedFile, Severity: course.SeverityError,
		Message: "Il file «{0}» non si può usare: {1}.",
		Hint:    "Tipi ammessi: PNG, JPEG, WebP, GIF, SVG, MP4, MP3, M4A, PDF e sottotitoli VTT.",
		Why:     "Il corso accetta solo file che ogni browser apre e che non possono contenere programmi.",
		English: Wording{
			"The file “{0}” cannot be used: {1}.", "Allowed kinds: PNG, JPEG, WebP, GIF, SVG, MP4, MP3, M4A, PDF and VTT captions.", "",
			"A course takes only files that every browser opens and that cannot hold programs.",
		},
	}
}
