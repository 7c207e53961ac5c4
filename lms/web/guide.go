package web

import "html/template"

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
	Frame
	Constructs []Construct
}

// RulesPage is rules.html: every rule.
type RulesPage struct {
	Frame
	Rules []Rule
}

func showGuide(r *request) error {
	p := &GuidePage{Constructs: r.site.o.Guide.Constructs}
	p.Crumbs = r.crumbs(Crumb{r.t("guide.title"), ""})
	p.ContentLang = r.contentLang("it")
	return r.show("guide", r.t("guide.title"), p)
}

func showRules(r *request) error {
	p := &RulesPage{Rules: r.site.o.Guide.Rules[r.lang]}
	p.Crumbs = r.crumbs(Crumb{r.t("guide.title"), "/guida"}, Crumb{r.t("rules.title"), ""})
	return r.show("rules", r.t("rules.title"), p)
}
