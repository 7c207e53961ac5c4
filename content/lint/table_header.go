package lint

import (
	"strings"

	"aulacomune/course"
)

// TableHeader: a table without headers is a heap of cells to whoever hears it (WCAG 2.2 SC 1.3.1).
const TableHeader = "table-header"

func tableHeader() Rule {
	return Rule{
		ID: TableHeader, Severity: course.SeverityError, WCAG: "1.3.1",
		Message: "La tabella non ha intestazioni di colonna.",
		Hint:    "Scrivi nella prima riga che cosa contiene ogni colonna.",
		Why:     "Senza intestazioni chi ascolta sente una fila di celle, e non sa a quale colonna appartengono.",
		English: Wording{
			"The table has no column headers.", "Say in the first row what each column holds.", "",
			"Without headers whoever listens hears a row of cells, and cannot tell to which column they belong.",
		},
		Bad: `| | |
|---|---|
| Telelavoro | fisso |
`,
		Good: `| Forma | Luogo |
|---|---|
| Telelavoro | fisso |
`,
		page: func(p *Page, say Say) {
			for _, t := range p.Tables {
				header := t.FirstChild()
				if header == nil || strings.TrimSpace(Words(header, p.File.Text)) == "" {
					say(p.File.At(t.Pos()))
				}
			}
		},
	}
}
