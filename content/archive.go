package content

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// ArchiveError says why a zip of texts is refused, and for which entry.
type ArchiveError struct {
	Entry  string // empty when it is the archive itself
	Reason string // in Italian
}

// Error implements error.
func (e *ArchiveError) Error() string {
	if e.Entry == "" {
		return "archivio: " + e.Reason
	}
	return e.Entry + ": " + e.Reason
}

// ReadTexts reads a zip of texts that came from elsewhere and trusts nothing in it: no path out of the folder, no links,
// no two entries under one name, no more and no larger texts than a folder may hold. What it refuses is an *ArchiveError.
func ReadTexts(r io.ReaderAt, size int64) (map[string][]byte, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &ArchiveError{Reason: "non è un file ZIP leggibile"}
	}
	if len(archive.File) > 2*MostTexts {
		return nil, &ArchiveError{Reason: fmt.Sprintf("contiene più di %d file", MostTexts)}
	}
	texts, folded, total := map[string][]byte{}, map[string]bool{}, 0
	for _, entry := range archive.File {
		if entry.Mode().IsDir() && goodPath(strings.TrimSuffix(entry.Name, "/")) {
			continue
		}
		name := norm.NFC.String(entry.Name)
		if reason := refuse(entry, name, folded); reason != "" {
			return nil, &ArchiveError{Entry: printable(entry.Name), Reason: reason}
		}
		text, err := readEntry(entry)
		if err != nil {
			return nil, err
		}
		texts[name] = text
		if total += len(text); total > MostBytes || len(texts) > MostTexts {
			return nil, &ArchiveError{Entry: name, Reason: fmt.Sprintf("i testi superano %d file o %d MB in tutto", MostTexts, MostBytes>>20)}
		}
	}
	return texts, nil
}

// refuse says why an entry can't be read, by its head alone.
func refuse(entry *zip.File, name string, folded map[string]bool) string {
	fold := strings.ToLower(name)
	switch {
	case !goodPath(name):
		return "il nome esce dalla cartella o non è un percorso valido"
	case entry.Mode()&fs.ModeType != 0:
		return "non è un file vero e proprio"
	case !isText(name) || hidden(name):
		return "non è un testo del corso (.md, .yaml, .vtt, .svg)"
	case folded[fold]:
		return "compare due volte"
	}
	folded[fold] = true
	return ""
}

// readEntry unpacks an entry, whatever size its head claims.
func readEntry(entry *zip.File) ([]byte, error) {
	broken := &ArchiveError{Entry: printable(entry.Name), Reason: "non si riesce a estrarlo"}
	file, err := entry.Open()
	if err != nil {
		return nil, broken
	}
	defer func() { _ = file.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(file, MostTextBytes+1))
	switch {
	case len(text) > MostTextBytes:
		return nil, &ArchiveError{Entry: entry.Name, Reason: fmt.Sprintf("supera %d MB", MostTextBytes>>20)}
	case err != nil:
		return nil, broken
	case !validText(text):
		return nil, &ArchiveError{Entry: entry.Name, Reason: "non è scritto in UTF-8"}
	}
	return text, nil
}

// printable makes a name safe to show.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '�'
		}
		return r
	}, strings.ToValidUTF8(name, "�"))
}

// Zip packs the texts that an edition is made from, in canonical form: the same folder gives the same bytes.
func Zip(f Folder) ([]byte, error) {
	texts := map[string][]byte{}
	made, _ := Compile(f)
	canon := f.Canonical()
	for _, s := range made.Sources {
		if text, ok := canon.Texts[s.Path]; ok {
			texts[s.Path] = text
		}
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range sortedKeys(texts) {
		// Without a time, and stored: what a newer compressor would do must not change the bytes.
		entry, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(texts[name]); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
