package attendance_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms/attendance"

	"pgregory.net/rapid"
)

// shown is a row of somebody who was there from a minute of the meeting to another.
func shown(t testing.TB, name, email string, from, to int) attendance.Row {
	start := at(t, "2026-06-08 10:00:00")
	r := attendance.Row{Name: name, Span: attendance.Span{From: start.Add(time.Duration(from) * time.Minute), To: start.Add(time.Duration(to) * time.Minute)}}
	if email != "" {
		r.Emails = []string{email}
	}
	return r
}

// said is a match as a test expects it: who, whether it is sure, and why.
func said(m attendance.Match) string {
	s := "? "
	if m.Candidate != "" {
		s = m.Candidate + " "
	}
	if !m.Sure {
		s += "doubt "
	}
	var why []string
	for _, r := range m.Why {
		why = append(why, string(r))
	}
	return s + strings.Join(why, ",")
}

// office is who may have been in a meeting.
func office() []attendance.Candidate {
	c := func(id, given, family, email, ente string) attendance.Candidate {
		who := attendance.Candidate{ID: id, Given: given, Family: family, Ente: ente, Registered: true}
		if email != "" {
			who.Emails = strings.Fields(email)
		}
		return who
	}
	all := []attendance.Candidate{
		c("damico", "Maria Chiara", "D'Amico", "mc.damico@comune.valscura.example", "Comune di Valscura"),
		c("deluca", "Giuseppe", "De Luca", "giuseppe.deluca@gmail.com", "Comune di Pratoalto"),
		c("mueller", "Jörg", "Müller", "", "Comune di Valscura"),
		c("verdi", "Annamaria", "Verdi Neri", "", "Unione dei Comuni della Piana"),
		c("lanzi", "Piero", "Lanzi", "piero@studio.example", "Comune di Pratoalto"),
		c("rossi-v", "Maria", "Rossi", "maria.rossi@comune.valscura.example", "Comune di Valscura"),
		c("rossi-p", "Maria", "Rossi", "m.rossi@comune.pratoalto.example", "Comune di Pratoalto"),
		c("gallo", "Luca", "Gallo", "protocollo@comune.pratoalto.example", "Comune di Pratoalto"),
		c("galli", "Sara", "Galli", "protocollo@comune.pratoalto.example", "Comune di Pratoalto"),
		c("santa", "Santa", "Lo Presti", "", "Comune di Valscura"),
		c("guest", "Ugo", "Lami", "ugo@lami.example", ""),
	}
	all[len(all)-1].Guest = true
	out := c("outside", "Dario", "Conti", "dario.conti@comune.valscura.example", "Comune di Valscura")
	out.Registered = false
	return append(all, out)
}

func TestANameIsMatchedWithItsReasons(t *testing.T) {
	for _, c := range []struct{ name, email, want string }{
		{"Maria Chiara D'Amico", "mc.damico@comune.valscura.example", "damico email,name,registered"},
		{"Chi sarà", "MC.DAmico+teams@comune.valscura.example", "damico email,registered"},
		{"x", "giuseppe.de.luca+webinar@googlemail.com", "deluca email,registered"},
		{"D’AMICO MARIA CHIARA", "", "damico name,registered"},
		{"Maria Chiara Damico", "", "damico name,registered"},
		{"D Amico Maria Chiara", "", "damico name,registered"},
		{"Mariachiara D`Amico", "", "damico name-spelt,registered"},
		{"Chiara D'Amico", "", "damico name-part,registered"},
		{"Dott.ssa Maria Chiara D'Amico (Comune di Valscura)", "", "damico name,ente,registered"},
		{"Maria Chiara D'Amico - Ufficio Tributi", "", "damico name,registered"},
		{"Comune di Valscura - Maria Chiara D'Amico", "", "damico name,ente,registered"},
		{"Maria Chiara D'Amico Comune di Valscura", "", "damico name,ente,registered"},
		{"Maria Chiara D'Amico Valscura", "", "damico name-part,ente,registered"},
		{"M. D'Amico", "", "damico doubt initials,registered"},
		{"D'Amico M.C.", "", "damico doubt initials,registered"},
		{"D'Amico", "", "damico doubt family-only,registered"},
		{"Maria Chiara D'Amico (Comune di Pratoalto)", "", "damico doubt name,other-ente,registered"},
		{"Maria Chiara D'Amico", "mc@comune.pratoalto.example", "damico doubt name,other-domain,registered"},
		{"Maria Chiara D'Amico", "chiara@posta.example", "damico name,registered"},
		{"Deluca Giuseppe", "", "deluca name,registered"},
		{"Beppe De Luca", "", "deluca doubt familiar,registered"},
		{"Giusepe De Luca", "", "deluca doubt name-near,registered"},
		{"Giuseppe De Lucca", "", "deluca doubt name-near,registered"},
		{"iPhone di Beppe", "", "deluca doubt device,registered"},
		{"Piero's iPad", "", "lanzi doubt device,registered"},
		{"Joerg Mueller", "", "mueller name-spelt,registered"},
		{"Muller Jorg", "", "mueller name,registered"},
		{"Anna Maria Verdi Neri", "", "verdi name-spelt,registered"},
		{"Annamaria Verdi", "", "verdi name-part,registered"},
		{"Annamaria Verdi Bianchi", "", "verdi doubt name-near,registered"},
		{"Santa Lo Presti", "", "santa name-spelt,registered"},
		{"LOPRESTI SANTA", "", "santa name,registered"},
		{"Ugo Lami", "", "guest name,registered"},
		{"Maria Rossi", "", "? doubt name,registered,namesakes"},
		{"Rossi Maria (Valscura)", "", "rossi-v name,ente,registered"},
		{"Maria Rossi", "rossi@comune.pratoalto.example", "rossi-p name,domain,registered"},
		{"Maria Rossi", "maria.rossi@comune.valscura.example", "rossi-v email,name,registered"},
		{"Luca Gallo", "protocollo@comune.pratoalto.example", "gallo email,name,registered"},
		{"Ufficio protocollo", "protocollo@comune.pratoalto.example", "? doubt email,registered,email-shared"},
		{"Ugo Lami", "piero@studio.example", "lanzi doubt email,registered,email-name"},
		{"Dario Conti", "", "outside doubt name,unregistered"},
		{"Dario Conti", "dario.conti@comune.valscura.example", "outside email,name,unregistered"},
		{"piero@studio.example", "", "lanzi doubt given-only,registered"},
		{"Maria", "", "? doubt given-only,registered"},
		{"Zeno Zanotti", "", "? doubt nobody"},
		{"🦊", "", "? doubt nobody"},
		{"", "", "? doubt nobody"},
	} {
		m := attendance.Matches([]attendance.Row{shown(t, c.name, strings.ToLower(c.email), 0, 60)}, office())
		if len(m) != 1 || said(m[0]) != c.want {
			t.Errorf("%q <%s>: %q, want %q", c.name, c.email, said(m[0]), c.want)
		}
	}
}

func TestRowsThatAreOneParticipantAreMerged(t *testing.T) {
	row := func(name, email string, from, to int) attendance.Row { return shown(t, name, email, from, to) }
	for _, c := range []struct {
		name string
		rows []attendance.Row
		want []string // rows, minutes, and who
	}{
		{"rejoins", []attendance.Row{row("Piero Lanzi", "", 0, 10), row("Piero Lanzi", "", 20, 40), row("LANZI PIERO", "", 35, 50)}, []string{"[0 1 2] 40 lanzi name,registered"}},
		{"an address, then none", []attendance.Row{row("Piero Lanzi", "", 0, 10), row("Piero Lanzi", "piero@studio.example", 20, 40)}, []string{"[0 1] 30 lanzi email,name,registered"}},
		{"another name, the same address", []attendance.Row{row("P", "piero@studio.example", 0, 10), row("Lanzi", "piero+x@studio.example", 20, 40)}, []string{"[0 1] 30 lanzi email,family-only,registered"}},
		{"a telephone that adds nothing", []attendance.Row{row("P. L.", "piero@studio.example", 0, 60), row("Piero Lanzi", "", 5, 50)},
			[]string{"[0] 60 lanzi email,registered", "[1] 45 lanzi name,registered"}},
		{"a telephone that stays longer", []attendance.Row{row("P. L.", "piero@studio.example", 0, 60), row("Piero Lanzi", "", 5, 80)},
			[]string{"[0] 60 lanzi email,registered", "[1] 75 lanzi doubt name,registered,claimed"}},
		{"a rejoin under another name", []attendance.Row{row("P. L.", "piero@studio.example", 0, 30), row("Piero Lanzi", "", 31, 80)},
			[]string{"[0] 30 lanzi email,registered", "[1] 49 lanzi name,registered"}},
		{"two accounts with the name of one", []attendance.Row{row("Piero Lanzi", "a@x.example", 0, 60), row("Piero Lanzi", "b@x.example", 10, 50)},
			[]string{"[0] 60 lanzi doubt name,registered,claimed", "[1] 40 lanzi doubt name,registered,claimed"}},
		{"two accounts, one after the other", []attendance.Row{row("Piero Lanzi", "a@x.example", 0, 30), row("Piero Lanzi", "b@x.example", 30, 50)},
			[]string{"[0] 30 lanzi name,registered", "[1] 20 lanzi name,registered"}},
		{"nicknames at the same time are two", []attendance.Row{row("Ospite", "", 0, 60), row("Ospite", "", 10, 50), row("Ospite", "", 60, 70)},
			[]string{"[0 2] 70 ? doubt nobody", "[1] 40 ? doubt nobody"}},
		{"rows without a name", []attendance.Row{row("", "", 0, 10), row("", "", 20, 30)}, []string{"[0] 10 ? doubt nobody", "[1] 10 ? doubt nobody"}},
		{"two of one name at two enti", []attendance.Row{row("Maria Rossi (Valscura)", "", 0, 60), row("Maria Rossi - Comune di Pratoalto", "", 10, 50)},
			[]string{"[0] 60 rossi-v name,ente,registered", "[1] 40 rossi-p name,ente,registered"}},
	} {
		var got []string
		for _, m := range attendance.Matches(c.rows, office()) {
			got = append(got, fmt.Sprint(m.Rows, " ", attendance.Minutes(m.Spans), " ", said(m)))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOthersAreListedTheLikeliestFirst(t *testing.T) {
	m := attendance.Matches([]attendance.Row{shown(t, "Maria Rossi", "", 0, 60)}, office())[0]
	if len(m.Others) != 2 || m.Others[0].Candidate != "rossi-p" || m.Others[1].Candidate != "rossi-v" || m.Others[0].Points != m.Others[1].Points || len(m.Others[0].Why) != 2 {
		t.Errorf("%+v", m.Others)
	}
}

func TestRolesAreTold(t *testing.T) {
	rows := []attendance.Row{shown(t, "Piero Lanzi", "", 0, 10), shown(t, "Piero Lanzi", "", 10, 20)}
	rows[1].Role = attendance.Organiser
	if m := attendance.Matches(rows, office()); len(m) != 1 || m[0].Role != attendance.Organiser {
		t.Errorf("%+v", m)
	}
}

func TestAReportOfStrangersIsTold(t *testing.T) {
	var rows []attendance.Row
	for i := range 20 {
		rows = append(rows, shown(t, fmt.Sprintf("Zeno Zan%c", 'a'+i), "", 0, 60))
	}
	if p, ok := attendance.Known(attendance.Matches(rows, office())); ok || problem(p) != `!! 0 nobody-known Count="0" Of="20"` {
		t.Errorf("%v %q", ok, problem(p))
	}
	if p, ok := attendance.Known(attendance.Matches(append(rows[:8], shown(t, "Piero Lanzi", "", 0, 60)), office())); !ok {
		t.Errorf("%q", problem(p))
	}
	if _, ok := attendance.Known(nil); !ok {
		t.Error("nobody at all is no sign of another meeting")
	}
}

// Every row is in exactly one match, who is sure is one of the candidates, and the order of the candidates changes nothing.
func TestMatchesLoseNobody(t *testing.T) {
	names := strings.Split("Maria Rossi|Rossi Maria|M. Rossi|D'Amico|iPhone|Piero Lanzi|LANZI|Ugo|Luca Gallo (Pratoalto)|Beppe De Luca|🦊|", "|")
	emails := strings.Split("||maria.rossi@comune.valscura.example|protocollo@comune.pratoalto.example|piero@studio.example|x@y.example", "|")
	rapid.Check(t, func(r *rapid.T) {
		var rows []attendance.Row
		for range rapid.IntRange(0, 15).Draw(r, "rows") {
			from := rapid.IntRange(0, 80).Draw(r, "from")
			rows = append(rows, shown(t, rapid.SampledFrom(names).Draw(r, "name"), rapid.SampledFrom(emails).Draw(r, "email"), from, from+rapid.IntRange(0, 60).Draw(r, "minutes")))
		}
		got := attendance.Matches(rows, office())
		seen := make([]int, len(rows))
		for _, m := range got {
			for _, i := range m.Rows {
				seen[i]++
			}
			if len(m.Why) == 0 || m.Sure && !slices.ContainsFunc(office(), func(c attendance.Candidate) bool { return c.ID == m.Candidate }) {
				r.Fatalf("%+v", m)
			}
		}
		if slices.ContainsFunc(seen, func(n int) bool { return n != 1 }) {
			r.Fatalf("rows in matches: %v", seen)
		}
		if again := attendance.Matches(rows, rapid.Permutation(office()).Draw(r, "order")); !reflect.DeepEqual(again, got) {
			r.Fatalf("%+v\nin another order\n%+v", got, again)
		}
	})
}
