package lint

import "aulacomune/course"

// RefusedFile: a file of a kind that a course may not hold.
const RefusedFile = "refused-file"

func refusedFile() Rule {
	return Rule{
		ID: RefusedFile, Severity: course.SeverityError,
		Message: "Il file «{0}» non si può usare: {1}.",
		Hint:    "Tipi ammessi: PNG, JPEG, WebP, GIF, SVG, MP4, MP3, M4A, sottotitoli VTT, e da scaricare PDF e documenti (.odt, .ods, .odp, .docx, .xlsx, .pptx) senza macro.",
		Why:     "Il corso accetta solo file che tutti possono aprire e che non contengono programmi.",
		English: Wording{
			"The file “{0}” cannot be used: {1}.", "Allowed kinds: PNG, JPEG, WebP, GIF, SVG, MP4, MP3, M4A, VTT captions, and for download PDF and documents (.odt, .ods, .odp, .docx, .xlsx, .pptx) without macros.", "",
			"A course takes only files that everybody can open and that hold no programs.",
		},
	}
}
