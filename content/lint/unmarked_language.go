package lint

import "aulacomune/course"

// UnmarkedLanguage: a phrase in another language is spoken with the wrong voice unless it is marked (WCAG 2.2 SC 3.1.2).
const UnmarkedLanguage = "unmarked-language"

func unmarkedLanguage() Rule {
	return Rule{
		ID: UnmarkedLanguage, Severity: course.SeverityWarning, WCAG: "3.1.2",
		Message: "«{0}» sembra in un'altra lingua ({1}).",
		Hint:    "Indica la lingua: [lang={1}]{{0}}.",
		Why:     "Una voce italiana che legge una frase inglese non si capisce. Le parole entrate nell'uso (smart working, file, online) non serve segnarle.",
		English: Wording{
			"“{0}” seems to be in another language ({1}).", "Say which language: [lang={1}]{{0}}.", "",
			"A voice of one language that reads a phrase in another is not understood. Words that have become common (file, online) need no mark.",
		},
		Bad:  "Come dice la guida, the right of access to the documents vale per tutti.\n",
		Good: "Come dice la guida, [lang=en]{the right of access to the documents} vale per tutti.\n",
		page: func(p *Page, say Say) {
			prose, lang := p.Prose(), baseLanguage(p.Lang)
			for i := range prose {
				if other, from, to := otherLanguage(prose[i].Text, prose[i].words, lang); other != "" {
					say(p.File.At(prose[i].At(from)), string(prose[i].Text[from:to]), other)
				}
			}
		},
	}
}
