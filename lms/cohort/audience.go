package cohort

import (
	"slices"
	"time"

	"aulacomune/lms"
)

// Audience says for whom something is. What is left empty limits nothing: the zero Audience is everybody.
type Audience struct {
	Categories []lms.Category       `json:"categories,omitempty"`
	Enti       []lms.OrganisationID `json:"enti,omitempty"`   // with all below them…
	Groups     []GroupID            `json:"groups,omitempty"` // …or these
}

// GroupID names a group.
type GroupID string

// Admits says whether somebody belongs to an audience: by a membership that holds now, of one of its categories, in one of its enti; or as one of its
// groups, whatever their ente, with one of its categories.
func (au Audience) Admits(p lms.Person, groups []GroupID, now time.Time) bool {
	_, ok := au.membership(p, groups, now)
	return ok
}

// membership is the first that holds by which somebody belongs to an audience: as a learner rather than in another role.
func (au Audience) membership(p lms.Person, groups []GroupID, now time.Time) (lms.Membership, bool) {
	inGroup := slices.ContainsFunc(groups, func(g GroupID) bool { return slices.Contains(au.Groups, g) })
	anywhere := len(au.Enti) == 0 && len(au.Groups) == 0 || inGroup
	for _, m := range p.Memberships {
		category := len(au.Categories) == 0 || slices.Contains(au.Categories, m.Category)
		ente := slices.ContainsFunc(m.Within, func(o lms.OrganisationID) bool { return slices.Contains(au.Enti, o) })
		if m.At(now) && category && (anywhere || ente) {
			return m, true
		}
	}
	return lms.Membership{}, false
}
