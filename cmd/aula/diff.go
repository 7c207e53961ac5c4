package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/content"
	"aulacomune/course"
)

type diffCmd struct {
	place
	there
	Before string `arg:"" help:"A course's folder, or an edition here or on --server: smart-working@1."`
	After  string `arg:"" help:"The same; smart-working@2, or the folder that is to be published."`
	Format string `help:"text or json." enum:"text,json" default:"text"`
}

// Help teaches by example.
func (diffCmd) Help() string {
	return "    aula diff privacy@1 privacy@2\n    aula diff privacy@2 corsi/privacy\n    aula diff privacy@2 corsi/privacy --server https://corsi.example.it --token aula_…\n\n" +
		"Objects are the same by their id. In changed texts [-words-] went and {+words+} came. A difference is harmless when no object, rule, recording or\n" +
		"question changes: whoever takes the older edition loses nothing by going on with the newer."
}

// Run prints what changes from one edition to another.
func (c *diffCmd) Run(ctx context.Context) error {
	if err := c.signed(); err != nil {
		return err
	}
	before, err := c.read(ctx, c.Before)
	if err != nil {
		return err
	}
	after, err := c.read(ctx, c.After)
	if err != nil {
		return err
	}
	d := course.Compare(before, after)
	if c.Format == "json" {
		return writeJSON(os.Stdout, d)
	}
	printDiff(os.Stdout, d)
	return nil
}

// read compiles a folder, or opens an edition of this installation.
func (c *diffCmd) read(ctx context.Context, name string) (course.Course, error) {
	slug, number, edition := strings.Cut(name, "@")
	n, err := strconv.Atoi(number)
	if edition && err == nil {
		return c.edition(ctx, course.Slug(slug), n)
	}
	folder, err := content.ReadFolder(ctx, os.DirFS(name))
	if err != nil {
		return course.Course{}, err
	}
	made, findings := content.Compile(folder)
	if course.HasErrors(findings) {
		printFindings(os.Stdout, findings)
		return made, errSaid
	}
	return made, nil
}

func (c *diffCmd) edition(ctx context.Context, slug course.Slug, n int) (none course.Course, err error) {
	if c.Server != "" {
		address := fmt.Sprintf("/courses/%s/editions/%d/content", slug, n)
		err = c.remote().do(ctx, apiCall{http.MethodGet, address, "", nil}, &none)
		return none, err
	}
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return none, err
	}
	defer house.Close()
	head, err := house.School.Library.Find(ctx, slug)
	if err != nil {
		return none, fmt.Errorf("%s: %w", slug, err)
	}
	e, ok := head.Edition(n)
	if !ok {
		return none, fmt.Errorf("%s has no edition %d; the latest is %d", slug, n, head.Newest().Number)
	}
	made, err := house.School.Library.Open(ctx, e.Hash)
	if err != nil {
		return none, err
	}
	return *made, nil
}

func printDiff(w io.Writer, d course.Diff) {
	if d.None() {
		fmt.Fprintln(w, "No difference.")
		return
	}
	if len(d.Aspects) > 0 {
		fmt.Fprintf(w, "~ course: %s\n", list(d.Aspects))
	}
	for _, o := range d.Objects {
		printChange(w, o)
	}
	effect := "Not harmless: whoever takes the older edition is asked something else by the newer."
	if d.Harmless() {
		effect = "Harmless: no object, rule, recording or question changes."
	}
	fmt.Fprintf(w, "%d minutes before, %d after. %s\n", d.Minutes[0], d.Minutes[1], effect)
}

func printChange(w io.Writer, o course.ObjectChange) {
	sign := map[course.ChangeKind]string{course.Added: "+", course.Removed: "-", course.Changed: "~"}[o.Kind]
	fmt.Fprintf(w, "%s %s: %s", sign, o.ID, o.Title)
	if o.Minutes[0] != o.Minutes[1] {
		fmt.Fprintf(w, ", %d minutes before, %d after", o.Minutes[0], o.Minutes[1])
	}
	if len(o.Aspects) > 0 {
		fmt.Fprintf(w, " (%s)", list(o.Aspects))
	}
	fmt.Fprintln(w)
	if len(o.Text) > 0 {
		fmt.Fprintln(w, "    "+strings.ReplaceAll(inline(o.Text), "\n", "\n    "))
	}
}

func list(aspects []course.Aspect) string {
	var words []string
	for _, a := range aspects {
		words = append(words, string(a))
	}
	return strings.Join(words, ", ")
}

// inline writes words that changed as git's word diff does, each paragraph on a line of its own.
func inline(text []course.TextChange) string {
	var b strings.Builder
	for _, c := range text {
		open, end := "", ""
		switch c.Kind {
		case course.Removed:
			open, end = "[-", "-]"
		case course.Added:
			open, end = "{+", "+}"
		}
		for i, line := range strings.Split(c.Words, "\n") {
			if i > 0 {
				b.WriteString("\n")
			}
			if line = strings.TrimSpace(line); line != "" {
				b.WriteString(open + line + end + " ")
			}
		}
	}
	return strings.TrimSpace(b.String())
}
