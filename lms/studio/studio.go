package studio

import (
	"context"
	"io"
	"sync"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// Manifest is the file that makes a folder a course.
const Manifest = "course.yaml"

// Files are a draft's files as the compiler takes them, by their paths.
type Files struct {
	Texts map[string][]byte
	Media map[string]course.Media
}

// Desk is the compiler's side of one draft: it compiles again after each change, and works out again only what changed.
type Desk interface {
	SetText(path string, text []byte)
	SetMedia(path string, m course.Media)
	Remove(path string)
	Compile() (course.Course, []course.Finding)
}

// Outline is what course.yaml says of a course and its modules.
type Outline struct {
	Slug, Title string
	Modules     []Module
}

// Module is a module in an outline.
type Module struct {
	ID, Folder, Title, Summary string
	Objects                    []string // paths of its objects, in order
}

// Picture is an uploaded picture in one width, written anew.
type Picture struct {
	Width, Height int
	Type          string
	Bytes         []byte
}

// Tools are what the compiler does for authors.
type Tools struct {
	Desk      func(Files) Desk
	Outline   func(Files) Outline                                   // as far as can be read
	Arrange   func(manifest []byte, o Outline) ([]byte, error)      // course.yaml with these modules in this order, all else as it was
	Manifest  func(Start) []byte                                    // a new course's course.yaml
	Template  func(kind course.Kind, id, title, lang string) []byte // a learning object to begin with
	Slug      func(title string) string                             // an id for a title
	Redraw    func(io.ReadSeeker) ([]Picture, error)                // an uploaded picture, the widest first; its error is for the author
	Unpack    func(archive []byte) (map[string][]byte, error)       // the texts of a published edition
	Pack      func(Files, course.Course) ([]byte, error)            // what is published
	Cues      func(captions []byte) []course.Cue                    // as far as they can be read
	Canonical func(text string) []byte                              // the bytes in which a text is served as media
}

// Ports is what the studio needs from outside.
type Ports struct {
	Engine lms.Engine
	School *lms.School
	Tools  Tools
	Now    func() time.Time // nil means the clock
}

// Studio is what authors do with drafts.
type Studio struct {
	drafts   *lms.Records[Draft]
	files    *lms.Records[File]
	versions *lms.Records[Version]
	school   *lms.School
	tools    Tools
	now      func() time.Time
	mu       sync.Mutex
	desks    map[DraftID]*desk
}

// Open prepares the records.
func Open(ctx context.Context, p Ports) (s *Studio, err error) {
	s = &Studio{school: p.School, tools: p.Tools, desks: map[DraftID]*desk{}, now: lms.Clock(p.Now)}
	if s.drafts, err = lms.OpenRecords(ctx, p.Engine, drafts); err != nil {
		return nil, err
	}
	if s.files, err = lms.OpenRecords(ctx, p.Engine, files); err != nil {
		return nil, err
	}
	s.versions, err = lms.OpenRecords(ctx, p.Engine, versions)
	return s, err
}

// Collections are what a backup holds of the studio.
func Collections() []lms.Collection {
	return []lms.Collection{drafts.Collection(), files.Collection(), versions.Collection()}
}
