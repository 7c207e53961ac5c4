// Package certificate draws and signs the attestato: one page of A4, the same bytes for the same words, made so that it can be read
// aloud, kept for decades and checked by anyone (PDF/A-2a and PDF/UA-1).
//
// The way of a certificate through this room: the fields are cleaned (clean.go) and put in words of their language (words.go),
// set in lines that fit the page (sheet.go, over compose.go), painted as marked content (paint.go), and written as a file with
// its structure tree and metadata (document.go, over pdf.go). Type is measured and embedded from the TrueType files that the
// caller hands in (truetype.go, kerning.go, face.go).
package certificate

import (
	"fmt"
	"time"
	_ "time/tzdata" // a server may lack the zone files, and a date printed in another zone would be wrong for ever

	"aulacomune/lms"
)

// Fonts are the TrueType files of the two weights that the page is set in: Titillium Web, the type of Italian public bodies.
type Fonts struct {
	Regular []byte
	Bold    []byte
}

// Drawer draws certificates. It reads its fonts once and is safe for concurrent use.
type Drawer struct {
	regular, bold *face
	zone          *time.Location
	profile       []byte // of the colours, packed
	err           error  // what was wrong with the fonts
}

// New makes a Drawer. A font that cannot be read is reported by every Draw.
func New(fonts Fonts) *Drawer {
	d := &Drawer{profile: pack(sRGB())}
	if d.zone, d.err = time.LoadLocation("Europe/Rome"); d.err != nil {
		return d
	}
	if d.regular, d.err = newFace("F1", fonts.Regular); d.err != nil {
		d.err = fmt.Errorf("certificate: the regular font: %w", d.err)
		return d
	}
	if d.bold, d.err = newFace("F2", fonts.Bold); d.err != nil {
		d.err = fmt.Errorf("certificate: the bold font: %w", d.err)
	}
	return d
}

// Draw makes the PDF of one certificate. Every field that is not empty is printed, and the same fields give the same bytes. It has
// the shape of lms.DrawCertificate.
func (d *Drawer) Draw(p lms.Printed) ([]byte, error) {
	if d.err != nil {
		return nil, d.err
	}
	t := d.texts(cleaned(p))
	code, err := drawnCode(t.Verify)
	if err != nil {
		return nil, fmt.Errorf("certificate: the code of %q: %w", t.Verify, err)
	}
	page, err := d.compose(t, code)
	if err != nil {
		return nil, err
	}
	return page.write(), nil
}
