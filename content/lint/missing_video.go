package lint

import "aulacomune/course"

// MissingVideo: a video lesson or pill without its video.
const MissingVideo = "missing-video"

func missingVideo() Rule {
	return Rule{
		ID: MissingVideo, Severity: course.SeverityError,
		Message: "Una lezione o una pillola ha bisogno di un video.",
		Hint:    "Aggiungi «video» con file, captions, poster e poster_alt, oppure scegli kind: reading.",
	}
}
