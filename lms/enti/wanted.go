package enti

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"aulacomune/lms"
)

// wanted is an ente as the files would have it.
type wanted struct {
	key    string // "province/001", "union/u_ala", "comune/001001"
	above  string // key of what it lies below; "" is the root
	kind   lms.OrganisationKind
	name   string
	short  string // the name without what it is
	sigla  string // of its province
	codes  lms.Codes
	domain []string
	sure   bool // its place is named in a file; otherwise people may have put it elsewhere
}

// rank is how far down the tree a kind lies.
func rank(k lms.OrganisationKind) int {
	switch k {
	case lms.KindAssociation:
		return 0
	case lms.KindRegion, lms.KindProvince, lms.KindCity:
		return 1
	case lms.KindUnion, lms.KindMountain:
		return 2
	case lms.KindComune:
		return 3
	case lms.KindOffice:
		return 4
	}
	return -1
}

// joined is a region whose two lists were put together.
type joined struct {
	all      []wanted // in the order of the tree
	findings findings
	coverage Coverage
}

// join puts the lists of ISTAT and IndicePA together.
func join(r Region, ours []lms.Organisation) joined {
	j := joined{findings: slices.Clone(r.Findings)}
	j.coverage.Rows, j.coverage.Loose = r.Rows, slices.Clone(r.Loose)
	j.upper(r)
	j.unions(r)
	j.comuni(r)
	j.members(r, ours)
	slices.SortStableFunc(j.all, func(a, b wanted) int { return rank(a.kind) - rank(b.kind) })
	for _, w := range j.all {
		if len(w.domain) > 0 {
			j.coverage.Domains++
		}
	}
	return j
}

// add keeps an ente with what IndicePA says of it.
func (j *joined) add(w wanted, e *Ente) {
	if e != nil {
		w.codes.IPA, w.codes.Tax, w.domain = e.IPA, e.Tax, e.Domains
	}
	w.codes.Name = w.name
	j.all = append(j.all, w)
}

// upper adds the region's own body, provinces and metropolitan cities.
func (j *joined) upper(r Region) {
	for i, e := range r.Enti {
		if e.Category == CategoryRegion && (sameRegion(strings.TrimPrefix(lms.Fold(e.Name), "regione "), r.Name)) {
			j.add(wanted{key: "region", kind: lms.KindRegion, name: e.Name, short: r.Name}, &r.Enti[i])
			break
		}
	}
	codes := make([]string, 0, len(r.Provinces))
	for code := range r.Provinces {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		p := r.Provinces[code]
		if p.Kind == "5" {
			j.findings.add(Note, place{source: ISTAT}, "province.no", p.Name)
			continue
		}
		w := wanted{key: "province/" + code, kind: lms.KindProvince, name: provinceName(p), short: p.Name, codes: lms.Codes{ISTAT: code}}
		category := CategoryProvince
		if p.Kind == "3" {
			w.kind, category = lms.KindCity, CategoryCity
		}
		j.add(w, r.provincial(category, code))
	}
}

// provinceName is what a province is called. ISTAT gives the name alone, in two languages where there are two.
func provinceName(p Province) string {
	name, _, _ := strings.Cut(p.Name, "/")
	switch p.Kind {
	case "2":
		return "Provincia autonoma di " + name
	case "3":
		return "Città metropolitana di " + name
	case "4":
		return "Libero consorzio comunale di " + name
	}
	return "Provincia di " + name
}

// provincial finds the row of a province, whose seat is in it.
func (r Region) provincial(c Category, code string) *Ente {
	for i, e := range r.Enti {
		if e.Category == c && e.Seat[:3] == code {
			return &r.Enti[i]
		}
	}
	return nil
}

// unions adds unions and comunità montane, each in the province of its seat.
func (j *joined) unions(r Region) {
	seen := map[string]bool{}
	for i, e := range r.Enti {
		kind := lms.KindUnion
		switch e.Category {
		case CategoryMountain:
			kind = lms.KindMountain
		case CategoryUnion:
		default:
			continue
		}
		if seen[e.IPA] {
			j.findings.add(Warning, place{IPA, e.Line}, "ipa.twice", e.Name, e.IPA)
			j.coverage.Twice = append(j.coverage.Twice, e)
			continue
		}
		seen[e.IPA] = true
		j.add(wanted{key: "union/" + e.IPA, above: r.above(e.Seat), kind: kind, name: e.Name, short: e.Name}, &r.Enti[i])
	}
}

// above is the key of the province of a comune's code; "" where there is no provincial body.
func (r Region) above(code string) string {
	if r.Provinces[code[:3]].Kind == "5" {
		return ""
	}
	return "province/" + code[:3]
}

// comuni adds comuni, each with its row of IndicePA.
func (j *joined) comuni(r Region) {
	rows := j.rowsOfComuni(r)
	for _, c := range r.Comuni {
		w := wanted{key: "comune/" + c.ISTAT, above: r.above(c.ISTAT), kind: lms.KindComune, name: "Comune di " + c.Name, short: c.Name, sigla: c.Sigla,
			codes: lms.Codes{ISTAT: c.ISTAT, Cadastral: c.Cadastral}}
		e := j.rowOf(c, rows[c.ISTAT])
		if e == nil {
			j.coverage.Without = append(j.coverage.Without, c)
		} else {
			j.coverage.WithIPA++
			if w.codes.Cadastral == "" {
				w.codes.Cadastral = e.Cadastral
			}
		}
		j.add(w, e)
	}
	j.coverage.Comuni = len(r.Comuni)
}

// rowsOfComuni groups the rows of IndicePA by comune, without those that are no comuni.
func (j *joined) rowsOfComuni(r Region) map[string][]Ente {
	known := map[string]bool{}
	for _, c := range r.Comuni {
		known[c.ISTAT] = true
	}
	out := map[string][]Ente{}
	for _, e := range r.Enti {
		switch {
		case e.Category != CategoryComune:
		case !isComune(e.Name):
			j.findings.add(Note, place{IPA, e.Line}, "ipa.other", e.Name)
			j.coverage.Loose = append(j.coverage.Loose, e)
		case !known[e.Seat]:
			j.findings.add(Warning, place{IPA, e.Line}, "ipa.unknown", e.Name, e.Seat)
			j.coverage.Loose = append(j.coverage.Loose, e)
		default:
			out[e.Seat] = append(out[e.Seat], e)
		}
	}
	return out
}

// isComune tells comuni from the consortia and associations that share their category.
func isComune(name string) bool {
	first, _, _ := strings.Cut(lms.Fold(name), " ")
	return slices.Contains([]string{"comune", "citta", "municipio", "municipalita", "commune"}, first) || !slices.ContainsFunc(
		[]string{"consorzio", "unione", "comunita", "associazione", "convenzione", "ambito", "azienda", "istituzione", "societa", "agenzia", "ente"},
		func(w string) bool { return strings.Contains(" "+lms.Fold(name)+" ", " "+w+" ") })
}

// rowOf chooses among the rows of a comune: the one that is called like it, or the first.
func (j *joined) rowOf(c Comune, rows []Ente) *Ente {
	if len(rows) == 0 {
		return nil
	}
	best := slices.IndexFunc(rows, func(e Ente) bool { return lms.Fold(e.Name) == lms.Fold("Comune di "+c.Name) })
	best = max(best, 0)
	e := rows[best]
	for i, other := range rows {
		if i != best {
			j.findings.add(Warning, place{IPA, other.Line}, "ipa.twice", "Comune di "+c.Name, e.IPA)
			j.coverage.Twice = append(j.coverage.Twice, other)
		}
	}
	if e.Cadastral != "" && c.Cadastral != "" && e.Cadastral != c.Cadastral {
		j.findings.add(Warning, place{IPA, e.Line}, "ipa.cadastral", e.Name, e.Cadastral, c.Cadastral)
	}
	return &e
}

// members puts comuni below the unions that the file of members names.
// A union may be one that is there already, and a comune may be named by a code that only the tree knows.
func (j *joined) members(r Region, ours []lms.Organisation) {
	unions, comuni := j.known(2), j.known(3)
	there, codes := standing(ours)
	for _, m := range r.Members {
		at := place{Members, m.Line}
		key, union := "", lms.Fold(m.Union)
		if i, ok := unions[union]; ok {
			key = j.all[i].key
		} else if id, ok := there[union]; ok {
			key = "there/" + string(id)
		} else {
			j.findings.add(Warning, at, "member.unknown", m.Union)
			continue
		}
		comune, ok := comuni[lms.Fold(m.Comune)]
		if !ok {
			comune, ok = comuni[codes[lms.Fold(m.Comune)]]
		}
		if code, _, is := digits(m.Comune, 6); is {
			comune, ok = comuni[code]
		}
		switch {
		case !ok:
			j.findings.add(Warning, at, "member.unknown", m.Comune)
		case j.all[comune].sure && j.all[comune].above != key:
			first := strings.TrimPrefix(j.all[comune].above, "there/")
			if i := slices.IndexFunc(j.all, func(w wanted) bool { return w.key == j.all[comune].above }); i >= 0 {
				first = j.all[i].name
			}
			j.findings.add(Warning, at, "member.twice", j.all[comune].name, first)
		default:
			j.all[comune].above, j.all[comune].sure = key, true
		}
	}
}

// standing finds the unions of a tree by code and name, and the ISTAT codes of its comuni by their code of IndicePA and their id, all folded.
func standing(ours []lms.Organisation) (unions map[string]lms.OrganisationID, comuni map[string]string) {
	unions, comuni = map[string]lms.OrganisationID{}, map[string]string{}
	for _, o := range ours {
		for _, s := range []string{o.Codes.IPA, o.Name, o.Codes.Name, string(o.ID)} {
			if s = lms.Fold(s); s == "" || !o.Ceased.IsZero() {
				continue
			}
			switch rank(o.Kind) {
			case 2:
				unions[s] = o.ID
			case 3:
				comuni[s] = o.Codes.ISTAT
			}
		}
	}
	return unions, comuni
}

// known finds the enti of a rank by their codes and names, folded.
func (j *joined) known(of int) map[string]int {
	out := map[string]int{}
	for i, w := range j.all {
		if rank(w.kind) != of {
			continue
		}
		for _, s := range []string{w.codes.IPA, w.codes.ISTAT, w.codes.Cadastral, w.short, w.name} {
			if s = lms.Fold(s); s != "" {
				out[s] = i
			}
		}
	}
	return out
}

// ids are tried in this order for a new ente until one is free: what it is with its name, that with its province, that with a number.
func (w wanted) ids(yield func(lms.OrganisationID) bool) {
	base := slug(w.name)
	if w.kind == lms.KindComune {
		base = "comune-" + slug(w.short)
	}
	base = cmp.Or(strings.Trim(base, "-"), slug(w.key))
	if !yield(lms.OrganisationID(base)) || w.sigla != "" && !yield(lms.OrganisationID(base+"-"+slug(w.sigla))) {
		return
	}
	for n := 2; ; n++ {
		if !yield(lms.OrganisationID(base + "-" + strconv.Itoa(n))) {
			return
		}
	}
}
