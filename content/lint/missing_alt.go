package lint

import (
	"strings"

	"aulacomune/course"
)

// MissingAlt: a picture without alternative text says nothing to whoever cannot see it (WCAG 2.2 SC 1.1.1).
const MissingAlt = "missing-alt"

func missingAlt() Rule {
	return Rule{
		ID: MissingAlt, Severity: course.SeverityError, WCAG: "1.1.1",
		Message: "L'immagine «{0}» non ha un testo alternativo.",
		Hint:    "Descrivi fra parentesi quadre, in una frase, ciò che l'immagine dice: ![Tre persone attorno a un tavolo](figura.svg). Per la copertina di un video usa «poster_alt».",
		Why:     "Chi non vede l'immagine deve sapere che cosa dice: è il primo criterio di accessibilità.",
		English: Wording{
			"The image “{0}” has no alternative text.", "Describe between the brackets, in a sentence, what the image says: ![Three people around a table](figura.svg). For the poster of a video use “poster_alt”.", "",
			"Whoever does not see the image must know what it says: it is the first criterion of accessibility.",
		},
		Bad:  "![](figura.jpg)\n",
		Good: "![Tre persone attorno a un tavolo](figura.jpg)\n",
		page: func(p *Page, say Say) {
			for _, i := range p.Images {
				if strings.TrimSpace(Words(i.Node, p.File.Text)) == "" {
					say(p.File.At(i.Node.Pos()), string(i.Node.Destination))
				}
			}
		},
	}
}
