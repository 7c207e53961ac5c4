package lint

// What is wrong with a line of YAML, in the words of findings.
const (
	WordHead         = "@head"
	WordTab          = "@tab"
	WordNoSpace      = "@no-space"
	WordCurlyQuotes  = "@curly-quotes"
	WordOpenQuote    = "@open-quote"
	WordAfterQuote   = "@after-quote"
	WordApostrophe   = "@apostrophe"
	WordBackslash    = "@backslash"
	WordSign         = "@sign"
	WordOpenBracket  = "@open-bracket"
	WordColon        = "@colon"
	WordIndent       = "@indent"
	WordNoKey        = "@no-key"
	WordNoYAML       = "@no-yaml"
	WordMoreDocument = "@more-document"
)

func englishYAML() map[string]string {
	return map[string]string{
		WordHead:         "header",
		WordTab:          "the indent is made of a tab: use spaces",
		WordNoSpace:      "there is no space after the colon of the key",
		WordCurlyQuotes:  "the marks “ ” don't count in YAML: use straight ones, \"like: this\"",
		WordOpenQuote:    "the quotation marks open and do not close",
		WordAfterQuote:   "there is more text after the closing quotation marks: inside a text use “…”",
		WordApostrophe:   "the apostrophe closes the text too early: use double quotation marks, \"like these\"",
		WordBackslash:    "between double quotation marks “\\” means something else: write it twice",
		WordSign:         "the value begins with a sign that YAML takes for itself: put it in quotation marks",
		WordOpenBracket:  "a bracket opens and does not close",
		WordColon:        "there is a colon in the value: put it in quotation marks",
		WordIndent:       "the indent is not that of the lines around it",
		WordNoKey:        "the line is not made of a key, a colon and a value",
		WordNoYAML:       "the line does not follow the rules of YAML",
		WordMoreDocument: "after a line “---” another document begins, and a course has only one",
	}
}

func italianYAML() map[string]string {
	return map[string]string{
		WordHead:         "intestazione",
		WordTab:          "il rientro è fatto con una tabulazione: usa gli spazi",
		WordNoSpace:      "dopo i due punti della chiave manca uno spazio",
		WordCurlyQuotes:  "le virgolette “ ” per il YAML non contano: usa quelle dritte, \"così: per esempio\"",
		WordOpenQuote:    "le virgolette si aprono e non si chiudono",
		WordAfterQuote:   "dopo le virgolette che chiudono c'è altro testo: dentro un testo usa «…»",
		WordApostrophe:   "l'apostrofo chiude il testo prima del tempo: usa le virgolette doppie, \"così\"",
		WordBackslash:    "fra virgolette doppie «\\» vuol dire un'altra cosa: scrivilo due volte",
		WordSign:         "il valore comincia con un segno che il YAML tiene per sé: mettilo fra virgolette",
		WordOpenBracket:  "una parentesi si apre e non si chiude",
		WordColon:        "nel valore ci sono i due punti: mettilo fra virgolette",
		WordIndent:       "il rientro non è quello delle righe vicine",
		WordNoKey:        "la riga non è fatta di una chiave, due punti e un valore",
		WordNoYAML:       "la riga non segue le regole del YAML",
		WordMoreDocument: "dopo una riga «---» comincia un altro documento, e il corso ne ha uno solo",
	}
}
