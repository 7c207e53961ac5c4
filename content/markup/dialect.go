package markup

import (
	"sync"

	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/yuin/goldmark"
	highlighting "github.com/yuin/goldmark-highlighting/v2"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// Goldmark is safe to share once made, and costly to make: one for each language of ours.
var (
	italian = sync.OnceValue(func() goldmark.Markdown { return build(italianWords()) })
	english = sync.OnceValue(func() goldmark.Markdown { return build(englishWords()) })
)

// dialect is the Markdown engine that writes our own words in a course's language; English where we don't speak it.
func dialect(lang string) goldmark.Markdown {
	if isItalian(lang) {
		return italian()
	}
	return english()
}

func build(w words) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(
			extension.Linkify,
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Strikethrough,
			extension.TaskList,
			extension.DefinitionList,
			extension.NewFootnote(
				extension.WithFootnoteBacklinkHTML(`<span aria-hidden="true">↩</span><span class="visually-hidden">`+w.backToText+` ^^</span>`),
			),
			extension.NewTypographer(extension.WithTypographicSubstitutions(map[extension.TypographicPunctuation]string{
				extension.LeftDoubleQuote: w.open, extension.RightDoubleQuote: w.close,
				extension.LeftSingleQuote: "‘", extension.RightSingleQuote: "’", extension.Apostrophe: "’",
				extension.LeftAngleQuote: "«", extension.RightAngleQuote: "»",
				extension.EnDash: "–", extension.EmDash: "—", extension.Ellipsis: "…",
			})),
			highlighting.NewHighlighting(
				highlighting.WithWrapperRenderer(wrapCode),
				highlighting.WithFormatOptions(chromahtml.WithClasses(true), chromahtml.PreventSurroundingPre(true)),
			),
		),
		goldmark.WithParserOptions(parser.WithBlockParsers(util.Prioritized(directiveParser{}, 700))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(writer{words: w, plain: html.DefaultWriter}, 100))),
	)
}
