package webinar

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"aulacomune/lms"
)

// Input is a webinar as it is typed: the terms, with hours on the clocks of Italy.
type Input struct {
	Terms
	Starts, Ends, Closes Moment
}

// InputOf is what somebody typed to get these terms.
func InputOf(t Terms, rome *time.Location) Input {
	return Input{Terms: t, Starts: MomentOf(t.Starts, rome), Ends: MomentOf(t.Ends, rome), Closes: MomentOf(t.Closes, rome)}
}

// What one webinar may hold.
const (
	maxTitle    = 200
	maxText     = 10_000
	maxLine     = 300
	maxLink     = 2_000
	maxSpeakers = 30
	maxMaterial = 50
	maxAsked    = 20
	maxChoices  = 30
	longest     = 12 * time.Hour

	usualThreshold = 75
)

// faults collects what is wrong, by field: the first of each.
type faults map[string]string

func (f faults) add(field, message string) {
	if message != "" && f[field] == "" {
		f[field] = message
	}
}

// text tidies a text and says what is wrong with it.
func (f faults) text(field string, s *string, most int, needed bool) {
	lines := most > maxLine
	*s = strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(*s, ""), "\r\n", "\n"))
	if !lines {
		*s = strings.Join(strings.Fields(*s), " ")
	}
	switch {
	case *s == "" && needed:
		f.add(field, "error.required")
	case len(*s) > most:
		f.add(field, "error.long")
	case strings.ContainsFunc(*s, func(r rune) bool { return unicode.IsControl(r) && (!lines || r != '\n' && r != '\t') }):
		f.add(field, "error.invalid")
	}
}

func (f faults) err() error {
	if len(f) == 0 {
		return nil
	}
	return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: f}
}

// terms are what was typed, tidied, with all that is wrong with it by itself.
func (in Input) terms(rome *time.Location) (Terms, faults) {
	f, t := faults{}, in.Terms
	for _, m := range []struct {
		field string
		typed Moment
		at    *time.Time
	}{{"starts", in.Starts, &t.Starts}, {"ends", in.Ends, &t.Ends}, {"closes", in.Closes, &t.Closes}} {
		at, wrong := m.typed.At(rome)
		*m.at = at
		f.add(m.field, wrong)
		if at.IsZero() && m.field != "closes" {
			f.add(m.field, "error.required")
		}
	}
	t.hours(f)
	f.text("title", &t.Title, maxTitle, true)
	f.text("abstract", &t.Abstract, maxText, false)
	f.text("series", &t.Series, maxTitle, false)
	f.text("area", &t.Area, 64, false)
	if t.Number < 0 || t.Number > 1000 {
		f.add("number", "error.invalid")
	}
	if t.Link = strings.TrimSpace(t.Link); t.Link != "" {
		f.add("link", meetingLink(t.Link))
	}
	if t.Threshold == 0 {
		t.Threshold = usualThreshold
	}
	if t.Threshold < 1 || t.Threshold > 100 {
		f.add("threshold", "error.webinar.threshold")
	}
	t.people(f)
	t.questions(f)
	t.Survey.tidy(f)
	return t, f
}

func (t Terms) hours(f faults) {
	if t.Starts.IsZero() || t.Ends.IsZero() {
		return
	}
	switch long := t.Ends.Sub(t.Starts); {
	case long <= 0:
		f.add("ends", "error.webinar.order")
	case long > longest:
		f.add("ends", "error.webinar.long")
	}
	if t.Closes.After(t.Ends) {
		f.add("closes", "error.webinar.closes")
	}
}

// people tidies speakers and material.
func (t *Terms) people(f faults) {
	t.Speakers, t.Material = slices.Clone(t.Speakers), slices.Clone(t.Material)
	if len(t.Speakers) > maxSpeakers {
		f.add("speakers", "error.long")
	}
	for i := range t.Speakers {
		s, field := &t.Speakers[i], fmt.Sprintf("speakers[%d]", i)
		f.text(field+".name", &s.Name, maxTitle, true)
		f.text(field+".as", &s.As, maxTitle, false)
		f.text(field+".bio", &s.Bio, 2000, false)
	}
	if len(t.Material) > maxMaterial {
		f.add("material", "error.long")
	}
	for i := range t.Material {
		m, field := &t.Material[i], fmt.Sprintf("material[%d]", i)
		f.text(field+".title", &m.Title, maxTitle, true)
		m.Link = strings.TrimSpace(m.Link)
		f.add(field+".link", meetingLink(m.Link))
	}
}

// questions tidies the questions of the registration, and names them.
func (t *Terms) questions(f faults) {
	t.Questions = slices.Clone(t.Questions)
	if len(t.Questions) > maxAsked {
		f.add("questions", "error.long")
	}
	known := map[string]bool{}
	for i := range t.Questions {
		q, field := &t.Questions[i], fmt.Sprintf("questions[%d]", i)
		f.text(field+".text", &q.Text, maxLine, true)
		q.Choices = slices.Clone(q.Choices)
		if len(q.Choices) > maxChoices || len(q.Choices) == 1 {
			f.add(field+".choices", "error.webinar.choices")
		}
		for j := range q.Choices {
			f.text(field+".choices", &q.Choices[j], maxTitle, true)
		}
		if q.ID == "" || known[q.ID] || len(q.ID) > 20 {
			q.ID = freeID(t.Questions)
		}
		known[q.ID] = true
	}
}

// freeID is the first name that no question has.
func freeID(asked []Question) string {
	for n := 1; ; n++ {
		id := fmt.Sprintf("q%d", n)
		if !slices.ContainsFunc(asked, func(q Question) bool { return q.ID == id }) {
			return id
		}
	}
}

// answers keeps what was answered to the questions asked, and says what is missing or is none of the choices.
func (t Terms) answers(given map[string]string) (map[string]string, error) {
	f, out := faults{}, map[string]string{}
	for _, q := range t.Questions {
		a, field := given[q.ID], "answers."+q.ID
		f.text(field, &a, maxText/5, q.Required)
		if a != "" && len(q.Choices) > 0 && !slices.Contains(q.Choices, a) {
			f.add(field, "error.invalid")
		}
		if a != "" {
			out[q.ID] = a
		}
	}
	return out, f.err()
}

// meetingLink says what is wrong with an address that people are sent to: it is https, names another machine than this one or one beside it, and holds no
// user's name or password.
func meetingLink(s string) string {
	u, err := url.Parse(s)
	switch {
	case len(s) > maxLink:
		return "error.long"
	case err != nil || u.Scheme == "" || u.Host == "" || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"<>\^{|}`+"`", r) }):
		return "error.webinar.link"
	case u.Scheme != "https":
		return "error.webinar.link.https"
	case u.User != nil:
		return "error.webinar.link.user"
	case !elsewhere(u.Hostname()):
		return "error.webinar.link.here"
	}
	return ""
}

// elsewhere says whether a host can be one on the internet.
func elsewhere(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if a, err := netip.ParseAddr(host); err == nil {
		a = a.Unmap()
		return a.IsGlobalUnicast() && !a.IsPrivate()
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	digits := last != "" && strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") // 127.1 and 0x7f.1 are addresses to browsers
	return strings.Contains(host, ".") && !digits && !slices.Contains([]string{"localhost", "local", "internal", "localdomain", "home", "lan"}, last)
}

// slugOf makes the address of a webinar of its title and day: "lavoro-agile-2026-03-04".
func slugOf(title string, day string) string {
	var b strings.Builder
	for _, r := range lms.Fold(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s + "-" + day
	}
	return "webinar-" + day
}
