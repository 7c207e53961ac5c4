package plans

import (
	"slices"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
)

// groups are those that the reader may choose as an audience: that they see, and that have not ended.
func (p Pages) groups(r *front.Request) ([]cohort.Group, error) {
	all, err := p.Cohorts.Groups(r.Ctx(), r.Actor)
	return slices.DeleteFunc(all, func(g cohort.Group) bool { return !g.Ended.IsZero() }), err
}

// audienceFields are those of a form that says for whom something is.
func audienceFields(groups []cohort.Group) []string {
	out := []string{"enti"}
	for _, k := range lms.Categories() {
		out = append(out, "category_"+string(k))
	}
	for _, g := range groups {
		out = append(out, "group_"+string(g.ID))
	}
	return out
}

// audienceValues are an audience as a form has it.
func audienceValues(au cohort.Audience) map[string]string {
	out := map[string]string{}
	var enti []string
	for _, o := range au.Enti {
		enti = append(enti, string(o))
	}
	out["enti"] = strings.Join(enti, "\n")
	for _, k := range au.Categories {
		out["category_"+string(k)] = "si"
	}
	for _, g := range au.Groups {
		out["group_"+string(g)] = "si"
	}
	return out
}

// audienceOf reads an audience from the values of a form.
func audienceOf(values map[string]string, groups []cohort.Group) (au cohort.Audience) {
	for _, k := range lms.Categories() {
		if values["category_"+string(k)] != "" {
			au.Categories = append(au.Categories, k)
		}
	}
	for _, g := range groups {
		if values["group_"+string(g.ID)] != "" {
			au.Groups = append(au.Groups, g.ID)
		}
	}
	for _, o := range listed(values["enti"]) {
		if id := lms.OrganisationID(o); !slices.Contains(au.Enti, id) {
			au.Enti = append(au.Enti, id)
		}
	}
	return au
}

// audienceForm is the boxes of a form that says for whom something is.
func audienceForm(r *front.Request, values map[string]string, groups []cohort.Group) (out AudienceForm) {
	for _, k := range lms.Categories() {
		out.Categories = append(out.Categories, Tick{"category_" + string(k), r.T("category." + string(k)), values["category_"+string(k)] != ""})
	}
	for _, g := range groups {
		out.Groups = append(out.Groups, Tick{"group_" + string(g.ID), g.Name, values["group_"+string(g.ID)] != ""})
	}
	return out
}

// audienceWords says for whom something is; a group that the reader does not see is not named.
func audienceWords(r *front.Request, au cohort.Audience, groups []cohort.Group) (string, error) {
	var out []string
	for _, k := range au.Categories {
		out = append(out, r.T("category."+string(k)))
	}
	for _, id := range au.Enti {
		o, err := r.School().Organisations.Find(r.Ctx(), id)
		if err != nil && !lms.Is(err, lms.NotFound) {
			return "", err
		}
		out = append(out, o.Name)
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
