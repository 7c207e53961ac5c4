package web

import (
	"fmt"
	"html"
	"html/template"
	"strings"
	"time"

	"aulacomune/course"
)

// words speaks one language in templates: texts, dates and durations.
type words struct {
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
	w := words{m, lang, rome}
	return template.FuncMap{
		"t":        w.t,
		"asset":    a.Path,
		"icon":     a.Icon,
		"date":     w.date,
		"moment":   w.moment,
		"day":      w.day,
		"time":     func(at time.Time) string { return at.In(rome).Format("15:04") },
		"duration": w.duration,
		"outof":    w.outOf,
		"clock":    clock,
		"bytes":    w.bytes,
		"under":    under,
		"field":    newField,
		"bar":      newBar,
		"pair":     newPair,
		"spans":    spans,
		"words":    plainWords,
		"next":     func(i int) int { return i + 1 },
	}, nil
}

func (w words) t(key string, args ...any) string { return w.messages.Text(w.lang, key, args...) }

// date is "22 novembre 2026".
func (w words) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(w.place)
	return w.t("date", "Day", t.Day(), "Month", w.t(fmt.Sprintf("month.%d", int(t.Month()))), "Year", t.Year())
}

// moment is "22 novembre 2026, ore 10:30".
func (w words) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.t("moment", "Date", w.date(t), "Time", t.In(w.place).Format("15:04"))
}

// day is what the datetime attribute wants: "2026-11-22".
func (w words) day(t time.Time) string { return t.In(w.place).Format(time.DateOnly) }

// duration is "1 ora e 20 minuti".
func (w words) duration(minutes int) string {
	h, m := minutes/60, minutes%60
	switch {
	case h == 0:
		return w.t("duration.minutes", "Count", m)
	case m == 0:
		return w.t("duration.hours", "Count", h)
	}
	return w.t("duration.both", "Hours", w.t("duration.hours", "Count", h), "Minutes", w.t("duration.minutes", "Count", m))
}

// outOf is "5 minuti su 6", "50 minuti su 4 ore"; only the duration when nothing is missing.
func (w words) outOf(done, all int) string {
	switch {
	case done == all:
		return w.duration(all)
	case done < 60 && all < 60:
		return w.t("duration.of", "Done", w.duration(done), "All", all)
	case done%60 == 0 && all%60 == 0 && done > 0:
		return w.t("duration.of", "Done", w.duration(done), "All", all/60)
	}
	return w.t("duration.of", "Done", w.duration(done), "All", w.duration(all))
}

// planned is outOf with the word that agrees: "5 minuti su 6 previsti", "50 minuti su 1 ora prevista".
func (w words) planned(done, all int) string {
	switch {
	case done == all:
		return w.duration(all)
	case all < 60:
		return w.t("planned.minutes", "What", w.outOf(done, all), "Count", all)
	case all%60 == 0:
		return w.t("planned.hours", "What", w.outOf(done, all), "Count", all/60)
	}
	return w.t("planned.minutes", "What", w.outOf(done, all), "Count", all)
}

// bytes is "3,2 MB", "48 KB", "2 GB".
func (w words) bytes(n int64) string {
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

// plainWords are the words of a piece of HTML, for an option, which can hold nothing else.
func plainWords(h template.HTML) string {
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
