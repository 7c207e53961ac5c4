package audience

import (
	"slices"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
)

// named is how many enti a sentence names.
const named = 5

// Say says for whom something is; a group that is not among those given is not named.
func Say(r *front.Request, au cohort.Audience, groups []cohort.Group) (string, error) {
	var out []string
	for _, k := range au.Categories {
		out = append(out, r.T("category."+string(k)))
	}
	for _, id := range au.Enti[:min(len(au.Enti), named)] {
		o, err := r.School().Organisations.Find(r.Ctx(), id)
		if err != nil && !lms.Is(err, lms.NotFound) {
			return "", err
		}
		if o.Name == "" {
			o.Name = string(id)
		}
		out = append(out, o.Name)
	}
	if more := len(au.Enti) - named; more > 0 {
		out = append(out, r.T("audience.more", "Count", more))
	}
	for _, id := range au.Groups {
		name := r.T("plan.group.other")
		if i := slices.IndexFunc(groups, func(g cohort.Group) bool { return g.ID == id }); i >= 0 {
			name = groups[i].Name
		}
		out = append(out, name)
	}
	if len(out) == 0 {
		return r.T("plan.audience.all"), nil
	}
	return strings.Join(out, ", "), nil
}

// Open are the groups of a list that have not ended.
func Open(all []cohort.Group) []cohort.Group {
	return slices.DeleteFunc(all, func(g cohort.Group) bool { return !g.Ended.IsZero() })
}

// Unseen are the groups of an audience that are not among those given: they stay in it, whatever a form says.
func Unseen(au cohort.Audience, groups []cohort.Group) []cohort.GroupID {
	return slices.DeleteFunc(slices.Clone(au.Groups), func(id cohort.GroupID) bool {
		return slices.ContainsFunc(groups, func(g cohort.Group) bool { return g.ID == id })
	})
}
