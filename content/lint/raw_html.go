package lint

import "aulacomune/course"

// RawHTML: raw HTML in a text: it is never passed on to the page, so what the author meant would be lost.
const RawHTML = "raw-html"

func rawHTML() Rule {
	return Rule{
		ID: RawHTML, Severity: course.SeverityError,
		Message: "L'HTML non è ammesso nei testi.",
		Hint:    "Usa il Markdown: per esempio **grassetto**, elenchi, tabelle, riquadri «> [!NOTE]».",
	}
}
