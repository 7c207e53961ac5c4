package roll

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"aulacomune/lms"
)

// Copy writes all that is known of somebody as a zip (GDPR, art. 15): JSON for programs, and the files themselves. The person may have it, and whoever
// keeps them, who answers such requests.
func (r *Roll) Copy(ctx context.Context, a lms.Actor, id lms.PersonID, to io.Writer) error {
	if id == "" {
		id = a.ID
	}
	p, err := r.school.People.Find(ctx, a, id) // of others only what concerns the actor
	if err != nil {
		return err
	}
	z := zip.NewWriter(to)
	if err := r.tell(ctx, p, z); err != nil {
		return err
	}
	if id != a.ID {
		r.act(ctx, a, "person.copy", p, lms.Act{})
	}
	return z.Close()
}

// told is a person in their own copy.
type told struct {
	ID          lms.PersonID   `json:"id"`
	Given       string         `json:"given_name"`
	Family      string         `json:"family_name"`
	Email       string         `json:"email,omitempty"`
	Login       string         `json:"login,omitempty"`
	Lang        string         `json:"language"`
	Memberships []toldMember   `json:"memberships"`
	Created     time.Time      `json:"created"`
	Activated   time.Time      `json:"activated,omitzero"`
	Suspended   time.Time      `json:"suspended,omitzero"`
	Also        []lms.PersonID `json:"also,omitempty"`
}

type toldMember struct {
	Organisation string       `json:"organisation"`
	Office       string       `json:"office,omitempty"`
	Category     lms.Category `json:"category,omitempty"`
	Role         lms.Role     `json:"role"`
	From         time.Time    `json:"from"`
	To           time.Time    `json:"to,omitzero"`
}

// toldCourse is a course somebody takes or took, with what they did in it.
type toldCourse struct {
	Course    string                   `json:"course"`
	Title     string                   `json:"title"`
	Edition   int                      `json:"edition"`
	Enrolled  time.Time                `json:"enrolled"`
	Started   time.Time                `json:"started,omitzero"`
	Completed time.Time                `json:"completed,omitzero"`
	Percent   int                      `json:"percent"`
	Objects   map[string]*lms.Progress `json:"objects,omitempty"`
}

// tell writes what the school knows, then what the other rooms do.
func (r *Roll) tell(ctx context.Context, p lms.Person, z *zip.Writer) error {
	me := told{
		ID: p.ID, Given: p.Given, Family: p.Family, Email: p.Email, Login: p.Login, Lang: p.Lang, Created: p.Created, Activated: p.Activated,
		Suspended: p.Suspended, Also: p.Also,
	}
	for _, m := range p.Memberships {
		me.Memberships = append(me.Memberships, toldMember{m.Name, m.Office, m.Category, m.Role, m.From, m.To})
	}
	if err := put(z, "person.json", me); err != nil {
		return err
	}
	var courses []toldCourse
	for _, id := range append([]lms.PersonID{p.ID}, p.Also...) {
		all, err := r.school.Learning.Of(ctx, id)
		if err != nil {
			return err
		}
		for _, st := range all {
			c := toldCourse{string(st.Enrolment.Course), st.Content.Title, st.Enrolment.Edition, st.Enrolment.At, st.Enrolment.Started, st.Enrolment.Completed, st.Percent, map[string]*lms.Progress{}}
			for o, done := range st.Enrolment.Progress {
				c.Objects[string(o)] = done
			}
			courses = append(courses, c)
		}
	}
	if err := put(z, "courses.json", courses); err != nil {
		return err
	}
	if err := r.tellCertificates(ctx, p, z); err != nil {
		return err
	}
	for _, part := range r.parts {
		if err := tellPart(ctx, p, part, z); err != nil {
			return err
		}
	}
	return nil
}

func (r *Roll) tellCertificates(ctx context.Context, p lms.Person, z *zip.Writer) error {
	all, err := r.school.Register.Mine(ctx, lms.ActorOf(p, r.now(), lms.Everything))
	for _, v := range all {
		_, pdf, err := r.school.Register.OpenPDF(ctx, string(v.Row.Code), "")
		if lms.Is(err, lms.NotFound) {
			continue // erased
		}
		if err != nil {
			return err
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("certificates/%s.pdf", v.Row.Code), Method: zip.Store, Modified: v.Row.At})
		if err != nil {
			return err
		}
		if _, err := w.Write(pdf); err != nil {
			return err
		}
	}
	return err
}

func tellPart(ctx context.Context, p lms.Person, part Part, z *zip.Writer) error {
	for _, id := range append([]lms.PersonID{p.ID}, p.Also...) {
		prefix := ""
		if id != p.ID {
			prefix = string(id) + "-"
		}
		if part.Tell != nil {
			known, err := part.Tell(ctx, id)
			if err != nil {
				return err
			}
			if known != nil {
				if err := put(z, prefix+part.Name+".json", known); err != nil {
					return err
				}
			}
		}
		if part.Files == nil {
			continue
		}
		err := part.Files(ctx, id, func(name string, body io.Reader) error {
			w, err := z.Create(part.Name + "/" + prefix + name)
			if err == nil {
				_, err = io.Copy(w, body)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func put(z *zip.Writer, name string, v any) error {
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
