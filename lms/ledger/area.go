package ledger

import (
	"context"
	"maps"
	"slices"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
)

// AreaID names an area of competence: lower-case letters, digits and hyphens. "" is none yet.
type AreaID string

// Area is a field that training is about.
type Area struct {
	ID      AreaID `json:"id"`
	Name    string `json:"name"`
	English string `json:"english,omitempty"` // "" where it has no other name
	Retired bool   `json:"retired,omitempty"` // kept for what is there, offered no more
}

// In is the area's name in a language.
func (a Area) In(lang string) string {
	if lang == "en" && a.English != "" {
		return a.English
	}
	return a.Name
}

// Areas are the areas of a tree of enti, kept at its root, with those of its courses.
type Areas struct {
	Root    lms.OrganisationID     `json:"root"`
	Items   []Area                 `json:"items"`
	Courses map[course.Slug]AreaID `json:"courses,omitempty"`
	Version int                    `json:"version"`        // how often the areas of courses changed
	Told    int                    `json:"told,omitempty"` // how often the tallies of the tree were told
}

// areas says how areas are kept.
var areas = lms.Noun[Areas]{
	Name:   "hour_areas",
	ID:     func(a Areas) string { return string(a.Root) },
	Shared: 64,
	Indexes: []lms.Index[Areas]{
		{Name: "pending", Keys: func(a Areas) []string {
			if a.Told == a.Version {
				return nil
			}
			return []string{string(a.Root)}
		}},
	},
}

// defaultAreas follow what the directive of 14 January 2025 sets as fields of competence (leadership and soft skills; the administrative, digital and
// ecological transitions; principles and values), with what the law obliges to and what belongs to one's trade.
func defaultAreas() []Area {
	return []Area{
		{ID: "digitale", Name: "Transizione digitale", English: "Digital transition"},
		{ID: "amministrativa", Name: "Transizione amministrativa", English: "Administrative transition"},
		{ID: "ecologica", Name: "Transizione ecologica", English: "Ecological transition"},
		{ID: "trasversali", Name: "Leadership e competenze trasversali", English: "Leadership and soft skills"},
		{ID: "valori", Name: "Principi e valori", English: "Principles and values"},
		{ID: "obbligatoria", Name: "Formazione obbligatoria", English: "Mandatory training"},
		{ID: "specialistica", Name: "Competenze tecniche e specialistiche", English: "Technical and specialist skills"},
	}
}

// Find is an area by its id; false where there is none.
func (a Areas) Find(id AreaID) (Area, bool) {
	i := slices.IndexFunc(a.Items, func(i Area) bool { return i.ID == id })
	if i < 0 {
		return Area{}, false
	}
	return a.Items[i], true
}

// of is the area of a row: its own, or its course's.
func (a Areas) of(h Hours) AreaID {
	if h.Area != "" || h.Course == "" {
		return h.Area
	}
	return a.Courses[h.Course]
}

// areasOf reads the areas of a tree.
func (s *Ledger) areasOf(ctx context.Context, root lms.OrganisationID) (Areas, error) {
	a, err := s.areas.Find(ctx, string(root))
	if lms.Is(err, lms.NotFound) {
		return Areas{Root: root, Items: defaultAreas()}, nil
	}
	return a, err
}

// rootOf is the top of the tree that a membership lies in.
func rootOf(m lms.Membership) lms.OrganisationID {
	if len(m.Within) == 0 {
		return m.Organisation
	}
	return m.Within[0]
}

func (s *Ledger) knownArea(ctx context.Context, m lms.Membership, id AreaID) (bool, error) {
	all, err := s.areasOf(ctx, rootOf(m))
	_, ok := all.Find(id)
	return ok, err
}

// Areas gives the areas of the tree in which an organisation lies, with those of its courses. Everybody who is signed in may read them.
func (s *Ledger) Areas(ctx context.Context, a lms.Actor, org lms.OrganisationID) (Areas, error) {
	if err := mayRead(a); err != nil {
		return Areas{}, err
	}
	o, err := s.school.Organisations.Find(ctx, org)
	if err != nil {
		return Areas{}, err
	}
	return s.areasOf(ctx, o.Within[0])
}

// SetArea adds an area to a tree, or changes the one with that id, for administrators of the root.
func (s *Ledger) SetArea(ctx context.Context, a lms.Actor, root lms.OrganisationID, n Area) error {
	n.Name, n.English = strings.Join(strings.Fields(n.Name), " "), strings.Join(strings.Fields(n.English), " ")
	switch {
	case n.ID == "" || len(n.ID) > 40 || strings.Trim(string(n.ID), "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		return cmpErr(mustRoot(a, root), lms.Wrong("id", "error.area.id"))
	case n.Name == "" || len(n.Name) > 100 || len(n.English) > 100:
		return cmpErr(mustRoot(a, root), lms.Wrong("name", "error.required"))
	}
	return s.changeAreas(ctx, a, root, func(all *Areas) error {
		i := slices.IndexFunc(all.Items, func(o Area) bool { return o.ID == n.ID })
		switch {
		case i >= 0:
			all.Items[i] = n
		case len(all.Items) >= 50:
			return lms.Wrong("id", "error.many")
		default:
			all.Items = append(all.Items, n)
		}
		return nil
	})
}

// MapCourse says which area a course is about, for administrators of the root; "" takes it back. It holds for hours that are there, too.
func (s *Ledger) MapCourse(ctx context.Context, a lms.Actor, root lms.OrganisationID, slug course.Slug, area AreaID) error {
	if err := mustRoot(a, root); err != nil {
		return err
	}
	if _, err := s.school.Library.Find(ctx, slug); err != nil {
		return cmpErr(unless(err, lms.NotFound), lms.Wrong("course", "error.course.unknown"))
	}
	return s.changeAreas(ctx, a, root, func(all *Areas) error {
		courses := maps.Clone(all.Courses)
		if courses == nil {
			courses = map[course.Slug]AreaID{}
		}
		if _, ok := all.Find(area); area != "" && !ok {
			return lms.Wrong("area", "error.area.unknown")
		}
		if courses[slug] = area; area == "" {
			delete(courses, slug)
		}
		all.Courses, all.Version = courses, all.Version+1
		return nil
	})
}

// mustRoot refuses who does not administer the root of a tree.
func mustRoot(a lms.Actor, root lms.OrganisationID) error {
	if err := a.Must(lms.Administrator); err != nil {
		return err
	}
	if !a.Has(lms.Administrator, []lms.OrganisationID{root}) {
		return lms.Fail(lms.NotFound, "error.organisation.unknown")
	}
	return nil
}

func (s *Ledger) changeAreas(ctx context.Context, a lms.Actor, root lms.OrganisationID, change func(*Areas) error) error {
	if err := mustRoot(a, root); err != nil {
		return err
	}
	if o, err := s.school.Organisations.Find(ctx, root); err != nil || len(o.Within) != 1 {
		return cmpErr(unless(err, lms.NotFound), lms.Fail(lms.NotFound, "error.organisation.unknown"))
	}
	if err := s.areas.Add(ctx, Areas{Root: root, Items: defaultAreas()}); err != nil && !lms.IsTaken(err, "id") {
		return err
	}
	_, err := s.areas.Change(ctx, string(root), func(all *Areas) error {
		all.Items = slices.Clone(all.Items)
		return change(all)
	})
	return err
}
