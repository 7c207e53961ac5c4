package markup

import (
	"aulacomune/content/lint"
	"aulacomune/course"
)

// Render writes the body without the questions, and the questions.
func (p *Page) Render(report *lint.Report) (body string, questions []course.Question) {
	if p.broken {
		return "", nil
	}
	s := newSheet(dialect(p.lang).Renderer(), p.File.Text)
	questions = p.asked(s, report)
	s.write(p.root, &body)
	s.close()
	return body, questions
}
