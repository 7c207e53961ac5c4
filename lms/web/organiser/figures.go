package organiser

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/sheet"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// figure is a table of the report: the page, the workbook and the CSV are made of the same rows.
type figure struct {
	id, title, note string
	columns         []sheet.Column
	rows            [][]any
	drawn           int // the column that the chart draws; 0 for none
}

// told is everything that the report tells.
type told struct {
	figures  []figure
	opinions webinar.Opinions
}

// tell adds up what is known of a webinar.
func (p Pages) tell(r *front.Request, v webinar.Seen) (t told, err error) {
	var people []webinar.Entry
	for e, err := range p.everybody(r, v.ID) {
		if err != nil {
			return t, err
		}
		people = append(people, e)
	}
	there, err := p.Webinars.Attendance(r.Ctx(), r.Actor, v.ID)
	if err != nil {
		return t, err
	}
	if t.opinions, err = p.Webinars.Opinions(r.Ctx(), r.Actor, v.ID); err != nil {
		return t, err
	}
	t.figures = []figure{brief(r, v, people, there), byEnte(r, people, there), byShare(r, there)}
	t.figures = append(t.figures, questions(r, v, people)...)
	if t.opinions.Shown {
		t.figures = append(t.figures, opinions(r, t.opinions))
	}
	return t, nil
}

// present are those who were there at all.
func present(there []webinar.Attended) []webinar.Attended {
	return slices.DeleteFunc(slices.Clone(there), func(a webinar.Attended) bool { return a.Minutes == 0 })
}

func brief(r *front.Request, v webinar.Seen, people []webinar.Entry, there []webinar.Attended) figure {
	f := figure{id: "brief", title: r.T("organiser.figure.brief"), columns: []sheet.Column{{Title: r.T("organiser.figure.what"), Width: 44}, {Title: r.T("organiser.figure.number"), Kind: sheet.Number, Width: 12}}}
	add := func(key string, n int) { f.rows = append(f.rows, []any{r.T("organiser.figure." + key), n}) }
	count := func(place string) (n int) {
		for _, e := range people {
			if placeOf(e) == place {
				n++
			}
		}
		return n
	}
	came, enough, minutes, unregistered := present(there), 0, 0, 0
	for _, a := range came {
		minutes += a.Minutes
		if a.Enough {
			enough++
		}
		if !a.Place.Has() {
			unregistered++
		}
	}
	add("registered", count(inside))
	add("waiting", count(waiting))
	add("left", count(outside))
	add("present", len(came))
	add("unregistered", unregistered)
	add("enough", enough)
	add("planned", v.Planned())
	add("mean", minutes/max(1, len(came)))
	add("threshold", v.Terms.Threshold)
	return f
}

// ente is what an ente's people did.
type ente struct {
	name                                 string
	registered, present, enough, minutes int
}

func byEnte(r *front.Request, people []webinar.Entry, there []webinar.Attended) figure {
	all := map[string]*ente{}
	of := func(m lms.Membership) *ente {
		name := m.Name
		if name == "" {
			name = r.T("organiser.ente.none")
		}
		if all[name] == nil {
			all[name] = &ente{name: name}
		}
		return all[name]
	}
	for _, e := range people {
		if e.Place.Has() {
			of(e.Member).registered++
		}
	}
	for _, a := range present(there) {
		e := of(a.Member)
		e.present++
		e.minutes += a.Minutes
		if a.Enough {
			e.enough++
		}
	}
	var sorted []*ente
	for _, e := range all {
		sorted = append(sorted, e)
	}
	slices.SortFunc(sorted, func(a, b *ente) int { return lms.CompareFolded(a.name, b.name) })
	f := figure{id: "enti", title: r.T("organiser.figure.enti"), drawn: 2, columns: []sheet.Column{
		{Title: r.T("person.organisation"), Width: 40}, {Title: r.T("organiser.figure.registered"), Kind: sheet.Number, Width: 12}, {Title: r.T("organiser.figure.present"), Kind: sheet.Number, Width: 12},
		{Title: r.T("organiser.figure.enough"), Kind: sheet.Number, Width: 20}, {Title: r.T("organiser.figure.hours"), Kind: sheet.Hours, Width: 12},
	}}
	for _, e := range sorted {
		f.rows = append(f.rows, []any{e.name, e.registered, e.present, e.enough, e.minutes})
	}
	return f
}

// byShare is how many were there for which part of the time.
func byShare(r *front.Request, there []webinar.Attended) figure {
	f := figure{id: "share", title: r.T("organiser.figure.share"), drawn: 1, columns: []sheet.Column{{Title: r.T("organiser.figure.part"), Width: 30}, {Title: r.T("organiser.figure.people"), Kind: sheet.Number, Width: 12}}}
	from := 1
	rows := []any{r.T("organiser.figure.part.none")}
	counts := []int{len(there) - len(present(there))}
	for _, to := range []int{25, 50, 75, 99, 100} {
		rows = append(rows, r.T("organiser.figure.part.range", "From", min(from, to), "To", to))
		n := 0
		for _, a := range present(there) {
			if p := max(1, a.Percent); p >= from && p <= to {
				n++
			}
		}
		counts, from = append(counts, n), to+1
	}
	rows[len(rows)-1] = r.T("organiser.figure.part.whole")
	for i := range rows {
		f.rows = append(f.rows, []any{rows[i], counts[i]})
	}
	return f
}

// questions are the answers to the questions of the registration that have choices, of those who have a seat: a table for each question.
func questions(r *front.Request, v webinar.Seen, people []webinar.Entry) (out []figure) {
	for i, q := range v.Terms.Questions {
		if len(q.Choices) == 0 {
			continue
		}
		f := figure{id: fmt.Sprintf("question-%d", i+1), title: q.Text, drawn: 1, columns: []sheet.Column{{Title: r.T("organiser.figure.answer"), Width: 40}, {Title: r.T("organiser.figure.people"), Kind: sheet.Number, Width: 12}}}
		for _, c := range q.Choices {
			n := 0
			for _, e := range people {
				if e.Place.Has() && e.Place != cohort.Waiting && e.Answers[q.ID] == c {
					n++
				}
			}
			f.rows = append(f.rows, []any{c, n})
		}
		out = append(out, f)
	}
	return out
}

// opinions are the answers to the questionnaire: how often each level was chosen, and the mean of the levels from 1 up.
func opinions(r *front.Request, o webinar.Opinions) figure {
	f := figure{
		id: "opinions", title: r.T("organiser.figure.opinions"), note: r.T("organiser.figure.opinions.count", "Count", o.Count), drawn: len(o.Survey.Levels) + 1,
		columns: []sheet.Column{{Title: r.T("organiser.figure.statement"), Width: 50}},
	}
	for _, l := range o.Survey.Levels {
		f.columns = append(f.columns, sheet.Column{Title: l, Kind: sheet.Number, Width: 14})
	}
	f.columns = append(f.columns, sheet.Column{Title: r.T("organiser.figure.mean.level", "Most", len(o.Survey.Levels)), Kind: sheet.Number, Width: 14})
	for _, st := range o.Survey.Statements {
		row, sum, n := []any{st.Text}, 0, 0
		if st.Reversed {
			row[0] = r.T("organiser.figure.reversed", "Text", st.Text)
		}
		for level, c := range o.Counts[st.ID] {
			row, sum, n = append(row, c), sum+(level+1)*c, n+c
		}
		f.rows = append(f.rows, append(row, float64(10*sum/max(1, n))/10))
	}
	return f
}

// cell is a value as the page and the CSV have it.
func cell(r *front.Request, k sheet.Kind, v any) string {
	switch v := v.(type) {
	case int:
		if k == sheet.Hours {
			return fmt.Sprintf("%d:%02d", v/60, v%60)
		}
		return strconv.Itoa(v)
	case float64:
		s := strconv.FormatFloat(v, 'f', 1, 64)
		if r.Lang == "it" {
			s = strings.Replace(s, ".", ",", 1)
		}
		return s
	}
	return fmt.Sprint(v)
}

// shown is a table as the page has it.
func (f figure) shown(r *front.Request) Figure {
	out := Figure{ID: f.id, Title: f.title, Note: f.note}
	for _, c := range f.columns {
		out.Columns, out.Numeric = append(out.Columns, c.Title), append(out.Numeric, c.Kind != sheet.Text)
	}
	var bars []front.Amount
	for _, row := range f.rows {
		var cells []string
		for i, v := range row {
			cells = append(cells, cell(r, f.columns[i].Kind, v))
		}
		out.Rows = append(out.Rows, cells)
		if f.drawn > 0 {
			bars = append(bars, front.Amount{Name: cells[0], Size: size(row[f.drawn]), Value: cells[f.drawn]})
		}
	}
	if f.drawn > 0 && len(bars) > 1 {
		out.Chart = front.NewChart(r.T("organiser.figure.chart", "What", f.title), bars)
	}
	return out
}

// size is a value as the length of a bar.
func size(v any) int {
	switch v := v.(type) {
	case int:
		return v
	case float64:
		return int(10 * v)
	}
	return 0
}

// table is a table as a sheet has it.
func (f figure) table() sheet.Table {
	return sheet.Table{Name: f.title, Columns: f.columns, Rows: func(yield func([]any, error) bool) {
		for _, row := range f.rows {
			if !yield(row, nil) {
				return
			}
		}
	}}
}

// flat is all tables as one: a line for each value, with what it is.
func (t told) flat(r *front.Request) sheet.Table {
	return sheet.Table{Name: r.T("organiser.tab.report"), Columns: []sheet.Column{
		{Title: r.T("organiser.flat.section")}, {Title: r.T("organiser.figure.what")}, {Title: r.T("organiser.flat.measure")}, {Title: r.T("organiser.flat.value")},
	}, Rows: func(yield func([]any, error) bool) {
		for _, f := range t.figures {
			for _, row := range f.rows {
				for i, v := range row[1:] {
					c := f.columns[i+1]
					if !yield([]any{f.title, cell(r, sheet.Text, row[0]), c.Title, cell(r, c.Kind, v)}, nil) {
						return
					}
				}
			}
		}
		for _, c := range t.opinions.Comments {
			if !yield([]any{r.T("organiser.comments"), "", "", c}, nil) {
				return
			}
		}
	}}
}

func (p Pages) report(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	t, err := p.tell(r, v)
	if err != nil {
		return err
	}
	page := &ReportPage{Top: p.head(r, v, "organiser.tab.report", "/rapporto"), Base: href(v.ID), Comments: t.opinions.Comments}
	page.Withheld = len(t.opinions.Survey.Statements) > 0 && !t.opinions.Shown
	for _, f := range t.figures {
		page.Figures = append(page.Figures, f.shown(r))
	}
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.tab.report")
	return r.Show("organiser_report", r.T("organiser.tab.report")+" – "+v.Terms.Title, page)
}

// reportFile sends the report as a workbook with a sheet for each table, or as a CSV with a line for each value.
func (p Pages) reportFile(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	t, err := p.tell(r, v)
	if err != nil {
		return err
	}
	if strings.HasSuffix(r.Path, ".csv") {
		return save(r, "rapporto-"+v.Slug, t.flat(r))
	}
	var tables []sheet.Table
	for _, f := range t.figures {
		tables = append(tables, f.table())
	}
	if len(t.opinions.Comments) > 0 {
		comments := figure{title: r.T("organiser.comments"), columns: []sheet.Column{{Title: r.T("organiser.comments"), Width: 80}}}
		for _, c := range t.opinions.Comments {
			comments.rows = append(comments.rows, []any{c})
		}
		tables = append(tables, comments.table())
	}
	return save(r, "rapporto-"+v.Slug, tables...)
}
