// Package front is the front door of the pages: what every page needs and no page in particular.
//
// It takes requests in (door), finds out who asks (session) and whether they may (gate), gives handlers a Request to read from and to answer with,
// puts the frame around pages (frame, with the menus that the rooms bring), parses templates (templates), says texts, dates and durations (messages,
// words), and answers for errors (fail). Pages live in rooms beside this one.
//
// # How to add a page
//
// A room of pages is a package lms/web/NAME with three things, and a line in cmd/aula/wiring/pages.go:
//
//	//go:embed templates
//	var templateFiles embed.FS
//
//	// Desk is the pages of …: what they ask of other rooms stands in it.
//	type Desk struct{ cohorts *cohort.Service }
//
//	// Room is the room as the front takes it in.
//	func Room(d Desk) front.Room {
//		return front.Room{Name: "lms/web/NAME", Templates: templateFiles, Routes: d.routes(),
//			Desk: []front.Section{{Label: "cohorts.title", Address: "/amministrazione/edizioni", Who: front.Keeper, Place: 30, Group: front.Training}}}
//	}
//
//	func (d Desk) routes() []front.Route {
//		const get, post = fiber.MethodGet, fiber.MethodPost
//		return []front.Route{
//			{Method: get, Path: "/amministrazione/edizioni", Who: front.Keeper, Handle: d.list},
//			{Method: post, Path: "/amministrazione/edizioni", Who: front.Keeper, Handle: d.add},
//		}
//	}
//
// A page is a struct of the room's own that embeds Frame, and the template templates/NAME.html, which defines "main" and is executed with it:
//
//	// CohortsPage is cohorts.html.
//	type CohortsPage struct {
//		front.Frame
//		Cohorts []CohortRow
//		More    string
//	}
//
//	func (d Desk) list(r *front.Request) error {
//		found, next, err := d.cohorts.List(r.Ctx(), r.Actor, r.Organisation(), r.Page())
//		if err != nil {
//			return err // the front answers: 404, 403, the sign-in page, …
//		}
//		p := &CohortsPage{More: front.More("/amministrazione/edizioni?", next)}
//		…
//		p.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("cohorts.title")})
//		return r.Show("cohorts", r.T("cohorts.title"), p)
//	}
//
//	func (d Desk) add(r *front.Request) error {
//		_, err := d.cohorts.Add(r.Ctx(), r.Actor, cohort.New{Title: r.Form("title")})
//		if text, fields, err := r.Problem(err); err != nil {
//			return err
//		} else if text != "" {
//			return d.form(r, text, fields) // the same form again, with what was typed
//		}
//		return r.Done("/amministrazione/edizioni", "cohort-added") // says the message "outcome.cohort-added"
//	}
//
// Nothing of lms or course stands in a page: the handler copies what is shown. A template may call every part of every room; those of the front are in
// templates/parts (part/field with the functions of parts.go, part/problem, part/more, part/desk for the tabs of the staff's pages, part/state, part/bar,
// part/memberships, part/enrolment-rows). A form has {{template "frame/csrf" .}}. The texts of all rooms are lms/web/messages/*.json; styles, scripts and
// icons are lms/web/assets.
//
// What may wait for somebody of the staff, a room says with Waits: a count that is cheap, and where it is done. The first page of the desk shows those that
// are not zero.
//
// Names of pages, parts and addresses are the whole site's: two rooms that take the same one keep the server from starting.
//
// Tests of all rooms stand in lms/web, where there is a school behind a real listener (house_test.go): samples_NAME_test.go shows every page in a
// browser and against its template (otherRooms lists the rooms), routes_test.go calls every row as everybody (address fills a path in, another says whose
// it is), and NAME_test.go is the room's own.
//
// A gate (Who) is a constant and a line in Lets. The front only knocks: the services of lms decide, and load within the actor's scope.
package front
