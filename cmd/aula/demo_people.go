package main

import (
	"fmt"
	"strings"

	"aulacomune/lms"
)

// demoOrganisation is one of the demo's seven enti. They are invented.
type demoOrganisation struct {
	lms.Organisation
	parent lms.OrganisationID
}

func demoOrganisations() []demoOrganisation {
	const region, union lms.OrganisationID = "associazione-val-fiorita", "unione-alta-fiorita"
	comune := func(istat, cadastral, name, domain string) lms.Organisation {
		return lms.Organisation{Name: "Comune di " + name, Kind: lms.KindComune, Domains: []string{domain},
			Codes: lms.Codes{ISTAT: istat, Cadastral: cadastral, IPA: "c_" + strings.ToLower(cadastral), Name: "Comune di " + name}}
	}
	called := func(id lms.OrganisationID, o lms.Organisation) lms.Organisation { o.ID = id; return o }
	return []demoOrganisation{
		{lms.Organisation{ID: region, Name: demoOwner, Kind: lms.KindAssociation, Place: "Borgo Fiorito", Signatory: "Elena Marchetti", SignatoryAs: "Direttrice",
			Privacy: "I dati personali sono trattati ai sensi del regolamento UE 2016/679 per il solo riconoscimento della formazione."}, ""},
		{called("comune-borgo-fiorito", comune("091001", "X001", "Borgo Fiorito", "borgofiorito.example")), region},
		{lms.Organisation{ID: union, Name: "Unione dei Comuni dell’Alta Fiorita", Kind: lms.KindUnion, Domains: []string{"altafiorita.example"},
			Codes: lms.Codes{IPA: "u_altaf", Name: "Unione dei Comuni dell’Alta Fiorita"}}, region},
		{called("comune-pietralta", comune("091002", "X002", "Pietralta", "pietralta.example")), union},
		{called("comune-rocca-del-lago", comune("091003", "X003", "Rocca del Lago", "roccadellago.example")), union},
		{called("comune-san-bernardo", comune("091004", "X004", "San Bernardo in Monte", "sanbernardo.example")), union},
		{called("comune-castelvecchio", comune("091005", "X005", "Castelvecchio sul Torrente", "castelvecchio.example")), region},
	}
}

// demoPeople are the accounts that are offered and the rest of the staff of the seven enti.
func demoPeople() []lms.NewPerson {
	const region lms.OrganisationID = "associazione-val-fiorita"
	out := []lms.NewPerson{
		{Email: "dipendente@demo.aula", Given: "Lucia", Family: "Ferrero", Organisation: "comune-pietralta", Office: "Anagrafe", Category: lms.CategoryEmployee},
		{Email: "collega@demo.aula", Given: "Nicolò", Family: "D’Angelo", Organisation: "comune-pietralta", Office: "Tributi", Category: lms.CategoryOfficer},
		{Email: "autore@demo.aula", Given: "Marta", Family: "Bianchi", Organisation: region, Office: "Formazione", Category: lms.CategoryOfficer, Role: lms.Author},
		{Email: "amministratore@demo.aula", Given: "Paolo", Family: "Rinaldi", Organisation: region, Office: "Formazione", Category: lms.CategoryManager, Role: lms.Administrator},
	}
	given := strings.Fields("Anna Giorgio Silvia Matteo Chiara Davide Federica Luca Giulia Stefano Elisa Marco Valentina Roberto Sara Andrea Laura Simone Paola Fabio Irene Pietro Noemi Aldo Teresa Bruno Cecilia Dario")
	family := strings.Fields("Rossi Greco Colombo Ricci Conti Gallo Costa Fontana Moretti Barbieri Lombardi Caruso Ferrari Leone Martini Vitale Serra Coppola Villa Marini Longo Gentile Sala Basile Testa Grassi Pellegrini")
	offices := []string{"Anagrafe", "Tributi", "Ufficio tecnico", "Ragioneria", "Segreteria", "Servizi sociali", "Polizia locale"}
	enti := demoOrganisations()
	for i := range 56 {
		g, f := given[(i*5)%len(given)], family[(i*7)%len(family)]
		category := lms.Categories()[(i*3+i/7)%4]
		n := lms.NewPerson{Given: g, Family: f, Organisation: enti[i%len(enti)].ID, Office: offices[(i*3)%len(offices)], Category: category}
		n.Email = strings.ToLower(g+"."+f) + "@demo.aula"
		if i >= len(given) {
			n.Login, n.Email = fmt.Sprintf("%s%02d", strings.ToLower(g[:1]+f), i), ""
		}
		out = append(out, n)
	}
	return append(out,
		lms.NewPerson{Email: "responsabile@demo.aula", Given: "Sandra", Family: "Olivieri", Organisation: "comune-pietralta", Category: lms.CategoryManager, Role: lms.Manager},
		lms.NewPerson{Email: "referente@demo.aula", Given: "Enrico", Family: "Fabbri", Organisation: "unione-alta-fiorita", Office: "Personale", Category: lms.CategoryOfficer, Role: lms.Referent})
}
