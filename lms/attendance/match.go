package attendance

import (
	"cmp"
	"slices"
	"strings"
)

// Match is a participant of a meeting, and who that is.
type Match struct {
	Rows      []int    // indexes of the rows that are this participant, in order
	Name      string   // as displayed in the first of them
	Emails    []string //
	Role      Role     // organisers and presenters are told, not left out
	Spans     []Span   // the union of the rows' spans
	Candidate string   // the id of whom it is, or, where it is not sure, probably is; "" where nobody can be proposed
	Why       []Reason // what speaks for the candidate, and what against; or why there is none
	Sure      bool     // no person needs to look
	Others    []Scored // who else it may be, the likeliest first
}

// Scored is a candidate with what speaks for and against.
type Scored struct {
	Candidate string
	Points    int // the more the likelier; from 100 on an address is the same
	Why       []Reason
}

// mostOthers is how many other candidates a match lists.
const mostOthers = 5

// Matches says who the participants of a meeting are: one Match for each, in the order in which they first appear in the rows. The same rows and
// candidates give the same answer, in whichever order the candidates come.
func Matches(rows []Row, candidates []Candidate) []Match {
	x := newIndex(candidates)
	var out []Match
	for _, p := range participants(rows) {
		out = append(out, x.match(p, rows))
	}
	claims(out)
	return out
}

// match finds who a participant is.
func (x *index) match(p participant, rows []Row) Match {
	m := Match{Rows: p.rows, Name: shownName(rows[p.rows[0]]), Spans: Union(p.spans)}
	for _, i := range p.rows {
		for _, e := range rows[i].Emails {
			if !slices.Contains(m.Emails, e) {
				m.Emails = append(m.Emails, e)
			}
		}
		if m.Role == Attendee || rows[i].Role == Organiser {
			m.Role = rows[i].Role
		}
	}
	found := x.scored(p)
	x.decide(&m, found)
	return m
}

// scored are the candidates that a participant may be, the likeliest first.
func (x *index) scored(p participant) []choice {
	var at []int32
	take := func(l []int32) { at = append(at, l[:min(len(l), mostOf)]...) }
	for _, e := range p.emails {
		take(x.emails[e])
	}
	listed := false // somebody who registered has that name
	names := make([]*asked, len(p.names))
	for i, n := range p.names {
		names[i] = x.ask(n)
		for _, l := range [][]int32{x.names[sortedKey(n.words)], x.wholes[plain(strings.Join(n.tokens, ""))]} {
			take(l)
			listed = listed || len(l) > 0 && x.all[l[0]].Registered
		}
	}
	if !listed && !(len(p.emails) > 0 && len(x.emails[p.emails[0]]) == 1) {
		for _, a := range names {
			take(x.near(a))
		}
	}
	slices.Sort(at)
	var out []choice
	for _, i := range slices.Compact(at) {
		if c := x.score(p, names, i); c.points > 0 {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b choice) int { return cmp.Or(b.points-a.points, cmp.Compare(a.id, b.id)) })
	return out
}

// choice is a candidate for a participant.
type choice struct {
	id         string
	points     int
	why        []Reason
	name       Reason // how the names stand to each other
	email      bool
	registered bool
}

func (c *choice) because(r Reason) {
	c.points += r.points()
	c.why = append(c.why, r)
}

func (c choice) has(r Reason) bool { return slices.Contains(c.why, r) }

// score weighs what speaks for and against a candidate.
func (x *index) score(p participant, names []*asked, i int32) choice {
	who, e := x.all[i], x.entries[i]
	c := choice{id: who.ID, registered: who.Registered}
	x.byEmail(&c, p, who)
	name, notes := x.byName(names, i, e)
	if c.name = name; name != "" {
		c.because(name)
	}
	if len(c.why) == 0 {
		return c
	}
	place := x.places[who.Ente]
	if len(p.places) > 0 {
		notes = append(notes, p.places)
	}
	for _, n := range notes {
		if ofPlace(n, place) && !c.has(SameEnte) {
			c.because(SameEnte)
		}
	}
	if !c.has(SameEnte) && !c.email && x.elsewhere(p, place) {
		c.because(OtherEnte)
	}
	if !c.email && c.name != "" {
		x.byDomain(&c, p, who, place)
	}
	if who.Registered {
		c.because(OnTheList)
	} else {
		c.because(NotListed)
	}
	return c
}

// byEmail compares addresses.
func (x *index) byEmail(c *choice, p participant, who Candidate) {
	for _, e := range who.Emails {
		if e = canonical(address(e)); e != "" && slices.Contains(p.emails, e) {
			c.email = true
			c.because(SameEmail)
			return
		}
	}
}

// byName is the best that any name of a participant says of a candidate, with what stands beside it and may be an ente.
func (x *index) byName(names []*asked, i int32, e entry) (best Reason, notes [][]string) {
	for _, n := range names {
		r := x.compared(n, e)
		if r != SameName && !n.device && slices.Contains(x.wholes[plain(strings.Join(n.tokens, ""))], i) {
			r = SameSpelt
		}
		if best == "" || r != "" && r.points() > best.points() {
			best = r
		}
		if r == PartOfName && len(n.left) > 0 {
			var beside []string
			for _, l := range n.left {
				beside = append(beside, n.words[l])
			}
			notes = append(notes, beside)
		}
		for _, note := range n.notes {
			if pl := places(note); len(pl) > 0 {
				notes = append(notes, pl)
			}
		}
	}
	return best, notes
}

// elsewhere says whether another ente stands beside a participant's name, or in a column.
func (x *index) elsewhere(p participant, place []string) bool {
	if len(place) == 0 {
		return false
	}
	if len(p.places) > 0 && !ofPlace(p.places, place) {
		return true
	}
	for _, n := range p.names {
		for _, note := range n.notes {
			first, _, _ := strings.Cut(strings.ToLower(note), " ")
			if pl := places(note); len(pl) > 0 && !ofPlace(pl, place) && slices.Contains([]string{"comune", "unione", "provincia", "regione", "municipio", "comunità", "comunita", "città"}, first) {
				return true
			}
		}
	}
	return false
}

// byDomain compares the houses of addresses, where no address is the same.
func (x *index) byDomain(c *choice, p participant, who Candidate, place []string) {
	var mine []string
	locals := map[string]bool{}
	for _, e := range who.Emails {
		if local, domain, ok := strings.Cut(canonical(address(e)), "@"); ok {
			locals[local] = true
			if !public(domain) {
				mine = append(mine, domain)
			}
		}
	}
	other := false
	for _, e := range p.emails {
		local, domain, _ := strings.Cut(e, "@")
		if locals[local] && c.name.named() && !c.has(SameBox) {
			c.because(SameBox)
		}
		h := house(domain, place)
		if slices.Contains(mine, domain) {
			h = SameDomain
		}
		if h == SameDomain && !c.has(SameDomain) {
			c.because(SameDomain)
		}
		other = other || h == OtherHouse
	}
	if other && !c.has(SameDomain) && !c.has(SameBox) {
		c.because(OtherHouse)
	}
}
