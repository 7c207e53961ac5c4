package markup

import "strings"

// words are those that we ourselves write into a page.
type words struct {
	titles      map[string]string // of callouts
	table       string
	captions    string
	glossary    string
	transcript  string
	backToText  string
	done, undo  string
	open, close string // quotation marks
	point       string // in numbers
	files       map[string]string
}

func italianWords() words {
	return words{
		titles:   map[string]string{"NOTE": "Nota", "TIP": "Suggerimento", "IMPORTANT": "Importante", "WARNING": "Attenzione"},
		glossary: "Le parole di questo testo", captions: "Sottotitoli", transcript: "Trascrizione",
		table: "Tabella", backToText: "Torna al richiamo", done: "fatto", undo: "da fare", open: "«", close: "»", point: ",",
		files: map[string]string{"image": "immagine", "video": "video", "audio": "audio", "text": "sottotitoli"},
	}
}

func englishWords() words {
	return words{
		titles:   map[string]string{"NOTE": "Note", "TIP": "Tip", "IMPORTANT": "Important", "WARNING": "Warning"},
		glossary: "The words of this text", captions: "Captions", transcript: "Transcript",
		table: "Table", backToText: "Back to reference", done: "done", undo: "to do", open: "“", close: "”", point: ".",
		files: map[string]string{"image": "image", "video": "video", "audio": "audio", "text": "captions"},
	}
}

func isItalian(lang string) bool { return lang == "it" || strings.HasPrefix(lang, "it-") }
