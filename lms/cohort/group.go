package cohort

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// Group is people who move together: a pilot team, a hundred of an ente who begin in the same month.
type Group struct {
	ID           GroupID              `json:"id"`
	Organisation lms.OrganisationID   `json:"organisation"`
	Within       []lms.OrganisationID `json:"within"`
	Name         string               `json:"name"`
	Purpose      string               `json:"purpose,omitempty"`
	Facilitators []lms.PersonID       `json:"facilitators,omitempty"` // who helps the group along
	Members      []lms.PersonID       `json:"members,omitempty"`
	Material     []Material           `json:"material,omitempty"`
	Courses      []course.Slug        `json:"courses,omitempty"` // that its page follows
	At           time.Time            `json:"at"`
	By           lms.PersonID         `json:"by"`
	Ended        time.Time            `json:"ended,omitzero"`
}

// Material is something a group works with.
type Material struct {
	Title string `json:"title"`
	URL   string `json:"url"` // https://…
}

// groups says how groups are kept.
var groups = lms.Noun[Group]{
	Name: "groups",
	ID:   func(g Group) string { return string(g.ID) },
	Indexes: []lms.Index[Group]{
		{Name: "within", Many: true, Keys: func(g Group) []string {
			var keys []string
			for _, o := range g.Within {
				keys = append(keys, string(o)+"/"+lms.Fold(g.Name))
			}
			return keys
		}},
		{Name: "person", Many: true, Keys: func(g Group) []string {
			var keys []string
			for _, p := range g.Members {
				keys = append(keys, "m/"+string(p))
			}
			for _, p := range g.Facilitators {
				keys = append(keys, "f/"+string(p))
			}
			return keys
		}},
	},
}

// groupsOf are the groups that somebody is a member of now.
func (s *Cohorts) groupsOf(ctx context.Context, p lms.PersonID) ([]GroupID, error) {
	var out []GroupID
	for g, err := range s.groups.List(ctx, lms.Query{Index: "person", Equal: "m/" + string(p)}) {
		if err != nil {
			return nil, err
		}
		if g.Ended.IsZero() {
			out = append(out, g.ID)
		}
	}
	return out, nil
}

// NewGroup is what is asked of a group.
type NewGroup struct {
	Organisation lms.OrganisationID // "" means the first whose people the actor keeps
	Name         string
	Purpose      string
	Facilitators []string // logins or e-mail addresses
	Material     []Material
	Courses      []course.Slug
}

// What one group may hold.
const (
	maxMembers  = 2000
	maxMaterial = 50
)

// MakeGroup makes a group of an organisation whose people the actor keeps. Nobody is in it yet.
func (s *Cohorts) MakeGroup(ctx context.Context, a lms.Actor, n NewGroup) (Group, error) {
	if err := a.MustKeep(); err != nil {
		return Group{}, err
	}
	org, err := s.school.Organisations.Find(ctx, cmp.Or(n.Organisation, a.Kept()[0]))
	if err != nil || !a.Keeps(org.Within) {
		return Group{}, cmp.Or(unlessNotFound(err), error(lms.Wrong("organisation", "error.organisation.unknown")))
	}
	g := Group{ID: GroupID(newID()), Organisation: org.ID, Within: org.Within, At: s.now(), By: a.ID}
	if err := s.fill(ctx, &g, n); err != nil {
		return g, err
	}
	if err := s.groups.Add(ctx, g); err != nil {
		return g, err
	}
	return g, s.actGroup(ctx, a, g, "group.make", "")
}

// fill puts what was asked into a group, and says what is wrong with it, all at once.
func (s *Cohorts) fill(ctx context.Context, g *Group, n NewGroup) error {
	fields := map[string]string{}
	g.Name, g.Purpose = strings.Join(strings.Fields(n.Name), " "), strings.TrimSpace(n.Purpose)
	switch {
	case g.Name == "":
		fields["name"] = "error.required"
	case len(g.Name) > maxTitle:
		fields["name"] = "error.long"
	}
	if len(g.Purpose) > maxReason {
		fields["purpose"] = "error.long"
	}
	if g.Material = n.Material; !soundMaterial(g.Material) {
		fields["material"] = "error.group.material"
	}
	g.Facilitators = nil
	for _, login := range n.Facilitators {
		p, err := s.school.People.ByLogin(ctx, login)
		switch {
		case unlessNotFound(err) != nil:
			return err
		case err != nil || !s.works(p, *g):
			fields["facilitators"] = "error.deputy.unknown"
		case !slices.Contains(g.Facilitators, p.ID):
			g.Facilitators = append(g.Facilitators, p.ID)
		}
	}
	g.Courses = n.Courses
	for _, slug := range n.Courses {
		if _, err := s.school.Library.Find(ctx, slug); err != nil {
			if unlessNotFound(err) != nil {
				return err
			}
			fields["courses"] = "error.course.unknown"
		}
	}
	if len(fields) > 0 || len(n.Courses) > maxListed {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: fields}
	}
	return nil
}

// works says whether somebody works where a group is: in its organisation, below it or above it.
func (s *Cohorts) works(p lms.Person, g Group) bool {
	return slices.ContainsFunc(p.Memberships, func(m lms.Membership) bool {
		return m.At(s.now()) && (slices.Contains(m.Within, g.Organisation) || slices.Contains(g.Within, m.Organisation))
	})
}

// soundMaterial says whether all of it has a title and an address on the web.
func soundMaterial(ms []Material) bool {
	return len(ms) <= maxMaterial && !slices.ContainsFunc(ms, func(m Material) bool {
		u, err := url.Parse(m.URL)
		return err != nil || u.Scheme != "https" || u.Host == "" || len(m.URL) > 500 || strings.TrimSpace(m.Title) == "" || len(m.Title) > maxTitle
	})
}

// SeenGroup is a group as the actor sees it.
type SeenGroup struct {
	Group
	Keeps       bool // the actor keeps it
	Facilitates bool
	Joined      bool                    // the actor is a member
	Names       map[lms.PersonID]string // of members and facilitators
	Progress    []GroupProgress         // of its courses; who is how far with what only for who keeps or facilitates it
}

// GroupProgress is how far a group is in a course. It holds no times of access.
type GroupProgress struct {
	Course  course.Slug
	Title   string
	Done    int                  // members who completed it; -1 where the group is too small to tell the actor
	Percent int                  // on average; -1 likewise
	Members map[lms.PersonID]int // percent of each; nil for other members
}

// fewest is the smallest group of which an aggregate is told to who may not see its members one by one.
const fewest = 5

// FindGroup reads a group that the actor keeps, facilitates or belongs to.
func (s *Cohorts) FindGroup(ctx context.Context, a lms.Actor, id GroupID) (SeenGroup, error) {
	if a.Nobody() {
		return SeenGroup{}, lms.Fail(lms.SignIn, "error.signin")
	}
	if a.Scope == lms.ScopePublish {
		return SeenGroup{}, lms.Fail(lms.Forbidden, "error.scope")
	}
	g, err := s.groups.Find(ctx, string(id))
	v := SeenGroup{Group: g, Keeps: a.Keeps(g.Within), Facilitates: slices.Contains(g.Facilitators, a.ID), Joined: slices.Contains(g.Members, a.ID)}
	if lms.Is(err, lms.NotFound) || err == nil && !v.Keeps && !(v.Facilitates || v.Joined) {
		return SeenGroup{}, lms.Fail(lms.NotFound, "error.group.unknown")
	}
	if err != nil {
		return v, err
	}
	if v.Names, err = s.school.People.Names(ctx, slices.Concat(g.Members, g.Facilitators)); err != nil {
		return v, err
	}
	for _, slug := range g.Courses {
		p, err := s.groupProgress(ctx, v, slug)
		if err != nil {
			return v, err
		}
		v.Progress = append(v.Progress, p)
	}
	return v, nil
}

func (s *Cohorts) groupProgress(ctx context.Context, v SeenGroup, slug course.Slug) (GroupProgress, error) {
	_, content, err := s.school.Library.Shown(ctx, slug)
	if err != nil {
		return GroupProgress{}, err
	}
	out := GroupProgress{Course: slug, Title: content.Title, Members: map[lms.PersonID]int{}}
	for _, p := range v.Group.Members {
		st, err := s.progress(ctx, p, slug)
		if err != nil {
			return out, err
		}
		if st.State == lms.Completed {
			out.Done++
		}
		out.Members[p] = st.Percent
		out.Percent += st.Percent
	}
	out.Percent /= max(1, len(v.Group.Members))
	if !v.Keeps && !v.Facilitates {
		out.Members = nil
		if len(v.Group.Members) < fewest {
			out.Done, out.Percent = -1, -1
		}
	}
	return out, nil
}

// keptGroup reads a group that the actor keeps; Forbidden for whoever may only see it.
func (s *Cohorts) keptGroup(ctx context.Context, a lms.Actor, id GroupID) (Group, error) {
	v, err := s.FindGroup(ctx, a, id)
	if err == nil && !v.Keeps {
		err = lms.Fail(lms.Forbidden, "error.role")
	}
	if err != nil {
		return Group{}, err
	}
	return v.Group, a.MustKeep()
}

// ReviseGroup changes what is said of a group.
func (s *Cohorts) ReviseGroup(ctx context.Context, a lms.Actor, id GroupID, n NewGroup) error {
	g, err := s.keptGroup(ctx, a, id)
	if err != nil {
		return err
	}
	if err := s.fill(ctx, &g, n); err != nil {
		return err
	}
	_, err = s.groups.Change(ctx, string(id), func(old *Group) error {
		old.Name, old.Purpose, old.Facilitators, old.Material, old.Courses = g.Name, g.Purpose, g.Facilitators, g.Material, g.Courses
		return nil
	})
	if err != nil {
		return err
	}
	return s.actGroup(ctx, a, g, "group.revise", "")
}

// AddMember puts one of the actor's people into a group, by login or e-mail address.
func (s *Cohorts) AddMember(ctx context.Context, a lms.Actor, id GroupID, login string) error {
	g, err := s.keptGroup(ctx, a, id)
	if err != nil {
		return err
	}
	p, err := s.school.People.ByLogin(ctx, login)
	if unlessNotFound(err) != nil {
		return err
	}
	if _, ok := s.theirs(a, p); err != nil || !ok {
		return lms.Wrong("login", "error.person.unknown")
	}
	_, err = s.groups.Change(ctx, string(id), func(g *Group) error {
		if slices.Contains(g.Members, p.ID) {
			return nil
		}
		if len(g.Members) >= maxMembers {
			return lms.Wrong("login", "error.group.full")
		}
		g.Members = append(slices.Clone(g.Members), p.ID)
		return nil
	})
	if err != nil {
		return err
	}
	return s.actGroup(ctx, a, g, "group.add", p.ID)
}

// DropMember takes somebody out of a group.
func (s *Cohorts) DropMember(ctx context.Context, a lms.Actor, id GroupID, person lms.PersonID) error {
	g, err := s.keptGroup(ctx, a, id)
	if err != nil {
		return err
	}
	if !slices.Contains(g.Members, person) {
		return lms.Fail(lms.NotFound, "error.person.unknown")
	}
	_, err = s.groups.Change(ctx, string(id), func(g *Group) error {
		g.Members = slices.DeleteFunc(slices.Clone(g.Members), func(p lms.PersonID) bool { return p == person })
		return nil
	})
	if err != nil {
		return err
	}
	return s.actGroup(ctx, a, g, "group.drop", person)
}

// EndGroup ends a group: it stays to be read, and is no audience any more.
func (s *Cohorts) EndGroup(ctx context.Context, a lms.Actor, id GroupID) error {
	g, err := s.keptGroup(ctx, a, id)
	if err != nil {
		return err
	}
	_, err = s.groups.Change(ctx, string(id), func(g *Group) error {
		if g.Ended.IsZero() {
			g.Ended = s.now()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.actGroup(ctx, a, g, "group.end", "")
}

// Groups lists the groups that the actor keeps, facilitates or belongs to, by their names.
func (s *Cohorts) Groups(ctx context.Context, a lms.Actor) ([]Group, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	if a.Scope == lms.ScopePublish {
		return nil, lms.Fail(lms.Forbidden, "error.scope")
	}
	queries := []lms.Query{{Index: "person", In: []string{"m/" + string(a.ID), "f/" + string(a.ID)}}}
	for _, root := range a.Kept() {
		queries = append(queries, lms.Query{Index: "within", Prefix: string(root) + "/"})
	}
	var out []Group
	for _, q := range queries {
		found, err := s.groups.All(ctx, q)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.SortFunc(out, func(x, y Group) int {
		return cmp.Or(cmp.Compare(lms.Fold(x.Name), lms.Fold(y.Name)), cmp.Compare(x.ID, y.ID))
	})
	return slices.CompactFunc(out, func(x, y Group) bool { return x.ID == y.ID }), nil
}

// Entered is what became of one member of a group that was put into a cohort.
type Entered struct {
	Person lms.PersonID
	Whereabouts
	Err error // why not; nil where they are in it
}

// EnterGroup puts all members of a group into a cohort, in their order. Whoever cannot get in is named with why.
func (s *Cohorts) EnterGroup(ctx context.Context, a lms.Actor, id ID, group GroupID) ([]Entered, error) {
	g, err := s.keptGroup(ctx, a, group)
	if err != nil {
		return nil, err
	}
	if _, err := s.Find(ctx, a, id); err != nil {
		return nil, err
	}
	var out []Entered
	for _, p := range g.Members {
		w, err := s.Enter(ctx, a, id, p)
		if k := lms.KindOf(err); err != nil && k != lms.NotFound && k != lms.Conflict && k != lms.Forbidden {
			return out, err
		}
		out = append(out, Entered{p, w, err})
	}
	return out, nil
}

// actGroup notes what somebody of the staff did to a group.
func (s *Cohorts) actGroup(ctx context.Context, a lms.Actor, g Group, verb string, p lms.PersonID) error {
	return s.noted(ctx, a, lms.Act{Verb: verb, Object: string(g.ID), Person: p, Within: g.Within, Role: a.By(g.Within)})
}
