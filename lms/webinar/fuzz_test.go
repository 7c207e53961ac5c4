package webinar

import (
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// Whatever is typed for a moment is a moment of the clocks of Italy, or refused.
func FuzzMoment(f *testing.F) {
	for _, s := range []string{"2026-03-04T10:00", "2026-03-29T02:30", "2026-10-25T02:30", "", "domani", "2026-02-30T10:00", "0000-00-00T00:00"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	place := rome(f)
	f.Fuzz(func(t *testing.T, local string, second bool) {
		at, wrong := Moment{local, second}.At(place)
		if wrong != "" || at.IsZero() {
			return
		}
		if got := at.In(place).Format(momentForm); got != strings.TrimSpace(local) {
			t.Errorf("%q became %q", local, got)
		}
		if back, _ := MomentOf(at, place).At(place); !back.Equal(at) {
			t.Errorf("%q came back as %s", local, back.Format(time.RFC3339))
		}
	})
}

// What passes for a link is https to another machine, without a user, and stays in its attribute and on its line.
func FuzzMeetingLink(f *testing.F) {
	for _, s := range []string{"https://meet.example.org/a?b=c#d", "https://127.0.0.1", "https://a@b.it", "javascript:alert(1)", "https://[::1]/", "https://0x7f.1/", "//x.it"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if meetingLink(s) != "" {
			return
		}
		u, err := url.Parse(s)
		if err != nil || u.Scheme != "https" || u.User != nil || !strings.HasPrefix(strings.ToLower(s), "https:") || strings.ContainsAny(s, " \n\"<>") {
			t.Errorf("%q passes", s)
		}
	})
}

// Whatever a title is, it makes an address of a few plain letters.
func FuzzSlug(f *testing.F) {
	for _, s := range []string{"Lavoro agile nei comuni", "È così: più 50 %!", "", "日本", strings.Repeat("a-", 100), "<script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		got := slugOf(title, "2026-03-04")
		if !utf8.ValidString(got) || len(got) > 80 || strings.Trim(got, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || strings.HasPrefix(got, "-") {
			t.Errorf("%q became %q", title, got)
		}
	})
}
