package sheet

import (
	"bytes"
	"encoding/binary"
	"iter"
	"strings"
	"unicode/utf16"

	"aulacomune/lms"
)

// decode gives the text of a file in whichever encoding spreadsheets write.
func decode(file []byte) (string, error) {
	switch {
	case bytes.HasPrefix(file, []byte("\xff\xfe")):
		return utf16Text(file[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(file, []byte("\xfe\xff")):
		return utf16Text(file[2:], binary.BigEndian), nil
	case bytes.HasPrefix(file, []byte("\xef\xbb\xbf")):
		file = file[3:]
	}
	start := file[:min(len(file), 1024)]
	if zeros := bytes.Count(start, []byte{0}); zeros > len(start)/4 && len(file)%2 == 0 {
		if odd := zerosAt(start, 1); odd > zeros/2 {
			return utf16Text(file, binary.LittleEndian), nil
		}
		return utf16Text(file, binary.BigEndian), nil
	}
	if bytes.IndexByte(file, 0) >= 0 {
		return "", wrong(0, "error.sheet.kind", nil)
	}
	return lms.DecodeText(file), nil
}

// zerosAt counts the zero bytes at even or odd places.
func zerosAt(b []byte, first int) (n int) {
	for i := first; i < len(b); i += 2 {
		if b[i] == 0 {
			n++
		}
	}
	return n
}

func utf16Text(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	return string(utf16.Decode(units))
}

// separator is what parts the cells of a CSV: what a first line "sep=…" names, or of semicolon, tab and comma the one that stands in most of the
// first lines, outside quotes, and in as many the one that stands most often: a title full of commas is one line. rest is the text without the
// line that named it.
func separator(text string) (sep byte, rest string) {
	first, after, _ := strings.Cut(text, "\n")
	if s, ok := strings.CutPrefix(strings.TrimSpace(first), "sep="); ok && len(s) == 1 && strings.Contains(";,|", s) {
		return s[0], after
	}
	counts, in, last := map[byte]int{}, map[byte]int{}, map[byte]int{}
	quoted, line := false, 1
	for i := 0; i < min(len(text), 64<<10) && line < 6; i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case !quoted && c == '\n':
			line++
		case !quoted:
			if counts[c]++; last[c] != line {
				in[c], last[c] = in[c]+1, line
			}
		}
	}
	sep = ';'
	for _, c := range []byte{'\t', ','} {
		if in[c] > in[sep] || in[c] == in[sep] && counts[c] > counts[sep] {
			sep = c
		}
	}
	return sep, text
}

// lines reads a CSV cell by cell. A quote inside a cell that does not begin with one is a quote like any other: open data are full of them.
type lines struct {
	Limits
	text string
	sep  byte
	at   int // in text
	line int // of at, from 1
}

func readCSV(text string, l Limits) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		sep, rest := separator(text)
		r := &lines{Limits: l, text: rest, sep: sep, line: 1 + strings.Count(text[:len(text)-len(rest)], "\n")}
		for r.at < len(r.text) {
			row, err := r.row()
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// row reads one row, and the end of its last line.
func (r *lines) row() (Row, error) {
	row := Row{Line: r.line}
	for {
		cell, err := r.cell()
		if err != nil {
			return Row{}, err
		}
		if row.Cells = append(row.Cells, cell); len(row.Cells) > r.Columns && strings.TrimSpace(cell) != "" {
			return Row{}, wrong(row.Line, "error.sheet.columns", nil)
		}
		row.Cells = row.Cells[:min(len(row.Cells), r.Columns+1)]
		if r.at == len(r.text) {
			return row, nil
		}
		end := r.text[r.at] != r.sep
		r.skip()
		if end {
			return row, nil
		}
	}
}

// skip passes one separator or one end of a line.
func (r *lines) skip() {
	switch c := r.text[r.at]; {
	case c == '\r' && strings.HasPrefix(r.text[r.at:], "\r\n"):
		r.at, r.line = r.at+2, r.line+1
	case c == '\n' || c == '\r':
		r.at, r.line = r.at+1, r.line+1
	default:
		r.at++
	}
}

// cell reads up to the next separator or end of a line outside quotes.
func (r *lines) cell() (string, error) {
	if !strings.HasPrefix(strings.TrimLeft(r.text[r.at:min(len(r.text), r.at+64)], " "), `"`) {
		return r.plain()
	}
	return r.quoted()
}

func (r *lines) plain() (string, error) {
	end := r.at
	for end < len(r.text) && r.text[end] != r.sep && r.text[end] != '\n' && r.text[end] != '\r' {
		end++
	}
	s := r.text[r.at:end]
	r.at = end
	return s, r.short(len(s), r.line)
}

// quoted reads a cell in quotes, in which two of them are one. What follows the closing one belongs to the cell.
func (r *lines) quoted() (string, error) {
	var b strings.Builder
	from := r.line
	r.at = r.at + strings.IndexByte(r.text[r.at:], '"') + 1
	for {
		end := strings.IndexByte(r.text[r.at:], '"')
		if end < 0 {
			return "", wrong(from, "error.sheet.quote", nil)
		}
		part := r.text[r.at : r.at+end]
		b.WriteString(part)
		r.line += ends(part)
		r.at += end + 1
		if err := r.short(b.Len(), from); err != nil {
			return "", err
		}
		if !strings.HasPrefix(r.text[r.at:], `"`) {
			rest, err := r.plain()
			return b.String() + rest, err
		}
		b.WriteByte('"')
		r.at++
	}
}

// ends counts the ends of lines in a text: a carriage return counts where no line feed follows.
func ends(s string) int {
	return strings.Count(s, "\n") + strings.Count(s, "\r") - strings.Count(s, "\r\n")
}

func (r *lines) short(n, line int) error {
	if n > r.Cell {
		return wrong(line, "error.sheet.cell", nil)
	}
	return nil
}
