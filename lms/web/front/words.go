package front

import (
	"fmt"
	"html"
	"html/template"
	"strings"
	"time"

	"aulacomune/course"
)

// Words speaks one language in templates: texts, dates and durations.
type Words struct {
	messages *Messages
	lang     string
	place    *time.Location
}

// Funcs are what templates may call. There is one set per language, so that a text known when the page is written need not be looked up by request.
func Funcs(a *AssetSet, m *Messages, lang string) (template.FuncMap, error) {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return nil, fmt.Errorf("the time zone of Italy: %w", err)
	}
	w := Words{m, lang, rome}
	return template.FuncMap{
		"t":        w.T,
		"asset":    a.Path,
		"icon":     a.Icon,
		"date":     w.Date,
		"moment":   w.Moment,
		"day":      w.Day,
		"time":     func(at time.Time) string { return at.In(rome).Format("15:04") },
		"duration": w.Duration,
		"outof":    w.OutOf,
		"clock":    clock,
		"bytes":    w.Bytes,
		"under":    under,
		"field":    newField,
		"bar":      newBar,
		"pair":     newPair,
		"spans":    spans,
		"words":    PlainWords,
		"next":     func(i int) int { return i + 1 },
	}, nil
}

// T is a text.
func (w Words) T(key string, args ...any) string { return w.messages.Text(w.lang, key, args...) }

// Has says whether there is a text of this name.
func (w Words) Has(key string) bool { return w.messages.Has(w.lang, key) }

// Date is "22 novembre 2026".
func (w Words) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(w.place)
	return w.T("date", "Day", t.Day(), "Month", w.T(fmt.Sprintf("month.%d", int(t.Month()))), "Year", t.Year())
}

// Moment is "22 novembre 2026, ore 10:30".
func (w Words) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.T("moment", "Date", w.Date(t), "Time", t.In(w.place).Format("15:04"))
}

// Day is what the datetime attribute wants: "2026-11-22".
func (w Words) Day(t time.Time) string { return t.In(w.place).Format(time.DateOnly) }

// Day is a field of a day as a service wants it: browsers send 2026-03-31, people without their help write 31/3/2026. What is no day stays as it is, and is refused.
func Day(text string) string {
	t, err := time.Parse("2/1/2006", strings.TrimSpace(text))
	if err != nil {
		return text
	}
	return t.Format(time.DateOnly)
}

// Duration is "1 ora e 20 minuti".
func (w Words) Duration(minutes int) string {
	h, m := minutes/60, minutes%60
	switch {
	case h == 0:
		return w.T("duration.minutes", "Count", m)
	case m == 0:
		return w.T("duration.hours", "Count", h)
	}
	return w.T("duration.both", "Hours", w.T("duration.hours", "Count", h), "Minutes", w.T("duration.minutes", "Count", m))
}

// OutOf is "5 minuti su 6", "50 minuti su 4 ore"; only the duration when nothing is missing.
func (w Words) OutOf(done, all int) string {
	switch {
	case done == all:
		return w.Duration(all)
	case done < 60 && all < 60:
		return w.T("duration.of", "Done", w.Duration(done), "All", all)
	case done%60 == 0 && all%60 == 0 && done > 0:
		return w.T("duration.of", "Done", w.Duration(done), "All", all/60)
	}
	return w.T("duration.of", "Done", w.Duration(done), "All", w.Duration(all))
}

// Planned is outOf with the word that agrees: "5 minuti su 6 previsti", "50 minuti su 1 ora prevista".
func (w Words) Planned(done, all int) string {
	switch {
	case done == all:
		return w.Duration(all)
	case all < 60:
		return w.T("planned.minutes", "What", w.OutOf(done, all), "Count", all)
	case all%60 == 0:
		return w.T("planned.hours", "What", w.OutOf(done, all), "Count", all/60)
	}
	return w.T("planned.minutes", "What", w.OutOf(done, all), "Count", all)
}

// Bytes is "3,2 MB", "48 KB", "2 GB".
func (w Words) Bytes(n int64) string {
	if n < 1e6 {
		return fmt.Sprintf("%d KB", (n+999)/1000)
	}
	size, unit := float64(n)/1e6, " MB"
	if n >= 1e9 {
		size, unit = size/1000, " GB"
	}
	s := strings.TrimSuffix(fmt.Sprintf("%.1f", size), ".0")
	if w.lang == "it" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s + unit
}

// clock is a place in a recording: "1:23", "1:02:03".
func clock(seconds float64) string {
	s := int(seconds)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// PlainWords are the words of a piece of HTML, for an option, which can hold nothing else.
func PlainWords(h template.HTML) string {
	var b strings.Builder
	tag := false
	for _, r := range h {
		switch {
		case r == '<':
			tag = true
		case r == '>' && tag:
			tag = false
		case !tag:
			b.WriteRune(r)
		}
	}
	return html.UnescapeString(b.String())
}

// under says whether a page lies at or below an address, for the menu.
func under(address, page string) bool {
	return page == address || strings.HasPrefix(page, address+"/")
}

// span is a stretch of a recording in thousandths of it, for drawing.
type span struct{ X, Width int }

// spans turns coverage into what the strip under a video draws.
func spans(c course.Coverage, seconds float64) []span {
	if seconds <= 0 {
		return nil
	}
	var out []span
	for _, i := range c {
		x, end := int(i[0]/seconds*1000), int(i[1]/seconds*1000+0.999)
		out = append(out, span{X: x, Width: max(1, min(1000, end)-x)})
	}
	return out
}
