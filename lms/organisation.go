package lms

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"aulacomune/lms/memory"
)

// OrganisationID names an organisation: lower-case letters, digits and hyphens ("comune-di-ala").
type OrganisationID string

// OrganisationKind says what an ente is; "" where nobody said.
type OrganisationKind string

// The kinds, from the top of the tree down. What is of a kind lies below an earlier one, or is a record below the ente that took it over.
const (
	KindAssociation OrganisationKind = "association"
	KindRegion      OrganisationKind = "region"
	KindProvince    OrganisationKind = "province"
	KindCity        OrganisationKind = "metropolitan-city"
	KindUnion       OrganisationKind = "union"
	KindMountain    OrganisationKind = "mountain-community"
	KindComune      OrganisationKind = "comune"
	KindOffice      OrganisationKind = "office"
)

// Codes are by what open data know an ente. Any may be empty.
type Codes struct {
	IPA       string `json:"ipa,omitempty"`       // IndicePA: "c_a074", lower case
	ISTAT     string `json:"istat,omitempty"`     // six digits for a comune, three for a province, two for a region
	Cadastral string `json:"cadastral,omitempty"` // of a comune: a letter and three digits; it stays when the province changes
	Tax       string `json:"tax,omitempty"`       // eleven digits
	Name      string `json:"name,omitempty"`      // as open data named it last: what people renamed here keeps their name until that changes
}

// Organisation is an ente: a comune, a union, a region's association. Organisations form a tree.
type Organisation struct {
	ID          OrganisationID   `json:"id"`
	Name        string           `json:"name"`
	Kind        OrganisationKind `json:"kind,omitempty"`
	Codes       Codes            `json:"codes,omitzero"`
	Domains     []string         `json:"domains,omitempty"`      // of its mail and site: they propose where a new person belongs
	FormerNames []string         `json:"former_names,omitempty"` // the latest last
	Ceased      time.Time        `json:"ceased,omitzero"`        // it is only a record since then
	Into        OrganisationID   `json:"into,omitempty"`         // took it over; it lies below that
	From        []OrganisationID `json:"from,omitempty"`         // what it took over
	Unsettled   time.Time        `json:"unsettled,omitzero"`     // since then its new name or place is being written into what keeps it (see lms/enti)
	Within      []OrganisationID `json:"within"`                 // from the root down to itself
	Place       string           `json:"place,omitempty"`        // where its certificates are issued
	Signatory   string           `json:"signatory,omitempty"`    // who signs its certificates
	SignatoryAs string           `json:"signatory_as,omitempty"` // in what quality
	Privacy     string           `json:"privacy,omitempty"`      // the privacy line on its certificates
}

// organisations says how organisations are kept.
var organisations = Noun[Organisation]{
	Name:   "organisations",
	ID:     func(o Organisation) string { return string(o.ID) },
	Shared: 2048,
	Indexes: []Index[Organisation]{
		{Name: "domain", Many: true, Keys: func(o Organisation) []string { return o.Domains }},
		{Name: "unsettled", Keys: func(o Organisation) []string {
			if o.Unsettled.IsZero() {
				return nil
			}
			return []string{TimeKey(o.Unsettled)}
		}},
		{Name: "within", Many: true, Keys: func(o Organisation) []string {
			var keys []string
			for _, w := range o.Within {
				keys = append(keys, string(w)+"/"+Fold(o.Name))
			}
			return keys
		}},
	},
	Upgrades: []Upgrade{asItIs}, // enti have codes, and may cease: a program that does not know that would forget them
}

// Parent is the organisation above, "" at the root.
func (o Organisation) Parent() OrganisationID {
	if n := len(o.Within); n > 1 {
		return o.Within[n-2]
	}
	return ""
}

// Organisations is what people may do with organisations.
type Organisations struct {
	records *Records[Organisation]
	recent  *memory.Recent[OrganisationID, Organisation]
	note    Note
	now     func() time.Time
}

// Add stores an organisation under its parent. It belongs to whoever installs or imports: no actor is asked.
func (s *Organisations) Add(ctx context.Context, o Organisation, parent OrganisationID) (Organisation, error) {
	if o.Name == "" {
		return o, Wrong("name", "error.required")
	}
	if o.ID == "" || strings.Trim(string(o.ID), "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return o, Wrong("id", "error.invalid")
	}
	o.Within = []OrganisationID{o.ID}
	if parent != "" {
		p, err := s.records.Find(ctx, string(parent))
		if err != nil {
			return o, err
		}
		o.Within = append(slices.Clone(p.Within), o.ID)
	}
	return o, s.records.Add(ctx, o)
}

// Find reads an organisation; names of enti are public.
func (s *Organisations) Find(ctx context.Context, id OrganisationID) (Organisation, error) {
	if o, ok := s.recent.Get(id, s.now()); ok {
		return o, nil
	}
	o, err := s.records.Find(ctx, string(id))
	if err == nil {
		s.recent.Put(id, o, s.now())
	}
	return o, err
}

// Below yields an organisation and all below it, by name. It asks nobody: names of enti are public.
func (s *Organisations) Below(ctx context.Context, org OrganisationID) iter.Seq2[Organisation, error] {
	return s.records.List(ctx, Query{Index: "within", Prefix: string(org) + "/"})
}

// Administered lists the organisations whose people the actor keeps, with all below them, in the order of their names.
func (s *Organisations) Administered(ctx context.Context, a Actor) ([]Organisation, error) {
	var out []Organisation
	seen := map[OrganisationID]bool{}
	for _, root := range a.Kept() {
		for o, err := range s.records.List(ctx, Query{Index: "within", Prefix: string(root) + "/"}) {
			if err != nil {
				return nil, err
			}
			if !seen[o.ID] {
				seen[o.ID] = true
				out = append(out, o)
			}
		}
	}
	slices.SortFunc(out, func(x, y Organisation) int { return CompareFolded(x.Name, y.Name) })
	return out, nil
}

// Set changes what is printed on certificates: name, place, signatory, privacy line.
func (s *Organisations) Set(ctx context.Context, a Actor, o Organisation) error {
	if err := a.must(Administrator); err != nil {
		return err
	}
	changed, err := s.records.Change(ctx, string(o.ID), func(old *Organisation) error {
		if !a.Has(Administrator, old.Within) {
			return Fail(NotFound, "error.organisation.unknown")
		}
		if o.Name == "" {
			return Wrong("name", "error.required")
		}
		old.Name, old.Place, old.Signatory, old.SignatoryAs, old.Privacy = o.Name, o.Place, o.Signatory, o.SignatoryAs, o.Privacy
		return nil
	})
	s.recent.Forget(o.ID)
	return s.note.of(ctx, err, a, Act{Verb: "organisation.change", Object: string(o.ID), Within: changed.Within})
}

// Revise changes what is said of an organisation, for the command line: what is empty stays as it was.
func (s *Organisations) Revise(ctx context.Context, o Organisation) error {
	_, err := s.records.Change(ctx, string(o.ID), func(old *Organisation) error {
		old.Name, old.Place = cmp.Or(o.Name, old.Name), cmp.Or(o.Place, old.Place)
		old.Signatory, old.SignatoryAs = cmp.Or(o.Signatory, old.Signatory), cmp.Or(o.SignatoryAs, old.SignatoryAs)
		return nil
	})
	s.recent.Forget(o.ID)
	return err
}

// Amend changes an organisation for a room that keeps the tree, which has asked who may: no actor is asked here.
func (s *Organisations) Amend(ctx context.Context, id OrganisationID, change func(*Organisation) error) (Organisation, error) {
	o, err := s.records.Change(ctx, string(id), change)
	s.recent.Forget(id)
	return o, err
}

// Select lists what a query finds. Its indexes are within (place/name), domain (of its mail) and unsettled (since when).
func (s *Organisations) Select(ctx context.Context, q Query) ([]Organisation, error) {
	return s.records.All(ctx, q)
}
