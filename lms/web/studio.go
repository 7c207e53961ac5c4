package web

import (
	"slices"
	"strconv"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/manuscript"
)

// What the studio's forms may weigh, in bytes.
const (
	textLimit = 4 << 20
	mostSent  = 2_000_000_000 // of a file, as pages say it; a little more is taken
)

func (r *request) studio() *studio.Studio { return r.pages.o.Studio }

// draft is the draft of the address.
func (r *request) draft() studio.DraftID { return studio.DraftID(r.Param("draft")) }

func studioHome(r *request) error { return r.studioPage(StudioForm{}) }

// studioPage lists the drafts; a form that came back is on it.
func (r *request) studioPage(form StudioForm) error {
	all, err := r.studio().Drafts(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	var people []lms.PersonID
	for _, d := range all {
		people = append(people, d.ChangedBy)
	}
	names, err := r.School().People.Names(r.Ctx(), people)
	if err != nil {
		return err
	}
	p := &StudioPage{Form: form, MostBytes: mostSent, Langs: []front.Option{{Value: "it", Label: r.T("studio.lang.it")}, {Value: "en", Label: r.T("studio.lang.en")}, {Value: "de", Label: r.T("studio.lang.de")}, {Value: "fr", Label: r.T("studio.lang.fr")}, {Value: "sl", Label: r.T("studio.lang.sl")}}}
	for _, d := range all {
		card := r.draftCard(d)
		if card.By = names[d.ChangedBy]; d.Discarded.IsZero() {
			p.Drafts = append(p.Drafts, card)
		} else {
			p.Discarded = append(p.Discarded, card)
		}
	}
	for _, root := range r.Actor.Roots(lms.Author) {
		o, err := r.School().Organisations.Find(r.Ctx(), root)
		if err != nil {
			return err
		}
		p.Organisations = append(p.Organisations, front.Option{Value: string(o.ID), Label: o.Name})
	}
	if p.Published, err = r.published(all); err != nil {
		return err
	}
	r.Path = "/studio"
	p.Crumbs, p.NoIndex, p.Script = r.Crumbs(front.Crumb{Label: r.T("nav.studio"), Href: ""}), true, "studio.js"
	return r.Show("studio", r.T("nav.studio"), p)
}

func (r *request) draftCard(d studio.Draft) DraftCard {
	head := r.draftHead(d)
	return DraftCard{Href: head.Href, Title: head.Title, Owner: head.Owner, Changed: d.Changed, Edition: head.Edition, Ahead: head.Ahead, Published: head.Published}
}

// draftHead is what every page says of a draft.
func (r *request) draftHead(d studio.Draft) DraftHead {
	h := DraftHead{Href: manuscript.DraftHref(d.ID), Title: d.Title, Edition: d.From, Discarded: !d.Discarded.IsZero()}
	if h.Title == "" {
		h.Title = r.T("studio.untitled")
	}
	if o, err := r.School().Organisations.Find(r.Ctx(), d.Organisation); err == nil {
		h.Owner = o.Name
	}
	since := d.At
	if head, err := r.School().Library.Find(r.Ctx(), d.Slug); err == nil && head.Organisation == d.Organisation {
		h.Published = head.Newest().Number
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
		heads, next, err := r.School().Library.Courses(r.Ctx(), after, front.PageSize)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			if !r.Actor.Has(lms.Author, h.Within) {
				continue
			}
			e := h.Newest()
			c := PublishedCourse{Slug: string(h.Slug), Title: e.Title, ContentLang: r.ContentLang(e.Lang), Edition: e.Number, Published: e.At}
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
	text, fields, err := r.Problem(err)
	if err != nil {
		return err
	}
	return r.studioPage(StudioForm{which, values, text, fields})
}

func beginDraft(r *request) error {
	values := map[string]string{"title": r.Form("title"), "summary": r.Form("summary"), "organisation": r.Form("organisation"), "lang": r.Form("lang")}
	d, err := r.studio().Begin(r.Ctx(), r.Actor, studio.Start{
		Organisation: lms.OrganisationID(values["organisation"]), Title: values["title"], Summary: values["summary"], Lang: values["lang"],
	})
	if err != nil {
		return r.back("nuovo", values, err)
	}
	return r.Done(manuscript.DraftHref(d.ID), "draft-begun")
}

func draftFromEdition(r *request) error {
	number, err := strconv.Atoi(r.Form("number"))
	if err != nil {
		return lms.Fail(lms.NotFound, "error.course.unknown")
	}
	d, err := r.studio().FromEdition(r.Ctx(), r.Actor, course.Slug(r.Form("slug")), number)
	if err != nil {
		return err
	}
	return r.Done(manuscript.DraftHref(d.ID), "draft-from")
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
	z, err := r.File()
	var in studio.Imported
	if err == nil {
		in, err = r.studio().Import(r.Ctx(), r.Actor, lms.OrganisationID(r.Form("organisation")), studio.Archive{Body: z, Size: r.FileSize()})
	}
	switch {
	case err != nil && r.wantsJSON():
		return r.problemJSON(err)
	case err != nil:
		return r.back("carica", map[string]string{"organisation": r.Form("organisation")}, err)
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
		return r.C.JSON(answer)
	case len(answer.Skipped) == 0:
		return r.See(answer.Href)
	}
	exists, err := r.exists(in.Draft)
	if err != nil {
		return err
	}
	return r.draftPage(in.Draft.ID, func(p *DraftPage) {
		p.Exists = exists
		for _, s := range answer.Skipped {
			p.Skipped = append(p.Skipped, LabelledValue{Label: s.Path, Value: s.Reason})
		}
	})
}

// exists says what else there is of a draft's course; nil when there is nothing.
func (r *request) exists(d studio.Draft) (*ExistsView, error) {
	all, err := r.studio().Drafts(r.Ctx(), r.Actor)
	if err != nil {
		return nil, err
	}
	head := r.draftHead(d)
	v := &ExistsView{Number: head.Published, Editions: editionsHref(d.Slug)}
	for _, other := range all {
		if other.ID != d.ID && other.Slug == d.Slug && other.Organisation == d.Organisation && other.Discarded.IsZero() {
			v.Drafts = append(v.Drafts, front.Crumb{Label: r.draftHead(other).Title, Href: manuscript.DraftHref(other.ID)})
		}
	}
	if v.Number == 0 && v.Drafts == nil {
		return nil, nil //nolint:nilnil // nothing to say
	}
	return v, nil
}

func replaceDraft(r *request) error {
	z, err := r.File()
	var in studio.Imported
	if err == nil {
		in, err = r.studio().Replace(r.Ctx(), r.Actor, r.draft(), studio.Archive{Body: z, Size: r.FileSize()})
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
	if err := r.studio().Discard(r.Ctx(), r.Actor, r.draft()); err != nil {
		return err
	}
	return r.Done("/studio", "draft-discarded")
}

func recoverDraft(r *request) error {
	if err := r.studio().Recover(r.Ctx(), r.Actor, r.draft()); err != nil {
		return err
	}
	return r.Done(manuscript.DraftHref(r.draft()), "draft-recovered")
}
