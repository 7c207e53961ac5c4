package lint

import (
	"github.com/yuin/goldmark/ast"

	"aulacomune/course"
)

// Page is the body of a learning object as the rules about texts see it.
type Page struct {
	File     *File
	Headings []*ast.Heading
	Links    []ast.Node // *ast.Link and *ast.AutoLink
	Images   []Image
	Tables   []ast.Node // tables of the GFM extension

	Recordings []Recording

	Lang   string     // of the words
	Blocks []ast.Node // paragraphs and texts of list items, in their order

	EmptyItems []ast.Node          // items of lists that say nothing, outside questions
	Asking     func(ast.Node) bool // says that a node belongs to a question

	memory *gatherer
}

// Image is a picture in a page with its file; the file is zero when it was not found.
type Image struct {
	Node  *ast.Image
	Media course.Media
}

// Recording is a video or a sound in a page with what goes with it; zero when it was not found.
type Recording struct {
	Node       *ast.Image
	Video      course.Video
	Transcript bool // a transcript follows in the text
}

// Object is a learning object as the rules about objects see it.
type Object struct {
	course.Object
	Words    int                // of the body and the questions
	Recorded float64            // seconds of the videos and sounds in the body
	At       func(string) Place // of a key of the front matter, or of the front matter

	Asks func(course.QuestionID) Place // of a question's first line
}

// Captions are the captions of a recording with the place of each.
type Captions struct {
	Cues    []course.Cue
	Places  []Place
	File    *File
	Whole   Place
	Seconds float64 // of the recording; 0 when not known
	Lang    string  // that the captions should be in
}

// Course is the whole course as the rules about courses see it.
type Course struct {
	course.Course
	Declared int                // minutes in course.yaml; 0 when not declared
	At       func(string) Place // of a key of course.yaml
}

// CheckPage judges a page.
func CheckPage(p *Page, r *Report) {
	p.memory = &r.memory
	defer func() { p.memory = nil }() // the next page's
	for _, rule := range rules() {
		if rule.page != nil {
			rule.page(p, r.say(rule.ID))
		}
	}
}

// CheckObject judges a learning object.
func CheckObject(o Object, r *Report) {
	for _, rule := range rules() {
		if rule.object != nil {
			rule.object(o, r.say(rule.ID))
		}
	}
}

// CheckCaptions judges captions.
func CheckCaptions(c Captions, r *Report) {
	for _, rule := range rules() {
		if rule.captions != nil {
			rule.captions(c, r.say(rule.ID))
		}
	}
}

// CheckCourse judges the whole course.
func CheckCourse(c Course, r *Report) {
	for _, rule := range rules() {
		if rule.course != nil {
			rule.course(c, r.say(rule.ID))
		}
	}
}

// Words writes the plain text of a node: what a reader hears.
func Words(n ast.Node, source []byte) string {
	var b []byte
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			b = append(b, c.Segment.Value(source)...)
			if c.SoftLineBreak() || c.HardLineBreak() {
				b = append(b, ' ')
			}
		case *ast.String:
			b = append(b, c.Value...)
		case *ast.AutoLink:
			b = append(b, c.Label(source)...)
		}
		return ast.WalkContinue, nil
	})
	return string(b)
}
