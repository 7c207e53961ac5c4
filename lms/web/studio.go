package web

import (
	"slices"
	"strconv"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/manuscript"
)

func (r *request) studio() *studio.Studio { return r.site.o.Studio }

// draft is the draft of the address.
func (r *request) draft() studio.DraftID { return studio.DraftID(r.param("draft")) }

func studioHome(r *request) error { return r.studioPage(StudioForm{}) }

// studioPage lists the drafts; a form that came back is on it.
func (r *request) studioPage(form StudioForm) error {
	all, err := r.studio().Drafts(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	var people []lms.PersonID
	for _, d := range all {
		people = append(people, d.ChangedBy)
	}
	names, err := r.school().People.Names(r.ctx(), people)
	if err != nil {
		return err
	}
	p := &StudioPage{Form: form, MostBytes: mostSent, Langs: []Option{{"it", r.t("studio.lang.it")}, {"en", r.t("studio.lang.en")}, {"de", r.t("studio.lang.de")}, {"fr", r.t("studio.lang.fr")}, {"sl", r.t("studio.lang.sl")}}}
	for _, d := range all {
		card := r.draftCard(d)
		if card.By = names[d.ChangedBy]; d.Discarded.IsZero() {
			p.Drafts = append(p.Drafts, card)
		} else {
			p.Discarded = append(p.Discarded, card)
		}
	}
	for _, root := range r.actor.Roots(lms.Author) {
		o, err := r.school().Organisations.Find(r.ctx(), root)
		if err != nil {
			return err
		}
		p.Organisations = append(p.Organisations, Option{string(o.ID), o.Name})
	}
	if p.Published, err = r.published(all); err != nil {
		return err
	}
	r.path = "/studio"
	p.Crumbs, p.NoIndex, p.Script = r.crumbs(Crumb{r.t("nav.studio"), ""}), true, "studio.js"
	return r.show("studio", r.t("nav.studio"), p)
}

func (r *request) draftCard(d studio.Draft) DraftCard {
	head := r.draftHead(d)
	return DraftCard{Href: head.Href, Title: head.Title, Owner: head.Owner, Changed: d.Changed, Edition: head.Edition, Ahead: head.Ahead}
}

// draftHead is what every page says of a draft.
func (r *request) draftHead(d studio.Draft) DraftHead {
	h := DraftHead{Href: manuscript.DraftHref(d.ID), Title: d.Title, Edition: d.From, Discarded: !d.Discarded.IsZero()}
	if h.Title == "" {
		h.Title = r.t("studio.untitled")
	}
	if o, err := r.school().Organisations.Find(r.ctx(), d.Organisation); err == nil {
		h.Owner = o.Name
	}
	since := d.At
	if head, err := r.school().Library.Find(r.ctx(), d.Slug); err == nil {
		if e, ok := head.Edition(d.From); ok && e.At.After(since) {
			since = e.At
		}
	}
	h.Ahead = d.Changed.After(since)
	return h
}

// published are the courses of which the actor may begin a draft.
func (r *request) published(drafts []studio.Draft) ([]PublishedCourse, error) {
	var out []PublishedCourse
	for after := ""; ; {
		heads, next, err := r.school().Library.Courses(r.ctx(), after, pageSize)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			if !r.actor.Has(lms.Author, h.Within) {
				continue
			}
			e := h.Newest()
			c := PublishedCourse{Slug: string(h.Slug), Title: e.Title, ContentLang: r.contentLang(e.Lang), Edition: e.Number, Published: e.At}
			if i := slices.IndexFunc(drafts, func(d studio.Draft) bool { return d.Slug == h.Slug && d.Discarded.IsZero() }); i >= 0 {
				c.Draft = manuscript.DraftHref(drafts[i].ID)
			}
			out = append(out, c)
		}
		if after = next; after == "" {
			return out, nil
		}
	}
}

// back shows the page of drafts again, with what is wrong about one of its forms.
func (r *request) back(which string, values map[string]string, err error) error {
	text, fields, err := r.problem(err)
	if err != nil {
		return err
	}
	return r.studioPage(StudioForm{which, values, text, fields})
}

func beginDraft(r *request) error {
	values := map[string]string{"title": r.form("title"), "summary": r.form("summary"), "organisation": r.form("organisation"), "lang": r.form("lang")}
	d, err := r.studio().Begin(r.ctx(), r.actor, studio.Start{
		Organisation: lms.OrganisationID(values["organisation"]), Title: values["title"], Summary: values["summary"], Lang: values["lang"],
	})
	if err != nil {
		return r.back("nuovo", values, err)
	}
	return r.done(manuscript.DraftHref(d.ID), "draft-begun")
}

func draftFromEdition(r *request) error {
	number, err := strconv.Atoi(r.form("number"))
	if err != nil {
		return lms.Fail(lms.NotFound, "error.course.unknown")
	}
	d, err := r.studio().FromEdition(r.ctx(), r.actor, course.Slug(r.form("slug")), number)
	if err != nil {
		return err
	}
	return r.done(manuscript.DraftHref(d.ID), "draft-from")
}

// importAnswer is what a script is told of a folder that was uploaded.
type importAnswer struct {
	Href    string        `json:"href"`
	Skipped []skippedFile `json:"skipped"`
}

// skippedFile is a file of a folder that was left out.
type skippedFile struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

func importDraft(r *request) error {
	z, err := r.file()
	var in studio.Imported
	if err == nil {
		in, err = r.studio().Import(r.ctx(), r.actor, lms.OrganisationID(r.form("organisation")), studio.Archive{Body: z, Size: r.sent.Size})
	}
	switch {
	case err != nil && r.wantsJSON():
		return r.problemJSON(err)
	case err != nil:
		return r.back("carica", map[string]string{"organisation": r.form("organisation")}, err)
	}
	return r.imported(in, "draft-uploaded")
}

// imported shows what became of an uploaded folder.
func (r *request) imported(in studio.Imported, outcome string) error {
	answer := importAnswer{Href: manuscript.DraftHref(in.Draft.ID) + "?esito=" + outcome, Skipped: []skippedFile{}}
	for _, s := range in.Skipped {
		answer.Skipped = append(answer.Skipped, skippedFile{s.Path, r.words(s.Reason)})
	}
	switch {
	case r.wantsJSON():
		return r.c.JSON(answer)
	case len(answer.Skipped) == 0:
		return r.see(answer.Href)
	}
	return r.draftPage(in.Draft.ID, func(p *DraftPage) {
		for _, s := range answer.Skipped {
			p.Skipped = append(p.Skipped, LabelledValue{Label: s.Path, Value: s.Reason})
		}
	})
}

func replaceDraft(r *request) error {
	z, err := r.file()
	var in studio.Imported
	if err == nil {
		in, err = r.studio().Replace(r.ctx(), r.actor, r.draft(), studio.Archive{Body: z, Size: r.sent.Size})
	}
	switch {
	case err != nil && r.wantsJSON():
		return r.problemJSON(err)
	case err != nil:
		return r.backToDraft("carica", nil, err)
	}
	return r.imported(in, "draft-replaced")
}

func discardDraft(r *request) error {
	if err := r.studio().Discard(r.ctx(), r.actor, r.draft()); err != nil {
		return err
	}
	return r.done("/studio", "draft-discarded")
}

func recoverDraft(r *request) error {
	if err := r.studio().Recover(r.ctx(), r.actor, r.draft()); err != nil {
		return err
	}
	return r.done(manuscript.DraftHref(r.draft()), "draft-recovered")
}
