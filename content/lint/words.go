package lint

import (
	"maps"
	"sync"
)

// Arguments that begin with @ are words of ours, to be said in the reader's language.
const (
	WordText        = "@text"
	WordList        = "@list"
	WordMap         = "@map"
	WordNumber      = "@number"
	WordPercent     = "@percent"
	WordYesNo       = "@yes-no"
	WordVideo       = "@video"
	WordWebinar     = "@webinar"
	WordQuestions   = "@questions"
	WordImage       = "@image"
	WordCaptions    = "@captions"
	WordOwnCaptions = "@own-captions"
	WordPoster      = "@poster"
	WordOneRight    = "@one-right"
	WordSomeRight   = "@some-right"
	WordMark        = "@mark"
	WordChoiceID    = "@choice-id"
	WordWording     = "@wording"
	WordHeader      = "@header"
	WordTiming      = "@timing"
	WordTimingComma = "@timing-comma"
	WordTimingArrow = "@timing-arrow"
	WordTexts       = "@texts"
	WordNoOpening   = "@no-opening"
	WordNoClosing   = "@no-closing"
	WordSpaces      = "@spaces"
	WordBrackets    = "@brackets"

	WordNoBracket    = "@no-bracket"
	WordAfterBracket = "@after-bracket"
	WordNotFirst     = "@not-first"
	WordNoQuote      = "@no-quote"
	WordAlias        = "@alias"
	WordXML          = "@xml"
	WordDoctype      = "@doctype"
	WordReference    = "@reference"
	WordUses         = "@uses"
	WordBrace        = "@brace"
	WordRecording    = "@recording"
	WordManyTerms    = "@many-terms"
	WordNoName       = "@no-name"
	WordNoIncludes   = "@no-includes"
	WordNoMeaning    = "@no-meaning"
	WordBeforeTerm   = "@before-term"
	WordNoNotes      = "@no-notes"
	WordLevelTwo     = "@level-two"
	WordNoMarkdown   = "@no-markdown"
	WordObject       = "@object"
	WordMarkdown     = "@markdown"
	WordHidden       = "@hidden"
	WordOutside      = "@outside"
	WordAsks         = "@asks"
	WordCycle        = "@cycle"
	WordTooMany      = "@too-many"
	WordIncludeForm  = "@include-form"
	WordTag          = "@tag"
	WordNoWords      = "@no-words"
	WordMarks        = "@marks"
)

// english is how the words are said in English. It is made once and only read.
var english = sync.OnceValue(func() map[string]string {
	return with(englishQuestions(), englishYAML(), map[string]string{
		WordText:        "a text",
		WordList:        "a list (lines that begin with “- ”)",
		WordMap:         "a group of keys, one a line",
		WordNumber:      "a whole number greater than zero, without other words",
		WordPercent:     "a number from 1 to 100, without the percent sign",
		WordYesNo:       "true or false",
		WordVideo:       "a video",
		WordWebinar:     "a webinar",
		WordQuestions:   "questions",
		WordImage:       "an image",
		WordCaptions:    "a .vtt file of captions",
		WordOwnCaptions: "captions in its own language",
		WordPoster:      "a poster",
		WordOneRight:    "exactly one right answer",
		WordSomeRight:   "at least one right answer and at least one wrong",
		WordMark:        "the mark “[ ]” or “[x]”",
		WordChoiceID:    "the id between backticks",
		WordWording:     "the text",
		WordHeader:      "the line WEBVTT is missing at the beginning",
		WordTiming:      "the times of this caption are wrong",
		WordTimingComma: "in times a point stands before the thousandths, not a comma",
		WordTimingArrow: "between two times stands the arrow “-->”",
		WordTexts:       "a list of texts",
		WordNoOpening:   "it does not begin with a line “---”",
		WordNoClosing:   "the line “---” that closes it is missing",
		WordSpaces:      "there is a space in the path",
		WordBrackets:    "its brackets are not as they should be",

		WordNoBracket:    "the closing bracket “]” is missing",
		WordAfterBracket: "nothing may stand behind the bracket “]”",
		WordNotFirst:     "it must be the first line",
		WordNoQuote:      "each line begins with “> ”",
		WordAlias:        "anchors and aliases (& and *) are not allowed",
		WordXML:          "it is not well-formed XML",
		WordDoctype:      "a DOCTYPE or ENTITY declaration",
		WordReference:    "a reference to something outside the drawing",
		WordUses:         "too many “use” elements",
		WordBrace:        "the closing brace is missing",
		WordRecording:    "a video or a sound",
		WordManyTerms:    "the words that this text uses, with those they refer to, are too many or too long",
		WordNoName:       "the word has no name",
		WordNoIncludes:   "a glossary includes no other text",
		WordNoMeaning:    "the word is not explained",
		WordBeforeTerm:   "this text comes before the first word",
		WordNoNotes:      "a glossary has no footnotes",
		WordLevelTwo:     "its words are headings of level two (“##”)",
		WordNoMarkdown:   "it is not a .md file",
		WordMarkdown:     ".md files of the course",
		WordObject:       "it is an object of the course: link to it instead",
		WordHidden:       "names that begin with _ or a dot are not read",
		WordOutside:      "it lies outside the course's folder",
		WordAsks:         "it holds a question, and questions are written in the object",
		WordCycle:        "it would end up including itself",
		WordTooMany:      "there are too many inclusions, or they are too long",
		WordIncludeForm:  "below it there must be one link to the text and nothing else",
		WordTag:          "it is not the code of a language",
		WordNoWords:      "there are no words between the braces",
		WordMarks:        "what can be shown at once: it has too many lines and marks",
	})
})

// italian is how the words are said in Italian. It is made once and only read.
var italian = sync.OnceValue(func() map[string]string {
	return with(italianQuestions(), italianYAML(), map[string]string{
		WordText:        "un testo",
		WordList:        "un elenco (righe che cominciano con «- »)",
		WordMap:         "un gruppo di chiavi, una per riga",
		WordNumber:      "un numero intero maggiore di zero, senza altre parole",
		WordPercent:     "un numero da 1 a 100, senza il segno di percentuale",
		WordYesNo:       "true o false",
		WordVideo:       "un video",
		WordWebinar:     "un webinar",
		WordQuestions:   "domande",
		WordImage:       "un'immagine",
		WordCaptions:    "un file di sottotitoli .vtt",
		WordOwnCaptions: "sottotitoli nella sua lingua",
		WordPoster:      "immagine di copertina",
		WordOneRight:    "una sola risposta giusta",
		WordSomeRight:   "almeno una risposta giusta e almeno una sbagliata",
		WordMark:        "il segno «[ ]» o «[x]»",
		WordChoiceID:    "l'identificativo fra apici inversi",
		WordWording:     "il testo",
		WordHeader:      "manca la riga WEBVTT all'inizio",
		WordTiming:      "i tempi di questa battuta non vanno bene",
		WordTimingComma: "nei tempi, prima dei millesimi ci vuole un punto e non una virgola",
		WordTimingArrow: "fra i due tempi ci vuole la freccia «-->»",
		WordTexts:       "un elenco di testi",
		WordNoOpening:   "non comincia con una riga «---»",
		WordNoClosing:   "manca la riga «---» che la chiude",
		WordSpaces:      "nel percorso c'è uno spazio",
		WordBrackets:    "le parentesi non sono al loro posto",

		WordNoBracket:    "manca la parentesi «]» che chiude",
		WordAfterBracket: "dopo la parentesi «]» non può stare altro",
		WordNotFirst:     "deve essere la prima riga",
		WordNoQuote:      "ogni riga comincia con «> »",
		WordAlias:        "àncore e rimandi (& e *) non sono ammessi",
		WordXML:          "non è XML ben formato",
		WordDoctype:      "una dichiarazione DOCTYPE o ENTITY",
		WordReference:    "un riferimento a qualcosa fuori dal disegno",
		WordUses:         "troppi elementi «use»",
		WordBrace:        "manca la parentesi graffa che chiude",
		WordRecording:    "un video o un audio",
		WordManyTerms:    "le voci usate in questo testo, con quelle che richiamano, sono troppe o troppo lunghe",
		WordNoName:       "la voce non ha un nome",
		WordNoIncludes:   "nel glossario non si includono altri testi",
		WordNoMeaning:    "manca la spiegazione della voce",
		WordBeforeTerm:   "questo testo viene prima della prima voce",
		WordNoNotes:      "nel glossario non ci sono note a piè di pagina",
		WordLevelTwo:     "le voci sono titoli di secondo livello («##»)",
		WordNoMarkdown:   "non è un file .md",
		WordMarkdown:     "file .md del corso",
		WordObject:       "è un oggetto del corso: mettici un collegamento",
		WordHidden:       "i nomi che cominciano con _ o con un punto non si leggono",
		WordOutside:      "sta fuori dalla cartella del corso",
		WordAsks:         "contiene una domanda, e le domande si scrivono nell'oggetto",
		WordCycle:        "finirebbe per includere se stesso",
		WordTooMany:      "le inclusioni sono troppe, o troppo lunghe",
		WordIncludeForm:  "sotto serve un solo collegamento al testo, e nient'altro",
		WordTag:          "non è il codice di una lingua",
		WordNoWords:      "fra le graffe non ci sono parole",
		WordMarks:        "quello che si può mostrare in una volta: ha troppe righe e troppi segni",
	})
})

// with is some sets of words in one.
func with(words map[string]string, more ...map[string]string) map[string]string {
	for _, m := range more {
		maps.Copy(words, m)
	}
	return words
}
