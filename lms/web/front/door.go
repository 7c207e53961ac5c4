package front

import (
	"bytes"
	"cmp"
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

// Policy is the one content security policy of the pages: nothing inline, nothing from elsewhere.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

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
	c.Set(fiber.HeaderContentSecurityPolicy, Policy)
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
func (s *Site) serve(row Route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := &Request{site: s, C: c, route: row, Path: strings.Clone(c.Path()), Lang: Langs()[0]}
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
func (s *Site) admit(r *Request) (err error) {
	r.secret = strings.Clone(r.C.Cookies(s.cookie(sessionCookie)))
	if r.Actor, err = s.o.School.Accounts.Who(r.Ctx(), r.secret); err != nil {
		return err
	}
	if r.Actor.Nobody() {
		r.secret = ""
	}
	r.Lang = s.pickLang(r.C, r.Actor)
	switch {
	case r.C.Method() != fiber.MethodPost:
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
func (r *Request) takeBody() (err error) {
	defer func() {
		if err != nil {
			r.C.Context().SetConnectionClose()
		}
	}()
	limit := r.route.Limit
	if limit == 0 || limit > InMemory {
		limit = DefaultLimit // a form without a file
	}
	if int64(r.C.Request().Header.ContentLength()) > limit {
		return errLarge
	}
	if r.C.Get(fiber.HeaderContentEncoding) != "" { // no browser packs a form, and a packed one could grow without limit
		return lms.Fail(lms.Invalid, "error.body")
	}
	stream := r.C.Request().BodyStream()
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
	r.C.Request().SetBody(body)
	return nil
}

// limit is how large what is sent may be, in bytes.
func (r *Request) limit() int64 { return cmp.Or(r.route.Limit, DefaultLimit) }

// carriesFile says that the request is a form with a file for a route that takes large ones.
func (r *Request) carriesFile() bool {
	kind, _, err := mime.ParseMediaType(r.C.Get(fiber.HeaderContentType))
	return err == nil && kind == fiber.MIMEMultipartForm && r.route.Limit > InMemory
}

// takeFile reads a form with a file; the token stands before the file, so that what another site sends is not read. Of a file that is too large the
// handler says so, where it was chosen (file).
func (r *Request) takeFile() (err error) {
	defer func() {
		if err != nil || r.large {
			r.C.Context().SetConnectionClose()
		}
	}()
	size := int64(r.C.Request().Header.ContentLength())
	switch {
	case r.ownSite() != nil:
		return r.ownSite()
	case r.C.Get(fiber.HeaderContentEncoding) != "" || size < 0: // no browser sends those
		return lms.Fail(lms.Invalid, "error.body")
	case size > r.route.Limit:
		r.large, r.sent = true, &sent.Form{} // nobody reads its fields
		return nil
	}
	body := r.C.Request().BodyStream()
	if body == nil { // a small one
		body = bytes.NewReader(r.C.Request().Body())
	}
	stream := sent.NewPatient(body, r.C.Context().Conn())
	_, params, _ := mime.ParseMediaType(r.C.Get(fiber.HeaderContentType)) // carriesFile has read it
	r.sent, err = sent.Read(stream, params["boundary"], func(fields map[string]string) error { return r.ownToken(fields["csrf"]) })
	if err == nil {
		err = stream.Release()
	}
	return err
}

// File is the file of a form, for a route whose Limit is above InMemory. Its error is for the form.
func (r *Request) File() (*os.File, error) {
	if r.large {
		return nil, errLarge
	}
	return r.sent.File()
}

// FileName is what the file of a form is called where it comes from.
func (r *Request) FileName() string { return r.sent.Name }

// FileSize is how many bytes the file of a form has.
func (r *Request) FileSize() int64 { return r.sent.Size }

// ownForm refuses a form that another site sent: by the browser's word (Sec-Fetch-Site, Origin), and with a session by its token.
func (r *Request) ownForm() error {
	if err := r.ownSite(); err != nil {
		return err
	}
	return r.ownToken(r.Form("csrf"))
}

// ownToken refuses a form of a session without the session's token, in a field or in a header.
func (r *Request) ownToken(field string) error {
	if r.secret != "" && cmp.Or(r.C.Get("X-CSRF"), field) != CSRF(r.secret) {
		return lms.Fail(lms.Forbidden, "error.expired")
	}
	return nil
}

// ownSite refuses what the browser says another site sent.
func (r *Request) ownSite() error {
	site, origin := r.C.Get("Sec-Fetch-Site"), r.C.Get(fiber.HeaderOrigin)
	switch {
	case site != "" && site != "same-origin" && site != "none":
		return lms.Fail(lms.Forbidden, "error.foreign")
	case site == "" && origin != "" && origin != r.site.origin:
		return lms.Fail(lms.Forbidden, "error.foreign")
	}
	return nil
}
