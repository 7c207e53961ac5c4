package web

import (
	"fmt"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

// shareObject takes the parts of an object's page that are the same for all its readers who are equally far. The key of each holds what it shows.
func (r *request) shareObject(p *ObjectPage, st lms.Standing, os lms.ObjectStanding) (err error) {
	blank := *p
	blank.CSRF = front.BlankCSRF
	same := func() any { return &blank }
	key := fmt.Sprint(p.CourseHref, st.Content.Hash, " ", os.Object.ID, " ", p.Preview, " ")
	day := r.InRome(p.Completed).Format(time.DateOnly) // as it is shown: a key with the second would be everybody's own
	if p.Shared.Top, err = r.Fragment("object/top", fmt.Sprint(key, os.State, p.Object.Rule, p.Object.Missing, day), same); err != nil {
		return err
	}
	if p.Video != nil && len(p.Video.Cues) > 0 {
		if p.Shared.Transcript, err = r.Fragment("object/transcript", key, func() any { return p.Video }); err != nil {
			return err
		}
	}
	if q := p.Questions; q != nil && len(os.Progress.Evidence.Chosen) == 0 && q.Problem == "" && !q.Personal {
		asked := *q
		asked.Attempt, blank.Questions = front.BlankAttempt, &asked
		if p.Shared.Questions, err = r.Fragment("object/questions", key, same); err != nil {
			return err
		}
	}
	if p.Shared.End, err = r.Fragment("object/end", fmt.Sprint(key, os.Progress.Evidence.Read), same); err != nil {
		return err
	}
	p.Shared.Aside, err = r.Fragment("object/aside", fmt.Sprint(key, p.Done), same)
	return err
}

// shareCourse takes the parts of a course's page that are the same for all readers of an edition.
func (r *request) shareCourse(p *CoursePage, hash string) (err error) {
	same := func() any { return p }
	hash = p.Course.Href + " " + hash
	if p.Shared.Top, err = r.Fragment("course/top", hash+" "+p.Course.Owner, same); err != nil {
		return err
	}
	p.Shared.About, err = r.Fragment("course/about", fmt.Sprint(hash, " ", p.Course.Edition, " ", p.Newer), same)
	return err
}
