package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/xuri/excelize/v2"
)

// format is what a number format makes of a number, as far as it matters.
type format struct {
	kind  formatKind
	width int // of digits, with zeros before them
}

type formatKind int

const (
	plainNumber formatKind = iota
	day                    // a date, perhaps with a time
	elapsed                // hours and minutes of a duration
)

// readStyles reads which styles show dates.
func (w *workbook) readStyles(name string) error {
	if name == "" || w.archive.parts[strings.ToLower(name)] == nil {
		return nil
	}
	var s struct {
		Codes []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.archive.decode(name, &s); err != nil && !errors.Is(err, io.EOF) {
		if _, syntax := errors.AsType[*xml.SyntaxError](err); syntax || errors.Is(err, errBomb) {
			return err
		}
	}
	codes := map[int]string{}
	for _, c := range s.Codes {
		codes[c.ID] = c.Code
	}
	for _, c := range s.Cells {
		code, own := codes[c.Format]
		if !own {
			code = builtIn(c.Format)
		}
		w.formats = append(w.formats, formatOf(code))
	}
	return nil
}

// builtIn is the code of the formats that need none in the file (ECMA-376, part 1, 18.8.30), as far as they show dates; those from 27 to 36 and
// from 50 to 58 are dates of East Asian languages.
func builtIn(id int) string {
	switch {
	case id == 46:
		return "[h]:mm:ss"
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id == 45, id == 47, id >= 50 && id <= 58:
		return "yyyy-mm-dd hh:mm"
	}
	return ""
}

// asides are the parts of a format's code that don't say what is shown: texts in quotes, escaped characters, colours, conditions, locales.
var asides = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^hms\]][^\]]*\]`) })

// formatOf reads a format's code.
func formatOf(code string) format {
	code, _, _ = strings.Cut(code, ";") // for positive numbers
	code = strings.ToLower(asides().ReplaceAllString(code, ""))
	switch {
	case strings.Contains(code, "[h"):
		return format{kind: elapsed}
	case strings.Contains(strings.ReplaceAll(code, "general", ""), "y") || strings.Contains(code, "d") || strings.Contains(code, "h") || strings.Contains(code, "m"):
		return format{kind: day}
	case len(code) > 1 && strings.Trim(code, "0") == "":
		return format{width: len(code)}
	}
	return format{}
}

// shown is a number as the sheet means it: a date, a duration, a code with its zeros, or the number.
func (w *workbook) shown(value string, style int) string {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return value
	}
	f := format{}
	if style >= 0 && style < len(w.formats) {
		f = w.formats[style]
	}
	switch {
	case f.kind == elapsed && n >= 0 && n < 1e6:
		m := int(math.Round(n * 24 * 60))
		return fmt.Sprintf("%d:%02d", m/60, m%60)
	case f.kind == day && n >= 0 && n < 2958466: // up to the year 9999
		if t, err := excelize.ExcelDateToTime(n, w.date1904); err == nil {
			return shownTime(t.Round(time.Second), n)
		}
	case f.width > 0 && n >= 0 && n < 1e15 && n == math.Trunc(n):
		return fmt.Sprintf("%0*d", f.width, int64(n))
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// shownTime is a moment: a time of day where the number is less than a day, a date where it is whole, or both; with seconds where there are some.
func shownTime(t time.Time, n float64) string {
	clock := "15:04"
	if t.Second() != 0 {
		clock = time.TimeOnly
	}
	switch {
	case n < 1:
		return t.Format(clock)
	case t.Hour()+t.Minute()+t.Second() == 0:
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateOnly + " " + clock)
}
