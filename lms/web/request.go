package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/web/press"
	"aulacomune/lms/web/sent"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"
)

// request is one request on its way through a handler. Its texts are copies: fiber uses its buffers again.
type request struct {
	site   *Site
	c      *fiber.Ctx
	route  route
	actor  lms.Actor
	secret string // of the session, "" without one
	lang   string
	id     string // of the request, for the log and the error page
	path   string
	sheet  press.Page // what is put together
	frame  *Frame     // of the page that is shown
	sent   *sent.Form // a form with a file, where the route takes large ones
	large  bool       // the file was too large to be read
}

func (r *request) ctx() context.Context { return r.c.UserContext() }

func (r *request) school() *lms.School { return r.site.o.School }

// t is a text in the reader's language.
func (r *request) t(key string, args ...any) string {
	return r.site.o.Messages.Text(r.lang, key, args...)
}

// inWords says dates and durations in the reader's language.
func (r *request) inWords() words { return words{r.site.o.Messages, r.lang, r.site.rome} }

// say puts phrases in words.
func (r *request) say(phrases []course.Phrase) []string {
	var out []string
	for _, p := range phrases {
		out = append(out, r.t(p.Key, p.Args...))
	}
	return out
}

func (r *request) param(name string) string { return strings.Clone(r.c.Params(name)) }

func (r *request) query(name string) string { return strings.Clone(r.c.Query(name)) }

// form is a field of the form that was sent. An address is never read for it: fields there would be logged, and anybody could have written them.
func (r *request) form(name string) string {
	if r.sent != nil {
		return r.sent.Fields[name]
	}
	if v := r.c.Request().PostArgs().Peek(name); len(v) > 0 {
		return string(v)
	}
	if m, err := r.c.Request().MultipartForm(); err == nil && len(m.Value[name]) > 0 {
		return m.Value[name][0]
	}
	return ""
}

// contentLang is the language of a course's words, "" when it is the page's.
func (r *request) contentLang(lang string) string {
	if lang == r.lang {
		return ""
	}
	return lang
}

// csrf is derived from the session, so that it needs no place of its own.
func csrf(secret string) string {
	if secret == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("csrf " + secret))
	return hex.EncodeToString(sum[:16])
}

// framed is a page with its frame.
type framed interface{ frame() *Frame }

func (f *Frame) frame() *Frame { return f }

// show renders a page. The title is a text already in the reader's language.
func (r *request) show(name, title string, p framed) error {
	f := p.frame()
	f.Title = title
	if err := r.fill(f); err != nil {
		return err
	}
	b := r.site.buffers.Get().(*bytes.Buffer)
	defer r.site.buffers.Put(b)
	b.Reset()
	if err := r.site.templates[r.lang][name].ExecuteTemplate(b, "layout", p); err != nil {
		return err
	}
	r.c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	r.c.Set(fiber.HeaderCacheControl, "private, no-cache")
	r.c.Vary(fiber.HeaderAcceptEncoding, fiber.HeaderCookie)
	r.c.Set(fiber.HeaderContentLanguage, r.lang)
	return r.send(b.Bytes())
}

// send answers with a rendered page, compressed where the reader's browser can. What is sent is memory of its own: the buffer serves the next page
// while this one is still being written to the reader.
func (r *request) send(rendered []byte) error {
	if accepts(r.c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		r.c.Set(fiber.HeaderContentEncoding, "gzip")
		r.c.Response().SetBodyRaw(r.sheet.Gzipped(rendered, &r.site.fragments))
		return nil
	}
	r.c.Response().SetBodyRaw(r.sheet.Plain(rendered))
	return nil
}

// see sends the reader to another page, after a form.
func (r *request) see(address string) error {
	return r.c.Redirect(address, fiber.StatusSeeOther)
}

// done sends the reader to a page that says what was done.
func (r *request) done(address, outcome string) error {
	sep := "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	return r.see(address + sep + "esito=" + outcome)
}

// local lets only addresses on this site pass, so that nobody is sent elsewhere.
func local(address, otherwise string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.Contains(address, `\`) {
		return otherwise
	}
	return address
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

func (r *request) setCookie(name, value string, life time.Duration) {
	r.c.Cookie(&fiber.Cookie{
		Name: r.site.cookie(name), Value: value, Path: "/", MaxAge: int(life.Seconds()), HTTPOnly: true, Secure: r.site.secure, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

func (r *request) begin(secret string) { r.setCookie(sessionCookie, secret, 30*24*time.Hour) }

func (r *request) dropCookie(name string) { r.setCookie(name, "", -time.Second) }

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
