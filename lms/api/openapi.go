package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// openAPIDoc is the root of an OpenAPI 3.1 document.
type openAPIDoc struct {
	OpenAPI    string                           `json:"openapi"`
	Info       info                             `json:"info"`
	Servers    []server                         `json:"servers"`
	Paths      map[string]map[string]*operation `json:"paths"`
	Components components                       `json:"components"`
}

type info struct {
	Title       string `json:"title"`
	Version     string `json:"version"`
	Description string `json:"description"`
	License     struct {
		Name       string `json:"name"`
		Identifier string `json:"identifier"`
	} `json:"license"`
}

type server struct {
	URL string `json:"url"`
}

type components struct {
	Schemas   schemas                   `json:"schemas"`
	Security  map[string]securityScheme `json:"securitySchemes"`
	Responses map[string]*response      `json:"responses"`
}

type securityScheme struct {
	Type        string `json:"type"`
	Scheme      string `json:"scheme"`
	Description string `json:"description"`
}

// operation is a route in the document.
type operation struct {
	ID          string                `json:"operationId"`
	Summary     string                `json:"summary"`
	Description string                `json:"description,omitempty"`
	Servers     []server              `json:"servers,omitempty"`
	Security    []map[string][]string `json:"security"`
	Parameters  []parameter           `json:"parameters,omitempty"`
	Body        *requestBody          `json:"requestBody,omitempty"`
	Responses   map[string]*response  `json:"responses"`
}

type parameter struct {
	Name     string  `json:"name"`
	In       string  `json:"in"`
	Required bool    `json:"required"`
	Schema   *schema `json:"schema"`
}

type requestBody struct {
	Required bool                 `json:"required"`
	Content  map[string]mediaType `json:"content"`
}

type mediaType struct {
	Schema *schema `json:"schema,omitempty"`
}

type response struct {
	Ref         string               `json:"$ref,omitempty"`
	Description string               `json:"description,omitempty"`
	Content     map[string]mediaType `json:"content,omitempty"`
}

func (a *API) openAPI(context.Context, call, none) (document, error) { return a.document, nil }

// describe writes the document from the table.
func describe(url string, routes []Route) document {
	d := openAPIDoc{
		OpenAPI: "3.1.0", Servers: []server{{url + Base}}, Paths: map[string]map[string]*operation{},
		Components: components{Schemas: schemas{}, Responses: map[string]*response{}, Security: map[string]securityScheme{
			"bearer": {"http", "bearer", "The token of POST /session, or one made on the profile page: for reading, or for publishing."},
		}},
	}
	d.Info.Title, d.Info.Version = "Aula Comune", "1"
	d.Info.Description = "Courses, enrolments, progress, certificates and reports of a school for municipal associations."
	d.Info.License.Name, d.Info.License.Identifier = "EUPL-1.2", "EUPL-1.2"
	problems := &schema{Ref: "#/components/schemas/Problem"}
	d.Components.Schemas.of(reflect.TypeFor[problem]())
	for _, r := range routes {
		d.add(r.Template(), r.Method, d.operation(r))
	}
	for _, status := range d.problems() {
		d.Components.Responses[strconv.Itoa(status)] = &response{
			Description: http.StatusText(status), Content: map[string]mediaType{"application/problem+json": {problems}},
		}
	}
	for path, summary := range map[string]string{"/healthz": "Say that the process lives", "/readyz": "Say whether database and object store answer"} {
		d.add(path, http.MethodGet, probe(url, path, summary))
	}
	b, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		panic(err) // plain data
	}
	return b
}

func (d *openAPIDoc) add(path, method string, o *operation) {
	if d.Paths[path] == nil {
		d.Paths[path] = map[string]*operation{}
	}
	d.Paths[path][strings.ToLower(method)] = o
}

// problems are the statuses that any operation cites.
func (d *openAPIDoc) problems() []int {
	var out []int
	for _, path := range d.Paths {
		for _, o := range path {
			for status := range o.Responses {
				if n, _ := strconv.Atoi(status); n >= http.StatusBadRequest && !slices.Contains(out, n) {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// probe is one of the two routes that the front door answers itself.
func probe(url, path, summary string) *operation {
	o := &operation{ID: strings.Trim(path, "/"), Summary: summary, Servers: []server{{url}}, Security: []map[string][]string{}, Responses: map[string]*response{"200": {Description: "Yes"}}}
	if path == "/readyz" {
		o.Responses["503"] = &response{Description: "No"}
	}
	return o
}

func (d *openAPIDoc) operation(r Route) *operation {
	o := &operation{ID: operationID(r), Summary: r.Summary, Description: "Who: " + r.Who.String() + ".", Security: []map[string][]string{}, Responses: map[string]*response{}}
	if r.Who != Anyone {
		o.Security = append(o.Security, map[string][]string{"bearer": {}})
	}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(r.Request)) {
		if name, ok := f.Tag.Lookup("path"); ok {
			o.Parameters = append(o.Parameters, parameter{name, "path", true, d.Components.Schemas.field(f)})
		} else if name, ok := f.Tag.Lookup("query"); ok {
			o.Parameters = append(o.Parameters, parameter{name, "query", false, d.Components.Schemas.field(f)})
		} else if name, ok := f.Tag.Lookup("header"); ok {
			o.Parameters = append(o.Parameters, parameter{name, "header", false, d.Components.Schemas.field(f)})
		} else if name, ok := f.Tag.Lookup("body"); ok {
			o.Body = &requestBody{Required: true, Content: map[string]mediaType{name: d.content(f.Type)}}
		}
	}
	for _, status := range r.statuses(o) {
		name := strconv.Itoa(status)
		o.Responses[name] = &response{Ref: "#/components/responses/" + name}
		if status < http.StatusBadRequest {
			o.Responses[name] = d.success(r, status)
		}
	}
	return o
}

// content is a body: JSON for structs, bytes for everything else.
func (d *openAPIDoc) content(t reflect.Type) mediaType {
	if t.Kind() != reflect.Struct {
		return mediaType{}
	}
	return mediaType{d.Components.Schemas.of(t)}
}

func (d *openAPIDoc) success(r Route, status int) *response {
	out := &response{Description: http.StatusText(status)}
	switch r.Answer.(type) {
	case none:
	case stream:
		if status != http.StatusNotModified {
			out.Content = map[string]mediaType{"*/*": {}}
		}
	case file:
		out.Content = map[string]mediaType{"application/pdf": {}}
	case parcel:
		out.Content = map[string]mediaType{"application/zip": {}, "text/html; charset=utf-8": {}}
	case archive:
		out.Content = map[string]mediaType{"application/zip": {}}
	case compiled, document:
		out.Content = map[string]mediaType{fiber.MIMEApplicationJSON: {&schema{Type: "object"}}}
	default:
		out.Content = map[string]mediaType{fiber.MIMEApplicationJSON: d.content(reflect.TypeOf(r.Answer))}
	}
	return out
}

// statuses are all that a route can answer with.
func (r Route) statuses(o *operation) []int {
	out := append([]int{http.StatusInternalServerError, http.StatusServiceUnavailable}, r.Also...)
	switch answer := r.Answer.(type) {
	case none:
		out = append(out, http.StatusNoContent)
	case stream:
		out = append(out, http.StatusOK, http.StatusPartialContent, http.StatusNotModified, http.StatusRequestedRangeNotSatisfiable)
	case publication:
		out = append(out, http.StatusOK, http.StatusCreated)
	case statuser:
		out = append(out, answer.status())
	default:
		out = append(out, http.StatusOK)
	}
	if r.Who != Anyone {
		out = append(out, http.StatusUnauthorized, http.StatusForbidden)
	}
	if strings.Contains(r.Path, ":") {
		out = append(out, http.StatusNotFound)
	}
	if slices.ContainsFunc(o.Parameters, func(p parameter) bool { return p.In == "query" }) {
		out = append(out, http.StatusUnprocessableEntity)
	}
	if o.Body != nil {
		out = append(out, http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity)
	}
	return out
}

// operationID is method and path in one word: getCoursesSlug.
func operationID(r Route) string {
	words := strings.FieldsFunc(r.Path, func(c rune) bool { return c == '/' || c == ':' || c == '.' })
	id := strings.ToLower(r.Method)
	for _, w := range words {
		id += strings.ToUpper(w[:1]) + w[1:]
	}
	return id
}
