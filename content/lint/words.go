package lint

import "sync"

// Arguments that begin with @ are words of ours, to be said in the reader's language.
const (
	WordText      = "@text"
	WordList      = "@list"
	WordMap       = "@map"
	WordNumber    = "@number"
	WordPercent   = "@percent"
	WordYesNo     = "@yes-no"
	WordVideo     = "@video"
	WordQuestions = "@questions"
	WordImage     = "@image"
	WordCaptions  = "@captions"
	WordOneRight  = "@one-right"
	WordSomeRight = "@some-right"
	WordMark      = "@mark"
	WordChoiceID  = "@choice-id"
	WordWording   = "@wording"
	WordHeader    = "@header"
	WordTiming    = "@timing"
	WordAlias     = "@alias"
	WordXML       = "@xml"
	WordDoctype   = "@doctype"
	WordReference = "@reference"
	WordUses      = "@uses"
)

// italian is how the words are said in Italian. It is made once and only read.
var italian = sync.OnceValue(func() map[string]string {
	return map[string]string{
		WordText:      "un testo",
		WordList:      "un elenco (righe che cominciano con «- »)",
		WordMap:       "un gruppo di chiavi",
		WordNumber:    "un numero intero maggiore di zero",
		WordPercent:   "una percentuale da 1 a 100",
		WordYesNo:     "true o false",
		WordVideo:     "un video",
		WordQuestions: "domande",
		WordImage:     "un'immagine",
		WordCaptions:  "un file di sottotitoli .vtt",
		WordOneRight:  "una sola risposta giusta",
		WordSomeRight: "almeno una risposta giusta e almeno una sbagliata",
		WordMark:      "il segno «[ ]» o «[x]»",
		WordChoiceID:  "l'identificativo fra apici inversi",
		WordWording:   "il testo",
		WordHeader:    "manca la riga WEBVTT all'inizio",
		WordTiming:    "i tempi di questa battuta non vanno bene",
		WordAlias:     "àncore e rimandi (& e *) non sono ammessi",
		WordXML:       "non è XML ben formato",
		WordDoctype:   "una dichiarazione DOCTYPE o ENTITY",
		WordReference: "un riferimento a qualcosa fuori dal disegno",
		WordUses:      "troppi elementi «use»",
	}
})
