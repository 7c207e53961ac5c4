package tree

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/enti"
	"aulacomune/lms/web/front"
)

func (p Pages) form(r *front.Request) error { return showForm(r, &ImportFormPage{}) }

func showForm(r *front.Request, page *ImportFormPage) error {
	var err error
	if page.Roots, err = options(r, r.Actor.Roots(lms.Administrator)); err != nil {
		return err
	}
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("enti.title"), Href: treeAddress}, front.Crumb{Label: r.T("enti.import")})
	return r.Show("enti_import", r.T("enti.import"), page)
}

// check reads the files, and leads to what they would change.
func (p Pages) check(r *front.Request) error {
	page := &ImportFormPage{Region: strings.TrimSpace(r.Form("region")), Under: r.Form("under")}
	if page.Under == "" {
		if own := r.Actor.Roots(lms.Administrator); len(own) > 0 {
			page.Under = string(own[0])
		}
	}
	f := enti.Files{Region: page.Region}
	for name, to := range map[string]*[]byte{"istat": &f.ISTAT, "ipa": &f.IPA, "ceased": &f.Ceased, "members": &f.Members} {
		b, err := r.Upload(name)
		if err != nil {
			return err
		}
		*to = b
	}
	i, err := p.Enti.Check(r.Ctx(), r.Actor, f, lms.OrganisationID(page.Under))
	if lms.Is(err, lms.NotFound) {
		err = lms.Wrong("under", "error.organisation.unknown")
	}
	if err != nil {
		lacking, _ := errors.AsType[*enti.Lacking](err)
		if page.Problem, page.Errors, err = r.Problem(err); err != nil {
			return err
		}
		page.lacks(r, lacking)
		return showForm(r, page)
	}
	return r.See(importAddress + "/" + i.ID)
}

// lacks names the columns or the regions that would have done.
func (p *ImportFormPage) lacks(r *front.Request, l *enti.Lacking) {
	if l == nil {
		return
	}
	if len(l.Columns) > 0 {
		for field := range p.Errors {
			p.Errors[field] = r.T("enti.lacks.columns", "Columns", strings.Join(l.Columns, ", "))
		}
		return
	}
	p.Errors["region"] = r.T("enti.lacks.region", "Region", l.Region, "Regions", strings.Join(l.Regions, ", "))
	for _, name := range l.Regions {
		p.Regions = append(p.Regions, front.Option{Value: name, Label: name})
	}
}

const (
	shortGroup   = 10              // lines of a group that are shown at once
	longGroup    = 5_000           // of the one that was asked for
	patience     = 4 * time.Second // how long the answer waits for the import: most are done by then
	absentGroup  = enti.What("absent")
	allGroups    = "tutto"
	findingsName = "avvisi"
)

// look shows what files would change, how far that is, or what was done.
func (p Pages) look(r *front.Request) error { return p.showPlan(r, "") }

func (p Pages) showPlan(r *front.Request, problem string) error {
	i, plan, err := p.Enti.Look(r.Ctx(), r.Actor, r.Param("import"))
	if err != nil {
		return front.Unknown(err, "error.enti.import")
	}
	page := &PlanPage{
		Region: i.Region.Name, Under: plan.Under.Name, State: string(i.Standing(r.Now())), Steps: i.Steps, Of: i.Of, Refused: plan.Refused(), Empty: plan.Empty(),
		Unchanged: plan.Unchanged, Query: r.Query("q"), Comuni: plan.Coverage.Comuni, WithIPA: plan.Coverage.WithIPA, Domains: plan.Coverage.Domains, Problem: problem,
	}
	if i.Of > 0 {
		page.Percent = i.Steps * 100 / i.Of
	}
	for _, w := range enti.Whats() {
		if n := i.Counts[w]; n > 0 {
			page.Done = append(page.Done, Fact{r.T("enti.what." + string(w)), strconv.Itoa(n)})
		}
	}
	here := importAddress + "/" + i.ID
	whole := r.Query("gruppo")
	for _, w := range enti.Whats() {
		if g := group(r, plan.Of(w), w, page.Query, whole); g.Count > 0 {
			if len(g.Rows) < g.Count {
				g.More = here + "?gruppo=" + g.Key + "&q=" + url.QueryEscape(page.Query)
			}
			page.Groups = append(page.Groups, g)
		}
	}
	if err := p.confirm(r, page, plan, whole, here); err != nil {
		return err
	}
	page.findings(r, plan.Findings, whole, here)
	page.coverage(r, plan.Coverage)
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("enti.title"), Href: treeAddress}, front.Crumb{Label: r.T("enti.import"), Href: importAddress}, front.Crumb{Label: i.Region.Name})
	return r.Show("enti_plan", r.T("enti.plan.title", "Region", i.Region.Name), page)
}

// confirm says what there is to agree to. What closes must be asked for, and what is in doubt must be left out.
func (p Pages) confirm(r *front.Request, page *PlanPage, plan enti.Plan, whole, here string) (err error) {
	if page.Absent = group(r, plan.Absent, absentGroup, page.Query, whole); len(page.Absent.Rows) < page.Absent.Count {
		page.Absent.More = here + "?gruppo=" + page.Absent.Key + "&q=" + url.QueryEscape(page.Query)
	}
	if plan.Doubt {
		page.Leave = len(plan.Absent)
	} else if page.Cease = len(plan.Absent); page.Cease > 0 {
		page.People, err = p.Enti.Working(r.Ctx(), r.Actor, plan)
	}
	page.Confirm = page.State != string(enti.Running) && !plan.Refused() && (!plan.Empty() || page.Cease > 0)
	page.Danger = page.Cease > 0 || len(plan.Of(enti.Merged)) > 0
	return err
}

// group is the steps of a sort whose names or codes have a text in them.
func group(r *front.Request, steps []enti.Step, w enti.What, query, whole string) PlanGroup {
	g := PlanGroup{Key: string(w)}
	if w == absentGroup {
		g.Title = r.T("enti.absent")
	} else {
		g.Title = r.T("enti.what." + string(w))
	}
	most := shortGroup
	if whole == g.Key || whole == allGroups {
		most = longGroup
	}
	query = lms.Fold(query)
	for _, s := range steps {
		row := planRow(r, s, w)
		if query != "" && !strings.Contains(lms.Fold(row.Name+" "+row.ID+" "+row.Text+" "+row.Codes), query) {
			continue
		}
		if g.Count++; g.Count <= most {
			g.Rows = append(g.Rows, row)
		}
	}
	return g
}

func planRow(r *front.Request, s enti.Step, w enti.What) PlanRow {
	row := PlanRow{Name: s.After.Name, ID: string(s.After.ID), Codes: strings.Join(slices.DeleteFunc([]string{s.After.Codes.ISTAT, s.After.Codes.Cadastral, s.After.Codes.IPA}, func(c string) bool { return c == "" }), " · ")}
	switch w {
	case enti.New:
		row.Text = r.T("enti.step.new", "Above", string(s.Above))
	case enti.Renamed:
		row.Text = r.T("enti.step.renamed", "Before", s.Before.Name)
	case enti.Moved:
		row.Text = r.T("enti.step.moved", "Before", string(s.Before.Parent()), "Above", string(s.Above))
	case enti.Merged:
		row.Text = r.T("enti.step.merged", "Into", string(s.After.Into), "Date", r.Words().Date(s.After.Ceased))
	case absentGroup:
		row.Text = r.T("enti.absent.step")
	case enti.Gone:
		row.Text = r.T("enti.step.ceased")
	default:
		row.Text = strings.Join(s.After.Domains, ", ")
	}
	return row
}

// findings are shown the worst first; only some, unless all were asked for.
func (p *PlanPage) findings(r *front.Request, all []enti.Finding, whole, here string) {
	all = slices.Clone(all)
	order := []enti.Severity{enti.Error, enti.Warning, enti.Note}
	slices.SortStableFunc(all, func(a, b enti.Finding) int { return slices.Index(order, a.Severity) - slices.Index(order, b.Severity) })
	most := 2 * shortGroup
	if whole == findingsName || whole == allGroups {
		most = longGroup
	}
	if len(all) > most {
		all, p.MoreFindings = all[:most], here+"?gruppo="+findingsName
	}
	for _, f := range all {
		v := FindingView{Severity: string(f.Severity), Label: r.T("enti.severity." + string(f.Severity)), Text: f.In(r.Lang)}
		if f.Source != "" {
			v.Where = r.T("enti.file." + string(f.Source))
		}
		if f.Line > 0 {
			v.Where += ", " + r.T("enti.line", "Line", f.Line)
		}
		p.Findings = append(p.Findings, v)
	}
}

func (p *PlanPage) coverage(r *front.Request, c enti.Coverage) {
	add := func(key string, n int, say func(int) string) {
		v := CoverageView{Title: r.T(key), Count: n}
		for i := range min(n, longGroup) {
			v.Rows = append(v.Rows, say(i))
		}
		if n > 0 {
			p.Coverage = append(p.Coverage, v)
		}
	}
	add("enti.coverage.without", len(c.Without), func(i int) string { return fmt.Sprintf("%s (%s)", c.Without[i].Name, c.Without[i].ISTAT) })
	add("enti.coverage.loose", len(c.Loose), func(i int) string { return fmt.Sprintf("%s (%s)", c.Loose[i].Name, c.Loose[i].IPA) })
	add("enti.coverage.twice", len(c.Twice), func(i int) string { return fmt.Sprintf("%s (%s)", c.Twice[i].Name, c.Twice[i].IPA) })
}

// start carries the import out. Most are done before the answer; for the others the page tells how far it is.
func (p Pages) start(r *front.Request) error {
	finished, err := p.Enti.Start(r.Ctx(), r.Actor, r.Param("import"), enti.Agreed{Cease: r.Form("cease") != "", Leave: r.Form("leave") != ""})
	if lms.Is(err, lms.Conflict) {
		text, _, err := r.Problem(err)
		if err != nil {
			return err
		}
		return p.showPlan(r, text)
	}
	if err != nil {
		return front.Unknown(err, "error.enti.import")
	}
	select {
	case <-finished:
	case <-time.After(patience):
	case <-r.Ctx().Done():
	}
	return r.See(importAddress + "/" + r.Param("import"))
}
