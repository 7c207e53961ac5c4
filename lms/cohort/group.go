package cohort

import (
	"context"
	"time"

	"aulacomune/lms"
)

// Group is people who move together: a pilot team, a hundred of an ente who begin in the same month.
type Group struct {
	ID           GroupID              `json:"id"`
	Organisation lms.OrganisationID   `json:"organisation"`
	Within       []lms.OrganisationID `json:"within"`
	Name         string               `json:"name"`
	Purpose      string               `json:"purpose,omitempty"`
	Facilitators []lms.PersonID       `json:"facilitators,omitempty"` // who helps the group along
	Members      []lms.PersonID       `json:"members,omitempty"`
	Material     []Material           `json:"material,omitempty"`
	At           time.Time            `json:"at"`
	By           lms.PersonID         `json:"by"`
	Ended        time.Time            `json:"ended,omitzero"`
}

// Material is something a group works with.
type Material struct {
	Title string `json:"title"`
	URL   string `json:"url"` // https://…
}

// groups says how groups are kept.
var groups = lms.Noun[Group]{
	Name: "groups",
	ID:   func(g Group) string { return string(g.ID) },
	Indexes: []lms.Index[Group]{
		{Name: "within", Many: true, Keys: func(g Group) []string {
			var keys []string
			for _, o := range g.Within {
				keys = append(keys, string(o)+"/"+lms.Fold(g.Name))
			}
			return keys
		}},
		{Name: "person", Many: true, Keys: func(g Group) []string {
			var keys []string
			for _, p := range g.Members {
				keys = append(keys, "m/"+string(p))
			}
			for _, p := range g.Facilitators {
				keys = append(keys, "f/"+string(p))
			}
			return keys
		}},
	},
}

// groupsOf are the groups that somebody is a member of now.
func (s *Cohorts) groupsOf(ctx context.Context, p lms.PersonID) ([]GroupID, error) {
	var out []GroupID
	for g, err := range s.groups.List(ctx, lms.Query{Index: "person", Equal: "m/" + string(p)}) {
		if err != nil {
			return nil, err
		}
		if g.Ended.IsZero() {
			out = append(out, g.ID)
		}
	}
	return out, nil
}
