package markup

import (
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy is the second line of defence: exactly the elements and attributes that we write, and nothing else.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "ul", "li", "dl", "dt", "dd", "sup",
		"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "details", "summary", "aside", "div", "span", "ol", "img", "a")
	p.AllowNoAttrs().OnElements("span", "a", "img")
	p.AllowStandardURLs()
	p.AllowURLSchemes("https", "http", "mailto")
	p.RequireNoFollowOnLinks(false)
	p.AllowAttrs("href", "title", "rel", "role").OnElements("a")
	p.AllowAttrs("src", "alt", "loading").OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("scope").OnElements("th")
	p.AllowAttrs("tabindex").Matching(regexp.MustCompile(`^0$`)).OnElements("div", "pre")
	p.AllowAttrs("role", "aria-label").OnElements("div", "span")
	p.AllowAttrs("aria-hidden").OnElements("span")
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)).OnElements("span")
	p.AllowAttrs("id").OnElements("h1", "h2", "h3", "h4", "h5", "h6", "li", "sup")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^[a-z0-9 -]+$`)).OnElements("p", "aside", "details", "div", "span", "code", "th", "td", "a")
	return p
})
