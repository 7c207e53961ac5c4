package records

import (
	"fmt"
	"slices"
	"testing"
)

// The signature differs when, and only when, documents would get other keys.
func TestSignature(t *testing.T) {
	type index = Index[int]
	base := []index{{Name: "a"}, {Name: "b", Unique: true}}
	for name, other := range map[string][]index{
		"one less": {{Name: "a"}}, "one more": {{Name: "a"}, {Name: "b", Unique: true}, {Name: "c"}}, "none": nil,
		"other name": {{Name: "a"}, {Name: "c", Unique: true}}, "not unique": {{Name: "a"}, {Name: "b"}},
		"many": {{Name: "a", Many: true}, {Name: "b", Unique: true}}, "raised": {{Name: "a", Version: 1}, {Name: "b", Unique: true}},
	} {
		if signature(other) == signature(base) {
			t.Errorf("%s has the same signature", name)
		}
	}
	if turned := slices.Clone(base); signature([]index{turned[1], turned[0]}) != signature(base) {
		t.Error("the order of the indexes matters")
	}
}

// A key, a cursor and a prefix stay in the order of their bytes.
func TestPrefixEnd(t *testing.T) {
	for _, k := range []string{"a", "aa", "a\U0010FFFDz", "aé"} {
		if !(k >= "a" && k < AfterPrefix("a")) {
			t.Errorf("%q is not found by its prefix", k)
		}
	}
	if "b" < AfterPrefix("a") {
		t.Error("b is found by the prefix a")
	}
	for _, p := range []Position{{}, {"", "x"}, {"é/b", "id 1"}, {"k", ""}} {
		if got, err := parseCursor(cursor(p)); err != nil || got != p {
			t.Errorf("%+v became %+v, error %v", p, got, err)
		}
	}
}

// A writer's token stays while others write, and takes the place of its own before.
func TestLastTokens(t *testing.T) {
	tokens := []string{"mine/1"}
	for i := range 100 {
		tokens = lastTokens(tokens, fmt.Sprintf("other%d/%d", i%(keptWriters-1), i))
	}
	if !slices.Contains(tokens, "mine/1") || len(tokens) != keptWriters {
		t.Errorf("got %v", tokens)
	}
	if tokens = lastTokens(tokens, "mine/2"); slices.Contains(tokens, "mine/1") || tokens[len(tokens)-1] != "mine/2" {
		t.Errorf("got %v", tokens)
	}
}
