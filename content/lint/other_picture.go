package lint

import "aulacomune/course"

// OtherPicture: a picture's narrower version is not the same picture: on a telephone one would see something else.
const OtherPicture = "other-picture"

func otherPicture() Rule {
	return Rule{
		ID: OtherPicture, Severity: course.SeverityWarning,
		Message: "«{0}» non è «{1}» ridotta a {2} punti di larghezza.",
		Hint:    "Rifai la versione ridotta dall'immagine di adesso, oppure toglila.",
		Why:     "Chi guarda da telefono vedrebbe un'altra immagine: quella di prima, o una tagliata.",
		English: Wording{
			"“{0}” is not “{1}” made {2} pixels wide.", "Make the narrower version again from the present image, or take it away.", "",
			"People on a telephone would see another image: the former one, or one that is cut.",
		},
		Bad:  "![Tre persone attorno a un tavolo](vecchia.jpg)\n",
		Good: "![Tre persone attorno a un tavolo](tavolo.jpg)\n",
	}
}
