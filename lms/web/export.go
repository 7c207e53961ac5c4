package web

import (
	"fmt"
	"strconv"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/export"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// downloadPolicy is for pages that are downloads: should a browser show one in its place, it is drawn, and can do nothing.
const downloadPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"

// exportEdition sends an edition in a form, to be kept. It is not shown here: the page to print has its style in it, which no page of ours may have.
func exportEdition(form export.Form) func(*request) error {
	return func(r *request) error {
		number, err := strconv.Atoi(r.Param("number"))
		if err != nil {
			return lms.Fail(lms.NotFound, "error.edition.unknown")
		}
		p, err := r.pages.o.Exporter.Export(r.Ctx(), r.Actor, course.Slug(r.Param("slug")), number, form)
		if err != nil {
			return err
		}
		c := r.C
		r.Attach(p.Name, p.Type)
		c.Set(fiber.HeaderContentSecurityPolicy, downloadPolicy)
		if c.Method() == fiber.MethodHead {
			c.Response().Header.SetContentLength(int(p.Size))
			c.Response().SkipBody = true
			return nil
		}
		// Who reads on a slow line has time anew for every piece: a course with its videos may take longer than one answer may.
		conn := c.Context().Conn()
		body := p.Open(r.Ctx(), func() error { return conn.SetWriteDeadline(time.Now().Add(front.WriteTimeout)) })
		c.Context().SetBodyStream(body, int(p.Size))
		return nil
	}
}

// CopiesView is where to get an edition to carry it out of the house.
type CopiesView struct {
	Number       int
	Folder, Page string // addresses of the downloads
}

// copies are where the copies of an edition are, for who may have them; nil for everybody else.
func (r *request) copies(head lms.Course, number int) *CopiesView {
	if !export.May(r.Actor, head) {
		return nil
	}
	at := fmt.Sprintf("/versioni/%s/%d/", head.Slug, number)
	return &CopiesView{Number: number, Folder: at + "cartella.zip", Page: at + "pagina.html"}
}
