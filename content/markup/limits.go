package markup

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"

	"aulacomune/content/lint"
)

// Limits that keep a text from costing more to read than its size: no reader follows so many levels, no author writes such lines.
const (
	deep = 40     // containers one in the other
	long = 10_000 // bytes in a line
	most = 60_000 // marks in a text: plain prose has one in fourteen bytes
)

// weights say how much a byte costs the parser at most: each mark may become a node of the tree, some become more. It is made once and only read.
var weights = sync.OnceValue(func() *[256]uint8 {
	var w [256]uint8
	for _, b := range []byte("\n*_~[]`<&|\"'\\{.>") {
		w[b] = 1
	}
	w[':'], w['@'], w['w'], w['!'] = 2, 3, 1, 3 // addresses, pictures
	return &w
})

// unreadable finds a line that the parser should not be given, and the rule it breaks; an empty rule when there is none. marks are
// those of the text.
func unreadable(source []byte) (rule string, at, marks int) {
	weight := weights()
	for line := range bytes.Lines(source) {
		if len(line) > long {
			return lint.TooLong, at, marks
		}
		opened := containers(line)
		if opened > deep && !ruler(line) {
			return lint.TooDeep, at, marks
		}
		for _, b := range line {
			marks += int(weight[b])
		}
		if line[0] == '#' { // a heading, with its id
			opened += 3
		}
		if marks += opened; marks > most {
			return lint.TooBig, at, marks
		}
		at += len(line)
	}
	return "", 0, marks
}

// containers counts the quotes and list items that a line may open.
func containers(line []byte) int {
	marks := 0
	for _, b := range line {
		switch {
		case b == '>' || b == '-' || b == '+' || b == '*' || b == '.' || b == ')':
			marks++
		case b != ' ' && b != '\t' && (b < '0' || b > '9'):
			return marks
		}
	}
	return marks
}

// ruler says that a line is only one repeated mark: a thematic break or the line under a heading or table.
func ruler(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 0 && line[0] != '>' && len(bytes.Trim(line, string(line[0])+" ")) == 0 && !bytes.Contains(line, []byte("- -"))
}

// treeTooDeep looks for a branch that writing could not walk safely, without recursion of its own.
func treeTooDeep(root ast.Node) bool {
	depth := 0
	for n := root; n != nil; {
		if child := n.FirstChild(); child != nil {
			if depth++; depth > 2*deep {
				return true
			}
			n = child
			continue
		}
		for n != nil && n.NextSibling() == nil {
			n, depth = n.Parent(), depth-1
		}
		if n != nil {
			n = n.NextSibling()
		}
	}
	return false
}
