package certificate

import (
	"fmt"
	"strings"
)

// producer is the program that the file says it was made by.
const producer = "Aula Comune"

// write makes the file of a composed page.
func (d *Drawer) write(s *sheet, t texts) []byte {
	f := newFile()
	catalog, pages, page := f.reserve(), f.reserve(), f.reserve()
	painted := s.paint()
	content := f.stream(pack([]byte(painted.String())), "/Filter /FlateDecode")
	regular, bold := d.regular.write(f), d.bold.write(f)
	tree := &structure{file: f, page: page, painted: painted, annotations: map[*element]ref{}}
	tree.write(s.root)
	f.put(page, "<</Type /Page /Parent %s /MediaBox [0 0 %s %s] /Resources <</Font <</%s %s /%s %s>>>> /Contents %s"+
		" /StructParents 0 /Tabs /S%s>>", pages, number(pageWidth), number(pageHeight), d.regular.key, regular, d.bold.key, bold,
		content, tree.annots())
	f.put(pages, "<</Type /Pages /Kids [%s] /Count 1>>", page)
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
	file        *file
	page        ref
	painted     *painter
	root        ref
	annotations map[*element]ref // of the elements that are links
	links       []ref
}

// write puts the tree, the links, and the table that leads from the marked sequences back to the tree.
func (t *structure) write(document *element) {
	f := t.file
	t.root = f.reserve()
	numbers := map[*element]int{}
	for i, e := range t.painted.shown {
		numbers[e] = i
	}
	parents := make([]ref, len(t.painted.shown))
	var linked []ref
	var put func(e *element, parent ref) ref
	put = func(e *element, parent ref) ref {
		r := f.reserve()
		var kids []string
		for _, kid := range e.kids {
			kids = append(kids, put(kid, r).String())
		}
		if n, ok := numbers[e]; ok {
			parents[n] = r
			kids = append(kids, fmt.Sprint(n))
		}
		if e.link != "" {
			linked = append(linked, r)
			a := t.annotation(e, len(linked))
			kids = append(kids, fmt.Sprintf("<</Type /OBJR /Obj %s /Pg %s>>", a, t.page))
		}
		f.put(r, "<</Type /StructElem /S /%s /P %s /Pg %s /K [%s]%s>>", e.tag, parent, t.page, strings.Join(kids, " "), extras(e))
		return r
	}
	top := put(document, t.root)
	var back strings.Builder
	for i, r := range linked {
		fmt.Fprintf(&back, " %d %s", i+1, r)
	}
	table := f.add("<</Nums [0 %s%s]>>", refs(parents), back.String())
	f.put(t.root, "<</Type /StructTreeRoot /K [%s] /ParentTree %s /ParentTreeNextKey %d>>", top, table, len(linked)+1)
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

// annotation puts the part of the page that is a link.
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

func (t *structure) annots() string {
	if len(t.links) == 0 {
		return ""
	}
	return " /Annots " + refs(t.links)
}
