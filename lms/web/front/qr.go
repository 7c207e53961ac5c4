package front

import (
	"fmt"
	"html/template"
	"strings"

	"rsc.io/qr"
)

// QR draws a text as a QR code, in one path, with a label for whoever does not see it.
func QR(text, label string) (template.HTML, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", fmt.Errorf("qr of %q: %w", text, err)
	}
	var d strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&d, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	const quiet = 4 // modules of white around, as the standard asks
	n := code.Size + 2*quiet
	return template.HTML(fmt.Sprintf(`<svg class="qr" viewBox="-%d -%d %d %d" role="img" aria-label="%s"><path d="%s"/></svg>`, quiet, quiet, n, n, template.HTMLEscapeString(label), d.String())), nil
}
