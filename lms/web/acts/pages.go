package acts

import (
	"time"

	"aulacomune/lms/web/front"
)

// ActsPage is acts.html: the log of acts.
type ActsPage struct {
	front.Frame
	Organisation  string
	Organisations []front.Option
	From, To      string // days, 2026-03-31
	Verb          string
	Verbs         []front.Option
	By, Person    string // as they were typed: a login, an address, an id
	Problem       string
	Errors        map[string]string // dal al azione chi persona
	Export        string
	Rows          []ActRow
	More          string
	Chain         ChainView
	Check         bool // the reader may check the chain
}

// ActRow is an act.
type ActRow struct {
	Seq                int
	At                 time.Time
	By, ByHref, Role   string // By is "" for who was erased
	Machine            bool   // the command line did it
	Verb               string // in words
	Details            string
	Person, PersonHref string // Person is "" for who was erased
	About              bool   // it concerns a person
	Personal           string // what it says of the person
	Erased             bool   // there was something, and it was erased
	Organisation       string
}

// ChainView is what the latest check of the chain found.
type ChainView struct {
	At       time.Time // zero: not checked yet
	Rows     int
	Erased   int
	Head     string
	Broken   int // the row at which it breaks; 0 when it is whole
	Personal bool
}
