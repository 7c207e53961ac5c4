package web

import (
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/manuscript"
)

func showDraft(r *request) error {
	return r.draftPage(r.draft(), func(p *DraftPage) {
		if i := slices.IndexFunc(p.Removed, func(f manuscript.File) bool { return f.Path == r.query("tolto") }); i >= 0 {
			p.Undo = &p.Removed[i]
		}
	})
}

// draftPage shows a draft; adjust may change the page before it is shown.
func (r *request) draftPage(id studio.DraftID, adjust func(*DraftPage)) error {
	c, err := r.studio().Compile(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	removed, err := r.studio().Removed(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	p := &DraftPage{Draft: r.draftHead(c.Draft), MostBytes: mostSent, Objects: c.Course.Count(), Minutes: c.Course.Minutes}
	for _, k := range course.Kinds() {
		p.Kinds = append(p.Kinds, string(k))
	}
	l := r.list(c)
	p.Modules = l.Modules()
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
	r.path = p.Draft.Href
	p.Draft.ContentLang = r.contentLang(c.Course.Lang)
	p.Script = "studio.js"
	p.Crumbs, p.NoIndex, p.ContentLang = r.studioCrumbs(Crumb{p.Draft.Title, ""}), true, p.Draft.ContentLang
	adjust(p)
	return r.show("studio_tree", p.Draft.Title, p)
}

func (r *request) studioCrumbs(more ...Crumb) []Crumb {
	return append(r.crumbs(Crumb{r.t("nav.studio"), "/studio"}), more...)
}

// backToDraft shows a draft again, with what is wrong about one of its forms.
func (r *request) backToDraft(which string, values map[string]string, err error) error {
	text, fields, err := r.problem(err)
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
	id, module := r.draft(), r.form("module")
	values := map[string]string{"module": module, "title": r.form("title"), "summary": r.form("summary")}
	var err error
	where, outcome := "m-"+manuscript.Anchor(module), "module-moved"
	switch r.form("azione") {
	case "aggiungi":
		err, where, outcome = r.studio().AddModule(r.ctx(), r.actor, id, values["title"], values["summary"]), "moduli", "module-added"
	case "cambia":
		err, outcome = r.studio().ReviseModule(r.ctx(), r.actor, id, studio.Module{ID: module, Title: values["title"], Summary: values["summary"]}), "module-changed"
	case "su":
		err, where = r.studio().StepModule(r.ctx(), r.actor, id, module, studio.Up), "su-"+where
	case "giu":
		err, where = r.studio().StepModule(r.ctx(), r.actor, id, module, studio.Down), "giu-"+where
	case "elimina":
		err, where, outcome = r.studio().RemoveModule(r.ctx(), r.actor, id, module), "moduli", "module-removed"
	default:
		return lms.Fail(lms.NotFound, "error.page")
	}
	if err != nil {
		which := "albero"
		if azione := r.form("azione"); azione == "aggiungi" || azione == "cambia" {
			which = "modulo-" + module
		}
		return r.backToDraft(which, values, err)
	}
	return r.done(manuscript.DraftHref(id), outcome+"#"+where)
}

func changeObject(r *request) error {
	id, name := r.draft(), r.form("path")
	where := "f-" + manuscript.Anchor(name)
	var err error
	switch r.form("azione") {
	case "aggiungi":
		return r.addObject()
	case "su":
		err, where = r.studio().StepObject(r.ctx(), r.actor, id, name, studio.Up), "su-"+where
	case "giu":
		err, where = r.studio().StepObject(r.ctx(), r.actor, id, name, studio.Down), "giu-"+where
	case "posto":
		err = r.studio().PlaceObject(r.ctx(), r.actor, id, studio.Place{Path: name, Module: r.form("module"), Index: r.figure("index")})
	case "elimina":
		if err = r.studio().Remove(r.ctx(), r.actor, id, name); err == nil {
			return r.see(manuscript.DraftHref(id) + "?tolto=" + manuscript.Escape(name))
		}
	case "richiama":
		if err = r.studio().Recall(r.ctx(), r.actor, id, name); err == nil {
			return r.done(manuscript.DraftHref(id), "file-recalled#"+where)
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
	return r.done(manuscript.DraftHref(id), "object-moved#"+where)
}

// addObject begins a learning object, and goes on to write it.
func (r *request) addObject() error {
	values := map[string]string{"module": r.form("module"), "kind": r.form("kind"), "title": r.form("title")}
	name, err := r.studio().AddObject(r.ctx(), r.actor, r.draft(), studio.NewObject{Module: values["module"], Kind: course.Kind(values["kind"]), Title: values["title"]})
	if err != nil {
		return r.backToDraft("aggiungi-"+values["module"], values, err)
	}
	return r.done(manuscript.Href(r.draft(), "scrivi", name), "object-added")
}

// findObject leads from the address that a text gives a learning object to its file: links of the preview lead there.
func findObject(r *request) error {
	c, err := r.studio().Compile(r.ctx(), r.actor, r.draft())
	if err != nil {
		return err
	}
	name := c.PathOf(course.ObjectID(r.param("object")))
	if name == "" {
		return lms.Fail(lms.NotFound, "error.object.unknown")
	}
	return r.see(manuscript.Href(r.draft(), "scrivi", name))
}
