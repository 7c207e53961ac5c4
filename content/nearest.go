package content

import (
	"cmp"
	"path"
	"slices"
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

// nearestFolder is the folder with texts that one without was probably meant to be.
func (c *compiler) nearestFolder(name string) string {
	var folders []string
	for _, file := range c.names {
		if dir := path.Dir(file); path.Ext(file) == ".md" && dir != "." && !slices.Contains(folders, dir) {
			folders = append(folders, dir)
		}
	}
	for _, dir := range folders {
		if plainPath(dir) == plainPath(name) {
			return dir
		}
	}
	return lint.Nearest(name, folders)
}

// plainPath is a path without what people and machines write in different ways.
func plainPath(name string) string {
	return path.Clean(strings.ToLower(strings.ReplaceAll(name, `\`, "/")))
}
