package lms

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"aulacomune/course"
)

// Rebuild renders an edition again from its source, after an upgrade of the renderer, and says whether anything is rendered otherwise now. Conflict
// when the compiler makes something else of the source than it did: Fields names the aspects that would differ, and of which objects. A server that
// runs keeps what it has read until it starts again.
func (s *Publishing) Rebuild(ctx context.Context, slug course.Slug, number int) (changed bool, err error) {
	head, err := s.courses.Find(ctx, string(slug))
	if err != nil {
		return false, err
	}
	e, err := head.edition(number)
	if err != nil {
		return false, err
	}
	zip, err := s.read(ctx, sourceKey(e.Hash))
	if err != nil {
		return false, err
	}
	old, err := s.read(ctx, editionKey(e.Hash))
	if err != nil {
		return false, err
	}
	var before course.Course
	if err := json.Unmarshal(old, &before); err != nil {
		return false, fmt.Errorf("decode edition %s: %w", e.Hash, err)
	}
	made, body, err := s.recompile(ctx, before, zip)
	if err != nil || bytes.Equal(body, old) {
		return false, err
	}
	for h, t := range made.Texts {
		if err := s.put(ctx, mediaKey(h), t.Bytes, t.Type); err != nil {
			return false, err
		}
	}
	return true, s.objects.Put(ctx, editionKey(e.Hash), bytes.NewReader(body), int64(len(body)), "application/json")
}

func (s *Publishing) read(ctx context.Context, key string) ([]byte, error) {
	o, err := s.objects.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	defer o.Close()
	b, err := io.ReadAll(o)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", key, err)
	}
	return b, nil
}

// recompile compiles an edition's source again, and refuses whatever is not the same content rendered. It gives the content encoded, too.
func (s *Publishing) recompile(ctx context.Context, before course.Course, zip []byte) (made Compiled, body []byte, err error) {
	made, err = s.compile(zip, func(h course.Hash) (course.Media, bool) {
		m, err := s.media.Find(ctx, string(h))
		return m.Media, err == nil
	})
	differs := func(fields map[string]string, cause error) error {
		return &Error{Kind: Conflict, Message: "error.rebuild.differs", Fields: fields, Err: cause}
	}
	if err != nil {
		return made, nil, differs(map[string]string{"source": err.Error()}, err)
	}
	if body, err = json.Marshal(made.Course); err != nil {
		return made, nil, fmt.Errorf("encode edition: %w", err)
	}
	var after course.Course // as it will be read, which makes no difference between none and an empty list
	if err := json.Unmarshal(body, &after); err != nil {
		return made, nil, fmt.Errorf("decode edition: %w", err)
	}
	fields := map[string]string{}
	for _, f := range made.Findings {
		if f.Severity == course.SeverityError {
			fields["findings"] = fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Message)
		}
	}
	if made.Course.Hash != before.Hash || made.Course.Slug != before.Slug {
		fields["hash"] = string(made.Course.Hash)
	}
	for aspect, ids := range course.BeyondRendering(before, after) {
		fields[string(aspect)] = strings.Join(slices.Sorted(slices.Values(ids)), ", ")
	}
	if len(fields) > 0 {
		return made, nil, differs(fields, nil)
	}
	return made, body, nil
}
