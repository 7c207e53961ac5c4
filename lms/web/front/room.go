package front

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"aulacomune/lms"
)

// Room is pages that belong together, with what they show on every page.
type Room struct {
	Name      string            // for errors: the room's folder
	Routes    []Route           // addresses of all rooms are one table; one that is in two rooms stops the server from starting
	Templates fs.FS             // templates/NAME.html is a page, templates/parts/*.html are parts that every room may call; names are the whole site's
	Menu      []Section         // of every page
	Desk      []Section         // of the staff's pages: in groups, tabs on them
	Waits     []Wait            // what the first page of the desk counts
	Own       []Section         // of the pages where readers follow what is theirs: tabs on those, by Request.Tabs and part/own-tabs
	Footer    []Section         // of every page
	Demo      []Section         // of the banner of a demo
	Ways      []Way             // to sign in without a password
	Outcomes  map[string]string // kinds of notice (info, warning) of what Done says was done, where it is no success: "moved-partly" → "warning"
}

// Section is a place of the site that its menus lead to.
type Section struct {
	Label   string   // key of a message
	Address string   // of the page it leads to; what lies below belongs to it
	Also    []string // other addresses that belong to it, with what lies below
	Who     Who      // who sees it
	Place   int      // in the menu: lower ones stand before
	Group   Group    // of a section of the desk: which of its groups it belongs to
	Brand   bool     // it stands beside the name of the site, too, where there is room
	Desk    bool     // it leads to the first section of the desk that the reader may see, and nobody sees it who sees none of those
}

// Entry is a section in somebody's menu.
type Entry struct {
	Href, Label string
	Current     string // "page" on the page itself, "true" on one that belongs to it, "" elsewhere: the value of aria-current
	Brand       bool
	group       Group
}

// Group is what sections of the desk have in common. Its name is the end of the key of a message, "desk.group.people".
type Group string

// The groups.
const (
	Start    Group = "start" // what waits for the reader
	People   Group = "people"
	Training Group = "training"
	Hours    Group = "hours"
	Office   Group = "office" // the paperwork
)

// Groups lists them in the order of the desk.
func Groups() []Group { return []Group{Start, People, Training, Hours, Office} }

// DeskGroup is a group of the desk with the sections that somebody sees of it; it leads to the first of them.
type DeskGroup struct {
	Entry
	Entries []Entry // more than one: of a group that is one section, the group is its tab
}

// deskOf are the groups of the desk that somebody sees from an address.
func (s *Site) deskOf(a lms.Actor, lang, address string) (out []DeskGroup) {
	all := s.entries(s.desks, a, lang, address)
	for _, g := range Groups() {
		var d DeskGroup
		for _, e := range all {
			if e.group == g {
				d.Entries = append(d.Entries, e)
			}
		}
		if len(d.Entries) == 0 {
			continue
		}
		d.Href, d.Label = d.Entries[0].Href, s.o.Messages.Text(lang, "desk.group."+string(g))
		if len(d.Entries) == 1 {
			d.Current, d.Entries = d.Entries[0].Current, nil
		} else if slices.ContainsFunc(d.Entries, func(e Entry) bool { return e.Current != "" }) {
			d.Current = "true"
		}
		out = append(out, d)
	}
	return out
}

// reach is how well a section fits an address: the length of what they share, 0 when the address is not the section's.
func (s Section) reach(address string) (n int) {
	for _, a := range append([]string{s.Address}, s.Also...) {
		if under(a, address) {
			n = max(n, len(a))
		}
	}
	return n
}

// entries are the sections that somebody sees from an address. Where one section lies within another, the address belongs to the inner one.
func (s *Site) entries(sections []Section, a lms.Actor, lang, address string) []Entry {
	var out []Entry
	var best, at int
	for _, x := range sections {
		href := x.Address
		if x.Desk {
			href = s.desk(a)
		}
		if href == "" || !x.Who.Lets(a) {
			continue
		}
		n := x.reach(address)
		for _, inner := range s.desks {
			if x.Desk {
				n = max(n, inner.reach(address))
			}
		}
		if n > best {
			best, at = n, len(out)
		}
		out = append(out, Entry{Href: href, Label: s.o.Messages.Text(lang, x.Label), Brand: x.Brand, group: x.Group})
	}
	if best > 0 {
		out[at].Current = "true"
		if out[at].Href == address {
			out[at].Current = "page"
		}
	}
	return out
}

// Tabs lead to the pages where the reader follows what is theirs.
func (r *Request) Tabs() []Entry { return r.site.entries(r.site.own, r.Actor, r.Lang, r.Path) }

// desk is the address of the first section of the desk that somebody may see, "" for none.
func (s *Site) desk(a lms.Actor) string {
	i := slices.IndexFunc(s.desks, func(x Section) bool { return x.Who.Lets(a) })
	if i < 0 {
		return ""
	}
	return s.desks[i].Address
}

// furnish takes in what the rooms bring: their routes and sections. Two rooms cannot have the same address.
func (s *Site) furnish(rooms []Room) error {
	taken := map[string]string{}
	s.outcomes = map[string]string{}
	for _, room := range rooms {
		for _, row := range room.Routes {
			name := row.Method + " " + row.Path
			if other, is := taken[name]; is {
				return fmt.Errorf("%s is a page of room %s and of room %s", name, other, room.Name)
			}
			taken[name] = room.Name
		}
		for _, x := range room.Desk {
			if !slices.Contains(Groups(), x.Group) {
				return fmt.Errorf("section %s of the desk, of room %s: no group %q", x.Address, room.Name, x.Group)
			}
		}
		s.routes = append(s.routes, room.Routes...)
		s.waits = append(s.waits, room.Waits...)
		s.menu = append(s.menu, room.Menu...)
		s.desks = append(s.desks, room.Desk...)
		s.own = append(s.own, room.Own...)
		s.footer = append(s.footer, room.Footer...)
		s.banner = append(s.banner, room.Demo...)
		s.ways = append(s.ways, room.Ways...)
		for outcome, kind := range room.Outcomes {
			s.outcomes[outcome] = kind
		}
	}
	slices.SortStableFunc(s.waits, func(x, y Wait) int { return cmp.Compare(x.Place, y.Place) })
	for _, list := range [][]Section{s.menu, s.desks, s.own, s.footer} {
		slices.SortStableFunc(list, func(x, y Section) int { return cmp.Compare(x.Place, y.Place) })
	}
	slices.SortStableFunc(s.routes, func(x, y Route) int { return cmp.Compare(parameters(x.Path), parameters(y.Path)) })
	return nil
}

// parameters counts those of a path: a path with a parameter must not hide one, maybe of another room, that says a word in its place.
func parameters(path string) int { return strings.Count(path, ":") }
