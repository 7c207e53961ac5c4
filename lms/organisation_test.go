package lms_test

import (
	"testing"

	"aulacomune/lms"
)

func TestOrganisationsFormATree(t *testing.T) {
	w := newTown(t)
	w.org("valle", "")
	w.org("ala", "valle")
	o, err := w.Organisations.Find(t.Context(), "ala")
	if err != nil || o.Parent() != "valle" || len(o.Within) != 2 {
		t.Errorf("%+v %v", o, err)
	}
	if o, _ = w.Organisations.Find(t.Context(), "valle"); o.Parent() != "" {
		t.Errorf("%+v", o)
	}
	for _, c := range []struct {
		id, name, parent string
		kind             lms.ErrorKind
		field            string
	}{
		{"bosco", "", "", lms.Invalid, "name"},
		{"", "Bosco", "", lms.Invalid, "id"},
		{"ala/f", "Bosco", "", lms.Invalid, "id"},
		{"Bosco", "Bosco", "", lms.Invalid, "id"},
		{"bo sco", "Bosco", "", lms.Invalid, "id"},
		{"bosco", "Bosco", "nowhere", lms.NotFound, ""},
		{"ala", "Ala", "", lms.Conflict, "id"},
	} {
		_, err := w.Organisations.Add(t.Context(), lms.Organisation{ID: lms.OrganisationID(c.id), Name: c.name}, lms.OrganisationID(c.parent))
		wantKind(t, err, c.kind, c.field)
	}
}

func TestWhatIsPrintedOnCertificatesMayBeSet(t *testing.T) {
	r := newClassroom(t, reading("a"))
	wantKind(t, r.Organisations.Set(t.Context(), r.admin, lms.Organisation{ID: "ala"}), lms.Invalid, "name")
	r.ok(r.Organisations.Set(t.Context(), r.admin, lms.Organisation{ID: "ala", Name: "Comune di Ala", Within: []lms.OrganisationID{"elsewhere"}, Place: "Ala", Signatory: "Il Sindaco"}))
	o, err := r.Organisations.Find(t.Context(), "ala")
	if err != nil || len(o.Within) != 1 || o.Within[0] != "ala" {
		t.Errorf("%+v %v", o, err)
	}
	if v := r.verified(t, r.earn(r.learner, r.course).Enrolment.Certificate()); v.Printed.Issuer != "Comune di Ala" || v.Printed.Signatory != "Il Sindaco" {
		t.Errorf("%+v", v.Printed)
	}
}
