package lint

import (
	"strconv"

	"aulacomune/course"
)

// WideImage: a picture has more points than any page shows, and learners on a slow line wait for them.
const WideImage = "wide-image"

func wideImage() Rule {
	return Rule{
		ID: WideImage, Severity: course.SeverityWarning,
		Message: "L'immagine «{0}» è larga {1} punti.",
		Hint:    "La colonna del testo ne mostra al massimo 1920 anche sugli schermi più fini: riducila.",
		Why:     "I punti in più non si vedono, ma si scaricano: chi ha una linea lenta aspetta, chi ha un telefono paga.",
		English: Wording{
			"The image “{0}” is {1} pixels wide.", "The column of text shows 1920 at most, even on the finest screens: make it smaller.", "",
			"The extra pixels are not seen but downloaded: people on a slow line wait, people on a telephone pay.",
		},
		Bad:  "![Tre persone attorno a un tavolo](enorme.jpg)\n",
		Good: "![Tre persone attorno a un tavolo](figura.jpg)\n",
		page: func(p *Page, say Say) {
			const most = 1920 // twice the column of text, and some room
			for _, i := range p.Images {
				if i.Media.Width > most && i.Media.Type != "image/svg+xml" {
					say(p.File.At(i.Node.Pos()), i.Media.Path, strconv.Itoa(i.Media.Width))
				}
			}
		},
	}
}
