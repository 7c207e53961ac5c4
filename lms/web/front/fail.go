package front

import (
	"errors"
	"fmt"
	"strings"

	"aulacomune/lms"

	"github.com/gofiber/fiber/v2"
)

// ErrorPage is error.html.
type ErrorPage struct {
	Frame
	Status    int
	Heading   string
	Text      string
	Hints     []Crumb
	RequestID string
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
func (r *Request) fail(err error) error {
	code := status(err)
	if code >= 500 {
		r.site.o.Log.Error("request failed", "id", r.id, "route", r.route.Path, "err", err)
	}
	r.later(err)
	if code == fiber.StatusUnauthorized {
		return r.askToSignIn()
	}
	r.C.Status(code)
	if strings.Contains(r.C.Get(fiber.HeaderAccept), "application/json") && r.route.Method == fiber.MethodPost {
		return r.C.JSON(map[string]any{"problem": r.message(err)})
	}
	p := &ErrorPage{Status: code, Heading: r.T(fmt.Sprintf("problem.%d", code)), Text: r.message(err), RequestID: r.id}
	p.NoIndex = true
	p.Hints = []Crumb{{r.T("problem.home"), "/"}, {r.T("problem.courses"), "/corsi"}, {r.T("problem.help"), "/aiuto"}}
	return r.Show("error", p.Heading, p)
}

// later says when to come back to who tried too often.
func (r *Request) later(err error) {
	if lms.Is(err, lms.TooMany) {
		r.C.Set(fiber.HeaderRetryAfter, "30")
	}
}

// message is what an error says to the reader; a fault of ours says only that.
func (r *Request) message(err error) string {
	e, ok := errors.AsType[*lms.Error](err)
	if err == errLarge {
		return r.T(e.Message, "Limit", r.Words().Bytes(r.limit()))
	}
	if !ok || e.Kind == lms.Unknown {
		return r.T("error.fault")
	}
	if e.Message == "" || !r.site.o.Messages.Has(r.Lang, e.Message) {
		return r.T("error." + strings.ReplaceAll(e.Kind.String(), " ", ""))
	}
	return r.T(e.Message)
}

// Problem turns an error about a form into the words above it and beside its fields; any other error is returned.
func (r *Request) Problem(err error) (text string, fields map[string]string, rest error) {
	e, ok := errors.AsType[*lms.Error](err)
	if !ok || (e.Kind != lms.Invalid && e.Kind != lms.Conflict && e.Kind != lms.TooMany) {
		return "", nil, err
	}
	fields = map[string]string{}
	for k, v := range e.Fields {
		if r.site.o.Messages.Has(r.Lang, v) {
			v = r.T(v)
		}
		fields[k] = v
	}
	r.C.Status(status(err))
	r.later(err)
	return r.message(err), fields, nil
}

// Unknown gives a NotFound a message of its own.
func Unknown(err error, message string) error {
	if lms.Is(err, lms.NotFound) {
		return &lms.Error{Kind: lms.NotFound, Message: message, Err: err}
	}
	return err
}
