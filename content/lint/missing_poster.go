package lint

import "aulacomune/course"

// MissingPoster: a video without a picture to show before it starts.
const MissingPoster = "missing-poster"

func missingPoster() Rule {
	return Rule{
		ID: MissingPoster, Severity: course.SeverityError,
		Message: "Il video non ha un'immagine di copertina.",
		Hint:    "Aggiungi «poster» (JPEG, PNG o WebP) e «poster_alt»; per un video nel testo, metti accanto un'immagine con lo stesso nome.",
		Why:     "Senza copertina il video è un rettangolo nero, e va scaricato in parte per mostrare qualcosa.",
		English: Wording{
			"The video has no poster.", "Add “poster” (JPEG, PNG or WebP) and “poster_alt”; for a video in the text, put an image of the same name beside it.", "",
			"Without a poster the video is a black box, and part of it must be fetched to show anything.",
		},
		Bad: `![Come si firma l'accordo](nudo.mp4)

-- nudo.vtt --
WEBVTT

00:00.500 --> 00:04.000
Buongiorno.
`,
		Good: "![Come si firma l'accordo](firma.mp4)\n",
	}
}
