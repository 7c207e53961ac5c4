package hours

import (
	"slices"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/web/front"
)

// PolicyPage is what an ente asks of its people: hours_policy.html.
type PolicyPage struct {
	front.Frame
	Organisation   string
	Organisations  []front.Option
	Now            PolicyRow
	People         int  // for whom a rule of this ente holds
	Inherited      bool // what holds now is of an ente above, or of nobody
	Items          []PolicyRow
	Values, Errors map[string]string
	Problem        string
	Categories     []front.Option
	Kinds          []front.Option
}

// PolicyRow is a policy in words.
type PolicyRow struct {
	From, To    time.Time
	Hours, Note string
	More        []string
}

func (p Pages) policyForm(r *front.Request) error { return p.showPolicies(r, &PolicyPage{}) }

func (p Pages) showPolicies(r *front.Request, page *PolicyPage) error {
	org := r.Organisation()
	if v := r.Form("ente"); v != "" {
		org = lms.OrganisationID(v)
	}
	own, now, err := p.Ledger.Policies(r.Ctx(), r.Actor, org)
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	sums, err := p.Ledger.Summary(r.Ctx(), r.Actor, org, 0)
	if err != nil {
		return err
	}
	page.Organisation, page.Now, page.People = string(org), policyRow(r, now), sums.Total.People
	page.Inherited = !slices.ContainsFunc(own.Items, func(o ledger.Policy) bool { return o.From == now.From && o.At.Equal(now.At) })
	for _, item := range slices.Backward(own.Items) {
		page.Items = append(page.Items, policyRow(r, item))
	}
	for _, c := range lms.Categories() {
		page.Categories = append(page.Categories, front.Option{Value: string(c), Label: r.T("category." + string(c))})
	}
	for _, k := range ledger.Kinds() {
		page.Kinds = append(page.Kinds, front.Option{Value: string(k), Label: r.T("hours.kind." + string(k))})
	}
	if page.Values == nil {
		page.Values = policyValues(now)
	}
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("hours.desk"), Href: "/amministrazione/ore"}, front.Crumb{Label: r.T("hours.policy.title")})
	return r.Show("hours_policy", r.T("hours.policy.title"), page)
}

// policyValues are those of a policy as fields of a form, to begin another with.
func policyValues(now ledger.Policy) map[string]string {
	v := map[string]string{"minutes": hm(now.Minutes)}
	if now.PartTime {
		v["part_time"] = "1"
	}
	if now.ProRata {
		v["pro_rata"] = "1"
	}
	for c, m := range now.Categories {
		v["category-"+string(c)] = hm(m)
	}
	for k, m := range now.Most {
		v["most-"+string(k)] = hm(m)
	}
	return v
}

func policyRow(r *front.Request, of ledger.Policy) PolicyRow {
	w := r.Words()
	row := PolicyRow{From: of.From.Time(), Hours: w.Duration(of.Minutes), Note: of.Note}
	if of.To != "" {
		row.To = of.To.Time()
	}
	for _, c := range lms.Categories() {
		if m, ok := of.Categories[c]; ok {
			row.More = append(row.More, r.T("hours.policy.category", "Category", r.T("category."+string(c)), "Hours", w.Duration(m)))
		}
	}
	row.More = append(row.More, limits(r, of)...)
	if of.PartTime {
		row.More = append(row.More, r.T("hours.policy.parttime"))
	}
	if of.ProRata {
		row.More = append(row.More, r.T("hours.policy.prorata"))
	}
	return row
}

// setPolicy adds a policy to an ente.
func (p Pages) setPolicy(r *front.Request) error {
	names := []string{"ente", "from", "to", "minutes", "part_time", "pro_rata", "note"}
	of := ledger.Policy{Categories: map[lms.Category]int{}, Most: map[ledger.Kind]int{}}
	for _, c := range lms.Categories() {
		name := "category-" + string(c)
		names = append(names, name)
		if v := strings.TrimSpace(r.Form(name)); v != "" {
			of.Categories[c] = minutes(v)
		}
	}
	for _, k := range ledger.Kinds() {
		name := "most-" + string(k)
		names = append(names, name)
		if v := strings.TrimSpace(r.Form(name)); v != "" {
			of.Most[k] = minutes(v)
		}
	}
	v := sent(r, names...)
	of.From, of.To, of.Minutes, of.PartTime, of.ProRata, of.Note = day(v["from"]), day(v["to"]), minutes(v["minutes"]), v["part_time"] != "", v["pro_rata"] != "", v["note"]
	err := p.Ledger.SetPolicy(r.Ctx(), r.Actor, lms.OrganisationID(v["ente"]), of)
	if err == nil {
		return r.Done("/amministrazione/ore/regole?"+escaped("ente", v["ente"]), "hours-policy")
	}
	page := &PolicyPage{Values: v}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	return p.showPolicies(r, page)
}

// AreasPage is the areas of a tree and those of its courses: hours_areas.html.
type AreasPage struct {
	front.Frame
	Root           string
	Name           string
	Areas          []AreaRow
	Courses        []CourseRow
	Options        []front.Option
	Values, Errors map[string]string
	Problem        string
}

// AreaRow is an area in the list.
type AreaRow struct {
	ID, Name, English string
	Retired           bool
}

// CourseRow is a course with its area.
type CourseRow struct{ Slug, Title, Area string }

func (p Pages) areasPage(r *front.Request) error { return p.showAreas(r, &AreasPage{}) }

// root is the top of the tree of an administrator; NotFound for who administers no root.
func root(r *front.Request) (lms.Organisation, error) {
	for _, id := range r.Actor.Roots(lms.Administrator) {
		o, err := r.School().Organisations.Find(r.Ctx(), id)
		if err != nil || len(o.Within) == 1 {
			return o, err
		}
	}
	return lms.Organisation{}, lms.Fail(lms.NotFound, "error.organisation.unknown")
}

func (p Pages) showAreas(r *front.Request, page *AreasPage) error {
	o, err := root(r)
	if err != nil {
		return err
	}
	all, err := p.Ledger.Areas(r.Ctx(), r.Actor, o.ID)
	if err != nil {
		return err
	}
	page.Root, page.Name, page.Options = string(o.ID), o.Name, areaOptions(r, all, r.T("hours.area.none"))
	for _, a := range all.Items {
		page.Areas = append(page.Areas, AreaRow{string(a.ID), a.Name, a.English, a.Retired})
	}
	courses, _, err := r.School().Library.Courses(r.Ctx(), "", 500)
	if err != nil {
		return err
	}
	for _, c := range courses {
		page.Courses = append(page.Courses, CourseRow{string(c.Slug), c.Shown().Title, string(all.Courses[c.Slug])})
	}
	if page.Values == nil {
		page.Values = map[string]string{}
	}
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("hours.desk"), Href: "/amministrazione/ore"}, front.Crumb{Label: r.T("hours.areas.title")})
	return r.Show("hours_areas", r.T("hours.areas.title"), page)
}

// changeAreas adds or changes an area, or says which one a course is about.
func (p Pages) changeAreas(r *front.Request) error {
	o, err := root(r)
	if err != nil {
		return err
	}
	v := sent(r, "course", "area", "id", "name", "english", "retired")
	done := "hours-area"
	if v["course"] != "" {
		done = "hours-course"
		err = p.Ledger.MapCourse(r.Ctx(), r.Actor, o.ID, course.Slug(v["course"]), ledger.AreaID(v["area"]))
	} else {
		err = p.Ledger.SetArea(r.Ctx(), r.Actor, o.ID, ledger.Area{ID: ledger.AreaID(v["id"]), Name: v["name"], English: v["english"], Retired: v["retired"] != ""})
	}
	if err == nil {
		return r.Done("/amministrazione/ore/aree", done)
	}
	page := &AreasPage{Values: v}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return err
	}
	return p.showAreas(r, page)
}
