package lint

import (
	"strconv"

	"aulacomune/course"
)

// HeavyImage: a heavy picture makes learners on a slow line wait, and pay.
const HeavyImage = "heavy-image"

// heavy is the size in bytes from which a picture is heavy.
const heavy = 500_000

func heavyImage() Rule {
	return Rule{
		ID: HeavyImage, Severity: course.SeverityWarning,
		Message: "L'immagine «{0}» pesa {1} KB.",
		Hint:    "Sotto i 500 KB si apre bene anche da telefono: riducila o salvala come WebP.",
		Why:     "Un'immagine pesante fa aspettare chi ha una linea lenta e costa a chi paga a consumo.",
		English: Wording{
			"The image “{0}” weighs {1} KB.", "Under 500 KB it opens well on a telephone, too: make it smaller or save it as WebP.", "",
			"A heavy image makes people on a slow line wait, and costs those who pay by volume.",
		},
		Bad:  "![Tre persone attorno a un tavolo](pesante.jpg)\n",
		Good: "![Tre persone attorno a un tavolo](figura.jpg)\n",
		page: func(p *Page, say Say) {
			for _, i := range p.Images {
				if i.Media.Size > heavy {
					say(p.File.At(i.Node.Pos()), string(i.Media.Path), strconv.FormatInt(i.Media.Size/1000, 10))
				}
			}
		},
	}
}
