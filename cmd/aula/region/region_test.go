package region_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"aulacomune/cmd/aula/region"
	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
)

func open(t *testing.T, dir string) *wiring.House {
	t.Helper()
	h, err := wiring.Open(t.Context(), wiring.Options{Data: dir, URL: "http://corsi.test", Alone: true})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func shut(t *testing.T, h *wiring.House) {
	t.Helper()
	if err := h.Close(); err != nil {
		t.Error(err)
	}
}

// A region that was made up holds together as one that came in by hand: it opens again, all sums are what they are of, registers and backup are whole,
// and no sweep finds anything left to do.
func TestRegion(t *testing.T) {
	dir, size := t.TempDir(), region.Size{Enti: 40, People: 400, Enrolments: 1600, Random: 7}
	h := open(t, dir)
	steps := map[string]int{}
	made, err := region.Fill(t.Context(), h, size, time.Now(), func(step string, n, of int) { steps[step] = of })
	if err != nil {
		t.Fatal(err)
	}
	if made.Enti != 40 || made.People != 400 || made.Enrolments != 1600 || made.Certificates < 300 || made.Hours < made.Certificates || made.Claims != 16 || steps["enrolments"] != 1600 {
		t.Errorf("%+v, %v", made, steps)
	}
	if _, err := region.Fill(t.Context(), h, size, time.Now(), nil); !errors.Is(err, region.ErrFilled) {
		t.Errorf("filled again: %v", err)
	}
	shut(t, h)
	h = open(t, dir)
	holdsTogether(t, h, made)
	people := peopleOf(t, h)
	var backup bytes.Buffer
	if _, err := h.WriteBackup(t.Context(), &backup); err != nil {
		t.Fatal(err)
	}
	shut(t, h)
	other := open(t, t.TempDir())
	if n, err := wiring.Restore(t.Context(), other, bytes.NewReader(backup.Bytes())); err != nil || n.Records < 400+1600 {
		t.Fatalf("restore: %+v, %v", n, err)
	}
	holdsTogether(t, other, made)
	shut(t, other)
	again := open(t, t.TempDir())
	defer shut(t, again)
	if _, err := region.Fill(t.Context(), again, size, time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(people, peopleOf(t, again)) {
		t.Error("the same seed on the same day made other people")
	}
}

func holdsTogether(t *testing.T, h *wiring.House, made region.Made) {
	t.Helper()
	ctx := t.Context()
	if compared, differ, err := h.Ledger.Rebuild(ctx, false); err != nil || compared != made.Tallies || len(differ) > 0 {
		t.Errorf("hours: %d of %d compared, %v, %v", compared, made.Tallies, differ, err)
	}
	var enti []lms.OrganisationID
	for o, err := range h.School.Organisations.Below(ctx, region.Root) {
		if err != nil {
			t.Fatal(err)
		}
		enti = append(enti, o.ID)
	}
	if differ, err := h.Reports.Differing(ctx, enti); err != nil || len(differ) > 0 || len(enti) != made.Enti {
		t.Errorf("progress of %d enti: %v, %v", len(enti), differ, err)
	}
	if rows, err := h.School.Register.Check(ctx, region.Root); err != nil || rows != made.Certificates {
		t.Errorf("register: %d of %d rows, %v", rows, made.Certificates, err)
	}
	if err := h.Sweep(ctx); err != nil {
		t.Error(err)
	}
	if issued, pending, err := h.School.CountCertificates(ctx); err != nil || issued != made.Certificates || pending != 0 {
		t.Errorf("after a sweep %d certificates of %d, %d to be issued, %v", issued, made.Certificates, pending, err)
	}
	a, err := h.School.Accounts.ActorByLogin(ctx, region.Administrator)
	if err != nil {
		t.Fatal(err)
	}
	s, err := h.Reports.Summary(ctx, a, region.Root, "")
	if err != nil || s.Total.Enrolled != made.Enrolments || s.Total.Certified != made.Certificates {
		t.Errorf("%+v, %v", s.Total, err)
	}
	sums, err := h.Ledger.Summary(ctx, a, region.Root, 0)
	if err != nil || sums.Total.People != made.People || len(sums.Enti) != made.Enti || sums.Total.Minutes == 0 {
		t.Errorf("%+v of %d enti, %v", sums.Total, len(sums.Enti), err)
	}
}

// peopleOf are the people of the region, by name, with what they take.
func peopleOf(t *testing.T, h *wiring.House) (out []string) {
	t.Helper()
	for p, err := range h.School.People.Within(t.Context(), region.Root) {
		if err != nil {
			t.Fatal(err)
		}
		line := string(p.ID) + " " + p.Name() + " " + p.Login
		all, err := h.School.Learning.Of(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, st := range all {
			line += " " + string(st.Enrolment.Course) + st.Enrolment.Turned().Format(time.DateOnly) + string(st.State)
			if st.State == lms.Completed && st.Percent != 100 {
				t.Errorf("%s has completed %d %%", p.ID, st.Percent)
			}
		}
		out = append(out, line)
	}
	return out
}

// What cannot be made is refused before anything is written.
func TestSizes(t *testing.T) {
	h := open(t, t.TempDir())
	defer shut(t, h)
	for _, z := range []region.Size{{}, {Enti: 1}, {Enti: 2, People: 1}, {Enti: 1, People: 1, Enrolments: 13}, {Enti: 1, People: 1, Enrolments: -1}} {
		if _, err := region.Fill(t.Context(), h, z, time.Now(), nil); !errors.Is(err, region.ErrSize) {
			t.Errorf("%+v: %v", z, err)
		}
	}
	if made, err := region.Fill(t.Context(), h, region.Size{Enti: 1, People: 1, Enrolments: 12}, time.Now(), nil); err != nil || made.Enrolments != 12 {
		t.Errorf("the smallest: %+v, %v", made, err)
	}
}
