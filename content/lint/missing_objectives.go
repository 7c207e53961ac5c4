package lint

import "aulacomune/course"

// MissingObjectives: whoever does not know what an object is for cannot tell whether they have learnt it.
const MissingObjectives = "missing-objectives"

func missingObjectives() Rule {
	rule := Rule{
		ID: MissingObjectives, Severity: course.SeverityWarning,
		Message: "Mancano gli obiettivi.",
		Hint:    "Aggiungi «objectives»: due o tre frasi che dicono che cosa si saprà fare.",
	}
	rule.object = func(o Object, say Say) {
		if len(o.Objectives) == 0 {
			say(o.At(""))
		}
	}
	rule.course = func(c Course, say Say) {
		if len(c.Objectives) == 0 {
			say(c.At(""))
		}
	}
	return rule
}
