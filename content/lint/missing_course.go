package lint

import "aulacomune/course"

// MissingCourse: the folder has no course.yaml at its root, so there is no course to read.
const MissingCourse = "missing-course"

func missingCourse() Rule {
	return Rule{
		ID: MissingCourse, Severity: course.SeverityError,
		Message: "Manca il file course.yaml.",
		Hint:    "Mettilo nella cartella principale del corso, con slug, title e modules.",
		Why:     "Senza course.yaml una cartella non è un corso: mancano il titolo, i moduli e il loro ordine.",
		English: Wording{
			"The file course.yaml is missing.", "Put it in the course's first folder, with slug, title and modules.", "",
			"Without course.yaml a folder is no course: title, modules and their order are missing.",
		},
		Bad: "Un testo.\n",
		Good: `-- course.yaml --
slug: esempio
title: Un esempio
summary: Un corso piccolo.
objectives: [Provare]
modules:
  - {id: uno, folder: 01-uno, title: Primo modulo}
`,
	}
}
