package web

// What the tests outside the package need to know of the inside.

// Row is a row of the table of pages.
type Row = route

// Rows is the table of pages.
func (s *Site) Rows() []Row { return s.routes() }

// SessionCookie is the name of the cookie that holds a session.
func (s *Site) SessionCookie() string { return s.cookie(sessionCookie) }

// CSRF is the token of a session.
func CSRF(secret string) string { return csrf(secret) }

// Policy is what every page may load.
const Policy = policy

// DefaultLimit is the largest body of a row without a limit of its own.
const DefaultLimit = defaultLimit

// InMemory is the largest body that is held; a larger form with a file goes to the disk.
const InMemory = inMemory

// Fragments is how many pieces of pages are kept.
func (s *Site) Fragments() int { return s.fragments.Count() }
