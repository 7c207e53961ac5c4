package enti

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
)

// Proposal is somebody whose mail address says where they work, waiting for a referent of that ente to confirm it.
type Proposal struct {
	ID           string               `json:"id"` // of the address: asking again is the same proposal
	Email        string               `json:"email"`
	Given        string               `json:"given"`
	Family       string               `json:"family"`
	Office       string               `json:"office,omitempty"`
	Category     lms.Category         `json:"category,omitempty"`
	Organisation lms.OrganisationID   `json:"organisation"` // the one that was asked for
	Within       []lms.OrganisationID `json:"within"`       // of it, when it was asked for
	At           time.Time            `json:"at"`
}

// proposals says how proposals are kept.
var proposals = lms.Noun[Proposal]{
	Name: "proposals",
	ID:   func(p Proposal) string { return p.ID },
	Indexes: []lms.Index[Proposal]{
		{Name: "within", Many: true, Keys: func(p Proposal) []string {
			var keys []string
			for _, o := range p.Within {
				keys = append(keys, string(o)+"/"+lms.TimeKey(p.At))
			}
			return keys
		}},
	},
}

// Propose says to which enti the domain of a mail address belongs: those of the whole domain, or else of the next longer part of it
// ("polizia.comune.ala.xx.it" is at comune.ala.xx.it). None is not an error: nothing is known.
func (s *Enti) Propose(ctx context.Context, email string) ([]lms.Organisation, error) {
	for d := ofMail(email); strings.Contains(d, "."); _, d, _ = strings.Cut(d, ".") {
		all, err := s.school.Organisations.Select(ctx, lms.Query{Index: "domain", Equal: d})
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(o lms.Organisation) bool { return !o.Ceased.IsZero() })
		slices.SortFunc(all, func(a, b lms.Organisation) int {
			return strings.Compare(lms.Fold(a.Name)+string(a.ID), lms.Fold(b.Name)+string(b.ID))
		})
		if len(all) > 0 {
			return all, nil
		}
	}
	return nil, nil
}

// Asking is who would like to be added.
type Asking struct {
	Email, Given, Family, Office string
	Category                     lms.Category
	Organisation                 lms.OrganisationID // one that Propose gave; "" where it gave one
	Confirmed                    bool               // they have shown that they read the mail there: they may ask for any ente, and its referent judges
}

// Ask leaves a proposal for the referents of an ente. Nobody is asked who they are, and the answer does not tell whether the address is known: the one who reads
// the mail there is found out by the link that follows a confirmation. Asking again changes the proposal.
func (s *Enti) Ask(ctx context.Context, q Asking) error {
	q.Email = lms.FoldLogin(q.Email)
	for _, f := range []struct{ name, value string }{{"email", q.Email}, {"given_name", q.Given}, {"family_name", q.Family}} {
		if strings.TrimSpace(f.value) == "" {
			return lms.Wrong(f.name, "error.required")
		}
		if len(f.value) > 100 {
			return lms.Wrong(f.name, "error.long")
		}
	}
	near, err := s.Propose(ctx, q.Email)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(near, func(o lms.Organisation) bool { return o.ID == q.Organisation })
	if q.Organisation == "" && len(near) == 1 {
		i = 0
	}
	if i < 0 && q.Confirmed {
		o, err := s.school.Organisations.Find(ctx, q.Organisation)
		if err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
		if err == nil && o.Ceased.IsZero() {
			near, i = []lms.Organisation{o}, 0
		}
	}
	if i < 0 {
		return lms.Wrong("organisation", "error.enti.domain")
	}
	p := Proposal{
		ID: proposalID(q.Email), Email: q.Email, Given: q.Given, Family: q.Family, Office: q.Office, Category: q.Category, Organisation: near[i].ID, Within: near[i].Within, At: s.now(),
	}
	if err := s.proposals.Add(ctx, p); !lms.IsTaken(err, "id") {
		return err
	}
	_, err = s.proposals.Change(ctx, p.ID, func(old *Proposal) error { *old = p; return nil })
	return err
}

func proposalID(email string) string {
	sum := sha256.Sum256([]byte("proposal " + email))
	return hex.EncodeToString(sum[:16])
}

// Waiting lists the proposals for an organisation and below, the oldest first, for those who keep its people.
func (s *Enti) Waiting(ctx context.Context, a lms.Actor, org lms.OrganisationID, at lms.PageAt) ([]Proposal, string, error) {
	if err := a.MustKeep(); err != nil {
		return nil, "", err
	}
	o, err := s.school.Organisations.Find(ctx, org)
	if err == nil && !a.Keeps(o.Within) || lms.Is(err, lms.NotFound) {
		err = lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	if err != nil {
		return nil, "", err
	}
	return s.proposals.Page(ctx, lms.Query{Index: "within", Prefix: string(org) + "/", After: at.After, Limit: at.Limit})
}

// Confirm adds the person of a proposal to the ente that it names, or to another that the actor keeps, and gives the link with which they set a password.
func (s *Enti) Confirm(ctx context.Context, a lms.Actor, id string, org lms.OrganisationID) (lms.Added, error) {
	p, err := s.proposal(ctx, a, id)
	if err != nil {
		return lms.Added{}, err
	}
	if org == "" {
		org = p.Organisation
	}
	added, err := s.school.People.Add(ctx, a, lms.NewPerson{Email: p.Email, Given: p.Given, Family: p.Family, Office: p.Office, Category: p.Category, Organisation: org})
	if err != nil {
		return lms.Added{}, err
	}
	return added, s.forget(ctx, id)
}

// Refuse takes a proposal away.
func (s *Enti) Refuse(ctx context.Context, a lms.Actor, id string) error {
	if _, err := s.proposal(ctx, a, id); err != nil {
		return err
	}
	return s.forget(ctx, id)
}

func (s *Enti) forget(ctx context.Context, id string) error {
	if err := s.proposals.Remove(ctx, id); !lms.Is(err, lms.NotFound) {
		return err
	}
	return nil
}

// proposal reads one that the actor may decide on. Whose it is follows the tree as it is now.
func (s *Enti) proposal(ctx context.Context, a lms.Actor, id string) (Proposal, error) {
	if err := a.MustKeep(); err != nil {
		return Proposal{}, err
	}
	p, err := s.proposals.Find(ctx, id)
	unknown := lms.Fail(lms.NotFound, "error.proposal.unknown")
	if lms.Is(err, lms.NotFound) {
		return p, unknown
	}
	o, oErr := s.school.Organisations.Find(ctx, p.Organisation)
	if err := errors.Join(err, oErr); err != nil {
		return p, err
	}
	if !a.Keeps(o.Within) {
		return p, unknown
	}
	return p, nil
}
