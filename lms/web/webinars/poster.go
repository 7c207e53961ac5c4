package webinars

import (
	"strings"

	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// onPaper is how many characters of what it is about fit on one sheet with the rest.
const onPaper = 700

// poster is a sheet for the wall: what, when, who, and how one gets in.
func (p Pages) poster(r *front.Request) error {
	v, err := p.Webinars.Find(r.Ctx(), r.Actor, r.Param("slug"))
	if err != nil {
		return err
	}
	page := &PosterPage{Abstract: paragraphs(cut(v.Terms.Abstract, onPaper)), Speakers: speakers(v.Webinar), Ways: ways(r, v.Terms), Minutes: v.Planned(), Reason: v.Reason}
	if page.Card, err = cardOf(r, v.Webinar); err != nil {
		return err
	}
	address := r.URL(href(v.Slug))
	_, page.Address, _ = strings.Cut(address, "://")
	if page.QR, err = front.QR(address, r.T("webinar.poster.qr", "Address", page.Address)); err != nil {
		return err
	}
	page.NoIndex = v.Terms.Reserved || v.Now == webinar.Draft
	r.Path = href(v.Slug) + "/locandina"
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("webinars.menu"), Href: "/webinar"}, front.Crumb{Label: v.Terms.Title, Href: href(v.Slug)}, front.Crumb{Label: r.T("webinar.poster")})
	return r.Show("webinar_poster", r.T("webinar.poster.title", "Title", v.Terms.Title), page)
}
