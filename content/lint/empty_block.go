package lint

import "aulacomune/course"

// EmptyBlock: a box with nothing in it.
const EmptyBlock = "empty-block"

func emptyBlock() Rule {
	return Rule{
		ID: EmptyBlock, Severity: course.SeverityError,
		Message: "Il riquadro «[!{0}]» è vuoto.",
		Hint:    "Scrivi il testo nelle righe che seguono, ognuna preceduta da «> ».",
		Why:     "Un riquadro vuoto mostra un titolo e nient'altro.",
		English: Wording{
			"The box “[!{0}]” is empty.", "Write the text on the lines that follow, each after “> ”.", "",
			"An empty box shows a title and nothing else.",
		},
		Bad: `> [!NOTE]

Un testo.
`,
		Good: "> [!NOTE]\n> Un testo.\n",
	}
}
