package lint

import (
	"bytes"
	"strings"
	"sync"
)

// Placeholders are the words that our own buttons and pasted files put into a text for the author to write over, in Italian and in English, as
// they are typed. Words in brackets, as templates have them, are not among them: those are found by their form. A test holds the list
// against what the studio's editor inserts.
func Placeholders() []string {
	return []string{
		"Che cosa si chiede?", "La risposta giusta.", "Perché è giusta.", "Una risposta sbagliata.", "Perché non va bene.",
		"Quali cose si chiedono?", "Una risposta giusta.", "Un’altra giusta.", "Una sbagliata.", "Un’affermazione.", "Quale numero si chiede?",
		"Quale parola si chiede?", "una risposta", "un altro modo di scriverla", "Che cosa si collega?", "Prima voce", "ciò che va con la prima",
		"Seconda voce", "ciò che va con la seconda", "Che cosa si mette in ordine?", "Ciò che viene prima", "Ciò che viene dopo", "che cosa si fa per primo",
		"Una frase con una {parola} da riempire.",
		"Titolo della parte", "la prima cosa", "dove si arriva", "Colonna", "dato", "Descrivi che cosa si vede", "Didascalia", "Titolo del video",
		"Titolo della registrazione", "Che cosa contiene il file", "Una cosa da sapere.", "Un consiglio pratico.", "Un rischio da evitare.",
		"Testo che si apre.", "Quello che si dice",

		"What is asked?", "The right answer.", "Why it is right.", "A wrong answer.", "Why it is wrong.",
		"Which things are asked for?", "A right answer.", "Another right one.", "A wrong one.", "A statement.", "Which number is asked for?",
		"Which word is asked for?", "an answer", "another way to write it", "What goes together?", "First item", "what goes with the first",
		"Second item", "what goes with the second", "What is put in order?", "What comes first", "What comes next", "what is done first",
		"A sentence with a {word} to fill in.",
		"Title of the part", "the first thing", "where it leads", "Column", "datum", "Describe what is to be seen", "Caption", "Title of the video",
		"Title of the recording", "What the file contains", "Something to know.", "A piece of advice.", "A risk to avoid.",
		"Text that opens.", "What is said",
	}
}

// PlaceholderMarks are those that stand within a line, with the signs around them: they are looked for as they are.
func PlaceholderMarks() []string {
	return []string{
		"**parole importanti**", "*parole in corsivo*", "[lang=en]{words in English}", "[!DETAILS Che cosa contiene]", "*Foto: autore, licenza*",
		"**important words**", "*words in italics*", "[lang=it]{parole in italiano}", "[!DETAILS What it contains]", "*Photo: author, licence*",
	}
}

// placeholders are the same, folded. It is made once and only read.
var placeholders = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for _, words := range Placeholders() {
		known[foldPlaceholder([]byte(words))] = true
	}
	return known
})

// placeholderMarks are PlaceholderMarks as bytes. It is made once and only read.
var placeholderMarks = sync.OnceValue(func() [][]byte {
	var list [][]byte
	for _, mark := range PlaceholderMarks() {
		list = append(list, []byte(mark))
	}
	return list
})

// longestPlaceholder is the most bytes that one may have, with spaces around it.
const longestPlaceholder = 80

// foldPlaceholder makes one form of the ways in which a placeholder may stand in a text.
func foldPlaceholder(words []byte) string {
	text := strings.ToLower(strings.ReplaceAll(string(words), "’", "'"))
	if before, rest, gap := strings.Cut(text, "{"); gap { // a gap's words are no part of its sentence
		_, after, _ := strings.Cut(rest, "}")
		text = before + after
	}
	return strings.TrimRight(strings.Join(strings.Fields(text), " "), ".")
}

// isPlaceholder says that words are one of ours and nothing else.
func isPlaceholder(words []byte) bool {
	if len(words) == 0 || len(words) > longestPlaceholder {
		return false
	}
	return placeholders()[foldPlaceholder(words)]
}

// leftIn finds a placeholder in a block of a text: it is all that the block says, or all of one side of a pair, or one of the right words of an answer.
func leftIn(text []byte) (words string, at int, found bool) {
	if len(text) > 3*longestPlaceholder {
		return "", 0, false
	}
	for from := 0; from <= len(text); {
		end, next := cutPiece(text, from)
		piece := text[from:end]
		if isPlaceholder(bytes.TrimLeft(piece, " =")) {
			lead := len(piece) - len(bytes.TrimLeft(piece, " ="))
			return string(bytes.TrimSpace(piece[lead:])), from + lead, true
		}
		from = next
	}
	return "", 0, false
}

// cutPiece is where the piece of a block ends that begins at a byte, and where the next one begins.
func cutPiece(text []byte, from int) (end, next int) {
	for i := from; i < len(text); i++ {
		switch {
		case text[i] == '|':
			return i, i + 1
		case text[i] == '=' && i+1 < len(text) && text[i+1] == '>':
			return i, i + 2
		}
	}
	return len(text), len(text) + 1
}
