package export_test

import (
	"net/url"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// courses are those that the tests export: one with every construct, the reference course, the second sample.
func courses() []string {
	return []string{"testdata/tutto", "../../content/smart-working", "../../content/accessible-documents"}
}

// TestEveryLinkLeadsSomewhere: what a page refers to lies in the folder, every fragment is an id, every id is there once, and nothing is fetched
// from elsewhere. Only what an author wrote, and the online course, leads out.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	for _, dir := range courses() {
		e := editionOf(t, dir)
		folder := e.folder()
		pages := map[string]*html.Node{}
		for name, body := range folder {
			if path.Ext(name) == ".html" {
				pages[name] = parse(t, body)
			}
		}
		if len(pages) < e.Content.Count()+1 {
			t.Fatalf("%s: only %d pages", dir, len(pages))
		}
		pages["page"] = parse(t, e.page())
		used := map[string]bool{"index.html": true, "page": true}
		for name, root := range pages {
			c := checker{t, name, folder, pages, used}
			c.ids(root)
			for _, n := range elements(root) {
				c.element(n)
			}
		}
		for name := range folder {
			if !used[name] {
				t.Errorf("%s: nothing refers to %s", dir, name)
			}
		}
	}
}

// checker looks at one page of a folder.
type checker struct {
	t      *testing.T
	name   string
	folder map[string][]byte
	pages  map[string]*html.Node
	used   map[string]bool
}

func (c checker) ids(root *html.Node) {
	seen := map[string]bool{}
	for _, n := range elements(root) {
		if id := attr(n, "id"); id != "" {
			if seen[id] || strings.ContainsAny(id, " \t") {
				c.t.Errorf("%s: id %q is there twice, or has a space", c.name, id)
			}
			seen[id] = true
		}
		for _, name := range []string{"aria-labelledby", "aria-describedby", "for"} {
			if id := attr(n, name); id != "" && !has(root, id) {
				c.t.Errorf("%s: %s leads to %q, which is not there", c.name, name, id)
			}
		}
	}
}

func has(root *html.Node, id string) bool {
	for _, n := range elements(root) {
		if attr(n, "id") == id {
			return true
		}
	}
	return false
}

func (c checker) element(n *html.Node) {
	c.t.Helper()
	for _, a := range n.Attr {
		switch a.Key {
		case "src", "poster":
			c.resource(n, a.Val)
		case "srcset":
			for _, s := range strings.Split(a.Val, ",") {
				c.resource(n, strings.Fields(s)[0])
			}
		case "href":
			if n.Data == "link" {
				c.resource(n, a.Val)
				continue
			}
			c.link(a.Val)
		case "style", "formaction", "action", "background", "data", "xlink:href":
			c.t.Errorf("%s: %s has %s", c.name, n.Data, a.Key)
		}
		if strings.HasPrefix(a.Key, "on") {
			c.t.Errorf("%s: %s does something %s", c.name, n.Data, a.Key)
		}
	}
	switch n.Data {
	case "script", "iframe", "object", "embed", "form", "base", "noscript":
		c.t.Errorf("%s has a %s", c.name, n.Data)
	}
}

// resource is fetched with the page: it lies beside it, or in it.
func (c checker) resource(n *html.Node, address string) {
	c.t.Helper()
	if strings.HasPrefix(address, "data:") && (c.name == "page" || n.Data == "track") {
		return
	}
	if c.name == "page" {
		c.t.Errorf("the one page fetches %s", address)
		return
	}
	c.beside(address)
}

// beside finds what a relative address leads to.
func (c checker) beside(address string) (u *url.URL, to string) {
	c.t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || strings.HasPrefix(u.Path, "/") || u.RawQuery != "" {
		c.t.Errorf("%s: %q is not a relative address %v", c.name, address, err)
		return &url.URL{}, ""
	}
	if to = c.name; u.Path != "" {
		to = path.Join(path.Dir(c.name), u.Path)
	}
	if _, ok := c.folder[to]; !ok && to != "page" {
		c.t.Errorf("%s: %q leads to nothing", c.name, address)
	}
	c.used[to] = true
	return u, to
}

// link leads to a page, a place in one, a file, or out.
func (c checker) link(address string) {
	c.t.Helper()
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "mailto:") {
		return
	}
	u, to := c.beside(address)
	if u.Fragment != "" && (c.pages[to] == nil || !has(c.pages[to], u.Fragment)) {
		c.t.Errorf("%s: no %q in %s", c.name, u.Fragment, to)
	}
	if c.name == "page" && u.Path != "" {
		c.t.Errorf("the one page leads to another file, %s", address)
	}
}

// TestOnlyAuthorsLinksLeadOut lists every address outside.
func TestOnlyAuthorsLinksLeadOut(t *testing.T) {
	e := editionOf(t, "testdata/tutto")
	own := map[string]bool{"https://www.example.org/legge?n=81&a=2017": true, "https://www.example.org/": true, "mailto:aiuto@example.org": true, address: true}
	pages := e.folder()
	pages["page.html"] = e.page()
	for name, body := range pages {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, n := range elements(parse(t, body)) {
			if to := attr(n, "href"); strings.Contains(to, ":") && !strings.HasPrefix(to, "#") && !own[to] {
				t.Errorf("%s leads to %s", name, to)
			}
		}
	}
}
