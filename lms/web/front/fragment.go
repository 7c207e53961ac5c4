package front

import (
	"bytes"
	"html/template"

	"aulacomune/lms/web/press"
)

// anyPage is a page whose tree holds all parts.
const anyPage = "error"

// Fragment renders a part, or takes what it rendered for the same key before, and puts it on the page. The key must hold everything that the part
// shows, and nothing that is one reader's own (BlankCSRF, BlankAttempt stand for that); data is asked only when it is needed.
func (r *Request) Fragment(name, key string, data func() any) (template.HTML, error) {
	f, err := r.site.fragments.Get(r.Lang+" "+name+" "+key, func() (string, error) {
		html, err := r.Render(name, data())
		return string(html), err
	})
	return r.put(f), err
}

// Text puts HTML on the page that belongs to an edition, and so is always the same for its key.
func (r *Request) Text(key, html string) template.HTML {
	f, _ := r.site.fragments.Get("text "+key, func() (string, error) { return html, nil }) // cannot fail
	return r.put(f)
}

// Render renders a part in the reader's language, for this once.
func (r *Request) Render(name string, data any) (template.HTML, error) {
	var b bytes.Buffer
	err := r.site.templates[r.Lang][anyPage].ExecuteTemplate(&b, name, data)
	return template.HTML(b.String()), err
}

// put puts a fragment on the page, with the reader's own values in its blanks.
func (r *Request) put(f press.Fragment) template.HTML { return r.sheet.Put(f, r.fillIn) }

// Fragments is how many pieces of pages are kept.
func (s *Site) Fragments() int { return s.fragments.Count() }
