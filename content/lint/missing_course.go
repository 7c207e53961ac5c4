package lint

import "aulacomune/course"

// MissingCourse: the folder has no course.yaml at its root, so there is no course to read.
const MissingCourse = "missing-course"

func missingCourse() Rule {
	return Rule{
		ID: MissingCourse, Severity: course.SeverityError,
		Message: "Manca il file course.yaml.",
		Hint:    "Mettilo nella cartella principale del corso, con slug, title e modules.",
	}
}
