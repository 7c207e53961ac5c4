package web

import (
	"strconv"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/manuscript"
)

func reviewDraft(r *request) error {
	if n, err := strconv.Atoi(r.Query("versione")); err == nil {
		return r.publishedPage(n)
	}
	return r.reviewPage(StudioForm{})
}

// reviewPage shows what would be published: the findings, and what changes from the latest edition.
func (r *request) reviewPage(form StudioForm) error {
	v, err := r.studio().Review(r.Ctx(), r.Actor, r.draft())
	if err != nil {
		return err
	}
	p := &ReviewPage{
		Seen: string(v.Course.Hash), Draft: r.draftHead(v.Draft), Form: form, Latest: v.Newest.Number, Next: v.Newest.Number + 1, Same: v.Newest.Hash != "" && v.Newest.Hash == v.Course.Hash,
		Objects: v.Course.Count(), Modules: len(v.Course.Modules), Minutes: v.Course.Minutes,
	}
	l := r.list(v.Compiled)
	p.Groups, p.Errors, p.Warnings = l.Groups(), l.Total().Errors, l.Total().Warnings
	for _, f := range v.Files {
		p.Comments += f.Open()
	}
	if v.Diff != nil && !p.Same {
		d := r.diff(*v.Diff, v.Course.Lang)
		p.Diff = &d
	}
	p.NoIndex, p.ContentLang = true, r.ContentLang(v.Course.Lang)
	p.Crumbs = r.studioCrumbs(front.Crumb{Label: p.Draft.Title, Href: p.Draft.Href}, front.Crumb{Label: r.T("publish.title"), Href: ""})
	r.Path = p.Draft.Href + "/pubblica"
	return r.Show("studio_publish", r.T("publish.title"), p)
}

func publishDraft(r *request) error {
	note := r.Form("note")
	p, err := r.studio().Publish(r.Ctx(), r.Actor, r.draft(), studio.Seen{Hash: course.Hash(r.Form("visto")), After: r.figure("dopo")}, note)
	if err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return err
		}
		return r.reviewPage(StudioForm{"pubblica", map[string]string{"note": note}, text, fields})
	}
	published := manuscript.DraftHref(r.draft()) + "/pubblica?versione=" + strconv.Itoa(p.Edition.Number)
	if r.Form("sposta") != "si" || p.Edition.Number < 2 {
		return r.See(published)
	}
	moved := r.moveAlong(p)
	switch {
	case moved.Batch.ID == "":
		return r.Done(published, "published-unmoved")
	case len(moved.Failed) > 0:
		return r.Done(batchHref(moved.Batch), "published-partly")
	}
	return r.Done(batchHref(moved.Batch), "published-moved")
}

// moveAlong moves everybody to what was published for whom that is harmless. What is published stays so if that fails: people can be moved from the page
// of the editions.
func (r *request) moveAlong(p lms.Publication) lms.Moved {
	moved, err := r.School().Learning.Move(r.Ctx(), r.Actor, lms.MoveOrder{Course: p.Course.Slug, To: p.Edition.Number, Everybody: true})
	if err != nil {
		r.Log().Error("move people after publishing", "course", p.Course.Slug, "err", err)
	}
	if len(moved.Failed) > 0 {
		r.Log().Error("people not moved after publishing", "course", p.Course.Slug, "count", len(moved.Failed), "err", anyOf(moved.Failed))
	}
	return moved
}

// publishedPage says what was published, and where to go from there.
func (r *request) publishedPage(number int) error {
	d, err := r.studio().Draft(r.Ctx(), r.Actor, r.draft())
	if err != nil {
		return err
	}
	head, err := r.School().Library.Find(r.Ctx(), d.Slug)
	if err != nil || head.Organisation != d.Organisation {
		return lms.Fail(lms.NotFound, "error.course.unknown")
	}
	e, ok := head.Edition(number)
	if !ok {
		return lms.Fail(lms.NotFound, "error.course.unknown")
	}
	p := &PublishedPage{Draft: r.draftHead(d), Edition: EditionRow{e.Number, string(e.Hash[:12]), e.Note, e.At}, Course: r.courseCard(head), Editions: "/versioni/" + string(d.Slug)}
	p.NoIndex, p.ContentLang = true, p.Course.ContentLang
	p.Crumbs = r.studioCrumbs(front.Crumb{Label: p.Draft.Title, Href: p.Draft.Href}, front.Crumb{Label: r.T("published.title"), Href: ""})
	return r.Show("studio_published", r.T("published.title"), p)
}
