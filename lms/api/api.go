package api

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/export"
	"aulacomune/lms/report"
	"aulacomune/lms/webinar"

	"github.com/go-playground/validator/v10"
	"github.com/gofiber/fiber/v2"
)

// Base is where the routes lie.
const Base = "/api/v1"

// Options are what the API needs from outside.
type Options struct {
	School   *lms.School
	Exporter *export.Exporter
	Reports  *report.Reports
	Webinars *webinar.Webinars
	URL      string                                                                 // public address: activation links and verify addresses begin with it
	Say      func(lang, key string, args ...any) string                             // the texts: a message in a language, its arguments names and values by turns
	Log      *slog.Logger                                                           // where faults of ours are written; nil means the default
	Shows    func(ctx context.Context, a lms.Actor, slug course.Slug) (bool, error) // whether the catalogue shows a course to somebody; nil shows all
	ClientIP func(*fiber.Ctx) string                                                // the client's address, for slowing down who guesses passwords; nil means the connection's
}

// API is every route, ready to be mounted.
type API struct {
	Options
	check    *validator.Validate
	routes   []Route
	document document
}

// New makes the API of a school.
func New(o Options) *API {
	o.URL = strings.TrimSuffix(o.URL, "/")
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.ClientIP == nil {
		o.ClientIP = func(c *fiber.Ctx) string { return c.IP() }
	}
	a := &API{Options: o, check: newCheck()}
	a.routes = a.table()
	a.document = describe(a.URL, a.routes)
	return a
}

// Routes is the table.
func (a *API) Routes() []Route { return slices.Clone(a.routes) }

// Mount puts the routes under Base. What lies there and is no route, or is called with another method, is answered with a problem too.
func (a *API) Mount(router fiber.Router) {
	g := router.Group(Base)
	var paths []string
	methods := map[string][]string{}
	for _, r := range a.routes {
		for _, m := range r.methods() {
			g.Add(m, r.Path, a.serve(r))
			methods[r.Path] = append(methods[r.Path], m)
		}
		if !slices.Contains(paths, r.Path) {
			paths = append(paths, r.Path)
		}
	}
	for _, p := range paths {
		g.All(p, a.refuse(wrongMethod(methods[p])))
	}
	for _, p := range []string{"", "/*"} {
		g.All(p, a.refuse(lms.Fail(lms.NotFound, "error.route")))
	}
}

// Document is the OpenAPI document.
func (a *API) Document() []byte { return slices.Clone(a.document) }
