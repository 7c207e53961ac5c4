package plans

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/plan"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/front"
)

const filesPath = "/amministrazione/assegnazioni-da-file"

func fileHref(id plan.FileID) string { return filesPath + "/" + string(id) }

func (p Pages) fileForm(r *front.Request) error {
	return p.filePage(r, &AssignFilePage{Values: map[string]string{"course": r.Query("corso")}})
}

func (p Pages) filePage(r *front.Request, page *AssignFilePage) (err error) {
	if page.Courses, err = p.courses(r, "plan.choose"); err != nil {
		return err
	}
	found, err := p.Plans.Files(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, c := range page.Courses {
		titles[c.Value] = c.Label
	}
	for _, f := range found {
		page.Files = append(page.Files, FileRow{Href: fileHref(f.ID), Name: f.Name, Course: titles[string(f.Course)], State: string(f.State), At: f.At, Total: f.Total})
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("plans.menu"), Href: assignmentsPath}, front.Crumb{Label: r.T("plan.file")})
	return r.Show("assign_file", r.T("plan.file"), page)
}

// bring takes a file and goes on to its page, which says what it would do.
func (p Pages) bring(r *front.Request) error {
	page := &AssignFilePage{Values: sent(r, "course", "due", "months", "notice", "grace")}
	file, err := r.Upload("file")
	if err != nil {
		return err
	}
	name := ""
	if h, err := r.C.FormFile("file"); err == nil {
		name = strings.Clone(h.Filename)
	}
	f, err := p.Plans.BringFile(r.Ctx(), r.Actor, plan.Order{Course: course.Slug(page.Values["course"]), Terms: terms(page.Values)}, name, file)
	if err != nil {
		var rest error
		if page.Problem, page.Errors, rest = r.Problem(err); rest != nil {
			return rest
		}
		return p.filePage(r, page)
	}
	return p.patient(r, f.ID)
}

const (
	patience = 3 * time.Second // how long an answer waits for a file: most are done by then
	glance   = 50 * time.Millisecond
)

// patient goes on to the page of a file as soon as nothing goes on with it, or after a while.
func (p Pages) patient(r *front.Request, id plan.FileID) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(glance) {
		f, err := p.Plans.File(r.Ctx(), r.Actor, id)
		if err != nil {
			return front.Unknown(err, "error.plan.file")
		}
		if !f.Working() {
			break
		}
	}
	return r.See(fileHref(id))
}

// fileTemplate is an empty file to be filled in.
func fileTemplate(r *front.Request) error {
	t := sheet.Table{Name: r.T("plans.menu"), Columns: []sheet.Column{{Title: "login", Width: 36}, {Title: "scadenza", Width: 16, Kind: sheet.Day}}}
	t.Rows = func(yield func([]any, error) bool) {
		yield([]any{"chiara.bianchi@comune.example", r.InRome(r.Now()).AddDate(0, 2, 0)}, nil)
	}
	var b bytes.Buffer
	if err := sheet.XLSX(&b, t); err != nil {
		return err
	}
	return r.Download("assegnazioni.xlsx", front.TypeXLSX, b.Bytes())
}

func (p Pages) showFile(r *front.Request) error { return p.ordered(r, "", nil) }

// ordered says what a file would do, or did. While something goes on with it, the page asks again by itself.
func (p Pages) ordered(r *front.Request, problem string, errors map[string]string) error {
	f, err := p.Plans.File(r.Ctx(), r.Actor, plan.FileID(r.Param("file")))
	if err != nil {
		return front.Unknown(err, "error.plan.file")
	}
	_, content, err := r.School().Library.Shown(r.Ctx(), f.Course)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return err
	}
	page := &AssignedFilePage{
		Href: fileHref(f.ID), Another: filesPath, Name: f.Name, State: string(f.State), At: f.At, Course: content.Title, Due: f.Terms.Due.Words(r.Lang), Working: f.Working(), Total: f.Total, Done: f.Done,
		New: f.Count.New, Changed: f.Count.Changed, Same: f.Count.Same, Wrong: f.Count.Wrong, FaultLine: f.FaultLine, Problem: problem, Errors: errors,
		Assignments: strings.TrimSuffix(address(assignmentsPath, "corso", string(f.Course)), "?"),
	}
	if f.Fault != "" {
		page.Fault = r.T(f.Fault)
	}
	for _, x := range f.Problems {
		page.Problems = append(page.Problems, front.FileProblem{Line: x.Line, Name: x.Login, Problems: []string{r.T("field."+x.Field) + ": " + r.T(x.Message)}})
	}
	if f.State == plan.FileMapping || f.State == plan.FileChecked {
		page.Headings, page.Sample = f.Headings, f.Sample
		page.Columns = []front.FileColumn{r.FileColumn("login", f.Headings, f.Columns.Login), r.FileColumn("due", f.Headings, f.Columns.Due)}
	}
	if page.Working {
		r.C.Set("Refresh", "2")
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("plans.menu"), Href: assignmentsPath}, front.Crumb{Label: r.T("plan.file"), Href: filesPath}, front.Crumb{Label: f.Name})
	r.Path = page.Href
	return r.Show("assigned_file", f.Name, page)
}

// actOnFile says what its columns are, or gives what it was found to give.
func (p Pages) actOnFile(r *front.Request) error {
	id, err := plan.FileID(r.Param("file")), error(nil)
	switch r.Form("azione") {
	case "colonne":
		_, err = p.Plans.MapFile(r.Ctx(), r.Actor, id, plan.Columns{Login: column(r, "login"), Due: column(r, "due")})
	case "assegna":
		_, err = p.Plans.GiveFile(r.Ctx(), r.Actor, id)
	default:
		err = lms.Wrong("azione", "error.invalid")
	}
	if err != nil {
		text, fields, rest := r.Problem(err)
		if rest != nil {
			return front.Unknown(rest, "error.plan.file")
		}
		return p.ordered(r, text, fields)
	}
	return p.patient(r, id)
}

// column is the column that a form names, -1 for none.
func column(r *front.Request, field string) int {
	n, err := strconv.Atoi(r.Form(field))
	if err != nil {
		return -1
	}
	return n
}
