package enti

import (
	"strconv"
	"strings"

	"aulacomune/lms"
)

// Comune is a row of ISTAT's list.
type Comune struct {
	Line      int    `json:"line"`
	ISTAT     string `json:"istat"` // six digits
	Cadastral string `json:"cadastral,omitempty"`
	Name      string `json:"name"`
	Province  string `json:"province"` // code of three digits
	Sigla     string `json:"sigla,omitempty"`
}

// Province is what ISTAT calls a unit above comuni.
type Province struct {
	Code string `json:"code"` // three digits, as they were before metropolitan cities got theirs
	Name string `json:"name"`
	Kind string `json:"kind,omitempty"` // ISTAT's number: 1 province, 2 autonomous, 3 metropolitan city, 4 free consortium, 5 none but for statistics
}

// istatColumns are the headings of "Elenco dei codici e delle denominazioni delle unità territoriali", of the years since 2015 alike. Where a heading has
// an accented letter it is matched up to that, as files arrive with it broken.
func istatColumns() []column {
	return []column{
		{"code", []string{"codice comune formato alfanumerico"}, true},
		{"number", []string{"codice comune formato numerico"}, false},
		{"name", []string{"denominazione in italiano", "denominazione italiana e straniera", "denominazione corrente"}, true},
		{"region", []string{"denominazione regione"}, true},
		{"province", []string{"denominazione dell unit*", "denominazione provincia"}, true},
		{"city", []string{"denominazione citt*"}, false},
		{"kind", []string{"tipologia di unit*"}, false},
		{"sigla", []string{"sigla automobilistica"}, false},
		{"cadastral", []string{"codice catastale*"}, false},
	}
}

// readISTAT reads the comuni of one region.
func (r *Region) readISTAT(file []byte) error {
	t, err := open(ISTAT, file, istatColumns())
	if err != nil {
		return err
	}
	seen, others, zeros := map[string]int{}, map[string]bool{}, 0
	for row, err := range t.each() {
		if err != nil {
			return err
		}
		region := row.get("region")
		if !sameRegion(region, r.Name) {
			if others[region] = true; region == "" {
				r.Findings.add(Warning, row.place(), "row.short")
			} else if code, _, ok := digits(row.get("code"), 6); ok {
				r.Elsewhere[code[:3]] = true
			}
			continue
		}
		c, restored, ok := r.comune(row)
		if !ok {
			continue
		}
		if first := seen[c.ISTAT]; first > 0 {
			r.Findings.add(Warning, row.place(), "row.twice", c.ISTAT, strconv.Itoa(first))
			continue
		}
		seen[c.ISTAT] = c.Line
		if restored {
			zeros++
		}
		r.Comuni = append(r.Comuni, c)
	}
	r.counted(t, zeros)
	for code := range r.Provinces {
		delete(r.Elsewhere, code)
	}
	if len(r.Comuni) == 0 {
		return noRegion(r.Name, others)
	}
	return nil
}

// comune reads one row.
func (r *Region) comune(row row) (c Comune, restored, ok bool) {
	code, name, province := row.get("code"), row.get("name"), row.get("province")
	if province == "" {
		province = row.get("city")
	}
	if name == "" || province == "" || code == "" && row.get("number") == "" {
		r.Findings.add(Warning, row.place(), "row.short")
		return c, false, false
	}
	c = Comune{Line: row.cells.Line, Name: name, Sigla: strings.ToUpper(row.get("sigla"))}
	if c.ISTAT, restored, ok = digits(code, 6); !ok {
		if c.ISTAT, _, ok = digits(row.get("number"), 6); !ok {
			r.Findings.add(Warning, row.place(), "code.istat", code)
			return c, false, false
		}
	}
	if lost(name) {
		r.Findings.add(Warning, row.place(), "text.lost", name)
	}
	c.Cadastral = r.cadastral(row, "cadastral")
	c.Province = c.ISTAT[:3]
	if _, known := r.Provinces[c.Province]; !known {
		kind := row.get("kind")
		if kind == "" && row.get("city") != "" {
			kind = "3"
		}
		r.Provinces[c.Province] = Province{Code: c.Province, Name: province, Kind: kind}
	}
	return c, restored, true
}

// cadastral reads a cadastral code.
func (r *Region) cadastral(row row, name string) string {
	code := strings.ToUpper(row.get(name))
	if code != "" && !cadastralForm.MatchString(code) {
		r.Findings.add(Warning, row.place(), "code.cadastral", code)
		return ""
	}
	return code
}

// counted says what was put right in a whole file.
func (r *Region) counted(t *table, zeros int) {
	if zeros > 0 {
		r.Findings.add(Note, place{t.source, 0}, "code.zeros", strconv.Itoa(zeros))
	}
	if t.repaired > 0 {
		r.Findings.add(Note, place{t.source, 0}, "text.repaired", strconv.Itoa(t.repaired))
	}
}

// sameRegion compares names of regions; of one in two languages either is enough ("Valle d'Aosta/Vallée d'Aoste").
func sameRegion(have, want string) bool {
	want = lms.Fold(want)
	if lms.Fold(have) == want {
		return true
	}
	for one := range strings.SplitSeq(have, "/") {
		if lms.Fold(one) == want {
			return true
		}
	}
	return false
}
