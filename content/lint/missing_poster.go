package lint

import "aulacomune/course"

// MissingPoster: a video without a picture to show before it starts.
const MissingPoster = "missing-poster"

func missingPoster() Rule {
	return Rule{
		ID: MissingPoster, Severity: course.SeverityWarning,
		Message: "Il video non ha un'immagine di copertina.",
		Hint:    "Aggiungi «poster» (JPEG, PNG o WebP) e «poster_alt»; per un video nel testo, metti accanto un'immagine con lo stesso nome.",
	}
}
