package lint

import "aulacomune/course"

// TooDeep: lists and quotes lie one in the other deeper than a reader could follow.
const TooDeep = "too-deep"

func tooDeep() Rule {
	return Rule{
		ID: TooDeep, Severity: course.SeverityError,
		Message: "Elenchi e citazioni sono annidati troppo in profondità.",
		Hint:    "Bastano due o tre livelli: semplifica la struttura.",
		Why:     "Nessuno segue un ragionamento annidato così in profondità, e su un telefono il testo si riduce a una colonna di lettere.",
		English: Wording{
			"Lists and quotes are nested too deep.", "Two or three levels are enough: simplify the structure.", "",
			"Nobody follows a thought nested so deep, and on a telephone the text shrinks to a column of letters.",
		},
		Bad:  "> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > Un testo.\n",
		Good: "> Un testo.\n",
	}
}
