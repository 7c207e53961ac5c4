package lint

import "aulacomune/course"

// YAMLSyntax: the YAML cannot be read at all.
const YAMLSyntax = "yaml-syntax"

func yamlSyntax() Rule {
	return Rule{
		ID: YAMLSyntax, Severity: course.SeverityError,
		Message: "Il YAML non si legge: {0}.",
		Hint:    "Controlla i rientri (spazi, non tabulazioni) e metti fra virgolette i testi con i due punti.",
		Why:     "Se l'intestazione non si legge, non si sa di chi è il testo né che cosa lo completa.",
		English: Wording{
			"The YAML cannot be read: {0}.", "Check the indents (spaces, not tabs) and put texts with a colon in quotation marks.", "",
			"If the header cannot be read, nobody knows which object the text is of nor what completes it.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: L'accordo: che cos'è
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
---

Un testo.
`,
		Good: `-- 01-uno/01-esempio.md --
---
id: primo
title: "L'accordo: che cos'è"
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
---

Un testo.
`,
	}
}
