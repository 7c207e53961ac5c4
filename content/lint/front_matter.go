package lint

import "aulacomune/course"

// FrontMatter: a learning object does not begin with its front matter between two lines of three hyphens.
const FrontMatter = "front-matter"

func frontMatter() Rule {
	return Rule{
		ID: FrontMatter, Severity: course.SeverityError,
		Message: "Manca l'intestazione fra due righe «---».",
		Hint:    "Il file deve cominciare con una riga «---», le chiavi id, title, kind, minutes e complete, e un'altra riga «---».",
	}
}
