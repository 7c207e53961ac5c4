package lint

import (
	"bytes"

	"aulacomune/course"
)

// UnreadTable: lines between bars that are no table, because the line of hyphens is missing or has another number of columns.
const UnreadTable = "unread-table"

func unreadTable() Rule {
	return Rule{
		ID: UnreadTable, Severity: course.SeverityError, WCAG: "1.3.1",
		Message: "Queste righe sembrano una tabella, ma non si leggono come tale.",
		Hint:    "Sotto la prima riga ci vuole una riga di trattini con le stesse colonne: | Giorno | Orario | e sotto |---|---|.",
		Why:     "Chi studia vedrebbe barre e trattini al posto delle celle, e chi ascolta li sentirebbe uno a uno.",
		English: Wording{
			"These lines look like a table, but cannot be read as one.", "Below the first line there must be a line of hyphens with the same columns: | Day | Hours | and below it |---|---|.", "",
			"Learners would see bars and hyphens in place of cells, and whoever listens would hear them one by one.",
		},
		Bad:  "| Lunedì | 9-12 |\n| Martedì | 9-12 |\n",
		Good: "| Giorno | Orario |\n|---|---|\n| Lunedì | 9-12 |\n| Martedì | 9-12 |\n",
		page: func(p *Page, say Say) {
			prose := p.Prose()
			for i := range prose {
				b, before := &prose[i], false
				for at := 0; at < len(b.Text); {
					line := b.Text[at:]
					if end := bytes.IndexByte(line, '\n'); end >= 0 {
						line = line[:end]
					}
					trimmed := bytes.TrimSpace(line)
					bars := len(trimmed) > 2 && trimmed[0] == '|' && bytes.Count(trimmed, []byte("|")) > 1
					if bars && before {
						say(p.File.At(b.At(at)))
						break
					}
					before = bars
					at += len(line) + 1
				}
			}
		},
	}
}
