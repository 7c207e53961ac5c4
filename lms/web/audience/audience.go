// Package audience is the part of forms that says for whom something is: categories, groups, and enti that are searched for by name. Rooms of pages that
// have such forms share it.
//
// A form carries the enti that are chosen as boxes that are ticked; a search shows those it found as boxes beside them, and leaves the rest of the form as it
// was. Without JavaScript the search is a step of the form (Searching); with it, the same form answers behind the page.
package audience

import (
	"cmp"
	"embed"
	"slices"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/web/front"
)

//go:embed templates
var templateFiles embed.FS

// Room is what the front takes in: parts of pages, and no page.
func Room() front.Room { return front.Room{Name: "lms/web/audience", Templates: templateFiles} }

// Choice is a box to tick.
type Choice struct {
	Name, Value string // of the field
	Label, Note string
	On          bool
}

// ID is the id of the box.
func (c Choice) ID() string { return c.Name + "-" + c.Value }

// Form is the boxes of a form that says for whom something is, for part/audience.
type Form struct {
	Categories, Groups []Choice
	Enti               []Choice // that are chosen
	Found              []Choice // by the search, and not chosen yet
	Query              string   // that was searched for, "" for nothing
	More               bool     // more were found than are shown
}

// The names of the fields, and the value of the button that searches.
const (
	categoryField = "category"
	groupField    = "group"
	entiField     = "enti"
	queryField    = "enti_cerca"
	askedField    = "enti_cercato"
	actField      = "atto"
	searchAct     = "cerca"
)

// Searching says that a form was sent to search for enti: by its button, or because a name was typed that has not been searched for yet. Whoever wrote a name
// and chose nothing is shown what there is before anything is done.
func Searching(r *front.Request) bool {
	q := strings.TrimSpace(r.Form(queryField))
	return r.Form(actField) == searchAct || q != "" && q != r.Form(askedField)
}

// Sent adds to the values of a form what was sent of an audience: lists, with one word on a line.
func Sent(r *front.Request, values map[string]string) {
	for _, name := range []string{categoryField, groupField, entiField} {
		values[name] = Listed(r, name)
	}
}

// Listed are the values of a field that may be sent more than once, one on a line.
func Listed(r *front.Request, name string) string {
	var out []string
	for _, v := range r.Forms(name) {
		for _, w := range Words(v) {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return strings.Join(out, "\n")
}

// Words are the words of a text, as people list them: on lines, or with commas or semicolons between.
func Words(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(" \t\r\n,;", c) })
}

// Fill puts an audience into the values of a form.
func Fill(values map[string]string, au cohort.Audience) {
	values[categoryField], values[groupField], values[entiField] = Joined(au.Categories), Joined(au.Groups), Joined(au.Enti)
}

// Joined is a list as the value of a form, one on a line.
func Joined[T ~string](all []T) string {
	var out []string
	for _, x := range all {
		out = append(out, string(x))
	}
	return strings.Join(out, "\n")
}

// Of reads an audience from the values of a form. Only of the groups given are any taken.
func Of(values map[string]string, groups []cohort.Group) (au cohort.Audience) {
	for _, k := range Words(values[categoryField]) {
		au.Categories = append(au.Categories, lms.Category(k))
	}
	ticked := Words(values[groupField])
	for _, g := range groups {
		if slices.Contains(ticked, string(g.ID)) {
			au.Groups = append(au.Groups, g.ID)
		}
	}
	for _, o := range Words(values[entiField]) {
		if id := lms.OrganisationID(o); !slices.Contains(au.Enti, id) {
			au.Enti = append(au.Enti, id)
		}
	}
	return au
}

// Make makes the boxes of a form from its values, with what the search found where one was asked for.
func Make(r *front.Request, values map[string]string, groups []cohort.Group) (f Form, err error) {
	ticked := Words(values[categoryField])
	for _, k := range lms.Categories() {
		f.Categories = append(f.Categories, Choice{Name: categoryField, Value: string(k), Label: r.T("category." + string(k)), On: slices.Contains(ticked, string(k))})
	}
	ticked = Words(values[groupField])
	for _, g := range groups {
		f.Groups = append(f.Groups, Choice{Name: groupField, Value: string(g.ID), Label: g.Name, On: slices.Contains(ticked, string(g.ID))})
	}
	chosen := Words(values[entiField])
	for _, id := range chosen {
		c := Choice{Name: entiField, Value: id, Label: id, On: true}
		o, err := r.School().Organisations.Find(r.Ctx(), lms.OrganisationID(id))
		switch {
		case err == nil:
			c.Label = o.Name
			c.Note, err = above(r, o)
		case lms.Is(err, lms.NotFound):
			err = nil // it stays to be unticked
		}
		if err != nil {
			return f, err
		}
		f.Enti = append(f.Enti, c)
	}
	if Searching(r) {
		f.Query = strings.TrimSpace(r.Form(queryField))
		err = f.search(r, chosen)
	}
	return f, err
}

// above is the name of the organisation above one, to tell those of the same name apart.
func above(r *front.Request, o lms.Organisation) (string, error) {
	if o.Parent() == "" {
		return "", nil
	}
	p, err := r.School().Organisations.Find(r.Ctx(), o.Parent())
	if lms.Is(err, lms.NotFound) {
		return "", nil
	}
	return p.Name, err
}

// shown is how many enti a search shows.
const shown = 20

// search finds enti by name or code in the trees of the reader, whatever ente is theirs: names of enti are public. Those where a word begins with what
// was typed come first.
func (f *Form) search(r *front.Request, chosen []string) error {
	want := lms.Fold(f.Query)
	if want == "" {
		return nil
	}
	trees, err := roots(r)
	if err != nil {
		return err
	}
	var found []hit
	for _, root := range trees {
		for o, err := range r.School().Organisations.Below(r.Ctx(), root) {
			if err != nil {
				return err
			}
			if rank := nearness(o, want); rank > 0 && o.Ceased.IsZero() && !slices.Contains(chosen, string(o.ID)) {
				found = append(found, hit{o, rank})
			}
		}
	}
	slices.SortStableFunc(found, func(x, y hit) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), lms.CompareFolded(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	f.More = len(found) > shown
	for _, h := range found[:min(len(found), shown)] {
		note, err := above(r, h.Organisation)
		if err != nil {
			return err
		}
		f.Found = append(f.Found, Choice{Name: entiField, Value: string(h.ID), Label: h.Name, Note: note})
	}
	return nil
}

type hit struct {
	lms.Organisation
	rank int
}

// nearness says how near an organisation is to what was typed: 1 is a code of it or its whole name, 2 a name in which a word begins so, 3 one in which it
// stands anywhere; 0 is not at all.
func nearness(o lms.Organisation, want string) int {
	name := lms.Fold(o.Name)
	switch {
	case name == want, strings.HasSuffix(name, " di "+want), lms.Fold(string(o.ID)) == want, o.Codes.ISTAT == want, lms.Fold(o.Codes.IPA) == want:
		return 1
	case strings.HasPrefix(name, want), strings.Contains(name, " "+want):
		return 2
	case strings.Contains(name, want):
		return 3
	}
	return 0
}

// roots are the roots of the trees in which the reader keeps people.
func roots(r *front.Request) (out []lms.OrganisationID, err error) {
	for _, id := range r.Actor.Kept() {
		o, err := r.School().Organisations.Find(r.Ctx(), id)
		if err != nil {
			return nil, err
		}
		if root := o.Within[0]; !slices.Contains(out, root) {
			out = append(out, root)
		}
	}
	return out, nil
}
