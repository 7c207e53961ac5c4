package web

import (
	"aulacomune/lms/web/front"
	"html/template"
)

// Guide is what authors can look up: how things are written, in Italian, and the rules that texts are judged by, by language.
type Guide struct {
	Constructs []Construct
	Rules      map[string][]Rule
}

// Construct is something an author can write.
type Construct struct {
	Name, Purpose, Source string
	HTML                  template.HTML // what it becomes; "" where that cannot be shown alone
}

// Rule is something that texts are judged by.
type Rule struct {
	ID, Severity, WCAG string // severity error | warning; the success criterion, "" without one
	Message, Why, Hint string
	Bad, Good          string
}

// GuidePage is guide.html: how a course is written.
type GuidePage struct {
	front.Frame
	Constructs []Construct
}

// RulesPage is rules.html: every rule.
type RulesPage struct {
	front.Frame
	Rules []Rule
}

func showGuide(r *request) error {
	p := &GuidePage{Constructs: r.pages.o.Guide.Constructs}
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("guide.title"), Href: ""})
	p.ContentLang = r.ContentLang("it")
	return r.Show("guide", r.T("guide.title"), p)
}

func showRules(r *request) error {
	p := &RulesPage{Rules: r.pages.o.Guide.Rules[r.Lang]}
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("guide.title"), Href: "/guida"}, front.Crumb{Label: r.T("rules.title"), Href: ""})
	return r.Show("rules", r.T("rules.title"), p)
}
