package export

import (
	"html/template"
	"slices"
	"strings"

	"aulacomune/course"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// turn changes one element of a text; what it takes out of the tree is not looked at further.
type turn func(n *html.Node)

// rewrite gives safe HTML of the course as it is to stand in another place: every element is turned once.
func rewrite(safe string, each turn) (template.HTML, error) {
	nodes, err := html.ParseFragment(strings.NewReader(safe), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return "", err
	}
	root := &html.Node{Type: html.DocumentNode}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	walk(root, each)
	var b strings.Builder
	for n := range root.ChildNodes() {
		if err := html.Render(&b, n); err != nil {
			return "", err
		}
	}
	return template.HTML(b.String()), nil //nolint:gosec // the compiler's output is safe, and nothing is added but elements and addresses of our own
}

func walk(parent *html.Node, each turn) {
	for _, n := range slices.Collect(parent.ChildNodes()) {
		if n.Type == html.ElementNode {
			each(n)
		}
		if n.Parent != nil {
			walk(n, each)
		}
	}
}

// goal is where an address in a text leads: out of the course, to a medium, to another object, or to a place in this text.
type goal struct {
	outside  bool
	media    course.Hash
	object   course.ObjectID
	fragment string // as it is written in addresses
}

func goalOf(address string) goal {
	if strings.Contains(address, "://") || strings.HasPrefix(address, "mailto:") {
		return goal{outside: true}
	}
	if rest, ok := strings.CutPrefix(address, mediaFolder); ok {
		hash, _, _ := strings.Cut(rest, "/")
		return goal{media: course.Hash(hash)}
	}
	object, fragment, _ := strings.Cut(address, "#")
	return goal{object: course.ObjectID(object), fragment: fragment}
}

// get is an attribute of an element.
func get(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// set gives an attribute another value; an element that has not got it stays without.
func set(n *html.Node, name, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			n.Attr[i].Val = value
		}
	}
}

// drop takes attributes away.
func drop(n *html.Node, names ...string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return slices.Contains(names, a.Key) })
}

// addClass adds a class to an element.
func addClass(n *html.Node, class string) {
	if old := get(n, "class"); old != "" {
		set(n, "class", old+" "+class)
		return
	}
	n.Attr = append(n.Attr, html.Attribute{Key: "class", Val: class})
}

// hasClass says whether an element has a class.
func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(get(n, "class")), class)
}

// element makes an element; attributes are names and values by turns.
func element(name atom.Atom, attributes ...string) *html.Node {
	n := &html.Node{Type: html.ElementNode, DataAtom: name, Data: name.String()}
	for i := 0; i+1 < len(attributes); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: attributes[i], Val: attributes[i+1]})
	}
	return n
}

// saying puts words into an element.
func saying(n *html.Node, text string) *html.Node {
	n.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	return n
}

// rename makes another element of one.
func rename(n *html.Node, name atom.Atom) { n.DataAtom, n.Data = name, name.String() }

// wordsOf is what an element says.
func wordsOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// outside marks a link whose words are its address already: on paper the address is not written after it again.
func outside(link *html.Node) {
	bare := func(s string) string {
		_, after, found := strings.Cut(s, "://")
		if !found {
			after = strings.TrimPrefix(s, "mailto:")
		}
		return strings.TrimSuffix(after, "/")
	}
	if bare(wordsOf(link)) == bare(get(link, "href")) {
		addClass(link, "bare")
	}
}

// gaps makes places to write in of the gaps of a cloze, each with words for those who do not see the line.
func gaps(w words, total int) turn {
	number := 0
	return func(n *html.Node) {
		if n.DataAtom != atom.Span || !hasClass(n, "gap") {
			return
		}
		number++
		n.AppendChild(saying(element(atom.Span, "class", "visually-hidden"), w.say("gap", number, total)))
	}
}

// both turns each element in two ways.
func both(first, second turn) turn {
	return func(n *html.Node) {
		first(n)
		if n.Parent != nil {
			second(n)
		}
	}
}
