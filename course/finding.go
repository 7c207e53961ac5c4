package course

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity ranks a finding. Errors keep a course from being published, warnings do not.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Finding is something a compiler has to say about an author's file.
type Finding struct {
	File     string   `json:"file"`
	Line     int      `json:"line"`   // from 1; 0 when it concerns the whole file
	Column   int      `json:"column"` // from 1, in characters; 0 as above
	Severity Severity `json:"severity"`
	Rule     string   `json:"rule"`    // the rule's id, "missing-alt"
	Message  string   `json:"message"` // what is wrong
	Hint     string   `json:"hint,omitempty"`
	Args     []string `json:"args,omitempty"` // what the message is about, so that it can be said in another language
}

// String is the form compilers use: file:line:column: severity: message (rule).
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s (%s)", f.File, f.Line, f.Column, f.Severity, f.Message, f.Rule)
}

// HasErrors says whether any finding keeps the course from being published.
func HasErrors(fs []Finding) bool {
	return slices.ContainsFunc(fs, func(f Finding) bool { return f.Severity == SeverityError })
}

// SortFindings puts findings in the order of the files, then of the lines.
func SortFindings(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		if by := cmp.Compare(a.File, b.File); by != 0 {
			return by
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule))
	})
}
