package lint

// What questions are told by, in the words of findings.
const (
	WordNumberAnswer = "@number-answer"
	WordShortAnswer  = "@short-answer"
	WordTrueFalse    = "@true-false"
	WordPairs        = "@pairs"
	WordArrow        = "@arrow"
	WordSteps        = "@steps"
	WordGaps         = "@gaps"
	WordScale        = "@scale"
	WordDimension    = "@dimension"
	WordDraw         = "@draw"
	WordRowChoice    = "@row-choice"
	WordRowPair      = "@row-pair"
	WordRowStep      = "@row-step"
	WordRowLevel     = "@row-level"
	WordRowStatement = "@row-statement"
)

func englishQuestions() map[string]string {
	return map[string]string{

		WordNumberAnswer: "a single line with the number, like “= 40” or “= 40 ± 2”",
		WordShortAnswer:  "a line with the right words, like “= remote work | agile work”",
		WordTrueFalse:    "a list of two answers and no more: true and false, for example",
		WordPairs:        "a list of at least two pairs, like “- `agile` Law 81 of 2017 => Agile work”",
		WordArrow:        "the arrow “=>” with something to its right",
		WordSteps:        "a numbered list of at least two steps in the right order, like “1. `first` Text”",
		WordGaps:         "at least one gap in braces with the right words, like “{agile work|smart working}” or “{= 2017}”",
		WordScale:        "a list of at least two levels, like “- `1` Not at all”, and a numbered one of statements, like “1. `trust` Text”",
		WordDimension:    "the dimension between backticks",
		WordDraw:         "how many questions of which bank, like “5 of safety”",
		WordRowChoice:    "“- [ ] `a` Text”, with its id between backticks",
		WordRowPair:      "“- `agile` Law 81 of 2017 => Agile work”",
		WordRowStep:      "“1. `first` Text”",
		WordRowLevel:     "“- `1` Not at all”",
		WordRowStatement: "“1. `trust` I trust my colleagues”",
	}
}

func italianQuestions() map[string]string {
	return map[string]string{

		WordNumberAnswer: "una riga sola con il numero, come «= 40» o «= 40 ± 2»",
		WordShortAnswer:  "una riga con le parole giuste, come «= lavoro agile | smart working»",
		WordTrueFalse:    "un elenco di due risposte e non di più: per esempio vero e falso",
		WordPairs:        "un elenco di almeno due coppie, come «- `agile` Legge 81 del 2017 => Lavoro agile»",
		WordArrow:        "la freccia «=>» con qualcosa alla sua destra",
		WordSteps:        "un elenco numerato di almeno due passi nell'ordine giusto, come «1. `primo` Testo»",
		WordGaps:         "almeno uno spazio fra graffe con le parole giuste, come «{lavoro agile|smart working}» o «{= 2017}»",
		WordScale:        "un elenco di almeno due livelli, come «- `1` Per niente», e uno numerato di affermazioni, come «1. `fiducia` Testo»",
		WordDimension:    "la dimensione fra apici inversi",
		WordDraw:         "quante domande da quale gruppo, come «5 of sicurezza»",
		WordRowChoice:    "«- [ ] `a` Testo», con il suo identificativo fra apici inversi",
		WordRowPair:      "«- `agile` Legge 81 del 2017 => Lavoro agile»",
		WordRowStep:      "«1. `primo` Testo»",
		WordRowLevel:     "«- `1` Per niente»",
		WordRowStatement: "«1. `fiducia` Mi fido dei colleghi»",
	}
}
