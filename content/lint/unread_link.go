package lint

import (
	"bytes"

	"aulacomune/course"
)

// UnreadLink: what was meant to be a link or a picture is none, because of a space in its path or a bracket too few.
const UnreadLink = "unread-link"

func unreadLink() Rule {
	return Rule{
		ID: UnreadLink, Severity: course.SeverityError,
		Message: "«{0}» sembra un collegamento o un'immagine, ma non si legge: {1}.",
		Hint:    "Togli gli spazi dal nome del file, o metti il percorso fra «<» e «>»: ![Tre persone](<la foto.jpg>). Se non è un collegamento, scrivi «\\[».",
		Why:     "Al posto dell'immagine o del collegamento chi studia vedrebbe parentesi e nomi di file.",
		English: Wording{
			"“{0}” looks like a link or a picture, but cannot be read: {1}.", "Take the spaces out of the file's name, or put the path between “<” and “>”: ![Three people](<the photo.jpg>). If it is no link, write “\\[”.", "",
			"In place of the picture or the link learners would see brackets and names of files.",
		},
		Bad:  "Usa il [modello di accordo](modello di accordo.pdf).\n",
		Good: "Usa il [modello di accordo](modello.pdf).\n",
		page: func(p *Page, say Say) {
			prose := p.Prose()
			for i := range prose {
				b := &prose[i]
				for at := 0; ; {
					from, to, space := unread(b.Text, at)
					if to == 0 {
						break
					}
					why := WordBrackets
					if space {
						why = WordSpaces
					}
					say(p.File.At(b.At(from)), string(b.Text[from:to]), why)
					at = to
				}
			}
		},
	}
}

// unread finds the next "[words](path)" in a text that has been parsed, where none should be left; to is 0 when there is none.
func unread(text []byte, after int) (from, to int, space bool) {
	for {
		next := bytes.Index(text[after:], []byte("]("))
		if next < 0 {
			return 0, 0, false
		}
		middle := after + next
		after = middle + 2
		line := text[bytes.LastIndexByte(text[:middle], '\n')+1:]
		open := bytes.LastIndexByte(line[:len(line)-len(text)+middle], '[')
		end := bytes.IndexAny(text[after:], ")\n")
		if open < 0 || end < 1 || text[after+end] != ')' || escaped(text, middle) || open > 0 && line[open-1] == '\\' {
			continue
		}
		from = len(text) - len(line) + open
		if from > 0 && text[from-1] == '!' {
			from--
		}
		path := text[after : after+end]
		return from, after + end + 1, bytes.ContainsAny(path, " \t") && !bytes.ContainsAny(path, "\"<>")
	}
}

// escaped says that a backslash stands before a byte.
func escaped(text []byte, at int) bool { return at > 0 && text[at-1] == '\\' }
