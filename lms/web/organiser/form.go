package organiser

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/ledger"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// written is a webinar as it stands in a form: fields that are one text each, and rows of fields.
type written struct {
	values              map[string]string
	speakers, questions []map[string]string
}

// fields are those of the form that are one text each.
func fields() []string {
	return []string{
		"organisation", "title", "abstract", "series", "number", "starts", "ends", "closes", "starts_second", "ends_second", "closes_second", "capacity", "link", "area", "threshold", "steps",
		"code", "invited", "reserved", "statements", "levels", "comment",
	}
}

// Of how many rows of a kind a form is read: as many as a webinar may hold, and one to be refused.
const (
	maxSpeakers  = 31
	maxQuestions = 21
	maxMaterial  = 51
)

func speakerFields() []string  { return []string{"name", "as", "bio", "photo"} }
func questionFields() []string { return []string{"text", "choices", "required", "id"} }

// rowsSent are the rows of a form in which something stands in one of the fields that count.
func rowsSent(r *front.Request, prefix string, most int, names []string, count ...string) (out []map[string]string) {
	for i := range most {
		row, some := map[string]string{}, false
		for _, n := range names {
			row[n] = strings.TrimSpace(r.Form(fmt.Sprintf("%s-%d-%s", prefix, i, n)))
			some = some || row[n] != "" && slices.Contains(count, n)
		}
		if some {
			out = append(out, row)
		}
	}
	return out
}

// sent is a form as it was sent.
func sent(r *front.Request) written {
	w := written{values: map[string]string{}}
	for _, f := range fields() {
		w.values[f] = r.Form(f)
	}
	for _, way := range cohort.Ways() {
		w.values["way_"+string(way)] = r.Form("way_" + string(way))
	}
	audience.Sent(r, w.values)
	w.speakers = rowsSent(r, "speaker", maxSpeakers, speakerFields(), "name", "as", "bio")
	w.questions = rowsSent(r, "question", maxQuestions, questionFields(), "text", "choices")
	return w
}

// ticked is the value of a box that is ticked.
const ticked = "si"

func tick(values map[string]string, name string, on bool) {
	if on {
		values[name] = ticked
	}
}

// writtenOf is the form of a webinar.
func writtenOf(t webinar.Terms, rome *time.Location) written {
	in := webinar.InputOf(t, rome)
	w := written{values: map[string]string{
		"title": t.Title, "abstract": t.Abstract, "series": t.Series, "number": numeral(t.Number), "starts": in.Starts.Local, "ends": in.Ends.Local, "closes": in.Closes.Local, "link": t.Link,
		"area": t.Area, "threshold": numeral(t.Threshold), "steps": strings.ReplaceAll(audience.Joined(t.Steps), "\n", " "), "code": t.Code, "invited": strings.Join(t.Invited, "\n"),
		"levels": strings.Join(t.Survey.Levels, "\n"),
	}}
	for name, m := range map[string]webinar.Moment{"starts": in.Starts, "ends": in.Ends, "closes": in.Closes} {
		if m.Twice(rome) {
			w.values[name+"_second"] = map[bool]string{true: "2", false: "1"}[m.Second]
		}
	}
	tick(w.values, "reserved", t.Reserved)
	tick(w.values, "comment", t.Survey.Comment)
	for _, way := range t.Ways {
		tick(w.values, "way_"+string(way), true)
	}
	var lines []string
	for _, s := range t.Survey.Statements {
		lines = append(lines, s.Text)
	}
	w.values["statements"] = strings.Join(lines, "\n")
	audience.Fill(w.values, t.Audience)
	for _, s := range t.Speakers {
		w.speakers = append(w.speakers, map[string]string{"name": s.Name, "as": s.As, "bio": s.Bio, "photo": s.Photo})
	}
	for _, q := range t.Questions {
		row := map[string]string{"text": q.Text, "choices": strings.Join(q.Choices, "\n"), "id": q.ID}
		tick(row, "required", q.Required)
		w.questions = append(w.questions, row)
	}
	return w
}

// numeral is a number as a field has it; "" for none.
func numeral(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// threshold reads a field of percent: nothing is the usual one, and 0, which would be anybody, is none.
func threshold(s string) int {
	if n := number(s); n != 0 || strings.TrimSpace(s) == "" {
		return n
	}
	return -1
}

// number reads a number; nothing is 0, and what is none is refused as negative.
func number(s string) int {
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// moment reads a field with day and hour: browsers send 2026-03-04T10:00, people without their help write 4/3/2026, 10:00. What is neither stays as it is, and
// is refused.
func moment(values map[string]string, name string) webinar.Moment {
	s := strings.TrimSpace(values[name])
	for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04", "2/1/2006, 15:04", "2/1/2006 15:04", "2/1/2006, 15.04", "2/1/2006 15.04"} {
		if t, err := time.Parse(form, s); err == nil {
			s = t.Format("2006-01-02T15:04")
		}
	}
	return webinar.Moment{Local: s, Second: values[name+"_second"] == "2"}
}

// lines are the lines of a field in which something stands.
func lines(s string) (out []string) {
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// input is what was written, with the groups that the reader may choose; those of old that they cannot see stay.
func (w written) input(groups []cohort.Group, old webinar.Terms) webinar.Input {
	v := w.values
	in := webinar.Input{Starts: moment(v, "starts"), Ends: moment(v, "ends"), Closes: moment(v, "closes"), Terms: webinar.Terms{
		Title: v["title"], Abstract: v["abstract"], Series: v["series"], Number: number(v["number"]), Link: v["link"], Material: old.Material, Threshold: threshold(v["threshold"]), Area: v["area"],
		Reserved: v["reserved"] != "", Code: v["code"], Invited: audience.Words(v["invited"]), Audience: audience.Of(v, groups), Survey: w.survey(old.Survey),
	}}
	in.Audience.Groups = append(in.Audience.Groups, audience.Unseen(old.Audience, groups)...)
	for _, way := range cohort.Ways() {
		if v["way_"+string(way)] != "" {
			in.Ways = append(in.Ways, way)
		}
	}
	for _, s := range strings.Fields(v["steps"]) {
		in.Steps = append(in.Steps, cohort.Step(s))
	}
	for _, s := range w.speakers {
		in.Speakers = append(in.Speakers, webinar.Speaker{Name: s["name"], As: s["as"], Bio: s["bio"], Photo: s["photo"]})
	}
	for _, q := range w.questions {
		in.Questions = append(in.Questions, webinar.Question{ID: q["id"], Text: q["text"], Choices: lines(q["choices"]), Required: q["required"] != ""})
	}
	return in
}

// survey is the questionnaire: a statement on a line. One that was there, or is a usual one, stays what it is.
func (w written) survey(old webinar.Survey) webinar.Survey {
	out := webinar.Survey{Levels: lines(w.values["levels"]), Comment: w.values["comment"] != ""}
	known := slices.Concat(old.Statements, webinar.UsualSurvey("it").Statements, webinar.UsualSurvey("en").Statements)
	for _, l := range lines(w.values["statements"]) {
		st := webinar.Statement{Text: l}
		if i := slices.IndexFunc(known, func(k webinar.Statement) bool { return k.Text == l }); i >= 0 {
			st = known[i]
		}
		out.Statements = append(out.Statements, st)
	}
	return out
}

// unsaid asks, for each hour that comes twice and of which nobody said which, which it is.
func (w written) unsaid(r *front.Request, names ...string) error {
	wrong := map[string]string{}
	for _, name := range names {
		if v := w.values[name+"_second"]; v != "1" && v != "2" && moment(w.values, name).Twice(rome(r)) {
			wrong[name] = "error.organiser.twice"
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: wrong}
}

// twice are the questions about hours that come twice.
func (w written) twice(r *front.Request, names ...string) (out []Twice) {
	for _, name := range names {
		if moment(w.values, name).Twice(rome(r)) {
			out = append(out, Twice{Name: name + "_second", Legend: r.T("organiser.twice." + name), Value: w.values[name+"_second"]})
		}
	}
	return out
}

// rome is the time zone of Italy.
func rome(r *front.Request) *time.Location { return r.InRome(time.Time{}).Location() }

// named are errors by the fields of the form: the domain counts rows in brackets.
func named(errors map[string]string) map[string]string {
	out := map[string]string{}
	for field, text := range errors {
		name := field
		for _, x := range [][2]string{{"speakers", "speaker"}, {"questions", "question"}, {"material", "material"}} {
			if rest, ok := strings.CutPrefix(field, x[0]+"["); ok {
				name = x[1] + "-" + strings.Replace(rest, "].", "-", 1)
			}
		}
		switch {
		case strings.HasPrefix(field, "survey["), field == "survey":
			name = "statements"
		case field == "survey.levels":
			name = "levels"
		}
		out[name] = text
	}
	return out
}

func (p Pages) newForm(r *front.Request) error {
	usual := webinar.UsualSurvey(r.Lang)
	w := writtenOf(webinar.Terms{Survey: usual, Threshold: 75}, rome(r))
	w.values["organisation"], w.values["capacity"], w.values["way_"+string(cohort.WayFree)] = string(r.Organisation()), "0", ticked
	return p.form(r, nil, w, "", nil)
}

// form shows the form of a webinar; v is nil for a new one.
func (p Pages) form(r *front.Request, v *webinar.Seen, w written, problem string, errors map[string]string) (err error) {
	page := &FormPage{New: v == nil, Rooms: p.Rooms, Back: root, Values: w.values, Problem: problem, Errors: named(errors), Twice: w.twice(r, "starts", "ends", "closes")}
	for _, way := range cohort.Ways() {
		page.Ways = append(page.Ways, Check{Name: "way_" + string(way), Label: r.T("cohort.way." + string(way)), On: w.values["way_"+string(way)] != ""})
	}
	for _, s := range []string{"", "manager", "manager personnel", "personnel"} {
		page.Steps = append(page.Steps, front.Option{Value: s, Label: r.T("cohort.steps." + strings.ReplaceAll(s, " ", "."))})
	}
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	groups, err := p.openGroups(r)
	if err != nil {
		return err
	}
	if page.Audience, err = audience.Make(r, w.values, groups); err != nil {
		return err
	}
	org := lms.OrganisationID(w.values["organisation"])
	if v != nil {
		org, page.Back, page.Told = v.Organisation, href(v.ID), v.Now != webinar.Draft
	}
	if page.Areas, err = p.areas(r, org, w.values["area"]); err != nil {
		return err
	}
	page.Speakers, page.Questions = speakerRows(r, w, page.Errors), questionRows(r, w, page.Errors)
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("organiser.menu"), Href: root}, front.Crumb{Label: r.T("organiser.new")})
	title := r.T("organiser.new")
	if v != nil {
		page.Crumbs, title = crumbs(r, *v, "organiser.edit"), r.T("organiser.edit")+" – "+v.Terms.Title
	}
	page.NoIndex = true
	return r.Show("organiser_form", title, page)
}

// areas are the areas of training to choose from; one that is chosen and no longer offered stays.
func (p Pages) areas(r *front.Request, org lms.OrganisationID, chosen string) ([]front.Option, error) {
	out := []front.Option{{Label: r.T("hours.area.none")}}
	all, err := p.Ledger.Areas(r.Ctx(), r.Actor, org)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return nil, err
	}
	for _, a := range all.Items {
		if !a.Retired || a.ID == ledger.AreaID(chosen) {
			out = append(out, front.Option{Value: string(a.ID), Label: a.In(r.Lang)})
		}
	}
	if !slices.ContainsFunc(out, func(o front.Option) bool { return o.Value == chosen }) {
		out = append(out, front.Option{Value: chosen, Label: chosen})
	}
	return out, nil
}

// openGroups are those that the reader may choose as an audience.
func (p Pages) openGroups(r *front.Request) ([]cohort.Group, error) {
	all, err := p.Cohorts.Groups(r.Ctx(), r.Actor)
	return audience.Open(all), err
}

// The buttons that give the form another row.
const (
	moreSpeakers  = "parla"
	moreQuestions = "domanda"
)

// blanks is how many empty rows follow those that are there: one, or two where somebody asked for more.
func blanks(r *front.Request, act string) int {
	if r.Form("atto") == act {
		return 2
	}
	return 1
}

func speakerRows(r *front.Request, w written, errors map[string]string) (out []FormRow) {
	for i, s := range append(w.speakers, make([]map[string]string, blanks(r, moreSpeakers))...) {
		name := func(f string) string { return fmt.Sprintf("speaker-%d-%s", i, f) }
		row := FormRow{Legend: r.T("organiser.speaker.number", "Number", i+1), Hidden: front.Option{Label: name("photo"), Value: s["photo"]}}
		for _, f := range []string{"name", "as", "bio"} {
			field := front.Field{Name: name(f), Label: r.T("organiser.speaker." + f), Value: s[f], Error: errors[name(f)], Type: "text", Optional: true, Unmarked: f == "name"}
			if f == "bio" {
				field.Rows = 3
			}
			row.Fields = append(row.Fields, field)
		}
		out = append(out, row)
	}
	return out
}

func questionRows(r *front.Request, w written, errors map[string]string) (out []FormRow) {
	for i, q := range append(w.questions, make([]map[string]string, blanks(r, moreQuestions))...) {
		name := func(f string) string { return fmt.Sprintf("question-%d-%s", i, f) }
		out = append(out, FormRow{
			Legend: r.T("organiser.question.number", "Number", i+1), Hidden: front.Option{Label: name("id"), Value: q["id"]},
			Fields: []front.Field{
				{Name: name("text"), Label: r.T("organiser.question.text"), Value: q["text"], Error: errors[name("text")], Type: "text", Optional: true, Unmarked: true},
				{Name: name("choices"), Label: r.T("organiser.question.choices"), Hint: r.T("organiser.question.choices.hint"), Value: q["choices"], Error: errors[name("choices")], Rows: 3, Optional: true},
			},
			Check: Check{Name: name("required"), Label: r.T("organiser.question.required"), On: q["required"] != ""},
		})
	}
	return out
}

// between says that a form was sent to go on with it: to search for an ente, to get another row.
func between(r *front.Request) bool {
	return audience.Searching(r) || slices.Contains([]string{moreSpeakers, moreQuestions}, r.Form("atto"))
}

func (p Pages) announce(r *front.Request) error {
	w := sent(r)
	if between(r) {
		return p.form(r, nil, w, "", nil)
	}
	groups, err := p.openGroups(r)
	if err != nil {
		return err
	}
	var made webinar.Webinar
	if err = w.unsaid(r, "starts", "ends", "closes"); err == nil {
		start := webinar.Start{Organisation: lms.OrganisationID(w.values["organisation"]), Capacity: number(w.values["capacity"]), Input: w.input(groups, webinar.Terms{})}
		made, err = p.Webinars.Announce(r.Ctx(), r.Actor, start)
	}
	if err != nil {
		text, errors, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.form(r, nil, w, text, errors)
	}
	return r.Done(href(made.ID), "organiser-announced")
}

func (p Pages) editForm(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	return p.form(r, &v, writtenOf(v.Terms, rome(r)), p.why(r, v, webinar.DeedRevise), nil)
}

func (p Pages) revise(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	w := sent(r)
	if between(r) {
		return p.form(r, &v, w, "", nil)
	}
	groups, err := p.openGroups(r)
	if err != nil {
		return err
	}
	if err = w.unsaid(r, "starts", "ends", "closes"); err == nil {
		_, err = p.Webinars.Revise(r.Ctx(), r.Actor, v.ID, w.input(groups, v.Terms))
	}
	if err != nil {
		text, errors, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.form(r, &v, w, text, errors)
	}
	return r.Done(href(v.ID), "organiser-revised")
}
