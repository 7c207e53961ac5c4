package lint

import (
	"strconv"
	"strings"

	"aulacomune/course"
)

// HardText: a text that is hard to read by the Gulpease index: under 40 it is so even for whoever finished upper secondary school (WCAG 2.2 SC 3.1.5).
const HardText = "hard-text"

func hardText() Rule {
	return Rule{
		ID: HardText, Severity: course.SeverityWarning, WCAG: "3.1.5",
		Message: "L'indice Gulpease del testo è {0}: sotto 40 è difficile per quasi tutti.",
		Hint:    "Accorcia le frasi e scegli parole più corte e comuni; l'indice va da 0 a 100, e da 60 in su legge bene chi ha la licenza media.",
		Why:     "Un corso per tutti i dipendenti lo leggono persone con studi diversi, spesso di fretta: un testo semplice si capisce e si ricorda.",
		English: Wording{
			"The Gulpease index of the text is {0}: under 40 it is hard for almost everybody.", "Shorten sentences and choose shorter, common words; the index goes from 0 to 100, and from 60 up people with lower secondary school read well.", "",
			"A course for all employees is read by people of different schooling, often in a hurry: a plain text is understood and remembered.",
		},
		Bad: `La predisposizione dell'amministrazione procedente comporta necessariamente l'individuazione preliminare delle responsabilità organizzative.

La conseguente pianificazione infrastrutturale presuppone l'interoperabilità documentale, l'informatizzazione procedimentale e la riorganizzazione complessiva.

L'inadempimento dell'amministrazione comporta responsabilità dirigenziale, disciplinare e amministrativo-contabile, indipendentemente dall'accertamento giurisdizionale.

L'implementazione tecnologica richiede conseguentemente un'approfondita riqualificazione professionale del personale amministrativo interessato, nonché l'aggiornamento regolamentare corrispondente, previa consultazione sindacale obbligatoria.
`,
		Good: `Prima di cominciare, l'ente dice chi fa che cosa. Poi mette in ordine le carte.

I documenti passano da un ufficio all'altro senza carta. Così nessuno li cerca due volte.

Chi non fa la sua parte ne risponde. Lo dice la legge, e vale per tutti.

Per usare i nuovi strumenti bisogna imparare. L'ente offre un corso, e lo fa in orario di lavoro. Prima di partire si parla anche con i sindacati, che hanno un mese per dire la loro.
`,
		page: func(p *Page, say Say) {
			const least, fewest = 40, 60 // the index of a few words says nothing
			words, letters, list := 0, 0, p.sentences()
			for _, s := range list {
				words += s.words
				letters += s.letters
			}
			if words < fewest || p.Lang != "" && p.Lang != "it" && !strings.HasPrefix(p.Lang, "it-") {
				return
			}
			if index := 89 + (300*len(list)-10*letters)/words; index < least {
				say(p.File.At(list[0].at), strconv.Itoa(index))
			}
		},
	}
}
