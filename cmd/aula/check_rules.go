package main

import (
	"fmt"
	"io"
	"net/url"
	"strings"

	"aulacomune/content/lint"
	"aulacomune/course"
)

func listRules(w io.Writer, lang string) {
	for _, r := range lint.All() {
		fmt.Fprintf(w, "%-22s %-8s %s\n", r.ID, r.Severity, r.In(lang).Message)
	}
}

// explain says all there is to say about a rule.
func explain(w io.Writer, id, lang string) error {
	var ids []string
	for _, r := range lint.All() {
		if r.ID == id {
			explainRule(w, r, lang)
			return nil
		}
		ids = append(ids, r.ID)
	}
	if near := lint.Nearest(id, ids); near != "" {
		return fmt.Errorf("there is no rule %q; did you mean %q?", id, near)
	}
	return fmt.Errorf("there is no rule %q; aula check --rules lists them", id)
}

func explainRule(w io.Writer, r lint.Rule, lang string) {
	said, bad, good := r.In(lang), "Sbagliato", "Giusto"
	if lang == "en" {
		bad, good = "Wrong", "Right"
	}
	fmt.Fprintf(w, "%s (%s", r.ID, r.Severity)
	if r.WCAG != "" {
		fmt.Fprintf(w, ", WCAG %s", r.WCAG)
	}
	fmt.Fprintf(w, ")\n\n%s\n", said.Message)
	for _, text := range []string{said.Why, said.Hint} {
		if text != "" {
			fmt.Fprintf(w, "\n%s\n", text)
		}
	}
	for _, example := range [][2]string{{bad, r.Bad}, {good, r.Good}} {
		if example[1] != "" {
			fmt.Fprintf(w, "\n%s:\n\n    %s\n", example[0], strings.ReplaceAll(strings.TrimSpace(example[1]), "\n", "\n    "))
		}
	}
}

// The parts of a SARIF log (OASIS, Static Analysis Results Interchange Format 2.1.0) that a finding needs.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string     `json:"id"`
		Short sarifText  `json:"shortDescription"`
		Help  *sarifText `json:"help,omitempty"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Rule      string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region *sarifRegion `json:"region,omitempty"`
		} `json:"physicalLocation"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
)

// sarif puts findings in the form that code hosts and editors read. Their addresses are relative to the course's folder.
func sarif(findings []course.Finding, lang string) sarifLog {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "aula", Version: version, Rules: []sarifRule{}}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	for _, r := range lint.All() {
		said := r.In(lang)
		rule := sarifRule{ID: r.ID, Short: sarifText{said.Message}}
		if said.Why != "" {
			rule.Help = &sarifText{said.Why}
		}
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
	}
	for _, f := range findings {
		run.Results = append(run.Results, sarifFinding(f))
	}
	return sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
}

func sarifFinding(f course.Finding) sarifResult {
	var at sarifLocation
	at.Physical.Artifact.URI = (&url.URL{Path: f.File}).EscapedPath()
	if f.Line > 0 {
		at.Physical.Region = &sarifRegion{f.Line, f.Column}
	}
	text := f.Message
	if f.Hint != "" {
		text += " " + f.Hint
	}
	return sarifResult{Rule: f.Rule, Level: string(f.Severity), Message: sarifText{text}, Locations: []sarifLocation{at}}
}
