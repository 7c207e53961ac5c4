package api

import (
	"context"
	"net/http"
	"strings"

	"aulacomune/lms"

	"github.com/gofiber/fiber/v2"
)

// Who says who may call a route, coarsely: the services look closer.
type Who int

// Who may call.
const (
	Anyone        Who = iota // without signing in
	Signed                   // who has a bearer token
	Author                   // who is an author somewhere
	Administrator            // who is an administrator somewhere
	Keeper                   // who keeps the people of some organisation: a referent or an administrator
)

// String is the word of the OpenAPI document.
func (w Who) String() string {
	return [...]string{"anyone", "signed in", "author", "administrator", "who keeps people"}[w]
}

// lets says whether somebody who is signed in passes.
func (w Who) lets(a lms.Actor) bool {
	switch w {
	case Author:
		return a.Is(lms.Author)
	case Administrator:
		return a.Is(lms.Administrator)
	case Keeper:
		return len(a.Kept()) > 0
	}
	return true
}

// Route is a row of the table.
type Route struct {
	Method  string
	Path    string // under Base, parameters as ":name"
	Who     Who
	Summary string // for the OpenAPI document
	Request any    // prototype of what the handler is given
	Answer  any    // prototype of what the handler returns
	Also    []int  // statuses beyond those that follow from the rest of the row

	handle func(a *API, c *fiber.Ctx, k call, b *body) (any, error)
}

// call is what a handler knows of the caller.
type call struct {
	actor  lms.Actor
	secret string // the bearer secret
	lang   string
	from   string // the client's address
}

// row makes a route of a handler. What the handler takes and returns is what is decoded, encoded and documented.
func row[In, Out any](method, path string, who Who, summary string, handler func(context.Context, call, In) (Out, error)) Route {
	return Route{
		Method: method, Path: path, Who: who, Summary: summary, Request: *new(In), Answer: *new(Out),
		handle: func(a *API, c *fiber.Ctx, k call, b *body) (any, error) {
			var in In
			if err := a.read(c, b, &in); err != nil {
				return nil, err
			}
			return handler(c.UserContext(), k, in)
		},
	}
}

// also adds statuses to a row.
func (r Route) also(statuses ...int) Route {
	r.Also = append(r.Also, statuses...)
	return r
}

// methods are those that a route answers to: who may GET may HEAD.
func (r Route) methods() []string {
	if r.Method == http.MethodGet {
		return []string{http.MethodGet, http.MethodHead}
	}
	return []string{r.Method}
}

// Template is the path as OpenAPI writes it: parameters in braces.
func (r Route) Template() string {
	parts := strings.Split(r.Path, "/")
	for i, p := range parts {
		if name, ok := strings.CutPrefix(p, ":"); ok {
			name, ending, dot := strings.Cut(name, ".")
			parts[i] = "{" + name + "}"
			if dot {
				parts[i] += "." + ending
			}
		}
	}
	return strings.Join(parts, "/")
}
