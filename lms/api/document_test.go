package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"aulacomune/lms/api"

	"github.com/gofiber/fiber/v2"
)

// openAPI is the document as a reader from outside sees it.
type openAPI struct {
	OpenAPI    string
	Info       struct{ Title, Version string }
	Servers    []struct{ URL string }
	Paths      map[string]map[string]*operation
	Components struct {
		Schemas         map[string]*schema
		Responses       map[string]*response
		SecuritySchemes map[string]struct{ Type, Scheme string }
	}
}

type operation struct {
	OperationID, Summary string
	Servers              []struct{ URL string }
	Security             []map[string][]string
	Parameters           []struct {
		Name, In string
		Required bool
		Schema   *schema
	}
	RequestBody *struct {
		Content map[string]struct{ Schema *schema }
	}
	Responses map[string]*response
}

type response struct {
	Ref         string `json:"$ref"`
	Description string
	Content     map[string]struct{ Schema *schema }
}

type schema struct {
	Ref                  string `json:"$ref"`
	Type                 string
	Format               string
	Enum                 []string
	Items                *schema
	MinItems, MaxItems   *int
	Properties           map[string]*schema
	Required             []string
	AdditionalProperties *schema
	AnyOf                []*schema
}

func readDocument(t *testing.T, a *api.API) *openAPI {
	t.Helper()
	d := new(openAPI)
	if err := json.Unmarshal(a.Document(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

// find is the operation that answers a call; the longest template wins, as ".pdf" does.
func (d *openAPI) find(method, path string) *operation {
	path, _, _ = strings.Cut(path, "?")
	var best *operation
	length := 0
	for template, ops := range d.Paths {
		pattern := "^" + regexp.MustCompile(`\\\{[^}]*\\\}`).ReplaceAllString(regexp.QuoteMeta(template), "[^/]+") + "$"
		if regexp.MustCompile(pattern).MatchString(path) && len(template) > length && ops[strings.ToLower(method)] != nil {
			best, length = ops[strings.ToLower(method)], len(template)
		}
	}
	return best
}

func (d *openAPI) response(r *response) *response {
	if name, ok := strings.CutPrefix(r.Ref, "#/components/responses/"); ok {
		return d.Components.Responses[name]
	}
	return r
}

func (d *openAPI) schema(s *schema) *schema {
	if name, ok := strings.CutPrefix(s.Ref, "#/components/schemas/"); ok {
		return d.Components.Schemas[name]
	}
	return s
}

// mismatches says where a value is not what a schema describes.
func (d *openAPI) mismatches(s *schema, v any, at string) (out []string) {
	s = d.schema(s)
	if s == nil {
		return []string{at + ": a reference leads nowhere"}
	}
	if len(s.AnyOf) > 0 {
		for _, each := range s.AnyOf {
			if out = d.mismatches(each, v, at); len(out) == 0 {
				return nil
			}
		}
		return out
	}
	if !isType(s.Type, v) {
		return []string{fmt.Sprintf("%s: %v is no %s", at, v, s.Type)}
	}
	switch v := v.(type) {
	case string:
		if len(s.Enum) > 0 && !slices.Contains(s.Enum, v) {
			out = append(out, fmt.Sprintf("%s: %q is none of %v", at, v, s.Enum))
		}
	case []any:
		if s.MinItems != nil && len(v) < *s.MinItems || s.MaxItems != nil && len(v) > *s.MaxItems {
			out = append(out, fmt.Sprintf("%s: %d items", at, len(v)))
		}
		for i, item := range v {
			out = append(out, d.mismatches(s.Items, item, fmt.Sprintf("%s[%d]", at, i))...)
		}
	case map[string]any:
		out = append(out, d.objectMismatches(s, v, at)...)
	}
	return out
}

func (d *openAPI) objectMismatches(s *schema, v map[string]any, at string) (out []string) {
	for _, name := range s.Required {
		if _, ok := v[name]; !ok {
			out = append(out, at+"."+name+": is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		switch each := s.Properties[name]; {
		case each != nil:
			out = append(out, d.mismatches(each, v[name], at+"."+name)...)
		case s.AdditionalProperties != nil:
			out = append(out, d.mismatches(s.AdditionalProperties, v[name], at+"."+name)...)
		case s.Properties != nil:
			out = append(out, at+"."+name+": is not documented")
		}
	}
	return out
}

func isType(name string, v any) bool {
	switch v := v.(type) {
	case nil:
		return name == "null"
	case string:
		return name == "string"
	case bool:
		return name == "boolean"
	case float64:
		return name == "number" || name == "integer" && v == float64(int64(v))
	case []any:
		return name == "array"
	}
	return name == "object"
}

// TestDocumentAndRoutesAgree holds the document against the table, both ways.
func TestDocumentAndRoutesAgree(t *testing.T) {
	a := api.New(api.Options{URL: publicURL, Say: say})
	d := readDocument(t, a)
	known := map[string]bool{"get /healthz": true, "get /readyz": true}
	for _, r := range a.Routes() {
		call := strings.ToLower(r.Method) + " " + r.Template()
		known[call] = true
		op := d.Paths[r.Template()][strings.ToLower(r.Method)]
		if op == nil {
			t.Errorf("%s is not documented", call)
			continue
		}
		if signed := r.Who != api.Anyone; signed != (len(op.Security) == 1 && op.Security[0]["bearer"] != nil) {
			t.Errorf("%s: security %v", call, op.Security)
		}
		if signed := r.Who != api.Anyone; signed != (op.Responses["401"] != nil && op.Responses["403"] != nil) {
			t.Errorf("%s: responses %v", call, slices.Sorted(maps.Keys(op.Responses)))
		}
	}
	for path, ops := range d.Paths {
		for method := range ops {
			if !known[method+" "+path] {
				t.Errorf("%s %s is documented and no route", method, path)
			}
		}
	}
	if op := d.Paths["/healthz"]["get"]; len(op.Servers) != 1 || op.Servers[0].URL != publicURL {
		t.Errorf("/healthz lies at %v", op.Servers)
	}
}

// TestMountedRoutesAreTheTable asks fiber what is mounted.
func TestMountedRoutesAreTheTable(t *testing.T) {
	a := api.New(api.Options{URL: publicURL, Say: say})
	app := fiber.New()
	a.Mount(app)
	mounted := map[string]bool{}
	for _, r := range app.GetRoutes() {
		mounted[r.Method+" "+r.Path] = true
	}
	for _, r := range a.Routes() {
		if !mounted[r.Method+" "+api.Base+r.Path] {
			t.Errorf("%s %s is not mounted", r.Method, r.Path)
		}
	}
}

// TestDocumentIsOpenAPI checks the structure that OpenAPI 3.1 asks for.
func TestDocumentIsOpenAPI(t *testing.T) {
	a := api.New(api.Options{URL: publicURL, Say: say})
	d := readDocument(t, a)
	if !strings.HasPrefix(d.OpenAPI, "3.1.") || d.Info.Title == "" || d.Info.Version == "" || len(d.Servers) != 1 || d.Servers[0].URL != publicURL+api.Base {
		t.Errorf("head: %s %+v %+v", d.OpenAPI, d.Info, d.Servers)
	}
	ids := map[string]bool{}
	for path, ops := range d.Paths {
		for method, op := range ops {
			if op.OperationID == "" || ids[op.OperationID] || op.Summary == "" {
				t.Errorf("%s %s: operationId %q, summary %q", method, path, op.OperationID, op.Summary)
			}
			ids[op.OperationID] = true
			checkParameters(t, path, op)
			for status, r := range op.Responses {
				if r = d.response(r); r == nil || r.Description == "" || !regexp.MustCompile(`^[1-5]\d\d$`).MatchString(status) {
					t.Errorf("%s %s: response %s", method, path, status)
				}
			}
		}
	}
	var raw any
	if err := json.Unmarshal(a.Document(), &raw); err != nil {
		t.Fatal(err)
	}
	for _, ref := range references(raw) {
		section, name, _ := strings.Cut(strings.TrimPrefix(ref, "#/components/"), "/")
		if section == "schemas" && d.Components.Schemas[name] == nil || section == "responses" && d.Components.Responses[name] == nil {
			t.Errorf("%s leads nowhere", ref)
		}
	}
	for name, s := range d.Components.Schemas {
		for _, p := range s.Required {
			if s.Properties[p] == nil {
				t.Errorf("schema %s: %s is required and not there", name, p)
			}
		}
	}
}

func checkParameters(t *testing.T, path string, op *operation) {
	t.Helper()
	var inPath []string
	for _, p := range op.Parameters {
		if p.Schema == nil || p.In != "path" && p.In != "query" && p.In != "header" || p.In == "path" && !p.Required {
			t.Errorf("%s: parameter %+v", path, p)
		}
		if p.In == "path" {
			inPath = append(inPath, "{"+p.Name+"}")
		}
	}
	if want := regexp.MustCompile(`\{[^}]*\}`).FindAllString(path, -1); !slices.Equal(want, inPath) {
		t.Errorf("%s: path parameters %v", path, inPath)
	}
}

// references collects every $ref.
func references(v any) (out []string) {
	switch v := v.(type) {
	case map[string]any:
		for k, each := range v {
			if ref, ok := each.(string); ok && k == "$ref" {
				out = append(out, ref)
			}
			out = append(out, references(each)...)
		}
	case []any:
		for _, each := range v {
			out = append(out, references(each)...)
		}
	}
	return out
}
