package api

import (
	"context"
	"io"
	"net/http"
	"path"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/delivery"

	"github.com/gofiber/fiber/v2"
)

// mediaFile is a file that belongs to a learning object.
type mediaFile struct {
	Use   string `json:"use" enum:"video,captions,poster,text" doc:"text: shown in the text, or linked from it"`
	URL   string `json:"url" format:"uri" doc:"to be fetched with the same bearer token, whole or by range"`
	Name  string `json:"name"`
	Type  string `json:"type"`
	Bytes int64  `json:"bytes"`
}

// mediaOf lists the files of an object, each once: those of its video, then those its texts cite.
func (a *API) mediaOf(s lms.Standing, o course.Object) []mediaFile {
	out, listed := []mediaFile{}, map[course.Hash]bool{"": true}
	list := func(use string, m course.Media) {
		if !listed[m.Hash] {
			listed[m.Hash] = true
			out = append(out, mediaFile{Use: use, URL: a.mediaURL(s, m), Name: path.Base(m.Path), Type: m.Type, Bytes: m.Size})
		}
	}
	if v := o.Video; v != nil {
		list("video", v.File)
		list("captions", v.Captions)
		for _, t := range v.Tracks {
			list("captions", t.File)
		}
		list("poster", v.Poster)
	}
	texts := []string{o.HTML}
	for _, q := range o.Questions {
		texts = append(texts, q.HTML)
	}
	for _, h := range cited(texts) {
		if m, ok := s.Content.MediaByHash(h); ok {
			list("text", m)
		}
	}
	return out
}

// cited are the hashes of the files whose relative addresses, media/HASH/name, stand in texts; of a picture in several widths, the widest.
func cited(texts []string) []course.Hash {
	const hashLength = 64
	var out []course.Hash
	for _, text := range texts {
		parts := strings.Split(text, `"media/`)
		for i, rest := range parts[1:] {
			if len(rest) > hashLength && rest[hashLength] == '/' && !strings.HasSuffix(parts[i], " srcset=") {
				out = append(out, course.Hash(rest[:hashLength]))
			}
		}
	}
	return out
}

// mediaURL is where who follows an enrolment fetches a file of its edition; "" for none.
func (a *API) mediaURL(s lms.Standing, m course.Media) string {
	if m.Hash == "" {
		return ""
	}
	return a.URL + Base + "/enrolments/" + string(s.Enrolment.ID) + "/media/" + string(m.Hash)
}

type mediaIn struct {
	ID          string `path:"id"`
	Hash        string `path:"hash" doc:"of an object's media"`
	Range       string `header:"Range" doc:"of bytes; one range"`
	IfNoneMatch string `header:"If-None-Match" doc:"the ETag of an answer before"`
}

// stream is an answer that is a file, or a part of one, straight from the object store.
type stream struct {
	Status int
	Header map[string]string
	Length int64
	Open   func() (io.ReadCloser, error) // it closes what it was made from, as Close does
	Close  func() error
}

func (a *API) media(ctx context.Context, k call, in mediaIn) (stream, error) {
	m, o, err := a.School.Learning.OpenEnrolledMedia(ctx, k.actor, lms.EnrolmentID(in.ID), course.Hash(in.Hash))
	if err != nil {
		return stream{}, err
	}
	d := delivery.Of(m, o.Info().Size, in.IfNoneMatch, in.Range)
	if d.Status == http.StatusRequestedRangeNotSatisfiable {
		o.Close()
		return stream{}, &problemError{
			status: d.Status, kind: "range", detail: phrase{key: "error.range"},
			headers: map[string]string{fiber.HeaderContentRange: d.Header[fiber.HeaderContentRange], fiber.HeaderAcceptRanges: "bytes"},
		}
	}
	return stream{d.Status, d.Header, d.Length, func() (io.ReadCloser, error) { return d.Open(ctx, o) }, o.Close}, nil
}

// send writes the answer. Its bytes follow when the handler has returned, as fast as the caller takes them.
func (s stream) send(c *fiber.Ctx) error {
	for name, value := range s.Header {
		c.Set(name, value)
	}
	c.Status(s.Status)
	if s.Status == http.StatusNotModified || c.Method() == http.MethodHead {
		c.Response().SkipBody = true
		if s.Status != http.StatusNotModified {
			c.Response().Header.SetContentLength(int(s.Length))
		}
		return s.Close()
	}
	body, err := s.Open()
	if err != nil {
		return err
	}
	c.Context().SetBodyStream(body, int(s.Length))
	return nil
}
