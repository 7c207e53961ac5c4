package sqlite

import (
	"slices"
	"testing"
	"unicode/utf8"

	"aulacomune/lms"
)

// Keys are read as they were written, whatever stands in them.
func FuzzKeys(f *testing.F) {
	for _, k := range []string{"", "ala/rossi anna", `a"b`, `a\b`, "<&>", "riga\nriga", "\u2028", "è", `[["`, `","`, "\x7f\x01"} {
		f.Add("name", k, "other", true, false)
		f.Add(k, "value", k, false, true)
	}
	f.Fuzz(func(t *testing.T, name, value, other string, unique, many bool) {
		for _, s := range []string{name, value, other} {
			if !utf8.ValidString(s) { // no record has such a key
				return
			}
		}
		spec := lms.IndexSpec{Name: name, Unique: unique, Many: many}
		for _, keys := range [][]lms.Key{{}, {{IndexSpec: spec, Value: value}}, {{IndexSpec: spec, Value: value}, {IndexSpec: lms.IndexSpec{Name: "i"}, Value: other}}} {
			packed, err := packKeys(keys)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := unpackKeys(packed); err != nil || !slices.Equal(got, keys) {
				t.Errorf("%+v: %+v, %v", keys, got, err)
			}
		}
	})
}
