package front

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/web/press"
	"aulacomune/lms/web/sent"

	"github.com/gofiber/fiber/v2"
)

// Request is one request on its way through a handler. Its texts are copies: fiber uses its buffers again.
type Request struct {
	C     *fiber.Ctx // what was asked and is answered, where the methods of Request don't do
	Actor lms.Actor  // who asks; the zero Actor is nobody
	Lang  string     // of the reader, one of Langs
	Path  string     // of the page that is shown, without query: a handler that answers a form sets it to the page the form is on

	site   *Site
	route  Route
	secret string     // of the session, "" without one
	id     string     // of the request, for the log and the error page
	sheet  press.Page // what is put together
	frame  *Frame     // of the page that is shown
	sent   *sent.Form // a form with a file, where the route takes large ones
	large  bool       // the file was too large to be read
}

// Ctx is for calls of the services.
func (r *Request) Ctx() context.Context { return r.C.UserContext() }

// School is the services of lms. What a room asks of others, it keeps itself.
func (r *Request) School() *lms.School { return r.site.o.School }

// Log is where a handler says what an administrator of the machine should know, without naming a person.
func (r *Request) Log() *slog.Logger { return r.site.o.Log }

// Now is the moment by which the pages say what is over.
func (r *Request) Now() time.Time { return time.Now() }

// InRome is a moment as clocks in Italy show it.
func (r *Request) InRome(t time.Time) time.Time { return t.In(r.site.rome) }

// URL is an address of this site in full, for what is printed or sent.
func (r *Request) URL(address string) string { return r.site.o.URL + address }

// T is a text in the reader's language.
func (r *Request) T(key string, args ...any) string {
	return r.site.o.Messages.Text(r.Lang, key, args...)
}

// Has says whether a text is the key of a message.
func (r *Request) Has(key string) bool { return r.site.o.Messages.Has(r.Lang, key) }

// Words says dates and durations in the reader's language.
func (r *Request) Words() Words { return r.WordsIn(r.Lang) }

// WordsIn speaks another language than the reader's, for what belongs to a course.
func (r *Request) WordsIn(lang string) Words { return Words{r.site.o.Messages, lang, r.site.rome} }

// Say puts phrases in words.
func (r *Request) Say(phrases []course.Phrase) []string {
	var out []string
	for _, p := range phrases {
		out = append(out, r.T(p.Key, p.Args...))
	}
	return out
}

// Param is a part of the address: "id" where the route says ":id".
func (r *Request) Param(name string) string { return strings.Clone(r.C.Params(name)) }

// Query is a parameter behind the question mark of the address, "" without one.
func (r *Request) Query(name string) string { return strings.Clone(r.C.Query(name)) }

// Form is a field of the form that was sent. An address is never read for it: fields there would be logged, and anybody could have written them.
func (r *Request) Form(name string) string {
	if r.sent != nil {
		return r.sent.Fields[name]
	}
	if v := r.C.Request().PostArgs().Peek(name); len(v) > 0 {
		return string(v)
	}
	if m, err := r.C.Request().MultipartForm(); err == nil && len(m.Value[name]) > 0 {
		return m.Value[name][0]
	}
	return ""
}

// Forms are the values of a field that was sent more than once, or of several that have the same name.
func (r *Request) Forms(name string) []string {
	var out []string
	for _, v := range r.C.Request().PostArgs().PeekMulti(name) {
		out = append(out, string(v))
	}
	return out
}

// ContentLang is the language of a course's words, "" when it is the page's.
func (r *Request) ContentLang(lang string) string {
	if lang == r.Lang {
		return ""
	}
	return lang
}

// Upload reads a small file of a form as it came; nil when none was chosen.
func (r *Request) Upload(name string) ([]byte, error) {
	h, err := r.C.FormFile(name)
	if err != nil {
		return nil, nil //nolint:nilerr // no file was chosen: the form says so
	}
	f, err := h.Open()
	if err != nil {
		return nil, fmt.Errorf("open upload: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read upload: %w", err)
	}
	return b, nil
}

// CSRF is the token of a session: derived from it, so that it needs no place of its own.
func CSRF(secret string) string {
	if secret == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("csrf " + secret))
	return hex.EncodeToString(sum[:16])
}

// Framed is a page with its frame: every struct that embeds Frame.
type Framed interface{ frame() *Frame }

func (f *Frame) frame() *Frame { return f }

// Show renders the page templates/NAME.html of any room. The title is a text already in the reader's language.
func (r *Request) Show(name, title string, p Framed) error {
	f := p.frame()
	f.Title = title
	if err := r.fill(f); err != nil {
		return err
	}
	b := r.site.buffers.Get().(*bytes.Buffer)
	defer r.site.buffers.Put(b)
	b.Reset()
	if err := r.site.templates[r.Lang][name].ExecuteTemplate(b, "layout", p); err != nil {
		return err
	}
	r.C.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	r.C.Set(fiber.HeaderCacheControl, "private, no-cache")
	r.C.Vary(fiber.HeaderAcceptEncoding, fiber.HeaderCookie)
	r.C.Set(fiber.HeaderContentLanguage, r.Lang)
	return r.send(b.Bytes())
}

// send answers with a rendered page, compressed where the reader's browser can. What is sent is memory of its own: the buffer serves the next page
// while this one is still being written to the reader.
func (r *Request) send(rendered []byte) error {
	if accepts(r.C.Get(fiber.HeaderAcceptEncoding), "gzip") {
		r.C.Set(fiber.HeaderContentEncoding, "gzip")
		r.C.Response().SetBodyRaw(r.sheet.Gzipped(rendered, &r.site.fragments))
		return nil
	}
	r.C.Response().SetBodyRaw(r.sheet.Plain(rendered))
	return nil
}

// See sends the reader to another page, after a form.
func (r *Request) See(address string) error {
	return r.C.Redirect(address, fiber.StatusSeeOther)
}

// Done sends the reader to a page that says what was done: the message "outcome.OUTCOME".
func (r *Request) Done(address, outcome string) error {
	sep := "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	return r.See(address + sep + "esito=" + outcome)
}

// Local lets only addresses on this site pass, so that nobody is sent elsewhere.
func Local(address, otherwise string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.Contains(address, `\`) {
		return otherwise
	}
	return address
}

// PageSize is how many rows a list shows at once.
const PageSize = 50

// Page is the page of a list that the address asks for.
func (r *Request) Page() lms.PageAt { return lms.PageAt{After: r.Query("cursore"), Limit: PageSize} }

// More is the address of the next page of a list, for part/more: address ends in ? or &; next is the cursor, "" at the end.
func More(address, next string) string {
	if next == "" {
		return ""
	}
	return address + "cursore=" + next
}

// Crumbs are the way from the site's first page to this one.
func (r *Request) Crumbs(more ...Crumb) []Crumb {
	return append([]Crumb{{r.T("crumbs.home"), "/"}}, more...)
}

// DeskCrumbs are the way through the staff's desk to this page.
func (r *Request) DeskCrumbs(more ...Crumb) []Crumb {
	return append(r.Crumbs(Crumb{r.T("nav.admin"), r.site.desk(r.Actor)}), more...)
}
