package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stream is what `go test -json` writes, shortened.
const (
	started = `{"Action":"start","Package":"p"}` + "\n"
	passed  = `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"pass","Package":"p","Test":"TestA","Elapsed":0}
`
	skipped = `{"Action":"run","Package":"p","Test":"TestB"}
{"Action":"output","Package":"p","Test":"TestB","Output":"    b_test.go:7: Chromium is missing\n"}
{"Action":"output","Package":"p","Test":"TestB","Output":"--- SKIP: TestB (0.00s)\n"}
{"Action":"skip","Package":"p","Test":"TestB","Elapsed":0}
`
	failed = `{"Action":"run","Package":"p","Test":"TestC"}
{"Action":"output","Package":"p","Test":"TestC","Output":"    c_test.go:9: got 1, want 2\n"}
{"Action":"fail","Package":"p","Test":"TestC","Elapsed":0}
`
	unended = `{"Action":"run","Package":"p","Test":"TestD"}
{"Action":"output","Package":"p","Test":"TestD","Output":"panic: no more\n"}
`
	packagePassed = `{"Action":"pass","Package":"p","Elapsed":0.5}` + "\n"
	packageFailed = `{"Action":"fail","Package":"p","Elapsed":0.5}` + "\n"
	notBuilt      = `{"ImportPath":"p [p.test]","Action":"build-output","Output":"p/a.go:3:2: undefined: x\n"}
{"ImportPath":"p [p.test]","Action":"build-fail"}
{"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}
{"Action":"fail","Package":"p","Elapsed":0,"FailedBuild":"p [p.test]"}
`
)

func TestRun(t *testing.T) {
	for _, row := range []struct {
		name, in, strict string
		says             []string
		err              string
	}{
		{"all pass", started + passed + packagePassed, "1", []string{"ok   p: 1 in 0.5 s", "t: 1 passed, 0 failed, 0 skipped\n"}, ""},
		{"a skip is counted and its reason told", started + passed + skipped + packagePassed, "",
			[]string{"skipped 1: Chromium is missing", "t: 1 passed, 0 failed, 1 skipped\n"}, ""},
		{"a skip fails where nothing may be skipped", started + passed + skipped + packagePassed, "1", []string{"1 skipped\n"}, "1 skipped"},
		{"a failure is shown", started + failed + packageFailed, "", []string{"got 1, want 2", "FAIL p", "0 passed, 1 failed"}, "1 failed"},
		{"a panic is a failure", started + passed + unended + packageFailed, "", []string{"panic: no more", "1 passed, 1 failed"}, "1 failed"},
		{"what does not build is a failure", notBuilt, "", []string{"undefined: x", "0 passed, 1 failed"}, "1 failed"},
		{"a package that never ends is a failure", started + passed + unended, "", []string{"panic: no more", "p did not end", "1 passed, 1 failed"}, "1 failed"},
		{"no test", "", "", []string{"0 passed, 0 failed"}, "no test ran"},
		{"go's own words", "go: no module\n", "", []string{"go: no module"}, "no test ran: go: no module"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var out strings.Builder
			err := run([]string{"t"}, strings.NewReader(row.in), &out, func(name string) string {
				if name == "AULA_TEST_STRICT" {
					return row.strict
				}
				return ""
			})
			if row.err == "" && err != nil || row.err != "" && (err == nil || !strings.Contains(err.Error(), row.err)) {
				t.Errorf("error %v, want %q", err, row.err)
			}
			for _, want := range row.says {
				if !strings.Contains(out.String(), want) {
					t.Errorf("does not say %q:\n%s", want, out.String())
				}
			}
		})
	}
}

func TestRunKeepsCounts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "counts")
	for range 2 {
		err := run([]string{"t"}, strings.NewReader(started+passed+skipped+packagePassed), &strings.Builder{}, func(name string) string {
			return map[string]string{"AULA_TEST_COUNTS": file}[name]
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "1 0 1\n1 0 1\n" {
		t.Errorf("kept %q (%v)", got, err)
	}
}
