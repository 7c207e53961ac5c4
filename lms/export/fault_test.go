package export_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/export"
)

// TestAMissingFileIsSaidAtOnce: before the first byte, and for every form that needs it.
func TestAMissingFileIsSaidAtOnce(t *testing.T) {
	for _, c := range []struct {
		missing string
		forms   []export.Form
	}{
		{"video/saluto.mp4", []export.Form{export.Folder}},
		{"video/saluto.vtt", []export.Form{export.Folder}},
		{"video/saluto.jpg", []export.Form{export.Folder, export.Page}},
		{"figure/Quadrato Grande.png", []export.Form{export.Folder, export.Page}},
		{"figure/modello.pdf", []export.Form{export.Folder}},
	} {
		e := editionOf(t, "testdata/tutto")
		for _, m := range e.Content.Media {
			if m.Path == c.missing {
				must(t, e.objects.Remove(t.Context(), "media/"+string(m.Hash)))
			}
		}
		for _, form := range c.forms {
			if _, err := exporter(t).Pack(t.Context(), e.Outgoing, form); !lms.Is(err, lms.NotFound) {
				t.Errorf("%s without %s: %v", form, c.missing, err)
			}
		}
		opened := 0
		err := exporter(t).Unpacked(t.Context(), e.Outgoing, func(string) (io.WriteCloser, error) { opened++; return nil, errors.New("no") })
		if !lms.Is(err, lms.NotFound) || opened > 0 {
			t.Errorf("folder without %s: %v, %d files begun", c.missing, err, opened)
		}
	}
}

// shortened gives less of a file than it says.
type truncated struct{ lms.Object }

func (o truncated) Range(ctx context.Context, from, n int64) (io.ReadCloser, error) {
	return o.Object.Range(ctx, from, n-1)
}

// TestWhatBreaksOnTheWayIsAnError: an object store that stops in the middle, a reader that goes away.
func TestWhatBreaksOnTheWayIsAnError(t *testing.T) {
	for _, form := range []export.Form{export.Folder, export.Page} {
		e := editionOf(t, "testdata/tutto")
		whole := e.Open
		e.Open = func(ctx context.Context, h course.Hash) (lms.Object, error) {
			o, err := whole(ctx, h)
			return truncated{o}, err
		}
		p, err := exporter(t).Pack(t.Context(), e.Outgoing, form)
		must(t, err)
		var b bytes.Buffer
		if err := p.Write(t.Context(), &b); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: %v", form, err)
		}
		stream := p.Open(t.Context(), func() error { return nil })
		if _, err := io.Copy(io.Discard, stream); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s as a stream: %v", form, err)
		}
		e.Open = whole
		p, err = exporter(t).Pack(t.Context(), e.Outgoing, form)
		must(t, err)
		gone := errors.New("gone")
		if _, err := io.Copy(io.Discard, p.Open(t.Context(), func() error { return gone })); !errors.Is(err, gone) {
			t.Errorf("%s to who is gone: %v", form, err)
		}
		stream = p.Open(t.Context(), func() error { return nil })
		must(t, stream.Close()) // ends the writing
		if _, err := stream.Read(make([]byte, 1)); err == nil {
			t.Errorf("%s: a closed stream goes on", form)
		}
	}
	if _, err := exporter(t).Pack(t.Context(), newEdition(t, course.Course{}).Outgoing, "pdf"); !lms.Is(err, lms.Invalid) {
		t.Errorf("a form there is not: %v", err)
	}
}

// TestLargeMediaPassThrough: a video of 96 MB takes a small part of that in memory.
func TestLargeMediaPassThrough(t *testing.T) {
	const size = 96 << 20
	video := course.Media{Path: "grande.mp4", Hash: course.Hash(strings.Repeat("a", 64)), Size: size, Type: "video/mp4", Seconds: 60}
	e := newEdition(t, course.Course{Slug: "grande", Title: "Grande", Lang: "it", Hash: course.Hash(strings.Repeat("b", 64)), Media: []course.Media{video}, Modules: []course.Module{
		{ID: "m", Title: "M", Objects: []course.Object{{ID: "o", Title: "O", Kind: course.Lesson, Video: &course.Video{File: video, Lang: "it"}}}},
	}})
	must(t, e.objects.Put(t.Context(), "media/"+string(video.Hash), io.LimitReader(zero{}, size), size, video.Type))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	p, err := exporter(t).Pack(t.Context(), e.Outgoing, export.Folder)
	must(t, err)
	n, err := io.Copy(io.Discard, p.Open(t.Context(), func() error { return nil }))
	must(t, err)
	runtime.ReadMemStats(&after)
	if n != p.Size || n < size {
		t.Errorf("%d bytes, %d were said", n, p.Size)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > size/4 {
		t.Errorf("%d MB of memory for %d MB of video", used>>20, size>>20)
	}
}

type zero struct{}

func (zero) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
