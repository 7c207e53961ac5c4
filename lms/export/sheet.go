package export

import "html/template"

// sheet is what every page shows of the edition it belongs to.
type sheet struct {
	Lang        string // of our words
	ContentLang string // of the course's, where it is another
	Policy      string
	Title       string // of the page
	Course      string
	Owner       string
	Edition     string // which one, in words
	Address     string // of the online course, "" where nobody knows it
	Root        string // from this page to the folder's root
	Glossary    string // address from the root, "" without one
}

// link is an address with its words.
type link struct{ Href, Label string }

// indexSheet is index.html.
type indexSheet struct {
	sheet
	About about
}

// about is what a course is.
type about struct {
	Title, Summary, Programme, Audience string
	Objectives                          []string
	Duration, Modules, Objects          string
	Outline                             []module
}

// module is a module with the objects in it.
type module struct {
	ID, Title, Summary string
	Number             int
	Objects            []object
}

// object is a learning object as an outline or its own page shows it.
type object struct {
	Href, Title, Kind, Duration string
	Number                      int
	Here                        bool
}

// objectSheet is object.html.
type objectSheet struct {
	sheet
	Object        content
	Outline       []module
	Before, After *link
}

// content is everything of an object: one page of the folder, one section on paper.
type content struct {
	object
	ID, Module string
	Total      int
	Paper      bool
	Lang       string // of the course's words, where it is another than the page's
	Objectives []string
	Video      *video
	Body       template.HTML
	Exercises  *exercises
}

// video is the recording of an object.
type video struct {
	Title, Length string
	Src, Type     string          // in a folder
	Poster        string          // in a folder
	Picture       template.HTML   // on paper, the poster
	Tracks        []template.HTML // in a folder, the captions
	Alt, Lang     string
	Width, Height int
	Transcript    []said
}

// said is a paragraph of a transcript.
type said struct{ At, Text string }

// exercises are the questions of an object.
type exercises struct {
	Paper     bool
	Address   string
	Drawn     int // how many there are here, where others could have been drawn; 0 otherwise
	Questions []question
}

// question is a question as an exercise: nothing tells which answer is right.
type question struct {
	Number, Points int
	Kind           string
	Paper          bool
	Lang           string
	HTML           template.HTML
	Choices        []template.HTML
	Parts          []questionPart
}

// questionPart is one of several things that a question asks.
type questionPart struct {
	HTML    template.HTML
	Figures bool
}

// glossarySheet is the glossary.
type glossarySheet struct {
	sheet
	Terms []term
}

// term is a word with its explanation.
type term struct {
	ID, Name string
	HTML     template.HTML
}

// paperSheet is the one page to print.
type paperSheet struct {
	sheet
	Style   template.CSS
	About   about
	Modules []paperModule
	Terms   []term
}

// paperModule is a module with everything in it.
type paperModule struct {
	module
	Contents []content
}
