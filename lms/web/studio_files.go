package web

import (
	"bufio"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/manuscript"

	"github.com/gofiber/fiber/v2"
)

// uploadAnswer is what a script is told of a file that was taken.
type uploadAnswer struct {
	Path     string `json:"path"`
	Markdown string `json:"markdown"` // the line that shows it in a text
	Type     string `json:"type"`     // what sort of file it is
}

// uploadFile takes a picture, a recording, captions or an attachment into a draft.
func uploadFile(r *request) error {
	in, err := r.file()
	var f studio.File
	if err == nil {
		f, err = r.studio().Upload(r.ctx(), r.actor, r.draft(), studio.Upload{Name: r.sent.Name, Body: in})
	}
	switch {
	case err != nil && r.wantsJSON():
		return r.problemJSON(err)
	case err != nil:
		return r.notUploaded(err)
	}
	v := r.list(studio.Compiled{Draft: studio.Draft{ID: r.draft()}}).File(f)
	if r.wantsJSON() {
		return r.c.JSON(uploadAnswer{v.Path, v.Paste, v.Sort})
	}
	if at := r.query("file"); at != "" {
		return r.see(manuscript.Href(r.draft(), "scrivi", at) + "&allegato=" + manuscript.Escape(v.Path) + "#allegato_")
	}
	return r.done(manuscript.DraftHref(r.draft()), "file-uploaded#"+v.Anchor)
}

// notUploaded shows the page from which a file was sent, with what is wrong with it.
func (r *request) notUploaded(err error) error {
	at := r.query("file")
	if at == "" {
		return r.backToDraft("allegati", nil, err)
	}
	f, missing := r.studio().File(r.ctx(), r.actor, r.draft(), at)
	if missing != nil {
		return missing
	}
	text, fields, err := r.problem(err)
	if err != nil {
		return err
	}
	return r.editor(f, studio.Text{Path: f.Path, Text: f.Text, Rev: f.Rev}, func(p *EditorPage) { p.Form = StudioForm{"allegati", nil, text, fields} })
}

// mediaPage shows what a media file is, and how it is used.
func (r *request) mediaPage(f studio.File) error {
	c, err := r.studio().Compile(r.ctx(), r.actor, r.draft())
	if err != nil {
		return err
	}
	l := r.list(c)
	p := &MediaPage{Draft: r.draftHead(c.Draft), File: l.File(f), Type: f.Media.Type, Saved: f.At, Findings: l.Of(f.Path), Widths: l.Widths(f.Path)}
	if p.By, err = r.nameOf(f.By); err != nil {
		return err
	}
	if near, ok := c.Files[l.Captions(f.Path)]; ok {
		v := l.File(near)
		p.Near = &v
		if m, ok := l.Shown(near.Path); ok {
			p.Captions = l.Address(m)
		}
	}
	p.NoIndex, p.ContentLang = true, r.contentLang(c.Course.Lang)
	p.Crumbs = r.studioCrumbs(Crumb{p.Draft.Title, p.Draft.Href}, Crumb{p.File.Name, ""})
	r.path = p.File.Href
	return r.show("studio_media", p.File.Name, p)
}

// draftMedia serves a media file of a draft to its authors.
func draftMedia(r *request) error {
	m, o, err := r.studio().OpenMedia(r.ctx(), r.actor, r.draft(), course.Hash(r.param("hash")))
	if err != nil {
		return err
	}
	return r.deliver(m, o)
}

// downloadDraft sends a draft as a zip of its folder.
func downloadDraft(r *request) error {
	d, err := r.studio().Draft(r.ctx(), r.actor, r.draft())
	if err != nil {
		return err
	}
	name := string(d.Slug)
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		name = string(d.ID)
	}
	r.c.Set(fiber.HeaderContentSecurityPolicy, downloadPolicy)
	r.c.Set(fiber.HeaderContentType, "application/zip")
	r.c.Set(fiber.HeaderCacheControl, "private, no-store")
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`.zip"`)
	if r.c.Method() == fiber.MethodHead {
		r.c.Response().SkipBody = true
		return nil
	}
	ctx, a, site := r.ctx(), r.actor, r.site
	r.c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		err := site.o.Studio.Download(ctx, a, d.ID, w)
		if err == nil {
			err = w.Flush()
		}
		if err != nil { // the zip ends without its index: whoever opens it sees that it is broken
			site.o.Log.Error("download of a draft", "draft", d.ID, "err", err)
		}
	})
	return nil
}

func comment(r *request) error {
	id, name := r.draft(), r.query("file")
	var err error
	if done := r.form("done"); done != "" {
		err = r.studio().Done(r.ctx(), r.actor, id, name, done)
	} else {
		err = r.studio().Comment(r.ctx(), r.actor, id, name, r.form("comment"))
	}
	if err == nil {
		return r.see(manuscript.Href(id, "scrivi", name) + "#commenti_")
	}
	f, missing := r.studio().File(r.ctx(), r.actor, id, name)
	if missing != nil {
		return missing
	}
	text, fields, err := r.problem(err)
	if err != nil {
		return err
	}
	if f.Media != nil {
		return lms.Fail(lms.NotFound, "error.draft.file")
	}
	return r.editor(f, studio.Text{Path: f.Path, Text: f.Text, Rev: f.Rev}, func(p *EditorPage) {
		p.Form = StudioForm{"commenti", map[string]string{"comment": r.form("comment")}, text, fields}
	})
}
