package lint

import "aulacomune/course"

// DrawBank: a draw from a bank that does not hold more questions than are drawn, so that nothing is left to chance or something is missing.
const DrawBank = "draw-bank"

func drawBank() Rule {
	return Rule{
		ID: DrawBank, Severity: course.SeverityError,
		Message: "Si estraggono {0} domande da «{1}», che ne ha {2}.",
		Hint:    "Scrivi altre domande con «bank={1}» nella prima riga, oppure estraine di meno.",
		Why:     "Se il gruppo non ha più domande di quante se ne estraggono, tutti ricevono le stesse, o ne mancano.",
		English: Wording{
			Message: "{0} questions are drawn from “{1}”, which has {2}.",
			Hint:    "Write more questions with “bank={1}” in their first line, or draw fewer.",
			Why:     "If the bank does not hold more questions than are drawn, everybody gets the same ones, or some are missing.",
		},
		Bad:  drawExample("2"),
		Good: drawExample("1"),
	}
}

// drawExample is a course with an object that draws so many of two questions.
func drawExample(count string) string {
	question := func(id string) string {
		return "> [!QUESTION " + id + " truefalse bank=leggi]\n> Vero?\n>\n> - [x] `si` Sì\n> - [ ] `no` No\n\n"
	}
	return "-- course.yaml --\nslug: prova\ntitle: Prova\nsummary: Prova.\nobjectives: [Provare]\nmodules:\n  - {id: uno, folder: uno, title: Uno}\n" +
		"-- uno/primo.md --\n---\nid: primo\ntitle: Primo\nkind: reading\nminutes: 3\nobjectives: [Provare]\ncomplete: {answered: 100}\ndraw: " + count + " of leggi\n---\n\nTesto.\n\n" +
		question("a") + question("b")
}
