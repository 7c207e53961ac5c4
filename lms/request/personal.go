package request

import (
	"context"

	"aulacomune/lms"
)

// Told is everything that this room knows of a person, for the copy they may ask for (GDPR, art. 15).
type Told struct {
	Requests []Request `json:"requests"`
	Deputies []Deputy  `json:"deputies"` // of theirs, and as whom they act
}

// Told tells what this room knows of a person, without the secrets of letters. It asks nobody: lms/roll decides who may read it.
func (s *Requests) Told(ctx context.Context, id lms.PersonID) (t Told, err error) {
	if t.Requests, err = s.requests.All(ctx, lms.Query{Index: "person", Prefix: string(id) + "/"}); err != nil {
		return t, err
	}
	for i := range t.Requests {
		t.Requests[i].Links = nil
	}
	for _, index := range []string{"of", "acting"} {
		found, err := s.deputies.All(ctx, lms.Query{Index: index, Equal: string(id)})
		if err != nil {
			return t, err
		}
		t.Deputies = append(t.Deputies, found...)
	}
	return t, nil
}

// Erase takes back what somebody still asks for, ends their deputies, and takes their name and words out of the rest (GDPR, art. 17). It may be called again.
func (s *Requests) Erase(ctx context.Context, id lms.PersonID) error {
	t, err := s.Told(ctx, id)
	if err != nil {
		return err
	}
	for _, r := range t.Requests {
		if err := s.eraseRequest(ctx, r); err != nil {
			return err
		}
	}
	for _, d := range t.Deputies {
		_, err := s.deputies.Change(ctx, d.ID, func(d *Deputy) error {
			if d.Ended.IsZero() {
				d.Ended = s.now()
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Requests) eraseRequest(ctx context.Context, r Request) error {
	_, err := s.requests.Change(ctx, string(r.ID), func(r *Request) error {
		if r.State == Waiting {
			r.end(Withdrawn, Event{What: Recalled, At: s.now(), By: r.Person})
		}
		r.Name, r.Why, r.Links, r.Due, r.Unseat, r.Member.Office = "", "", nil, nil, false, ""
		for i := range r.History {
			r.History[i].Reason = ""
		}
		return nil
	})
	return err
}
