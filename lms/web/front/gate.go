package front

import "aulacomune/lms"

// Who is the coarse gate of a route, and says who sees a section; the services decide the rest. A new gate is a constant and a line of Lets.
type Who string

// Who may call a route.
const (
	Anyone  Who = "anyone"
	Signed  Who = "signed"  // somebody who is signed in
	Writer  Who = "writer"  // an author of some organisation
	Admin   Who = "admin"   // an administrator of some organisation
	Staff   Who = "staff"   // an author or an administrator of some organisation
	Keeper  Who = "keeper"  // who keeps the people of some organisation: a referent or an administrator
	Leader  Who = "leader"  // a keeper, or a manager of some people
	Teacher Who = "teacher" // an instructor of some organisation
)

// Lets says whether somebody passes a gate. A gate that nobody wrote down lets nobody pass.
func (w Who) Lets(a lms.Actor) bool {
	switch w {
	case Anyone:
		return true
	case Signed:
		return !a.Nobody()
	case Writer:
		return a.Is(lms.Author)
	case Admin:
		return a.Is(lms.Administrator)
	case Staff:
		return a.Is(lms.Author) || a.Is(lms.Administrator)
	case Keeper:
		return len(a.Kept()) > 0
	case Leader:
		return len(a.Kept()) > 0 || a.Is(lms.Manager)
	case Teacher:
		return a.Is(lms.Instructor)
	}
	return false
}

// Route is one row of the table of pages.
type Route struct {
	Method string
	Path   string
	Who    Who
	Handle func(*Request) error
	Limit  int64 // of the body in bytes; 0 means DefaultLimit. A form with a file that may be larger than InMemory goes to the disk
}

// What a form may weigh, in bytes. A text of a megabyte is larger as a field of a form, and larger still as one that is kept for who has to sign in first.
const (
	DefaultLimit = 1 << 20
	KeptLimit    = 8 << 20
	InMemory     = 16 << 20 // what is larger is never held
)

// gate refuses who may not use the route. Of a form that somebody without a session sent, the fields are read before: they are kept.
func (r *Request) gate() error {
	switch {
	case r.route.Who.Lets(r.Actor):
		return nil
	case r.Actor.Nobody():
		return lms.Fail(lms.SignIn, "error.signin")
	}
	return lms.Fail(lms.Forbidden, "error.role")
}
