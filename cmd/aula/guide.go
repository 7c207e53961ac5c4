package main

import (
	"html/template"

	"aulacomune/content"
	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
	"aulacomune/lms/web"
	"aulacomune/lms/web/front"
)

// sayFinding says a finding in a reader's language.
func sayFinding(lang string, f course.Finding) course.Finding { return lint.In(f, lang) }

// guide is what the pages tell authors: the dialect and the rules, as the compiler has them.
func guide() web.Guide {
	g := web.Guide{Rules: map[string][]web.Rule{}}
	for _, c := range markup.Guide() {
		made := web.Construct{Name: c.Name, Purpose: c.Purpose, Source: c.Source}
		if html, err := content.Text("guida", []byte(c.Source), "it"); err == nil && !c.Whole() { // what needs a course around it is shown by its source alone
			made.HTML = template.HTML(html) //nolint:gosec // content's output is safe
		}
		g.Constructs = append(g.Constructs, made)
	}
	for _, lang := range front.Langs() {
		for _, r := range lint.All() {
			w := r.In(lang)
			g.Rules[lang] = append(g.Rules[lang], web.Rule{ID: r.ID, Severity: string(r.Severity), WCAG: r.WCAG, Message: w.Message, Why: w.Why, Hint: w.Hint, Bad: r.Bad, Good: r.Good})
		}
	}
	return g
}
