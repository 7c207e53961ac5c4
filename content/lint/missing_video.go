package lint

import "aulacomune/course"

// MissingVideo: a video lesson or pill without its video.
const MissingVideo = "missing-video"

func missingVideo() Rule {
	return Rule{
		ID: MissingVideo, Severity: course.SeverityError,
		Message: "Una lezione o una pillola ha bisogno di un video.",
		Hint:    "Aggiungi «video» con file, captions, poster e poster_alt, oppure scegli kind: reading.",
		Why:     "Lezioni e pillole si annunciano come video: chi le apre se lo aspetta.",
		English: Wording{
			"A lesson or pill needs a video.", "Add “video” with file, captions, poster and poster_alt, or choose kind: reading.", "",
			"Lessons and pills are announced as videos: whoever opens one expects it.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: lesson
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
---

Un testo.
`,
		Good: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 1
objectives: [Riconoscere un accordo]
complete: {read: true}
---

Un testo.
`,
	}
}
