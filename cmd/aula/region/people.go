package region

import (
	"context"
	"fmt"
	"strings"

	"aulacomune/lms"
)

// settle makes the people, ente by ente: in each, the first is its referent and the second the manager of all the others; the very first
// administers the region and writes its courses.
func (f *filler) settle(ctx context.Context) error {
	for i, e := range f.enti {
		for n := range e.people {
			f.people = append(f.people, f.person(e, n))
			f.at = append(f.at, i)
		}
	}
	all := func(yield func(lms.Person) bool) {
		for i, p := range f.people {
			if !yield(p) {
				return
			}
			f.told("people", i+1, len(f.people))
		}
	}
	if err := f.house.School.People.Load(ctx, all); err != nil {
		return err
	}
	f.made.People = len(f.people)
	f.admin = lms.ActorOf(f.people[0], f.now, lms.Everything)
	return nil
}

// person makes the n-th person of an ente.
func (f *filler) person(e ente, n int) lms.Person {
	given, family := givenNames(), familyNames()
	i := len(f.people)
	began := f.began()
	m := lms.Membership{Organisation: e.ID, Within: e.Within, Name: e.Name, Category: f.category(n), Role: lms.Learner, From: began}
	if e.Kind != lms.KindOffice {
		m.Office = officesWithin()[f.chance.IntN(len(officesWithin()))]
	}
	if f.chance.IntN(20) == 0 && n > 2 { // hired this year
		m.From = began.AddDate(1, 0, f.chance.IntN(max(1, f.now.YearDay()-30)))
	}
	p := lms.Person{
		ID: lms.PersonID(f.id(i)), Login: fmt.Sprintf("persona%06d", i+1), Given: given[f.chance.IntN(len(given))], Family: family[f.chance.IntN(len(family))], Lang: "it",
		Created: began, Memberships: []lms.Membership{m},
	}
	if f.chance.IntN(3) == 0 {
		p.Family += " " + family[f.chance.IntN(len(family))]
	}
	hold := func(r lms.Role) {
		own := m
		own.Role, own.Office = r, ""
		p.Memberships = append(p.Memberships, own)
	}
	if n == 0 {
		p.Login = Referent + string(e.ID)
		hold(lms.Referent)
	}
	if n == 1 || n == 0 && e.people == 1 {
		hold(lms.Manager)
	}
	if n == 1 {
		p.Login = Manager + string(e.ID)
	}
	if i == 0 {
		p.Login = Administrator
		hold(lms.Administrator)
		hold(lms.Author)
	}
	return p
}

// category is what the n-th person of an ente is: mostly those who do the work.
func (f *filler) category(n int) lms.Category {
	switch c := f.chance.IntN(100); {
	case n == 1:
		return lms.CategoryManager
	case c < 6:
		return lms.CategoryElected
	case c < 9:
		return lms.CategoryManager
	case c < 38:
		return lms.CategoryOfficer
	}
	return lms.CategoryEmployee
}

func officesWithin() []string {
	return []string{"Anagrafe", "Tributi", "Ragioneria", "Tecnico", "Segreteria", "Personale"}
}

func givenNames() []string {
	return strings.Fields("Anna Giorgio Silvia Matteo Chiara Davide Federica Luca Giulia Stefano Elisa Marco Valentina Roberto Sara Andrea Laura Simone Paola Fabio Irene Pietro Noemi Aldo Teresa Bruno Cecilia Dario Nicolò Lucia Marta Paolo Elena Enrico Gaia Ivan Nadia Omar Rita Ugo")
}

func familyNames() []string {
	return strings.Fields("Rossi Greco Colombo Ricci Conti Gallo Costa Fontana Moretti Barbieri Lombardi Caruso Ferrari Leone Martini Vitale Serra Coppola Villa Marini Longo Gentile Sala Basile Testa Grassi Pellegrini Bianchi Romano Bruno Esposito Marino Mancini Rizzo Giordano Galli Lombardo Silvestri Orlando D’Angelo Deluca Fiore Cattaneo Farina Monti Neri Parisi Riva Sartori Valenti")
}
