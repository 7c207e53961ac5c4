package lint

import (
	"bytes"

	"aulacomune/course"
)

// VTTLanguage: captions in another language than the one they are declared in are spoken wrong, and are not found by whoever looks for theirs (WCAG 2.2 SC 3.1.2).
const VTTLanguage = "vtt-language"

func vttLanguage() Rule {
	return Rule{
		ID: VTTLanguage, Severity: course.SeverityError, WCAG: "3.1.2",
		Message: "I sottotitoli dovrebbero essere in «{0}», ma sono in «{1}».",
		Hint:    "Indica la lingua giusta in «lang» del video e nella riga «Language:» dei sottotitoli, o usa il file giusto.",
		Why:     "Il lettore offre i sottotitoli per lingua, e un lettore di schermo li pronuncia in quella: se è un'altra, non servono a nessuno.",
		English: Wording{
			"The captions should be in “{0}”, but are in “{1}”.", "Name the right language in the video's “lang” and in the captions' line “Language:”, or use the right file.", "",
			"A player offers captions by language, and a screen reader speaks them in it: if it is another, they serve nobody.",
		},
		Bad: `-- video/prova.vtt --
WEBVTT
Language: en

00:00.000 --> 00:04.000
Buongiorno.
`,
		Good: `-- video/prova.vtt --
WEBVTT
Language: it

00:00.000 --> 00:04.000
Buongiorno.
`,
		captions: func(c Captions, say Say) {
			declared := baseLanguage(c.Lang)
			if says := baseLanguage(c.says()); says != "" && says != declared {
				say(c.Whole, declared, says)
				return
			}
			if found := spoken(c.Cues); found != "" && found != declared && functionWords()[declared] != nil {
				say(c.Whole, declared, found)
			}
		},
	}
}

// says is the language that the head of the file names; empty when it names none.
func (c Captions) says() string {
	for n := 1; ; n++ {
		row := bytes.TrimSpace(c.File.Row(n))
		if lang, ok := bytes.CutPrefix(row, []byte("Language:")); ok {
			return string(bytes.TrimSpace(lang))
		}
		if len(row) == 0 {
			return ""
		}
	}
}
