package enti

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"aulacomune/lms"
)

// Text writes a plan for a terminal: what would be done, grouped and counted, what was found, and how far the lists fit together. Of each group so many are
// listed; 0 is all.
func (p Plan) Text(w io.Writer, most int) error {
	out := &text{w: w, most: most}
	out.line("%s, under %s (%s)", p.Region, p.Under.Name, p.Under.ID)
	for _, what := range Whats() {
		steps := p.Of(what)
		if len(steps) == 0 {
			continue
		}
		out.line("")
		out.line("%s: %s", titles()[what], count(len(steps)))
		out.list(len(steps), func(i int) string { return "  " + marks()[what] + " " + steps[i].text(what) })
	}
	out.line("")
	out.line("Unchanged: %s", count(p.Unchanged))
	if len(p.Absent) > 0 {
		out.line("")
		out.line("Not in the files, and left as they are: %s%s", count(len(p.Absent)), map[bool]string{false: " (--cease makes them cease)"}[p.Doubt])
		out.list(len(p.Absent), func(i int) string { return fmt.Sprintf("  ? %s  %s", p.Absent[i].After.ID, p.Absent[i].After.Name) })
	}
	out.findings(p.Findings)
	out.coverage(p.Coverage)
	return out.err
}

func titles() map[What]string {
	return map[What]string{New: "New", Renamed: "Renamed", Moved: "Moved", Merged: "Merged into another", Gone: "Ceased", Back: "There again", Completed: "Kind, codes or mail domains set"}
}

func marks() map[What]string {
	return map[What]string{New: "+", Renamed: "~", Moved: ">", Merged: "=", Gone: "-", Back: "+", Completed: "."}
}

// text is what a step is about, on one line.
func (s Step) text(w What) string {
	o := s.After
	switch w {
	case New:
		return fmt.Sprintf("%s  %s, below %s%s", o.ID, o.Name, s.Above, textOf(o.Codes))
	case Renamed:
		return fmt.Sprintf("%s  %s → %s", o.ID, s.Before.Name, o.Name)
	case Moved:
		return fmt.Sprintf("%s  %s: %s → %s", o.ID, o.Name, cmp.Or(s.Before.Parent(), "(root)"), s.Above)
	case Merged:
		return fmt.Sprintf("%s  %s → %s on %s: its people go on there, its register stays", o.ID, o.Name, o.Into, o.Ceased.Format("2006-01-02"))
	case Gone:
		return fmt.Sprintf("%s  %s: its people stay with it until they are moved", o.ID, o.Name)
	}
	return fmt.Sprintf("%s  %s%s", o.ID, o.Name, textOf(o.Codes))
}

// textOf are codes on one line.
func textOf(c lms.Codes) string {
	var out []string
	for _, x := range [][2]string{{"ISTAT", c.ISTAT}, {"cadastral", c.Cadastral}, {"IPA", c.IPA}, {"tax", c.Tax}} {
		if x[1] != "" {
			out = append(out, x[0]+" "+x[1])
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " (" + strings.Join(out, ", ") + ")"
}

// text writes lines until one fails.
type text struct {
	w    io.Writer
	most int
	err  error
}

func (t *text) line(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format+"\n", args...)
	}
}

func (t *text) list(n int, say func(int) string) {
	for i := range n {
		if t.most > 0 && i == t.most && n > t.most+1 {
			t.line("  … and %s more", count(n-i))
			return
		}
		t.line("%s", say(i))
	}
}

func (t *text) findings(all []Finding) {
	if len(all) == 0 {
		return
	}
	all = slices.Clone(all)
	order := []Severity{Error, Warning, Note}
	slices.SortStableFunc(all, func(a, b Finding) int { return slices.Index(order, a.Severity) - slices.Index(order, b.Severity) })
	t.line("")
	t.line("Found in the files: %s", count(len(all)))
	t.list(len(all), func(i int) string {
		f := all[i]
		at := string(f.Source)
		if f.Line > 0 {
			at = fmt.Sprintf("%s:%d", f.Source, f.Line)
		}
		if at != "" {
			at += ": "
		}
		return fmt.Sprintf("  %s: %s%s", f.Severity, at, f.In("en"))
	})
}

func (t *text) coverage(c Coverage) {
	t.line("")
	t.line("Coverage: %s of %s comuni have a row in IndicePA; %s enti have a mail domain.", count(c.WithIPA), count(c.Comuni), count(c.Domains))
	var rows []string
	for _, category := range Categories() {
		if n := c.Rows[category]; n > 0 {
			rows = append(rows, fmt.Sprintf("%s %s", category, count(n)))
		}
	}
	if len(rows) > 0 {
		t.line("Rows of IndicePA for the region: %s.", strings.Join(rows, ", "))
	}
	t.group("Comuni without a row in IndicePA", len(c.Without), func(i int) string { return c.Without[i].ISTAT + " " + c.Without[i].Name })
	t.group("Rows of IndicePA that join nothing", len(c.Loose), func(i int) string { return c.Loose[i].IPA + " " + c.Loose[i].Name })
	t.group("Second rows about one ente", len(c.Twice), func(i int) string { return c.Twice[i].IPA + " " + c.Twice[i].Name })
}

func (t *text) group(title string, n int, say func(int) string) {
	if n > 0 {
		t.line("%s: %s", title, count(n))
		t.list(n, func(i int) string { return "  " + say(i) })
	}
}

// count is a number with a comma between thousands.
func count(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
