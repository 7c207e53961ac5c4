package lms

import (
	"context"
	"time"
)

// Letter is what a room asks to be sent by e-mail. It says what happened; the words around it lie in lms/mail, by Kind and Lang.
type Letter struct {
	Cause        string            // why it is sent, without personal data: "request/ID/asked/1". One cause is one letter
	Kind         string            // names the template: "request.asked"
	To           string            // e-mail address
	Person       PersonID          // whose address it is; "" for somebody without an account
	About        PersonID          // of whom it tells somebody else; "" for nobody else
	Name, Lang   string            // how they are called; "it" or "en", "" is Italian
	Organisation OrganisationID    // in whose name; who keeps its people may see that it was sent
	Words        map[string]string // what the template puts in: titles, names, dates already in words
	Link         string            // path on our public address, with its secret; "" for none. Never logged, dropped when sent
	Calendar     []byte            // text/calendar part; nil for none
	Method       string            // of the calendar part: REQUEST, CANCEL
	Until        time.Time         // it says nothing any more from then on, and is not sent; zero is as long as letters are tried
}

// Post takes a letter to be sent, once: a cause that is known already is no error and sends nothing. Invalid says what is wrong with the letter.
type Post func(ctx context.Context, l Letter) error
