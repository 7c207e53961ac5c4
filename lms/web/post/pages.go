package post

import (
	"time"

	"aulacomune/lms/web/front"
)

// BoxPage is demo_mail.html: what arrived in the mailbox of a demo.
type BoxPage struct {
	front.Frame
	To   string // only what is for this address; "" for all
	Rows []ArrivedRow
	More string
}

// ArrivedRow is a letter in that mailbox.
type ArrivedRow struct {
	Href, Subject, ContentLang string
	Name, To, ToHref           string // whom it is for, and the address of all that is for them
	At                         time.Time
}

// ArrivedPage is demo_letter.html: a letter in that mailbox, with links to follow.
type ArrivedPage struct {
	front.Frame
	Letter     ArrivedRow
	Text       []Block
	Invitation *Invitation // nil where the letter has none
}

// Invitation is the calendar part of a letter.
type Invitation struct {
	Href, Title string
	What        string // new | changed | cancelled
	Starts      time.Time
}

// Block is a paragraph of a letter, a list, or what stands at its foot.
type Block struct {
	Kind  string // text | list | foot
	Lines []Line
}

// Line is a line of a letter. One that is an address of this site can be followed.
type Line struct{ Text, Href string }

// LettersPage is letters.html: what left an ente, what waits and what did not arrive.
type LettersPage struct {
	front.Frame
	Organisation  string
	Organisations []front.Option
	State         string
	States        []front.Option
	To            string
	Problem       string
	Errors        map[string]string // of the filter: a
	Mails         bool              // letters leave the house
	Away          time.Time         // since when the server cannot be reached; zero when it can
	Fault         string            // what it said, for administrators
	Counts        []CountView
	Rows          []LetterRow
	More          string
}

// CountView is how many letters are in a state.
type CountView struct{ Href, State, Label string }

// LetterRow is a letter of the outbox.
type LetterRow struct {
	Href, Kind, To, Name string
	State                string // waiting | sent | failed | bounced
	Reason               string // what the server, or somebody, said of it
	Posted, Since, Next  time.Time
}

// LetterPage is letter.html: one letter of the outbox.
type LetterPage struct {
	front.Frame
	Letter        LetterRow
	PersonHref    string
	Tries         int
	Subject       string
	Text          []Block
	SaidLang      string // of the text, "" when it is the page's
	Example       bool   // the text is an example: what it said is forgotten
	Retry, Bounce string // form actions, "" where that cannot be
	Note          string
	Problem       string
	Errors        map[string]string // note
}
