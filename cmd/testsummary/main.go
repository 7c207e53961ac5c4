// Command testsummary reads what `go test -json` writes and says it for people: each package as it ends, the output of what failed, why
// tests were skipped, and a last line with the counts.
//
//	go test -json ./... | go run ./cmd/testsummary NAME
//
// It fails when a test failed, when a package did not end, when there was no test at all, and, with AULA_TEST_STRICT=1, when one was
// skipped. With AULA_TEST_COUNTS=FILE it adds the counts to that file, one line a run, for a script that runs more than one.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout, os.Getenv); err != nil {
		fmt.Fprintln(os.Stderr, "testsummary:", err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer, env func(string) string) error {
	if len(args) != 1 {
		return errors.New("usage: go test -json ./... | testsummary NAME")
	}
	s := newSummary(out)
	lines := bufio.NewReaderSize(in, 1<<16)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			s.line(line)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	s.finish(args[0])
	if err := s.keep(env("AULA_TEST_COUNTS")); err != nil {
		return err
	}
	return s.verdict(env("AULA_TEST_STRICT") != "")
}
