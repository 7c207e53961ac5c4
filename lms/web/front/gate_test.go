package front

import (
	"slices"
	"testing"

	"aulacomune/lms"
)

// TestGates: which roles pass which gate, and that one nobody wrote down lets nobody pass.
func TestGates(t *testing.T) {
	for gate, want := range map[Who][]lms.Role{
		Signed:  lms.Roles(),
		Writer:  {lms.Author},
		Admin:   {lms.Administrator},
		Staff:   {lms.Author, lms.Administrator},
		Keeper:  {lms.Referent, lms.Administrator},
		Leader:  {lms.Manager, lms.Referent, lms.Administrator},
		Teacher: {lms.Instructor},
		"":      nil,
		"guess": nil,
	} {
		if gate.Lets(lms.Actor{}) {
			t.Errorf("%q lets nobody's visit pass", gate)
		}
		for _, role := range lms.Roles() {
			a := lms.Actor{ID: "x", Memberships: []lms.Membership{{Organisation: "valle", Role: role}}}
			if got := gate.Lets(a); got != slices.Contains(want, role) {
				t.Errorf("%q lets %s pass: %v", gate, role, got)
			}
			if !Anyone.Lets(a) || !Anyone.Lets(lms.Actor{}) {
				t.Errorf("not anyone passes: %s", role)
			}
		}
	}
}
