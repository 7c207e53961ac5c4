package lint

import "aulacomune/course"

// EmptyModule: a module whose folder holds no learning object.
const EmptyModule = "empty-module"

func emptyModule() Rule {
	return Rule{
		ID: EmptyModule, Severity: course.SeverityError,
		Message: "Nella cartella «{0}» non c'è nessun oggetto didattico.",
		Hint:    "Forse intendevi «{1}»?", Otherwise: "Controlla il nome della cartella e che contenga almeno un file .md.",
		Why: "Un modulo vuoto compare nell'indice e non porta a niente.",
		English: Wording{
			"There is no learning object in the folder “{0}”.", "Did you mean “{1}”?", "Check the folder's name, and that it holds at least one .md file.",
			"An empty module is in the outline and leads nowhere.",
		},
		Bad: `-- course.yaml --
slug: esempio
title: Un esempio
summary: Un corso piccolo.
objectives: [Provare]
modules:
  - {id: uno, folder: 01-uno, title: Primo modulo}
  - {id: tre, folder: 03-tre, title: Terzo modulo}
`,
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
