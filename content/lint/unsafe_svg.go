package lint

import "aulacomune/course"

// UnsafeSVG: an SVG that is more than a still drawing: scripts, styles, or references to the outside.
const UnsafeSVG = "unsafe-svg"

func unsafeSVG() Rule {
	return Rule{
		ID: UnsafeSVG, Severity: course.SeverityError,
		Message: "Nel disegno SVG c'è qualcosa che non si può usare: {0}.",
		Hint:    "Esportalo come «SVG semplice»: niente script, fogli di stile, testo HTML né riferimenti a file esterni.",
	}
}
