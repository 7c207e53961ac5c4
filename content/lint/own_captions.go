package lint

import "aulacomune/course"

// OwnCaptions: captions in other languages don't take the place of those in the video's own (WCAG 2.2 SC 1.2.2).
const OwnCaptions = "own-captions"

func ownCaptions() Rule {
	return Rule{
		ID: OwnCaptions, Severity: course.SeverityError, WCAG: "1.2.2",
		Message: "Mancano i sottotitoli nella lingua del video, «{0}».",
		Hint:    "Aggiungi a «captions» una riga con questa lingua, oppure correggi «lang» del video.",
		Why:     "Chi non sente deve poter leggere ciò che si dice, nella lingua in cui si dice: una traduzione si aggiunge, non sostituisce.",
		English: Wording{
			"Captions in the video's own language, “{0}”, are missing.", "Add a line with this language to “captions”, or correct the video's “lang”.", "",
			"Whoever does not hear must be able to read what is said in the language it is said in: a translation is added, it does not replace.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: lesson
minutes: 1
objectives: [Riconoscere un accordo]
complete: {watched: 80}
video: {file: video/prova.mp4, captions: {en: video/prova.en.vtt}, poster: video/prova.jpg, poster_alt: Un titolo}
---

Un testo.
-- video/prova.vtt --
WEBVTT

00:00.000 --> 00:04.000
Buongiorno.
-- video/prova.en.vtt --
WEBVTT

00:00.000 --> 00:04.000
Good morning.
`,
		Good: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: lesson
minutes: 1
objectives: [Riconoscere un accordo]
complete: {watched: 80}
video: {file: video/prova.mp4, captions: {it: video/prova.vtt, en: video/prova.en.vtt}, poster: video/prova.jpg, poster_alt: Un titolo}
---

Un testo.
-- video/prova.vtt --
WEBVTT

00:00.000 --> 00:04.000
Buongiorno.
-- video/prova.en.vtt --
WEBVTT

00:00.000 --> 00:04.000
Good morning.
`,
	}
}
