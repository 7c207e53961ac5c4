package markup

import (
	"strconv"
	"strings"
	"unicode"

	"aulacomune/content/lint"
)

// nameHeadings gives every heading an id made of its words.
func (p *Page) nameHeadings() {
	for _, h := range p.Headings {
		if h.Parent() == nil {
			continue
		}
		id := Slug(lint.Words(h, p.File.Text))
		if id == "" {
			id = "titolo"
		}
		h.SetAttributeString("id", p.unique(id))
	}
}

// unique adds a number to an id that the page already has, and remembers the number it came to.
func (p *Page) unique(id string) string {
	name := id
	for n := max(2, p.numbers[id]+1); p.Anchors[name]; n++ {
		name = id + "-" + strconv.Itoa(n)
		p.numbers[id] = n
	}
	p.Anchors[name] = true
	return name
}

// Slug makes an address of words: lower case, letters (à è é ì ò ù too) and digits kept, hyphens between.
func Slug(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(words) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(r)
		gap = false
	}
	return b.String()
}
