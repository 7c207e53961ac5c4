package organiser

import (
	"bytes"
	"fmt"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
)

// confirm is the button of a page that was looked at before: without it, a form shows what it will do.
const confirm = "conferma"

func (p Pages) moveForm(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	return p.moving(r, v, &MovePage{Values: writtenOf(v.Terms, rome(r)).values})
}

func (p Pages) moving(r *front.Request, v webinar.Seen, page *MovePage) error {
	page.Top, page.Base, page.Why = p.head(r, v, "organiser.move", ""), href(v.ID), p.why(r, v, webinar.DeedMove)
	page.Seated, page.Waiting, page.Published = v.Seated, v.Waiting, v.Now == webinar.Published
	page.Twice = written{values: page.Values}.twice(r, "starts", "ends")
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.move")
	return r.Show("organiser_move", r.T("organiser.move")+" – "+v.Terms.Title, page)
}

// move shows first what moving will do, and does it when that is confirmed.
func (p Pages) move(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	values := map[string]string{}
	for _, f := range []string{"starts", "ends", "starts_second", "ends_second"} {
		values[f] = r.Form(f)
	}
	page := &MovePage{Values: values}
	starts, ends := moment(values, "starts"), moment(values, "ends")
	err = written{values: values}.unsaid(r, "starts", "ends")
	if err == nil && r.Form("atto") == confirm {
		if _, err = p.Webinars.Move(r.Ctx(), r.Actor, v.ID, starts, ends); err == nil {
			return r.Done(href(v.ID), "organiser-moved")
		}
	}
	if err == nil {
		err = p.movable(r, page, starts, ends)
	}
	if err == nil && page.New == when(r, v.Terms.Starts, v.Terms.Ends) {
		page.Preview, err = false, lms.Wrong("starts", "error.webinar.same")
	}
	if err != nil {
		var rest error
		if page.Problem, page.Errors, rest = r.Problem(err); rest != nil {
			return rest
		}
	}
	return p.moving(r, v, page)
}

// movable puts into the page when it will take place, or says what is wrong with that.
func (p Pages) movable(r *front.Request, page *MovePage, starts, ends webinar.Moment) error {
	from, wrongFrom := starts.At(rome(r))
	to, wrongTo := ends.At(rome(r))
	fields := map[string]string{}
	switch {
	case wrongFrom != "":
		fields["starts"] = wrongFrom
	case from.IsZero():
		fields["starts"] = "error.required"
	case from.Before(p.Now()):
		fields["starts"] = "error.webinar.past"
	}
	switch {
	case wrongTo != "":
		fields["ends"] = wrongTo
	case to.IsZero():
		fields["ends"] = "error.required"
	case wrongFrom == "" && !to.After(from):
		fields["ends"] = "error.webinar.order"
	}
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	page.Preview, page.New = true, when(r, from, to)
	for _, f := range []string{"starts", "ends", "starts_second", "ends_second"} {
		page.Kept = append(page.Kept, front.Option{Label: f, Value: page.Values[f]})
	}
	return nil
}

func (p Pages) cancelForm(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	return p.cancelling(r, v, &CancelPage{})
}

func (p Pages) cancelling(r *front.Request, v webinar.Seen, page *CancelPage) error {
	page.Top, page.Base, page.Why = p.head(r, v, "organiser.cancel", ""), href(v.ID), p.why(r, v, webinar.DeedCancel)
	page.Seated, page.Waiting, page.Published = v.Seated, v.Waiting, v.Now == webinar.Published
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.cancel")
	return r.Show("organiser_cancel", r.T("organiser.cancel")+" – "+v.Terms.Title, page)
}

func (p Pages) cancel(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	if _, err = p.Webinars.Cancel(r.Ctx(), r.Actor, v.ID, r.Form("reason")); err == nil {
		return r.Done(href(v.ID), "organiser-cancelled")
	}
	page := &CancelPage{Values: map[string]string{"reason": r.Form("reason")}}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return err
	}
	return p.cancelling(r, v, page)
}

func (p Pages) messageForm(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	return p.writing(r, v, &MessagePage{})
}

func (p Pages) writing(r *front.Request, v webinar.Seen, page *MessagePage) error {
	page.Top, page.Base, page.Why = p.head(r, v, "organiser.message", ""), href(v.ID), p.why(r, v, webinar.DeedMessage)
	page.Seated, page.Waiting = v.Seated, v.Waiting
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.message")
	return r.Show("organiser_message", r.T("organiser.message")+" – "+v.Terms.Title, page)
}

// message shows a letter first as it will be, and to how many it goes.
func (p Pages) message(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	page := &MessagePage{Values: map[string]string{"subject": r.Form("subject"), "text": r.Form("text")}}
	wrong := map[string]string{}
	for name, value := range page.Values {
		if len(bytes.TrimSpace([]byte(value))) == 0 {
			wrong[name] = "error.required"
		}
	}
	switch {
	case len(wrong) > 0:
		err = &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: wrong}
	case r.Form("atto") == confirm:
		if err = p.Webinars.Message(r.Ctx(), r.Actor, v.ID, page.Values["subject"], page.Values["text"]); err == nil {
			return r.Done(href(v.ID), "organiser-message")
		}
	default:
		page.Preview, page.Lines = r.Form("atto") != "correggi", lines(page.Values["text"])
	}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return err
	}
	return p.writing(r, v, page)
}

func materialRows(r *front.Request, all []webinar.Material, errors map[string]string) (out []FormRow) {
	for i, m := range append(all, make([]webinar.Material, blanks(r, "altro"))...) {
		name := func(f string) string { return fmt.Sprintf("material-%d-%s", i, f) }
		out = append(out, FormRow{Legend: r.T("organiser.material.number", "Number", i+1), Fields: []front.Field{
			{Name: name("title"), Label: r.T("organiser.material.title"), Value: m.Title, Error: errors[name("title")], Type: "text", Optional: true, Unmarked: true},
			{Name: name("link"), Label: r.T("organiser.material.link"), Value: m.Link, Error: errors[name("link")], Type: "url", Optional: true, Unmarked: true},
		}})
	}
	return out
}

func (p Pages) materialForm(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	return p.materials(r, v, v.Terms.Material, &MaterialPage{})
}

func (p Pages) materials(r *front.Request, v webinar.Seen, all []webinar.Material, page *MaterialPage) error {
	page.Top, page.Base, page.Why = p.head(r, v, "organiser.material", ""), href(v.ID), p.why(r, v, webinar.DeedMaterial)
	page.Errors = named(page.Errors)
	page.Rows = materialRows(r, all, page.Errors)
	page.Recording = p.recording(r, v)
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.material")
	return r.Show("organiser_material", r.T("organiser.material")+" – "+v.Terms.Title, page)
}

func (p Pages) material(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	var all []webinar.Material
	for _, row := range rowsSent(r, "material", maxMaterial, []string{"title", "link"}, "title", "link") {
		all = append(all, webinar.Material{Title: row["title"], Link: row["link"]})
	}
	page := &MaterialPage{}
	if r.Form("atto") == "altro" {
		return p.materials(r, v, all, page)
	}
	if _, err = p.Webinars.SetMaterial(r.Ctx(), r.Actor, v.ID, all); err == nil {
		return r.Done(href(v.ID), "organiser-material")
	}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return err
	}
	return p.materials(r, v, all, page)
}

func (p Pages) photoForm(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	return p.photos(r, v, &PhotoPage{Wrong: -1})
}

func (p Pages) photos(r *front.Request, v webinar.Seen, page *PhotoPage) error {
	page.Top, page.Base, page.Speakers = p.head(r, v, "organiser.photos", ""), href(v.ID), speakers(v)
	page.NoIndex = true
	page.Crumbs = crumbs(r, v, "organiser.photos")
	return r.Show("organiser_photo", r.T("organiser.photos")+" – "+v.Terms.Title, page)
}

func (p Pages) photo(r *front.Request) error {
	v, err := p.mustKeep(r)
	if err != nil {
		return err
	}
	file, err := r.Upload("photo")
	if err != nil {
		return err
	}
	page := &PhotoPage{Wrong: number(r.Form("speaker"))}
	err = lms.Wrong("photo", "error.required")
	if len(file) > 0 {
		_, err = p.Webinars.SetPhoto(r.Ctx(), r.Actor, v.ID, page.Wrong, bytes.NewReader(file))
	}
	if err == nil {
		return r.Done(href(v.ID)+"/foto", "organiser-photo")
	}
	if page.Problem, page.Errors, err = r.Problem(err); err != nil {
		return err
	}
	return p.photos(r, v, page)
}
