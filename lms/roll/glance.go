package roll

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// Glance is a row as it was understood: somebody who will be added or changed.
type Glance struct {
	Line         int          `json:"line"`
	Name         string       `json:"name"`
	Organisation string       `json:"organisation"` // its name
	Office       string       `json:"office,omitempty"`
	Category     lms.Category `json:"category,omitempty"`
	Role         lms.Role     `json:"role"`
	Changed      bool         `json:"changed,omitempty"` // somebody who is there already
}

// Likely is a row of somebody who may be known already, by another address: of the same name, in the same ente.
type Likely struct {
	Line         int          `json:"line"`
	Name         string       `json:"name"`
	Organisation string       `json:"organisation"`
	Person       lms.PersonID `json:"person,omitempty"` // who is there already
	Other        int          `json:"other,omitempty"`  // or the line before that is of the same name
}

const (
	maxGlances = 20
	maxLikely  = 100
)

// insert puts x where its line stands, among the first most.
func insert[T any](all []T, x T, line func(T) int, most int) []T {
	at, _ := slices.BinarySearchFunc(all, line(x), func(t T, l int) int { return cmp.Compare(line(t), l) })
	all = slices.Insert(all, at, x)
	return all[:min(len(all), most)]
}

// glance is what a row was understood as.
func glance(it item, n lms.NewPerson, org lms.Organisation) Glance {
	return Glance{Line: it.line, Name: name(n), Organisation: org.Name, Office: n.Office, Category: n.Category, Role: n.Role}
}

// likely says of a new person whether one of the same name is in their ente already, or in a row before; nil says no.
func (d *reader) likely(ctx context.Context, it item, n lms.NewPerson, org lms.Organisation) (*Likely, error) {
	found := &Likely{Line: it.line, Name: name(n), Organisation: org.Name}
	same, err := d.roll.school.People.Namesakes(ctx, org.ID, n.Family, n.Given)
	if err != nil {
		return nil, err
	}
	if len(same) > 0 {
		found.Person = same[0].ID
		return found, nil
	}
	if it.namesake > 0 {
		found.Other = it.namesake
		return found, nil
	}
	return nil, nil
}

// namesake is the line of an earlier row of the same name in the same ente; 0 is none.
func (d *reader) namesake(n lms.NewPerson, line int) int {
	key := string(n.Organisation) + "/" + lms.Fold(n.Family+" "+n.Given)
	if first := d.names[key]; first != 0 {
		return first
	}
	d.names[key] = line
	return 0
}

// enti finds the organisations that somebody keeps by what a file may call them.
type enti map[string][]lms.OrganisationID

// enti reads them once for a file. A code goes before a name, and who is there before who has ceased.
func (r *Roll) enti(ctx context.Context, a lms.Actor) (enti, error) {
	all, err := r.school.Organisations.Administered(ctx, a)
	out := enti{}
	add := func(kind, key string, o lms.Organisation) {
		if key != "" && !slices.Contains(out[kind+key], o.ID) {
			out[kind+key] = append(out[kind+key], o.ID)
		}
	}
	for _, o := range all {
		add("id/", string(o.ID), o)
		if !o.Ceased.IsZero() {
			continue
		}
		add("istat/", o.Codes.ISTAT, o)
		if len(o.Codes.ISTAT) == 6 { // a spreadsheet takes the zeros in front away
			add("istat/", strings.TrimLeft(o.Codes.ISTAT, "0"), o)
		}
		add("ipa/", strings.ToLower(o.Codes.IPA), o)
		add("name/", lms.Fold(o.Name), o)
	}
	return out, err
}

// find gives the organisation that a cell names: by our code, that of ISTAT, that of IndicePA, or the name. Two of one name are refused; what is not
// found is given back as it is, for the judge of rows to refuse.
func (e enti) find(cell string) (lms.OrganisationID, error) {
	for _, key := range []string{"id/" + cell, "istat/" + cell, "ipa/" + strings.ToLower(cell), "name/" + lms.Fold(cell)} {
		switch found := e[key]; len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			return "", lms.Wrong(string(Organisation), "error.intake.ambiguous")
		}
	}
	return lms.OrganisationID(cell), nil
}

// WrongRow is a row that does nothing, as it stands in the file.
type WrongRow struct {
	Problem
	Cells []string
}

// WrongRows yields the rows of a file that were found to do nothing, the first of them where there are many, to be put right and brought again.
func (r *Roll) WrongRows(ctx context.Context, a lms.Actor, id IntakeID) (Intake, iter.Seq2[WrongRow, error], error) {
	i, err := r.Intake(ctx, a, id)
	if err != nil {
		return i, nil, err
	}
	file, err := r.file(ctx, i)
	if err != nil {
		return i, nil, err
	}
	all, err := limits().Read(file)
	if err != nil {
		return i, nil, err
	}
	return i, wrongRows(i.Problems, behindHeadings(all)), nil
}

func wrongRows(problems []Problem, rows iter.Seq2[sheet.Row, error]) iter.Seq2[WrongRow, error] {
	byLine := map[int]Problem{}
	for _, p := range problems {
		byLine[p.Line] = p
	}
	return func(yield func(WrongRow, error) bool) {
		for row, err := range rows {
			if err != nil {
				yield(WrongRow{}, fmt.Errorf("read file of people: %w", err))
				return
			}
			if p, ok := byLine[row.Line]; ok && !yield(WrongRow{p, row.Cells}, nil) {
				return
			}
		}
	}
}
