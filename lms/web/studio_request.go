package web

import (
	"strconv"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/manuscript"

	"github.com/gofiber/fiber/v2"
)

// figure is a field of the form as a number, 0 where it is none.
func (r *request) figure(field string) int {
	n, err := strconv.Atoi(r.Form(field))
	if err != nil {
		return 0
	}
	return n
}

// wantsJSON says that a script asks.
func (r *request) wantsJSON() bool {
	return strings.Contains(r.C.Get(fiber.HeaderAccept), fiber.MIMEApplicationJSON)
}

// problemAnswer is what a script is told when something is wrong.
type problemAnswer struct {
	Problem string `json:"problem"`
}

// problemJSON tells a script what is wrong with what it sent.
func (r *request) problemJSON(err error) error {
	text, fields, err := r.Problem(err)
	if err != nil {
		return err
	}
	for _, said := range fields { // of one form with one field there is one
		text = said
	}
	return r.C.JSON(problemAnswer{text})
}

// words is a message id as words; what is none is words already.
func (r *request) words(s string) string {
	if r.Has(s) {
		return r.T(s)
	}
	return s
}

// list lists a compiled draft in the reader's language.
func (r *request) list(c studio.Compiled) manuscript.List {
	say := func(f course.Finding) course.Finding { return f }
	if in := r.pages.o.Say; in != nil {
		say = func(f course.Finding) course.Finding { return in(r.Lang, f) }
	}
	return manuscript.NewList(manuscript.Reader{Text: r.T, Finding: say}, c)
}

// nameOf tells how somebody is called who worked on a draft.
func (r *request) nameOf(id lms.PersonID) (string, error) {
	names, err := r.School().People.Names(r.Ctx(), []lms.PersonID{id})
	return names[id], err
}

// sourceWords are the words of a text as it is written, with a line break where a line ends.
func sourceWords(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if out != nil {
			out = append(out, "\n")
		}
		out = append(out, strings.Fields(line)...)
	}
	return out
}

// wordsDiff compares two texts as they are written.
func wordsDiff(before, after string) []WordsView {
	return wordsViews(course.CompareTexts(sourceWords(before), sourceWords(after)))
}
