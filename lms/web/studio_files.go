package web

import (
	"bufio"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/manuscript"

	"github.com/gofiber/fiber/v2"
)

// uploadAnswer is what a script is told of a file that was taken.
type uploadAnswer struct {
	Path     string `json:"path"`
	Markdown string `json:"markdown"` // the line that shows it in a text
	Type     string `json:"type"`     // what sort of file it is
	There    bool   `json:"there"`    // it was in the draft already
}

// uploadFile takes a picture, a recording, captions or an attachment into a draft.
func uploadFile(r *request) error {
	in, err := r.File()
	var f studio.Uploaded
	if err == nil {
		f, err = r.studio().Upload(r.Ctx(), r.Actor, r.draft(), studio.Upload{Name: r.FileName(), Body: in})
	}
	switch {
	case err != nil && r.wantsJSON():
		return r.problemJSON(err)
	case err != nil:
		return r.notUploaded(err)
	}
	v := r.list(studio.Compiled{Draft: studio.Draft{ID: r.draft()}}).File(f.File)
	if r.wantsJSON() {
		return r.C.JSON(uploadAnswer{v.Path, v.Paste, v.Sort, f.There})
	}
	if at := r.Query("file"); at != "" {
		return r.See(manuscript.Href(r.draft(), "scrivi", at) + "&allegato=" + manuscript.Escape(v.Path) + "#allegato_")
	}
	said := "caricato"
	if f.There {
		said = "gia"
	}
	return r.See(manuscript.DraftHref(r.draft()) + "?" + said + "=" + manuscript.Escape(v.Path))
}

// uploaded are the files that the address says were just sent, as far as they are in the draft.
func (r *request) uploaded(files map[string]studio.File) []UploadedView {
	var out []UploadedView
	for _, said := range []string{"caricato", "gia"} {
		for _, b := range r.C.Context().QueryArgs().PeekMulti(said) {
			if f, ok := files[string(b)]; ok {
				out = append(out, UploadedView{Path: f.Path, Href: manuscript.Href(r.draft(), "scrivi", f.Path), There: said == "gia"})
			}
		}
	}
	return out
}

// notUploaded shows the page from which a file was sent, with what is wrong with it.
func (r *request) notUploaded(err error) error {
	at := r.Query("file")
	if at == "" {
		return r.backToDraft("allegati", nil, err)
	}
	f, missing := r.studio().File(r.Ctx(), r.Actor, r.draft(), at)
	if missing != nil {
		return missing
	}
	text, fields, err := r.Problem(err)
	if err != nil {
		return err
	}
	return r.editor(f, studio.Text{Path: f.Path, Text: f.Text, Rev: f.Rev}, func(p *EditorPage) { p.Form = StudioForm{"allegati", nil, text, fields} })
}

// mediaPage shows what a media file is, and how it is used.
func (r *request) mediaPage(f studio.File) error {
	c, err := r.studio().Compile(r.Ctx(), r.Actor, r.draft())
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
	p.NoIndex, p.ContentLang = true, r.ContentLang(c.Course.Lang)
	p.Crumbs = r.studioCrumbs(front.Crumb{Label: p.Draft.Title, Href: p.Draft.Href}, front.Crumb{Label: p.File.Name, Href: ""})
	r.Path = p.File.Href
	return r.Show("studio_media", p.File.Name, p)
}

// draftMedia serves a media file of a draft to its authors.
func draftMedia(r *request) error {
	m, o, err := r.studio().OpenMedia(r.Ctx(), r.Actor, r.draft(), course.Hash(r.Param("hash")))
	if err != nil {
		return err
	}
	return r.deliver(m, o)
}

// downloadDraft sends a draft as a zip of its folder.
func downloadDraft(r *request) error {
	d, err := r.studio().Draft(r.Ctx(), r.Actor, r.draft())
	if err != nil {
		return err
	}
	name := string(d.Slug)
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		name = string(d.ID)
	}
	r.Attach(name+".zip", "application/zip")
	if r.C.Method() == fiber.MethodHead {
		r.C.Response().SkipBody = true
		return nil
	}
	ctx, a, drafts, log := r.Ctx(), r.Actor, r.studio(), r.Log()
	r.C.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		err := drafts.Download(ctx, a, d.ID, w)
		if err == nil {
			err = w.Flush()
		}
		if err != nil { // the zip ends without its index: whoever opens it sees that it is broken
			log.Error("download of a draft", "draft", d.ID, "err", err)
		}
	})
	return nil
}

func comment(r *request) error {
	id, name := r.draft(), r.Query("file")
	var err error
	if done := r.Form("done"); done != "" {
		err = r.studio().Done(r.Ctx(), r.Actor, id, name, done)
	} else {
		err = r.studio().Comment(r.Ctx(), r.Actor, id, name, r.Form("comment"))
	}
	if err == nil {
		return r.See(manuscript.Href(id, "scrivi", name) + "#commenti_")
	}
	f, missing := r.studio().File(r.Ctx(), r.Actor, id, name)
	if missing != nil {
		return missing
	}
	text, fields, err := r.Problem(err)
	if err != nil {
		return err
	}
	if f.Media != nil {
		return lms.Fail(lms.NotFound, "error.draft.file")
	}
	return r.editor(f, studio.Text{Path: f.Path, Text: f.Text, Rev: f.Rev}, func(p *EditorPage) {
		p.Form = StudioForm{"commenti", map[string]string{"comment": r.Form("comment")}, text, fields}
	})
}
