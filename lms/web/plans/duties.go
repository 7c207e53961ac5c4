package plans

import (
	"aulacomune/lms/web/front"
)

func (p Pages) duties(r *front.Request) error {
	found, err := p.Plans.Mine(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	page := &DutiesPage{Tabs: r.Tabs()}
	for _, v := range found {
		x := row(r, v)
		x.Person, x.Ente, x.Href = "", "", "/corsi/"+string(v.Course)
		page.Rows = append(page.Rows, x)
	}
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("duties.menu")})
	return r.Show("duties", r.T("duties.title"), page)
}
