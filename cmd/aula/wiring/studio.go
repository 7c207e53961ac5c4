package wiring

import (
	"bytes"
	"context"
	"io"

	"aulacomune/content"
	"aulacomune/content/lint"
	"aulacomune/content/picture"
	"aulacomune/content/video"
	"aulacomune/course"
	"aulacomune/lms/studio"
)

// openStudio opens the studio on the house's engine and school.
func (h *House) openStudio(ctx context.Context, o Options) (err error) {
	h.Studio, err = studio.Open(ctx, studio.Ports{Engine: h.Engine, School: h.School, Tools: StudioTools(), Now: o.Now})
	return err
}

// StudioTools are what package content does for authors.
func StudioTools() studio.Tools {
	return studio.Tools{
		Desk:      func(f studio.Files) studio.Desk { return content.NewDraft(folder(f)) },
		Outline:   outline,
		Arrange:   arrange,
		Manifest:  manifest,
		Template:  func(k course.Kind, id, title, lang string) []byte { return content.Template(k, id, title, lang) },
		Slug:      content.Slugify,
		Redraw:    redraw,
		Unpack:    unpack,
		Pack:      func(f studio.Files, c course.Course) ([]byte, error) { return Pack(folder(f), c) },
		Cues:      cues,
		Canonical: func(text string) []byte { return canonical([]byte(text)) },
	}
}

// canonical is the bytes of a text as an edition has them.
func canonical(text []byte) []byte {
	return content.Folder{Texts: map[string][]byte{"t": text}}.Canonical().Texts["t"]
}

// cues reads captions for an author who is writing them.
func cues(text []byte) []course.Cue {
	captions, _ := video.Captions(lint.NewFile("captions.vtt", canonical(text)), &lint.Report{})
	return captions.Cues
}

// folder is a draft's files as content takes them.
func folder(f studio.Files) content.Folder { return content.Folder{Texts: f.Texts, Media: f.Media} }

func outline(f studio.Files) studio.Outline {
	read, _ := content.ReadOutline(folder(f))
	out := studio.Outline{Slug: read.Slug, Title: read.Title}
	for _, m := range read.Modules {
		out.Modules = append(out.Modules, studio.Module(m))
	}
	return out
}

func arrange(text []byte, o studio.Outline) ([]byte, error) {
	in := content.Outline{}
	for _, m := range o.Modules {
		in.Modules = append(in.Modules, content.OutlineModule(m))
	}
	return content.Arrange(text, in)
}

func manifest(s studio.Start) []byte {
	return content.NewManifest(content.Start{Slug: content.Slugify(s.Title), Title: s.Title, Summary: s.Summary, Lang: s.Lang})
}

func redraw(r io.ReadSeeker) ([]studio.Picture, error) {
	made, err := picture.Redraw(r)
	var out []studio.Picture
	for _, p := range made {
		out = append(out, studio.Picture(p))
	}
	return out, err
}

// unpack reads the texts of an edition's zip.
func unpack(archive []byte) (map[string][]byte, error) {
	texts, err := content.ReadTexts(bytes.NewReader(archive), int64(len(archive)))
	delete(texts, lockName)
	return texts, err
}
