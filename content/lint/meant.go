package lint

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// said are the words that authors write in Italian where the format wants another. It is made once and only read.
var said = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"reading": "lettura testo leggere", "lesson": "lezione videolezione video", "pill": "pillola", "story": "storia racconto", "webinar": "incontro diretta seminario",
		"it": "italiano ita italian", "en": "inglese ing english", "fr": "francese french", "de": "tedesco german", "sl": "sloveno slovenian", "es": "spagnolo spanish", "la": "latino latin",
		"title": "titolo nome", "kind": "genere tipo type", "minutes": "minuti durata tempo ore", "objectives": "obiettivi obiettivo scopo", "complete": "completamento completa",
		"read": "letto lettura leggere", "watched": "visto guardato visione", "answered": "risposte risposto domande", "attended": "partecipato partecipazione presente", "file": "filmato percorso", "captions": "sottotitoli subtitles",
		"poster": "copertina immagine", "poster_alt": "alt descrizione testo_alternativo", "lang": "lingua language", "summary": "descrizione riassunto sommario description",
		"programme": "programma", "audience": "destinatari pubblico", "modules": "moduli", "folder": "cartella", "objects": "oggetti", "draw": "estrai estrazione sorteggio", "attempts": "tentativi",
		"sequential": "sequenziale ordine", "slug": "identificativo indirizzo id", "id": "identificativo slug codice",
		"note": "nota", "tip": "suggerimento consiglio", "important": "importante", "warning": "attenzione avviso avvertenza pericolo caution danger", "details": "dettagli approfondimento",
		"include": "includi inclusione", "question": "domanda quesito quiz",
		"single": "singola singolo", "multiple": "multipla multiplo", "truefalse": "vero-falso verofalso vero/falso true-false", "numeric": "numero numerica numerico", "short": "breve testo",
		"matching": "abbinamento abbinamenti coppie", "ordering": "ordine ordinamento", "cloze": "lacune completamento", "scale": "scala likert", "shuffle": "mescola mischia",
	}
})

// Meant is the candidate that a word was probably meant to be: said in Italian, or misspelt. It is empty when there is none.
func Meant(word string, candidates []string) string {
	word = strings.ToLower(word)
	folded := make([]string, len(candidates))
	for i, c := range candidates {
		folded[i] = strings.ToLower(c)
		if slices.Contains(strings.Fields(said()[folded[i]]), word) {
			return c
		}
	}
	if i := slices.Index(folded, Nearest(word, folded)); i >= 0 {
		return candidates[i]
	}
	return ""
}

// ID is an id made of some words, as an example; empty when nothing is left of them.
func ID(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(words)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
		case r < 0x300 || r > 0x36F: // an accent leaves no gap
			gap = true
		}
		if b.Len() > 62 {
			break
		}
	}
	if id := b.String(); id != words {
		return id
	}
	return ""
}
