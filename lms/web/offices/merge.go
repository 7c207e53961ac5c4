package offices

import (
	"aulacomune/lms"
	"aulacomune/lms/roll"
	"aulacomune/lms/web/front"
)

// PersonMergePage is person_merge.html: two who may be one, side by side.
type PersonMergePage struct {
	front.Frame
	Href, Name       string // of who stays: form action
	Another          string // address of the double's own form, where roles are taken away
	ID               string // of the double
	Sides            []MergeSide
	Names, Roles     bool       // they differ
	InTheWay         []HeldRole // roles to be taken away first; none lets the two be merged
	PassedOn, Ending string     // by what who stays signs in besides; by what nobody does any more
}

// MergeSide is one of the two.
type MergeSide struct {
	Name, Email, Login               string
	Memberships                      []front.MembershipView
	Courses, Completed, Certificates int
	Minutes                          int
}

// findDouble goes on to the page that shows both.
func (p Pages) findDouble(r *front.Request, id lms.PersonID) error {
	double, err := r.School().People.ByLogin(r.Ctx(), r.Form("double"))
	if lms.Is(err, lms.NotFound) || err == nil && !double.BelongsTo(r.Actor.Kept()) {
		err = lms.Wrong("double", "error.person.unknown")
	}
	if err == nil {
		if _, err = p.Roll.Compare(r.Ctx(), r.Actor, id, double.ID); err == nil {
			return r.See(mergeHref(id, double.ID))
		}
	}
	text, fields, err := r.Problem(err)
	if err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	if fields["double"] == "" {
		fields["double"] = fields["person"]
	}
	return p.showEdit(r, "compare", text, fields)
}

func mergeHref(keep, double lms.PersonID) string {
	return front.PersonHref(keep) + "/unisci/" + string(double)
}

// showMerge shows both, what differs, and what would come of them.
func (p Pages) showMerge(r *front.Request) error {
	id, double := lms.PersonID(r.Param("id")), lms.PersonID(r.Param("double"))
	pair, err := p.Roll.Compare(r.Ctx(), r.Actor, id, double)
	if err != nil {
		return front.Unknown(err, "error.person.unknown")
	}
	page := &PersonMergePage{Href: front.PersonHref(id) + "/modifica", Another: front.PersonHref(double) + "/modifica", ID: string(double), Name: pair.Keep.Person.Name(),
		Sides: []MergeSide{mergeSide(r, pair.Keep), mergeSide(r, pair.Double)}, Names: pair.Names, Roles: pair.Roles, InTheWay: heldRoles(r, pair.InTheWay), PassedOn: pair.PassedOn, Ending: pair.Ending}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("people.title"), Href: "/amministrazione/persone"}, front.Crumb{Label: page.Name, Href: front.PersonHref(id)},
		front.Crumb{Label: r.T("person.edit"), Href: page.Href}, front.Crumb{Label: r.T("merge.title")})
	return r.Show("person_merge", r.T("merge.title")+" – "+page.Name, page)
}

func mergeSide(r *front.Request, s roll.Side) MergeSide {
	return MergeSide{Name: s.Person.Name(), Email: s.Person.Email, Login: s.Person.Login, Memberships: r.Memberships(s.Person), Courses: s.Courses, Completed: s.Completed, Certificates: s.Certificates, Minutes: s.Minutes}
}

// heldRoles are memberships that are more than a learner's.
func heldRoles(r *front.Request, ms []lms.Membership) (out []HeldRole) {
	for _, m := range ms {
		if m.Role != lms.Learner {
			out = append(out, HeldRole{string(m.Role), r.T("role." + string(m.Role)), string(m.Organisation), m.Name, m.Office})
		}
	}
	return out
}
