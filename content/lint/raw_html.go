package lint

import "aulacomune/course"

// RawHTML: raw HTML in a text: it is never passed on to the page, so what the author meant would be lost.
const RawHTML = "raw-html"

func rawHTML() Rule {
	return Rule{
		ID: RawHTML, Severity: course.SeverityError,
		Message: "L'HTML non è ammesso nei testi.",
		Hint:    "Usa il Markdown: per esempio **grassetto**, elenchi, tabelle, riquadri «> [!NOTE]».",
		Why:     "L'HTML può rompere la pagina, sfuggire alle regole di accessibilità o portare programmi a chi legge.",
		English: Wording{
			"HTML is not allowed in texts.", "Use Markdown: for example **bold**, lists, tables, boxes “> [!NOTE]”.", "",
			"HTML can break the page, escape the rules of accessibility, or bring programs to the reader.",
		},
		Bad:  "Un testo <b>importante</b>.\n",
		Good: "Un testo **importante**.\n",
	}
}
