package press

import (
	"html/template"
	"strings"
	"testing"
)

func TestCompleteTakesWhatIsCalledAndNothingElse(t *testing.T) {
	base := template.Must(template.New("").Parse(`{{define "layout"}}({{template "main" .}}){{end}}{{define "main"}}empty{{end}}
{{define "a"}}a{{if .}}{{template "b" .}}{{end}}{{end}}{{define "b"}}b{{end}}{{define "other"}}other{{end}}`))
	page := template.Must(template.New("").Parse(`{{define "main"}}{{range .}}{{else}}{{template "a" .}}{{end}}{{with 1}}{{template "a" .}}{{end}}{{end}}`))
	if err := Complete(page, base, "layout"); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := page.ExecuteTemplate(&b, "layout", nil); err != nil || b.String() != "(aab)" {
		t.Errorf("%q %v", b.String(), err)
	}
	if page.Lookup("other") != nil {
		t.Error("a template that nobody calls was taken along")
	}
	if err := Complete(template.Must(template.New("").Parse(`{{define "main"}}{{template "gone"}}{{end}}`)), base, "layout"); err == nil || !strings.Contains(err.Error(), `"gone"`) {
		t.Errorf("a template that is nowhere: %v", err)
	}
}
