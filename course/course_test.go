package course_test

import (
	"slices"
	"testing"

	"aulacomune/course"
)

func sample() course.Course {
	return course.Course{
		Modules: []course.Module{
			{ID: "one", Objects: []course.Object{{ID: "a"}, {ID: "b"}}},
			{ID: "empty"},
			{ID: "two", Objects: []course.Object{{ID: "c"}}},
		},
		Media: []course.Media{{Hash: "x", Path: "x.png"}},
	}
}

func TestObjectsComeInTheOrderOfTheCourse(t *testing.T) {
	var got []string
	for m, o := range sample().Objects() {
		got = append(got, string(m.ID)+"/"+string(o.ID))
	}
	if want := []string{"one/a", "one/b", "two/c"}; !slices.Equal(got, want) || sample().Count() != 3 {
		t.Errorf("%v, want %v", got, want)
	}
	for range sample().Objects() {
		break // stopping early is allowed
	}
}

func TestAround(t *testing.T) {
	for _, c := range []struct{ id, before, after course.ObjectID }{
		{"a", "", "b"}, {"b", "a", "c"}, {"c", "b", ""}, {"unknown", "", ""},
	} {
		before, after := sample().Around(c.id)
		if before.ID != c.before || after.ID != c.after {
			t.Errorf("around %s: %q and %q", c.id, before.ID, after.ID)
		}
	}
}

func TestThingsAreFoundByTheirIDs(t *testing.T) {
	c := sample()
	if _, ok := c.Object("c"); !ok {
		t.Error("object c is not found")
	}
	if _, ok := c.Object("z"); ok {
		t.Error("object z is found")
	}
	if m, ok := c.MediaByHash("x"); !ok || m.Path != "x.png" {
		t.Error("media x is not found")
	}
	if _, ok := c.MediaByHash(""); ok {
		t.Error("media without a hash is found")
	}
	if (course.Object{}).Length() != 0 {
		t.Error("an object without a video has a length")
	}
}

func TestFindingsAreSortedAndJudged(t *testing.T) {
	fs := []course.Finding{
		{File: "b.md", Line: 1, Severity: course.SeverityWarning}, {File: "a.md", Line: 10, Column: 2, Rule: "z"},
		{File: "a.md", Line: 9}, {File: "a.md", Line: 10, Column: 2, Rule: "a"},
	}
	course.SortFindings(fs)
	if fs[0].Line != 9 || fs[1].Rule != "a" || fs[3].File != "b.md" {
		t.Errorf("%v", fs)
	}
	if course.HasErrors(fs) || !course.HasErrors(append(fs, course.Finding{Severity: course.SeverityError})) {
		t.Error("only errors are errors")
	}
	f := course.Finding{File: "a.md", Line: 3, Column: 7, Severity: course.SeverityError, Rule: "missing-alt", Message: "no text"}
	if f.String() != "a.md:3:7: error: no text (missing-alt)" {
		t.Error(f.String())
	}
}
