// Package region makes up a region to measure an installation with: enti, people, courses, enrolments, certificates, hours.
//
// Nothing in it is real. Nobody has an e-mail address or a password, so that no letter leaves and nobody signs in who does not run the machine.
// The same size, seed and day give the same enti, people, enrolments and hours; codes of certificates and ids of claims are chance, as ever.
//
// What is many is written in bulk, by way of the rooms that keep it (lms, lms/ledger); sums are then counted as in any installation.
package region

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/course"
	"aulacomune/lms"
)

// Size is how large a region is.
type Size struct {
	Enti       int // organisations in all: the region, provinces, unions, comuni, offices of large comuni
	People     int // at least one in each
	Enrolments int // at most as many of each person as there are courses
	Random     uint64
}

// Faults of a size, and of a place.
var (
	ErrSize   = errors.New("each ente needs somebody, and nobody takes a course twice")
	ErrFilled = errors.New("people or organisations are there already")
)

// Logins of those who may be signed in as to look around (aula admin link). The others are persona000001 and so on.
const (
	Administrator = "amministratrice" // of the whole region, and author of its courses
	Referent      = "referente-"      // and the id of the ente
	Manager       = "responsabile-"   // and the id of the ente
)

// Root is the id of the region.
const Root lms.OrganisationID = "regione-terra-fiorita"

// Made is what a region holds.
type Made struct {
	Enti, People, Courses, Enrolments, Certificates, Hours, Claims, Tallies int
}

// Tell is told of progress: a step by its name, how much of it is done, and of how much.
type Tell func(step string, done, of int)

// filler fills a house.
type filler struct {
	house   *wiring.House
	size    Size
	tell    Tell
	now     time.Time
	chance  *rand.Rand
	enti    []ente
	people  []lms.Person
	at      []int // of a person: index of the ente
	courses []*course.Course
	takes   []taking
	admin   lms.Actor
	made    Made
}

// check says whether a region of a size can be made.
func (z Size) check() error {
	if z.Enti < 1 || z.People < z.Enti || z.Enrolments < 0 || z.Enrolments > z.People*len(subjects()) {
		return fmt.Errorf("%d enti, %d people, %d enrolments: %w", z.Enti, z.People, z.Enrolments, ErrSize)
	}
	return nil
}

// Fill fills an empty house; ErrFilled where it is not, ErrSize for a size that cannot be. One that was cut short is not begun again: throw it away.
func Fill(ctx context.Context, house *wiring.House, z Size, now time.Time, tell Tell) (Made, error) {
	if err := z.check(); err != nil {
		return Made{}, err
	}
	people, err := house.School.CountPeople(ctx)
	if err != nil {
		return Made{}, err
	}
	organisations, err := house.School.Organisations.Select(ctx, lms.Query{Limit: 1})
	if err != nil {
		return Made{}, err
	}
	if people > 0 || len(organisations) > 0 {
		return Made{}, ErrFilled
	}
	f := &filler{house: house, size: z, tell: tell, now: now.UTC().Truncate(time.Second), chance: rand.New(rand.NewPCG(z.Random, 0xa01a))}
	for _, step := range []func(context.Context) error{f.plant, f.settle, f.publish, f.enrol, f.book, f.declare, f.count} {
		if err := step(ctx); err != nil {
			return f.made, err
		}
	}
	return f.made, nil
}

// told passes on how far a step is with its n-th thing, now and then.
func (f *filler) told(step string, n, of int) {
	if f.tell != nil && (n == of || n%500 == 0) {
		f.tell(step, n, of)
	}
}

// id makes a random id; those made later sort behind, so that what is written together lies together.
func (f *filler) id(n int) string {
	ms := uint64(f.began().UnixMilli()) + uint64(n)
	a, b := f.chance.Uint64(), f.chance.Uint64()
	return fmt.Sprintf("%08x-%04x-7%03x-%04x-%012x", ms>>16, ms&0xffff, a&0xfff, 0x8000|a>>12&0x3fff, b&0xffffffffffff)
}

// began is when the made-up story begins: with the year before this one.
func (f *filler) began() time.Time { return time.Date(f.now.Year()-1, 1, 1, 7, 0, 0, 0, time.UTC) }
