package manuscript

import (
	"slices"

	"aulacomune/course"
	"aulacomune/lms/studio"
)

// Finding is what the compiler says of a place, in the reader's language.
type Finding struct {
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
	Rule     string `json:"rule"`
	Why      string `json:"why"`  // address of the rule
	Mend     string `json:"mend"` // address where the glossary is begun that the text asks for; "" for all else
}

// unknownTerm is the compiler's rule about words that the glossary does not have.
const unknownTerm = "unknown-term"

// Group is what the compiler says of a file.
type Group struct {
	File     File
	Findings []Finding
}

// Of are the findings of a file.
func (l List) Of(name string) []Finding {
	out := []Finding{}
	for _, f := range l.Findings {
		if f.File == name {
			f = l.reader.Finding(f)
			v := Finding{Line: f.Line, Column: f.Column, Severity: string(f.Severity), Message: f.Message, Hint: f.Hint, Rule: f.Rule, Why: "/guida/regole#" + f.Rule}
			if f.Rule == unknownTerm && l.Glossary() == "" {
				v.Mend = DraftHref(l.Draft.ID) + "#glossario"
			}
			out = append(out, v)
		}
	}
	return out
}

// Groups are all findings by their files, in the order of the course.
func (l List) Groups() []Group {
	order := []string{studio.Manifest}
	for _, m := range l.Outline.Modules {
		order = append(order, m.Objects...)
	}
	for _, f := range l.Findings {
		if !slices.Contains(order, f.File) {
			order = append(order, f.File)
		}
	}
	var out []Group
	for _, name := range order {
		found := l.Of(name)
		if len(found) == 0 {
			continue
		}
		f, ok := l.Files[name]
		f.Path = name
		g := Group{l.File(f), found}
		if !ok { // one that is missing cannot be opened
			g.File.Href = ""
		}
		out = append(out, g)
	}
	return out
}

// Blanks are findings of which only the severity is known, for a script that lists others.
func Blanks() []Finding {
	return []Finding{{Severity: string(course.SeverityError)}, {Severity: string(course.SeverityWarning)}}
}
