package enti

import "time"

// Merger says that a comune ceased, and which took over its territory.
type Merger struct {
	Line     int       `json:"line,omitempty"`
	Old      string    `json:"old"` // ISTAT's code
	Name     string    `json:"name,omitempty"`
	Into     string    `json:"into"` // ISTAT's code
	IntoName string    `json:"into_name,omitempty"`
	On       time.Time `json:"on,omitzero"`
}

// Member says that a comune belongs to a union. Either is named by a code or by its name.
type Member struct {
	Line   int    `json:"line"`
	Union  string `json:"union"`
	Comune string `json:"comune"`
}

// ceasedColumns are the headings of ISTAT's "Elenco comuni soppressi".
func ceasedColumns() []column {
	return []column{
		{"code", []string{"codice comune", "codice comune formato alfanumerico"}, true},
		{"name", []string{"denominazione comune"}, false},
		{"on", []string{"data evento", "data decorrenza*"}, false},
		{"into", []string{"codice del comune associato*"}, true},
		{"into name", []string{"denominazione comune associat*"}, false},
	}
}

// readCeased reads what became of comuni. The file has all of Italy since 1861: only what concerns the region is kept.
func (r *Region) readCeased(file []byte) error {
	t, err := open(Ceased, file, ceasedColumns())
	if err != nil {
		return err
	}
	zeros := 0
	for row, err := range t.each() {
		if err != nil {
			return err
		}
		old, restored, ok := digits(row.get("code"), 6)
		into, restoredToo, okToo := digits(row.get("into"), 6)
		if !ok || !okToo {
			if row.get("code") != "" && ok != okToo && (ok && r.holds(old) || okToo && r.holds(into)) {
				r.Findings.add(Warning, row.place(), "code.istat", row.get("code")+" → "+row.get("into"))
			}
			continue
		}
		if !r.holds(old) && !r.holds(into) || old == into {
			continue
		}
		if restored || restoredToo {
			zeros++
		}
		r.Mergers = append(r.Mergers, Merger{Line: row.cells.Line, Old: old, Name: row.get("name"), Into: into, IntoName: row.get("into name"), On: day(row.get("on"))})
	}
	r.counted(t, zeros)
	return nil
}

// day reads a date as ISTAT and spreadsheets write it; zero when it is none.
func day(s string) time.Time {
	for _, form := range []string{"02/01/2006", "2/1/2006", "2006-01-02", "02-01-2006", "02/01/06"} {
		if len(s) > 10 {
			s = s[:10]
		}
		if t, err := time.Parse(form, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// readMembers reads which comuni belong to which union.
func (r *Region) readMembers(file []byte) error {
	t, err := open(Members, file, []column{
		{"union", []string{"unione", "codice unione", "codice ipa unione", "denominazione unione", "union", "comunita montana"}, true},
		{"comune", []string{"comune", "codice comune", "codice istat comune", "codice istat", "denominazione comune"}, true},
	})
	if err != nil {
		return err
	}
	for row, err := range t.each() {
		if err != nil {
			return err
		}
		if m := (Member{row.cells.Line, row.get("union"), row.get("comune")}); m.Union != "" && m.Comune != "" {
			r.Members = append(r.Members, m)
		}
	}
	r.counted(t, 0)
	return nil
}
