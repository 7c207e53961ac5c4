package wiring

import (
	"context"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/audit"
	"aulacomune/lms/roll"
)

// toldLetter is what a person is told of a letter to them.
type toldLetter struct {
	Posted time.Time `json:"posted"`
	Kind   string    `json:"kind"`
	To     string    `json:"to"`
	State  string    `json:"state"`
	Since  time.Time `json:"since"`
}

// lettersOf is what the outbox knows of people.
func (h *House) lettersOf() roll.Part {
	return roll.Part{
		Name: "letters",
		Tell: func(ctx context.Context, p lms.PersonID) (any, error) {
			found, err := h.Mail.OfPerson(ctx, p)
			out := []toldLetter{}
			for _, l := range found {
				out = append(out, toldLetter{l.Posted, l.Kind, l.To, string(l.State), l.Since})
			}
			return out, err
		},
		Erase: h.eraseLetters,
	}
}

// eraseLetters forgets the letters of a person, and those to their address from before they were known.
func (h *House) eraseLetters(ctx context.Context, id lms.PersonID) error {
	p, err := h.School.People.Known(ctx, id)
	if err == nil && p.Email != "" {
		err = h.Mail.EraseTo(ctx, p.Email)
	}
	if err != nil {
		return err
	}
	return h.Mail.Erase(ctx, id)
}

// toldAct is what a person is told of an act of staff about them: not who that was.
type toldAct struct {
	At       time.Time         `json:"at"`
	Act      string            `json:"act"`
	Role     string            `json:"role"`
	Object   string            `json:"object"`
	Personal map[string]string `json:"personal,omitempty"`
}

// actsOn is what the log of acts knows of people.
func (h *House) actsOn() roll.Part {
	return roll.Part{
		Name: "acts",
		Tell: func(ctx context.Context, p lms.PersonID) (any, error) {
			found, err := h.Audit.OfPerson(ctx, p)
			out := []toldAct{}
			for _, e := range found {
				out = append(out, toldAct{e.At, audit.Words(e.Verb, "it"), string(e.Role), e.Object, e.Personal})
			}
			return out, err
		},
		Erase: func(ctx context.Context, p lms.PersonID) error { return h.Audit.Erase(ctx, p) },
	}
}
