package content

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"aulacomune/content/lint"
)

// fields are the keys of a YAML mapping, each with its place in the author's file. Its methods take a value out and report what is wrong with it.
type fields struct {
	file   *lint.File
	line   int // lines of the file before the YAML
	whole  lint.Place
	keys   map[string]*yaml.Node
	values map[string]*yaml.Node
	report *lint.Report
}

// mostYAML is how many bytes of YAML are read: in memory they become a hundred times as many.
const mostYAML = 256 << 10

// readFields reads a YAML document that must be a mapping with these keys and no others. line is how many lines of the file precede it.
func readFields(file *lint.File, text []byte, line int, report *lint.Report, allowed ...string) (fields, bool) {
	f := fields{file: file, line: line, report: report, whole: file.Line(line + 1)}
	if len(text) > mostYAML {
		report.Add(lint.TooBig, f.whole, "256 KB")
		return f, false
	}
	var doc yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		at, what := yamlProblem(text, err)
		report.Add(lint.YAMLSyntax, file.Line(line+at), what)
		return f, false
	}
	name := file.Path
	if line > 0 {
		name = lint.WordHead
	}
	if len(doc.Content) == 0 {
		report.Add(lint.WrongType, f.whole, name, lint.WordMap)
		return f, false
	}
	var more yaml.Node
	if err := decoder.Decode(&more); err == nil && len(more.Content) > 0 && more.Content[0].Tag != "!!null" {
		report.Add(lint.YAMLSyntax, f.place(more.Content[0]), lint.WordMoreDocument)
		return f, false
	}
	if alias := findAlias(&doc); alias != nil {
		report.Add(lint.YAMLSyntax, f.place(alias), lint.WordAlias)
		return f, false
	}
	return f.mapping(doc.Content[0], name, allowed)
}

// findAlias finds an anchor or alias: with them a small text can mean a huge one.
func findAlias(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return n
	}
	for _, c := range n.Content {
		if a := findAlias(c); a != nil {
			return a
		}
	}
	return nil
}

// mapping takes a node as a mapping with these keys and no others; with any where none are named.
func (f fields) mapping(n *yaml.Node, name string, allowed []string) (fields, bool) {
	f.whole = f.place(n)
	f.keys, f.values = map[string]*yaml.Node{}, map[string]*yaml.Node{}
	if n.Kind != yaml.MappingNode {
		f.report.Add(lint.WrongType, f.whole, name, lint.WordMap)
		return f, false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case allowed != nil && !slices.Contains(allowed, key.Value):
			f.report.Add(lint.UnknownKey, f.place(key), key.Value, lint.Meant(key.Value, allowed), strings.Join(allowed, ", "))
		case f.keys[key.Value] != nil:
			f.report.Add(lint.DuplicateKey, f.place(key), key.Value)
		default:
			f.keys[key.Value], f.values[key.Value] = key, value
		}
	}
	return f, true
}

// place is where a node is in the author's file.
func (f fields) place(n *yaml.Node) lint.Place {
	return lint.Place{File: f.file.Path, Line: f.line + max(1, n.Line), Column: max(1, n.Column)}
}

// at is where a key's value is; of a key that is not there, the mapping.
func (f fields) at(key string) lint.Place {
	if n := f.values[key]; n != nil {
		return f.place(n)
	}
	return f.whole
}

// value is a key's scalar of one of these YAML tags; nil, with a finding, when it is something else.
func (f fields) value(key, want string, tags ...string) *yaml.Node {
	n := f.values[key]
	if n == nil || n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.ScalarNode || !slices.Contains(tags, n.Tag) {
		f.report.Add(lint.WrongType, f.place(n), key, want)
		return nil
	}
	return n
}

// text is a key's text on one line; empty when there is none.
func (f fields) text(key string) string {
	n := f.value(key, lint.WordText, "!!str")
	if n == nil {
		return ""
	}
	return strings.Join(strings.Fields(n.Value), " ")
}

// needed is a text that must be there.
func (f fields) needed(key string) string {
	s := f.text(key)
	if s == "" {
		f.need(key)
	}
	return s
}

// need reports a key that is not there or says nothing. A value of the wrong type has been reported.
func (f fields) need(key string) {
	if f.blank(key) {
		f.report.Add(lint.MissingField, f.at(key), key)
	}
}

// blank says that a key is not there or says nothing.
func (f fields) blank(key string) bool {
	n := f.values[key]
	return n == nil || n.Tag == "!!null" || n.Tag == "!!str" && strings.TrimSpace(n.Value) == ""
}

// texts is a key's list of texts.
func (f fields) texts(key string) []string {
	var list []string
	for _, i := range f.items(key) {
		list = append(list, i.text)
	}
	return list
}

// item is a text of a list with its place.
type item struct {
	text string
	at   lint.Place
}

// items is a key's list of texts with their places.
func (f fields) items(key string) []item {
	n := f.values[key]
	if n == nil || n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		f.report.Add(lint.WrongType, f.place(n), key, lint.WordList)
		return nil
	}
	var list []item
	for _, one := range n.Content {
		text := strings.Join(strings.Fields(one.Value), " ")
		if one.Kind != yaml.ScalarNode || one.Tag != "!!str" || text == "" {
			f.report.Add(lint.WrongType, f.place(one), key, lint.WordTexts)
			continue
		}
		list = append(list, item{text, f.place(one)})
	}
	return list
}

// number is a key's whole number from 1 to most; 0 when there is none.
func (f fields) number(key, want string, most int) int {
	n := f.value(key, want, "!!int")
	if n == nil {
		return 0
	}
	i, err := strconv.Atoi(n.Value)
	if err != nil || i < 1 || i > most {
		f.report.Add(lint.WrongType, f.place(n), key, want)
		return 0
	}
	return i
}

// yes is a key's true or false.
func (f fields) yes(key string) bool {
	n := f.value(key, lint.WordYesNo, "!!bool")
	return n != nil && strings.EqualFold(n.Value, "true")
}

// sub is a key's own mapping; ok is false when there is none.
func (f fields) sub(key string, allowed ...string) (fields, bool) {
	n := f.values[key]
	if n == nil || n.Tag == "!!null" {
		return fields{}, false
	}
	return f.mapping(n, key, allowed)
}

// list is a key's list of mappings.
func (f fields) list(key string, allowed ...string) []fields {
	n := f.values[key]
	if n == nil || n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		f.report.Add(lint.WrongType, f.place(n), key, lint.WordList)
		return nil
	}
	var all []fields
	for _, item := range n.Content {
		if m, ok := f.mapping(item, key, allowed); ok {
			all = append(all, m)
		}
	}
	return all
}

// choice is a key's text that must be one of these.
func (f fields) choice(key string, allowed ...string) string {
	s := f.needed(key)
	if s != "" && !slices.Contains(allowed, s) {
		f.report.Add(lint.BadValue, f.at(key), key, s, strings.Join(allowed, ", "), lint.Meant(s, allowed))
		return ""
	}
	return s
}

// sortedKeys lists the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
