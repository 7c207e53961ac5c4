package web

import (
	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/delivery"

	"github.com/gofiber/fiber/v2"
)

// media serves a file of an edition to who may see it, whole or by range, straight from the object store.
func media(r *request) error {
	m, o, err := r.School().Learning.OpenMedia(r.Ctx(), r.Actor, course.Slug(r.Param("slug")), course.Hash(r.Param("hash")))
	if err != nil {
		return err
	}
	return r.deliver(m, o)
}

// deliver sends a media file, whole or by range, or says that the reader has it.
func (r *request) deliver(m course.Media, o lms.Object) error {
	d := delivery.Of(m, o.Info().Size, r.C.Get(fiber.HeaderIfNoneMatch), r.C.Get(fiber.HeaderRange))
	for name, value := range d.Header {
		r.C.Set(name, value)
	}
	if !d.HasBody() {
		o.Close()
		return r.C.SendStatus(d.Status)
	}
	r.C.Status(d.Status)
	return r.stream(o, d)
}

// stream sends the bytes of a delivery. The object is closed when they are sent or the reader is gone.
func (r *request) stream(o lms.Object, d delivery.Answer) error {
	if r.C.Method() == fiber.MethodHead {
		defer o.Close()
		r.C.Response().Header.SetContentLength(int(d.Length))
		r.C.Response().SkipBody = true
		return nil
	}
	body, err := d.Open(r.Ctx(), o)
	if err != nil {
		return err
	}
	r.C.Context().SetBodyStream(body, int(d.Length))
	return nil
}
