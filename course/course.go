package course

import "iter"

// Hash is the hex SHA-256 of something published: an edition, a text, a media file.
type Hash string

// Slug names a course in addresses: lower-case letters, digits and hyphens.
type Slug string

// ModuleID names a module within its course.
type ModuleID string

// ObjectID names a learning object within its course.
type ObjectID string

// Kind says what sort of learning object it is.
type Kind string

// The kinds of learning object.
const (
	Reading Kind = "reading" // a text to read
	Lesson  Kind = "lesson"  // a video lesson with a text
	Pill    Kind = "pill"    // a short video
	Story   Kind = "story"   // a story of good practice
	Webinar Kind = "webinar" // an hour in which people meet, later with its recording
)

// Kinds lists every kind in the order people meet them.
func Kinds() []Kind { return []Kind{Reading, Lesson, Pill, Story, Webinar} }

// TermID names a term of a course's glossary.
type TermID string

// Term is a word that a course explains.
type Term struct {
	ID   TermID `json:"id"`
	Name string `json:"name"`
	HTML string `json:"html"` // safe HTML of the explanation; links to other terms lead to #term:ID
}

// Course is one compiled edition. It never changes once it has a hash.
type Course struct {
	Slug       Slug     `json:"slug"`
	Title      string   `json:"title"`
	Summary    string   `json:"summary"`
	Lang       string   `json:"lang"` // BCP 47, "it"
	Programme  string   `json:"programme,omitempty"`
	Audience   string   `json:"audience,omitempty"`
	Objectives []string `json:"objectives,omitempty"`
	Sequential bool     `json:"sequential,omitempty"` // an object opens when the one before is completed
	Minutes    int      `json:"minutes"`              // planned duration of the whole course
	Modules    []Module `json:"modules"`
	Glossary   []Term   `json:"glossary,omitempty"` // in the order of the alphabet
	Media      []Media  `json:"media,omitempty"`    // every media file the edition uses, sorted by path
	Sources    []Source `json:"sources,omitempty"`  // every text and media file the hash is over, sorted by path
	Hash       Hash     `json:"hash"`
}

// Module is a chapter of a course.
type Module struct {
	ID      ModuleID `json:"id"`
	Title   string   `json:"title"`
	Summary string   `json:"summary,omitempty"`
	Objects []Object `json:"objects"`
}

// Object is a learning object: the smallest thing a learner completes.
type Object struct {
	ID         ObjectID   `json:"id"`
	Title      string     `json:"title"`
	Kind       Kind       `json:"kind"`
	Minutes    int        `json:"minutes"`
	Objectives []string   `json:"objectives,omitempty"`
	Rule       Rule       `json:"rule"`
	Video      *Video     `json:"video,omitempty"`
	HTML       string     `json:"html"` // safe HTML of the body, without the questions; media addresses are relative ("media/HASH/name")
	Questions  []Question `json:"questions,omitempty"`
	Draw       []Draw     `json:"draw,omitempty"`     // how many of each bank a learner is asked
	Webinar    string     `json:"webinar,omitempty"`  // the webinar that the object is: its name in addresses; "" for what is none
	Attempts   int        `json:"attempts,omitempty"` // how often the questions may be answered in 24 hours; 0 means as often as one likes
}

// Draw says that a learner is asked so many questions of a bank.
type Draw struct {
	Bank  string `json:"bank"`
	Count int    `json:"count"`
}

// Video is a recording with what makes it usable by everyone.
type Video struct {
	File      Media   `json:"file"`
	Captions  Media   `json:"captions,omitzero"`
	Poster    Media   `json:"poster,omitzero"`
	PosterAlt string  `json:"poster_alt,omitempty"`
	Lang      string  `json:"lang"`
	Cues      []Cue   `json:"cues,omitempty"`   // the captions as a transcript
	Tracks    []Track `json:"tracks,omitempty"` // captions in other languages
	Live      bool    `json:"live,omitempty"`   // it was recorded at a webinar: captions may come some days later
}

// Track is the captions of a recording in a language that is not its own.
type Track struct {
	Lang string `json:"lang"` // BCP 47
	File Media  `json:"file"`
}

// Cue is one caption: what is said between two moments.
type Cue struct {
	From float64 `json:"from"` // seconds
	To   float64 `json:"to"`   // seconds
	Text string  `json:"text"`
}

// Media is a file that is kept by its hash. Two files with the same bytes are one.
type Media struct {
	Path    string  `json:"path"` // in the author's folder, slashes
	Hash    Hash    `json:"hash"`
	Size    int64   `json:"size"`              // bytes
	Type    string  `json:"type"`              // media type, "video/mp4"
	Seconds float64 `json:"seconds,omitempty"` // of audio and video
	Width   int     `json:"width,omitempty"`   // pixels
	Height  int     `json:"height,omitempty"`  // pixels
}

// Source is a file an edition was made from, with the hash of its canonical bytes (texts: LF, NFC).
type Source struct {
	Path string `json:"path"`
	Hash Hash   `json:"hash"`
}

// Objects yields every learning object in the order of the course.
func (c Course) Objects() iter.Seq2[Module, Object] {
	return func(yield func(Module, Object) bool) {
		for _, m := range c.Modules {
			for _, o := range m.Objects {
				if !yield(m, o) {
					return
				}
			}
		}
	}
}

// Count is the number of learning objects.
func (c Course) Count() int {
	n := 0
	for range c.Objects() {
		n++
	}
	return n
}

// Object finds a learning object by its id.
func (c Course) Object(id ObjectID) (Object, bool) {
	for _, o := range c.Objects() {
		if o.ID == id {
			return o, true
		}
	}
	return Object{}, false
}

// Around returns the objects before and after one; a zero Object where there is none.
func (c Course) Around(id ObjectID) (before, after Object) {
	var last Object
	found := false
	for _, o := range c.Objects() {
		if found {
			return before, o
		}
		if o.ID == id {
			before, found = last, true
		}
		last = o
	}
	return before, Object{}
}

// MediaByHash finds a media file of the edition.
func (c Course) MediaByHash(h Hash) (Media, bool) {
	for _, m := range c.Media {
		if m.Hash == h {
			return m, true
		}
	}
	return Media{}, false
}

// Length is the duration in seconds that watching is measured against; 0 where there is no video.
func (o Object) Length() float64 {
	if o.Video == nil {
		return 0
	}
	return o.Video.File.Seconds
}

// Question finds a question of the object by its id.
func (o Object) Question(id QuestionID) (Question, bool) {
	for _, q := range o.Questions {
		if q.ID == id {
			return q, true
		}
	}
	return Question{}, false
}
