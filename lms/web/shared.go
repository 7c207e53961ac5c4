package web

import (
	"bytes"
	"fmt"
	"html/template"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/press"
)

// shareObject takes the parts of an object's page that are the same for all its readers who are equally far. The key of each holds what it shows.
func (r *request) shareObject(p *ObjectPage, st lms.Standing, os lms.ObjectStanding) (err error) {
	blank := *p
	blank.CSRF = blankCSRF
	same := func() any { return &blank }
	key := fmt.Sprint(p.CourseHref, st.Content.Hash, " ", os.Object.ID, " ", p.Preview, " ")
	day := p.Completed.In(r.site.rome).Format(time.DateOnly) // as it is shown: a key with the second would be everybody's own
	if p.Shared.Top, err = r.fragment("object/top", fmt.Sprint(key, os.State, p.Object.Rule, p.Object.Missing, day), same); err != nil {
		return err
	}
	if p.Video != nil && len(p.Video.Cues) > 0 {
		if p.Shared.Transcript, err = r.fragment("object/transcript", key, func() any { return p.Video }); err != nil {
			return err
		}
	}
	if q := p.Questions; q != nil && len(os.Progress.Evidence.Chosen) == 0 && q.Problem == "" && !q.Personal {
		asked := *q
		asked.Attempt, blank.Questions = blankAttempt, &asked
		if p.Shared.Questions, err = r.fragment("object/questions", key, same); err != nil {
			return err
		}
	}
	if p.Shared.End, err = r.fragment("object/end", fmt.Sprint(key, os.Progress.Evidence.Read), same); err != nil {
		return err
	}
	p.Shared.Aside, err = r.fragment("object/aside", fmt.Sprint(key, p.Done), same)
	return err
}

// shareCourse takes the parts of a course's page that are the same for all readers of an edition.
func (r *request) shareCourse(p *CoursePage, hash string) (err error) {
	same := func() any { return p }
	hash = p.Course.Href + " " + hash
	if p.Shared.Top, err = r.fragment("course/top", hash+" "+p.Course.Owner, same); err != nil {
		return err
	}
	p.Shared.About, err = r.fragment("course/about", fmt.Sprint(hash, " ", p.Course.Edition, " ", p.Newer), same)
	return err
}

// fragment renders a template, or takes what it rendered for the same key before, and puts it on the page. data is asked only when it is needed.
func (r *request) fragment(name, key string, data func() any) (template.HTML, error) {
	f, err := r.site.fragments.Get(r.lang+" "+name+" "+key, func() (string, error) {
		var b bytes.Buffer
		err := r.site.templates[r.lang][anyPage].ExecuteTemplate(&b, name, data())
		return b.String(), err
	})
	return r.put(f), err
}

// text puts HTML on the page that belongs to an edition, and so is always the same for its key.
func (r *request) text(key, html string) template.HTML {
	f, _ := r.site.fragments.Get("text "+key, func() (string, error) { return html, nil }) // cannot fail
	return r.put(f)
}

// put puts a fragment on the page, with the reader's own values in its blanks.
func (r *request) put(f press.Fragment) template.HTML { return r.sheet.Put(f, r.fillIn) }

// anyPage is a page whose tree holds the parts, as every page's does.
const anyPage = "error"
