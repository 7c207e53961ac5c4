package api

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"aulacomune/course"
	"aulacomune/lms/export"

	"github.com/gofiber/fiber/v2"
)

type exportIn struct {
	Slug   string `path:"slug"`
	Number string `path:"number"`
	As     string `query:"as" default:"zip" enum:"zip,page" doc:"zip: a web folder that needs no server; page: the whole course as one HTML page to print"`
}

// parcel is an answer that is made while the caller takes it: an edition that leaves the house.
type parcel struct {
	Name, Type string
	Length     int64
	Open       func(before func() error) io.ReadCloser // before is called before each piece
}

func (a *API) export(ctx context.Context, k call, in exportIn) (parcel, error) {
	number, err := strconv.Atoi(in.Number)
	if err != nil {
		number = 0 // no edition has it
	}
	p, err := a.Exporter.Export(ctx, k.actor, course.Slug(in.Slug), number, export.Form(in.As))
	open := func(before func() error) io.ReadCloser { return p.Open(ctx, before) }
	return parcel{p.Name, p.Type, p.Size, open}, err
}

// send offers the parcel as a download. It may take as long as it likes, as long as it moves.
func (p parcel) send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'; sandbox")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+p.Name+`"`)
	c.Set(fiber.HeaderContentType, p.Type)
	if c.Method() == http.MethodHead {
		c.Response().SkipBody = true
		c.Response().Header.SetContentLength(int(p.Length))
		return nil
	}
	conn := c.Context().Conn()
	c.Context().SetBodyStream(p.Open(func() error { return conn.SetWriteDeadline(time.Now().Add(patience)) }), int(p.Length))
	return nil
}
