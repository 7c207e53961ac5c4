package lint

import "aulacomune/course"

// UnknownBlock: a box of a kind that the dialect does not have.
const UnknownBlock = "unknown-block"

func unknownBlock() Rule {
	return Rule{
		ID: UnknownBlock, Severity: course.SeverityError,
		Message:   "Il riquadro «[!{0}]» non esiste.",
		Hint:      "Forse intendevi «[!{1}]»?",
		Otherwise: "Riquadri ammessi: NOTE, TIP, IMPORTANT, WARNING, DETAILS, INCLUDE, QUESTION.",
		Why:       "Un riquadro scritto male diventerebbe una citazione, e chi legge non capirebbe perché.",
		English: Wording{
			"The box “[!{0}]” does not exist.", "Did you mean “[!{1}]”?", "Allowed boxes: NOTE, TIP, IMPORTANT, WARNING, DETAILS, INCLUDE, QUESTION.",
			"A misspelt box would become a quote, and the reader would not see why.",
		},
		Bad:  "> [!NOTA]\n> Un testo.\n",
		Good: "> [!NOTE]\n> Un testo.\n",
	}
}
