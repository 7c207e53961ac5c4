package hours

import (
	"strconv"

	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/web/front"
)

// ClaimFormPage declares training held elsewhere: hours_claim.html.
type ClaimFormPage struct {
	front.Frame
	Values, Errors         map[string]string
	Problem                string
	SameHref               string // where the claim stands with which the same file was declared; "" for none
	Areas, Kinds, Outcomes []front.Option
}

func (p Pages) claimForm(r *front.Request) error { return p.showClaimForm(r, &ClaimFormPage{}) }

func (p Pages) showClaimForm(r *front.Request, page *ClaimFormPage) error {
	me, err := r.School().Accounts.Me(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	areas, err := p.areas(r, me.Current(r.Now()))
	if err != nil {
		return err
	}
	page.Areas = areaOptions(r, areas, r.T("hours.area.choose"))
	for _, k := range []ledger.Kind{ledger.External, ledger.Webinar, ledger.Workshop, ledger.ELearning} {
		page.Kinds = append(page.Kinds, front.Option{Value: string(k), Label: r.T("hours.held." + string(k))})
	}
	for _, o := range ledger.Outcomes() {
		page.Outcomes = append(page.Outcomes, front.Option{Value: string(o), Label: r.T("hours.outcome." + string(o))})
	}
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("hours.mine"), Href: "/ore"}, front.Crumb{Label: r.T("hours.claim.title")})
	return r.Show("hours_claim", r.T("hours.claim.title"), page)
}

// declare files a claim.
func (p Pages) declare(r *front.Request) error {
	v := sent(r, "title", "provider", "kind", "area", "from", "to", "minutes", "outcome")
	file, err := r.Upload("file")
	if err != nil {
		return err
	}
	name := ""
	if h, err := r.C.FormFile("file"); err == nil {
		name = h.Filename
	}
	c, err := p.Ledger.Declare(r.Ctx(), r.Actor, ledger.Claim{
		Title: v["title"], Provider: v["provider"], Kind: ledger.Kind(v["kind"]), Area: ledger.AreaID(v["area"]), From: day(v["from"]), To: day(v["to"]),
		Minutes: minutes(v["minutes"]), Outcome: ledger.Outcome(v["outcome"]),
	}, name, file)
	if err == nil {
		return r.Done("/ore", "hours-declared")
	}
	page := &ClaimFormPage{Values: v}
	if lms.Is(err, lms.Conflict) {
		page.SameHref = "/ore?anno=" + strconv.Itoa(c.To.Year()) + "#dichiarate"
	}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return err
	}
	return p.showClaimForm(r, page)
}

// attestato gives the file of a claim. It came from somebody: it is saved, and never shown as a page of this site.
func (p Pages) attestato(r *front.Request) error {
	c, o, err := p.Ledger.OpenFile(r.Ctx(), r.Actor, ledger.ClaimID(r.Param("claim")))
	if err != nil {
		return front.Unknown(err, "error.claim.unknown")
	}
	r.Attach(c.File.Name, c.File.Type)
	return r.C.SendStream(o, int(c.File.Size))
}

// withdraw takes a claim back.
func (p Pages) withdraw(r *front.Request) error {
	if err := p.Ledger.Withdraw(r.Ctx(), r.Actor, ledger.ClaimID(r.Param("claim"))); err != nil {
		return front.Unknown(err, "error.claim.unknown")
	}
	return r.Done("/ore", "hours-withdrawn")
}

// QueuePage is what waits to be validated: hours_queue.html.
type QueuePage struct {
	front.Frame
	Organisation  string
	Organisations []front.Option
	Rows          []ClaimRow
	More          string
}

// countWaiting counts what waits to be validated.
func (p Pages) countWaiting(r *front.Request) (int, error) {
	return p.Ledger.CountWaiting(r.Ctx(), r.Actor)
}

func (p Pages) queue(r *front.Request) error {
	org := r.Organisation()
	found, next, err := p.Ledger.Waiting(r.Ctx(), r.Actor, org, r.Page())
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	page := &QueuePage{Organisation: string(org), More: front.More("/amministrazione/ore/convalida?"+escaped("ente", string(org))+"&", next)}
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	for _, c := range found {
		page.Rows = append(page.Rows, claimRow(r, c))
	}
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("hours.queue")})
	return r.Show("hours_queue", r.T("hours.queue"), page)
}

// DecidePage is a claim with what may be decided: hours_decide.html.
type DecidePage struct {
	front.Frame
	Claim          ClaimRow
	Member         string
	Kind, Area     string
	Outcome, Size  string
	PersonHref     string
	Own            bool       // the reader's own: somebody else decides
	Alike          []ClaimRow // that may be of the same training
	Areas          []front.Option
	Values, Errors map[string]string
	Problem        string
	Action         string
}

func (p Pages) claimPage(r *front.Request) error { return p.showClaim(r, &DecidePage{}) }

func (p Pages) showClaim(r *front.Request, page *DecidePage) error {
	c, err := p.Ledger.Claim(r.Ctx(), r.Actor, ledger.ClaimID(r.Param("claim")))
	if err != nil {
		return front.Unknown(err, "error.claim.unknown")
	}
	if !r.Actor.Keeps(c.Member.Within) {
		return lms.Fail(lms.NotFound, "error.claim.unknown")
	}
	areas, err := p.areas(r, c.Member)
	if err != nil {
		return err
	}
	page.Claim, page.Own = claimRow(r, c), c.Person == r.Actor.ID
	page.Member, page.Kind, page.Area, page.Outcome = c.Member.Name, r.T("hours.held."+string(c.Kind)), areaName(r, areas, c.Area), r.T("hours.outcome."+string(c.Outcome))
	alike, err := p.Ledger.Alike(r.Ctx(), r.Actor, c.ID)
	if err != nil {
		return err
	}
	for _, other := range alike {
		page.Alike = append(page.Alike, claimRow(r, other))
	}
	page.PersonHref = "/ore/persone/" + string(c.Person)
	page.Size = r.Words().Bytes(c.File.Size)
	page.Areas = areaOptions(r, areas, r.T("hours.area.keep"))
	if page.Values == nil {
		page.Values = map[string]string{"minutes": hm(c.Minutes), "area": string(c.Area)}
	}
	page.Action = "/amministrazione/ore/convalida/" + string(c.ID)
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("hours.queue"), Href: "/amministrazione/ore/convalida"}, front.Crumb{Label: c.Title})
	return r.Show("hours_decide", c.Title, page)
}

// decide accepts or refuses a claim.
func (p Pages) decide(r *front.Request) error {
	v := sent(r, "minutes", "area", "reason", "decision")
	d := ledger.Decision{Accept: v["decision"] == "accept", Minutes: minutes(v["minutes"]), Area: ledger.AreaID(v["area"]), Reason: v["reason"]}
	if !d.Accept {
		d.Minutes = 0
	}
	_, err := p.Ledger.Decide(r.Ctx(), r.Actor, ledger.ClaimID(r.Param("claim")), d)
	if err == nil {
		return r.Done("/amministrazione/ore/convalida", map[bool]string{true: "hours-accepted", false: "hours-refused"}[d.Accept])
	}
	page := &DecidePage{Values: v}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return front.Unknown(err, "error.claim.unknown")
	}
	return p.showClaim(r, page)
}
