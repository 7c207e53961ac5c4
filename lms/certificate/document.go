package certificate

import (
	"fmt"
	"strings"
)

// producer is the program that the file says it was made by.
const producer = "Aula Comune"

// write makes the file of a composed page.
func (s *sheet) write() []byte {
	f := newFile()
	catalog, pages, page := f.reserve(), f.reserve(), f.reserve()
	painted := s.paint()
	content := f.stream(pack([]byte(painted.String())), "/Filter /FlateDecode")
	regular, bold := s.regular.write(f), s.bold.write(f)
	tree := &structure{file: f, page: page}
	tree.write(s.root, painted.shown)
	f.put(page, "<</Type /Page /Parent %s /MediaBox [0 0 %s %s] /Resources <</Font <</%s %s /%s %s>>>> /Contents %s"+
		" /StructParents 0 /Tabs /S%s>>", pages, number(pageWidth), number(pageHeight), s.regular.key, regular, s.bold.key, bold,
		content, tree.annots())
	f.put(pages, "<</Type /Pages /Kids [%s] /Count 1>>", page)
	profile := f.stream(s.profile, "/N 3 /Filter /FlateDecode")
	metadata := f.stream([]byte(xmp(s.texts)), "/Type /Metadata /Subtype /XML")
	f.put(catalog, "<</Type /Catalog /Version /1.7 /Pages %s /Lang (%s) /MarkInfo <</Marked true>> /StructTreeRoot %s"+
		" /ViewerPreferences <</DisplayDocTitle true>> /Metadata %s /OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1"+
		" /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile %s>>]>>",
		pages, s.words.tag, tree.root, metadata, profile)
	moment := literal(s.moment.Format("D:20060102150405Z"))
	// the last entry is not asked for by PDF/A-2, but there some readers look for the claim
	info := f.add("<</Title %s /Author %s /Producer (%s) /CreationDate %s /ModDate %s /GTS_PDFA1Version (PDF/A-2a:2011)>>",
		text(title(s.texts)), text(s.Issuer), producer, moment, moment)
	return f.finish(catalog, info)
}

// title names the document: what it is, whose, for what.
func title(t texts) string { return joined(" – ", t.Title, t.Person, t.Course) }

// structure writes the tree that says what each marked sequence is and in which order all are read.
type structure struct {
	file    *file
	page    ref
	root    ref
	numbers map[*element]int // of the marked sequences
	parents []ref            // the elements of the marked sequences, by number
	linked  []ref            // the elements that are links
	links   []ref            // and their annotations
}

// write puts the tree, the links, and the table that leads from the marked sequences and the links back to the tree.
func (t *structure) write(document *element, shown []*element) {
	t.root, t.numbers, t.parents = t.file.reserve(), map[*element]int{}, make([]ref, len(shown))
	for i, e := range shown {
		t.numbers[e] = i
	}
	top := t.element(document, t.root)
	var links strings.Builder
	for i, r := range t.linked {
		fmt.Fprintf(&links, " %d %s", i+1, r)
	}
	table := t.file.add("<</Nums [0 %s%s]>>", refs(t.parents), links.String())
	t.file.put(t.root, "<</Type /StructTreeRoot /K [%s] /ParentTree %s /ParentTreeNextKey %d>>", top, table, len(t.linked)+1)
}

// element puts an element and all below it.
func (t *structure) element(e *element, parent ref) ref {
	r := t.file.reserve()
	var kids []string
	for _, kid := range e.kids {
		kids = append(kids, t.element(kid, r).String())
	}
	if n, ok := t.numbers[e]; ok {
		t.parents[n] = r
		kids = append(kids, fmt.Sprint(n))
	}
	if e.link != "" {
		t.linked = append(t.linked, r)
		kids = append(kids, fmt.Sprintf("<</Type /OBJR /Obj %s /Pg %s>>", t.annotation(e, len(t.linked)), t.page))
	}
	t.file.put(r, "<</Type /StructElem /S /%s /P %s /Pg %s /K [%s]%s>>", e.tag, parent, t.page, strings.Join(kids, " "), extras(e))
	return r
}

// extras are the entries of an element that not every element has.
func extras(e *element) string {
	var b strings.Builder
	if e.alt != "" {
		b.WriteString(" /Alt " + text(e.alt))
	}
	if e.attributes != "" {
		b.WriteString(" /A " + e.attributes)
	}
	return b.String()
}

// annotation puts the part of the page that is a link, and returns it.
func (t *structure) annotation(e *element, key int) ref {
	first, last := e.lines[0], e.lines[len(e.lines)-1]
	width := 0.0
	for _, l := range e.lines {
		width = max(width, l.size*l.face.width(l.text))
	}
	a := t.file.add("<</Type /Annot /Subtype /Link /Rect [%s %s %s %s] /Border [0 0 0] /F 4 /StructParent %d /Contents %s"+
		" /A <</S /URI /URI %s>>>>", number(first.x), number(pageHeight-last.y-0.3*last.size), number(first.x+width),
		number(pageHeight-first.y+0.8*first.size), key, text(e.alt), literal(e.link))
	t.links = append(t.links, a)
	return a
}

// annots is the entry of the page for its links.
func (t *structure) annots() string {
	if len(t.links) == 0 {
		return ""
	}
	return " /Annots " + refs(t.links)
}
