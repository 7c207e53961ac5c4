package front

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"aulacomune/lms"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"
)

// SignInPage is signin.html.
type SignInPage struct {
	Frame
	Email   string
	Next    string // where to go afterwards
	Keep    string // a form that came without a session, packed; field name "keep"
	Ways    []Way
	Problem string
	Errors  map[string]string
}

// Way is a way to sign in without a password, on the sign-in page.
type Way struct {
	Name    string // of the identity provider; "" for a link by e-mail
	Address string // where the form goes; of a link by e-mail, the page that asks for one
}

// ShowSignIn shows the sign-in page, with every way that the rooms bring.
func (r *Request) ShowSignIn(p *SignInPage) error {
	p.Ways = r.site.ways
	return r.Show("signin", r.T("signin.title"), p)
}

// ResumePage is resume.html: a form that was sent without a session, ready to be sent again.
type ResumePage struct {
	Frame
	Action string
	Fields []KeptField
}

// KeptField is a field of a form that came without a session.
type KeptField struct {
	Name  string `json:"n"`
	Value string `json:"v"`
}

// Cookies. With TLS their names begin with __Host-, so that no other host can set them.
func (s *Site) cookie(name string) string {
	if s.secure {
		return "__Host-" + name
	}
	return name
}

const (
	sessionCookie = "aula"
	langCookie    = "lingua"
)

// SetCookie gives the browser a cookie of this site that no script can read; one with a life that is over takes it away.
func (r *Request) SetCookie(name, value string, life time.Duration) {
	r.C.Cookie(&fiber.Cookie{
		Name: r.site.cookie(name), Value: value, Path: "/", MaxAge: int(life.Seconds()), HTTPOnly: true, Secure: r.site.secure, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

// Cookie is what SetCookie gave, "" without it.
func (r *Request) Cookie(name string) string { return strings.Clone(r.C.Cookies(r.site.cookie(name))) }

// Begin gives the browser a session.
func (r *Request) Begin(secret string) { r.SetCookie(sessionCookie, secret, 30*24*time.Hour) }

func (r *Request) dropCookie(name string) { r.SetCookie(name, "", -time.Second) }

// Leave ends the session in the browser; who asks is nobody from here on.
func (r *Request) Leave() {
	r.dropCookie(sessionCookie)
	r.Actor, r.secret = lms.Actor{}, ""
}

// SignOut ends the session for good.
func (r *Request) SignOut() error {
	if err := r.School().Accounts.SignOut(r.Ctx(), r.secret); err != nil {
		return err
	}
	r.dropCookie(sessionCookie)
	return nil
}

// Choose keeps the language that the reader chose. One that is none changes nothing.
func (r *Request) Choose(lang string) {
	for _, l := range Langs() {
		if l == lang {
			r.SetCookie(langCookie, l, 365*24*time.Hour)
		}
	}
}

// Welcome begins a session and goes on: to what was being sent, or to where the reader wanted to go.
func (r *Request) Welcome(secret, next, keep string) error {
	r.Begin(secret)
	if kept, ok := readKept(keep); ok {
		r.secret = secret
		p := &ResumePage{Action: kept.Action, Fields: kept.Fields}
		return r.Show("resume", r.T("resume.title"), p)
	}
	return r.See(next)
}

// askToSignIn shows the sign-in page in place of one that needs it. What a form had sent is kept, and offered to be sent once the reader is back.
func (r *Request) askToSignIn() error {
	r.C.Status(fiber.StatusUnauthorized)
	p := &SignInPage{Next: Local(strings.Clone(r.C.OriginalURL()), "")}
	p.NoIndex, p.Notice = true, &Notice{"info", r.T("error.signin")}
	if r.route.Method == fiber.MethodPost {
		p.Next, p.Keep, p.Notice.Text = "", r.keep(), r.T("error.signin.kept")
	}
	return r.ShowSignIn(p)
}

// kept is a form that came without a session.
type kept struct {
	Action string      `json:"action"`
	Fields []KeptField `json:"fields"`
}

// keep packs the fields of a plain form; files and passwords are not kept.
func (r *Request) keep() string {
	k := kept{Action: strings.Clone(r.C.OriginalURL())}
	for name, value := range r.C.Request().PostArgs().All() {
		switch string(name) {
		case "csrf", "password", "old", "new", "again":
		default:
			k.Fields = append(k.Fields, KeptField{string(name), string(value)})
		}
	}
	b, err := json.Marshal(k)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func readKept(s string) (k kept, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if s == "" || err != nil || json.Unmarshal(b, &k) != nil || len(k.Fields) == 0 {
		return k, false
	}
	return k, Local(k.Action, "") != ""
}

// pickLang is the language of a reader: their own choice, then the browser's.
func (s *Site) pickLang(c *fiber.Ctx, a lms.Actor) string {
	for _, l := range []string{c.Cookies(s.cookie(langCookie)), a.Lang} {
		for _, known := range Langs() {
			if l == known {
				return known
			}
		}
	}
	header := c.Get(fiber.HeaderAcceptLanguage)
	if header == "" {
		return Langs()[0]
	}
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return Langs()[0]
	}
	for _, t := range tags {
		base, _ := t.Base()
		for _, known := range Langs() {
			if base.String() == known {
				return known
			}
		}
	}
	return Langs()[0]
}

// SessionCookie is the name of the cookie that holds a session.
func (s *Site) SessionCookie() string { return s.cookie(sessionCookie) }
