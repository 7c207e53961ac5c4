package lint

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// File is a text of the author's, in canonical form, that can say where its bytes are.
type File struct {
	Path  string
	Text  []byte
	lines []int // where each line begins
}

// NewFile readies a text for questions about places.
func NewFile(path string, text []byte) *File {
	f := &File{Path: path, Text: text, lines: make([]int, 1, 1+bytes.Count(text, []byte{'\n'}))}
	for i, b := range text {
		if b == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// Whole is the place of the whole file.
func (f *File) Whole() Place { return Place{File: f.Path} }

// At is the place of a byte; a byte outside the text is the nearest inside.
func (f *File) At(offset int) Place {
	offset = max(0, min(offset, len(f.Text)))
	line := sort.SearchInts(f.lines, offset+1) - 1
	column := utf8.RuneCount(f.Text[f.lines[line]:offset]) + 1
	return Place{File: f.Path, Line: line + 1, Column: column}
}

// Row is a line without its end, counting from 1; nil after the last.
func (f *File) Row(line int) []byte {
	if line < 1 || line > len(f.lines) {
		return nil
	}
	end := len(f.Text)
	if line < len(f.lines) {
		end = f.lines[line] - 1
	}
	return f.Text[f.lines[line-1]:end]
}

// Line is the place of a line's first character, counting from 1.
func (f *File) Line(line int) Place {
	return Place{File: f.Path, Line: max(1, min(line, len(f.lines))), Column: 1}
}
