package content

import (
	"cmp"
	"path"
	"strings"

	"aulacomune/content/lint"
)

// mostGuesses is for how many paths of one text that lead nowhere a file is looked for: each time every file is looked at.
const mostGuesses = 100

// nearest is the file that a path which leads nowhere was probably meant to be: the same but for capitals and the way its bars
// lean, one of the same name in another folder, or one whose name is nearly the same.
func (c *compiler) nearest(p *part, name string) string {
	if p.guesses++; p.guesses > mostGuesses {
		return ""
	}
	want, elsewhere := plainPath(name), ""
	for _, file := range c.all {
		switch have := plainPath(file); {
		case have == want:
			return file
		case elsewhere == "" && path.Base(have) == path.Base(want):
			elsewhere = file
		}
	}
	return cmp.Or(elsewhere, lint.Nearest(name, c.all))
}

// plainPath is a path without what people and machines write in different ways.
func plainPath(name string) string {
	return path.Clean(strings.ToLower(strings.ReplaceAll(name, `\`, "/")))
}
