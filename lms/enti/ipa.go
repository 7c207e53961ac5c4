package enti

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"aulacomune/lms"
)

// Category is a category of IndicePA.
type Category string

// The categories that become organisations; rows of all others are passed over.
const (
	CategoryRegion   Category = "L4"
	CategoryProvince Category = "L5"
	CategoryComune   Category = "L6" // and their consortia, which are none
	CategoryMountain Category = "L12"
	CategoryUnion    Category = "L18"
	CategoryCity     Category = "L45"
)

// Categories lists them in the order of the tree.
func Categories() []Category {
	return []Category{CategoryRegion, CategoryProvince, CategoryCity, CategoryUnion, CategoryMountain, CategoryComune}
}

// Ente is a row of IndicePA.
type Ente struct {
	Line      int      `json:"line"`
	IPA       string   `json:"ipa"`
	Name      string   `json:"name"`
	Category  Category `json:"category"`
	Tax       string   `json:"tax,omitempty"`
	Seat      string   `json:"seat,omitempty"` // ISTAT's code of the comune in which it has its seat; of a comune, its own
	Cadastral string   `json:"cadastral,omitempty"`
	Domains   []string `json:"domains,omitempty"`
}

// ipaColumns are the headings of the data set "enti" since 2020.
func ipaColumns() []column {
	out := []column{
		{"ipa", []string{"codice ipa"}, true},
		{"name", []string{"denominazione ente"}, true},
		{"category", []string{"codice categoria"}, true},
		{"seat", []string{"codice comune istat"}, true},
		{"cadastral", []string{"codice catastale comune"}, false},
		{"tax", []string{"codice fiscale ente"}, false},
		{"liquidation", []string{"ente in liquidazione"}, false},
		{"site", []string{"sito istituzionale"}, false},
	}
	for i := range 5 {
		n := strconv.Itoa(i + 1)
		out = append(out, column{"mail" + n, []string{"mail" + n}, false}, column{"type" + n, []string{"tipo mail" + n}, false})
	}
	return out
}

// readIPA reads the enti of the region. The rows are filtered by category first: the column with the comune is where an ente has its seat, and
// schools and hospitals have one, too.
func (r *Region) readIPA(file []byte) error {
	t, err := open(IPA, file, ipaColumns())
	if err != nil {
		return err
	}
	r.IPA = true
	known := r.known()
	zeros := 0
	for row, err := range t.each() {
		if err != nil {
			return err
		}
		category := Category(strings.ToUpper(row.get("category")))
		if !slices.Contains(Categories(), category) {
			continue
		}
		seat, restored, ok := digits(row.get("seat"), 6)
		if ok && !r.holds(seat) {
			continue
		}
		e := Ente{Line: row.cells.Line, IPA: strings.ToLower(row.get("ipa")), Name: capitals(row.get("name")), Category: category, Seat: seat}
		if !ok && category == CategoryComune {
			if e.Seat = cmp.Or(known["/"+strings.ToUpper(row.get("cadastral"))], known[lms.Fold(e.Name)]); e.Seat != "" {
				r.Findings.add(Note, row.place(), "ipa.guessed", e.Name)
			}
		}
		if e.Seat == "" && !sameRegion(strings.TrimPrefix(lms.Fold(e.Name), "regione "), r.Name) {
			continue
		}
		if restored {
			zeros++
		}
		r.ente(row, e)
	}
	r.counted(t, zeros)
	r.shared()
	return nil
}

// known gives the codes of comuni by their cadastral codes and, where only one has it, by their names.
func (r *Region) known() map[string]string {
	out, names := map[string]string{}, map[string]int{}
	for _, c := range r.Comuni {
		names[lms.Fold("Comune di "+c.Name)]++
	}
	for _, c := range r.Comuni {
		if name := lms.Fold("Comune di " + c.Name); names[name] == 1 {
			out[name] = c.ISTAT
		}
		if c.Cadastral != "" {
			out["/"+c.Cadastral] = c.ISTAT
		}
	}
	return out
}

// holds says whether a comune's code is of the region: in one of its provinces.
func (r *Region) holds(code string) bool {
	_, ok := r.Provinces[code[:3]]
	return ok
}

// ente keeps a row.
func (r *Region) ente(row row, e Ente) {
	r.Rows[e.Category]++
	at := row.place()
	if e.Name == "" || e.IPA == "" {
		r.Findings.add(Warning, at, "row.short")
		return
	}
	if strings.EqualFold(row.get("liquidation"), "S") {
		r.Findings.add(Note, at, "ipa.liquidation", e.Name)
		return
	}
	if lost(e.Name) {
		r.Findings.add(Warning, at, "text.lost", e.Name)
	}
	if tax := row.get("tax"); tax != "" {
		var ok bool
		if e.Tax, _, ok = digits(tax, 11); !ok {
			r.Findings.add(Warning, at, "code.tax", tax)
		}
	}
	e.Cadastral = r.cadastral(row, "cadastral")
	e.Domains = domains(row)
	if e.Seat == "" {
		r.Findings.add(Warning, at, "ipa.code", e.Name)
		r.Loose = append(r.Loose, e)
		return
	}
	r.Enti = append(r.Enti, e)
}

// domains are those of the site and of ordinary mail. Certified mail is kept by providers, and is written to by offices, not by people.
func domains(row row) []string {
	var out []string
	add := func(d string) {
		if d != "" && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	for i := range 5 {
		n := strconv.Itoa(i + 1)
		if kind := strings.ToLower(row.get("type" + n)); kind != "pec" {
			if d := ofMail(row.get("mail" + n)); !strings.HasPrefix(d, "pec.") && !strings.HasPrefix(d, "cert.") {
				add(d)
			}
		}
	}
	add(ofSite(row.get("site")))
	return out
}

// mostSharing is of how many enti a domain may be and still tell something: the comuni of a union often have their mail there.
const mostSharing = 12

// shared takes domains away that are of many enti.
func (r *Region) shared() {
	of := map[string]int{}
	for _, e := range r.Enti {
		for _, d := range e.Domains {
			of[d]++
		}
	}
	for i := range r.Enti {
		r.Enti[i].Domains = slices.DeleteFunc(r.Enti[i].Domains, func(d string) bool { return of[d] > mostSharing })
	}
	var many []string
	for d, n := range of {
		if n > mostSharing {
			many = append(many, d)
		}
	}
	slices.SortFunc(many, func(a, b string) int { return cmp.Compare(a, b) })
	for _, d := range many {
		r.Findings.add(Note, place{source: IPA}, "domain.shared", d, strconv.Itoa(of[d]))
	}
}
