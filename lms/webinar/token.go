package webinar

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/codes"
)

// linkKey is the one key by which the links of letters are signed: whoever has one can enter or leave for the person it is for, and do nothing else.
type linkKey struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

// linkKeys says how it is kept.
var linkKeys = lms.Noun[linkKey]{Name: "webinar_keys", ID: func(k linkKey) string { return k.ID }}

// linkKey is the installation's key, made when it is first needed.
func (s *Webinars) linkKey(ctx context.Context) ([]byte, error) {
	const id = "links"
	k, err := s.keys.Find(ctx, id)
	if lms.Is(err, lms.NotFound) {
		if err = s.keys.Add(ctx, linkKey{id, codes.Secret() + codes.Secret()}); err == nil || lms.IsTaken(err, "id") {
			k, err = s.keys.Find(ctx, id)
		}
	}
	return []byte(k.Secret), err
}

// What a link is good for.
const (
	toPlace = "place" // see one's place, and leave it
	toEnter = "enter" // go through to the meeting
)

// token is a person with a signature for one webinar and one purpose. A letter that is forwarded tells an id, which says nothing of the person.
func (s *Webinars) token(purpose string, w ID, p lms.PersonID) string {
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte(purpose + "\n" + string(w) + "\n" + string(p)))
	return string(p) + "." + base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:16])
}

// holder is whose link it is; NotFound where it is nobody's.
func (s *Webinars) holder(ctx context.Context, purpose string, w ID, token string) (lms.Person, error) {
	id, _, ok := strings.Cut(token, ".")
	if !ok || !hmac.Equal([]byte(s.token(purpose, w, lms.PersonID(id))), []byte(token)) {
		return lms.Person{}, lms.Fail(lms.NotFound, "error.link")
	}
	p, err := s.in.School.People.Known(ctx, lms.PersonID(id))
	if err == nil && !p.MayEnter() || lms.Is(err, lms.NotFound) {
		err = lms.Fail(lms.NotFound, "error.link")
	}
	return p, err
}

// PlacePath is the personal page of somebody's place in a webinar: /webinar/SLUG/posto/TOKEN.
func (s *Webinars) PlacePath(w Webinar, p lms.PersonID) string {
	return path(w) + "/posto/" + s.token(toPlace, w.ID, p)
}

// EnterPath is the personal way into the meeting: /webinar/SLUG/entra/TOKEN.
func (s *Webinars) EnterPath(w Webinar, p lms.PersonID) string {
	return path(w) + "/entra/" + s.token(toEnter, w.ID, p)
}
