package web

import (
	"html/template"
	"time"

	"aulacomune/lms/web/front"
	"aulacomune/lms/web/manuscript"
)

// StudioPage is studio.html: the drafts, and the ways to begin one.
type StudioPage struct {
	front.Frame
	Drafts        []DraftCard
	Discarded     []DraftCard
	Published     []PublishedCourse
	Organisations []front.Option
	Langs         []front.Option
	Form          StudioForm
	MostBytes     int64 // of an uploaded folder
}

// DraftCard is a draft in a list.
type DraftCard struct {
	Href, Title, Owner, By string
	Changed                time.Time
	Edition                int  // it was published as, or begun from; 0 for none
	Ahead                  bool // it was written since
	Published              int  // newest edition of the course, 0 when it was never published
}

// PublishedCourse is a course of which a draft can be begun.
type PublishedCourse struct {
	Slug, Title, ContentLang string
	Edition                  int
	Published                time.Time
	Draft                    string // address of a draft that is there, "" without one
}

// StudioForm is a form that came back: which, what was in it, and what is wrong. The zero value is none.
type StudioForm struct {
	Which   string
	Values  map[string]string
	Problem string
	Errors  map[string]string
}

// DraftHead is what every page about a draft says of it.
type DraftHead struct {
	Href, Title, Owner string
	ContentLang        string // of its words, "" when it is the page's
	Edition, Published int
	Ahead, Discarded   bool
}

// DraftPage is studio_tree.html: a draft's modules, objects and files.
type DraftPage struct {
	front.Frame
	Draft                              DraftHead
	Modules                            []manuscript.Module
	Sheet                              manuscript.File // course.yaml
	Texts                              []manuscript.File
	Media                              []manuscript.File
	Removed                            []manuscript.File
	Kinds                              []string
	Objects, Minutes, Errors, Warnings int
	Comments                           int
	Undo                               *manuscript.File // what was just removed
	Skipped                            []LabelledValue
	Uploaded                           []UploadedView
	Exists                             *ExistsView
	Glossary                           bool // there is one
	Form                               StudioForm
	MostBytes                          int64
}

// UploadedView is a file that was just sent.
type UploadedView struct {
	Path, Href string
	There      bool // it was there already
}

// ExistsView says that the course of an uploaded folder is published, or written in other drafts, already.
type ExistsView struct {
	Number   int // of the newest edition, 0 when it was never published
	Editions string
	Drafts   []front.Crumb
}

// EditorPage is studio_editor.html: a text of a draft, what it becomes, and what the compiler says of it.
type EditorPage struct {
	front.Frame
	Draft         DraftHead
	File          manuscript.File
	Syntax        string // markdown | yaml | vtt | svg
	CourseLang    string
	Person        string // opaque key of the writer, for what a script keeps in the browser
	Text          string
	Line          int // to open at, 0 for none
	Rev, Over     int // the revision it began from, and one that it takes the place of
	Saved         time.Time
	By            string
	Gone          bool
	Preview       template.HTML // studio/preview
	Findings      []manuscript.Finding
	Blanks        []manuscript.Finding // for the script that lists others
	Words         int
	Theirs        string // what somebody else wrote meanwhile, to be written together with Text
	TheirName     string
	Comments      []CommentView
	Media         []manuscript.File
	Uploaded      *manuscript.File
	Before, After *front.Crumb
	Snippets      []manuscript.SnippetGroup
	Form          StudioForm
	MostBytes     int64
}

// CommentView is a comment on a file.
type CommentView struct {
	ID, By, Text string
	At           time.Time
	Done         bool
}

// PreviewView is what a text becomes, for studio/preview; one of the fields is there.
type PreviewView struct {
	front.Frame
	Object   *ObjectPage
	Captions []manuscript.Caption
	Course   *CourseSheet
	Terms    []LabelledHTML
	HTML     template.HTML
	Picture  template.URL // a drawing's own bytes
	Nothing  string       // why there is nothing to see
}

// CourseSheet is what course.yaml says, as learners will read it.
type CourseSheet struct {
	Title, Summary, Programme, Audience string
	Objectives                          []string
	Minutes, Objects                    int
	Sequential                          bool
	Modules                             []ModuleView
}

// LabelledHTML is a word with its explanation.
type LabelledHTML struct {
	Label string
	HTML  template.HTML
}

// MediaPage is studio_media.html: a file of a draft that is no text.
type MediaPage struct {
	front.Frame
	Draft    DraftHead
	File     manuscript.File
	Type     string
	Saved    time.Time
	By       string
	Widths   []manuscript.File // of a picture, the narrower ones
	Captions string            // address of a recording's captions, "" without
	Near     *manuscript.File  // the text of them
	Findings []manuscript.Finding
}

// ConflictPage is studio_conflict.html: two texts that were written at the same time.
type ConflictPage struct {
	front.Frame
	Draft            DraftHead
	File             manuscript.File
	Mine, Theirs, By string
	Rev              int // of theirs
	At               time.Time
	Diff             []WordsView // from theirs to mine
}

// HistoryPage is studio_history.html: the states of a text.
type HistoryPage struct {
	front.Frame
	Draft DraftHead
	File  manuscript.File
	Days  []HistoryDay
	More  string
}

// HistoryDay is a day with its states, the latest first.
type HistoryDay struct {
	Day    time.Time
	States []HistoryState
}

// HistoryState is a text as it was at a moment.
type HistoryState struct {
	Rev  int // 0 for the present one
	By   string
	At   time.Time
	Diff []WordsView // from the one before
	Text string
}

// ReviewPage is studio_publish.html: what would be published.
type ReviewPage struct {
	front.Frame
	Draft            DraftHead
	Groups           []manuscript.Group
	Errors, Warnings int
	Next             int // number of the edition
	Latest           int // 0 when it was never published
	Diff             *DiffView
	Same             bool   // nothing differs from the latest
	Seen             string // hash of what is reviewed
	Comments         int    // that are open
	Objects, Modules int
	Minutes          int
	Form             StudioForm
}

// PublishedPage is studio_published.html: what was published.
type PublishedPage struct {
	front.Frame
	Draft    DraftHead
	Edition  EditionRow
	Course   CourseCard
	Editions string // address of the course's editions
}
