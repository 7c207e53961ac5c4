package lint

import "aulacomune/course"

// DetailsTitle: what opens when asked says what it holds, or nobody would ask (WCAG 2.2 SC 2.4.6).
const DetailsTitle = "details-title"

func detailsTitle() Rule {
	return Rule{
		ID: DetailsTitle, Severity: course.SeverityError, WCAG: "2.4.6",
		Message: "Il riquadro da aprire non ha un titolo.",
		Hint:    "Scrivi nella stessa riga che cosa contiene: > [!DETAILS Un esempio di accordo]",
		Why:     "Chi legge decide dal titolo se aprire: senza, il testo resta nascosto per tutti.",
		English: Wording{
			"The box to open has no title.", "Say on the same line what it holds: > [!DETAILS A sample agreement]", "",
			"Readers decide by the title whether to open it: without one the text stays hidden from everybody.",
		},
		Bad:  "> [!DETAILS]\n> Il testo nascosto.\n",
		Good: "> [!DETAILS Un esempio di accordo]\n> Il testo che si apre.\n",
	}
}
