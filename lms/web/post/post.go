// Package post is the pages of letters: those that the outbox keeps, for whoever keeps the people of an ente, and the mailbox of a demo.
package post

import (
	"embed"

	"aulacomune/lms/mail"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Pages is what these pages ask of other rooms.
type Pages struct {
	Outbox *mail.Outbox
	Box    *mail.Box // of a demo; nil elsewhere
}

// Where these pages are.
const (
	outboxAddress = "/amministrazione/posta"
	boxAddress    = "/demo/posta"
)

// Room is these pages as the front takes them in.
func Room(p Pages) front.Room {
	r := front.Room{
		Name: "lms/web/post", Templates: templateFiles, Routes: p.routes(),
		Desk:  []front.Section{{Label: "letters.title", Address: outboxAddress, Who: front.Keeper, Place: 70, Group: front.Office}},
		Waits: []front.Wait{{Label: "wait.letters", Icon: "mail", Address: outboxAddress + "?stato=" + string(mail.Failed), Who: front.Keeper, Place: 40, Count: p.countFailed}},
	}
	if p.Box != nil {
		r.Demo = []front.Section{{Label: "demo.mail", Address: boxAddress, Who: front.Anyone}}
	}
	return r
}

// countFailed counts the letters that could not be sent, wherever the reader keeps people.
func (p Pages) countFailed(r *front.Request) (n int, err error) {
	for _, root := range r.Actor.Kept() {
		counts, err := p.Outbox.Counts(r.Ctx(), r.Actor, root)
		if err != nil {
			return n, err
		}
		n += counts[mail.Failed]
	}
	return n, nil
}
