package markup

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// A Markdown engine is safe to share once made, and costly to make: one for each language of ours, and one without the
// search for bare addresses, which looks at every word, for the many texts that hold none.
var (
	italian     = sync.OnceValue(func() goldmark.Markdown { return build(italianWords(), extension.Linkify) })
	italianBare = sync.OnceValue(func() goldmark.Markdown { return build(italianWords()) })
	english     = sync.OnceValue(func() goldmark.Markdown { return build(englishWords(), extension.Linkify) })
	englishBare = sync.OnceValue(func() goldmark.Markdown { return build(englishWords()) })
)

// dialect is the Markdown engine for a page. It writes our own words in the course's language; in English where we don't speak it.
func (p *Page) dialect() goldmark.Markdown {
	switch {
	case isItalian(p.lang) && p.bare:
		return italianBare()
	case isItalian(p.lang):
		return italian()
	case p.bare:
		return englishBare()
	default:
		return english()
	}
}

// noAddresses says that a text holds no bare address: every :// is a link's own, and there is no www. and no @.
func noAddresses(text []byte) bool {
	return bytes.IndexByte(text, '@') < 0 && !bytes.Contains(text, []byte("www.")) &&
		bytes.Count(text, []byte("://")) == bytes.Count(text, []byte("](https://"))
}

func build(w words, more ...goldmark.Extender) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(more...),
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Strikethrough,
			extension.TaskList,
			extension.DefinitionList,
			extension.NewFootnote(
				extension.WithFootnoteIDPrefixFunction(notes),
				extension.WithFootnoteBacklinkHTML(`<span aria-hidden="true">↩</span><span class="visually-hidden">`+w.backToText+` ^^</span>`),
			),
			extension.NewTypographer(extension.WithTypographicSubstitutions(map[extension.TypographicPunctuation]string{
				extension.LeftDoubleQuote: w.open, extension.RightDoubleQuote: w.close,
				extension.LeftSingleQuote: "‘", extension.RightSingleQuote: "’", extension.Apostrophe: "’",
				extension.LeftAngleQuote: "«", extension.RightAngleQuote: "»",
				extension.EnDash: "–", extension.EmDash: "—", extension.Ellipsis: "…",
			})),
		),
		goldmark.WithParserOptions(
			parser.WithBlockParsers(util.Prioritized(directiveParser{}, 700)),
			parser.WithInlineParsers(
				util.Prioritized(foreignParser{}, 150), // before links, which begin with [ too
				util.Prioritized(gapParser{}, 600),
			),
		),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(writer{words: w, plain: html.DefaultWriter}, 100))),
	)
}
