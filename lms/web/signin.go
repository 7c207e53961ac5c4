package web

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"aulacomune/lms"

	"github.com/gofiber/fiber/v2"
)

func signInForm(r *request) error {
	if !r.actor.Nobody() {
		return r.see(local(r.query("da"), "/apprendimento"))
	}
	return r.show("signin", r.t("signin.title"), &SignInPage{Next: local(r.query("da"), "")})
}

func signIn(r *request) error {
	login, next, keep := r.form("email"), local(r.form("da"), "/apprendimento"), r.form("keep")
	secret, _, err := r.school().Accounts.SignIn(r.ctx(), login, r.form("password"), r.c.IP())
	if err != nil {
		text, fields, err := r.problem(err)
		if err != nil {
			return err
		}
		return r.show("signin", r.t("signin.title"), &SignInPage{Email: login, Next: local(r.form("da"), ""), Keep: keep, Problem: text, Errors: fields})
	}
	return r.welcome(secret, next, keep)
}

// welcome begins a session and goes on: to what was being sent, or to where the reader wanted to go.
func (r *request) welcome(secret, next, keep string) error {
	r.begin(secret)
	if kept, ok := readKept(keep); ok {
		r.secret = secret
		p := &ResumePage{Action: kept.Action, Fields: kept.Fields}
		return r.show("resume", r.t("resume.title"), p)
	}
	return r.see(next)
}

// askToSignIn shows the sign-in page in place of one that needs it. What a form had sent is kept, and offered to be sent once the reader is back.
func (r *request) askToSignIn() error {
	r.c.Status(fiber.StatusUnauthorized)
	p := &SignInPage{Next: local(strings.Clone(r.c.OriginalURL()), "")}
	p.NoIndex, p.Notice = true, &Notice{"info", r.t("error.signin")}
	if r.route.Method == fiber.MethodPost {
		p.Next, p.Keep, p.Notice.Text = "", r.keep(), r.t("error.signin.kept")
	}
	return r.show("signin", r.t("signin.title"), p)
}

// kept is a form that came without a session.
type kept struct {
	Action string      `json:"action"`
	Fields []KeptField `json:"fields"`
}

// keep packs the fields of a plain form; files and passwords are not kept.
func (r *request) keep() string {
	k := kept{Action: strings.Clone(r.c.OriginalURL())}
	for name, value := range r.c.Request().PostArgs().All() {
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
	return k, local(k.Action, "") != ""
}

func signOut(r *request) error {
	if err := r.school().Accounts.SignOut(r.ctx(), r.secret); err != nil {
		return err
	}
	r.dropCookie(sessionCookie)
	return r.done("/", "signout")
}

func forgotten(r *request) error {
	return r.show("forgotten", r.t("forgotten.title"), &ForgottenPage{Contact: r.site.o.Contact})
}

func activateForm(r *request) error {
	p, err := r.activation()
	if err != nil {
		return err
	}
	return r.show("activate", r.t("activate.title"), p)
}

// activation opens the link of the address.
func (r *request) activation() (*ActivatePage, error) {
	person, err := r.school().Accounts.OpenLink(r.ctx(), r.param("secret"))
	if lms.Is(err, lms.NotFound) {
		return nil, lms.Fail(lms.NotFound, "error.link")
	}
	if err != nil {
		return nil, err
	}
	login := person.Email
	if login == "" {
		login = person.Login
	}
	p := &ActivatePage{Name: person.Name(), Login: login, Action: "/attiva/" + url.PathEscape(r.param("secret")), MinLength: lms.MinPassword}
	p.NoIndex = true
	return p, nil
}

func activate(r *request) error {
	p, err := r.activation()
	if err != nil {
		return err
	}
	password := r.form("password")
	if password != r.form("again") {
		err = lms.Wrong("again", "error.password.again")
	}
	var secret string
	if err == nil {
		secret, err = r.school().Accounts.UseLink(r.ctx(), r.param("secret"), password)
	}
	if err != nil {
		if p.Problem, p.Errors, err = r.problem(err); err != nil {
			return err
		}
		return r.show("activate", r.t("activate.title"), p)
	}
	r.begin(secret)
	return r.done("/apprendimento", "activated")
}

func setLang(r *request) error {
	lang := r.form("lingua")
	if !r.actor.Nobody() {
		if err := r.school().Accounts.SetLang(r.ctx(), r.actor, lang); err != nil {
			return err
		}
	}
	for _, l := range Langs() {
		if l == lang {
			r.setCookie(langCookie, l, 365*24*time.Hour)
		}
	}
	return r.see(local(r.form("da"), "/"))
}

func demoEnter(r *request) error {
	email := r.form("email")
	for _, a := range r.site.o.Demo.Accounts {
		if a.Email != email {
			continue
		}
		secret, err := r.school().Accounts.Enter(r.ctx(), email)
		if err != nil {
			return err
		}
		return r.welcome(secret, local(r.form("da"), "/apprendimento"), r.form("keep"))
	}
	return lms.Fail(lms.NotFound, "error.person.unknown")
}

func demoRestart(r *request) error {
	r.dropCookie(sessionCookie)
	r.actor, r.secret = lms.Actor{}, ""
	if err := r.show("restart", r.t("restart.title"), &RestartPage{}); err != nil {
		return err
	}
	r.c.Set("Refresh", "5; url=/")
	r.site.o.Demo.Restart()
	return nil
}
