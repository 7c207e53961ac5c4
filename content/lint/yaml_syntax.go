package lint

import "aulacomune/course"

// YAMLSyntax: the YAML cannot be read at all.
const YAMLSyntax = "yaml-syntax"

func yamlSyntax() Rule {
	return Rule{
		ID: YAMLSyntax, Severity: course.SeverityError,
		Message: "Non riesco a leggere l'intestazione YAML: {0}.",
		Hint:    "Controlla i rientri (spazi, non tabulazioni) e metti fra virgolette i testi con i due punti.",
	}
}
