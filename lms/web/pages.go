package web

import (
	"html/template"
	"time"

	"aulacomune/course"
	"aulacomune/lms/web/front"
)

// Each page struct belongs to the template of the name in its comment, and a test holds them together.

// HomePage is home.html: what this is, the courses, the verify box.
type HomePage struct {
	front.Frame
	Courses  []CourseCard
	Continue *CourseCard // the course the reader left last; nil without one
}

// CourseCard is a course in a list.
type CourseCard struct {
	Href, Title, Summary      string
	ContentLang               string // of the two, "" when it is the page's
	Owner                     string
	Minutes, Objects, Modules int
	Edition                   int
	Enrolled                  bool
	State                     string // open | in_progress | completed; "" when not enrolled
	Percent, Done             int
	Next                      *front.Crumb // where to go on
	Certificate               string       // address of the certificate, "" without one
	Pending                   bool         // completed, certificate still to come
	Closed                    bool         // nobody enrols any more
}

// ActivatePage is activate.html: set a password with a one-time link.
type ActivatePage struct {
	front.Frame
	Name, Login string
	Action      string
	MinLength   int
	Problem     string
	Errors      map[string]string
}

// CoursesPage is courses.html.
type CoursesPage struct {
	front.Frame
	Courses []CourseCard
	More    string
}

// CoursePage is course.html: what the course is, its outline, and how far the reader is.
type CoursePage struct {
	front.Frame
	Course     CourseCard
	Programme  string
	Audience   string
	Objectives []string
	Modules    []template.HTML // part/module, one each
	Enrol      string          // address of the enrolment form; "" when enrolled
	SignIn     string          // address to sign in and come back; "" when signed in
	Planned    int             // minutes
	Minutes    int             // minutes done
	Newer      int             // number of a newer edition than the reader's; 0 without one
	Closed     bool            // nobody enrols any more
	News       string          // address of what changed since the reader took it up; "" when nothing did
	Editions   string          // address of its editions, for its staff
	Cohorts    []front.Crumb   // by which people get in, too; or alone where there is no enrolment
	Shared     CourseShared
}

// CourseShared is what all readers of an edition see on its page. What is empty is rendered in place.
type CourseShared struct{ Top, About template.HTML }

// ModuleView is a module in the outline.
type ModuleView struct {
	Number         int
	Title, Summary string
	ContentLang    string // of the titles, "" when it is the page's
	Done           int
	Objects        []ObjectCard
}

// ObjectCard is a learning object in an outline.
type ObjectCard struct {
	Number  int
	Href    string // "" when it cannot be opened
	Title   string
	Kind    string // reading | lesson | pill | story
	Minutes int
	State   string // locked | open | in_progress | completed; "" when not enrolled
	Percent int
	Rule    []string // what completes it
	Missing []string // what is missing
	Current bool     // the page being read
}

// ObjectPage is object.html: a learning object.
type ObjectPage struct {
	front.Frame
	CourseTitle string
	CourseHref  string
	Module      string
	Object      ObjectCard
	Total       int // objects in the course
	Objectives  []string
	Completed   time.Time
	Body        template.HTML // compiled by content, safe
	Video       *VideoView
	Webinar     *WebinarView // of an object that is one
	Questions   *QuestionsView
	Read        *ReadForm // nil when the rule does not ask for it
	Before      *front.Crumb
	After       *front.Crumb
	Outline     []template.HTML // part/object-module, one each
	Percent     int             // of the course
	Done        int             // objects
	Finished    *Finished
	Preview     bool // an author or administrator who is not enrolled looks: nothing is recorded
	Shared      ObjectShared
}

// ObjectShared is what all readers of an object see who are equally far. What is empty is rendered in place.
type ObjectShared struct{ Top, Transcript, Questions, End, Aside template.HTML }

// WebinarView is a webinar as the page of a learning object tells of it.
type WebinarView struct {
	Href       string    // of its page; "" for none that the reader may see
	Start, End time.Time // zero where they are not known
	Mine       string    // where the reader is in it, in words; "" is nowhere
	Enter      string    // address by which they enter; "" for who has no seat, and when it is over
	Attended   bool      // the reader was there
}

// VideoView is the recording of an object.
type VideoView struct {
	Src, Type, Poster, PosterAlt string
	Captions, Lang               string
	CaptionsLabel                string      // in the player's list of captions
	Tracks                       []TrackView // captions in other languages
	Width, Height                int
	Seconds                      float64
	Cues                         []course.Cue
	Resume                       float64 // seconds
	Coverage                     course.Coverage
	Percent                      int    // watched
	Needed                       int    // percent that the rule asks for
	Post                         string // where progress is sent; "" in a preview
	Person                       string // opaque key of the reader for the offline queue
	Object                       string
	NoScript                     string // form action for the fallback rule
	NoScriptProblem              string
}

// TrackView is captions in another language than the recording's.
type TrackView struct{ Src, Lang, Label string }

// QuestionsView is the questions of an object as one form.
type QuestionsView struct {
	Action    string
	Attempt   string    // id of the attempt that this form will send
	Needed    int       // points; where all questions are worth one, right answers
	Right     int       // points earned
	Total     int       // points of all
	Weighted  bool      // they are not all worth one
	Answered  bool      // feedback is shown
	Limit     int       // how often they may be answered in a day; 0 means as often as one likes
	Left      int       // attempts left, where there is a limit
	Again     time.Time // when there are some again; zero when there are
	Personal  bool      // learners see them each in their own way
	Questions []QuestionView
	Problem   string
}

// QuestionView is one question with the reader's latest answer.
type QuestionView struct {
	ID, Name    string // Name is the name of its fields, or begins it
	ContentLang string // "" when it is the page's
	Kind        string // single | multiple | numeric | short | matching | ordering | cloze | scale
	Number      int
	Points      int // 0 where it is worth one
	Multiple    bool
	Graded      bool // an answer can be right or wrong
	HTML        template.HTML
	Text        []template.HTML // of a cloze, what stands before, between and behind its parts
	Choices     []ChoiceView
	Parts       []PartView
	Answered    bool
	Right       bool          // the latest answer is right
	Earned      bool          // it was right once, and that stays
	Feedback    template.HTML // after an answer
	Error       string
}

// ChoiceView is one choice. Whether it is right is only known here once it was chosen.
type ChoiceView struct {
	ID       string
	HTML     template.HTML
	Chosen   bool
	Place    int           // in an ordering, where the reader put it; 0 for nowhere
	Right    bool          // only when chosen and answered
	Feedback template.HTML // only when chosen and answered
}

// PartView is one field of a question that asks for several things.
type PartView struct {
	Name     string
	Number   int
	HTML     template.HTML // what stands beside it
	Value    string        // what was typed, or the id of what was chosen
	Figures  bool          // a number is asked
	Answered bool
	Right    bool // only when answered
}

// ReadForm is the learner's own button.
type ReadForm struct {
	Action string
	Done   bool
}

// Finished says that the course is completed.
type Finished struct {
	Now         bool   // this very step completed it
	Minutes     int    // of the course
	Certificate string // address; "" while it is pending
}

// LearningPage is learning.html: the reader's courses.
type LearningPage struct {
	front.Frame
	Active    []template.HTML // part/course-card, one each
	Completed []CourseCard
	Minutes   int             // completed, all courses
	Waiting   []front.Waiting // for who leads others: it is where people arrive when they sign in
}

// CertificatesPage is certificates.html: the reader's certificates.
type CertificatesPage struct {
	front.Frame
	Certificates []CertificateCard
}

// CertificateCard is a certificate in a list.
type CertificateCard struct {
	Course, Number, Code string
	Issued               time.Time
	Minutes              int
	State                string // valid | revoked
	PDF, Verify          string // addresses
}

// VerifyPage is verify.html: the form to type a code, and what a wrong code says.
type VerifyPage struct {
	front.Frame
	Code    string
	Problem string
}

// CertificatePage is certificate.html: the public answer for a code, every printed field and the state.
type CertificatePage struct {
	front.Frame
	State    string // valid | revoked | superseded
	Since    time.Time
	Reason   string
	Next     string // address of the certificate in its place
	Erased   bool
	Heading  string // title of the certificate
	Fields   []LabelledValue
	Modules  []string
	Code     string
	Hash     string // SHA-256 of the issued PDF
	PDF      string // address
	Compare  string // form action
	Compared string // "" | same | different | problem
	QR       template.HTML
}

// LabelledValue is a field as people read it.
type LabelledValue struct {
	Label, Value string
	ContentLang  string // of the value, "" when it is the page's
}

// ProfilePage is profile.html.
type ProfilePage struct {
	front.Frame
	Name, Email, Login string
	Memberships        []front.MembershipView
	Tokens             []TokenView
	NewToken           string // shown once
	TokenName          string
	MayPublish         bool
	Problem            string
	Errors             map[string]string
}

// TokenView is an API token.
type TokenView struct {
	Name, Scope, Revoke string
	Created, Expires    time.Time
	Expired             bool
}

// TextPage is text.html: privacy, accessibility, help, legal notes; compiled from the installation's Markdown or ours.
type TextPage struct {
	front.Frame
	Body template.HTML
}

// AdminPage is admin.html: where an administrator begins.
type AdminPage struct {
	front.Frame
	Organisation  string
	People        int
	Courses       []AdminCourse
	Registers     []front.Crumb
	Organisations int
}

// AdminCourse is a course as administrators follow it.
type AdminCourse struct {
	Title, Href string
	Edition     int
	Published   time.Time
	Enrolled    int
	Hash        string // short
	Note        string
}

// AdminCoursePage is admin_course.html: the people of an organisation in a course.
type AdminCoursePage struct {
	front.Frame
	Course        AdminCourse
	Organisation  string
	Organisations []front.Option
	Enrolments    []front.EnrolmentRow
	More          string
	Total         int
	Editions      []EditionRow
	EditionsHref  string // "" for who has no business with them
	Access        string // the page of who may take it; "" likewise
}

// EditionRow is a published edition.
type EditionRow struct {
	Number    int
	Hash      string
	Note      string
	Published time.Time
}

// RegisterPage is register.html: the rows of an issuer's register.
type RegisterPage struct {
	front.Frame
	Issuer   string
	IssuerID string
	Issuers  []front.Option
	Rows     []RegisterRow
	More     string
	Chain    string // "" | ok | the problem
	Total    int
}

// RegisterRow is a row of a register.
type RegisterRow struct {
	Seq                                int
	Kind, Number, Code, Person, Course string
	At                                 time.Time
	Reason                             string
	Href                               string
}

// AdminCertificatePage is admin_certificate.html: one certificate with its revocation form.
type AdminCertificatePage struct {
	front.Frame
	Certificate CertificatePage
	Revoke      string // form action; "" when it is revoked
	Reason      string
	Problem     string
	Errors      map[string]string
}

// RestartPage is restart.html: the demo begins again.
type RestartPage struct {
	front.Frame
}
