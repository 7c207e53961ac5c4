package lint

import "aulacomune/course"

// FrontMatter: a learning object does not begin with its front matter between two lines of three hyphens.
const FrontMatter = "front-matter"

func frontMatter() Rule {
	return Rule{
		ID: FrontMatter, Severity: course.SeverityError,
		Message: "Il file non ha la sua intestazione fra due righe «---»: {0}.",
		Hint:    "Il file deve cominciare con una riga «---», le chiavi id, title, kind, minutes e complete, e un'altra riga «---».",
		Why:     "Titolo, durata e regola di completamento stanno nell'intestazione: senza, il testo non diventa un oggetto del corso.",
		English: Wording{
			"The file lacks its header between two lines “---”: {0}.", "The file must begin with a line “---”, the keys id, title, kind, minutes and complete, and another line “---”.", "",
			"Title, duration and completion rule are in the header: without it the text does not become an object of the course.",
		},
		Bad: "-- 01-uno/01-esempio.md --\nUn testo senza intestazione.\n",
		Good: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
---

Un testo.
`,
	}
}
