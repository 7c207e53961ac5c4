package content

import (
	"archive/zip"
	"errors"
	"io"
	"slices"
	"strings"

	"aulacomune/course"
)

// office is a kind of document that people work on: a zip whose content says which.
type office struct{ extension, mediaType string }

// mainPart is what the list of contents of a document of Microsoft's formats says of its main part.
func (o office) mainPart() string { return o.mediaType + ".main+xml" }

// offices lists the kinds. Those of OpenDocument say their type in a file of their own.
func offices() []office {
	const microsoft, open = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
	return []office{
		{".docx", microsoft + "wordprocessingml.document"}, {".xlsx", microsoft + "spreadsheetml.sheet"}, {".pptx", microsoft + "presentationml.presentation"},
		{".odt", open + "text"}, {".ods", open + "spreadsheet"}, {".odp", open + "presentation"},
	}
}

// officeFormats are the kinds of documents as media.
func officeFormats() []format {
	var list []format
	for _, o := range offices() {
		list = append(list, format{[]string{o.extension}, o.mediaType, begins("PK\x03\x04"), o.check})
	}
	return list
}

// The most that a document may be, and that is read to know it.
const (
	mostDocument  = 100 << 20
	mostDirectory = 1 << 20   // of the zip's list of files
	mostContents  = 256 << 10 // of what says which kind it is
)

// check says whether a file is a document of its kind, and refuses one that holds programs.
func (o office) check(r io.ReadSeeker, _ *course.Media) error {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if size > mostDocument { // and a list of as many files
		return refusing("il documento supera 100 MB")
	}
	bounded := &bounded{r: r, left: mostDirectory}
	z, err := zip.NewReader(bounded, size)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(z.File, program) {
		return refusing("contiene macro o programmi: salvalo senza")
	}
	bounded.left = 2 * mostContents
	if strings.Contains(o.mediaType, "opendocument") {
		says, err := contents(z, "mimetype")
		if err != nil || says != o.mediaType {
			return errNotOffice
		}
		return nil
	}
	says, err := contents(z, "[Content_Types].xml")
	if err != nil || !strings.Contains(says, `"`+o.mainPart()+`"`) {
		return errNotOffice
	}
	return nil
}

var errNotOffice = errors.New("not a document of this kind")

// program says that a file in a document could run: macros and controls, by the names that office programs look for.
func program(f *zip.File) bool {
	name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
	return strings.Contains(name, "vbaproject") || strings.Contains(name, "vbadata") || strings.Contains(name, "activex") ||
		strings.Contains(name, "macrosheets/") || strings.HasPrefix(name, "basic/") || strings.HasPrefix(name, "scripts/") || strings.HasPrefix(name, "dialogs/")
}

// contents reads a small file of a zip.
func contents(z *zip.Reader, name string) (string, error) {
	f, err := z.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // it was only read
	b, err := io.ReadAll(io.LimitReader(f, mostContents))
	return string(b), err
}

// bounded reads anywhere in a file, but no more than so many bytes.
type bounded struct {
	r    io.ReadSeeker
	left int
}

var errTooMuch = errors.New("too much to read")

// ReadAt implements io.ReaderAt.
func (b *bounded) ReadAt(p []byte, offset int64) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errTooMuch
	}
	if _, err := b.r.Seek(offset, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(b.r, p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	return n, err
}
