package region

import (
	"context"
	"fmt"
	"math"
	"strings"

	"aulacomune/lms"
)

// ente is an organisation of the region.
type ente struct {
	lms.Organisation
	parent int     // index of the ente above; -1 for the region
	weight float64 // part of the people
	people int
}

// plant makes the tree: a region, its provinces, unions below them, comuni below both, offices of the largest comuni below those.
func (f *filler) plant(ctx context.Context) error {
	f.grow()
	for i, e := range f.enti {
		parent := lms.OrganisationID("")
		if e.parent >= 0 {
			parent = f.enti[e.parent].ID
		}
		o, err := f.house.School.Organisations.Add(ctx, e.Organisation, parent)
		if err != nil {
			return fmt.Errorf("ente %s: %w", e.ID, err)
		}
		f.enti[i].Organisation = o
		f.told("enti", i+1, len(f.enti))
	}
	f.made.Enti = len(f.enti)
	f.share()
	return nil
}

// grow thinks the tree out, each ente behind the one above it.
func (f *filler) grow() {
	n := f.size.Enti
	add := func(kind lms.OrganisationKind, id, name string, parent int, weight float64) int {
		o := lms.Organisation{ID: lms.OrganisationID(id), Name: name, Kind: kind, Codes: lms.Codes{Name: name}}
		f.enti = append(f.enti, ente{Organisation: o, parent: parent, weight: weight})
		return len(f.enti) - 1
	}
	add(lms.KindRegion, string(Root), "Regione Terra Fiorita", -1, 3)
	f.enti[0].Place, f.enti[0].Signatory, f.enti[0].SignatoryAs = "Borgo Fiorito", "Elena Marchetti", "Direttrice"
	provinces := min(8, max(1, n/100), n-1)
	unions := n / 16
	offices := n / 10
	var above []int
	for i := range provinces {
		above = append(above, add(lms.KindProvince, fmt.Sprintf("provincia-%d", i+1), "Provincia di "+provinceNames()[i], 0, 3))
	}
	comuni := n - len(f.enti) - unions - offices
	var below []int // of each union
	for i := range unions {
		below = append(below, add(lms.KindUnion, fmt.Sprintf("unione-%03d", i+1), "Unione dei Comuni "+comuneName(i*12), above[i%provinces], 1.5))
	}
	first := len(f.enti)
	for i := range comuni {
		parent := above[i%provinces]
		if i < unions*12 {
			parent = below[i/12]
		}
		c := add(lms.KindComune, fmt.Sprintf("comune-%04d", i+1), "Comune di "+comuneName(i), parent, 0.4+2.4*math.Pow(float64(i%97+1), -0.5))
		f.enti[c].Codes.ISTAT = fmt.Sprintf("%06d", 91_001+i)
	}
	for i := range offices {
		at := first + i/4*7%max(1, comuni) // four of every seventh comune
		add(lms.KindOffice, fmt.Sprintf("ufficio-%03d", i+1), officeNames()[i%4]+" di "+strings.TrimPrefix(f.enti[at].Name, "Comune di "), at, 0.3)
	}
}

// share gives each ente its people: one at least, and the rest by weight.
func (f *filler) share() {
	sum := 0.0
	for _, e := range f.enti {
		sum += e.weight
	}
	rest, given, reached := f.size.People-len(f.enti), 0, 0.0
	for i := range f.enti {
		reached += f.enti[i].weight
		upTo := int(reached/sum*float64(rest) + 0.5)
		f.enti[i].people = 1 + upTo - given
		given = upTo
	}
}

func provinceNames() []string {
	return strings.Fields("Fiorino Montelago Valdombra Pianalta Rivalunga Selvascura Torrebruna Campochiaro")
}

func officeNames() []string {
	return []string{"Polizia Locale", "Servizi Sociali", "Biblioteca", "Lavori Pubblici"}
}

// comuneName is the name of the i-th comune; names do not come again before the 2,640th.
func comuneName(i int) string {
	begins := strings.Fields("Borgo Castel Monte Rocca Villa Pieve San Ponte Valle Campo Pian Torre Fonte Colle Serra Riva Prato Costa Bosco Sasso")
	roots := strings.Split("fiorito chiaro lungo alto basso vecchio nuovo secco verde bruno grande d’Erba dell’Orso della_Quercia di_Sotto di_Sopra al_Lago sul_Rio in_Monte Agrìa Nìvola Perù", " ")
	ends := []string{"", " Superiore", " Inferiore", " Marina", " Terme", " sul Torrente"}
	name := begins[i%len(begins)] + " " + roots[i/len(begins)%len(roots)] + ends[i/len(begins)/len(roots)%len(ends)]
	return strings.ReplaceAll(name, "_", " ")
}
