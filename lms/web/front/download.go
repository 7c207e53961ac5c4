package front

import (
	"errors"
	"io"
	"os"

	"github.com/gofiber/fiber/v2"
)

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

// Save writes such a file to the disk and sends it from there: a fault comes before the first byte, and memory does not grow with the file.
func (r *Request) Save(name, kind string, write func(io.Writer) error) error {
	f, err := os.CreateTemp("", "aula-file-")
	if err != nil {
		return err
	}
	if err = os.Remove(f.Name()); err == nil { // it is gone when it is closed
		err = write(f)
	}
	size := int64(0)
	if err == nil {
		size, err = f.Seek(0, io.SeekEnd)
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	r.Attach(name, kind)
	return r.C.SendStream(f, int(size))
}
