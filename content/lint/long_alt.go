package lint

import (
	"strconv"
	"unicode/utf8"

	"aulacomune/course"
)

// LongAlt: an alternative text is heard in one go and cannot be gone back over, so it should be short (WCAG 2.2 SC 1.1.1).
const LongAlt = "long-alt"

func longAlt() Rule {
	return Rule{
		ID: LongAlt, Severity: course.SeverityWarning, WCAG: "1.1.1",
		Message: "Il testo alternativo è lungo {0} caratteri.",
		Hint:    "Tieni nel testo alternativo l'essenziale, sotto i 300 caratteri, e metti il resto nel testo o in un riquadro > [!DETAILS Descrizione della figura].",
		Why:     "Un lettore di schermo legge il testo alternativo tutto di seguito: non si può fermare a metà né tornare indietro di una parola.",
		English: Wording{
			"The alternative text is {0} characters long.", "Keep the essential in the alternative text, under 300 characters, and put the rest in the text or in a box > [!DETAILS Description of the figure].", "",
			"A screen reader reads the alternative text in one go: one cannot stop in the middle nor go back by a word.",
		},
		Bad: "![Un modulo con tre riquadri in fila, uniti da frecce. Nel primo, azzurro, si legge la parola richiesta e sotto si vede una persona che scrive. Nel secondo, verde, si legge la parola esame e sotto si vede una scrivania con due persone che parlano. Nel terzo, giallo, si legge la parola risposta e sotto si vede una busta con un francobollo e un indirizzo.](figura.jpg)\n",
		Good: `![Un modulo con tre riquadri: richiesta, esame, risposta](figura.jpg)

Nel primo riquadro si scrive che cosa si chiede.
`,
		page: func(p *Page, say Say) {
			const most = 300
			for _, i := range p.Images {
				if n := utf8.RuneCountInString(Words(i.Node, p.File.Text)); n > most {
					say(p.File.At(i.Node.Pos()), strconv.Itoa(n))
				}
			}
		},
	}
}
