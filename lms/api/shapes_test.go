package api_test

import (
	"reflect"
	"strings"
	"testing"

	"aulacomune/lms/api"
)

// TestNothingStoredLeaves looks at every type that a handler decodes into or returns: no struct, slice or map type of lms or course
// may stand in it.
func TestNothingStoredLeaves(t *testing.T) {
	for _, r := range api.New(api.Options{Say: say}).Routes() {
		for _, prototype := range []any{r.Request, r.Answer} {
			if path := stored(reflect.TypeOf(prototype), map[reflect.Type]bool{}); path != "" {
				t.Errorf("%s %s: %s", r.Method, r.Path, path)
			}
		}
	}
}

// stored is the way to a type of lms or course that is more than a named string; "" when there is none.
func stored(t reflect.Type, seen map[reflect.Type]bool) string {
	if t == nil || seen[t] {
		return ""
	}
	seen[t] = true
	if p := t.PkgPath(); (strings.HasPrefix(p, "aulacomune/lms") && p != "aulacomune/lms/api" || p == "aulacomune/course") && t.Kind() != reflect.String {
		return t.String()
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return stored(t.Elem(), seen)
	case reflect.Map:
		if path := stored(t.Key(), seen); path != "" {
			return path
		}
		return stored(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if path := stored(t.Field(i).Type, seen); path != "" {
				return t.String() + "." + t.Field(i).Name + " → " + path
			}
		}
	}
	return ""
}
