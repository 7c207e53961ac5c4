package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"aulacomune/lms"

	"github.com/go-playground/validator/v10"
	"github.com/gofiber/fiber/v2"
)

// page is what lists take.
type page struct {
	Limit  int    `query:"limit" default:"50" validate:"min=1,max=200" doc:"items on a page"`
	Cursor string `query:"cursor" validate:"max=2000" doc:"next of the page before"`
}

// newCheck makes the validator of requests: fields are named as callers write them.
func newCheck() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		if _, ok := f.Tag.Lookup("body"); ok {
			return "body"
		}
		for _, tag := range []string{"path", "query", "json"} {
			if name, _, _ := strings.Cut(f.Tag.Get(tag), ","); name != "" {
				return name
			}
		}
		return f.Name
	})
	return v
}

// read fills a handler's argument from path, query, headers and body, as its tags say:
// `path:"name"`, `query:"name"` and `header:"name"` for strings (and whole numbers in a query), `body:"media/type"` for a struct that JSON is decoded into, for
// []byte, or for an io.Reader.
func (a *API) read(c *fiber.Ctx, b *body, in any) error {
	v := reflect.ValueOf(in).Elem()
	for _, f := range reflect.VisibleFields(v.Type()) {
		to := v.FieldByIndex(f.Index)
		var err error
		if name, ok := f.Tag.Lookup("path"); ok {
			to.SetString(param(c, name))
		} else if name, ok := f.Tag.Lookup("query"); ok {
			err = readQuery(to, name, strings.Clone(c.Query(name, f.Tag.Get("default"))))
		} else if name, ok := f.Tag.Lookup("header"); ok {
			to.SetString(strings.Clone(c.Get(name)))
		} else if mediaType, ok := f.Tag.Lookup("body"); ok {
			err = readBody(c, b, mediaType, to)
		}
		if err != nil {
			return err
		}
	}
	return a.validate(in)
}

// param is a part of the path, without its escapes.
func param(c *fiber.Ctx, name string) string {
	raw := strings.Clone(c.Params(name))
	if s, err := url.PathUnescape(raw); err == nil {
		return s
	}
	return raw
}

func readQuery(to reflect.Value, name, text string) error {
	if to.Kind() == reflect.String {
		to.SetString(text)
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return lms.Wrong(name, "error.number")
	}
	to.SetInt(int64(n))
	return nil
}

func readBody(c *fiber.Ctx, b *body, mediaType string, to reflect.Value) error {
	if mediaType != mediaAny {
		if err := mustBe(c, mediaType); err != nil {
			return err
		}
	}
	if to.Kind() == reflect.Interface {
		r, err := b.capped(limit(mediaType))
		if err == nil {
			to.Set(reflect.ValueOf(r))
		}
		return err
	}
	whole, err := b.upTo(limit(mediaType))
	if err != nil {
		return err
	}
	if mediaType == fiber.MIMEApplicationJSON {
		return decodeJSON(whole, to.Addr().Interface())
	}
	to.SetBytes(whole)
	return nil
}

// decodeJSON decodes one JSON value, or says where it is none or of another type. Unknown fields are ignored.
func decodeJSON(text []byte, into any) error {
	err := json.Unmarshal(text, into)
	if err == nil {
		return nil
	}
	p := &problemError{status: http.StatusBadRequest, kind: "malformed", detail: phrase{key: "error.json"}, cause: err}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		p.fields = map[string]phrase{pathAt(text, wrong.Offset): {"error.json.type", []any{"Got", wrong.Value, "Want", jsonType(wrong.Type)}}}
		return p
	}
	at := int64(len(text))
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = syntax.Offset
	}
	before := text[:min(at, int64(len(text)))]
	line, column := 1+bytes.Count(before, []byte("\n")), len(before)-1-bytes.LastIndexByte(before, '\n')
	p.fields = map[string]phrase{"body": {"error.json.syntax", []any{"Line", line, "Column", max(1, column)}}}
	return p
}

// jsonType is what JSON calls a Go type.
func jsonType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return "array"
	case reflect.Struct, reflect.Map:
		return "object"
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "string"
	}
	return "number"
}

// step is a value that is open while JSON is walked through.
type step struct {
	key     string
	index   int
	array   bool
	wantKey bool
}

// pathAt is the path of the value that contains or ends at an offset: "events[0].object"; "body" for the whole.
func pathAt(text []byte, offset int64) string {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var open []step
	for {
		t, err := d.Token()
		if err != nil {
			return pathOf(open)
		}
		if n := len(open); n > 0 && t != json.Delim('}') && t != json.Delim(']') {
			top := &open[n-1]
			if top.wantKey {
				top.key, top.wantKey = fmt.Sprint(t), false
				continue
			}
			top.index++
		}
		if d.InputOffset() >= offset {
			return pathOf(open)
		}
		open = walk(open, t)
	}
}

// walk opens or closes a value; after a value in an object a key follows.
func walk(open []step, t json.Token) []step {
	switch t {
	case json.Delim('{'):
		return append(open, step{wantKey: true, index: -1})
	case json.Delim('['):
		return append(open, step{array: true, index: -1})
	case json.Delim('}'), json.Delim(']'):
		open = open[:len(open)-1]
	}
	if n := len(open); n > 0 {
		open[n-1].wantKey = !open[n-1].array
	}
	return open
}

func pathOf(open []step) string {
	var b strings.Builder
	for _, s := range open {
		switch {
		case s.array:
			fmt.Fprintf(&b, "[%d]", s.index)
		case b.Len() > 0:
			b.WriteString("." + s.key)
		default:
			b.WriteString(s.key)
		}
	}
	if b.Len() == 0 {
		return "body"
	}
	return b.String()
}

// validate checks what the tags of the argument ask for, and names the fields as callers write them.
func (a *API) validate(in any) error {
	wrong, ok := errors.AsType[validator.ValidationErrors](a.check.Struct(in))
	if !ok {
		return nil
	}
	fields := map[string]string{}
	for _, f := range wrong {
		_, name, _ := strings.Cut(f.Namespace(), ".")
		for _, outer := range []string{"body.", "page."} {
			name = strings.TrimPrefix(name, outer)
		}
		fields[name] = complaint(f)
	}
	return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
}

// complaint is the message id for a check that failed.
func complaint(f validator.FieldError) string {
	switch {
	case f.Tag() == "required":
		return "error.required"
	case f.Kind() == reflect.Int:
		return "error.limit"
	case f.Kind() == reflect.Slice:
		return "error.many"
	}
	return "error.long"
}
