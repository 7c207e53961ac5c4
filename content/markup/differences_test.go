package markup_test

import (
	"net/url"
	"slices"
	"strings"

	"github.com/yuin/goldmark/parser"
	"golang.org/x/net/html"
)

type goldmarkOption = parser.ParseOption

// difference is one way in which we write HTML otherwise than goldmark alone does, and how to undo it on both sides.
type difference struct {
	name string
	undo func([]html.Token) []html.Token
}

// differences lists them all: what is left when they are undone must be the same.
func differences() []difference {
	return []difference{
		{"heading id", without("id", "h1", "h2", "h3", "h4", "h5", "h6")},
		{"code takes the focus", without("tabindex", "pre")},
		{"code class", without("class", "code")},
		{"task box", task},
		{"code coloured", unwrap("span")},
		{"typographer", plainMarks},
		{"link out of the course", without("rel", "a")},
		{"address written otherwise", plainAddresses},
		{"picture by its hash", picture},
		{"figure", figure},
		{"table region", tableRegion},
		{"table alignment", align},
		{"strikethrough", unwrap("del")},
		{"bare address", bareAddresses},
	}
}

// tokens parts HTML; how an element closes itself and in which order its attributes stand does not count.
func tokens(text string) []html.Token {
	var list []html.Token
	z := html.NewTokenizer(strings.NewReader(strings.TrimSpace(text)))
	for z.Next() != html.ErrorToken {
		t := z.Token()
		if t.Type == html.SelfClosingTagToken {
			t.Type = html.StartTagToken
		}
		slices.SortFunc(t.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
		list = append(list, t)
	}
	return list
}

// same says that two lists read the same.
func same(a, b []html.Token) bool {
	return slices.EqualFunc(a, b, func(x, y html.Token) bool { return x.Type == y.Type && x.String() == y.String() })
}

// each changes a copy of the tokens one by one; false drops one.
func each(list []html.Token, change func(*html.Token) bool) []html.Token {
	var out []html.Token
	for _, t := range list {
		t.Attr = slices.Clone(t.Attr)
		if !change(&t) {
			continue
		}
		if n := len(out) - 1; t.Type == html.TextToken && n >= 0 && out[n].Type == html.TextToken {
			out[n].Data += t.Data
			continue
		}
		out = append(out, t)
	}
	return out
}

func without(attribute string, elements ...string) func([]html.Token) []html.Token {
	return func(list []html.Token) []html.Token {
		return each(list, func(t *html.Token) bool {
			if slices.Contains(elements, t.Data) {
				t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool { return a.Key == attribute })
			}
			return true
		})
	}
}

func unwrap(elements ...string) func([]html.Token) []html.Token {
	return func(list []html.Token) []html.Token {
		return each(list, func(t *html.Token) bool { return t.Type == html.TextToken || !slices.Contains(elements, t.Data) })
	}
}

// plainMarks writes quotation marks, dashes and dots as they are typed.
func plainMarks(list []html.Token) []html.Token {
	marks := strings.NewReplacer("«", `"`, "»", `"`, "“", `"`, "”", `"`, "‘", "'", "’", "'", "…", "...", "—", "---", "–", "--", "<<", `"`, ">>", `"`)
	return each(list, func(t *html.Token) bool {
		if t.Type == html.TextToken {
			t.Data = marks.Replace(t.Data)
		}
		return true
	})
}

func plainAddresses(list []html.Token) []html.Token {
	return each(list, func(t *html.Token) bool {
		for i, a := range t.Attr {
			if plain, err := url.PathUnescape(a.Val); err == nil && a.Key == "href" {
				t.Attr[i].Val = strings.Replace(strings.TrimPrefix(plain, "./"), "MAILTO:", "mailto:", 1)
			}
		}
		return true
	})
}

// picture leaves of a picture that it is one; an alternative text is trimmed, and its marks are typographic.
func picture(list []html.Token) []html.Token {
	return each(list, func(t *html.Token) bool {
		if t.Data == "img" && t.Type == html.StartTagToken {
			t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool { return a.Key != "alt" })
		}
		return true
	})
}

func has(list []html.Token, element string) bool {
	return slices.ContainsFunc(list, func(t html.Token) bool { return t.Data == element })
}

// figure makes a figure a paragraph again, without its caption.
func figure(list []html.Token) []html.Token {
	if !has(list, "figure") {
		return list
	}
	caption := false
	return each(list, func(t *html.Token) bool {
		switch {
		case t.Data == "figcaption":
			caption = t.Type == html.StartTagToken
			return false
		case t.Data == "figure":
			t.Data = "p"
		}
		return !caption && strings.TrimSpace(t.String()) != ""
	})
}

// tableRegion takes away what lies around a table, and that its headers say what they head.
func tableRegion(list []html.Token) []html.Token {
	if !has(list, "table") {
		return list
	}
	list = without("scope", "th")(unwrap("div")(list))
	return each(list, func(t *html.Token) bool {
		if t.Data == "th" { // an empty header is no header of ours
			t.Data = "td"
		}
		if t.Type == html.TextToken && strings.TrimSpace(t.Data) == "" {
			return false
		}
		return true
	})
}

func align(list []html.Token) []html.Token {
	return without("class", "td", "th")(without("align", "td", "th")(list))
}

// task leaves the boxes of a task list out.
func task(list []html.Token) []html.Token {
	if !slices.ContainsFunc(list, func(t html.Token) bool { return t.Data == "☐" || t.Data == "☑" || t.Data == "input" }) {
		return list
	}
	return each(unwrap("span", "input")(list), func(t *html.Token) bool {
		if t.Type == html.TextToken {
			t.Data = strings.NewReplacer("☐", "", "☑", "").Replace(t.Data)
		}
		return true
	})
}

// bareAddresses takes links off whose text is their address.
func bareAddresses(list []html.Token) []html.Token {
	var out []html.Token
	for i := 0; i < len(list); i++ {
		t := list[i]
		if t.Data == "a" && t.Type == html.StartTagToken && i+2 < len(list) && list[i+2].Data == "a" && len(t.Attr) > 0 {
			if text := list[i+1].Data; strings.HasSuffix(t.Attr[0].Val, text) {
				out = append(out, html.Token{Type: html.TextToken, Data: text})
				i += 2
				continue
			}
		}
		out = append(out, t)
	}
	return each(out, func(*html.Token) bool { return true })
}
