package organiser

import (
	"errors"
	"slices"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/web/audience"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// said is an error in words; "" for none.
func said(r *front.Request, err error) string {
	if e, ok := errors.AsType[*lms.Error](err); ok {
		return r.T(e.Message)
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func (p Pages) show(r *front.Request) error { return p.showWith(r, "", nil) }

func (p Pages) showWith(r *front.Request, problem string, wrong map[string]string) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	r.Path = href(v.ID)
	now := state(v, p.Now())
	page := &WebinarPage{
		Top: p.head(r, v, "organiser.tab.webinar", ""), Means: r.T("organiser.means." + string(now)), Reason: v.Reason, Seats: seats(r, v), Waiting: v.Waiting,
		Values: map[string]string{"capacity": numeral(v.Capacity)}, Problem: problem, Errors: wrong, Speakers: speakers(v),
	}
	if c := r.Form("capacity"); c != "" {
		page.Values["capacity"] = c
	}
	doubts, err := p.Webinars.Doubts(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	page.Doubts = doubts[v.ID]
	if page.Facts, err = p.facts(r, v); err != nil {
		return err
	}
	page.Links = links(r, v)
	page.Deeds = p.deeds(r, v)
	page.Next = next(page.Deeds, now, page.Doubts)
	if p.why(r, v, webinar.DeedMove) == "" {
		page.Resize = href(v.ID) + "/posti"
	}
	if p.why(r, v, webinar.DeedRevise) == "" && len(page.Speakers) > 0 {
		page.Photos = href(v.ID) + "/foto"
	}
	page.Recording = p.recording(r, v)
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "")
	return r.Show("organiser_webinar", v.Terms.Title, page)
}

func speakers(v webinar.Seen) (out []SpeakerView) {
	for i, s := range v.Terms.Speakers {
		one := SpeakerView{Name: s.Name, As: s.As, Bio: s.Bio, Number: i}
		if s.Photo != "" {
			one.Photo = "/webinar/" + v.Slug + "/foto/" + s.Photo
		}
		out = append(out, one)
	}
	return out
}

// facts are what is said of a webinar, in words.
func (p Pages) facts(r *front.Request, v webinar.Seen) ([]Fact, error) {
	o, err := r.School().Organisations.Find(r.Ctx(), v.Organisation)
	if err != nil && !lms.Is(err, lms.NotFound) {
		return nil, err
	}
	groups, err := p.Cohorts.Groups(r.Ctx(), r.Actor)
	if err != nil {
		return nil, err
	}
	whom, err := audience.Say(r, v.Terms.Audience, groups)
	if err != nil {
		return nil, err
	}
	var ways []string
	for _, w := range v.Terms.Ways {
		ways = append(ways, r.T("cohort.way."+string(w)))
	}
	link := v.Terms.Link
	if link == "" {
		link = r.T("organiser.link.none")
		if p.Rooms {
			link = r.T("organiser.link.house")
		}
	}
	public := r.T("organiser.page.public")
	if v.Terms.Reserved {
		public = r.T("organiser.page.reserved")
	}
	areas, err := p.areas(r, v.Organisation, v.Terms.Area)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(areas, func(o front.Option) bool { return o.Value == v.Terms.Area })
	out := []Fact{
		{Label: r.T("person.organisation"), Value: o.Name}, {Label: r.T("organiser.series"), Value: series(r, v.Terms)}, {Label: r.T("organiser.closes"), Value: r.Words().Moment(v.Terms.Closes)},
		{Label: r.T("organiser.ways"), Value: strings.Join(ways, ", ")}, {Label: r.T("organiser.code"), Value: v.Terms.Code}, {Label: r.T("organiser.audience"), Value: whom},
		{Label: r.T("organiser.page"), Value: public}, {Label: r.T("organiser.link"), Value: link},
		{Label: r.T("organiser.threshold"), Value: r.T("organiser.threshold.words", "Percent", v.Terms.Threshold, "Of", r.Words().Duration(v.Planned()))}, {Label: r.T("organiser.area"), Value: areas[i].Label},
	}
	return slices.DeleteFunc(out, func(f Fact) bool { return f.Value == "" }), nil
}

// links lead to where others see the webinar.
func links(r *front.Request, v webinar.Seen) []front.Crumb {
	public := "/webinar/" + v.Slug
	if v.Now == webinar.Draft {
		return nil
	}
	return []front.Crumb{{Label: r.T("organiser.open.page"), Href: public}, {Label: r.T("organiser.open.poster"), Href: public + "/locandina"}, {Label: r.T("organiser.open.enter"), Href: public + "/entra"}}
}

// deeds are what may be done, and of the rest why it may not.
func (p Pages) deeds(r *front.Request, v webinar.Seen) (out []Deed) {
	pages := map[webinar.Deed]string{
		webinar.DeedRevise: "/modifica", webinar.DeedMove: "/sposta", webinar.DeedCancel: "/annulla", webinar.DeedMessage: "/messaggio", webinar.DeedPresence: "/presenze",
		webinar.DeedMaterial: "/materiale", webinar.DeedClose: "/chiudi",
	}
	posts := map[webinar.Deed]string{webinar.DeedPublish: "/pubblica", webinar.DeedHold: "/tenuto"}
	for _, d := range webinar.Deeds() {
		deed := Deed{Label: r.T("organiser.deed." + string(d)), Help: r.T("organiser.deed." + string(d) + ".help"), Why: p.why(r, v, d)}
		if deed.Why == "" {
			deed.Href, deed.Post = under(v, pages[d]), under(v, posts[d])
		}
		out = append(out, deed)
	}
	return out
}

func under(v webinar.Seen, page string) string {
	if page == "" {
		return ""
	}
	return href(v.ID) + page
}

// next is the deed that comes first in a state; nil where nothing waits for who keeps it.
func next(deeds []Deed, now webinar.State, doubts int) *Deed {
	want := map[webinar.State]string{webinar.Draft: "/pubblica", webinar.Held: "/chiudi"}[now]
	if now == webinar.Held && doubts > 0 {
		want = "/presenze"
	}
	for i, d := range deeds {
		if want != "" && strings.HasSuffix(d.Href+d.Post, want) {
			return &deeds[i]
		}
	}
	return nil
}

// captionDays is how long a recording may be shown without captions (in the words of a live recording's own rule in content/lint).
const captionDays = 14

// recording is what is to be done with the recording of a webinar that took place; nil before.
func (p Pages) recording(r *front.Request, v webinar.Seen) *Recording {
	now := p.Now()
	if s := state(v, now); s != webinar.Held && s != webinar.Closed {
		return nil
	}
	until := v.Terms.Ends.AddDate(0, 0, captionDays)
	studio := ""
	if r.Actor.Is(lms.Author) {
		studio = "/studio"
	}
	return &Recording{Studio: studio, Material: href(v.ID) + "/materiale", Captions: r.Words().Date(until), Late: now.After(until)}
}

// back shows the page of a webinar again with what is wrong with a form on it.
func (p Pages) back(r *front.Request, err error) error {
	text, wrong, rest := r.Problem(err)
	if rest != nil {
		return front.Unknown(rest, "error.webinar.unknown")
	}
	return p.showWith(r, text, wrong)
}

func (p Pages) publish(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	if _, err := p.Webinars.Publish(r.Ctx(), r.Actor, v.ID); err != nil {
		return p.back(r, lacking(err))
	}
	return r.Done(href(v.ID), "organiser-published")
}

// lacking says of what is missing to publish where it is filled in: the page has no such fields.
func lacking(err error) error {
	e, ok := errors.AsType[*lms.Error](err)
	if !ok || e.Kind != lms.Invalid {
		return err
	}
	for _, field := range []string{"link", "ways"} {
		if e.Fields[field] != "" {
			return &lms.Error{Kind: lms.Invalid, Message: "error.organiser.lacks." + field}
		}
	}
	return err
}

func (p Pages) hold(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	if _, err := p.Webinars.Hold(r.Ctx(), r.Actor, v.ID); err != nil {
		return p.back(r, err)
	}
	return r.Done(href(v.ID), "organiser-held")
}

func (p Pages) resize(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	if strings.TrimSpace(r.Form("capacity")) == "" { // without a limit is 0, and nobody means it by nothing
		return p.back(r, lms.Wrong("capacity", "error.required"))
	}
	if err := p.Webinars.Resize(r.Ctx(), r.Actor, v.ID, number(r.Form("capacity"))); err != nil {
		return p.back(r, err)
	}
	return r.Done(href(v.ID), "organiser-resized")
}
