package markup

import (
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy is the second line of defence: exactly the elements and attributes that we write, and nothing else.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "ul", "li", "dl", "dt", "dd", "dfn", "sup",
		"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "details", "summary", "aside", "div", "span", "ol", "img", "a")
	p.AllowNoAttrs().OnElements("span", "a", "img")
	p.AllowStandardURLs()
	p.AllowURLSchemes("https", "http", "mailto")
	p.RequireNoFollowOnLinks(false)
	p.AllowAttrs("href", "title", "rel", "role").OnElements("a")
	p.AllowAttrs("alt", "loading").OnElements("img")
	media := regexp.MustCompile(`^media/[0-9a-f]+/[A-Za-z0-9%$&+=:@._~-]+$`)
	p.AllowAttrs("src").Matching(media).OnElements("img", "video", "audio", "track")
	p.AllowAttrs("srcset").Matching(regexp.MustCompile(`^media/[0-9a-f]+/[A-Za-z0-9%$&+=:@._~-]+ [0-9]+w(, media/[0-9a-f]+/[A-Za-z0-9%$&+=:@._~-]+ [0-9]+w)*$`)).OnElements("img")
	p.AllowAttrs("sizes").Matching(regexp.MustCompile(`^` + regexp.QuoteMeta(columnOfText) + `$`)).OnElements("img")
	p.AllowAttrs("poster").Matching(media).OnElements("video")
	p.AllowAttrs("controls", "playsinline").Matching(regexp.MustCompile(`^$`)).OnElements("video", "audio")
	p.AllowAttrs("preload").Matching(regexp.MustCompile(`^(none|metadata)$`)).OnElements("video", "audio")
	p.AllowAttrs("kind").Matching(regexp.MustCompile(`^captions$`)).OnElements("track")
	p.AllowAttrs("label").OnElements("track")
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img", "video")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("scope").OnElements("th")
	p.AllowAttrs("tabindex").Matching(regexp.MustCompile(`^0$`)).OnElements("div", "pre")
	p.AllowAttrs("role", "aria-label").OnElements("div", "span")
	p.AllowAttrs("aria-label").OnElements("video", "audio")
	p.AllowAttrs("aria-hidden").OnElements("span")
	tag := regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
	p.AllowAttrs("lang").Matching(tag).OnElements("span", "div")
	p.AllowAttrs("srclang").Matching(tag).OnElements("track")
	p.AllowAttrs("id").OnElements("h1", "h2", "h3", "h4", "h5", "h6", "li", "sup", "dt", "a")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^[a-z0-9 -]+$`)).OnElements("p", "aside", "figure", "details", "div", "span", "code", "th", "td", "a")
	return p
})
