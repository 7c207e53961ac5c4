package front

import "github.com/gofiber/fiber/v2"

// The media types of tables.
const (
	TypeCSV  = "text/csv; charset=utf-8"
	TypeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// Attach makes the answer a file to be saved under a name. No cache keeps it, and what a browser opens of it can do nothing.
func (r *Request) Attach(name, kind string) {
	r.C.Attachment(name)
	r.C.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	r.C.Set(fiber.HeaderContentType, kind) // Attachment guesses it by the name
	r.C.Set(fiber.HeaderCacheControl, "private, no-store")
}

// Download sends such a file.
func (r *Request) Download(name, kind string, body []byte) error {
	r.Attach(name, kind)
	return r.C.Send(body)
}
