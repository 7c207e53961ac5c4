package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

// event is one line of `go test -json`; `go doc test2json` tells the fields.
type event struct {
	Action      string
	Package     string
	ImportPath  string // of a build
	Test        string
	Output      string
	Elapsed     float64
	FailedBuild string
}

// id names a test, or a package where Test is empty.
type id struct{ pkg, test string }

// summary is what is known so far.
type summary struct {
	out                     io.Writer
	passed, failed, skipped int
	output                  map[id][]string     // of what has not ended yet
	builds                  map[string][]string // what the compiler said, by package
	running                 map[string]int      // packages that have not ended, with the number of their tests
	broken                  map[string]bool     // packages with a failed test
	reasons                 map[string]int      // why tests were skipped
	unread                  []string            // lines that are no events
}

func newSummary(out io.Writer) *summary {
	return &summary{
		out: out, output: map[id][]string{}, builds: map[string][]string{}, running: map[string]int{}, broken: map[string]bool{}, reasons: map[string]int{},
	}
}

// line takes one line, an event or not.
func (s *summary) line(b []byte) {
	var e event
	if err := json.Unmarshal(b, &e); err != nil || e.Action == "" {
		s.unread = append(s.unread, string(b))
		fmt.Fprint(s.out, string(b))
		return
	}
	switch {
	case e.Action == "build-output":
		s.builds[e.ImportPath] = append(s.builds[e.ImportPath], e.Output)
	case e.Action == "start":
		s.running[e.Package] = 0
	case e.Action == "output":
		of := id{e.Package, e.Test}
		s.output[of] = append(s.output[of], e.Output)
	case e.Test != "":
		s.test(e)
	default:
		s.pkg(e)
	}
}

// test takes the end of a test. Parents end after their parts.
func (s *summary) test(e event) {
	of := id{e.Package, e.Test}
	switch e.Action {
	case "pass":
		s.passed++
	case "skip":
		s.skipped++
		s.reasons[reason(s.output[of])]++
	case "fail":
		s.failed++
		s.broken[e.Package] = true
		s.print(s.output[of])
	default:
		return
	}
	s.running[e.Package]++
	delete(s.output, of)
}

// pkg takes the end of a package.
func (s *summary) pkg(e event) {
	if e.Action != "pass" && e.Action != "fail" && e.Action != "skip" {
		return
	}
	of := id{e.Package, ""}
	tests := s.running[e.Package]
	switch {
	case e.Action == "fail":
		s.print(s.builds[e.FailedBuild])
		delete(s.builds, e.FailedBuild) // many packages may wait for one: it is said once
		if !s.broken[e.Package] {       // it did not compile, it panicked, or it ran out of time
			s.failed++
			s.printUnended(e.Package)
			s.print(s.output[of])
		}
		fmt.Fprintf(s.out, "FAIL %s (%.1f s)\n", e.Package, e.Elapsed)
	case e.Action == "pass" && tests > 0:
		fmt.Fprintf(s.out, "ok   %s: %d in %.1f s\n", e.Package, tests, e.Elapsed)
	}
	delete(s.output, of)
	delete(s.running, e.Package)
}

// print writes what a test printed.
func (s *summary) print(lines []string) {
	for _, l := range lines {
		fmt.Fprint(s.out, l)
	}
}

// printUnended writes what the tests of a package printed that never ended.
func (s *summary) printUnended(pkg string) {
	var open []string
	for of := range s.output {
		if of.pkg == pkg && of.test != "" {
			open = append(open, of.test)
		}
	}
	slices.Sort(open)
	for _, test := range open {
		s.print(s.output[id{pkg, test}])
		delete(s.output, id{pkg, test})
	}
}

// finish says what is left to say, and the counts.
func (s *summary) finish(name string) {
	for _, pkg := range slices.Sorted(maps.Keys(s.running)) {
		s.failed++
		s.printUnended(pkg)
		fmt.Fprintf(s.out, "FAIL %s did not end\n", pkg)
	}
	for _, why := range slices.Sorted(maps.Keys(s.reasons)) {
		fmt.Fprintf(s.out, "skipped %d: %s\n", s.reasons[why], why)
	}
	fmt.Fprintf(s.out, "%s: %d passed, %d failed, %d skipped\n", name, s.passed, s.failed, s.skipped)
}

// keep adds the counts to a file.
func (s *summary) keep(path string) (err error) {
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	_, err = fmt.Fprintln(f, s.passed, s.failed, s.skipped)
	return err
}

// verdict is an error when the run was not good.
func (s *summary) verdict(strict bool) error {
	switch {
	case s.failed > 0:
		return fmt.Errorf("%d failed", s.failed)
	case strict && s.skipped > 0:
		return fmt.Errorf("%d skipped, and nothing may be skipped here", s.skipped)
	case s.passed+s.skipped == 0 && len(s.unread) > 0:
		return fmt.Errorf("no test ran: %s", strings.TrimSpace(s.unread[0]))
	case s.passed+s.skipped == 0:
		return fmt.Errorf("no test ran")
	}
	return nil
}

// place is what the test package writes before a message.
var place = regexp.MustCompile(`^\s*[\w.-]+\.go:\d+: `)

// reason finds in a skipped test's output why.
func reason(output []string) string {
	for _, l := range slices.Backward(output) {
		if place.MatchString(l) {
			return strings.TrimSpace(place.ReplaceAllString(l, ""))
		}
	}
	return "no reason given"
}
