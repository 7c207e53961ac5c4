package front

import (
	"time"

	"aulacomune/lms"
)

// MembershipView is a membership as people read it, for part/memberships.
type MembershipView struct {
	Organisation, Office, Category, Role string
	From, To                             time.Time
}

// Memberships are somebody's memberships, as far as the reader was given them.
func (r *Request) Memberships(p lms.Person) []MembershipView {
	var out []MembershipView
	for _, m := range p.Memberships {
		out = append(out, MembershipView{Organisation: m.Name, Office: m.Office, Category: string(m.Category), Role: r.T("role." + string(m.Role)), From: m.From, To: m.To})
	}
	return out
}

// EnrolmentRow is somebody's standing in a course, for part/enrolment-rows.
type EnrolmentRow struct {
	Person, PersonHref, Organisation string
	Course, CourseHref               string // an address is "" for who may not go there
	Edition                          int
	State                            string
	Percent, Done, Total             int
	Minutes                          int
	Completed                        time.Time
	Certificate                      string // address in the register
	Number                           string
	Issue                            string // form action when a certificate can be issued
}

// EnrolmentRow is somebody's standing as staff sees it: outcomes, never times of access.
func (r *Request) EnrolmentRow(st lms.Standing) EnrolmentRow {
	e := st.Enrolment
	row := EnrolmentRow{
		PersonHref: PersonHref(e.Person), Organisation: e.Member.Name, Course: st.Content.Title, CourseHref: "/amministrazione/corsi/" + string(e.Course),
		Edition: e.Edition, State: string(st.State), Percent: st.Percent, Done: st.Done, Total: st.Total, Minutes: st.Minutes, Completed: e.Completed,
	}
	if code := e.Certificate(); code != "" {
		row.Certificate = "/amministrazione/attestati/" + string(code)
		if v, err := r.School().Register.Verify(r.Ctx(), string(code)); err == nil {
			row.Number = v.Row.Number
			if v.State == lms.Revoked {
				row.Issue = "/amministrazione/iscrizioni/" + string(e.ID) + "/attestato"
			}
		}
	}
	if st.Pending {
		row.Issue = "/amministrazione/iscrizioni/" + string(e.ID) + "/attestato"
	}
	if !r.Actor.Is(lms.Administrator) { // who follows people without issuing their certificates has no business there
		row.CourseHref, row.Certificate, row.Issue = "", "", ""
	}
	return row
}

// PersonHref is the address of a person's page for staff.
func PersonHref(id lms.PersonID) string { return "/amministrazione/persone/" + string(id) }

// Organisations lists those whose people the reader keeps, for a select.
func (r *Request) Organisations() ([]Option, error) {
	orgs, err := r.School().Organisations.Administered(r.Ctx(), r.Actor)
	var out []Option
	for _, o := range orgs {
		out = append(out, Option{string(o.ID), o.Name})
	}
	return out, err
}

// OpenOrganisations are Organisations without those that ceased, for a select of where somebody new belongs; but for one that is chosen already.
func (r *Request) OpenOrganisations(chosen string) ([]Option, error) {
	orgs, err := r.School().Organisations.Administered(r.Ctx(), r.Actor)
	var out []Option
	for _, o := range orgs {
		if o.Ceased.IsZero() || string(o.ID) == chosen {
			out = append(out, Option{string(o.ID), o.Name})
		}
	}
	return out, err
}

// Organisation is the one that the address names ("ente"), or the first whose people the reader keeps; "" for who keeps none.
func (r *Request) Organisation() lms.OrganisationID {
	if o := r.Query("ente"); o != "" {
		return lms.OrganisationID(o)
	}
	if kept := r.Actor.Kept(); len(kept) > 0 {
		return kept[0]
	}
	return ""
}
