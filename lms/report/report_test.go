package report_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/lmstest"
	"aulacomune/lms/report"
	"aulacomune/lms/sheet"
)

// desk is a town whose people take courses, and who asks about them.
type desk struct {
	*lmstest.Town
	*report.Reports
	t        *testing.T
	admin    lms.Actor // of the valley
	referent lms.Actor // of ala
	beside   lms.Actor // referent of bosco
	due      map[lms.EnrolmentID]time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	w := lmstest.New(t)
	w.Tree()
	d := &desk{Town: w, t: t, due: map[lms.EnrolmentID]time.Time{}}
	var err error
	d.Reports, err = report.Open(t.Context(), report.Ports{
		Engine: w.Engine, School: w.School, Post: w.Post, Rome: w.Rome, Now: w.Now,
		Due: func(_ context.Context, e lms.Enrolment) (time.Time, error) { return d.due[e.ID], nil },
	})
	w.OK(err)
	d.admin, d.referent, d.beside = w.Person("ada", "valle", lms.Administrator), w.Person("rita", "ala", lms.Referent), w.Person("bice", "bosco", lms.Referent)
	author := w.Person("vera", "valle", lms.Author)
	w.Course(author, "uno", 2)
	w.Course(author, "due", 1)
	return d
}

// enrol enrols somebody new and lets them go as far as asked: 0 nowhere, 1 begun, 2 to the end.
func (d *desk) enrol(login string, org lms.OrganisationID, slug course.Slug, far int) lms.Standing {
	d.t.Helper()
	a := d.Person(login, org, lms.Learner, "Anagrafe")
	st, err := d.Learning.Enrol(d.t.Context(), a, slug)
	d.OK(err)
	switch far {
	case 1:
		r, err := d.Learning.Record(d.t.Context(), a, st.Enrolment.ID, []lms.Event{{ID: "o", Object: "lettura-1", Kind: lms.Opened}})
		d.OK(err)
		st = r.Standing
	case 2:
		st = d.Complete(a, slug)
	}
	return st
}

func words() report.Words {
	return report.Words{Lang: "it", Say: func(key string) string { return "<" + key + ">" }}
}

// rows are all rows of a report as texts.
func (d *desk) rows(a lms.Actor, s report.Spec) []string {
	d.t.Helper()
	_, rows, err := d.All(d.t.Context(), a, s)
	d.OK(err)
	var out []string
	for row, err := range rows {
		d.OK(err)
		out = append(out, fmt.Sprint(row.In(words())...))
	}
	return out
}

func TestReportsSayWhatTheyAreAskedFor(t *testing.T) {
	d := newDesk(t)
	d.enrol("anna", "ala", "uno", 2)
	late := d.enrol("bruno", "ala-scuola", "uno", 1)
	early := d.enrol("carla", "ala", "due", 0)
	d.enrol("dino", "bosco", "uno", 2)
	d.due[late.Enrolment.ID], d.due[early.Enrolment.ID] = d.Now().AddDate(0, 0, 3), d.Now().AddDate(0, 0, 30)
	d.Pass(10 * 24 * time.Hour)
	for _, c := range []struct {
		name string
		spec report.Spec
		want []string
	}{
		{"everybody", report.Spec{Kind: report.Progress, Organisation: "ala"}, []string{"Anna", "Bruno", "Carla"}},
		{"one course", report.Spec{Kind: report.Progress, Organisation: "ala", Course: "uno"}, []string{"Anna", "Bruno"}},
		{"the ente below", report.Spec{Kind: report.Progress, Organisation: "ala-scuola"}, []string{"Bruno"}},
		{"who has completed", report.Spec{Kind: report.Progress, Organisation: "ala", State: lms.Completed}, []string{"Anna"}},
		{"since later", report.Spec{Kind: report.Progress, Organisation: "ala", From: "2026-03-03"}, nil},
		{"until that day", report.Spec{Kind: report.Progress, Organisation: "ala", To: "2026-03-02"}, []string{"Anna", "Bruno", "Carla"}},
		{"who is late", report.Spec{Kind: report.Late, Organisation: "ala"}, []string{"Bruno"}},
		{"certificates", report.Spec{Kind: report.Certificates, Organisation: "valle"}, []string{"Anna", "Dino"}},
		{"certificates of an ente", report.Spec{Kind: report.Certificates, Organisation: "ala"}, []string{"Anna"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := d.rows(d.admin, c.spec)
			if len(got) != len(c.want) {
				t.Fatalf("%d rows: %v", len(got), got)
			}
			for _, name := range c.want {
				if !strings.Contains(strings.Join(got, "\n"), name) {
					t.Errorf("%s is missing: %v", name, got)
				}
			}
		})
	}
	if got := d.rows(d.referent, report.Spec{Kind: report.Late, Organisation: "ala"}); len(got) != 1 || !strings.HasSuffix(got[0], " 7") {
		t.Errorf("seven days late: %q", got)
	}
}

func TestReportsAreForThoseWhoKeepThePeople(t *testing.T) {
	d := newDesk(t)
	d.enrol("anna", "ala", "uno", 2)
	s := report.Spec{Kind: report.Progress, Organisation: "ala"}
	publisher := d.admin
	publisher.Scope = lms.ScopePublish
	for name, c := range map[string]struct {
		a    lms.Actor
		kind lms.ErrorKind
	}{
		"nobody": {lms.Actor{}, lms.SignIn}, "a learner": {d.Person("leo", "ala", lms.Learner), lms.Forbidden}, "a manager": {d.Person("mina", "ala", lms.Manager), lms.Forbidden},
		"the referent of another ente": {d.beside, lms.NotFound}, "a token for publishing": {publisher, lms.Forbidden},
	} {
		_, err := d.Reports.Page(t.Context(), c.a, s, lms.PageAt{Limit: 5})
		_, _, err2 := d.All(t.Context(), c.a, s)
		_, err3 := d.Summary(t.Context(), c.a, "ala", "")
		for _, err := range []error{err, err2, err3} {
			if !lms.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	for field, s := range map[string]report.Spec{"from": {Kind: report.Progress, Organisation: "ala", From: "ieri"}, "to": {Kind: report.Late, Organisation: "ala", To: "2026-02-30"}} {
		if _, err := d.Reports.Page(t.Context(), d.referent, s, lms.PageAt{Limit: 5}); !lms.Is(err, lms.Invalid) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := d.Reports.Page(t.Context(), d.referent, report.Spec{Kind: "gossip", Organisation: "ala"}, lms.PageAt{}); !lms.Is(err, lms.NotFound) {
		t.Error(err)
	}
}

// Page by page, as one list, as CSV and as XLSX a report says the same, whoever is in it.
func TestPageExportAndAPIAgree(t *testing.T) {
	d := newDesk(t)
	chance := rand.New(rand.NewPCG(4, 2026))
	for i := range 60 {
		st := d.enrol(fmt.Sprintf("p%02d", i), []lms.OrganisationID{"valle", "ala", "ala-scuola", "bosco"}[chance.IntN(4)], []course.Slug{"uno", "due"}[chance.IntN(2)], chance.IntN(3))
		if chance.IntN(2) == 0 {
			d.due[st.Enrolment.ID] = d.Now().AddDate(0, 0, chance.IntN(20)-10)
		}
		d.Pass(time.Duration(chance.IntN(40)) * time.Hour)
	}
	for _, s := range []report.Spec{
		{Kind: report.Progress, Organisation: "valle"}, {Kind: report.Progress, Organisation: "ala", State: lms.InProgress}, {Kind: report.Late, Organisation: "valle"},
		{Kind: report.Certificates, Organisation: "valle", Course: "uno"}, {Kind: report.Progress, Organisation: "valle", From: "2026-03-10", To: "2026-03-30"},
	} {
		all := d.rows(d.admin, s)
		if len(all) == 0 {
			t.Fatalf("%+v: nothing to compare", s)
		}
		var paged []string
		for at := (lms.PageAt{Limit: 7}); ; {
			page, err := d.Reports.Page(t.Context(), d.admin, s, at)
			d.OK(err)
			if len(page.Rows) > 7 || len(page.Rows) == 0 && page.Next != "" {
				t.Fatalf("a page of %d rows", len(page.Rows))
			}
			for _, row := range page.Rows {
				paged = append(paged, fmt.Sprint(row.In(words())...))
			}
			if at.After = page.Next; page.Next == "" {
				break
			}
		}
		if strings.Join(paged, "\n") != strings.Join(all, "\n") {
			t.Errorf("%+v: pages say\n%v\nall say\n%v", s, paged, all)
		}
		csv, xlsx := d.written(s, sheet.CSV), d.written(s, func(w io.Writer, t sheet.Table) error { return sheet.XLSX(w, t) })
		if len(csv) != len(all)+1 || len(xlsx) != len(all)+1 {
			t.Fatalf("%+v: %d rows, %d in the CSV, %d in the XLSX", s, len(all), len(csv)-1, len(xlsx)-1)
		}
		for i := range all {
			for k, cell := range csv[i+1].Cells {
				if k < 6 && cell != xlsx[i+1].Cell(k) {
					t.Errorf("row %d: the CSV says %q, the XLSX %q", i, cell, xlsx[i+1].Cell(k))
				}
			}
			if !strings.HasPrefix(all[i], csv[i+1].Cell(0)) {
				t.Errorf("row %d: %q, the CSV begins with %q", i, all[i], csv[i+1].Cell(0))
			}
		}
	}
}

// written is a report as a file, read again.
func (d *desk) written(s report.Spec, write func(io.Writer, sheet.Table) error) []sheet.Row {
	d.t.Helper()
	src, rows, err := d.All(d.t.Context(), d.admin, s)
	d.OK(err)
	var b bytes.Buffer
	d.OK(write(&b, report.Sheet("Rapporto", src.Columns, rows, words())))
	out, err := sheet.All(sheet.Read(b.Bytes()))
	d.OK(err)
	return out
}

// A tally says what a recount would, after every turn.
func TestTalliesAreWhatARecountFinds(t *testing.T) {
	d := newDesk(t)
	orgs := []lms.OrganisationID{"valle", "ala", "ala-scuola", "bosco"}
	chance := rand.New(rand.NewPCG(7, 2026))
	for i := range 40 {
		d.enrol(fmt.Sprintf("p%02d", i), orgs[chance.IntN(4)], []course.Slug{"uno", "due"}[chance.IntN(2)], chance.IntN(3))
		if chance.IntN(3) == 0 { // some turn within the second of a count
			d.Pass(time.Duration(1+chance.IntN(3)) * time.Second)
		}
		if chance.IntN(4) > 0 {
			continue
		}
		differ, err := d.Differing(t.Context(), orgs)
		if err != nil || len(differ) > 0 {
			t.Fatalf("after %d: %v, %v", i, differ, err)
		}
	}
	sum, err := d.Summary(t.Context(), d.admin, "valle", "")
	d.OK(err)
	if sum.Total.Enrolled != 40 || sum.Total.Completed != sum.Total.Certified || len(sum.Courses) != 2 || len(sum.Enti) != 4 {
		t.Errorf("%+v", sum)
	}
	byCourse, byEnte := 0, 0
	for _, c := range sum.Courses {
		byCourse += c.Enrolled
	}
	for _, e := range sum.Enti {
		byEnte += e.Enrolled
	}
	ala, err := d.Summary(t.Context(), d.referent, "ala", "uno")
	d.OK(err)
	if byCourse != 40 || byEnte != 40 || ala.Total.Enrolled != len(d.rows(d.referent, report.Spec{Kind: report.Progress, Organisation: "ala", Course: "uno"})) {
		t.Errorf("%d by course, %d by ente, ala %+v", byCourse, byEnte, ala.Total)
	}
}

func TestViewsAreKeptAndSent(t *testing.T) {
	d := newDesk(t)
	s := report.Spec{Kind: report.Late, Organisation: "ala"}
	for field, err := range map[string]error{
		"name":  func() error { _, err := d.Keep(t.Context(), d.referent, "  ", s, report.Weekly); return err }(),
		"often": func() error { _, err := d.Keep(t.Context(), d.referent, "Ogni ora", s, "hourly"); return err }(),
	} {
		if e, ok := err.(*lms.Error); !ok || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := d.Keep(t.Context(), d.beside, "Di altri", s, report.Never); !lms.Is(err, lms.NotFound) {
		t.Error(err)
	}
	weekly, err := d.Keep(t.Context(), d.referent, "Chi è in ritardo", s, report.Weekly)
	d.OK(err)
	monthly, err := d.Keep(t.Context(), d.referent, "Ogni mese", s, report.Monthly)
	d.OK(err)
	_, err = d.Keep(t.Context(), d.referent, "Per me", s, report.Never)
	d.OK(err)
	if !weekly.Next.Equal(time.Date(2026, 3, 9, 6, 0, 0, 0, time.UTC)) || !monthly.Next.Equal(time.Date(2026, 4, 1, 5, 0, 0, 0, time.UTC)) { // seven in Rome, in winter and in summer
		t.Errorf("next %v and %v", weekly.Next, monthly.Next)
	}
	if _, err := d.View(t.Context(), d.admin, weekly.ID); !lms.Is(err, lms.NotFound) {
		t.Errorf("somebody else's view: %v", err)
	}
	d.OK(d.Sweep(t.Context()))
	if n := len(d.Letters("rita", "report.due")); n != 0 {
		t.Fatalf("%d letters before their day", n)
	}
	d.Set(weekly.Next)
	d.Lose(true)
	if d.Sweep(t.Context()) == nil {
		t.Error("the post is on strike, and nobody says so")
	}
	d.Lose(false)
	for range 3 {
		d.OK(d.Sweep(t.Context()))
	}
	letters := d.Letters("rita", "report.due")
	if len(letters) != 1 || letters[0].Link != "/rapporti/viste/"+string(weekly.ID) {
		t.Errorf("%+v", letters)
	}
	d.OK(d.Discard(t.Context(), d.referent, weekly.ID))
	d.Pass(40 * 24 * time.Hour)
	d.OK(d.Sweep(t.Context()))
	if letters = d.Letters("rita", "report.due"); len(letters) != 2 || letters[1].Words["view"] != "Ogni mese" {
		t.Errorf("%+v", letters)
	}
	if views, err := d.Views(t.Context(), d.referent); err != nil || len(views) != 2 || views[0].Name != "Ogni mese" {
		t.Errorf("%v %+v", err, views)
	}
}

// A source that leaves most rows out is asked again, yet not for every row: pages are half full at least, and none is lost.
func TestPagesOfWhatLeavesMostOut(t *testing.T) {
	d := newDesk(t)
	questions := 0
	tenths := report.Source{Kind: "tenths", Columns: []report.Column{{Key: "number", Kind: sheet.Number}}, Page: func(_ context.Context, _ lms.Actor, _ report.Spec, at lms.PageAt) (rows []report.Row, next string, err error) {
		questions++
		from := 0
		if at.After != "" {
			_, err = fmt.Sscan(at.After, &from)
		}
		for i := from; i < min(from+at.Limit, 1000); i++ {
			if i%10 == 9 {
				rows = append(rows, report.Row{i})
			}
		}
		if from+at.Limit < 1000 {
			next = fmt.Sprint(from + at.Limit)
		}
		return rows, next, err
	}}
	r, err := report.Open(t.Context(), report.Ports{Engine: d.Engine, School: d.School, Rome: d.Rome, Now: d.Now, Sources: []report.Source{tenths}})
	d.OK(err)
	var got []report.Row
	pages := 0
	for at := (lms.PageAt{Limit: 20}); ; pages++ {
		page, err := r.Page(t.Context(), d.admin, report.Spec{Kind: "tenths", Organisation: "ala"}, at)
		d.OK(err)
		if n := len(page.Rows); n > 20 || n < 10 && page.Next != "" {
			t.Fatalf("a page of %d rows", n)
		}
		got = append(got, page.Rows...)
		if at.After = page.Next; at.After == "" {
			break
		}
	}
	if len(got) != 100 || got[99][0] != 999 || questions > 8*(pages+1) {
		t.Errorf("%d rows on %d pages by %d questions", len(got), pages+1, questions)
	}
}

// Texts of people are never taken for something else, and names come in the reader's language.
func TestARowInWords(t *testing.T) {
	row := report.Row{"=state.completed", report.Message("state.completed"), report.Name{Italian: "Valori", English: "Values"}, report.Name{Italian: "Appalti"}, nil, 7}
	for lang, want := range map[string]string{"it": "[=state.completed <state.completed> Valori Appalti <nil> 7]", "en": "[=state.completed <state.completed> Values Appalti <nil> 7]"} {
		w := words()
		w.Lang = lang
		if got := fmt.Sprint(row.In(w)); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
	if code := report.Message("state.in_progress").Code(); code != "in_progress" {
		t.Error(code)
	}
}

// A view of somebody who may not see its report any more is sent no more, and keeps none of the others waiting.
func TestAViewIsNotSentToWhoLeft(t *testing.T) {
	d := newDesk(t)
	gone := d.Person("gino", "ala", lms.Referent)
	for _, a := range []lms.Actor{gone, d.referent} {
		_, err := d.Keep(t.Context(), a, "Ogni lunedì", report.Spec{Kind: report.Late, Organisation: "ala"}, report.Weekly)
		d.OK(err)
	}
	d.Depart(gone)
	d.Pass(15 * 24 * time.Hour)
	d.OK(d.Sweep(t.Context()))
	if n, m := len(d.Letters("gino", "report.due")), len(d.Letters("rita", "report.due")); n != 0 || m != 1 {
		t.Errorf("%d letters to who left, %d to the referent", n, m)
	}
	d.OK(d.Sweep(t.Context()))
	if m := len(d.Letters("rita", "report.due")); m != 1 {
		t.Errorf("%d letters after another sweep", m)
	}
}

// A batch is read ahead. Whoever stops in the middle, or meets a fault, leaves nothing behind that still reads.
func TestAnExportThatStopsReadsNoMore(t *testing.T) {
	d := newDesk(t)
	broken := errors.New("no more")
	var reading, asked atomic.Int32
	slow := report.Source{Kind: "slow", Columns: []report.Column{{Key: "number", Kind: sheet.Number}}, Page: func(_ context.Context, _ lms.Actor, _ report.Spec, at lms.PageAt) ([]report.Row, string, error) {
		reading.Add(1)
		defer reading.Add(-1)
		time.Sleep(5 * time.Millisecond)
		if asked.Add(1) == 4 {
			return []report.Row{{-1}}, "", broken
		}
		return []report.Row{{1}, {2}}, at.After + "x", nil
	}}
	r, err := report.Open(t.Context(), report.Ports{Engine: d.Engine, School: d.School, Rome: d.Rome, Now: d.Now, Sources: []report.Source{slow}})
	d.OK(err)
	all := func() (rows []any, err error) {
		_, found, err := r.All(t.Context(), d.admin, report.Spec{Kind: "slow", Organisation: "ala"})
		d.OK(err)
		for row, err := range found {
			if err != nil {
				return rows, err
			}
			if rows = append(rows, row[0]); len(rows) == 3 && asked.Load() < 4 {
				return rows, nil
			}
		}
		return rows, nil
	}
	if rows, err := all(); len(rows) != 3 || err != nil || reading.Load() != 0 || asked.Load() != 3 {
		t.Errorf("stopped with %v, %v; %d still read, %d were asked for", rows, err, reading.Load(), asked.Load())
	}
	if rows, err := all(); !errors.Is(err, broken) || len(rows) != 1 || reading.Load() != 0 {
		t.Errorf("%v, %v; %d still read", rows, err, reading.Load())
	}
}
