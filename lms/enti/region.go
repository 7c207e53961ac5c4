package enti

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"aulacomune/lms"
)

// Files are open data as they were downloaded, CSV or XLSX. Only the first is needed.
type Files struct {
	ISTAT   []byte // the comuni
	IPA     []byte // the enti; without it there are no unions, addresses and domains
	Ceased  []byte // the comuni that ceased, and into which
	Members []byte // which comuni belong to which union: two columns
	Region  string // by its name
}

// Region is what the files say of one region. It is plain data, and may be kept as JSON.
type Region struct {
	Name      string              `json:"name"`
	Provinces map[string]Province `json:"provinces"`           // by code
	Elsewhere map[string]bool     `json:"elsewhere,omitempty"` // codes of provinces of other regions
	Comuni    []Comune            `json:"comuni"`
	IPA       bool                `json:"ipa"` // whether the file of IndicePA was given
	Rows      map[Category]int    `json:"rows,omitempty"`
	Enti      []Ente              `json:"enti,omitempty"`
	Loose     []Ente              `json:"loose,omitempty"` // rows of IndicePA for the region that join nothing
	Mergers   []Merger            `json:"mergers,omitempty"`
	Members   []Member            `json:"members,omitempty"`
	Findings  findings            `json:"findings,omitempty"`
}

// Read reads the files of a region. What is wrong with a row is a finding; what makes a file unusable is an error: Invalid, with the file's name
// (istat, ipa, ceased, members) or region as field.
func Read(f Files) (Region, error) {
	r := Region{Name: strings.TrimSpace(f.Region), Provinces: map[string]Province{}, Elsewhere: map[string]bool{}, Rows: map[Category]int{}}
	if r.Name == "" {
		return r, lms.Wrong("region", "error.required")
	}
	if len(f.ISTAT) == 0 {
		return r, lms.Wrong("istat", "error.required")
	}
	if err := r.readISTAT(f.ISTAT); err != nil {
		return r, err
	}
	if len(f.IPA) == 0 {
		r.Findings.add(Note, place{source: IPA}, "ipa.none")
	} else if err := r.readIPA(f.IPA); err != nil {
		return r, err
	}
	if len(f.Ceased) > 0 {
		if err := r.readCeased(f.Ceased); err != nil {
			return r, err
		}
	}
	if len(f.Members) > 0 {
		return r, r.readMembers(f.Members)
	}
	return r, nil
}

// noRegion says which regions there are.
func noRegion(name string, others map[string]bool) error {
	delete(others, "")
	names := slices.Sorted(maps.Keys(others))
	return &lms.Error{
		Kind: lms.Invalid, Message: "error.enti.region", Fields: map[string]string{"region": "error.enti.region"},
		Err: &Lacking{Region: name, Regions: names},
	}
}

// Lacking says what a file should have and has not.
type Lacking struct {
	Columns []string // headings, or
	Region  string   // a region…
	Regions []string // …that is not among these
}

// Error says it for a terminal.
func (l *Lacking) Error() string {
	if len(l.Columns) > 0 {
		return "no column " + strings.Join(l.Columns, ", ")
	}
	return fmt.Sprintf("no region %q; the file has %s", l.Region, strings.Join(l.Regions, ", "))
}
