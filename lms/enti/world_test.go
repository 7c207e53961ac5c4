package enti_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"aulacomune/lms/enti"
)

// world is a made-up region: its names are invented, and always the same.
type world struct {
	region    string
	provinces []made
	comuni    []made
	unions    []made
}

// made is an ente of a made-up region.
type made struct {
	code, name, cadastral, sigla, kind string
	province                           int
}

const madeRegion = "Terra Fiorita"

// newWorld makes a region of n comuni in eight provinces, one of them a metropolitan city, with a union for every twelve.
func newWorld(n int) world {
	begins := strings.Fields("Borgo Castel Monte Rocca Villa Pieve San Ponte Valle Campo Pian Torre Fonte Colle Serra Riva Prato Costa Bosco Sasso")
	roots := strings.Fields("fiorito chiaro lungo alto basso vecchio nuovo secco verde bruno grande d’Erba dell’Orso della_Quercia di_Sotto di_Sopra al_Lago sul_Rio in_Monte Agrìa Nìvola Mondovìa Perù Forlò Città")
	ends := []string{"", " Superiore", " Inferiore", " Marina", " Terme", " sul Torrente"}
	w := world{region: madeRegion}
	for i, name := range strings.Fields("Fiorino Montelago Valdombra Pianalta Rivalunga Selvascura Torrebruna Campochiaro") {
		kind := "1"
		if i == 0 {
			kind = "3"
		}
		w.provinces = append(w.provinces, made{code: fmt.Sprintf("%03d", 91+i), name: name, sigla: strings.ToUpper(name[:1] + name[3:4]), kind: kind})
	}
	for i := range n {
		b, r := begins[i%len(begins)], strings.ReplaceAll(roots[i/len(begins)%len(roots)], "_", " ")
		e := ends[i/len(begins)/len(roots)%len(ends)]
		p := i * 8 / n
		w.comuni = append(w.comuni, made{code: fmt.Sprintf("%s%03d", w.provinces[p].code, i-p*n/8+1), name: b + " " + r + e, cadastral: fmt.Sprintf("%c%03d", 'P'+rune(i/1000), i%1000), sigla: w.provinces[p].sigla, province: p})
	}
	for i := 0; i < n; i += 12 {
		w.unions = append(w.unions, made{code: w.comuni[i].code, name: "UNIONE DI COMUNI " + strings.ToUpper(w.comuni[i].name), cadastral: w.comuni[i].cadastral, kind: map[bool]string{true: "L12", false: "L18"}[i%36 == 0]})
	}
	return w
}

// shape is how a file is written.
type shape struct {
	old    bool // the columns of 2015 instead of those of 2024
	latin  bool // Windows-1252 instead of UTF-8
	mark   bool // with a byte order mark
	crlf   bool
	comma  bool // for the file of IndicePA
	zeros  bool // without the zeros that codes begin with
	broken bool // heading cells broken over rows, as a spreadsheet does
}

func (s shape) bytes(t testing.TB, rows [][]string, comma rune) []byte {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = comma, s.crlf
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if s.broken {
		text = strings.ReplaceAll(text, "\" \n(", "(")
	}
	if s.mark && !s.latin {
		text = "\ufeff" + text
	}
	if !s.latin {
		return []byte(text)
	}
	out, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

func (s shape) code(c string) string {
	if s.zeros {
		return strings.TrimLeft(c, "0")
	}
	return c
}

// istat writes the list of comuni, with some of another region among them.
func (w world) istat(t testing.TB, s shape) []byte {
	head := []string{
		"Codice Regione", "Codice dell'Unità territoriale sovracomunale \n(valida a fini statistici)", "Codice Provincia (Storico)(1)", "Progressivo del Comune (2)",
		"Codice Comune formato alfanumerico", "Denominazione (Italiana e straniera)", "Denominazione in italiano", "Denominazione altra lingua",
		"Codice Ripartizione Geografica", "Ripartizione geografica", "Denominazione Regione",
		"Denominazione dell'Unità territoriale sovracomunale \n(valida a fini statistici)", "Tipologia di Unità territoriale sovracomunale ",
		"Flag Comune capoluogo di provincia/città metropolitana/libero consorzio", "Sigla automobilistica", "Codice Comune formato numerico",
		"Codice Catastale del comune", "Codice NUTS1 2024",
	}
	if s.old {
		head = []string{
			"Codice Regione", "Codice Città Metropolitana", "Codice Provincia (1)", "Progressivo del Comune (2)", "Codice Comune formato alfanumerico", "Denominazione in italiano",
			"Denominazione in tedesco", "Codice Ripartizione Geografica", "Ripartizione geografica", "Denominazione regione", "Denominazione Città metropolitana",
			"Denominazione provincia", "Flag Comune capoluogo di provincia", "Sigla automobilistica", "Codice Comune formato numerico", "Codice Catastale del comune", "Popolazione legale 2011 (09/10/2011)",
		}
	}
	rows := [][]string{head}
	add := func(region string, c, p made) {
		number := strings.TrimLeft(c.code, "0")
		if s.old {
			city, province := "-", p.name
			if p.kind == "3" {
				city, province = p.name, "-"
			}
			rows = append(rows, []string{"31", "-", p.code, c.code[3:], s.code(c.code), c.name, "", "1", "Nord-ovest", region, city, province, "0", c.sigla, number, c.cadastral, "1.234"})
			return
		}
		rows = append(rows, []string{"31", p.code, p.code, c.code[3:], s.code(c.code), c.name, c.name, "", "1", "Nord-ovest", region, p.name, p.kind, "0", c.sigla, number, c.cadastral, "ITZ"})
	}
	for _, c := range w.comuni {
		add(w.region, c, w.provinces[c.province])
	}
	for i := range 20 {
		add("Altra Regione", made{code: fmt.Sprintf("001%03d", i+1), name: fmt.Sprint("Altrove ", i), cadastral: fmt.Sprintf("A%03d", i)}, made{code: "001", name: "Lontano", kind: "1"})
	}
	return s.bytes(t, rows, ';')
}

// ipa writes the list of enti: of the region's own enti, and of schools that have their seat in its comuni.
func (w world) ipa(t testing.TB, s shape) []byte {
	rows := [][]string{{
		"Codice_IPA", "Denominazione_ente", "Codice_fiscale_ente", "Tipologia", "Codice_Categoria", "Ente_in_liquidazione", "Codice_comune_ISTAT", "Codice_catastale_comune",
		"Mail1", "Tipo_Mail1", "Mail2", "Tipo_Mail2", "Sito_istituzionale", "Data_aggiornamento",
	}}
	tax := 80000000000
	add := func(code, name, category string, seat made, mail, site string) {
		tax++
		rows = append(rows, []string{code, name, fmt.Sprint(tax), "Pubbliche Amministrazioni", category, "N", s.code(seat.code), seat.cadastral, "protocollo@pec." + site, "pec", mail, "altro", "www." + site, "2026-01-01"})
	}
	host := func(name string) string { return strings.ReplaceAll(plain(name), " ", "") }
	add("r_terrafi", "Regione Terra Fiorita", "L4", w.comuni[0], "urp@regione.terrafiorita.example", "regione.terrafiorita.example")
	for i, p := range w.provinces {
		first := slices.IndexFunc(w.comuni, func(c made) bool { return c.province == i })
		if first < 0 {
			continue
		}
		seat := w.comuni[first]
		category, name := "L5", "Provincia di "+p.name
		if p.kind == "3" {
			category, name = "L45", "Città Metropolitana di "+p.name
		}
		add("p_"+strings.ToLower(p.sigla), name, category, seat, "info@provincia."+host(p.name)+".example", "provincia."+host(p.name)+".example")
	}
	for i, c := range w.comuni {
		site := "comune." + host(c.name) + "." + strings.ToLower(c.sigla) + ".example"
		if i%97 != 5 { // some are missing
			add("c_"+strings.ToLower(c.cadastral), "Comune di "+c.name, "L6", c, "info@"+site, site)
		}
		if i%5 == 0 {
			add(fmt.Sprintf("istsc_%04d", i), "Istituto Comprensivo di "+c.name, "L33", c, "x@istruzione.example", "istruzione.example")
		}
	}
	for i, u := range w.unions {
		add(fmt.Sprintf("u_%03d", i), u.name, u.kind, u, "info@unione"+fmt.Sprint(i)+".example", fmt.Sprintf("unione%d.example", i))
	}
	comma := ';'
	if s.comma {
		comma = ','
	}
	return s.bytes(t, rows, comma)
}

// plain is a name as part of an address.
func plain(name string) string {
	return strings.NewReplacer("ì", "i", "à", "a", "ù", "u", "ò", "o", "’", "").Replace(strings.ToLower(name))
}

// files are both lists of a region, written alike.
func (w world) files(t testing.TB, s shape) enti.Files {
	return enti.Files{ISTAT: w.istat(t, s), IPA: w.ipa(t, s), Region: w.region}
}
