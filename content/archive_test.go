package content_test

import (
	"bytes"
	"strings"
)

// archive is a txtar file: a comment, then files each begun by a line "-- name --".
type archive struct {
	comment string
	files   []file
}

type file struct{ name, data string }

func parseArchive(text []byte) archive {
	var a archive
	for line := range strings.Lines(string(text)) {
		name, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "-- ")
		name, end := strings.CutSuffix(name, " --")
		switch {
		case ok && end:
			a.files = append(a.files, file{name: name})
		case len(a.files) == 0:
			a.comment += line
		default:
			a.files[len(a.files)-1].data += line
		}
	}
	return a
}

func (a archive) bytes() []byte {
	var b bytes.Buffer
	b.WriteString(a.comment)
	for _, f := range a.files {
		b.WriteString("-- " + f.name + " --\n" + f.data)
	}
	return b.Bytes()
}
