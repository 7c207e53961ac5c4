package certificate

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

const quiet = 4 // light modules that a reader needs round the code

// drawnCode makes the code that leads to an address, or none for no address.
func drawnCode(address string) (*qr.Code, error) {
	if address == "" {
		return nil, nil
	}
	return qr.Encode(address, qr.M)
}

// drawCode gives the path of a code in a square whose lower left corner is x, y. The dark modules of a row that touch are one
// rectangle, and all are filled at once, so that no light seam shows between them.
func drawCode(code *qr.Code, x, y, side float64) string {
	var b strings.Builder
	unit := side / float64(code.Size+2*quiet)
	for row := range code.Size {
		for from := 0; from < code.Size; from++ {
			to := from
			for to < code.Size && code.Black(to, row) {
				to++
			}
			if to > from {
				fmt.Fprintf(&b, "%s %s %s %s re ", number(x+unit*float64(quiet+from)), number(y+side-unit*float64(quiet+row+1)),
					number(unit*float64(to-from)), number(unit))
				from = to
			}
		}
	}
	return b.String() + "f\n"
}
