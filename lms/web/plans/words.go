package plans

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/plan"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
)

// row puts an assignment into words.
func row(r *front.Request, v plan.Seen) DutyRow {
	out := DutyRow{Href: assignmentHref(v.Course, v.Person), Person: v.Called, Ente: v.Member.Name, Course: cmp.Or(v.Title, string(v.Course)), State: string(v.Duty.State), By: v.Duty.By.Words(r.Lang)}
	switch {
	case v.Duty.State == plan.Waived:
		out.Note = r.T("plan.waived.until", "Day", v.Waived.Words(r.Lang))
	case v.Duty.State == plan.InGrace:
		out.Note = r.T("plan.grace.until", "Day", v.Duty.By.Add(v.Terms.Grace).Words(r.Lang))
	case v.Duty.Last != "":
		out.Note = r.T("plan.completed.on", "Day", v.Duty.Last.Words(r.Lang))
	}
	return out
}

func assignmentHref(slug course.Slug, id lms.PersonID) string {
	return "/amministrazione/assegnazioni/" + string(slug) + "/" + string(id)
}

// groups are those that the reader may choose as an audience: that they see, and that have not ended.
func (p Pages) groups(r *front.Request) ([]cohort.Group, error) {
	all, err := p.Cohorts.Groups(r.Ctx(), r.Actor)
	return audience.Open(all), err
}

// mostCourses is how many courses a list has.
const mostCourses = 500

// courses are those that can be taken and that the reader gets to see, for a select; the first choice has no value and the words of a key.
func (p Pages) courses(r *front.Request, first string) ([]front.Option, error) {
	heads, _, err := r.School().Library.Courses(r.Ctx(), "", mostCourses)
	out := []front.Option{{Label: r.T(first)}}
	for _, h := range heads {
		if h.Latest().Number == 0 {
			continue
		}
		shown, err := p.Cohorts.Shows(r.Ctx(), r.Actor, h.Slug)
		if err != nil {
			return nil, err
		}
		if shown {
			out = append(out, front.Option{Value: string(h.Slug), Label: h.Latest().Title})
		}
	}
	return out, err
}

// number reads a number; nothing is zero, and what is no number is -1, which every service refuses.
func number(s string) int {
	if strings.TrimSpace(s) == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return -1
	}
	return n
}

// sent are fields of the form that was sent, by name.
func sent(r *front.Request, names ...string) map[string]string {
	out := map[string]string{}
	for _, n := range names {
		out[n] = strings.TrimSpace(r.Form(n))
	}
	return out
}

// carried are values as a form carries them along, in an order that does not change.
func carried(values map[string]string) []Hidden {
	var out []Hidden
	for name, v := range values {
		if v != "" {
			out = append(out, Hidden{name, v})
		}
	}
	slices.SortFunc(out, func(x, y Hidden) int { return strings.Compare(x.Name, y.Name) })
	return out
}

// address is a path with some of its query; what is empty is left out.
func address(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return path + "?" + q.Encode()
}
