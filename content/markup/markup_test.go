package markup_test

import (
	"strings"
	"testing"
	"time"

	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
)

func TestSlug(t *testing.T) {
	for words, want := range map[string]string{
		"Perché l'autonomia è così": "perché-l-autonomia-è-così", "  1.2 — Passo! ": "1-2-passo", "ÀÈÉÌÒÙ": "àèéìòù", "!!!": "", "": "", "a_b": "a-b",
	} {
		if got := markup.Slug(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestValidID(t *testing.T) {
	for id, want := range map[string]bool{
		"a": true, "a-1": true, "2020": true, "": false, "-a": false, "a-": false, "a--b": false, "A": false, "à": false, "a b": false, "a/b": false,
		strings.Repeat("a", 64): true, strings.Repeat("a", 65): false,
	} {
		if markup.ValidID(id) != want {
			t.Errorf("%q: %v", id, !want)
		}
	}
}

// TestAddress: names travel in addresses whatever they hold.
func TestAddress(t *testing.T) {
	for path, want := range map[string]string{"m/a.png": "media/h/a.png", "m/è vero?.png": "media/h/%C3%A8%20vero%3F.png", `a"<>.png`: "media/h/a%22%3C%3E.png"} {
		if got := markup.Address(course.Media{Path: path, Hash: "h"}); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

// nowhere is a course in which nothing is found.
type nowhere struct{}

func (nowhere) Object(string) (course.ObjectID, map[string]bool, bool) { return "", nil, false }
func (nowhere) Media(string, string, lint.Place, *lint.Report) (course.Media, bool) {
	return course.Media{}, false
}
func (nowhere) Recording(string, lint.Place, *lint.Report) (course.Video, bool) {
	return course.Video{}, false
}
func (nowhere) Glossary(string) (*markup.Glossary, bool)                       { return nil, false }
func (n nowhere) Beside(string) markup.Targets                                 { return n }
func (nowhere) Narrower(course.Media, lint.Place, *lint.Report) []course.Media { return nil }
func (nowhere) Nearest(string) string                                          { return "" }

// TestLongTextsEnd reads texts made to keep a parser busy or to exhaust its stack.
func TestLongTextsEnd(t *testing.T) {
	pieces := []string{
		">", "> ", "- ", "1. ", "* a\n", "#", "# a\n", "*", "**a ", "*a **b ", "_a ", "[", "[a](", "![", "![a](b)", "[a][", "]", "](a)", "`", "``a", "<", "<a", "<!--", "&", "&amp;",
		"|", "|a\n|-\n", "a|b\n-|-\n", "~", "~~a", ":", "a\n: b\n", "[^a]", "[^a]: b\n", "\\", "\"", "' ", "--", "...", "<<", "www.a.it ", "a@b.it ", "https://a.it ", "(", "```\n",
		"[lang=en]{", "[lang=en]{a} ", "[lang=", "{", "> [!DETAILS a]\n", "> [!INCLUDE]\n> [a](b.md)\n\n", "![a](b.mp4)\n\n", "[a](glossario#b) ", "## a\n\nb\n\n",
		"- ✅ a\n", "• a\n", "a) b\n", "A ", "THE ", "the of and ", "Parola. ", "**a**\n\n",
		"> [!NOTE]\n", "> [!QUESTION a]\n> - [x] `a` b\n\n", "- [x] ", "- a\n - b\n  - c\n", "    a\n", "\t", "a\n", "[a]: b\n", "***", "_*_*", "a  \n",
	}
	var texts []string
	for _, piece := range pieces {
		line := strings.Repeat(piece, max(1, 9_000/len(piece)))
		texts = append(texts, strings.Repeat(piece, 20_000/len(piece)), strings.Repeat(piece+"\n", 20_000/(len(piece)+1)), strings.Repeat(line+"\n", 2), strings.Repeat(line+"\n\n", 2))
	}
	for _, text := range texts {
		report := &lint.Report{}
		start := time.Now()
		page := markup.Parse(lint.NewFile("a.md", []byte(text)), 0, 0, "it", report)
		page.Resolve(nowhere{}, report)
		page.Render(&markup.Press{}, report)
		for each := range page.Pages() {
			lint.CheckPage(each, report)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%.40q: %v", text, took)
		}
	}
}
