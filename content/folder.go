package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"aulacomune/course"
)

// Folder is an author's folder as the compiler sees it: texts in memory, media by reference. Paths have slashes and start at the course's root.
type Folder struct {
	Texts   map[string][]byte
	Media   map[string]course.Media
	Refused map[string]string // files of kinds that a course may not hold, with the reason
}

// The most that a folder of texts may hold.
const (
	MostTexts     = 2_000
	MostTextBytes = 1 << 20  // of one text
	MostBytes     = 20 << 20 // of all texts
)

// isText says that a file is a text of the course: part of what an author writes, and of the edition's hash as text.
func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".yaml", ".vtt", ".svg":
		return true
	}
	return false
}

// hidden says that a path is the author's own business: a part of it begins with _ or a dot.
func hidden(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool {
		return part != "." && (strings.HasPrefix(part, "_") || strings.HasPrefix(part, "."))
	})
}

// goodPath says that a path can travel between systems.
func goodPath(name string) bool {
	if name == "" || len(name) > 512 || strings.HasPrefix(name, "/") || path.Clean(name) != name || strings.HasPrefix(name, "..") || !utf8.ValidString(name) {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`\:*?"<>|`, r) })
}

// Canonical is the folder as it is hashed: texts in UTF-8 without byte order mark, with LF, in normal form C; paths in
// normal form C too. Texts that are not UTF-8 stay as they are. Blobs of texts (SVG, VTT) are stored in these bytes.
func (f Folder) Canonical() Folder {
	c := Folder{Texts: make(map[string][]byte, len(f.Texts)), Media: make(map[string]course.Media, len(f.Media)), Refused: f.Refused}
	for _, name := range slices.Sorted(maps.Keys(f.Texts)) {
		c.Texts[norm.NFC.String(name)] = canonical(f.Texts[name])
	}
	for _, name := range slices.Sorted(maps.Keys(f.Media)) {
		m := f.Media[name]
		m.Path = norm.NFC.String(name)
		c.Media[m.Path] = m
	}
	return c
}

// canonical is a text as it is hashed.
func canonical(text []byte) []byte {
	if !utf8.Valid(text) {
		return text
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if bytes.IndexByte(text, '\r') >= 0 {
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	if norm.NFC.IsNormal(text) {
		return text
	}
	return norm.NFC.Bytes(text)
}

// hashOf is the hash of some bytes.
func hashOf(b []byte) course.Hash {
	sum := sha256.Sum256(b)
	return course.Hash(hex.EncodeToString(sum[:]))
}

// editionHash is the hash of an edition made from these sources, which are sorted by path. The package comment says what it is over.
func editionHash(sources []course.Source) course.Hash {
	var b bytes.Buffer
	b.WriteString("aula-edition 1\n")
	for _, s := range sources {
		b.WriteString(string(s.Hash) + "  " + s.Path + "\n")
	}
	return hashOf(b.Bytes())
}
