package lint

import "aulacomune/course"

// WrongType: a value of another type than its key holds, such as a date for a title.
const WrongType = "wrong-type"

func wrongType() Rule {
	return Rule{
		ID: WrongType, Severity: course.SeverityError,
		Message: "«{0}» deve essere {1}.",
		Hint:    "Controlla il valore e i rientri. Fra virgolette vanno i testi con i due punti, le date e le cifre da leggere come testo; senza, i numeri, true e false.",
		Why:     "Un valore del tipo sbagliato si potrebbe solo indovinare: una data al posto di un titolo, una parola al posto di un numero.",
		English: Wording{
			"“{0}” must be {1}.", "Check the value and the indents. In quotation marks go texts with a colon, dates, and digits to be read as text; without them numbers, true and false.", "",
			"A value of the wrong type could only be guessed at: a date in place of a title, a word in place of a number.",
		},
		Bad: `-- 01-uno/01-esempio.md --
---
id: primo
title: Il primo passo
kind: reading
minutes: 1
objectives: [Riconoscere un accordo, 2026]
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
