package lint

import (
	"bytes"
	"sort"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// Block is a paragraph, or the text of a list item, as a reader hears it: without code, pictures, and words marked as another language's.
type Block struct {
	Node   ast.Node
	Text   []byte // a line break of the author's is one here
	pieces []piece
	words  []span
}

// piece says where in the file a part of a block's text comes from.
type piece struct{ text, source int }

// At is the byte in the file that a byte of the block's text comes from.
func (b *Block) At(i int) int {
	n := sort.Search(len(b.pieces), func(n int) bool { return b.pieces[n].text > i }) - 1
	if n < 0 {
		return b.Node.Pos()
	}
	return b.pieces[n].source + i - b.pieces[n].text
}

// Prose is what the page says, block by block, while it is being judged. It is worked out once.
func (p *Page) Prose() []Block {
	if p.memory == nil {
		p.memory = &gatherer{}
	}
	g := p.memory
	if g.page == p {
		return g.blocks
	}
	g.page, g.source, g.parted = p, p.File.Text, false
	g.text, g.pieces, g.words, g.blocks, g.sentences = g.text[:0], g.pieces[:0], g.words[:0], g.blocks[:0], g.sentences[:0]
	for _, n := range p.Blocks {
		text, pieces, words := len(g.text), len(g.pieces), len(g.words)
		g.from = text
		g.take(n)
		g.split(text)
		if len(g.words) > words || len(bytes.TrimSpace(g.text[text:])) > 0 {
			g.blocks = append(g.blocks, Block{n, g.text[text:], g.pieces[pieces:], g.words[words:]})
		}
	}
	return g.blocks
}

// gatherer is the memory that the blocks of a page lie in; the next page that is judged uses it again.
type gatherer struct {
	page      *Page
	source    []byte
	text      []byte
	from      int // where the block at hand begins
	pieces    []piece
	words     []span
	blocks    []Block
	sentences []sentence
	parted    bool // the sentences are known
}

// take gathers the words of a node.
func (g *gatherer) take(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			g.pieces = append(g.pieces, piece{len(g.text) - g.from, c.Segment.Start})
			g.text = append(g.text, c.Segment.Value(g.source)...)
			if c.SoftLineBreak() || c.HardLineBreak() {
				g.text = append(g.text, '\n')
			}
		case *ast.String:
			g.text = append(g.text, c.Value...)
		case *ast.CodeSpan, *ast.Image, *ast.AutoLink:
			g.text = append(g.text, ' ')
		default:
			if _, foreign := c.AttributeString("lang"); foreign {
				g.text = append(g.text, ' ')
				continue
			}
			g.take(c)
		}
	}
}

// span is where a word of a block stands.
type span struct{ from, to int32 }

// split finds the words of the block that begins at a byte.
func (g *gatherer) split(at int) {
	text := g.text[at:]
	for start, end := word(text, 0); start < len(text); start, end = word(text, end) {
		g.words = append(g.words, span{int32(start), int32(end)})
	}
}

// word is the next word from a byte on: letters, from start to end; start is the length of the text when there is none.
func word(text []byte, from int) (start, end int) {
	start = from
	for start < len(text) && !plain(text[start]) && letter(text[start:]) == 0 {
		start++
	}
	end = start
	for end < len(text) {
		if plain(text[end]) {
			end++
			continue
		}
		n := letter(text[end:])
		if n == 0 {
			break
		}
		end += n
	}
	return start, end
}

// plain says that a byte is a letter without an accent: the most by far.
func plain(c byte) bool { return (c|0x20)-'a' < 26 }

// letter is the size of the letter that a text begins with; 0 when it begins with none.
func letter(text []byte) int {
	if c := text[0]; plain(c) {
		return 1
	} else if c < utf8.RuneSelf {
		return 0
	}
	if r, size := utf8.DecodeRune(text); unicode.IsLetter(r) || unicode.IsMark(r) {
		return size
	}
	return 0
}

// sentence is a sentence of a page, or what stands for one: an item of a list.
type sentence struct{ at, words, letters int }

// sentences parts the page's prose where a full stop is followed by a capital or by nothing; it is worked out once.
func (p *Page) sentences() []sentence {
	prose := p.Prose()
	if g := p.memory; !g.parted {
		g.parted = true
		for i := range prose {
			g.part(&prose[i])
		}
	}
	return p.memory.sentences
}

func (g *gatherer) part(b *Block) {
	var s sentence
	last := 0
	for _, w := range b.words {
		word := b.Text[w.from:w.to]
		if s.words > 0 && ends(b.Text[last:w.from], word) {
			g.sentences = append(g.sentences, s)
			s = sentence{}
		}
		if s.words == 0 {
			s.at = b.At(int(w.from))
		}
		s.words++
		s.letters += len(word)
		for _, c := range word {
			if !utf8.RuneStart(c) {
				s.letters--
			}
		}
		last = int(w.to)
	}
	if s.words > 0 {
		g.sentences = append(g.sentences, s)
	}
}

// ends says that what stands between two words ends a sentence, the second being a capital.
func ends(between, next []byte) bool {
	if len(between) < 2 {
		return false // most words are parted by a space
	}
	stop, gap := false, false
	for _, c := range between {
		stop = stop || c == '.' || c == '!' || c == '?' || c == 0xA6 // the last byte of …
		gap = gap || c == ' ' || c == '\n'
	}
	if !stop || !gap {
		return false
	}
	r, _ := utf8.DecodeRune(next)
	return unicode.IsUpper(r)
}
