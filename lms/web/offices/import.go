package offices

import (
	"bytes"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/roll"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/front"
)

const importHref = "/amministrazione/persone/importa"

func (p Pages) importForm(r *front.Request) error {
	return p.showImport(r, &ImportPage{Organisation: string(r.Organisation())})
}

// shownIntakes is how many files the import page lists.
const shownIntakes = 20

func (p Pages) showImport(r *front.Request, page *ImportPage) error {
	var err error
	if page.Organisations, err = r.OpenOrganisations(""); err != nil {
		return err
	}
	for _, c := range lms.Categories() {
		page.Categories = append(page.Categories, string(c))
	}
	for _, role := range lms.Roles() {
		page.Roles = append(page.Roles, strings.ToLower(r.T("role."+string(role))))
	}
	for _, root := range r.Actor.Kept() {
		found, _, err := p.Roll.Intakes(r.Ctx(), r.Actor, root, lms.PageAt{Limit: shownIntakes})
		if err != nil {
			return err
		}
		for _, i := range found {
			page.Intakes = append(page.Intakes, intakeRow(i))
		}
	}
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("people.title"), Href: "/amministrazione/persone"}, front.Crumb{Label: r.T("import.title")})
	return r.Show("import", r.T("import.title"), page)
}

func intakeRow(i roll.Intake) IntakeRow {
	return IntakeRow{Href: intakeHref(i.ID), Name: i.Name, At: i.At, State: string(i.State), New: i.Count.New, Total: i.Total}
}

func intakeHref(id roll.IntakeID) string { return importHref + "/" + string(id) }

// importPeople takes a file and goes on to its page, which says what it would do.
func (p Pages) importPeople(r *front.Request) error {
	page := &ImportPage{Organisation: r.Form("ente"), Update: r.Form("aggiorna") == "si"}
	file, err := r.Upload("file")
	if err != nil {
		return err
	}
	name := "persone.csv"
	if h, err := r.C.FormFile("file"); err == nil {
		name = h.Filename
	}
	i, err := p.Roll.Bring(r.Ctx(), r.Actor, roll.File{Name: name, Bytes: file, Organisation: lms.OrganisationID(page.Organisation), Update: page.Update})
	if err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return err
		}
		if page.Problem = text; fields["file"] != "" {
			page.Problem = fields["file"]
		}
		return p.showImport(r, page)
	}
	return r.See(intakeHref(i.ID))
}

// template is an empty file of people, to be filled in.
func template(r *front.Request) error {
	t := sheet.Table{Name: r.T("people.title"), Rows: exampleRows()}
	for _, f := range roll.Fields() {
		t.Columns = append(t.Columns, sheet.Column{Title: f.Headings()[0], Width: 20})
	}
	var b bytes.Buffer
	if err := sheet.XLSX(&b, t); err != nil {
		return err
	}
	return r.Download("persone.xlsx", front.TypeXLSX, b.Bytes())
}

// exampleRows shows how a row is filled in.
func exampleRows() iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		yield([]any{"Bianchi", "Chiara", "chiara.bianchi@comune.example", "", "", "Anagrafe", "funzionario", ""}, nil)
	}
}

func (p Pages) showIntake(r *front.Request) error { return p.intakePage(r, "", nil) }

// intakePage says how far a file is. While something goes on behind it, the page asks again by itself.
func (p Pages) intakePage(r *front.Request, problem string, errors map[string]string) error {
	i, err := p.Roll.Intake(r.Ctx(), r.Actor, roll.IntakeID(r.Param("intake")))
	if err != nil {
		return front.Unknown(err, "error.intake.unknown")
	}
	page := &IntakePage{Href: intakeHref(i.ID), Another: importHref, Name: i.Name, State: string(i.State), Total: i.Total, Done: i.Done, New: i.Count.New, Changed: i.Count.Changed, Kept: i.Count.Kept,
		Wrong: i.Count.Wrong, Removed: i.Removed(), Entered: i.Entered, Taking: i.Stayed - i.Entered, Working: i.Working(), Undo: i.MayUndo(r.Now()), At: i.At, Mails: p.Mails, Invited: i.Invite, Problem: problem, Errors: errors, FaultLine: i.FaultLine}
	if i.Fault != "" {
		page.Fault = r.T(i.Fault)
	}
	for _, row := range i.Problems {
		page.Problems = append(page.Problems, problemRow(r, row))
	}
	if i.State == roll.Mapping || i.State == roll.Checked {
		page.preview(r, i)
		page.Columns = columnFields(r, i)
		page.Sample, page.Headings = i.Sample, i.Headings
	}
	if page.Working {
		r.C.Set("Refresh", "2")
	}
	page.NoIndex = true
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("people.title"), Href: "/amministrazione/persone"}, front.Crumb{Label: r.T("import.title"), Href: importHref}, front.Crumb{Label: i.Name})
	r.Path = page.Href
	return r.Show("intake", i.Name, page)
}

func problemRow(r *front.Request, p roll.Problem) front.FileProblem {
	row := front.FileProblem{Line: p.Line, Name: p.Name}
	for field, message := range p.Fields {
		row.Problems = append(row.Problems, r.T("field."+field)+": "+r.T(message))
	}
	slices.Sort(row.Problems)
	return row
}

// columnFields are the fields by which a person says what the columns of a file are.
func columnFields(r *front.Request, i roll.Intake) (out []front.FileColumn) {
	for _, f := range roll.Fields() {
		at, ok := i.Columns[f]
		if !ok {
			at = -1
		}
		out = append(out, r.FileColumn(string(f), i.Headings, at))
	}
	return out
}

// actOnIntake maps, applies or undoes.
func (p Pages) actOnIntake(r *front.Request) error {
	id, err := roll.IntakeID(r.Param("intake")), error(nil)
	switch r.Form("azione") {
	case "colonne":
		columns := roll.Columns{}
		for _, f := range roll.Fields() {
			if at, e := strconv.Atoi(r.Form(string(f))); e == nil {
				columns[f] = at
			}
		}
		_, err = p.Roll.Map(r.Ctx(), r.Actor, id, columns)
	case "aggiungi":
		_, err = p.Roll.Apply(r.Ctx(), r.Actor, id, r.Form("invito") == "si")
	case "annulla":
		_, err = p.Roll.Undo(r.Ctx(), r.Actor, id)
	default:
		err = lms.Wrong("azione", "error.invalid")
	}
	if err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return front.Unknown(err, "error.intake.unknown")
		}
		return p.intakePage(r, text, fields)
	}
	return r.See(intakeHref(id))
}

// intakeLinks is a file of links to be handed over.
func (p Pages) intakeLinks(r *front.Request) error {
	links, err := p.Roll.Links(r.Ctx(), r.Actor, roll.IntakeID(r.Param("intake")))
	if err != nil {
		return front.Unknown(err, "error.intake.unknown")
	}
	t := sheet.Table{Columns: []sheet.Column{{Title: r.T("field.family_name")}, {Title: r.T("field.given_name")}, {Title: r.T("person.signin")}, {Title: r.T("intake.link")}, {Title: r.T("intake.expires"), Kind: sheet.Day}}}
	until := r.Now().Add(lms.LinkLife).Truncate(24 * time.Hour)
	t.Rows = func(yield func([]any, error) bool) {
		for a, err := range links {
			if !yield([]any{a.Person.Family, a.Person.Given, loginOf(a.Person), r.URL("/attiva/" + a.Link), until}, err) {
				return
			}
		}
	}
	var b bytes.Buffer
	if err := sheet.CSV(&b, t); err != nil {
		return err
	}
	return r.Download("accessi.csv", front.TypeCSV, b.Bytes())
}
