package export

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
)

// mediaFolder is where a folder keeps its media.
const mediaFolder = "media/"

// shelf knows the media of an edition by the names they have in the folder, and which of them pages use: no other leaves, so that a picture in the
// comment on an answer does not either.
type shelf struct {
	course *course.Course
	names  map[course.Hash]string
	used   map[course.Hash]bool
}

// newShelf gives every medium a name of its own: its author's, made such that any system can hold it.
func newShelf(c *course.Course) *shelf {
	s := &shelf{course: c, names: map[course.Hash]string{}, used: map[course.Hash]bool{}}
	taken := map[string]bool{}
	byPath := slices.SortedFunc(slices.Values(c.Media), func(a, b course.Media) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Hash, b.Hash)) })
	for _, m := range byPath {
		if s.names[m.Hash] != "" {
			continue
		}
		name := plainName(path.Base(m.Path))
		if taken[name] {
			ext := path.Ext(name)
			name = strings.TrimSuffix(name, ext) + "-" + short(m.Hash) + ext
		}
		taken[name] = true
		s.names[m.Hash] = name
	}
	return s
}

// longestName is how long a name may become, in letters: systems that hold no longer path than 260 need room for the folders above.
const longestName = 80

// plainName is a name of small letters without accents, digits and hyphens.
func plainName(name string) string {
	ext := path.Ext(name)
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return '-'
		}, lms.Fold(s))
	}
	stem := strings.Trim(plain(strings.TrimSuffix(name, ext)), "-")
	if stem == "" {
		stem = "file"
	}
	stem = strings.TrimRight(stem[:min(len(stem), longestName)], "-")
	if ext = plain(ext); ext != "" {
		ext = "." + ext
	}
	return stem + ext
}

// short is the beginning of a hash, for people.
func short(h course.Hash) string { return string(h[:min(len(h), 12)]) }

// take notes that a page uses a medium, and gives its place in the folder.
func (s *shelf) take(h course.Hash) string {
	s.used[h] = true
	if name := s.names[h]; name != "" {
		return mediaFolder + name
	}
	return mediaFolder + plainName(string(h))
}

// files are the media that pages use.
func (s *shelf) files() []file {
	var out []file
	for h := range s.used {
		out = append(out, file{s.take(h), []part{{media: h}}})
	}
	return out
}

// inline is the address of a medium that lies in the page itself; only a mark of it, until parts puts the medium there.
func (s *shelf) inline(h course.Hash) string {
	m, _ := s.course.MediaByHash(h)
	return "data:" + m.Type + ";base64," + mark + string(h) + mark
}

// mark stands around the hash of a medium in a page that is not written yet. No text of a course holds this byte.
const mark = "\x00"

// parts cuts a page at its marks.
func parts(page []byte) []part {
	var out []part
	for i, stretch := range bytes.Split(page, []byte(mark)) {
		if i%2 == 1 {
			out = append(out, part{media: course.Hash(stretch), coded: true})
		} else {
			out = append(out, part{text: stretch})
		}
	}
	return out
}
