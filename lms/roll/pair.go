package roll

import (
	"context"
	"slices"
	"strings"

	"aulacomune/lms"
)

// Pair is two people who may be one, to be looked at before Merge.
type Pair struct {
	Keep, Double Side
	Names        bool             // they are called differently
	Roles        bool             // they hold different roles
	InTheWay     []lms.Membership // roles of the double that are to be taken away first: Merge refuses until then
	PassedOn     string           // by what who stays signs in besides, afterwards; addresses stand behind one another
	Ending       string           // by what nobody signs in afterwards
}

// Side is one of a pair, as far as the actor keeps them.
type Side struct {
	Person                           lms.Person // with the memberships that hold
	Courses, Completed, Certificates int
	Minutes                          int // of what was completed
}

// Compare shows two people whom Merge would make one.
func (r *Roll) Compare(ctx context.Context, a lms.Actor, keep, double lms.PersonID) (Pair, error) {
	k, d, err := r.two(ctx, a, keep, double)
	if err != nil {
		return Pair{}, err
	}
	if d.Into != "" {
		return Pair{}, lms.Wrong("person", "error.merge")
	}
	pair := Pair{Names: sameAs(k) != sameAs(d), InTheWay: r.inTheWay(k, d)}
	pair.Roles = len(pair.InTheWay)+len(r.inTheWay(d, k)) > 0
	pair.PassedOn, pair.Ending = logins(k, d)
	if pair.Keep, err = r.side(ctx, a, k); err == nil {
		pair.Double, err = r.side(ctx, a, d)
	}
	return pair, err
}

// logins says what becomes of the double's.
func logins(k, d lms.Person) (passed, ending string) {
	email, login, _ := passesOn(k, d)
	var on, off []string
	for _, l := range [][3]string{{d.Email, email, k.Email}, {d.Login, login, k.Login}} {
		switch {
		case l[0] == "":
		case l[1] != "" && l[2] == "":
			on = append(on, l[0])
		default:
			off = append(off, l[0])
		}
	}
	return strings.Join(on, ", "), strings.Join(off, ", ")
}

func (r *Roll) side(ctx context.Context, a lms.Actor, p lms.Person) (Side, error) {
	s := Side{Person: p}
	s.Person.Memberships = slices.DeleteFunc(slices.Clone(p.Memberships), func(m lms.Membership) bool { return !m.At(r.now()) || !a.Keeps(m.Within) })
	taken, err := r.school.Learning.Of(ctx, p.ID)
	for _, st := range taken {
		if !a.Keeps(st.Enrolment.Member.Within) {
			continue
		}
		s.Courses, s.Minutes = s.Courses+1, s.Minutes+st.Minutes
		s.Certificates += len(st.Enrolment.Certificates)
		if !st.Enrolment.Completed.IsZero() {
			s.Completed++
		}
	}
	return s, err
}
