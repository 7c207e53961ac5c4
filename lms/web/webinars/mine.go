package webinars

import (
	"fmt"
	"strconv"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

func (p Pages) mine(r *front.Request) error { return p.minePage(r, "") }

// minePage shows the reader's webinars; secret is of a calendar feed that was just made.
func (p Pages) minePage(r *front.Request, secret string) error {
	r.Path = "/webinar/miei"
	all, err := p.Webinars.Mine(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	page := &MinePage{Tabs: r.Tabs()}
	for _, m := range all {
		c, past, err := p.mineCard(r, m)
		switch {
		case err != nil:
			return err
		case past:
			page.Past = append(page.Past, c)
		default:
			page.Next = append(page.Next, c)
		}
	}
	if page.Since, err = p.Webinars.FeedSince(r.Ctx(), r.Actor); err != nil {
		return err
	}
	if secret != "" {
		page.Feed = r.URL("/calendario/" + secret + ".ics")
	}
	page.NoIndex = true
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("webinars.menu"), Href: "/webinar"}, front.Crumb{Label: r.T("webinars.own")})
	return r.Show("webinars_mine", r.T("webinars.mine.title"), page)
}

// mineCard is a webinar of the reader, and whether there is nothing to come of it.
func (p Pages) mineCard(r *front.Request, m webinar.Mine) (c MineCard, past bool, err error) {
	c = MineCard{Card: card(r, m.Listed), Place: place(r, m.Place, 0), Seated: m.Place.Has()}
	in := c.Seated || m.Place == cohort.Waiting
	if m.Now == webinar.Published && m.Terms.Ends.After(r.Now()) {
		if c.Seated {
			c.Enter, c.Opens = c.Card.Href+"/entra", webinar.Webinar{Terms: m.Terms}.Opens()
		}
		return c, !in, nil
	}
	if !c.Seated || m.Now == webinar.Cancelled {
		return c, true, nil
	}
	if c.Outcome, err = p.outcome(r, m.Slug, m.Terms); err != nil {
		return c, true, err
	}
	own, err := p.Webinars.MyPlace(r.Ctx(), r.Actor, m.Slug)
	if own.Survey {
		c.Survey = c.Card.Href + "/questionario"
	}
	return c, true, err
}

// newFeed gives the reader the address of a calendar, this once; the one before ends.
func (p Pages) newFeed(r *front.Request) error {
	secret, err := p.Webinars.NewFeed(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	return p.minePage(r, secret)
}

func (p Pages) endFeed(r *front.Request) error {
	if err := p.Webinars.EndFeed(r.Ctx(), r.Actor); err != nil {
		return err
	}
	return r.Done("/webinar/miei", "webinar-feed-ended")
}

// surveyForm is a questionnaire with what was answered so far.
func surveyForm(v webinar.Survey, action string, values, wrong map[string]string) *SurveyForm {
	out := &SurveyForm{Action: action, Comment: v.Comment}
	for _, s := range v.Statements {
		name := "survey." + s.ID
		view := StatementView{Name: name, Text: s.Text, Error: wrong[name]}
		for i, l := range v.Levels {
			value := strconv.Itoa(i)
			view.Levels = append(view.Levels, LevelView{ID: fmt.Sprintf("%s-%d", name, i), Value: value, Label: l, On: values[name] == value})
		}
		out.Statements = append(out.Statements, view)
	}
	return out
}

// opinion is what a form answers to a questionnaire.
func opinion(r *front.Request, v webinar.Survey) webinar.Answers {
	out := webinar.Answers{Levels: map[string]int{}, Comment: r.Form("comment")}
	for _, s := range v.Statements {
		if n, err := strconv.Atoi(r.Form("survey." + s.ID)); err == nil {
			out.Levels[s.ID] = n
		}
	}
	return out
}

func (p Pages) survey(r *front.Request) error { return p.surveyPage(r, nil, "", nil) }

func (p Pages) surveyPage(r *front.Request, values map[string]string, problem string, wrong map[string]string) error {
	own, err := p.Webinars.MyPlace(r.Ctx(), r.Actor, r.Param("slug"))
	if err != nil {
		return err
	}
	w := own.Webinar
	page := &SurveyPage{Values: values, Problem: problem, Errors: wrong}
	if page.Card, err = cardOf(r, w); err != nil {
		return err
	}
	r.Path = href(w.Slug) + "/questionario"
	if own.Survey {
		page.Survey = surveyForm(w.Terms.Survey, r.Path, values, wrong)
	}
	page.NoIndex = true
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("webinars.menu"), Href: "/webinar"}, front.Crumb{Label: w.Terms.Title, Href: href(w.Slug)}, front.Crumb{Label: r.T("webinar.survey.title")})
	return r.Show("webinar_survey", r.T("webinar.survey.title"), page)
}

func (p Pages) opine(r *front.Request) error {
	own, err := p.Webinars.MyPlace(r.Ctx(), r.Actor, r.Param("slug"))
	if err != nil {
		return err
	}
	if err := p.Webinars.Opine(r.Ctx(), r.Actor, own.Webinar.Slug, opinion(r, own.Webinar.Terms.Survey)); err != nil {
		text, wrong, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.surveyPage(r, sent(r), text, wrong)
	}
	return r.Done("/webinar/miei", "webinar-opined")
}

// Summary is a webinar as another page tells of it.
type Summary struct {
	Href       string
	Start, End time.Time
	Mine       string // where the reader is in it, in words; "" is nowhere
	Enter      string // address of the door; "" for who has no seat, and when it is over
}

// Summary tells of a webinar by the name it has in addresses; false where the reader may see nothing of it.
func (p Pages) Summary(r *front.Request, name string) (Summary, bool, error) {
	v, err := p.Webinars.Find(r.Ctx(), r.Actor, name)
	if lms.Is(err, lms.NotFound) {
		return Summary{}, false, nil
	}
	if err != nil {
		return Summary{}, false, err
	}
	out := Summary{Href: href(v.Slug), Start: v.Terms.Starts, End: v.Terms.Ends, Mine: place(r, v.Mine, v.Position)}
	if v.Mine.Has() && v.Now == webinar.Published && key(v.Door) != "error.webinar.door.late" {
		out.Enter = href(v.Slug) + "/entra"
	}
	return out, true, nil
}
