package tree

import (
	"net/url"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

func (p Pages) waiting(r *front.Request) error {
	return p.showWaiting(r, &WaitingPage{Organisation: string(r.Organisation())})
}

func (p Pages) showWaiting(r *front.Request, page *WaitingPage) error {
	found, next, err := p.Enti.Waiting(r.Ctx(), r.Actor, lms.OrganisationID(page.Organisation), r.Page())
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	for _, w := range found {
		o, err := r.School().Organisations.Find(r.Ctx(), w.Organisation)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, WaitingRow{
			Action: waitingAddress + "/" + w.ID, Name: w.Family + " " + w.Given, Email: w.Email, Office: w.Office, Category: string(w.Category), Organisation: o.Name, At: w.At,
		})
	}
	if page.Organisations, err = roots(r); err != nil {
		return err
	}
	page.More = front.More(waitingAddress+"?ente="+url.QueryEscape(page.Organisation)+"&", next)
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("enti.title"), Href: treeAddress}, front.Crumb{Label: r.T("enti.waiting")})
	return r.Show("enti_waiting", r.T("enti.waiting"), page)
}

// decide lets somebody in, with a link to hand on, or takes the request away.
func (p Pages) decide(r *front.Request) error {
	id := r.Param("proposal")
	if r.Form("azione") == "rifiuta" {
		if err := p.Enti.Refuse(r.Ctx(), r.Actor, id); err != nil {
			return front.Unknown(err, "error.proposal.unknown")
		}
		return r.Done(waitingAddress, "proposal-refused")
	}
	page := &WaitingPage{Organisation: string(r.Organisation())}
	added, err := p.Enti.Confirm(r.Ctx(), r.Actor, id, "")
	switch {
	case lms.Is(err, lms.Conflict), lms.Is(err, lms.Invalid):
		if page.Problem, _, err = r.Problem(err); err != nil {
			return err
		}
	case err != nil:
		return front.Unknown(err, "error.proposal.unknown")
	default:
		page.Added = &Welcome{Name: added.Person.Name(), Address: r.URL("/attiva/" + added.Link)}
	}
	return p.showWaiting(r, page)
}
