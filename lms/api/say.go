package api

import (
	"strings"
	"time"

	"aulacomune/course"
)

// sentence says phrases one after the other.
func (a *API) sentence(lang string, phrases []course.Phrase) string {
	var out []string
	for _, p := range phrases {
		out = append(out, a.Say(lang, p.Key, p.Args...))
	}
	return strings.Join(out, "; ")
}

// moment is a time in RFC 3339, UTC; "" for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
