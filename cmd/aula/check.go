package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"aulacomune/content"
	"aulacomune/content/lint"
	"aulacomune/course"
)

type checkCmd struct {
	Dir     string `arg:"" optional:"" help:"The course's folder (with course.yaml)." type:"existingdir"`
	Format  string `help:"text, json (an array of findings) or sarif (SARIF 2.1.0, for code hosts and editors)." enum:"text,json,sarif" default:"text"`
	Lang    string `help:"Language of the findings: it or en." enum:"it,en" default:"it"`
	Watch   bool   `help:"Check again whenever a file changes, until interrupted."`
	Explain string `help:"Say why a rule is there, with an example that breaks it and one that keeps it." placeholder:"RULE"`
	Rules   bool   `help:"List every rule."`
}

// Help teaches by example.
func (checkCmd) Help() string {
	return "Errors keep a course from being published and make the command fail; warnings don't.\n\n" +
		"    aula check corsi/privacy\n    aula check corsi/privacy --watch\n    aula check --explain vague-link\n    aula check corsi/privacy --format sarif > findings.sarif"
}

// Run compiles and prints the findings; errors make it fail.
func (c *checkCmd) Run(ctx context.Context) error {
	switch {
	case c.Explain != "":
		return explain(os.Stdout, c.Explain, c.Lang)
	case c.Rules:
		listRules(os.Stdout, c.Lang)
		return nil
	case c.Dir == "":
		return errors.New("which course? Give its folder: aula check corsi/privacy")
	case c.Watch:
		return c.watch(ctx)
	}
	return c.check(ctx, os.Stdout)
}

func (c *checkCmd) check(ctx context.Context, w io.Writer) error {
	folder, err := content.ReadFolder(ctx, os.DirFS(c.Dir))
	if err != nil {
		return err
	}
	made, findings := content.Compile(folder)
	for i, f := range findings {
		findings[i] = lint.In(f, c.Lang)
	}
	switch c.Format {
	case "json":
		err = writeJSON(w, append([]course.Finding{}, findings...))
	case "sarif":
		err = writeJSON(w, sarif(findings, c.Lang))
	default:
		printFindings(w, findings)
	}
	if err != nil {
		return err
	}
	if course.HasErrors(findings) {
		return errSaid
	}
	if c.Format == "text" {
		fmt.Fprintf(w, "%s: %d modules, %d learning objects, %d minutes, hash %s\n", made.Slug, len(made.Modules), made.Count(), made.Minutes, made.Hash)
	}
	return nil
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func printFindings(w io.Writer, findings []course.Finding) {
	for _, f := range findings {
		fmt.Fprintln(w, f)
		if f.Hint != "" {
			fmt.Fprintln(w, "    "+f.Hint)
		}
	}
}

// watchEvery is how often the folder is looked at. Looking works on every file system, also on a network's, and costs a course next to nothing.
const watchEvery = 400 * time.Millisecond

// watch checks now and after every change.
func (c *checkCmd) watch(ctx context.Context) error {
	last := ""
	for {
		now, err := signature(c.Dir)
		if err != nil {
			return err
		}
		if now != last {
			last = now
			if err := c.check(ctx, os.Stdout); err != nil && !errors.Is(err, errSaid) {
				return err
			}
			fmt.Printf("-- %s, waiting for changes\n", time.Now().Format(time.TimeOnly))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(watchEvery):
		}
	}
}

// signature changes when a file of a folder does: its name, size or time.
func signature(dir string) (string, error) {
	var all []byte
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && !d.IsDir() {
			all = fmt.Appendf(all, "%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
		}
		return nil // a file may go while it is looked at
	})
	return string(all), err
}
