package content

import "aulacomune/course"

// starting are the words of templates in one language.
type starting struct {
	objective, poster string
	body              map[course.Kind]string
}

func templates(italian bool) starting {
	if italian {
		return starting{
			objective: "[Scrivi qui che cosa saprà fare chi studia]",
			poster:    "[Scrivi qui che cosa si vede nella copertina del video]",
			body: map[course.Kind]string{
				course.Reading: readingIT, course.Lesson: lessonIT, course.Pill: pillIT, course.Story: storyIT, course.Webinar: webinarIT,
			},
		}
	}
	return starting{
		objective: "[Write here what learners will be able to do]",
		poster:    "[Write here what the video's poster shows]",
		body: map[course.Kind]string{
			course.Reading: readingEN, course.Lesson: lessonEN, course.Pill: pillEN, course.Story: storyEN, course.Webinar: webinarEN,
		},
	}
}

const readingIT = `[Scrivi qui il problema da cui si parte, in due frasi.]

## Che cosa c'è da sapere

[Scrivi qui l'idea principale, un capoverso per ogni passo.]

> [!TIP]
> [Scrivi qui un consiglio pratico.]

## Prova tu

[Scrivi qui un esercizio di pochi minuti da fare sul proprio lavoro.]

## Fonti

- [Scrivi qui norma, documento o persona, con l'anno.]
`

const readingEN = `[Write here the problem to begin with, in two sentences.]

## What there is to know

[Write here the main idea, a paragraph for each step.]

> [!TIP]
> [Write here a practical hint.]

## Try it yourself

[Write here a short exercise on one's own work.]

## Sources

- [Write here the law, document or person, with the year.]
`

const lessonIT = `[Scrivi qui perché guardare questa lezione, in due frasi.]

## I punti della lezione

1. [Scrivi qui il primo punto.]
2. [Scrivi qui il secondo punto.]

## Per approfondire

[Scrivi qui ciò che nel video non c'è stato il tempo di dire.]

## Mettiti alla prova

> [!QUESTION domanda-1]
> [Scrivi qui la domanda.]
>
> - [x] ` + "`a`" + ` [Scrivi qui la risposta giusta.]
>   > [Scrivi qui perché è giusta.]
> - [ ] ` + "`b`" + ` [Scrivi qui una risposta sbagliata ma credibile.]
>   > [Scrivi qui perché è sbagliata, e dove rileggere.]
>
> [Scrivi qui che cosa ricordare, qualunque sia stata la risposta.]
`

const lessonEN = `[Write here why this lesson is worth watching, in two sentences.]

## The points of the lesson

1. [Write here the first point.]
2. [Write here the second point.]

## Going further

[Write here what the video had no time to say.]

## Test yourself

> [!QUESTION question-1]
> [Write here the question.]
>
> - [x] ` + "`a`" + ` [Write here the right answer.]
>   > [Write here why it is right.]
> - [ ] ` + "`b`" + ` [Write here an answer that is wrong but plausible.]
>   > [Write here why it is wrong, and where to read again.]
>
> [Write here what to remember, whatever the answer was.]
`

const pillIT = `[Scrivi qui in una frase che cosa mostra il video.]

## Da ricordare

- [Scrivi qui la cosa da fare da domani.]
- [Scrivi qui l'errore da evitare.]
`

const pillEN = `[Write here in one sentence what the video shows.]

## To remember

- [Write here the thing to do from tomorrow.]
- [Write here the mistake to avoid.]
`

const storyIT = `[Scrivi qui chi racconta: l'ente, quante persone ci lavorano, quando è successo.]

## Il punto di partenza

[Scrivi qui che cosa non andava, e per chi.]

## Che cosa è stato fatto

[Scrivi qui i passi, con le persone che li hanno fatti.]

## Che cosa è cambiato

[Scrivi qui un risultato che si può verificare, e ciò che non ha funzionato.]

## E da te?

[Scrivi qui una domanda che porta la storia nel lavoro di chi legge.]

## Fonti

- [Scrivi qui documento o persona, con l'anno.]
`

const storyEN = `[Write here who tells the story: the body, how many people work there, when it happened.]

## Where it began

[Write here what was wrong, and for whom.]

## What was done

[Write here the steps, with the people who took them.]

## What changed

[Write here a result that can be checked, and what did not work.]

## And where you work?

[Write here a question that brings the story into the reader's own work.]

## Sources

- [Write here the document or person, with the year.]
`

const webinarIT = `[Scrivi qui di che cosa si parla, in due frasi, e chi parla.]

## Prima dell'incontro

[Scrivi qui che cosa leggere o preparare.]

## Dopo l'incontro

[Scrivi qui che cosa provare sul proprio lavoro, e dove trovare i materiali.]
`

const webinarEN = `[Write here what it is about, in two sentences, and who speaks.]

## Before the meeting

[Write here what to read or prepare.]

## After the meeting

[Write here what to try in one's own work, and where the material is.]
`
