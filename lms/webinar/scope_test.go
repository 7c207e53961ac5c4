package webinar_test

import (
	"bytes"
	"context"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/webinar"
)

// Every method of those who keep a webinar, as everybody: who sees the webinar hears that their role lacks it, and nobody else learns that it is there.
func TestEveryMethodAsEveryRole(t *testing.T) {
	w := newTown(t)
	anna := w.Person("anna", "ala", lms.Learner)
	reserved := func(in *webinar.Input) { in.Reserved, in.Audience.Enti = true, []lms.OrganisationID{"ala"} }
	x := w.published(0, reserved)
	keeps := map[string]lms.Actor{"administrator": w.admin, "above": w.Person("direttrice", "valle", lms.Administrator), "referent": w.Person("rita", "ala", lms.Referent)}
	sees := map[string]lms.Actor{"learner": anna, "author": w.Person("autrice", "ala", lms.Author), "manager": w.Person("mara", "ala", lms.Manager), "instructor": w.Person("ivo", "ala", lms.Instructor)}
	hidden := map[string]lms.Actor{
		"learner elsewhere": w.Person("bea", "bosco", lms.Learner), "administrator elsewhere": w.Person("altro", "bosco", lms.Administrator),
		"referent elsewhere": w.Person("berta", "bosco", lms.Referent), "who left": w.Depart(w.Person("uscito", "ala", lms.Administrator)),
	}
	for name, do := range w.deeds(x, anna.ID) {
		t.Run(name, func(t *testing.T) {
			for who, a := range sees {
				if err := do(t.Context(), a); !lms.Is(err, lms.Forbidden) {
					t.Errorf("%s: %v", who, err)
				}
			}
			for who, a := range hidden {
				if err := do(t.Context(), a); !lms.Is(err, lms.NotFound) {
					t.Errorf("%s: %v", who, err)
				}
			}
			if err := do(t.Context(), lms.Actor{}); !lms.Is(err, lms.SignIn) {
				t.Errorf("nobody: %v", err)
			}
			token := w.admin
			token.Scope = lms.ScopePublish
			if err := do(t.Context(), token); !lms.Is(err, lms.Forbidden) {
				t.Errorf("a token to publish: %v", err)
			}
			for who, a := range keeps {
				if err := do(t.Context(), a); lms.Is(err, lms.Forbidden) || lms.Is(err, lms.NotFound) && name != "photo" || lms.Is(err, lms.SignIn) {
					t.Errorf("%s: %v", who, err)
				}
			}
		})
	}
	w.Kind(second(w.s.Find(t.Context(), lms.Actor{}, x.Slug)), lms.NotFound, "error.webinar.unknown")
	w.Kind(second(w.s.Find(t.Context(), hidden["learner elsewhere"], x.Slug)), lms.NotFound, "error.webinar.unknown")
	w.Kind(second(w.s.Register(t.Context(), hidden["learner elsewhere"], x.Slug, "", nil)), lms.NotFound, "error.webinar.unknown")
	w.Kind(second(w.s.Enter(t.Context(), hidden["learner elsewhere"], x.Slug)), lms.NotFound, "error.webinar.unknown")
	w.Kind(second(w.s.Register(t.Context(), lms.Actor{}, x.Slug, "", nil)), lms.SignIn, "")
	w.Kind(second(w.s.Announce(t.Context(), anna, webinar.Start{Input: input(nil)})), lms.Forbidden, "error.role")
	w.Kind(second(w.s.Announce(t.Context(), hidden["administrator elsewhere"], webinar.Start{Organisation: "ala", Input: input(nil)})), lms.Invalid, "error.organisation.unknown")
	for who, a := range map[string]lms.Actor{"anna": anna, "admin": w.admin, "elsewhere": hidden["learner elsewhere"], "nobody": {}} {
		found, err := w.s.Reserved(t.Context(), a)
		if err != nil || (len(found) == 1 && found[0].ID == x.ID && found[0].Terms.Link == "") != (who == "anna" || who == "admin") {
			t.Errorf("reserved, for %s: %+v, %v", who, found, err)
		}
	}
	v, err := w.s.Find(t.Context(), anna, x.Slug)
	if err != nil || v.Terms.Link != "" || v.Keeps || len(v.Allowed) != 0 {
		t.Errorf("anna sees %+v, %v", v, err)
	}
	if v, err = w.s.Find(t.Context(), w.admin, x.Slug); err != nil || v.Terms.Link == "" || !v.Keeps {
		t.Errorf("who keeps it sees %+v, %v", v, err)
	}
}

// deeds are the methods of those who keep a webinar. Done by them they may fail for another reason than who they are.
func (w *town) deeds(x webinar.Webinar, p lms.PersonID) map[string]func(context.Context, lms.Actor) error {
	in := webinar.InputOf(x.Terms, w.Rome)
	return map[string]func(context.Context, lms.Actor) error{
		"revise": func(ctx context.Context, a lms.Actor) error { return second(w.s.Revise(ctx, a, x.ID, in)) },
		"move": func(ctx context.Context, a lms.Actor) error {
			return second(w.s.Move(ctx, a, x.ID, in.Starts, in.Ends))
		},
		"material":   func(ctx context.Context, a lms.Actor) error { return second(w.s.SetMaterial(ctx, a, x.ID, nil)) },
		"resize":     func(ctx context.Context, a lms.Actor) error { return w.s.Resize(ctx, a, x.ID, 10) },
		"publish":    func(ctx context.Context, a lms.Actor) error { return second(w.s.Publish(ctx, a, x.ID)) },
		"hold":       func(ctx context.Context, a lms.Actor) error { return second(w.s.Hold(ctx, a, x.ID)) },
		"conclude":   func(ctx context.Context, a lms.Actor) error { return second(w.s.Conclude(ctx, a, x.ID)) },
		"message":    func(ctx context.Context, a lms.Actor) error { return w.s.Message(ctx, a, x.ID, "Ciao", "A domani.") },
		"attendance": func(ctx context.Context, a lms.Actor) error { return second(w.s.Attendance(ctx, a, x.ID)) },
		"times":      func(ctx context.Context, a lms.Actor) error { return second(w.s.Times(ctx, a, x.ID, p)) },
		"reports":    func(ctx context.Context, a lms.Actor) error { return second(w.s.Reports(ctx, a, x.ID)) },
		"outcomes":   func(ctx context.Context, a lms.Actor) error { return second(w.s.Outcomes(ctx, a, x.ID)) },
		"opinions":   func(ctx context.Context, a lms.Actor) error { return second(w.s.Opinions(ctx, a, x.ID)) },
		"mark": func(ctx context.Context, a lms.Actor) error {
			return w.s.Mark(ctx, a, x.ID, p, webinar.Hand{Reason: "c’era"})
		},
		"import": func(ctx context.Context, a lms.Actor) error {
			return second(w.s.Import(ctx, a, x.ID, webinar.Upload{Name: "r", Bytes: []byte("{}")}))
		},
		"resolve": func(ctx context.Context, a lms.Actor) error {
			return second(w.s.Resolve(ctx, a, x.ID, webinar.Verdict{Report: "00", Line: "1", Nobody: true}))
		},
		"photo": func(ctx context.Context, a lms.Actor) error {
			return second(w.s.SetPhoto(ctx, a, x.ID, 0, bytes.NewReader(nil)))
		},
		"cancel": func(ctx context.Context, a lms.Actor) error { return second(w.s.Cancel(ctx, a, x.ID, "")) },
	}
}

// The times at which people came and left are in nothing but what those who keep the webinar ask for to resolve doubts, and each look is noted.
func TestWhoSeesTimes(t *testing.T) {
	w := newTown(t)
	anna := w.Person("anna", "ala", lms.Learner)
	x := w.published(0, nil)
	w.register(anna, x)
	w.settle()
	w.Set(x.Terms.Starts)
	w.OK(second(w.s.Enter(t.Context(), anna, x.Slug)))
	w.OK(second(w.s.Times(t.Context(), w.admin, x.ID, anna.ID)))
	w.OK(second(w.s.Reports(t.Context(), w.admin, x.ID)))
	w.OK(second(w.s.Attendance(t.Context(), w.admin, x.ID)))
	if n := len(w.Acts("webinar.times")); n != 2 {
		t.Errorf("%d looks at times are noted", n)
	}
	if n := len(w.Acts("webinar.attendance")); n != 1 {
		t.Errorf("%d looks at attendance are noted", n)
	}
}
