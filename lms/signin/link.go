package signin

import (
	"context"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
)

// Link lets a person in once, without a password. There is one of each person: a newer one takes the place of the older.
type Link struct {
	Person  lms.PersonID `json:"person"`
	Secret  string       `json:"secret,omitempty"` // its hash; "" once it was used
	Next    string       `json:"next,omitempty"`   // where to go then, on this site
	Expires time.Time    `json:"expires"`
	Sent    []time.Time  `json:"sent"` // the letters of the last hour
}

const (
	// LinkLife is how long a link may be used.
	LinkLife = 15 * time.Minute
	// perHour is how many letters somebody gets at most, whoever asks for them.
	perHour = 8
	maxNext = 1000
)

// linkPath is where links lead.
const linkPath = "/accedi/collegamento/"

var links = lms.Noun[Link]{
	Name: "signin_links",
	ID:   func(l Link) string { return string(l.Person) },
	Indexes: []lms.Index[Link]{
		{Name: "secret", Unique: true, Keys: func(l Link) []string { return some(l.Secret) }},
		{Name: "over", Keys: func(l Link) []string { return []string{lms.TimeKey(l.over())} }},
	},
}

func some(key string) []string {
	if key == "" {
		return nil
	}
	return []string{key}
}

// over is when nothing of a link is needed any more.
func (l Link) over() time.Time {
	over := l.Expires
	for _, at := range l.Sent {
		if end := at.Add(time.Hour); end.After(over) {
			over = end
		}
	}
	return over
}

// SendsLinks says whether links can be sent.
func (s *Service) SendsLinks() bool { return s.post != nil }

// Ask sends a link to whoever has that login and an e-mail address. from is the client's address, next where to go then. It says nothing of whether
// there is such a person, and answers before that is looked up.
func (s *Service) Ask(ctx context.Context, login, next, from string) error {
	if !s.SendsLinks() {
		return lms.Fail(lms.NotFound, "error.notfound")
	}
	if login = lms.FoldLogin(login); login == "" || len(login) > 254 {
		return lms.Wrong("email", "error.required")
	}
	if err := s.throttle.Try(s.now(), "link "+login+" "+from, "link from "+from); err != nil {
		return err
	}
	if len(next) > maxNext {
		next = ""
	}
	select {
	case s.slots <- struct{}{}:
	default:
		return lms.Fail(lms.TooMany, "error.toomany")
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), behindWrite)
	login, next = strings.Clone(login), strings.Clone(next)
	s.behind.Go(func() {
		defer func() { stop(); <-s.slots }()
		if err := s.send(ctx, login, next); err != nil && !lms.Is(err, lms.NotFound) {
			s.log.Error("sign-in link not sent", "err", err)
		}
	})
	return nil
}

func (s *Service) send(ctx context.Context, login, next string) error {
	p, err := s.school.People.ByLogin(ctx, login)
	if err != nil || p.Email == "" || !p.MayEnter() {
		return err
	}
	secret, err := s.newLink(ctx, p.ID, next)
	if err != nil || secret == "" {
		return err
	}
	return s.post(ctx, lms.Letter{
		Cause: "signin/" + string(p.ID) + "/" + hash(secret)[:16], Kind: "signin.link", To: p.Email, Person: p.ID, Name: p.Name(), Lang: p.Lang,
		Organisation: p.Current(s.now()).Organisation, Link: linkPath + secret,
		Words: map[string]string{"login": login, "minutes": strconv.Itoa(int(LinkLife.Minutes()))},
	})
}

// newLink makes a person's link and gives its secret; "" when they got too many letters in this hour.
func (s *Service) newLink(ctx context.Context, id lms.PersonID, next string) (secret string, err error) {
	secret = newSecret()
	for range 3 { // another node may add the first one meanwhile
		many := false
		_, err = s.links.Change(ctx, string(id), func(l *Link) error {
			many = !l.renew(hash(secret), next, s.now())
			return nil
		})
		if lms.Is(err, lms.NotFound) {
			l := Link{Person: id}
			l.renew(hash(secret), next, s.now())
			if err = s.links.Add(ctx, l); lms.IsTaken(err, "id") {
				continue
			}
		}
		if many {
			return "", err
		}
		break
	}
	return secret, err
}

// renew makes the link a new one, unless there were too many within an hour.
func (l *Link) renew(secret, next string, now time.Time) bool {
	var recent []time.Time
	for _, at := range l.Sent {
		if now.Sub(at) < time.Hour {
			recent = append(recent, at)
		}
	}
	if len(recent) >= perHour {
		return false
	}
	l.Secret, l.Next, l.Expires, l.Sent = secret, next, now.Add(LinkLife), append(recent, now)
	return true
}

// Opened is a link as the page of its address shows it.
type Opened struct{ Name, Login string }

// OpenLink says whose a link is; NotFound when it is unknown, used, replaced or over. Opening it changes nothing: mail scanners open links.
func (s *Service) OpenLink(ctx context.Context, secret string) (Opened, error) {
	_, p, err := s.byLink(ctx, secret)
	return Opened{p.Name(), p.Email}, err
}

func (s *Service) byLink(ctx context.Context, secret string) (Link, lms.Person, error) {
	unknown := lms.Fail(lms.NotFound, "error.signin.link")
	all, err := s.links.All(ctx, lms.Query{Index: "secret", Equal: hash(secret), Limit: 1})
	if err != nil {
		return Link{}, lms.Person{}, err
	}
	if secret == "" || len(all) == 0 || !all[0].good(hash(secret), s.now()) {
		return Link{}, lms.Person{}, unknown
	}
	p, err := s.school.People.Known(ctx, all[0].Person)
	if lms.Is(err, lms.NotFound) || err == nil && !p.MayEnter() {
		return Link{}, lms.Person{}, unknown
	}
	return all[0], p, err
}

func (l Link) good(secret string, now time.Time) bool {
	return l.Secret != "" && l.Secret == secret && now.Before(l.Expires)
}

// UseLink signs in the person of a link and says where they wanted to go. It works once.
func (s *Service) UseLink(ctx context.Context, secret string) (session, next string, err error) {
	l, p, err := s.byLink(ctx, secret)
	if err != nil {
		return "", "", err
	}
	_, err = s.links.Change(ctx, string(l.Person), func(l *Link) error {
		if !l.good(hash(secret), s.now()) {
			return lms.Fail(lms.NotFound, "error.signin.link")
		}
		l.Secret = ""
		return nil
	})
	if err != nil {
		return "", "", err
	}
	session, err = s.enter(ctx, p)
	return session, l.Next, err
}
