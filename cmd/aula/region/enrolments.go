package region

import (
	"context"
	"slices"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// taking is an enrolment, in short.
type taking struct {
	id, person, course int
	done               int // objects
	at, started, ended time.Time
	code               lms.Code
}

// enrol thinks out who takes what and how far they are, enters the certificates of those who are done, then the enrolments.
func (f *filler) enrol(ctx context.Context) error {
	f.choose()
	if err := f.certify(ctx); err != nil {
		return err
	}
	all := func(yield func(lms.Enrolment) bool) {
		for i, t := range f.takes {
			if !yield(f.enrolment(t)) {
				return
			}
			f.told("enrolments", i+1, len(f.takes))
		}
	}
	if err := f.house.School.Learning.Load(ctx, all); err != nil {
		return err
	}
	f.made.Enrolments = len(f.takes)
	return nil
}

// choose gives each person their courses: about as many as everybody. A quarter of the enrolments is not begun, and of the rest nearly half is done.
func (f *filler) choose() {
	for p := range f.people {
		n := (p+1)*f.size.Enrolments/len(f.people) - p*f.size.Enrolments/len(f.people)
		for _, c := range f.chance.Perm(len(f.courses))[:n] {
			f.takes = append(f.takes, f.take(p, c))
		}
	}
}

// take thinks out one enrolment. Who began too lately is not done yet.
func (f *filler) take(person, of int) taking {
	days := int(f.now.Sub(f.began())/(24*time.Hour)) - 2
	after := func(t time.Time, most int) time.Time {
		return t.Add(time.Duration(f.chance.IntN(most))*24*time.Hour + time.Duration(f.chance.IntN(9*3600))*time.Second)
	}
	t := taking{id: len(f.takes), person: person, course: of, at: after(f.began(), max(1, days))}
	state := f.chance.IntN(100)
	began, ended := after(t.at, 20), time.Time{}
	ended = after(began.Add(time.Hour), 40)
	last := f.now.Add(-time.Hour)
	if state < 25 || began.After(last) {
		return t
	}
	t.started, t.done = began, 1+f.chance.IntN(modules*objects-1)
	if state >= 60 && ended.Before(last) {
		t.done, t.ended = modules*objects, ended
	}
	return t
}

// enrolment is one as it is kept; made again it is the same.
func (f *filler) enrolment(t taking) lms.Enrolment {
	p, c := f.people[t.person], f.courses[t.course]
	e := lms.Enrolment{
		ID: lms.EnrolmentID(enrolmentID(p.ID, t.course)), Course: c.Slug, Owner: Root, Edition: 1, Hash: c.Hash, Person: p.ID, Turn: 1, Member: p.Memberships[0],
		Name: lms.Fold(p.Family + " " + p.Given), At: t.at, By: p.ID, Started: t.started, Completed: t.ended,
	}
	if t.done > 0 {
		e.Progress = map[course.ObjectID]*lms.Progress{}
	}
	i := 0
	for _, o := range c.Objects() {
		if i++; i > t.done {
			break
		}
		at := t.started.Add(time.Duration(i) * time.Minute)
		if i == modules*objects {
			at = t.ended
		}
		e.Progress[o.ID] = &lms.Progress{Opened: at.Add(-time.Minute), Evidence: course.Evidence{Read: true}, Completed: at}
	}
	if t.code != "" {
		e.Certificates, e.Told = []lms.Code{t.code}, true
	}
	return e
}

// enrolmentID is the id of a person's enrolment in a course: theirs, with its last letters replaced.
func enrolmentID(p lms.PersonID, of int) string {
	const letters = "0123456789ab"
	return string(p[:len(p)-1]) + letters[of:of+1] + "-e"
}

// together is how many certificates are entered at a time.
const together = 2000

// certify enters the certificates in the order in which the courses were completed, as a register is.
func (f *filler) certify(ctx context.Context) error {
	var done []int
	for i, t := range f.takes {
		if !t.ended.IsZero() {
			done = append(done, i)
		}
	}
	slices.SortFunc(done, func(a, b int) int { return f.takes[a].ended.Compare(f.takes[b].ended) })
	for part := range slices.Chunk(done, together) {
		all := make([]lms.Attested, 0, len(part))
		for _, i := range part {
			t := f.takes[i]
			all = append(all, lms.Attested{Standing: lms.Stand(f.courses[t.course], f.enrolment(t)), Person: f.people[t.person]})
		}
		codes, err := f.house.School.Register.Load(ctx, Root, all, specimen())
		if err != nil {
			return err
		}
		for n, i := range part {
			f.takes[i].code = codes[n]
		}
		f.made.Certificates += len(part)
		f.told("certificates", f.made.Certificates, len(done))
	}
	return nil
}

// specimen stands in the place of every PDF: a page with nothing on it.
func specimen() []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
}
