package lint

import (
	"strconv"

	"aulacomune/course"
)

// LongSentence: a sentence that is too long to be kept in mind (WCAG 2.2 SC 3.1.5).
const LongSentence = "long-sentence"

func longSentence() Rule {
	return Rule{
		ID: LongSentence, Severity: course.SeverityWarning, WCAG: "3.1.5",
		Message: "La frase ha {0} parole.",
		Hint:    "Dividila: una frase, un'idea. Sotto le 25 parole si legge bene; oltre 40 ci si perde.",
		Why:     "Arrivati in fondo a una frase lunga se ne è dimenticato l'inizio: vale per tutti, e ancora di più per chi legge con fatica.",
		English: Wording{
			"The sentence has {0} words.", "Split it: one sentence, one idea. Under 25 words it reads well; beyond 40 one gets lost.", "",
			"At the end of a long sentence its beginning is forgotten: that holds for everybody, and more for whoever reads with difficulty.",
		},
		Bad:  "L'ente avvia la procedura e la porta a termine entro trenta giorni da quando la persona ha presentato la domanda, salvo i casi in cui mancano dei documenti e allora il tempo si ferma e ricomincia da capo quando arrivano tutti quanti.\n",
		Good: "L'ente avvia la procedura. Entro trenta giorni risponde alla persona che ha presentato la domanda.\n",
		page: func(p *Page, say Say) {
			const most = 40
			for _, s := range p.sentences() {
				if s.words > most {
					say(p.File.At(s.at), strconv.Itoa(s.words))
				}
			}
		},
	}
}
