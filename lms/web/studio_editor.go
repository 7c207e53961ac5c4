package web

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/manuscript"

	"github.com/gofiber/fiber/v2"
)

// openFile shows a file of a draft: a text to be written, or what a media file is.
func openFile(r *request) error {
	f, err := r.studio().File(r.Ctx(), r.Actor, r.draft(), r.Query("file"))
	if err != nil {
		return err
	}
	if f.Media != nil {
		return r.mediaPage(f)
	}
	return r.editor(f, studio.Text{Path: f.Path, Text: f.Text, Rev: f.Rev}, nil)
}

// editor shows a file with the text that is being written, which may be another than the stored one; adjust may change the page before it is shown.
func (r *request) editor(f studio.File, t studio.Text, adjust func(*EditorPage)) error {
	c, err := r.studio().Preview(r.Ctx(), r.Actor, r.draft(), t)
	if lms.Is(err, lms.Invalid) { // what is too much to be stored is not compiled
		c, err = r.studio().Compile(r.Ctx(), r.Actor, r.draft())
	}
	if err != nil {
		return err
	}
	l := r.list(c)
	p := &EditorPage{
		Draft: r.draftHead(c.Draft), Syntax: manuscript.Syntax(f.Path), Text: t.Text, Rev: t.Rev, Saved: f.At, Gone: f.Gone(), MostBytes: mostSent,
		Line: r.line(), Findings: l.Of(f.Path), Blanks: manuscript.Blanks(),
		Snippets: manuscript.Snippets(manuscript.Syntax(f.Path), r.T, r.WordsIn(c.Course.Lang).T),
	}
	if f.Gone() {
		c.Files[f.Path] = f
	}
	p.File = l.File(c.Files[f.Path])
	p.File.Comments = f.Open()
	if p.By, err = r.nameOf(f.By); err != nil {
		return err
	}
	if p.Comments, err = r.comments(f); err != nil {
		return err
	}
	if p.Preview, p.Words, err = r.rendered(c, f.Path); err != nil {
		return err
	}
	r.beside(p, l)
	p.CourseLang, p.Person = cmp.Or(c.Course.Lang, r.Lang), front.CSRF(string(r.Actor.ID))[:12]
	p.Draft.ContentLang = r.ContentLang(c.Course.Lang)
	p.NoIndex, p.ContentLang, p.Script = true, p.Draft.ContentLang, "studio-editor.js"
	p.Crumbs = r.studioCrumbs(front.Crumb{Label: p.Draft.Title, Href: p.Draft.Href}, front.Crumb{Label: p.File.Title, Href: ""})
	r.Path = p.File.Href
	if adjust != nil {
		adjust(p)
	}
	return r.Show("studio_editor", p.File.Title, p)
}

// beside puts on an editor's page what is around the file: the objects before and after it, and what it can show.
func (r *request) beside(p *EditorPage, l manuscript.List) {
	before, after := l.Around(p.File.Path)
	for _, x := range []struct {
		name string
		to   **front.Crumb
	}{{before, &p.Before}, {after, &p.After}} {
		if x.name != "" {
			f := l.File(l.Files[x.name])
			*x.to = &front.Crumb{Label: f.Title, Href: f.Href}
		}
	}
	for _, f := range l.Others() {
		if f.Paste != "" {
			p.Media = append(p.Media, f)
		}
	}
	if i := slices.IndexFunc(p.Media, func(f manuscript.File) bool { return f.Path == r.Query("allegato") }); i >= 0 {
		p.Uploaded = &p.Media[i]
	}
}

// line is the line that the address leads to, 0 for none.
func (r *request) line() int {
	n, err := strconv.Atoi(r.Query("riga"))
	if err != nil || n < 1 {
		return 0
	}
	return n
}

func (r *request) comments(f studio.File) ([]CommentView, error) {
	var people []lms.PersonID
	for _, c := range f.Comments {
		people = append(people, c.By)
	}
	names, err := r.School().People.Names(r.Ctx(), people)
	var out []CommentView
	for _, c := range f.Comments {
		out = append(out, CommentView{c.ID, names[c.By], c.Text, c.At, !c.Done.IsZero()})
	}
	return out, err
}

// savedAnswer is what a script is told of a text that was saved.
type savedAnswer struct {
	Rev int    `json:"rev"`
	At  string `json:"at"` // the time of day
}

// conflictAnswer is what a script is told when somebody else saved meanwhile.
type conflictAnswer struct {
	Rev  int    `json:"rev"`
	Text string `json:"text"`
	By   string `json:"by"`
	At   string `json:"at"`
}

// saveText saves what an author wrote. Of two texts that were written at the same time, the author says what becomes of them.
func saveText(r *request) error {
	t := studio.Text{Path: r.Query("file"), Text: r.Form("text"), Rev: r.figure("rev")}
	t.Kept = r.Form("solo") != "si"      // a script saves by itself, too
	t.Fresh = t.Rev == r.figure("sopra") // its author saw what it takes the place of: that stays in the history
	if r.Form("azione") == "insieme" {
		return r.together(t)
	}
	save, outcome := r.studio().Save, "draft-saved"
	if r.Form("azione") == "loro" {
		save, outcome = r.studio().Resolve, "draft-theirs"
	}
	saved, err := save(r.Ctx(), r.Actor, r.draft(), t)
	switch {
	case err != nil && r.wantsJSON():
		return r.problemJSON(err)
	case lms.Is(err, lms.Invalid):
		return r.unsaved(t, err)
	case err != nil:
		return err
	case saved.Conflict:
		return r.conflict(saved.File, t)
	case r.wantsJSON():
		return r.C.JSON(savedAnswer{saved.File.Rev, r.clock(saved.File.At)})
	}
	return r.Done(manuscript.Href(r.draft(), "scrivi", t.Path), outcome+"#text_")
}

func (r *request) clock(t time.Time) string { return r.InRome(t).Format("15:04") }

// unsaved shows the editor again with a text that was not saved, and why.
func (r *request) unsaved(t studio.Text, err error) error {
	f, missing := r.studio().File(r.Ctx(), r.Actor, r.draft(), t.Path)
	if missing != nil {
		return missing
	}
	text, fields, err := r.Problem(err)
	if err != nil {
		return err
	}
	return r.editor(f, t, func(p *EditorPage) {
		p.Form = StudioForm{"scrivi", nil, text, fields}
		p.Over = r.figure("sopra")
	})
}

// conflict shows both texts.
func (r *request) conflict(theirs studio.File, mine studio.Text) error {
	by, err := r.nameOf(theirs.By)
	if err != nil {
		return err
	}
	r.C.Status(fiber.StatusConflict)
	if r.wantsJSON() {
		return r.C.JSON(conflictAnswer{theirs.Rev, theirs.Text, by, r.clock(theirs.At)})
	}
	c, err := r.studio().Compile(r.Ctx(), r.Actor, r.draft())
	if err != nil {
		return err
	}
	p := &ConflictPage{
		Draft: r.draftHead(c.Draft), File: r.list(c).File(theirs), Mine: mine.Text, Theirs: theirs.Text, By: by, Rev: theirs.Rev, At: theirs.At,
		Diff: wordsDiff(theirs.Text, mine.Text),
	}
	p.NoIndex, p.ContentLang = true, r.ContentLang(c.Course.Lang)
	p.Crumbs = r.studioCrumbs(front.Crumb{Label: p.Draft.Title, Href: p.Draft.Href}, front.Crumb{Label: p.File.Title, Href: p.File.Href}, front.Crumb{Label: r.T("conflict.title"), Href: ""})
	r.Path = p.File.Href
	return r.Show("studio_conflict", r.T("conflict.title"), p)
}

// together opens the editor with the author's text and, to copy from, what somebody else saved meanwhile.
func (r *request) together(t studio.Text) error {
	f, err := r.studio().File(r.Ctx(), r.Actor, r.draft(), t.Path)
	if err != nil {
		return err
	}
	t.Rev = f.Rev
	by, err := r.nameOf(f.By)
	if err != nil {
		return err
	}
	return r.editor(f, t, func(p *EditorPage) { p.Theirs, p.TheirName, p.Over = f.Text, by, f.Rev })
}

// previewAnswer is what a script shows beside a text that is being written.
type previewAnswer struct {
	HTML     string               `json:"html"`
	Findings []manuscript.Finding `json:"findings"`
	Minutes  int                  `json:"minutes"`
	Words    int                  `json:"words"`
	Title    string               `json:"title"`
	// The same as sentences, ready to be shown.
	MinutesText string `json:"minutesText"`
	WordsText   string `json:"wordsText"`
}

// preview says what a text that is not saved would become.
func preview(r *request) error {
	name := r.Query("file")
	c, err := r.studio().Preview(r.Ctx(), r.Actor, r.draft(), studio.Text{Path: name, Text: r.Form("text")})
	if err != nil {
		return r.problemJSON(err)
	}
	html, words, err := r.rendered(c, name)
	if err != nil {
		return err
	}
	f := r.list(c).File(c.Files[name])
	return r.C.JSON(previewAnswer{
		HTML: string(html), Findings: r.list(c).Of(name), Minutes: f.Minutes, Words: words, Title: f.Title,
		MinutesText: r.Words().Duration(f.Minutes), WordsText: r.T("editor.words", "Count", words),
	})
}

// draftWords lists what a text of the draft can name.
func draftWords(r *request) error {
	c, err := r.studio().Compile(r.Ctx(), r.Actor, r.draft())
	if err != nil {
		return err
	}
	return r.C.JSON(r.list(c).Words())
}

// rendered is what a file of a compiled draft becomes, with the number of its words.
func (r *request) rendered(c studio.Compiled, name string) (template.HTML, int, error) {
	v, words := r.previewOf(c, name)
	v.Lang, v.ContentLang = r.Lang, r.ContentLang(c.Course.Lang)
	html, err := r.Render("studio/preview", v)
	return html, words, err
}

func (r *request) previewOf(c studio.Compiled, name string) (PreviewView, int) {
	f := c.Files[name]
	o, ok := c.Object(name)
	switch {
	case ok:
		return PreviewView{Object: r.previewObjectPage(c, o)}, len(strings.Fields(front.PlainWords(template.HTML(o.HTML))))
	case name == studio.Manifest:
		return PreviewView{Course: r.courseSheet(c)}, 0
	case manuscript.Sort(f) == "captions":
		return PreviewView{Captions: manuscript.Captions(r.studio().Cues(f.Text))}, 0
	case manuscript.Sort(f) == "drawing":
		return PreviewView{Picture: manuscript.Drawing(f.Text)}, 0
	case isGlossary(name) && len(c.Course.Glossary) > 0:
		var v PreviewView
		for _, t := range c.Course.Glossary {
			v.Terms = append(v.Terms, LabelledHTML{t.Name, template.HTML(t.HTML)})
		}
		return v, 0
	}
	html, err := r.pages.o.Markdown(name, c.Course.Lang, []byte(f.Text))
	if err != nil {
		return PreviewView{Nothing: r.T("preview.fragment")}, 0
	}
	return PreviewView{HTML: html}, len(strings.Fields(front.PlainWords(html)))
}

func isGlossary(name string) bool { return name == "glossario.md" || name == "glossary.md" }

// previewObjectPage is a learning object as somebody sees it who looks at it without being enrolled.
func (r *request) previewObjectPage(c studio.Compiled, o course.Object) *ObjectPage {
	p := &ObjectPage{Preview: true, Objectives: o.Objectives, Body: template.HTML(o.HTML), Object: ObjectCard{Title: o.Title, Kind: string(o.Kind), Minutes: o.Minutes, Rule: r.Say(course.RulePhrases(o))}}
	p.Lang, p.ContentLang = r.Lang, r.ContentLang(c.Course.Lang)
	if o.Video != nil && o.Video.File.Hash != "" { // a recording that is not there yet is a finding
		p.Video = r.video(o, lms.ObjectStanding{}, "")
	}
	if len(o.Questions) > 0 {
		p.Questions = questions(o, lms.ObjectStanding{Object: o}, "", p.ContentLang, r.Now())
	}
	return p
}

// courseSheet is what course.yaml says.
func (r *request) courseSheet(c studio.Compiled) *CourseSheet {
	s := &CourseSheet{
		Title: c.Course.Title, Summary: c.Course.Summary, Programme: c.Course.Programme, Audience: c.Course.Audience, Objectives: c.Course.Objectives,
		Minutes: c.Course.Minutes, Objects: c.Course.Count(), Sequential: c.Course.Sequential,
	}
	before := 0
	for i, m := range c.Course.Modules {
		s.Modules = append(s.Modules, r.module(outlined{content: &c.Course}, i, before))
		before += len(m.Objects)
	}
	return s
}
