package markup

import "github.com/yuin/goldmark/util"

// detailsWord begins what opens when asked: > [!DETAILS Title].
const detailsWord = "DETAILS"

// title is what a directive says after its word, as it was written.
func (d *directive) title(source []byte) []byte {
	if len(d.args) == 0 {
		return nil
	}
	last := len(d.args) - 1
	return source[d.at[0] : d.at[last]+len(d.args[last])]
}

// renderDetails writes what opens when asked; it works without a script, is found by a browser's search, and prints.
func (r writer) renderDetails(w util.BufWriter, source []byte, d *directive, entering bool) {
	if !entering {
		_, _ = w.WriteString("</details>\n")
		return
	}
	_, _ = w.WriteString("<details class=\"more\">\n<summary>")
	r.plain.Write(w, typed(d.title(source)))
	_, _ = w.WriteString("</summary>\n")
}
