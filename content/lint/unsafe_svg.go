package lint

import "aulacomune/course"

// UnsafeSVG: an SVG that is more than a still drawing: scripts, styles, or references to the outside.
const UnsafeSVG = "unsafe-svg"

func unsafeSVG() Rule {
	return Rule{
		ID: UnsafeSVG, Severity: course.SeverityError,
		Message: "Nel disegno SVG c'è qualcosa che non si può usare: {0}.",
		Hint:    "Esportalo come «SVG semplice»: niente script, fogli di stile, testo HTML né riferimenti a file esterni.",
		Why:     "Un disegno SVG può contenere programmi o richiamare altri siti: qui deve essere soltanto un disegno.",
		English: Wording{
			"The SVG drawing holds something that cannot be used: {0}.", "Export it as “plain SVG”: no scripts, style sheets, HTML text, nor references to outside files.", "",
			"An SVG drawing can hold programs or call other sites: here it must be a drawing and nothing else.",
		},
		Bad: `![Un cerchio](cerchio.svg)

-- 01-uno/cerchio.svg --
<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>
`,
		Good: `![Un cerchio](cerchio.svg)

-- 01-uno/cerchio.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>
`,
	}
}
