package web

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"os"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/sent"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
)

// Who is the coarse gate of a route; the services decide the rest.
type Who string

// Who may call a route.
const (
	Anyone Who = "anyone"
	Signed Who = "signed" // somebody who is signed in
	Writer Who = "writer" // an author of some organisation
	Admin  Who = "admin"  // an administrator of some organisation
	Staff  Who = "staff"  // an author or an administrator of some organisation
)

// route is one row of the table of pages.
type route struct {
	Method string
	Path   string
	Who    Who
	Handle func(*request) error
	Limit  int64 // of the body in bytes; 0 means defaultLimit. A form with a file that may be larger than inMemory goes to the disk
}

// What a form may weigh, in bytes. A text of a megabyte is larger as a field of a form, and larger still as one that is kept for who has to sign in first.
const (
	defaultLimit = 1 << 20
	textLimit    = 4 << 20
	keptLimit    = 8 << 20
	inMemory     = 16 << 20      // what is larger is never held
	mostSent     = 2_000_000_000 // of a file, as pages say it; a little more is taken
)

// policy is the one content security policy of the pages: nothing inline, nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// door sets the headers of every answer and writes the log of the requests, which names no person.
func (s *Site) door(c *fiber.Ctx) error {
	begin := time.Now()
	id := uuid.NewString()
	c.Locals("id", id)
	c.Set("X-Request-Id", id)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "camera=(), microphone=(), geolocation=()")
	c.Set(fiber.HeaderContentSecurityPolicy, policy)
	if s.secure {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
	err := c.Next()
	status, took := answered(c, err), time.Since(begin)
	s.o.Log.LogAttrs(c.UserContext(), slog.LevelDebug, "request", slog.String("id", id), slog.String("method", c.Method()), slog.String("route", c.Route().Path), slog.Int("status", status), slog.Duration("took", took))
	if s.o.Observe != nil {
		s.o.Observe(strings.Clone(c.Method()), c.Route().Path, status, took)
	}
	return err
}

// answered is the status of an answer; what is still an error, fault will answer.
func answered(c *fiber.Ctx, err error) int {
	if err != nil {
		return faultStatus(err)
	}
	return c.Response().StatusCode()
}

// serve runs a route: who asks, may they, is it their own form; then the handler, and an error page for what it returns.
func (s *Site) serve(row route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := &request{site: s, c: c, route: row, path: strings.Clone(c.Path()), lang: Langs()[0]}
		r.id, _ = c.Locals("id").(string)
		defer func() { r.sent.Drop() }()
		err := s.admit(r)
		if err == nil {
			err = row.Handle(r)
		}
		if err != nil {
			if c.Context().RequestBodyStream() != nil {
				c.Context().SetConnectionClose() // what was not read must not become the next request
			}
			return r.fail(err)
		}
		return nil
	}
}

// admit finds out who asks and refuses what may not pass.
func (s *Site) admit(r *request) (err error) {
	r.secret = strings.Clone(r.c.Cookies(s.cookie(sessionCookie)))
	if r.actor, err = s.o.School.Accounts.Who(r.ctx(), r.secret); err != nil {
		return err
	}
	if r.actor.Nobody() {
		r.secret = ""
	}
	r.lang = s.pickLang(r.c, r.actor)
	switch {
	case r.c.Method() != fiber.MethodPost:
		return r.gate()
	case r.carriesFile():
		if err := r.gate(); err != nil { // before a large file is read
			return err
		}
		return r.takeFile()
	}
	if err := r.takeBody(); err != nil {
		return err
	}
	if err := r.ownForm(); err != nil {
		return err
	}
	return r.gate()
}

// gate refuses who may not use the route. Of a form that somebody without a session sent, the fields are read before: they are kept.
func (r *request) gate() error {
	switch {
	case r.route.Who != Anyone && r.route.Who != "" && r.actor.Nobody():
		return lms.Fail(lms.SignIn, "error.signin")
	case r.route.Who == Admin && !r.actor.Is(lms.Administrator), r.route.Who == Writer && !r.actor.Is(lms.Author),
		r.route.Who == Staff && !r.actor.Is(lms.Author) && !r.actor.Is(lms.Administrator):
		return lms.Fail(lms.Forbidden, "error.role")
	}
	return nil
}

// unread ends the connection after a request whose body nobody will read: what stays unread would be taken for the next request. The API and
// forms read theirs. It ends, too, after a body in chunks, whose length a proxy in front may have understood in another way.
func unread(c *fiber.Ctx) error {
	nobody := c.Method() != fiber.MethodPost && c.Context().RequestBodyStream() != nil && !strings.HasPrefix(c.Path(), "/api/v1/")
	if nobody || c.Request().Header.ContentLength() == -1 {
		c.Context().SetConnectionClose()
	}
	return c.Next()
}

// takeBody reads the body up to the route's limit. A body that is larger, or broken, ends the connection with the answer.
func (r *request) takeBody() (err error) {
	defer func() {
		if err != nil {
			r.c.Context().SetConnectionClose()
		}
	}()
	limit := r.route.Limit
	if limit == 0 || limit > inMemory {
		limit = defaultLimit
	}
	if int64(r.c.Request().Header.ContentLength()) > limit {
		return errLarge
	}
	if r.c.Get(fiber.HeaderContentEncoding) != "" { // no browser packs a form, and a packed one could grow without limit
		return lms.Fail(lms.Invalid, "error.body")
	}
	stream := r.c.Request().BodyStream()
	if stream == nil {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(stream, limit+1))
	if err != nil {
		return &lms.Error{Kind: lms.Invalid, Message: "error.body", Err: err}
	}
	if int64(len(body)) > limit {
		return errLarge
	}
	r.c.Request().SetBody(body)
	return nil
}

// carriesFile says that the request is a form with a file for a route that takes large ones.
func (r *request) carriesFile() bool {
	kind, _, err := mime.ParseMediaType(r.c.Get(fiber.HeaderContentType))
	return err == nil && kind == fiber.MIMEMultipartForm && r.route.Limit > inMemory
}

// takeFile reads a form with a file; the token stands before the file, so that what another site sends is not read. Of a file that is too large the
// handler says so, where it was chosen (file).
func (r *request) takeFile() (err error) {
	defer func() {
		if err != nil || r.large {
			r.c.Context().SetConnectionClose()
		}
	}()
	size := int64(r.c.Request().Header.ContentLength())
	switch {
	case r.ownSite() != nil:
		return r.ownSite()
	case r.c.Get(fiber.HeaderContentEncoding) != "" || size < 0: // no browser sends those
		return lms.Fail(lms.Invalid, "error.body")
	case size > r.route.Limit:
		r.large, r.sent = true, &sent.Form{} // nobody reads its fields
		return nil
	}
	body := r.c.Request().BodyStream()
	if body == nil { // a small one
		body = bytes.NewReader(r.c.Request().Body())
	}
	stream := sent.NewPatient(body, r.c.Context().Conn())
	_, params, _ := mime.ParseMediaType(r.c.Get(fiber.HeaderContentType)) // carriesFile has read it
	r.sent, err = sent.Read(stream, params["boundary"], func(fields map[string]string) error { return r.ownToken(fields["csrf"]) })
	if err == nil {
		err = stream.Release()
	}
	return err
}

// file is the file of a form. Its error is for the form.
func (r *request) file() (*os.File, error) {
	if r.large {
		return nil, errLarge
	}
	return r.sent.File()
}

// ownForm refuses a form that another site sent: by the browser's word (Sec-Fetch-Site, Origin), and with a session by its token.
func (r *request) ownForm() error {
	if err := r.ownSite(); err != nil {
		return err
	}
	return r.ownToken(r.form("csrf"))
}

// ownToken refuses a form of a session without the session's token, in a field or in a header.
func (r *request) ownToken(field string) error {
	if r.secret != "" && cmp.Or(r.c.Get("X-CSRF"), field) != csrf(r.secret) {
		return lms.Fail(lms.Forbidden, "error.expired")
	}
	return nil
}

// ownSite refuses what the browser says another site sent.
func (r *request) ownSite() error {
	site, origin := r.c.Get("Sec-Fetch-Site"), r.c.Get(fiber.HeaderOrigin)
	switch {
	case site != "" && site != "same-origin" && site != "none":
		return lms.Fail(lms.Forbidden, "error.foreign")
	case site == "" && origin != "" && origin != r.site.origin:
		return lms.Fail(lms.Forbidden, "error.foreign")
	}
	return nil
}

// errLarge is a body over the limit.
var errLarge = &lms.Error{Kind: lms.Invalid, Message: "error.large"}

// status is the one table from kinds of error to statuses.
func status(err error) int {
	if err == errLarge {
		return fiber.StatusRequestEntityTooLarge
	}
	switch lms.KindOf(err) {
	case lms.NotFound:
		return fiber.StatusNotFound
	case lms.Conflict:
		return fiber.StatusConflict
	case lms.Forbidden:
		return fiber.StatusForbidden
	case lms.SignIn:
		return fiber.StatusUnauthorized
	case lms.Invalid:
		return fiber.StatusUnprocessableEntity
	case lms.TooMany:
		return fiber.StatusTooManyRequests
	case lms.Unavailable:
		return fiber.StatusServiceUnavailable
	}
	return fiber.StatusInternalServerError
}

// fail answers for an error: the sign-in page where nobody is signed in, otherwise a page that helps. What is our fault goes to the log, with the request's id.
func (r *request) fail(err error) error {
	code := status(err)
	if code >= 500 {
		r.site.o.Log.Error("request failed", "id", r.id, "route", r.route.Path, "err", err)
	}
	r.later(err)
	if code == fiber.StatusUnauthorized {
		return r.askToSignIn()
	}
	r.c.Status(code)
	if strings.Contains(r.c.Get(fiber.HeaderAccept), "application/json") && r.route.Method == fiber.MethodPost {
		return r.c.JSON(map[string]any{"problem": r.message(err)})
	}
	p := &ErrorPage{Status: code, Heading: r.t(fmt.Sprintf("problem.%d", code)), Text: r.message(err), RequestID: r.id}
	p.NoIndex = true
	p.Hints = []Crumb{{r.t("problem.home"), "/"}, {r.t("problem.courses"), "/corsi"}, {r.t("problem.help"), "/aiuto"}}
	return r.show("error", p.Heading, p)
}

// later says when to come back to who tried too often.
func (r *request) later(err error) {
	if lms.Is(err, lms.TooMany) {
		r.c.Set(fiber.HeaderRetryAfter, "30")
	}
}

// message is what an error says to the reader; a fault of ours says only that.
func (r *request) message(err error) string {
	e, ok := asError(err)
	if !ok || e.Kind == lms.Unknown {
		return r.t("error.fault")
	}
	if e.Message == "" || !r.site.o.Messages.Has(r.lang, e.Message) {
		return r.t("error." + strings.ReplaceAll(e.Kind.String(), " ", ""))
	}
	return r.t(e.Message)
}

// problem turns an error about a form into the words above it and beside its fields; any other error is returned.
func (r *request) problem(err error) (text string, fields map[string]string, rest error) {
	e, ok := asError(err)
	if !ok || (e.Kind != lms.Invalid && e.Kind != lms.Conflict && e.Kind != lms.TooMany) {
		return "", nil, err
	}
	fields = map[string]string{}
	for k, v := range e.Fields {
		if r.site.o.Messages.Has(r.lang, v) {
			v = r.t(v)
		}
		fields[k] = v
	}
	r.c.Status(status(err))
	r.later(err)
	return r.message(err), fields, nil
}
