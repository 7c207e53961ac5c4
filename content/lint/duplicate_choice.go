package lint

import (
	"strings"

	"aulacomune/course"
)

// DuplicateChoice: two choices of a question that say the same: whoever chooses one cannot know whether the other was meant.
const DuplicateChoice = "duplicate-choice"

func duplicateChoice() Rule {
	return Rule{
		ID: DuplicateChoice, Severity: course.SeverityError,
		Message: "Nella domanda «{0}» due risposte dicono la stessa cosa: {1}.",
		Hint:    "Cambiane una, o toglila.",
		Why:     "Chi ne sceglie una non può sapere se si intendeva l'altra.",
		English: Wording{
			Message: "In the question “{0}” two choices say the same: {1}.",
			Hint:    "Change one, or take it out.",
			Why:     "Whoever chooses one cannot know whether the other was meant.",
		},
		Bad:  "> [!QUESTION a]\n> Quale?\n>\n> - [x] `a` Il lavoro agile\n> - [ ] `b` il lavoro  agile\n",
		Good: "> [!QUESTION a]\n> Quale?\n>\n> - [x] `a` Il lavoro agile\n> - [ ] `b` Il telelavoro\n",
		object: func(o Object, say Say) {
			for _, q := range o.Questions {
				seen := map[string]bool{}
				for _, c := range q.Choices {
					said := strings.Join(strings.Fields(strings.ToLower(c.HTML)), " ")
					if said != "" && seen[said] {
						say(o.Asks(q.ID), string(q.ID), c.HTML)
					}
					seen[said] = true
				}
			}
		},
	}
}
