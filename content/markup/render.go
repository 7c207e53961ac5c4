package markup

import (
	"aulacomune/content/lint"
	"aulacomune/course"
)

// Render writes the body without the questions, and the questions.
func (p *Page) Render(press *Press, report *lint.Report) (body string, questions []course.Question) {
	if p.broken {
		return "", nil
	}
	press.start(p.dialect().Renderer(), p.File.Text)
	questions = p.asked(press, report)
	press.write(p.root, &body)
	press.finish()
	return body, questions
}
