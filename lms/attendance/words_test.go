package attendance_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"aulacomune/lms/attendance"
)

// constants are the names and texts of the constants of a file.
func constants(t *testing.T, file string) map[string]string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	ast.Inspect(tree, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 {
			return true
		}
		if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if out[v.Names[0].Name], err = strconv.Unquote(lit.Value); err != nil {
				t.Fatal(err)
			}
		}
		return true
	})
	return out
}

func TestEveryProblemAndReasonHasWords(t *testing.T) {
	keys := map[string]bool{}
	for _, key := range constants(t, "problem.go") {
		keys[attendance.Problem{Key: key}.Message()] = true
	}
	for _, r := range constants(t, "reason.go") {
		keys[attendance.Reason(r).Message()] = true
	}
	for _, k := range []attendance.Kind{attendance.Teams, attendance.Zoom, attendance.Meet, attendance.BigBlueButton, attendance.Paper} {
		keys["attendance.kind."+string(k)] = true
	}
	if len(keys) < 60 {
		t.Fatalf("only %d keys", len(keys))
	}
	args := map[string]string{}
	for _, lang := range []string{"it", "en"} {
		raw, err := os.ReadFile("../web/messages/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]any
		if err := json.Unmarshal(raw, &all); err != nil {
			t.Fatal(err)
		}
		for key := range keys {
			words, ok := all[key].(string)
			if !ok || words == "" {
				t.Errorf("%s: %s has no words", lang, key)
			}
			named := strings.Join(regexp.MustCompile(`\.[A-Z]\w+`).FindAllString(words, -1), " ")
			if _, seen := args[key]; seen && len(args[key]) != len(named) {
				t.Errorf("%s names %q in one language, %q in the other", key, args[key], named)
			}
			args[key] = named
		}
		for key := range all {
			if strings.HasPrefix(key, "attendance.") && !keys[key] {
				t.Errorf("%s: %s is the message of nothing", lang, key)
			}
		}
	}
}
