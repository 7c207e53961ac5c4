package content

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"aulacomune/content/lint"
)

// Outline is what course.yaml says of a course and its modules.
type Outline struct {
	Slug, Title string
	Modules     []OutlineModule
}

// OutlineModule is a module with the files of its objects in their order, as the compiler takes them.
type OutlineModule struct {
	ID, Folder, Title, Summary string
	Objects                    []string // paths from the course's root
}

// ReadOutline reads the outline of a course, also of one with errors, as far as it can be read; ok is false when course.yaml
// can't be read at all.
func ReadOutline(f Folder) (o Outline, ok bool) {
	c := begin(f.Canonical())
	c.base.report = &lint.Report{}
	ok = c.manifest()
	return Outline{string(c.course.Slug), c.course.Title, c.outline}, ok
}

// Arrange writes the modules of course.yaml anew, in this order and with these objects in theirs. Modules are known by their id, or
// else by their folder; one that is new is added, one that the outline does not have goes. What is outside "modules" stays byte for
// byte, slug and title too, and so does a module that stays as it is; comments stay with their module.
func Arrange(manifest []byte, o Outline) ([]byte, error) {
	a, err := readArrangement(manifest)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Write(a.before)
	if len(o.Modules) == 0 {
		b.WriteString("modules: []\n")
	} else {
		b.Write(a.head)
	}
	for i, m := range o.Modules {
		text, err := a.module(a.find(o.Modules, i), m)
		if err != nil {
			return nil, err
		}
		b.Write(text)
	}
	b.Write(a.after)
	return b.Bytes(), nil
}

// arrangement is course.yaml taken apart.
type arrangement struct {
	before, head []byte // up to "modules", and from there to the first module
	modules      []moduleText
	after        []byte
	indent       string // before the dash of a module
}

// moduleText is a module as it stands in course.yaml, with the comments above it.
type moduleText struct {
	text []byte
	node *yaml.Node
}

// readArrangement takes course.yaml apart.
func readArrangement(manifest []byte) (*arrangement, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(manifest, &doc); err != nil {
		line, _ := yamlProblem(manifest, err)
		return nil, fmt.Errorf("course.yaml non si legge: controlla la riga %d", line)
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode || doc.Content[0].Style&yaml.FlowStyle != 0 || findAlias(&doc) != nil {
		return nil, errors.New("course.yaml non è un elenco di chiavi, una per riga")
	}
	keys := doc.Content[0].Content
	lines := slices.Collect(bytes.Lines(manifest))
	at := slices.IndexFunc(keys, func(n *yaml.Node) bool { return n.Value == "modules" && n.Column == 1 })
	if at < 0 || at%2 == 1 {
		before := manifest
		if len(before) > 0 && before[len(before)-1] != '\n' {
			before = append(bytes.Clone(before), '\n')
		}
		return &arrangement{before: before, head: []byte("modules:\n"), indent: "  "}, nil
	}
	first, last := keys[at].Line-1, len(lines)
	if at+2 < len(keys) {
		last = keys[at+2].Line - 1
	}
	for i := first + 1; i < last; i++ {
		if mark := string(bytes.TrimSpace(lines[i])); mark == "---" || mark == "..." {
			last = i // of the document
		}
	}
	for last > first+1 && outside(lines[last-1]) {
		last--
	}
	a := &arrangement{before: join(lines[:first]), after: join(lines[last:]), indent: "  "}
	return a, a.read(keys[at+1], lines[:last], first)
}

// outside says that a line at the end of the modules belongs to what follows: an empty one, or a comment that begins the line.
func outside(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 || line[0] == '#' }

func join(lines [][]byte) []byte { return bytes.Join(lines, nil) }

// read takes the modules apart: lines are those of course.yaml up to their end, and first is that of the key.
func (a *arrangement) read(value *yaml.Node, lines [][]byte, first int) error {
	a.head = []byte("modules:\n")
	if value.Tag == "!!null" {
		return nil
	}
	if value.Kind != yaml.SequenceNode {
		return errors.New("course.yaml: «modules» non è un elenco")
	}
	if value.Style&yaml.FlowStyle != 0 || len(value.Content) == 0 {
		for _, n := range value.Content {
			text, err := a.encode(n)
			if err != nil {
				return err
			}
			a.modules = append(a.modules, moduleText{text, n})
		}
		return nil
	}
	a.indent = strings.Repeat(" ", value.Column-1)
	starts := make([]int, len(value.Content))
	for i, n := range value.Content {
		starts[i] = a.start(lines, n.Line-1, first)
	}
	a.head = join(lines[first:starts[0]])
	for i, n := range value.Content {
		end := len(lines)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		text := join(lines[starts[i]:end])
		if text[len(text)-1] != '\n' {
			text = append(bytes.Clone(text), '\n')
		}
		a.modules = append(a.modules, moduleText{text, n})
	}
	return nil
}

// start is the first line of a module: that of its dash, or of the comments right above.
func (a *arrangement) start(lines [][]byte, line, first int) int {
	for line > first+1 && !bytes.HasPrefix(lines[line], []byte(a.indent+"-")) {
		line--
	}
	for line > first+1 {
		above := bytes.TrimLeft(lines[line-1], " ")
		if !bytes.HasPrefix(above, []byte("#")) || len(lines[line-1])-len(above) > len(a.indent) {
			break
		}
		line--
	}
	return line
}

// find is the module of course.yaml that one of the outline was: the one of its id, or else the one of its folder that no other has the id of.
func (a *arrangement) find(modules []OutlineModule, i int) *moduleText {
	byID := func(m OutlineModule) func(moduleText) bool {
		return func(w moduleText) bool { return valueOf(w.node, "id") == m.ID }
	}
	if at := slices.IndexFunc(a.modules, byID(modules[i])); at >= 0 {
		return &a.modules[at]
	}
	for at, w := range a.modules {
		if strings.TrimSuffix(valueOf(w.node, "folder"), "/") != modules[i].Folder {
			continue
		}
		if !slices.ContainsFunc(modules, func(m OutlineModule) bool { return byID(m)(w) }) {
			return &a.modules[at]
		}
	}
	return nil
}

// module is the text of a module: what stood in course.yaml where that says the same.
func (a *arrangement) module(was *moduleText, m OutlineModule) ([]byte, error) {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if was != nil {
		if says(was.node, m) {
			return was.text, nil
		}
		var again yaml.Node // with the comments of its own lines, and no others
		if err := yaml.Unmarshal(was.text, &again); err != nil || len(again.Content) == 0 || len(again.Content[0].Content) != 1 {
			return nil, fmt.Errorf("course.yaml: il modulo «%s» non si riesce a riscrivere", m.ID)
		}
		if n = again.Content[0].Content[0]; n.Kind != yaml.MappingNode {
			return nil, fmt.Errorf("course.yaml: il modulo «%s» non è un gruppo di chiavi", m.ID)
		}
		n.HeadComment = joinComments(again.HeadComment, again.Content[0].HeadComment, n.HeadComment)
		n.FootComment = joinComments(n.FootComment, again.Content[0].FootComment, again.FootComment)
	}
	set(n, "id", m.ID)
	set(n, "folder", m.Folder)
	set(n, "title", m.Title)
	set(n, "summary", m.Summary)
	if !inOrder(n, m) {
		list(n, m)
	}
	return a.encode(n)
}

// joinComments is several comments one below the other.
func joinComments(comments ...string) string {
	return strings.Join(slices.DeleteFunc(comments, func(c string) bool { return c == "" }), "\n")
}

// encode writes a module as an item of the list.
func (a *arrangement) encode(n *yaml.Node) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(&yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{n}}); err != nil {
		return nil, fmt.Errorf("course.yaml: %w", err)
	}
	var out bytes.Buffer
	for line := range bytes.Lines(b.Bytes()) {
		if len(bytes.TrimSpace(line)) > 0 {
			out.WriteString(a.indent)
		}
		out.Write(line)
	}
	return out.Bytes(), nil
}

// says says that a module of course.yaml is already as the outline has it.
func says(n *yaml.Node, m OutlineModule) bool {
	return valueOf(n, "id") == m.ID && strings.TrimSuffix(valueOf(n, "folder"), "/") == m.Folder && valueOf(n, "title") == m.Title &&
		valueOf(n, "summary") == m.Summary && inOrder(n, m)
}

// inOrder says that what a module of course.yaml lists, followed by the rest of its folder by name, is the outline's order.
func inOrder(n *yaml.Node, m OutlineModule) bool {
	rest := m.Objects
	if listed := nodeOf(n, "objects"); listed != nil {
		for _, entry := range listed.Content {
			if len(rest) == 0 || !means(entry.Value, m.Folder, rest[0]) {
				return false
			}
			rest = rest[1:]
		}
	}
	return slices.IsSorted(rest) && !slices.ContainsFunc(rest, func(name string) bool { return path.Dir(name) != m.Folder })
}

// means says that an entry of a module's list means a file.
func means(entry, folder, name string) bool {
	return path.Clean(strings.TrimPrefix(entry, "/")) == name || path.Join(folder, entry) == name
}

// list makes a module list its objects; an entry that is there already keeps its comments.
func list(n *yaml.Node, m OutlineModule) {
	n.Style &^= yaml.FlowStyle
	was := nodeOf(n, "objects")
	now := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for _, name := range m.Objects {
		entry := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}
		if was != nil && was.Style&yaml.FlowStyle == 0 {
			for _, old := range was.Content {
				if means(old.Value, m.Folder, name) {
					entry = old
				}
			}
		}
		now.Content = append(now.Content, entry)
	}
	if was != nil {
		*was = *now
		return
	}
	n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "objects"}, now)
}

// nodeOf is the value of a key of a mapping; nil when it has none.
func nodeOf(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// valueOf is a key's text on one line.
func valueOf(n *yaml.Node, key string) string {
	v := nodeOf(n, key)
	if v == nil || v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
		return ""
	}
	return strings.Join(strings.Fields(v.Value), " ")
}

// set gives a key a text; one without a text goes.
func set(n *yaml.Node, key, text string) {
	if valueOf(n, key) == text {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value != key {
			continue
		}
		if text == "" {
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		}
		was := n.Content[i+1]
		n.Content[i+1] = &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Style: was.Style & (yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle), LineComment: was.LineComment}
		return
	}
	n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text})
}
