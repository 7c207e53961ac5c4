package attendance_test

import (
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms/attendance"
)

// problems are those of a report, a line each.
func problems(r attendance.Report) (out []string) {
	for _, p := range r.Problems {
		out = append(out, problem(p))
	}
	return out
}

// spans are when the rows of a report were there, in Rome.
func spans(t testing.TB, r attendance.Report) (out []string) {
	for _, row := range r.Rows {
		s := row.Name + " -"
		if !row.Span.Empty() {
			z := rome(t)
			s = fmt.Sprintf("%s %s-%s", row.Name, row.Span.From.In(z).Format("02/01 15:04:05"), row.Span.To.In(z).Format("02/01 15:04:05"))
		}
		out = append(out, s)
	}
	return out
}

func teams(rows ...string) string {
	return "1. Summary\nStart time\t6/8/2026, 9:50:00 AM\nEnd time\t6/8/2026, 11:40:00 AM\n\n2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n" +
		strings.Join(rows, "\n") + "\n"
}

func TestWhatIsWrongIsSaidAndNothingIsLost(t *testing.T) {
	whole, err := os.ReadFile("testdata/teams-it.tsv")
	if err != nil {
		t.Fatal(err)
	}
	board, err := os.ReadFile("testdata/bbb.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file     string
		spans, problem []string
	}{
		{"nothing", "", nil, []string{"!! 0 empty"}},
		{"blanks", " \n\t\n", nil, []string{"!! 0 empty"}},
		{"an empty dashboard", "{}", nil, []string{"!! 0 no-table"}},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00", nil, []string{"!! 0 error.sheet.kind"}},
		{"a PDF", "%PDF-1.7", nil, []string{"!! 0 error.sheet.kind"}},
		{"a letter", "Caro collega,\nti mando il report.\nCiao", nil, []string{"!! 0 no-table"}},
		{"headings alone", "Nome;Ora di ingresso;Ora di uscita\n", nil, []string{"!! 0 no-rows"}},
		{"no participants' part", "1. Summary\nMeeting title\tX\nAttended participants\t40\n\n3. In-Meeting Activities\n", nil, []string{"!! 0 no-table"}},
		{"cut after the second participant", string(whole[:strings.Index(string(whole), "ROSSI MARIA")]), []string{"Elena Guidi 08/06 09:52:10-08/06 11:34:02", "Nicolò D’Amico 08/06 09:58:31-08/06 11:19:45"},
			[]string{`!! 0 truncated Found="2" Said="5"`, `! 12 row-gaps Stated="81"`}},
		{"cut within the stays", string(whole[:strings.LastIndex(string(whole), "08/06/2026, 10:31:00")]), []string{
			"Elena Guidi 08/06 09:52:10-08/06 11:34:02", "Nicolò D’Amico 08/06 09:58:31-08/06 10:20:45", "Nicolò D’Amico -",
			"ROSSI MARIA (Comune di Valscura) 08/06 10:03:05-08/06 11:28:49", "Anna Maria Perù 08/06 10:40:00-08/06 10:55:30", "iPhone di Beppe 08/06 10:01:00-08/06 10:02:12",
		}, []string{`! 20 row-less Found="22" Stated="81"`, "! 21 row-short", "! 21 row-no-times"}},
		{"a dashboard cut off", string(board[:strings.Index(string(board), `"w_3"`)]), []string{
			"Elena Guidi 08/06 09:52:10-08/06 11:34:02", "Nicolò D'Amico 08/06 09:58:31-08/06 10:10:00", "Nicolò D'Amico 08/06 10:11:40-08/06 10:20:45", "Nicolò D'Amico 08/06 10:31:00-08/06 11:30:00",
		}, []string{"!! 0 broken-off"}},
		{"an odd entry in a dashboard", `{"users":{"a":{"name":3},"b":{"name":"Ada Neri","intIds":{"b":{"registeredOn":"x"}}},"c":{"name":"Ugo Lami","intIds":{"c":{"registeredOn":-5,"leftOn":1780911000000}}},"d":7}}`,
			[]string{" -", "Ada Neri -", "Ugo Lami -", " -"}, []string{`! 1 row-unreadable Cell=""`, `! 2 row-unreadable Cell="Ada Neri"`, `! 3 row-time Cell="-5"`, `! 4 row-unreadable Cell=""`}},
		{"a quote that does not end", "Nome,Entrata,Uscita\nAda Neri,10:00,11:00\n\"Ugo,10:00,11:00\n", []string{"Ada Neri 08/06 10:00:00-08/06 11:00:00"}, []string{"!! 3 error.sheet.quote"}},
		{"of another day", "Nome;Entrata;Uscita\nAda Neri;15/06/2026 10:00;15/06/2026 11:00\n", []string{"Ada Neri 15/06 10:00:00-15/06 11:00:00"}, []string{`!! 0 other-day Day="2026-06-15" Scheduled="2026-06-08"`}},
		{"of another hour", "Nome;Entrata;Uscita\nAda Neri;08/06/2026 15:00;08/06/2026 16:00\n", []string{"Ada Neri 08/06 15:00:00-08/06 16:00:00"}, []string{`!! 0 other-hour Day="2026-06-08"`}},
		{"of another meeting", "Titolo;Bilancio consolidato\nNome;Entrata;Uscita\nAda Neri;10:00;11:00\n", []string{"Ada Neri 08/06 10:00:00-08/06 11:00:00"}, []string{`! 0 other-title Title="Bilancio consolidato"`}},
		{"names alone", "Nome;Ente\nAda Neri;Valscura\n", []string{"Ada Neri -"}, []string{"!! 0 names-only"}},
		{"unknown headings", "Name\tErster Beitritt\tLetzter Austritt\tDauer\tE-Mail\tRolle\nAda Neri\t08.06.2026, 10:00:00\t08.06.2026, 11:00:00\t1 Std.\tada@valscura.example\tTeilnehmerin\n",
			[]string{"Ada Neri 08/06 10:00:00-08/06 11:00:00"}, []string{`! 1 guessed Join="Erster Beitritt" Leave="Letzter Austritt"`}},
		{"a name, and headings in another language", "2. Teilnehmer\nName\tErster Beitritt\tLetzter Austritt\tDauer\nAda Neri\t08.06.2026, 10:00:00\t08.06.2026, 11:00:00\t1 Std.\n",
			[]string{"Ada Neri 08/06 10:00:00-08/06 11:00:00"}, []string{`! 2 guessed Join="Erster Beitritt" Leave="Letzter Austritt"`}},
		{"nicknames", "Nome;Entrata;Uscita\nAda;10:00;11:00\nlupo77;10:00;11:00\niPhone;10:00;11:00\nZia;10:00;11:00\n",
			[]string{"Ada 08/06 10:00:00-08/06 11:00:00", "lupo77 08/06 10:00:00-08/06 11:00:00", "iPhone 08/06 10:00:00-08/06 11:00:00", "Zia 08/06 10:00:00-08/06 11:00:00"}, []string{`! 0 nicknames Count="4" Of="4"`}},
		{"left before joining", teams("Ada Neri\t6/8/2026, 11:00:00 AM\t6/8/2026, 10:00:00 AM\t1h\t\t\t"), []string{"Ada Neri -"}, []string{`! 7 row-reversed Join="2026-06-08 11:00:00" Leave="2026-06-08 10:00:00"`}},
		{"a stay of years", teams("Ada Neri\t6/8/2026, 10:00:00 AM\t6/8/2029, 10:00:00 AM\t1h\t\t\t"), []string{"Ada Neri -"}, []string{`! 7 row-absurd Join="2026-06-08 10:00:00" Leave="2029-06-08 10:00:00"`}},
		{"of another age", teams("Ada Neri\t1/1/1970, 1:00:00 AM\t1/1/1970, 2:00:00 AM\t1h\t\t\t"), []string{"Ada Neri -"}, []string{`! 7 row-absurd Join="1970-01-01 01:00:00" Leave="1970-01-01 02:00:00"`}},
		{"a negative duration", teams("Ada Neri\t6/8/2026, 10:00:00 AM\t6/8/2026, 11:00:00 AM\t-5m\t\t\t"), []string{"Ada Neri 08/06 10:00:00-08/06 11:00:00"}, []string{`! 7 row-negative Cell="-5m"`}},
		{"no exit", teams("Ada Neri\t6/8/2026, 10:00:00 AM\t\t\t\t\t"), []string{"Ada Neri 08/06 10:00:00-08/06 11:40:00"}, []string{"! 7 row-open"}},
		{"no entrance", teams("Ada Neri\t\t6/8/2026, 10:00:00 AM\t\t\t\t"), []string{"Ada Neri -"}, []string{"! 7 row-no-join"}},
		{"no times", teams("Ada Neri\t\t\t\tada@valscura.example\t\t"), []string{"Ada Neri -"}, []string{"! 7 row-no-times"}},
		{"a time that is none", teams("Ada Neri\tieri\t6/8/2026, 25:00:00\t\t\t\t"), []string{"Ada Neri -"}, []string{`! 7 row-time Cell="ieri"`, `! 7 row-time Cell="6/8/2026, 25:00:00"`}},
		{"a formula for a name", teams("=CMD()\t6/8/2026, 10:00:00 AM\t6/8/2026, 11:00:00 AM\t\t\t\t"), []string{"=CMD() 08/06 10:00:00-08/06 11:00:00"}, []string{`! 7 row-formula Cell="=CMD()"`}},
		{"a formula for a time", teams("Ada Neri\t=A1\t6/8/2026, 11:00:00 AM\t\t\t\t"), []string{"Ada Neri -"}, []string{`! 7 row-time Cell="=A1"`}},
		{"nobody's row", teams("\t6/8/2026, 10:00:00 AM\t6/8/2026, 11:00:00 AM\t\t\t\t"), []string{" 08/06 10:00:00-08/06 11:00:00"}, []string{"! 7 row-no-name"}},
		{"an address that is none", teams("Ada Neri\t6/8/2026, 10:00:00 AM\t6/8/2026, 11:00:00 AM\t\tada\t\t"), []string{"Ada Neri 08/06 10:00:00-08/06 11:00:00"}, []string{`! 7 row-address Cell="ada"`}},
		{"signs that cannot be seen", teams("\u200eAda\u202f\u00a0Neri\u200f\t6/8/2026,\u202f10:00:00\u202fAM\t6/8/2026, 11:00:00 AM\t\t\t\t"), []string{"Ada Neri 08/06 10:00:00-08/06 11:00:00"}, nil},
		{"a guest called Guest", teams("Guest\t6/8/2026, 10:00:00 AM\t6/8/2026, 11:00:00 AM\t\t\t\tAttendee"), []string{"Guest 08/06 10:00:00-08/06 11:00:00"}, nil},
	} {
		h := webinar(t)
		r := attendance.Read(c.name, []byte(c.file), h)
		if got := spans(t, r); !slices.Equal(got, c.spans) {
			t.Errorf("%s: %q, want %q", c.name, got, c.spans)
		}
		if got := problems(r); !slices.Equal(got, c.problem) {
			t.Errorf("%s: %q, want %q", c.name, got, c.problem)
		}
	}
}

func TestTheOrderOfDatesIsThatOfTheFile(t *testing.T) {
	row := func(days ...string) string {
		s := "Nome;Entrata;Uscita\n"
		for i, d := range days {
			s += fmt.Sprintf("Ada Neri %d;%s 10:00;%s 11:00\n", i, d, d)
		}
		return s
	}
	june, august := attendance.Hints{Scheduled: attendance.Span{From: at(t, "2026-06-08 10:00:00"), To: at(t, "2026-06-08 11:00:00")}},
		attendance.Hints{Scheduled: attendance.Span{From: at(t, "2026-08-06 10:00:00"), To: at(t, "2026-08-06 11:00:00")}}
	for _, c := range []struct {
		name, file string
		hints      attendance.Hints
		day        string // of the first row
		problem    []string
	}{
		{"nothing tells", row("8/6/2026"), attendance.Hints{}, "", []string{`!! 0 ambiguous-day Cell="8/6/2026 10:00" First="2026-06-08" Second="2026-08-06"`, `! 2 row-day Cell="8/6/2026 10:00"`, `! 2 row-day Cell="8/6/2026 11:00"`}},
		{"a person said", row("8/6/2026"), attendance.Hints{Order: attendance.MonthFirst}, "08-06", nil},
		{"the meeting's day", row("8/6/2026"), june, "06-08", nil},
		{"the meeting's day, months first", row("8/6/2026"), august, "08-06", nil},
		{"another row", row("8/6/2026", "13/6/2026"), attendance.Hints{}, "06-08", nil},
		{"another row, against the meeting's day", row("6/8/2026", "6/13/2026"), august, "06-08", []string{`!! 0 other-day Day="2026-06-08" Scheduled="2026-08-06"`}},
		{"days that lie together", row("4/3/2026", "4/4/2026", "4/5/2026"), attendance.Hints{}, "04-03", nil},
		{"the same both ways", row("6/6/2026"), attendance.Hints{}, "06-06", nil},
		{"dots are days first", row("8.6.2026"), attendance.Hints{}, "06-08", nil},
		{"years first", row("2026-06-08"), attendance.Hints{}, "06-08", nil},
		{"months in words", row("8 giugno 2026"), attendance.Hints{}, "06-08", nil},
		{"months in words, before the day", row("Mon, Jun 8, 2026"), attendance.Hints{}, "06-08", nil},
		{"Tuesday, not March", row("mar 9 giu 2026"), attendance.Hints{}, "06-09", nil},
		{"both ways in one file", row("8/6/2026", "13/6/2026", "6/13/2026"), attendance.Hints{}, "", []string{
			`!! 0 mixed-days Cell="13/6/2026 10:00" Other="6/13/2026 10:00"`, `! 2 row-day Cell="8/6/2026 10:00"`, `! 2 row-day Cell="8/6/2026 11:00"`,
		}},
		{"no such day", row("31/2/2026"), attendance.Hints{}, "", []string{`! 2 row-time Cell="31/2/2026 10:00"`, `! 2 row-time Cell="31/2/2026 11:00"`}},
		{"hours alone, and no day", "Nome;Entrata;Uscita\nAda Neri;10:00;11:00\n", attendance.Hints{}, "", []string{"!! 0 no-day"}},
		{"the day in the name of the file", "Nome;Entrata;Uscita\nAda Neri;10:00;11:00\n", attendance.Hints{}, "06-13", nil},
		{"hours alone", "Nome;Entrata;Uscita\nAda Neri;10:00;11:00\n", june, "06-08", nil},
		{"the day in a column", "Data;Nome;Entrata;Uscita\n08/06/2026;Ada Neri;10:00;11:00\n13/06/2026;Ugo Lami;10:00;11:00\n", attendance.Hints{}, "06-08", nil},
		{"the day above", "Data della riunione: 13/06/2026\nNome;Entrata;Uscita\nAda Neri;10:00;11:00\n", attendance.Hints{}, "06-13", nil},
	} {
		name := "a.csv"
		if c.name == "the day in the name of the file" {
			name = "Lavoro agile (2026-06-13 at 00 58 GMT-7) - Attendance.csv"
		}
		r := attendance.Read(name, []byte(c.file), c.hints)
		day := ""
		if len(r.Rows) > 0 && !r.Rows[0].Span.Empty() {
			day = r.Rows[0].Span.From.In(rome(t)).Format("01-02")
		}
		if got := problems(r); day != c.day || !slices.Equal(got, c.problem) {
			t.Errorf("%s: %q %q, want %q %q", c.name, day, got, c.day, c.problem)
		}
	}
}

func TestNightsAreReadAsTheClockWent(t *testing.T) {
	for _, c := range []struct {
		name, from, to, join, leave, stated string
		minutes                             int
		problem                             []string
	}{
		{"over midnight", "2026-06-08 23:00:00", "2026-06-09 01:00:00", "08/06/2026 22:55", "09/06/2026 00:30", "", 95, nil},
		{"over midnight, hours alone", "2026-06-08 23:00:00", "2026-06-09 01:00:00", "22:55", "00:30", "", 95, nil},
		{"after midnight, hours alone", "2026-06-08 23:00:00", "2026-06-09 01:00:00", "00:10", "00:30", "", 20, nil},
		{"forward", "2026-03-29 01:00:00", "2026-03-29 04:00:00", "29/03/2026 01:30", "29/03/2026 03:30", "", 60, nil},
		{"forward, in the hour that was not", "2026-03-29 01:00:00", "2026-03-29 04:00:00", "29/03/2026 02:30", "29/03/2026 04:00", "", 30, []string{`! 2 row-skipped Cell="29/03/2026 02:30"`}},
		{"back", "2026-10-25 01:00:00", "2026-10-25 04:00:00", "25/10/2026 01:30", "25/10/2026 03:30", "", 180, nil},
		{"back, as long as it says", "2026-10-25 01:00:00", "2026-10-25 04:00:00", "25/10/2026 01:30", "25/10/2026 02:30", "2 h", 120, []string{`! 2 row-twice Cell="25/10/2026 02:30"`}},
		{"back, the first time", "2026-10-25 01:00:00", "2026-10-25 04:00:00", "25/10/2026 01:30", "25/10/2026 02:30", "60 min", 60, []string{`! 2 row-twice Cell="25/10/2026 02:30"`}},
		{"back, within the hour", "2026-10-25 01:00:00", "2026-10-25 04:00:00", "25/10/2026 02:10", "25/10/2026 02:20", "70", 70, []string{`! 2 row-twice Cell="25/10/2026 02:10"`, `! 2 row-twice Cell="25/10/2026 02:20"`}},
	} {
		h := attendance.Hints{Scheduled: attendance.Span{From: at(t, c.from), To: at(t, c.to)}}
		r := attendance.Read("a.csv", fmt.Appendf(nil, "Nome;Entrata;Uscita;Durata\nAda Neri;%s;%s;%s\n", c.join, c.leave, c.stated), h)
		if len(r.Rows) != 1 {
			t.Fatal(c.name, problems(r))
		}
		if got := attendance.Minutes([]attendance.Span{r.Rows[0].Span}); got != c.minutes || !slices.Equal(problems(r), c.problem) {
			t.Errorf("%s: %d %q, want %d %q", c.name, got, problems(r), c.minutes, c.problem)
		}
	}
}

func TestAnotherZoneIsRead(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Ada Neri 08/06 10:00:00-08/06 11:00:00"}
	for _, c := range []struct{ name, file string }{
		{"the clock of London", "Name,Join Time,Leave Time\nAda Neri,2026-06-08 09:00,2026-06-08 10:00\n"},
		{"UTC in the cells", "Name,Join Time,Leave Time\nAda Neri,2026-06-08T08:00:00Z,2026-06-08 09:00 UTC\n"},
		{"offsets", "Name,Join Time,Leave Time\nAda Neri,2026-06-08T10:00:00+02:00,2026-06-08 05:00:00 GMT-4\n"},
		{"a name for the zone", "Name,Join Time,Leave Time\nAda Neri,2026-06-08 10:00 CEST,2026-06-08 11:00 (CEST)\n"},
		{"UTC in the headings", "Name,Join Time (UTC),Leave Time (UTC)\nAda Neri,2026-06-08 08:00,2026-06-08 09:00\n"},
	} {
		if r := attendance.Read("a.csv", []byte(c.file), attendance.Hints{Zone: london}); !slices.Equal(spans(t, r), want) {
			t.Errorf("%s: %q %q", c.name, spans(t, r), problems(r))
		}
	}
}

func TestTwentyThousandRowsAreRead(t *testing.T) {
	var b strings.Builder
	b.WriteString("Nome;Entrata;Uscita\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "Ada Neri %d;10:%02d;25:00\n", i, i%60)
	}
	r := attendance.Read("a.csv", wide(b.String(), binary.LittleEndian), webinar(t))
	if len(r.Rows) != 20_000 || len(r.Problems) != 20_000 {
		t.Errorf("%d rows, %d problems", len(r.Rows), len(r.Problems))
	}
	var guests strings.Builder
	guests.WriteString("Nome;Entrata;Uscita\n" + strings.Repeat("Ospite;10:00;11:00\n", 20_000))
	if r := attendance.Read("a.csv", []byte(guests.String()), webinar(t)); len(attendance.Matches(r.Rows, office())) != 20_000 {
		t.Errorf("%d guests at the same time are one another", len(r.Rows))
	}
	for range 90_000 {
		b.WriteString("Ugo Lami;10:00;11:00\n")
	}
	if r := attendance.Read("a.csv", []byte(b.String()), webinar(t)); len(r.Rows) < 90_000 || !r.Grave() {
		t.Errorf("%d rows of 110,000, grave: %t", len(r.Rows), r.Grave())
	}
}
