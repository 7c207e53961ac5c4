package web

import (
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/manuscript"
)

func showDraft(r *request) error {
	var exists *ExistsView
	if r.Query("esito") == "draft-uploaded" {
		d, err := r.studio().Draft(r.Ctx(), r.Actor, r.draft())
		if err != nil {
			return err
		}
		if exists, err = r.exists(d); err != nil {
			return err
		}
	}
	return r.draftPage(r.draft(), func(p *DraftPage) {
		p.Exists = exists
		if i := slices.IndexFunc(p.Removed, func(f manuscript.File) bool { return f.Path == r.Query("tolto") }); i >= 0 {
			p.Undo = &p.Removed[i]
		}
	})
}

// draftPage shows a draft; adjust may change the page before it is shown.
func (r *request) draftPage(id studio.DraftID, adjust func(*DraftPage)) error {
	c, err := r.studio().Compile(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	removed, err := r.studio().Removed(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	p := &DraftPage{Draft: r.draftHead(c.Draft), MostBytes: mostSent, Objects: c.Course.Count(), Minutes: c.Course.Minutes}
	for _, k := range course.Kinds() {
		p.Kinds = append(p.Kinds, string(k))
	}
	l := r.list(c)
	p.Modules, p.Glossary, p.Uploaded = l.Modules(), c.Glossary() != "", r.uploaded(c.Files)
	for _, f := range l.Others() {
		switch {
		case f.Path == studio.Manifest:
			p.Sheet = f
		case f.Sort == "text":
			p.Texts = append(p.Texts, f)
		default:
			p.Media = append(p.Media, f)
		}
	}
	for _, f := range removed {
		p.Removed = append(p.Removed, l.Removed(f))
	}
	p.Errors, p.Warnings = l.Total().Errors, l.Total().Warnings
	for _, f := range c.Files {
		p.Comments += f.Open()
	}
	r.Path = p.Draft.Href
	p.Draft.ContentLang = r.ContentLang(c.Course.Lang)
	p.Script = "studio.js"
	p.Crumbs, p.NoIndex, p.ContentLang = r.studioCrumbs(front.Crumb{Label: p.Draft.Title, Href: ""}), true, p.Draft.ContentLang
	adjust(p)
	return r.Show("studio_tree", p.Draft.Title, p)
}

func (r *request) studioCrumbs(more ...front.Crumb) []front.Crumb {
	return append(r.Crumbs(front.Crumb{Label: r.T("nav.studio"), Href: "/studio"}), more...)
}

// backToDraft shows a draft again, with what is wrong about one of its forms.
func (r *request) backToDraft(which string, values map[string]string, err error) error {
	text, fields, err := r.Problem(err)
	if err != nil {
		return err
	}
	return r.draftPage(r.draft(), func(p *DraftPage) {
		p.Form = StudioForm{which, values, text, fields}
		id := strings.TrimPrefix(strings.TrimPrefix(which, "modulo-"), "aggiungi-")
		if id != which && id != "" && !slices.ContainsFunc(p.Modules, func(m manuscript.Module) bool { return m.ID == id }) {
			p.Form.Which = "albero" // the module whose form it was is gone
		}
	})
}

func changeModule(r *request) error {
	id, module := r.draft(), r.Form("module")
	values := map[string]string{"module": module, "title": r.Form("title"), "summary": r.Form("summary")}
	var err error
	where, outcome := "m-"+manuscript.Anchor(module), "module-moved"
	switch r.Form("azione") {
	case "aggiungi":
		err, where, outcome = r.studio().AddModule(r.Ctx(), r.Actor, id, values["title"], values["summary"]), "moduli", "module-added"
	case "cambia":
		err, outcome = r.studio().ReviseModule(r.Ctx(), r.Actor, id, studio.Module{ID: module, Title: values["title"], Summary: values["summary"]}), "module-changed"
	case "su":
		err, where = r.studio().StepModule(r.Ctx(), r.Actor, id, module, studio.Up), "su-"+where
	case "giu":
		err, where = r.studio().StepModule(r.Ctx(), r.Actor, id, module, studio.Down), "giu-"+where
	case "elimina":
		err, where, outcome = r.studio().RemoveModule(r.Ctx(), r.Actor, id, module), "moduli", "module-removed"
	default:
		return lms.Fail(lms.NotFound, "error.page")
	}
	if err != nil {
		which := "albero"
		if azione := r.Form("azione"); azione == "aggiungi" || azione == "cambia" {
			which = "modulo-" + module
		}
		return r.backToDraft(which, values, err)
	}
	return r.Done(manuscript.DraftHref(id), outcome+"#"+where)
}

func changeObject(r *request) error {
	id, name := r.draft(), r.Form("path")
	where := "f-" + manuscript.Anchor(name)
	var err error
	switch r.Form("azione") {
	case "aggiungi":
		return r.addObject()
	case "su":
		err, where = r.studio().StepObject(r.Ctx(), r.Actor, id, name, studio.Up), "su-"+where
	case "giu":
		err, where = r.studio().StepObject(r.Ctx(), r.Actor, id, name, studio.Down), "giu-"+where
	case "posto":
		err = r.studio().PlaceObject(r.Ctx(), r.Actor, id, studio.Place{Path: name, Module: r.Form("module"), Index: r.figure("index")})
	case "glossario":
		return r.beginGlossary()
	case "elimina":
		if err = r.studio().Remove(r.Ctx(), r.Actor, id, name); err == nil {
			return r.See(manuscript.DraftHref(id) + "?tolto=" + manuscript.Escape(name))
		}
	case "richiama":
		if err = r.studio().Recall(r.Ctx(), r.Actor, id, name); err == nil {
			return r.Done(manuscript.DraftHref(id), "file-recalled#"+where)
		}
	default:
		return lms.Fail(lms.NotFound, "error.page")
	}
	switch {
	case err != nil && r.wantsJSON():
		return r.problemJSON(err)
	case err != nil:
		return r.backToDraft("albero", nil, err)
	}
	return r.Done(manuscript.DraftHref(id), "object-moved#"+where)
}

// beginGlossary puts a glossary with one word into the draft, and goes on to write it.
func (r *request) beginGlossary() error {
	c, err := r.studio().Compile(r.Ctx(), r.Actor, r.draft())
	if err != nil {
		return err
	}
	name, err := r.studio().BeginGlossary(r.Ctx(), r.Actor, r.draft(), r.WordsIn(c.Course.Lang).T("glossary.begin"))
	if err != nil {
		return r.backToDraft("albero", nil, err)
	}
	return r.Done(manuscript.Href(r.draft(), "scrivi", name), "object-added")
}

// addObject begins a learning object, and goes on to write it.
func (r *request) addObject() error {
	values := map[string]string{"module": r.Form("module"), "kind": r.Form("kind"), "title": r.Form("title")}
	name, err := r.studio().AddObject(r.Ctx(), r.Actor, r.draft(), studio.NewObject{Module: values["module"], Kind: course.Kind(values["kind"]), Title: values["title"]})
	if err != nil {
		return r.backToDraft("aggiungi-"+values["module"], values, err)
	}
	return r.Done(manuscript.Href(r.draft(), "scrivi", name), "object-added")
}

// findObject leads from the address that a text gives a learning object to its file: links of the preview lead there.
func findObject(r *request) error {
	c, err := r.studio().Compile(r.Ctx(), r.Actor, r.draft())
	if err != nil {
		return err
	}
	name := c.PathOf(course.ObjectID(r.Param("object")))
	if name == "" {
		return lms.Fail(lms.NotFound, "error.object.unknown")
	}
	return r.See(manuscript.Href(r.draft(), "scrivi", name))
}
