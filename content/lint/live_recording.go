package lint

import "aulacomune/course"

// LiveRecording: a webinar's recording may be shown before its captions and its poster are ready, for some days. Who counts the days is
// not the compiler (WCAG 2.2 SC 1.2.2).
const LiveRecording = "live-recording"

func liveRecording() Rule {
	return Rule{
		ID: LiveRecording, Severity: course.SeverityWarning, WCAG: "1.2.2",
		Message: "La registrazione del webinar è ancora senza {0}.",
		Hint:    "Aggiungi «captions» e «poster» appena li hai: i sottotitoli ci devono essere entro 14 giorni.",
		Why:     "Chi non sente non può seguire la registrazione: il tempo per prepararli è breve, ma c'è.",
		English: Wording{
			"The recording of the webinar is still without {0}.", "Add “captions” and “poster” as soon as you have them: captions must be there within 14 days.", "",
			"Whoever does not hear cannot follow the recording: the time to prepare them is short, but there is some.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: lesson
minutes: 1
objectives: [Riconoscere un accordo]
complete: {watched: 80}
video: {file: video/prova.mp4, live: true, poster: video/prova.jpg, poster_alt: Un titolo}
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
video: {file: video/prova.mp4, live: true, captions: video/prova.vtt, poster: video/prova.jpg, poster_alt: Un titolo}
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
