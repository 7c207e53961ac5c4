// Package access is the pages of ways to sign in without a password: links by e-mail, identity providers, a forgotten password, linked accounts and the fiscal number.
package access

import (
	"context"
	"embed"

	"aulacomune/lms/fiscal"
	"aulacomune/lms/signin"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Pages is what these pages ask of other rooms.
type Pages struct {
	SignIn  *signin.Service
	Fiscal  *fiscal.Office
	Contact string // whom to ask: an address or a sentence
	// Forgotten sends somebody a link to a new password, and tells nobody whether there is such a login; from is the client's address. nil without mail.
	Forgotten func(ctx context.Context, login, from string) error
}

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	r := front.Room{Name: "lms/web/access", Templates: templateFiles, Routes: p.routes()}
	for _, b := range p.SignIn.Providers() {
		r.Ways = append(r.Ways, front.Way{Name: b.Name, Address: "/accedi/con/" + b.ID})
	}
	if p.SignIn.SendsLinks() {
		r.Ways = append(r.Ways, front.Way{Address: "/accedi/collegamento"})
	}
	return r
}
