package enti

import (
	"slices"
	"time"

	"aulacomune/lms"
)

// What says what is done to an organisation.
type What string

// What may be done. An organisation may be renamed, moved and completed at once.
const (
	New       What = "new"       // it is added
	Renamed   What = "renamed"   // open data call it otherwise than they did
	Moved     What = "moved"     // it goes below another organisation
	Completed What = "completed" // its kind, codes or mail domains are set
	Merged    What = "merged"    // it ceased, and another took it over with its people
	Gone      What = "ceased"    // it ceased; its people stay with it until somebody moves them
	Back      What = "back"      // it had ceased, and is there again
)

// Whats lists them in the order in which they are told.
func Whats() []What { return []What{New, Renamed, Moved, Merged, Gone, Back, Completed} }

// Step is what is done to one organisation: one write. What it is afterwards is told by differences, so that what people change meanwhile stays.
type Step struct {
	What   []What           `json:"what"`
	Before lms.Organisation `json:"before,omitzero"` // empty for a new one
	After  lms.Organisation `json:"after"`           // without Within, which the step above may give
	Above  lms.OrganisationID
	Source []lms.OrganisationID `json:"source,omitempty"` // what it takes over
}

// Is says whether a step is of a sort.
func (s Step) Is(w What) bool { return slices.Contains(s.What, w) }

// Coverage says how far the two lists fit together.
type Coverage struct {
	Rows    map[Category]int // of IndicePA for the region, by category
	Comuni  int              // of ISTAT for the region
	WithIPA int              // comuni with a row of IndicePA
	Without []Comune         // comuni without one
	Loose   []Ente           // rows of IndicePA that join nothing
	Twice   []Ente           // rows of IndicePA about an ente that has one already
	Domains int              // enti with a mail domain
}

// Plan is what open data change in the tree. It is worked out without a write, and the same files and tree give the same plan.
type Plan struct {
	Region    string
	Under     lms.Organisation // the root of the region's enti
	Steps     []Step           // what stands above comes first
	Absent    []Step           // what would cease, were it asked for: the files have it no more, and nobody took it over. It stays as it is
	Doubt     bool             // the files lack so many that they seem to be of another region, or cut short: nothing of it may cease
	Unchanged int
	Findings  []Finding
	Coverage  Coverage
}

// Of lists the steps of a sort.
func (p Plan) Of(w What) []Step {
	var out []Step
	for _, s := range p.Steps {
		if s.Is(w) {
			out = append(out, s)
		}
	}
	return out
}

// Empty says that there is nothing to do.
func (p Plan) Empty() bool { return len(p.Steps) == 0 }

// Refused says that the plan must not be carried out: one of its findings is an error.
func (p Plan) Refused() bool {
	return slices.ContainsFunc(p.Findings, func(f Finding) bool { return f.Severity == Error })
}

// Order says how a region is put into the tree.
type Order struct {
	Under lms.OrganisationID // the root of its enti
	Cease bool               // what the files have no more, and nobody took over, ceases; without it, it stays as it is
	Now   time.Time
}
