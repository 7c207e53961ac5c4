package access

import (
	"time"

	"aulacomune/lms/web/front"
)

// LinkPage is access_link.html: the form that asks for a link by e-mail.
type LinkPage struct {
	front.Frame
	Email, Next string
	Minutes     int
	Problem     string
	Errors      map[string]string
}

// SentPage is access_sent.html: what to do now. It says the same to everybody.
type SentPage struct {
	front.Frame
	Minutes int
}

// PasswordPage is access_password.html: the form that asks for a new password by e-mail, or whom to ask where no mail can be sent.
type PasswordPage struct {
	front.Frame
	Mails   bool
	Login   string
	Contact string // of the installation's administrators, "" when none is set
	Minutes int
	Problem string
	Errors  map[string]string
}

// PasswordSentPage is access_password_sent.html: what to do now. It says the same to everybody.
type PasswordSentPage struct {
	front.Frame
	Contact string
	Minutes int
}

// EnterPage is access_enter.html: whose link was opened, and the button that signs in.
type EnterPage struct {
	front.Frame
	Name, Login, Action string
}

// GoPage is access_go.html: the way to a provider, for browsers that don't go by themselves.
type GoPage struct {
	front.Frame
	Provider, Address string
}

// TroublePage is access_trouble.html: why nobody was signed in, and what helps.
type TroublePage struct {
	front.Frame
	Text        string
	Name, Email string // what the provider said, of somebody whom nobody knows here
	Ente        string // whose referents were told
	Contact     string
	Back        front.Crumb
}

// OwnPage is access_own.html: the reader's linked accounts and fiscal number.
type OwnPage struct {
	front.Frame
	Accounts  []AccountView
	Providers []front.Way
	Number    NumberView
	Problem   string
}

// AccountView is a linked account.
type AccountView struct {
	Provider, How, Unlink string
	Linked                time.Time
}

// NumberView is a fiscal number with its forms.
type NumberView struct {
	Masked      string // "" for none
	Typed       string // what was wrong
	Set, Remove string // form actions
	Print       string // form action: whether certificates are to say it; "" where that is not the reader's to choose
	Prints      bool
	Errors      map[string]string
}

// NumberPage is access_number.html: the fiscal number of somebody, for those who keep their ente's people.
type NumberPage struct {
	front.Frame
	Name    string
	Number  NumberView
	Problem string
}
