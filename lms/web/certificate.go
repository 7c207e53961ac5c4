package web

import (
	"aulacomune/lms/codes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

func myCertificates(r *request) error {
	all, err := r.School().Register.Mine(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	p := &CertificatesPage{}
	for _, v := range all {
		p.Certificates = append(p.Certificates, CertificateCard{
			Course: v.Printed.Course, Number: v.Row.Number, Code: string(v.Row.Code), Issued: v.Row.At, Minutes: v.Printed.Minutes, State: string(v.State),
			PDF: verifyHref(v.Row.Code) + ".pdf", Verify: verifyHref(v.Row.Code),
		})
	}
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.certificates"), Href: ""})
	return r.Show("certificates", r.T("certificates.title"), p)
}

func verifyForm(r *request) error {
	typed := r.Query("codice")
	if typed == "" {
		return r.showVerify("", "")
	}
	if code, ok := codes.Parse(typed); ok {
		return r.See(verifyHref(lms.Code(code)))
	}
	r.C.Status(fiber.StatusUnprocessableEntity)
	return r.showVerify(typed, r.T("verify.malformed"))
}

func (r *request) showVerify(code, problem string) error {
	p := &VerifyPage{Code: code, Problem: problem}
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.verify"), Href: ""})
	p.Description = r.T("verify.description")
	return r.Show("verify", r.T("verify.title"), p)
}

func verify(r *request) error { return r.certificatePage("") }

// certificatePage answers for the code of the address. A code that is not in any register gets the form again, with what to look at.
func (r *request) certificatePage(compared string) error {
	r.C.Set("X-Robots-Tag", "noindex")
	code := r.code()
	v, err := r.School().Register.VerifyFrom(r.Ctx(), code, r.C.IP())
	if lms.Is(err, lms.NotFound) {
		r.C.Status(fiber.StatusNotFound)
		problem := "verify.unknown"
		if _, ok := codes.Parse(code); !ok {
			problem = "verify.malformed"
		}
		return r.showVerify(code, r.T(problem))
	}
	if err != nil {
		return err
	}
	p, err := r.certificate(v)
	if err != nil {
		return err
	}
	p.Compared = compared
	p.Crumbs = r.Crumbs(front.Crumb{Label: r.T("nav.verify"), Href: "/verifica"}, front.Crumb{Label: string(v.Row.Code), Href: ""})
	return r.Show("certificate", p.Heading+" "+v.Row.Number, p)
}

func (r *request) code() string {
	code, err := url.PathUnescape(r.Param("code"))
	if err != nil {
		return r.Param("code")
	}
	return code
}

// certificate shows every printed field.
func (r *request) certificate(v lms.Verification) (*CertificatePage, error) {
	w := r.Words()
	f := v.Printed
	p := &CertificatePage{
		Frame: front.Frame{Script: "verify.js"},
		State: string(v.State), Since: v.Since, Reason: v.Reason, Erased: v.Erased, Heading: f.Title, Modules: f.Modules, Code: string(v.Row.Code), Hash: string(v.Row.PDF),
		PDF: verifyHref(v.Row.Code) + ".pdf", Compare: verifyHref(v.Row.Code) + "#confronto",
	}
	if v.Next != "" {
		p.Next = verifyHref(v.Next)
	}
	p.NoIndex, p.ContentLang = true, r.ContentLang(f.Lang)
	course, hours, edition := "course", "hours", ""
	if f.What != "" {
		course, hours = string(f.What), "attended"
	}
	if f.Edition > 0 {
		edition = r.T("certificate.edition.value", "Number", f.Edition, "Hash", f.EditionHash)
	}
	dates := r.T("certificate.dates.value", "From", w.Date(f.From), "To", w.Date(f.To))
	if w.Date(f.From) == w.Date(f.To) {
		dates = w.Date(f.From)
	}
	for _, x := range []struct{ key, value string }{
		{"person", f.Person}, {"fiscal", f.Fiscal}, {"organisation", f.Organisation}, {"role", capital(f.Role)}, {course, f.Course},
		{"edition", edition}, {"programme", f.Programme},
		{hours, w.Planned(f.Minutes, f.Planned)}, {"mode", f.Mode},
		{"dates", dates}, {"result", f.Result}, {"number", f.Number}, {"issuer", f.Issuer},
		{"issued", strings.TrimPrefix(f.Place+", "+w.Date(f.Issued), ", ")}, {"signatory", strings.TrimSuffix(f.Signatory+", "+f.SignatoryAs, ", ")}, {"privacy", f.Privacy},
	} {
		if strings.Trim(x.value, ", ") != "" {
			p.Fields = append(p.Fields, LabelledValue{r.T("certificate." + x.key), x.value, langOf(x.key, p.ContentLang)})
		}
	}
	svg, err := front.QR(f.Verify, r.T("certificate.qr"))
	p.QR = svg
	return p, err
}

// capital begins a printed word as a value of its own: on paper it stands in the middle of a line.
func capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

// langOf is the language of a printed field: what the pages put in words is in theirs, the rest in the certificate's.
func langOf(key, printed string) string {
	switch key {
	case "hours", "attended", "fiscal", "dates", "issued", "edition", "number", "person":
		return ""
	}
	return printed
}

// comparePDF says whether an uploaded file is, byte for byte, the one that was issued.
func comparePDF(r *request) error {
	v, err := r.School().Register.VerifyFrom(r.Ctx(), r.code(), r.C.IP())
	if err != nil {
		return r.certificatePage("")
	}
	file, err := r.C.FormFile("pdf")
	if err != nil || file.Size == 0 {
		r.C.Status(fiber.StatusUnprocessableEntity)
		return r.certificatePage("problem")
	}
	f, err := file.Open()
	if err != nil {
		return fmt.Errorf("open upload: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return fmt.Errorf("read upload: %w", err)
	}
	if course.Hash(hex.EncodeToString(sum.Sum(nil))) == v.Row.PDF {
		return r.certificatePage("same")
	}
	return r.certificatePage("different")
}

// certificatePDF gives the stored bytes.
func certificatePDF(r *request) error {
	v, pdf, err := r.School().Register.OpenPDF(r.Ctx(), r.code(), r.C.IP())
	if err != nil {
		return front.Unknown(err, "error.certificate.unknown")
	}
	c := r.C
	c.Set("X-Robots-Tag", "noindex")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'")
	c.Set(fiber.HeaderContentType, "application/pdf")
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Set(fiber.HeaderContentDisposition, `inline; filename="attestato-`+string(v.Row.Code)+`.pdf"`)
	return c.Send(pdf)
}
