package lint

import (
	"path"
	"regexp"
	"strings"
	"sync"

	"aulacomune/course"
)

// FilenameAlt: a file's name, or the word "image", says nothing to whoever cannot see the picture (WCAG 2.2 SC 1.1.1).
const FilenameAlt = "filename-alt"

func filenameAlt() Rule {
	return Rule{
		ID: FilenameAlt, Severity: course.SeverityError, WCAG: "1.1.1",
		Message: "Il testo alternativo «{0}» non descrive l'immagine.",
		Hint:    "Scrivi in una frase ciò che l'immagine dice, non il nome del file: ![Tre persone attorno a un tavolo](figura.jpg).",
		Why:     "Chi non vede l'immagine sente leggere il testo alternativo: il nome di un file, o la parola «immagine», non gli dice niente.",
		English: Wording{
			"The alternative text “{0}” does not describe the image.", "Say in a sentence what the image says, not the name of the file: ![Three people around a table](figura.jpg).", "",
			"Whoever cannot see the image hears its alternative text: a file's name, or the word “image”, tells nothing.",
		},
		Bad:  "![IMG_2031](figura.jpg)\n",
		Good: "![Tre persone attorno a un tavolo](figura.jpg)\n",
		page: func(p *Page, say Say) {
			for _, i := range p.Images {
				alt := strings.TrimSpace(Words(i.Node, p.File.Text))
				if nameless(alt, path.Base(string(i.Node.Destination))) {
					say(p.File.At(i.Node.Pos()), alt)
				}
			}
		},
	}
}

// fileNames are names that cameras, telephones and programs give, and words that any picture could have.
var fileNames = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(\S+\.(png|jpe?g|gif|webp|svg|bmp|tiff?|heic)|(img|dsc[nf]?|pict?|image|screenshot|schermata|wa|whatsapp image)[-_ ]?[-\d_. :atlehor]*\d[-\d_. :atlehor]*|immagine|image|foto|fotografia|photo|picture|figura|figure|screenshot|schermata)\s*\d*$`)
})

// nameless says that an alternative text is a file's name or a word for any picture.
func nameless(alt, file string) bool {
	if alt == "" {
		return false
	}
	stem := strings.TrimSuffix(file, path.Ext(file))
	return fileNames().MatchString(alt) || strings.EqualFold(alt, file) ||
		strings.EqualFold(alt, stem) && strings.ContainsAny(stem, "-_0123456789")
}
