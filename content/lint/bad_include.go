package lint

import "aulacomune/course"

// BadInclude: a text that cannot be taken in: around in a circle, from outside, too much.
const BadInclude = "bad-include"

func badInclude() Rule {
	return Rule{
		ID: BadInclude, Severity: course.SeverityError,
		Message: "Non si può includere «{0}»: {1}.",
		Hint:    "Un'inclusione è un riquadro con un collegamento: > [!INCLUDE] e, nella riga sotto, > [Chi può aiutarti](../comune/aiuto.md).",
		Why:     "Un testo condiviso si corregge una volta sola e vale ovunque: se non si può leggere, a chi studia ne mancherebbe un pezzo.",
		English: Wording{
			"“{0}” cannot be included: {1}.", "An inclusion is a box with a link: > [!INCLUDE] and on the next line > [Who can help](../comune/aiuto.md).", "",
			"A shared text is mended once and holds everywhere: if it cannot be read, a piece is missing for the learner.",
		},
		Bad:  "Un testo.\n\n> [!INCLUDE]\n> Vedi la nota comune.\n",
		Good: "> [!INCLUDE]\n> [Chi può aiutarti](../comune/aiuto.md)\n",
	}
}
