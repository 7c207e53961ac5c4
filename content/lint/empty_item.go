package lint

import "aulacomune/course"

// EmptyItem: an item of a list says something (WCAG 2.2 SC 1.3.1).
const EmptyItem = "empty-item"

func emptyItem() Rule {
	return Rule{
		ID: EmptyItem, Severity: course.SeverityWarning, WCAG: "1.3.1",
		Message: "Una voce dell'elenco è vuota.",
		Hint:    "Scrivi la voce, oppure togli la riga.",
		Why:     "Un lettore di schermo dice quante voci ha l'elenco e le legge una a una, anche quelle vuote.",
		English: Wording{
			"An item of the list is empty.", "Write the item, or take the line away.", "",
			"A screen reader says how many items a list has and reads them one by one, the empty ones, too.",
		},
		Bad:  "Servono:\n\n- un portatile\n- \n",
		Good: "Servono:\n\n- un portatile\n- una cuffia\n",
		page: func(p *Page, say Say) {
			for _, n := range p.EmptyItems {
				say(p.File.At(n.Pos()))
			}
		},
	}
}
