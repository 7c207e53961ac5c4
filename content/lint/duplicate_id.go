package lint

import "aulacomune/course"

// DuplicateID: an id used twice: a learner's record could mean either.
const DuplicateID = "duplicate-id"

func duplicateID() Rule {
	return Rule{
		ID: DuplicateID, Severity: course.SeverityError, WCAG: "4.1.2",
		Message: "L'identificativo «{0}» è già usato in {1}.",
		Hint:    "Scegline un altro: gli identificativi non si ripetono.",
	}
}
