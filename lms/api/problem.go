package api

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"aulacomune/lms"

	"github.com/gofiber/fiber/v2"
)

// problem is an error as callers see it (RFC 9457).
type problem struct {
	Type     string            `json:"type" doc:"what sort of problem: urn:aula:problem:…"`
	Title    string            `json:"title" doc:"the sort, in words"`
	Status   int               `json:"status"`
	Detail   string            `json:"detail" doc:"what is wrong this time"`
	Fields   map[string]string `json:"fields,omitempty" doc:"where in the request, and what is wrong there"`
	Instance string            `json:"instance" doc:"id of the request, which stands in the log too"`
	Findings []finding         `json:"findings,omitempty" doc:"of a course that was not published"`
}

// phrase is a message with its arguments, names and values by turns.
type phrase struct {
	key  string
	args []any
}

// problemError is an error that lms has no word for, or one that says more.
type problemError struct {
	status   int
	kind     string // the end of problem.Type, and of the title's key
	detail   phrase
	fields   map[string]phrase
	headers  map[string]string
	findings []finding
	cause    error
}

// Error is for the log.
func (e *problemError) Error() string {
	if e.cause != nil {
		return e.kind + ": " + e.cause.Error()
	}
	return e.kind + ": " + e.detail.key
}

// Unwrap gives the cause.
func (e *problemError) Unwrap() error { return e.cause }

// problemOf is the one table from errors to statuses.
func problemOf(err error) *problemError {
	if p, ok := errors.AsType[*problemError](err); ok {
		return p
	}
	if errors.Is(err, errTooLong) {
		return tooLarge(lms.MaxMedia)
	}
	e, _ := errors.AsType[*lms.Error](err)
	p := &problemError{status: http.StatusInternalServerError, kind: "fault", detail: phrase{key: "error.fault"}, cause: err}
	switch kind := lms.KindOf(err); kind {
	case lms.NotFound:
		p.status, p.kind = http.StatusNotFound, "not-found"
	case lms.Conflict:
		p.status, p.kind = http.StatusConflict, "conflict"
	case lms.Forbidden:
		p.status, p.kind = http.StatusForbidden, "forbidden"
	case lms.SignIn:
		p.status, p.kind, p.headers = http.StatusUnauthorized, "sign-in", map[string]string{fiber.HeaderWWWAuthenticate: `Bearer realm="aula"`}
	case lms.Invalid:
		p.status, p.kind = http.StatusUnprocessableEntity, "invalid"
	case lms.TooMany:
		p.status, p.kind, p.headers = http.StatusTooManyRequests, "too-many", map[string]string{fiber.HeaderRetryAfter: "30"}
	case lms.Unavailable:
		p.status, p.kind, p.headers = http.StatusServiceUnavailable, "unavailable", map[string]string{fiber.HeaderRetryAfter: "5"}
		p.detail.key = "error.unavailable"
		return p
	default:
		return p
	}
	p.detail.key, p.fields = cmp.Or(e.Message, "problem."+p.kind), fieldPhrases(e.Fields)
	return p
}

// fieldPhrases are the words beside fields: message ids, or a compiler's own words.
func fieldPhrases(fields map[string]string) map[string]phrase {
	out := map[string]phrase{}
	for name, text := range fields {
		if text == "taken" {
			text = "error.taken"
		}
		out[name] = phrase{key: text}
	}
	return out
}

// wrongMethod is the answer to a method that a path does not know.
func wrongMethod(allowed []string) error {
	return &problemError{
		status: http.StatusMethodNotAllowed, kind: "method", detail: phrase{key: "error.method"},
		headers: map[string]string{fiber.HeaderAllow: strings.Join(allowed, ", ")},
	}
}

// fail answers with a problem. What is a fault of ours is logged with the request's id, and none of it leaves.
func (a *API) fail(c *fiber.Ctx, err error) error {
	p, id, lang := problemOf(err), requestID(c), langOf(c)
	if p.status >= http.StatusInternalServerError && !errors.Is(err, context.Canceled) {
		a.Log.Error("api", "request", id, "route", c.Method()+" "+c.Route().Path, "err", err)
	}
	for name, value := range p.headers {
		c.Set(name, value)
	}
	answer := problem{
		Type: "urn:aula:problem:" + p.kind, Title: a.Say(lang, "problem."+p.kind), Status: p.status,
		Detail: a.say(lang, p.detail), Instance: id, Findings: p.findings,
	}
	if len(p.fields) > 0 {
		answer.Fields = map[string]string{}
	}
	for name, text := range p.fields {
		answer.Fields[name] = a.say(lang, text)
	}
	c.Status(p.status)
	return sendJSON(c, "application/problem+json", answer)
}

// say is a phrase in a language. What is no message id is said as it is.
func (a *API) say(lang string, p phrase) string {
	if !strings.HasPrefix(p.key, "error.") && !strings.HasPrefix(p.key, "problem.") {
		return p.key
	}
	return a.Say(lang, p.key, p.args...)
}

// requestID is the id that the front door gave the request, or a new one.
func requestID(c *fiber.Ctx) string {
	id := strings.Clone(c.GetRespHeader(fiber.HeaderXRequestID))
	if id == "" {
		id = rand.Text()
		c.Set(fiber.HeaderXRequestID, id)
	}
	return id
}
