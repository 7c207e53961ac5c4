package lms

import (
	"net/mail"
	"slices"
	"strings"
	"time"
)

// PersonID names a person; it says nothing about them.
type PersonID string

// Role is what a membership lets a person do, in its organisation and below.
type Role string

// The roles.
const (
	Learner       Role = "learner"       // take courses
	Author        Role = "author"        // publish courses of the organisation
	Administrator Role = "administrator" // add and enrol people, follow progress, issue and revoke certificates
	Referent      Role = "referent"      // keep the people of an ente: add and enrol them, follow them, validate their hours
	Manager       Role = "manager"       // agree to what their people ask for, and plan for them
	Instructor    Role = "instructor"    // hold cohorts
)

// Roles lists the roles, from the one that lets do least.
func Roles() []Role { return []Role{Learner, Manager, Instructor, Author, Referent, Administrator} }

// Category is the kind of work a person does in an ente.
type Category string

// The categories that Italian municipalities use.
const (
	CategoryElected  Category = "amministratore"
	CategoryManager  Category = "dirigente"
	CategoryOfficer  Category = "funzionario"
	CategoryEmployee Category = "impiegato"
)

// Categories lists the categories.
func Categories() []Category {
	return []Category{CategoryElected, CategoryManager, CategoryOfficer, CategoryEmployee}
}

// Membership ties a person to an organisation.
type Membership struct {
	Organisation OrganisationID   `json:"organisation"`
	Within       []OrganisationID `json:"within"` // as Organisation.Within when it began
	Name         string           `json:"name"`   // of the organisation
	Office       string           `json:"office,omitempty"`
	Category     Category         `json:"category,omitempty"`
	Role         Role             `json:"role"`
	Intake       string           `json:"intake,omitempty"`  // the file it came with
	Reports      []PersonID       `json:"reports,omitempty"` // of a manager: who answers to them; none means everybody of the office, or of the organisation where no office is named
	From         time.Time        `json:"from"`
	To           time.Time        `json:"to,omitzero"` // zero while it lasts
}

// At says whether the membership holds at a moment.
func (m Membership) At(t time.Time) bool {
	return !t.Before(m.From) && (m.To.IsZero() || t.Before(m.To))
}

// Person is somebody who signs in.
type Person struct {
	ID          PersonID     `json:"id"`
	Email       string       `json:"email,omitempty"`
	Login       string       `json:"login,omitempty"` // instead of an e-mail address
	Given       string       `json:"given"`
	Family      string       `json:"family"`
	Lang        string       `json:"lang,omitempty"`
	Password    string       `json:"password,omitempty"` // PHC string; empty until activated
	Memberships []Membership `json:"memberships"`
	Created     time.Time    `json:"created"`
	Activated   time.Time    `json:"activated,omitzero"`
	Fiscal      Fiscal       `json:"fiscal,omitzero"`
	Intake      string       `json:"intake,omitempty"`   // the file they came with; "" for who was added alone
	Suspended   time.Time    `json:"suspended,omitzero"` // since when they may not sign in; what they did stays
	Also        []PersonID   `json:"also,omitempty"`     // who they were before they were found to be the same person
	Into        PersonID     `json:"into,omitempty"`     // who they turned out to be: nobody signs in as this one any more
	Erased      time.Time    `json:"erased,omitzero"`    // since when nothing is known of them but that they were there
}

// Fiscal is somebody's fiscal number (codice fiscale) as lms/fiscal keeps it: nothing here can read it.
type Fiscal struct {
	Hash   string `json:"hash"`            // keyed, to be found by; it begins with the name of its key
	Sealed string `json:"sealed"`          // encrypted
	Print  bool   `json:"print,omitempty"` // the person chose that their certificates say it
}

// MayEnter says whether somebody may sign in, be it with a password, a link or a token.
func (p Person) MayEnter() bool { return p.Suspended.IsZero() && p.Into == "" && p.Erased.IsZero() }

// persons says how people are kept.
var persons = Noun[Person]{
	Name: "people",
	ID:   func(p Person) string { return string(p.ID) },
	Indexes: []Index[Person]{
		{Name: "login", Unique: true, Many: true, Keys: func(p Person) []string {
			var keys []string
			for _, l := range []string{p.Email, p.Login} {
				if l != "" {
					keys = append(keys, FoldLogin(l))
				}
			}
			return keys
		}},
		{Name: "fiscal", Unique: true, Keys: func(p Person) []string {
			if p.Fiscal.Hash == "" {
				return nil
			}
			return []string{p.Fiscal.Hash}
		}},
		{Name: "within", Many: true, Keys: personWithin}, // not who was merged into another, or erased
		{Name: "ente", Many: true, Keys: personOf},       // nor who is in it by an organisation below
		{Name: "intake", Many: true, Keys: func(p Person) []string {
			keys := []string{p.Intake}
			for _, m := range p.Memberships {
				keys = append(keys, m.Intake)
			}
			slices.Sort(keys)
			return slices.DeleteFunc(slices.Compact(keys), func(k string) bool { return k == "" })
		}},
		{Name: "role", Many: true, Keys: func(p Person) []string {
			var keys []string
			for _, m := range p.Memberships {
				if m.Role != Learner {
					keys = append(keys, string(m.Organisation)+"/"+string(m.Role))
				}
			}
			return keys
		}},
	},
	Upgrades: []Upgrade{
		asItIs, // people may be suspended, merged and erased: a program that does not know that would let them in again
		asItIs, // they may have chosen that certificates say their fiscal number
	},
}

// personWithin gives, for every organisation on the way up, the name to list by ("organisation/f/family given") and the name begun at each of
// its words ("organisation/w/…"): an ente's people in order, and a search by the beginning of any name, are both one range.
func personWithin(p Person) []string {
	if p.Into != "" || !p.Erased.IsZero() {
		return nil
	}
	var keys []string
	words := strings.Fields(Fold(p.Family + " " + p.Given))
	for _, m := range p.Memberships {
		for _, o := range m.Within {
			keys = append(keys, string(o)+"/f/"+strings.Join(words, " "))
			for i := range words {
				keys = append(keys, string(o)+"/w/"+strings.Join(slices.Concat(words[i:], words[:i]), " "))
			}
		}
	}
	return keys
}

// personOf gives the name to list by for every organisation that somebody belongs or belonged to themselves.
func personOf(p Person) []string {
	if p.Into != "" || !p.Erased.IsZero() {
		return nil
	}
	var keys []string
	for _, m := range p.Memberships {
		keys = append(keys, string(m.Organisation)+"/"+Fold(p.Family+" "+p.Given))
	}
	return keys
}

// FoldLogin makes an e-mail address or login name comparable.
func FoldLogin(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Name is how the person is called on pages and certificates.
func (p Person) Name() string { return strings.TrimSpace(p.Given + " " + p.Family) }

// Current is the membership that counts at a moment for who the person is: the first that holds.
func (p Person) Current(t time.Time) Membership {
	i := slices.IndexFunc(p.Memberships, func(m Membership) bool { return m.At(t) })
	if i < 0 {
		return Membership{}
	}
	return p.Memberships[i]
}

// BelongsTo says whether any membership, past or present, lies in one of the organisations.
func (p Person) BelongsTo(roots []OrganisationID) bool {
	return slices.ContainsFunc(p.Memberships, func(m Membership) bool {
		return slices.ContainsFunc(m.Within, func(o OrganisationID) bool { return slices.Contains(roots, o) })
	})
}

// asSeenBy is the person with what the actor may know of: their own memberships, or those in organisations that the actor administers. What else a
// person is, in another ente, is not disclosed.
func (p Person) asSeenBy(a Actor) Person {
	if p.ID == a.ID {
		return p
	}
	var seen []Membership
	for _, m := range p.Memberships {
		if a.Keeps(m.Within) {
			seen = append(seen, m)
		}
	}
	p.Memberships = seen
	return p
}

// validEmail says whether a text is one bare e-mail address.
func validEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 254
}
