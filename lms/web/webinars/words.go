package webinars

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

func href(slug string) string { return "/webinar/" + slug }

// when puts in words when a webinar takes place, on the clocks of Italy.
func when(r *front.Request, t webinar.Terms) When {
	from, to := r.InRome(t.Starts), r.InRome(t.Ends)
	text := r.T("webinar.when", "Day", r.T(fmt.Sprintf("weekday.%d", from.Weekday())), "Date", r.Words().Date(from), "From", from.Format("15:04"), "To", to.Format("15:04"))
	return When{text, t.Starts.UTC().Format(time.RFC3339), t.Ends.UTC().Format(time.RFC3339)}
}

// series is the place of a webinar in its series, in words.
func series(r *front.Request, t webinar.Terms) string {
	if t.Series != "" && t.Number > 0 {
		return r.T("webinar.series.number", "Series", t.Series, "Number", t.Number)
	}
	return t.Series
}

func card(r *front.Request, w webinar.Listed) Card {
	var names []string
	for _, s := range w.Terms.Speakers {
		names = append(names, s.Name)
	}
	return Card{
		Href: href(w.Slug), Title: w.Terms.Title, Series: series(r, w.Terms), Owner: w.Owner, Speakers: strings.Join(names, ", "), When: when(r, w.Terms),
		Now: string(w.Now),
	}
}

// cardOf is the card of a webinar that is not from a list.
func cardOf(r *front.Request, w webinar.Webinar) (Card, error) {
	o, err := r.School().Organisations.Find(r.Ctx(), w.Organisation)
	if lms.Is(err, lms.NotFound) {
		err = nil
	}
	return card(r, webinar.Listed{Slug: w.Slug, Terms: w.Terms, Owner: o.Name, Now: w.State()}), err
}

// place says where somebody is in a webinar; "" for nowhere.
func place(r *front.Request, p cohort.Place, position int) string {
	switch {
	case p == "":
		return ""
	case p == cohort.Waiting && position > 0:
		return r.T("cohort.mine.waiting", "Position", position)
	case p.Has():
		return r.T("cohort.mine.seated")
	}
	return r.T("webinar.place." + string(p))
}

// seats says how many seats are left.
func seats(r *front.Request, v webinar.Seen) string {
	switch left := v.Capacity - v.Seated; {
	case v.Capacity == 0:
		return r.T("webinar.seats.free", "Count", v.Seated)
	case left > 0 && v.Waiting == 0:
		return r.T("webinar.seats.left", "Count", left, "Of", v.Capacity)
	case v.Waiting > 0:
		return r.T("webinar.seats.waiting", "Count", v.Waiting, "Of", v.Capacity)
	}
	return r.T("webinar.seats.none", "Of", v.Capacity)
}

// ways are the ways to get in, in words.
func ways(r *front.Request, t webinar.Terms) []string {
	var out []string
	for _, w := range t.Ways {
		out = append(out, r.T("webinar.way."+string(w)))
	}
	return out
}

// key is the message of an error, "" where it has none.
func key(err error) string {
	if e, ok := errors.AsType[*lms.Error](err); ok {
		return e.Message
	}
	return ""
}

// words says why something cannot be done, as a part of a page that is well.
func words(r *front.Request, err error) string {
	if k := key(err); r.Has(k) {
		return r.T(k)
	}
	return r.T("error.role")
}

// capital begins a word as a title.
func capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

// paragraphs are the lines of a plain text.
func paragraphs(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return c == '\n' })
}

// short is the beginning of a text on one line, for who passes a link on.
func short(text string) string { return cut(strings.Join(strings.Fields(text), " "), 200) }

// cut is the beginning of a text, to the end of a word.
func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		text = string(r[:most])
		if i := strings.LastIndexAny(text, " \n"); i > 0 {
			text = text[:i]
		}
		return text + "…"
	}
	return text
}

func material(t webinar.Terms) []front.Crumb {
	var out []front.Crumb
	for _, m := range t.Material {
		out = append(out, front.Crumb{Label: m.Title, Href: m.Link})
	}
	return out
}

func speakers(w webinar.Webinar) []SpeakerView {
	var out []SpeakerView
	for _, s := range w.Terms.Speakers {
		v := SpeakerView{Name: s.Name, As: s.As, Bio: paragraphs(s.Bio)}
		if s.Photo != "" {
			v.Photo = href(w.Slug) + "/foto/" + s.Photo
		}
		out = append(out, v)
	}
	return out
}
