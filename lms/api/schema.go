package api

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// schema is a JSON Schema of the OpenAPI document.
type schema struct {
	Ref         string             `json:"$ref,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        string             `json:"type,omitempty"`
	Format      string             `json:"format,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Default     any                `json:"default,omitempty"`
	Minimum     *int               `json:"minimum,omitempty"`
	Maximum     *int               `json:"maximum,omitempty"`
	MaxLength   *int               `json:"maxLength,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	MinItems    *int               `json:"minItems,omitempty"`
	MaxItems    *int               `json:"maxItems,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Additional  *schema            `json:"additionalProperties,omitempty"`
	AnyOf       []*schema          `json:"anyOf,omitempty"`
}

// schemas collects the named ones.
type schemas map[string]*schema

// of is the schema of a Go type as encoding/json writes it. Named structs become components.
func (s schemas) of(t reflect.Type) *schema {
	switch t.Kind() {
	case reflect.Pointer:
		return &schema{AnyOf: []*schema{s.of(t.Elem()), {Type: "null"}}}
	case reflect.Slice:
		return &schema{Type: "array", Items: s.of(t.Elem())}
	case reflect.Array:
		n := t.Len()
		return &schema{Type: "array", Items: s.of(t.Elem()), MinItems: &n, MaxItems: &n}
	case reflect.Map:
		return &schema{Type: "object", Additional: s.of(t.Elem())}
	case reflect.Struct:
		return s.named(t)
	case reflect.String:
		return &schema{Type: "string"}
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Interface: // a cell
		return &schema{AnyOf: []*schema{{Type: "string"}, {Type: "number"}, {Type: "null"}}}
	case reflect.Float64:
		return &schema{Type: "number"}
	}
	return &schema{Type: "integer"}
}

func (s schemas) named(t reflect.Type) *schema {
	if t.Name() == "" {
		return s.object(t)
	}
	name := string(unicode.ToUpper(rune(t.Name()[0]))) + t.Name()[1:]
	if s[name] == nil {
		s[name] = &schema{} // holds the place while its fields are looked at
		*s[name] = *s.object(t)
	}
	return &schema{Ref: "#/components/schemas/" + name}
}

func (s schemas) object(t reflect.Type) *schema {
	out := &schema{Type: "object", Properties: map[string]*schema{}}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" || name == "-" {
			continue
		}
		out.Properties[name] = s.field(f)
		if options == "" {
			out.Required = append(out.Required, name)
		}
	}
	slices.Sort(out.Required)
	return out
}

// field is the schema of a field with what its tags add.
func (s schemas) field(f reflect.StructField) *schema {
	out := s.of(f.Type)
	out.Description = f.Tag.Get("doc")
	out.Format = cmp.Or(f.Tag.Get("format"), out.Format)
	if words := f.Tag.Get("enum"); words != "" {
		out.Enum = strings.Split(words, ",")
	}
	for _, rule := range strings.Split(f.Tag.Get("validate"), ",") {
		name, value, _ := strings.Cut(rule, "=")
		n, err := strconv.Atoi(value)
		switch {
		case err != nil:
		case f.Type.Kind() == reflect.Slice:
			out.MaxItems = &n
		case f.Type.Kind() == reflect.String:
			out.MaxLength = &n
		case name == "min":
			out.Minimum = &n
		default:
			out.Maximum = &n
		}
	}
	if text := f.Tag.Get("default"); text != "" {
		out.Default, _ = strconv.Atoi(text)
	}
	return out
}
