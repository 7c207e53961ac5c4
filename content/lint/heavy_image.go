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
		page: func(p *Page, say Say) {
			for _, i := range p.Images {
				if i.Media.Size > heavy {
					say(p.File.At(i.Node.Pos()), string(i.Media.Path), strconv.FormatInt(i.Media.Size/1000, 10))
				}
			}
		},
	}
}
