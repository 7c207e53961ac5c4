package webinar

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"aulacomune/lms"
)

// What a link is good for.
const (
	toPlace = "place" // see one's place, and leave it
	toEnter = "enter" // go through to the meeting
)

// token is a person with a signature for one webinar and one purpose, by the key of the webinar: whoever has the link can enter or leave for the person it is
// for, and do nothing else. A letter that is forwarded tells an id, which says nothing of the person.
func (w Webinar) token(purpose string, p lms.PersonID) string {
	m := hmac.New(sha256.New, []byte(w.Key))
	m.Write([]byte(purpose + "\n" + string(w.ID) + "\n" + string(p)))
	return string(p) + "." + base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:16])
}

// holder is whose link it is; NotFound where it is nobody's.
func (s *Webinars) holder(ctx context.Context, purpose string, w Webinar, token string) (lms.Person, error) {
	id, _, ok := strings.Cut(token, ".")
	if !ok || !hmac.Equal([]byte(w.token(purpose, lms.PersonID(id))), []byte(token)) {
		return lms.Person{}, lms.Fail(lms.NotFound, "error.link")
	}
	p, err := s.in.School.People.Known(ctx, lms.PersonID(id))
	if err == nil && p.Into != "" { // their letter came before they turned out to be somebody else
		p, err = s.in.School.People.Known(ctx, p.Into)
	}
	if err == nil && !p.MayEnter() || lms.Is(err, lms.NotFound) {
		err = lms.Fail(lms.NotFound, "error.link")
	}
	return p, err
}

// placePath is the personal page of somebody's place in a webinar: /webinar/SLUG/posto/TOKEN.
func (w Webinar) placePath(p lms.PersonID) string { return path(w) + "/posto/" + w.token(toPlace, p) }

// enterPath is the personal way into the meeting: /webinar/SLUG/entra/TOKEN.
func (w Webinar) enterPath(p lms.PersonID) string { return path(w) + "/entra/" + w.token(toEnter, p) }
