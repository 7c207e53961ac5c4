package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Excelize reads a workbook's cells either as they are stored or as they are shown; neither says that a number is a day. So what is needed of the
// format (ECMA-376, part 1, 18) is read here, as a stream: only the shared texts are kept.

// archive is an XLSX as a zip file that is never unpacked beyond a bound.
type archive struct {
	*zip.Reader
	left  int64 // bytes that may still be unpacked
	parts map[string]*zip.File
}

// maxParts is how many files a workbook may consist of.
const maxParts = 4096

// errBomb says that more was unpacked than is allowed.
var errBomb = errors.New("unpacks to more than is allowed")

func openArchive(file []byte, most int64) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxParts {
		return nil, errBomb
	}
	a := &archive{Reader: z, left: most, parts: map[string]*zip.File{}}
	for _, f := range z.File {
		a.parts[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	return a, nil
}

// part is a part of a workbook being read.
type part struct {
	*xml.Decoder
	file  io.ReadCloser
	of    *archive
	since int // bytes unpacked since the last step
}

// maxStep is how many bytes one cell, or one small part as a whole, may take: what the decoder holds in memory is no more than that.
const maxStep = 8 << 20

// open opens a part for reading; errBomb comes when it holds more than may still be unpacked, whatever its header says.
func (a *archive) open(name string) (*part, error) {
	f := a.parts[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("no part %q", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	p := &part{file: r, of: a}
	p.Decoder = xml.NewDecoder(p)
	return p, nil
}

// Read counts what is unpacked.
func (p *part) Read(to []byte) (int, error) {
	n, err := p.file.Read(to)
	p.of.left, p.since = p.of.left-int64(n), p.since+n
	if p.of.left < 0 || p.since > maxStep {
		return 0, errBomb
	}
	return n, err
}

// step is the next token, from which on what is unpacked counts anew.
func (p *part) step() (xml.Token, error) {
	p.since = 0
	return p.Token()
}

// decode reads a small part into a value.
func (a *archive) decode(name string, to any) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer r.file.Close()
	return r.Decode(to)
}

// workbook is what is known of an XLSX before its rows are read.
type workbook struct {
	archive  *archive
	sheet    string // name of the part
	texts    []string
	formats  []format // by style
	date1904 bool
}

// readXLSX opens the first visible sheet.
func readXLSX(file []byte, l Limits) (iter.Seq2[Row, error], error) {
	a, err := openArchive(file, l.Unpacked)
	if err == nil && a.parts["mimetype"] != nil {
		return nil, wrong(0, "error.sheet.ods", nil)
	}
	w := &workbook{archive: a}
	if err == nil {
		err = w.open()
	}
	if err != nil {
		return nil, broken(0, err)
	}
	return l.bounded(w.rows(l)), nil
}

// broken says of what could not be read why.
func broken(line int, err error) error {
	if _, said := errors.AsType[*Error](err); said {
		return err
	}
	if errors.Is(err, errBomb) {
		return wrong(line, "error.sheet.large", err)
	}
	return wrong(line, "error.sheet.broken", err)
}

type relations struct {
	Each []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

// of finds the part that a relation leads to, by id or by the end of its type, seen from a folder.
func (r relations) of(folder, id, kind string) string {
	for _, e := range r.Each {
		if id != "" && e.ID == id || kind != "" && strings.HasSuffix(e.Type, kind) {
			if strings.HasPrefix(e.Target, "/") {
				return e.Target[1:]
			}
			return path.Join(folder, e.Target)
		}
	}
	return ""
}

func (w *workbook) open() error {
	var top, inner relations
	if err := w.archive.decode("_rels/.rels", &top); err != nil {
		return err
	}
	main := top.of("", "", "/officeDocument")
	folder := path.Dir(main)
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			Loose string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"` // in "strict" workbooks
		} `xml:"sheets>sheet"`
	}
	if err := w.archive.decode(main, &book); err != nil {
		return err
	}
	if err := w.archive.decode(path.Join(folder, "_rels", path.Base(main)+".rels"), &inner); err != nil {
		return err
	}
	w.date1904, _ = strconv.ParseBool(book.Properties.Date1904)
	for _, s := range book.Sheets {
		if s.State == "" || s.State == "visible" {
			w.sheet = inner.of(folder, s.ID+s.Loose, "")
			break
		}
	}
	if w.archive.parts[strings.ToLower(w.sheet)] == nil {
		return errors.New("no sheet to be seen")
	}
	if err := w.readTexts(inner.of(folder, "", "/sharedStrings")); err != nil {
		return err
	}
	return w.readStyles(inner.of(folder, "", "/styles"))
}

// readTexts reads the texts that cells share.
func (w *workbook) readTexts(name string) error {
	if name == "" || w.archive.parts[strings.ToLower(name)] == nil {
		return nil
	}
	r, err := w.archive.open(name)
	if err != nil {
		return err
	}
	defer r.file.Close()
	for {
		t, err := r.step()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "si" {
			text, err := textOf(r.Decoder)
			if err != nil {
				return err
			}
			w.texts = append(w.texts, text)
		}
	}
}

// textOf reads the texts within an element up to its end, without how the words are spoken.
func textOf(d *xml.Decoder) (string, error) {
	var b strings.Builder
	inText := false
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPh" {
				if err := d.Skip(); err != nil {
					return "", err
				}
				continue
			}
			depth, inText = depth+1, t.Name.Local == "t"
		case xml.EndElement:
			depth, inText = depth-1, false
		case xml.CharData:
			if inText {
				b.Write(t)
			}
		}
	}
	return unescaped(b.String()), nil
}

// escapes are characters that XML cannot hold, or not well: _x000D_ (ECMA-376, part 1, 22.9.2.19).
var escapes = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`_x[0-9a-fA-F]{4}_`) })

// unescaped is a text with its escapes resolved; control characters that no text has are left out.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escapes().ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 16) // four hexadecimal digits are a number
		if n < ' ' && n != '\t' && n != '\n' && n != '\r' {
			return ""
		}
		return string(rune(n))
	})
}
