package lint

import (
	"math"
	"strconv"

	"aulacomune/course"
)

// DeclaredMinutes: hours are what a certificate states, so the minutes an object declares must be near what it takes:
// 180 words a minute, the video once, a minute a question, and as much again for exercises and a second look.
const DeclaredMinutes = "declared-minutes"

func declaredMinutes() Rule {
	return Rule{
		ID: DeclaredMinutes, Severity: course.SeverityWarning,
		Message: "Dichiari {0} minuti, ma leggere, guardare e rispondere ne chiedono circa {1}.",
		Hint:    "Correggi «minutes», oppure aggiungi l'esercizio che occupa il tempo in più.",
		Why:     "Le ore finiscono sull'attestato: devono essere vicine al tempo che serve davvero.",
		English: Wording{
			"You declare {0} minutes, but reading, watching and answering take about {1}.", "Correct “minutes”, or add the exercise that takes the rest of the time.", "",
			"Hours end up on the certificate: they must be near the time that is really needed.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 90
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
		object: func(o Object, say Say) {
			if o.Minutes == 0 || o.Video != nil && o.Video.File.Hash == "" { // nobody knows how long a video is that is not there
				return
			}
			if o.Kind == course.Webinar { // it lasts as long as people meet
				return
			}
			needed := Minutes(o)
			if declared := float64(o.Minutes); declared < needed/1.5-1 || declared > needed*3+4 {
				say(o.At("minutes"), strconv.Itoa(o.Minutes), strconv.Itoa(max(1, int(math.Round(needed)))))
			}
		},
	}
}

// Minutes is the time an object takes: reading, watching, answering.
func Minutes(o Object) float64 {
	return float64(o.Words)/180 + (o.Length()+o.Recorded)/60 + float64(len(o.Questions))
}
