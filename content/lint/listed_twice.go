package lint

import "aulacomune/course"

// ListedTwice: course.yaml lists an object in two places: a learner would meet it twice, and nobody would know where it belongs.
const ListedTwice = "listed-twice"

func listedTwice() Rule {
	return Rule{
		ID: ListedTwice, Severity: course.SeverityError,
		Message: "L'oggetto «{0}» è già nell'elenco del modulo «{1}».",
		Hint:    "Lascialo in un modulo solo, e una volta sola.",
		Why:     "Un oggetto si incontra e si completa una volta: ha un solo posto nel corso.",
		English: Wording{
			"The object “{0}” is already listed by the module “{1}”.", "Leave it in one module only, and once.", "",
			"An object is met and completed once: it has one place in the course.",
		},
		Bad: `-- course.yaml --
slug: esempio
title: Un esempio
summary: Un corso piccolo.
objectives: [Provare]
modules:
  - {id: uno, folder: 01-uno, title: Primo modulo, objects: [01-esempio.md, 02-due/01-secondo.md]}
  - {id: due, folder: 02-due, title: Secondo modulo, objects: [01-secondo.md]}
`,
		Good: `-- course.yaml --
slug: esempio
title: Un esempio
summary: Un corso piccolo.
objectives: [Provare]
modules:
  - {id: uno, folder: 01-uno, title: Primo modulo, objects: [02-due/01-secondo.md]}
`,
	}
}
