package certificate

import (
	"fmt"
	"strings"
)

// producer is the program that the file says it was made by.
const producer = "Aula Comune"

// write makes the file of a composed page.
func (s *sheet) write() []byte { return s.file(s.root, s.texts, s.paint()) }

// file makes a file of painted pages and the tree of what is on them.
func (d *Drawer) file(document *element, t texts, painted ...*painter) []byte {
	f := newFile()
	catalog, pages := f.reserve(), f.reserve()
	tree := &structure{file: f, numbers: map[*element]int{}}
	for _, p := range painted {
		tree.pages = append(tree.pages, f.reserve())
		tree.parents = append(tree.parents, make([]ref, len(p.shown)))
		for n, e := range p.shown {
			tree.numbers[e] = n
		}
	}
	var contents []ref
	for _, p := range painted {
		contents = append(contents, f.stream(pack([]byte(p.String())), "/Filter /FlateDecode"))
	}
	regular, bold := d.regular.write(f), d.bold.write(f)
	tree.write(document)
	for i, page := range tree.pages {
		f.put(page, "<</Type /Page /Parent %s /MediaBox [0 0 %s %s] /Resources <</Font <</%s %s /%s %s>>>> /Contents %s"+
			" /StructParents %d /Tabs /S%s>>", pages, number(pageWidth), number(pageHeight), d.regular.key, regular, d.bold.key, bold,
			contents[i], i, tree.annots(i))
	}
	f.put(pages, "<</Type /Pages /Kids %s /Count %d>>", refs(tree.pages), len(tree.pages))
	profile := f.stream(d.profile, "/N 3 /Filter /FlateDecode")
	metadata := f.stream([]byte(xmp(t)), "/Type /Metadata /Subtype /XML")
	f.put(catalog, "<</Type /Catalog /Version /1.7 /Pages %s /Lang (%s) /MarkInfo <</Marked true>> /StructTreeRoot %s"+
		" /ViewerPreferences <</DisplayDocTitle true>> /Metadata %s /OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1"+
		" /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile %s>>]>>",
		pages, t.words.tag, tree.root, metadata, profile)
	moment := literal(t.moment.Format("D:20060102150405Z"))
	// the last entry is not asked for by PDF/A-2, but there some readers look for the claim
	info := f.add("<</Title %s /Author %s /Producer (%s) /CreationDate %s /ModDate %s /GTS_PDFA1Version (PDF/A-2a:2011)>>",
		text(title(t)), text(t.Issuer), producer, moment, moment)
	return f.finish(catalog, info)
}

// title names the document: what it is, whose, for what.
func title(t texts) string { return joined(" – ", t.Title, t.Person, t.Course) }

// structure writes the tree that says what each marked sequence is and in which order all are read.
type structure struct {
	file    *file
	pages   []ref
	root    ref
	numbers map[*element]int // of the marked sequences on their page
	parents [][]ref          // the elements of the marked sequences, by page and number
	linked  []ref            // the elements that are links
	links   []link           // and their annotations
}

// link is the annotation of a link on its page.
type link struct {
	page int
	at   ref
}

// write puts the tree, the links, and the table that leads from the marked sequences and the links back to the tree.
func (t *structure) write(document *element) {
	t.root = t.file.reserve()
	top := t.element(document, t.root)
	var table []string
	for i, parents := range t.parents {
		table = append(table, fmt.Sprintf("%d %s", i, refs(parents)))
	}
	for i, r := range t.linked {
		table = append(table, fmt.Sprintf("%d %s", len(t.pages)+i, r))
	}
	nums := t.file.add("<</Nums [%s]>>", strings.Join(table, " "))
	t.file.put(t.root, "<</Type /StructTreeRoot /K [%s] /ParentTree %s /ParentTreeNextKey %d>>", top, nums, len(t.pages)+len(t.linked))
}

// element puts an element and all below it.
func (t *structure) element(e *element, parent ref) ref {
	r := t.file.reserve()
	var kids []string
	for _, kid := range e.kids {
		kids = append(kids, t.element(kid, r).String())
	}
	if n, ok := t.numbers[e]; ok {
		t.parents[e.page][n] = r
		kids = append(kids, fmt.Sprint(n))
	}
	if e.link != "" {
		t.linked = append(t.linked, r)
		kids = append(kids, fmt.Sprintf("<</Type /OBJR /Obj %s /Pg %s>>", t.annotation(e, len(t.pages)+len(t.linked)-1), t.pages[e.page]))
	}
	t.file.put(r, "<</Type /StructElem /S /%s /P %s /Pg %s /K [%s]%s>>", e.tag, parent, t.pages[e.page], strings.Join(kids, " "), extras(e))
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
	t.links = append(t.links, link{e.page, a})
	return a
}

// annots is the entry of a page for its links.
func (t *structure) annots(page int) string {
	var own []ref
	for _, l := range t.links {
		if l.page == page {
			own = append(own, l.at)
		}
	}
	if len(own) == 0 {
		return ""
	}
	return " /Annots " + refs(own)
}
