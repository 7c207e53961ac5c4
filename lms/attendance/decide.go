package attendance

// decide says whom a participant is, and whether that is sure. An address decides, unless several people have it or the name is another's. A name
// decides for who registered, if nobody else comes as near and neither an ente nor the domain of an address speaks against it. All else is a doubt.
func (x *index) decide(m *Match, found []choice) {
	if len(found) == 0 {
		m.Why = []Reason{Nobody}
		return
	}
	top := found[0]
	for _, c := range found[1:min(len(found), 1+mostOthers)] {
		m.Others = append(m.Others, Scored{c.id, c.points, c.why})
	}
	m.Candidate, m.Why = top.id, top.why
	var doubt Reason
	if top.email {
		doubt = byAddress(top, found[1:])
	} else {
		doubt = byNameAlone(top, found[1:])
	}
	m.Sure = doubt == ""
	if doubt != "" && !top.has(doubt) {
		m.Why = append(append([]Reason{}, m.Why...), doubt)
	}
	if doubt == Namesakes && found[1].points == top.points || weak(top) && len(found) > 1 && found[1].points == top.points {
		m.Candidate = "" // one as much as the other: a person chooses among all
		m.Others = append([]Scored{{top.id, top.points, top.why}}, m.Others...)
		m.Others = m.Others[:min(len(m.Others), mostOthers)]
	}
}

// byAddress doubts an address that several people have, where the name tells none of them, and one whose owner has another name than displayed
// while somebody else has exactly that.
func byAddress(top choice, rest []choice) Reason {
	for _, c := range rest {
		switch {
		case c.email && c.points >= top.points-10:
			return Shared
		case !c.email && c.name.named() && !top.name.named() && c.name != PartOfName:
			return Contrary
		}
	}
	return ""
}

// byNameAlone doubts names: those that are not whole, of who did not register, of several people, and those against which something speaks.
func byNameAlone(top choice, rest []choice) Reason {
	switch {
	case !top.name.named():
		return top.name
	case top.has(OtherEnte):
		return OtherEnte
	case top.has(OtherHouse):
		return OtherHouse
	}
	for _, c := range rest {
		if c.name.named() && c.points > top.points-margin {
			return Namesakes
		}
	}
	if !top.registered {
		return NotListed
	}
	return ""
}

// margin is by how many points a name must be likelier than the next: less than an ente, an address's domain, or a registration weighs.
const margin = 12

// weak says whether nothing but a part of a name speaks for a candidate.
func weak(c choice) bool {
	return c.name == GivenOnly || c.name == FamilyOnly || c.name == OfDevice || c.name == ""
}
