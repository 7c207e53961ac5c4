package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
)

// rows yields the rows of the sheet as a stream.
func (w *workbook) rows(l Limits) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r, err := w.archive.open(w.sheet)
		if err != nil {
			yield(Row{}, broken(0, err))
			return
		}
		defer r.file.Close()
		line := 0
		for {
			row, err := w.next(r, line, l)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Row{}, broken(line+1, err))
				return
			}
			if line = row.Line; !yield(row, nil) {
				return
			}
		}
	}
}

// next reads the row behind a line.
func (w *workbook) next(d *part, line int, l Limits) (Row, error) {
	for {
		t, err := d.step()
		if err != nil {
			return Row{}, err
		}
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "row" {
			continue
		}
		row := Row{Line: line + 1}
		if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > line {
			row.Line = n
		}
		return w.cells(d, row, l)
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// cells reads up to the end of a row.
func (w *workbook) cells(d *part, row Row, l Limits) (Row, error) {
	for {
		t, err := d.step()
		if err != nil {
			return row, unfinished(err)
		}
		switch t := t.(type) {
		case xml.EndElement:
			if t.Name.Local == "row" {
				return row, nil
			}
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			at, text, err := w.cell(d, t, len(row.Cells))
			switch {
			case err != nil:
				return row, unfinished(err)
			case text == "":
				continue
			case at >= l.Columns:
				return row, wrong(row.Line, "error.sheet.columns", nil)
			case len(text) > l.Cell:
				return row, wrong(row.Line, "error.sheet.cell", nil)
			}
			for len(row.Cells) <= at {
				row.Cells = append(row.Cells, "")
			}
			row.Cells[at] = text
		}
	}
}

// unfinished keeps the end of a file within a row from being taken for its end.
func unfinished(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// cell reads a cell: its column, from 0, and its text.
func (w *workbook) cell(d *part, e xml.StartElement, behind int) (at int, text string, err error) {
	at, known := column(attribute(e, "r"))
	if !known {
		at = behind
	}
	var c struct {
		Value  string `xml:"v"`
		Inline inline `xml:"is"`
	}
	if err := d.DecodeElement(&c, &e); err != nil {
		return at, "", err
	}
	switch attribute(e, "t") {
	case "s":
		i, err := strconv.Atoi(c.Value)
		if err != nil || i < 0 || i >= len(w.texts) {
			return at, "", fmt.Errorf("no text %q", c.Value)
		}
		return at, w.texts[i], nil
	case "inlineStr":
		return at, string(c.Inline), nil
	case "str":
		return at, unescaped(c.Value), nil
	case "b", "e", "d":
		return at, c.Value, nil
	}
	style, _ := strconv.Atoi(attribute(e, "s"))
	return at, w.shown(c.Value, style), nil
}

// inline is a text that stands in its cell.
type inline string

// UnmarshalXML reads the text as it would a shared one.
func (i *inline) UnmarshalXML(d *xml.Decoder, _ xml.StartElement) error {
	s, err := textOf(d)
	*i = inline(s)
	return err
}

// column reads the letters of a cell's place: "C7" is 2.
func column(place string) (at int, ok bool) {
	for i, c := range []byte(place) {
		if c < 'A' || c > 'Z' {
			return at - 1, i > 0
		}
		if at = at*26 + int(c-'A') + 1; at > 1<<14 {
			return at, true
		}
	}
	return 0, false
}
