package wiring

import (
	"aulacomune/lms/web"
	"aulacomune/lms/web/access"
	"aulacomune/lms/web/acts"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/cohorts"
	"aulacomune/lms/web/desk"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/hours"
	"aulacomune/lms/web/offices"
	"aulacomune/lms/web/organiser"
	"aulacomune/lms/web/plans"
	"aulacomune/lms/web/post"
	"aulacomune/lms/web/reports"
	"aulacomune/lms/web/tree"
	"aulacomune/lms/web/webinars"
)

// Site is the pages of every room behind their front door. Of the options, what a house has is filled in; a new room of pages is a line here.
func (h *House) Site(o front.Options, pages web.Options) (*front.Site, error) {
	o.School, o.Assets = h.School, h.Assets
	pages.Studio, pages.Exporter = h.Studio, h.Exporter
	if pages.Demo != nil {
		o.Demo = pages.Demo.Accounts
	}
	ours := cohorts.Pages{Cohorts: h.Cohorts, Requests: h.Requests}
	pages.Shows, pages.Offers = h.Cohorts.Shows, ours.Offers
	public := h.webinars(o.URL)
	if pages.Webinars == nil {
		pages.Webinars = onObject(public)
	}
	first, err := web.Room(pages)
	if err != nil {
		return nil, err
	}
	o.Rooms = []front.Room{
		first,
		desk.Room(),
		offices.Room(offices.Pages{Roll: h.Roll, Mails: h.mails()}),
		reports.Room(reports.Pages{Reports: h.Reports, Mails: h.mails(), Cohorts: h.cohortOptions}),
		access.Room(access.Pages{SignIn: h.SignIn, Fiscal: h.Fiscal, Contact: pages.Contact, Forgotten: h.forgotten()}),
		audience.Room(),
		cohorts.Room(ours),
		webinars.Room(public),
		organiser.Room(organiser.Pages{Webinars: h.Webinars, Cohorts: h.Cohorts, Ledger: h.Ledger, Outbox: h.Mail, Rooms: h.Webinars.Rooms(), Now: h.now}),
		hours.Room(h.hours(o.Owner)),
		plans.Room(plans.Pages{Plans: h.Plans, Cohorts: h.Cohorts}),
		tree.Room(tree.Pages{Enti: h.Enti}),
		post.Room(post.Pages{Outbox: h.Mail, Box: h.Box}),
		acts.Room(acts.Pages{Log: h.Audit}),
	}
	return front.New(o)
}
