package markup

import (
	"path"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// about writes, within a link to a file of the course, what will come and how much of it: nobody is surprised by a program
// that opens or by a bill. What the author's words say already is not said again.
func (r writer) about(w util.BufWriter, source []byte, link ast.Node) {
	found, _ := link.AttributeString("file")
	file, ok := found.(course.Media)
	if !ok {
		return
	}
	about := r.words.size(file.Size)
	if kind := r.words.fileKind(file); !saysWord(lint.Words(link, source), kind) {
		about = kind + ", " + about
	}
	_, _ = w.WriteString(` <span class="file-about">(`)
	_, _ = w.Write(util.EscapeHTML([]byte(about)))
	_, _ = w.WriteString(`)</span>`)
}

// saysWord says that some words hold the last word of a kind of file: "PDF" of "PDF", "MP4" of "video MP4".
func saysWord(words, kind string) bool {
	last := kind[strings.LastIndexByte(kind, ' ')+1:]
	for _, word := range strings.FieldsFunc(words, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if strings.EqualFold(word, last) {
			return true
		}
	}
	return false
}

// fileKind names the kind of a file as people call it.
func (w words) fileKind(m course.Media) string {
	name := strings.ToUpper(strings.TrimPrefix(path.Ext(m.Path), "."))
	general, _, _ := strings.Cut(m.Type, "/")
	if word := w.files[general]; word != "" {
		return word + " " + name
	}
	return name
}

// size says how large a file is, in the units of file managers and telephone bills.
func (w words) size(bytes int64) string {
	switch {
	case bytes >= 9_950_000:
		return strconv.FormatInt((bytes+500_000)/1_000_000, 10) + " MB"
	case bytes >= 999_500:
		tenths := (bytes + 50_000) / 100_000
		return strconv.FormatInt(tenths/10, 10) + w.point + strconv.FormatInt(tenths%10, 10) + " MB"
	default:
		return strconv.FormatInt(max(1, (bytes+500)/1000), 10) + " KB"
	}
}
