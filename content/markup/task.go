package markup

import (
	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// renderTask writes the box of a task list as a picture with a name: a disabled form field would be one without a label.
func (r writer) renderTask(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	class, name, sign := "task", r.words.undo, "☐"
	if n.(*gfm.TaskCheckBox).IsChecked {
		class, name, sign = "task task-done", r.words.done, "☑"
	}
	_, _ = w.WriteString(`<span class="` + class + `" role="img" aria-label="` + name + `">` + sign + `</span> `)
	return ast.WalkContinue, nil
}
