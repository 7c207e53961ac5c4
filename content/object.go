package content

import (
	"bytes"
	"path"

	"aulacomune/content/lint"
	"aulacomune/content/markup"
	"aulacomune/course"
)

// object is a learning object on its way.
type object struct {
	part
	course.Object
	path    string
	module  int // index
	place   int // index among all objects
	form    fields
	rule    fields          // of complete
	page    *markup.Page    // until it is rendered
	anchors map[string]bool // ids that a fragment may name; nil when the text can't be read
}

// parse reads an object's front matter and text. Links wait until every object is parsed.
func (c *compiler) parse(d *desk, o *object) {
	o.report = &d.report
	defer func() { o.findings = d.report.Take() }()
	file, ok := c.text(&o.part, o.path)
	if !ok {
		return
	}
	head, start, line, ok := split(file.Text)
	if !ok {
		line, what := noHead(file.Text)
		o.report.Add(lint.FrontMatter, file.Line(line), what)
		return
	}
	o.page = markup.Parse(file, start, line, c.course.Lang, o.report)
	o.page.Include(fragments{c, &o.part}, o.report)
	o.anchors = o.page.Anchors
	o.form, ok = readFields(file, head, 1, o.report, "id", "title", "kind", "minutes", "objectives", "complete", "video", "draw", "attempts", "webinar")
	if ok {
		c.head(o, o.form)
	}
}

// head takes what an object's front matter says.
func (c *compiler) head(o *object, f fields) {
	o.ID, o.Title, o.Kind = course.ObjectID(f.needed("id")), f.needed("title"), course.Kind(f.choice("kind", kinds()...))
	if o.Minutes = f.number("minutes", lint.WordNumber, 10_000); o.Minutes == 0 {
		f.need("minutes")
	}
	o.Objectives = f.texts("objectives")
	o.Rule, o.rule = rule(f)
	o.Video = c.video(&o.part, f)
	o.Attempts = f.number("attempts", lint.WordNumber, 100)
	o.Webinar = f.text("webinar")
}

// claimFor takes an object's id for it.
func (c *compiler) claimFor(d *desk, o *object) {
	if o.ID != "" {
		claim(string(o.ID), o.path, o.form.at("id"), c.ids, &d.report)
		o.findings = append(o.findings, d.report.Take()...)
	}
}

// split finds the front matter: head is the YAML, start and line are where the text begins.
func split(text []byte) (head []byte, start, line int, ok bool) {
	const mark = "---"
	at := 0
	for l := range bytes.Lines(text) {
		is := string(bytes.TrimRight(l, " \t\n")) == mark
		switch {
		case line == 0 && !is:
			return nil, 0, 0, false
		case line > 0 && is:
			return text[len(firstLine(text)):at], at + len(l), line + 1, true
		}
		at += len(l)
		line++
	}
	return nil, 0, 0, false
}

// noHead says why there is no front matter, and in which line. Dashes that are too many, too few or too long are where it was meant to end.
func noHead(text []byte) (line int, what string) {
	lines := bytes.Split(text, []byte("\n"))
	if string(bytes.TrimRight(lines[0], " \t")) != "---" {
		return 1, lint.WordNoOpening
	}
	for i, l := range lines[1:] {
		if l = bytes.TrimSpace(l); len(l) > 1 && len(bytes.Trim(l, "-–—_*=")) == 0 {
			return i + 2, lint.WordNoClosing
		}
	}
	return 1, lint.WordNoClosing
}

func firstLine(text []byte) []byte { return text[:bytes.IndexByte(text, '\n')+1] }

func kinds() []string {
	var list []string
	for _, k := range course.Kinds() {
		list = append(list, string(k))
	}
	return list
}

// rule reads what completes an object.
func rule(f fields) (course.Rule, fields) {
	complete, ok := f.sub("complete", "read", "watched", "answered", "attended")
	if !ok {
		if n := f.values["complete"]; n == nil || n.Tag == "!!null" { // another type has been reported
			f.report.Add(lint.MissingRule, f.at("complete"))
		}
		return course.Rule{}, f
	}
	r := course.Rule{
		Read:     complete.yes("read"),
		Watched:  complete.number("watched", lint.WordPercent, 100),
		Answered: complete.number("answered", lint.WordPercent, 100),
		Attended: complete.yes("attended"),
	}
	if r == (course.Rule{}) && complete.values["watched"] == nil && complete.values["answered"] == nil {
		f.report.Add(lint.MissingRule, f.at("complete"))
	}
	return r, complete
}

// render settles the links of an object, writes its HTML and judges it.
func (c *compiler) render(d *desk, o *object) {
	if o.page == nil {
		return
	}
	o.report, o.form.report = &d.report, &d.report
	o.page.Resolve(resolver{c, &o.part, path.Dir(o.path)}, o.report)
	for page := range o.page.Pages() { // before they are written: a question's parts are then taken apart
		lint.CheckPage(page, o.report)
	}
	o.HTML, o.Questions = o.page.Render(&d.press, o.report)
	o.Draw = draws(o.form, o.Questions)
	if o.form.values != nil {
		judge(o)
		lint.CheckObject(lint.Object{Object: o.Object, Words: o.page.Words, Recorded: o.page.Recorded(), At: o.form.at, Asks: o.page.Asks}, o.report)
	}
	o.findings = append(o.findings, d.report.Take()...)
	o.page, o.report, o.form, o.rule = nil, nil, fields{}, fields{}
}

// judge reports what an object's kind and rule ask for and it does not have.
func judge(o *object) {
	declared := !o.form.blank("video")
	switch {
	case (o.Kind == course.Lesson || o.Kind == course.Pill) && !declared:
		o.report.Add(lint.MissingVideo, o.form.at("kind"))
	case !declared && o.page.Empty():
		o.report.Add(lint.EmptyBody, o.form.whole)
	}
	if o.Rule.Watched > 0 && !declared {
		o.report.Add(lint.UnmeetableRule, o.rule.at("watched"), "watched", lint.WordVideo)
	}
	if o.Rule.Answered > 0 && len(o.Questions) == 0 {
		o.report.Add(lint.UnmeetableRule, o.rule.at("answered"), "answered", lint.WordQuestions)
	}
	judgeWebinar(o, declared)
}

// judgeWebinar reports what a webinar does not say of itself, and what only a webinar may say. That nothing completes it has been reported.
func judgeWebinar(o *object, recorded bool) {
	if o.Kind != course.Webinar {
		if o.Rule.Attended {
			o.report.Add(lint.UnmeetableRule, o.rule.at("attended"), "attended", lint.WordWebinar)
		}
		if o.Webinar != "" && o.Kind != "" {
			o.report.Add(lint.BadValue, o.form.at("kind"), "kind", string(o.Kind), string(course.Webinar), string(course.Webinar))
		}
		return
	}
	if !markup.ValidID(o.Webinar) {
		o.report.Add(lint.MissingWebinar, o.form.at("webinar"))
	}
	switch {
	case o.Rule == (course.Rule{}):
	case !o.Rule.Attended:
		o.report.Add(lint.WebinarRule, o.rule.whole, "attended: true")
	case recorded && o.Rule.Watched == 0:
		o.report.Add(lint.WebinarRule, o.rule.whole, "watched: 80")
	}
}
