package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/webinar"
)

// demoSeries is the path of the demo's two webinars.
const demoSeries = "Verso lo smart working nei comuni della Val Fiorita"

// How many of the staff come to the first webinar, and how many seats the second has.
const (
	demoCame  = 15
	demoSeats = 12
)

// webinars holds the two webinars that go before the course: one is over, with its hours and attestati; one is to come, and is full.
func (s *seeder) webinars() error {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return err
	}
	ours := demoGuests()
	today := s.start.AddDate(0, 0, 40).In(rome)
	past, coming := workday(today.AddDate(0, 0, -8), -1), workday(today.AddDate(0, 0, 9), 1)
	s.clock.set(past.AddDate(0, 0, -18))
	first, err := s.announce(firstWebinar(past), 0)
	if err != nil {
		return err
	}
	if err := s.register(first, slices.Concat(ours, s.staff(0, demoCame)), past.AddDate(0, 0, -15)); err != nil {
		return err
	}
	if err := s.hold(first, s.staff(0, demoCame), rome); err != nil {
		return err
	}
	s.clock.set(today.AddDate(0, 0, -5))
	second, err := s.announce(secondWebinar(coming), demoSeats)
	if err != nil {
		return err
	}
	return s.register(second, slices.Concat([]string{"dipendente@demo.aula", "responsabile@demo.aula"}, s.staff(8, demoSeats), []string{"collega@demo.aula"}), today.AddDate(0, 0, -4))
}

// demoGuests are the accounts that the demo offers and that were at the first webinar.
func demoGuests() []string {
	return []string{"dipendente@demo.aula", "collega@demo.aula", "responsabile@demo.aula", "referente@demo.aula"}
}

// staff are some of those who are no account of the demo, by how they sign in.
func (s *seeder) staff(from, n int) (out []string) {
	for _, p := range demoPeople()[4+from:][:n] {
		out = append(out, loginOrEmail(p))
	}
	return out
}

// workday is ten o'clock of a day, or of the next one, in a direction, on which offices are open.
func workday(t time.Time, step int) time.Time {
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.AddDate(0, 0, step)
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 10, 0, 0, 0, t.Location())
}

func firstWebinar(at time.Time) webinar.Input {
	return webinar.Input{Starts: webinar.MomentOf(at, at.Location()), Ends: webinar.MomentOf(at.Add(2*time.Hour), at.Location()), Terms: webinar.Terms{
		Title: "Smart working: la cultura, prima degli strumenti", Series: demoSeries, Number: 1, Area: "trasversali", Link: "https://riunioni.valfiorita.example/smart-working-1",
		Abstract: "Nell’emergenza si è lavorato da casa per obbligo, senza prepararsi. Che cosa cambia quando diventa una scelta: autonomia nel modo di lavorare, " +
			"responsabilità dei risultati, fiducia.\n\nPer amministratori, dirigenti, funzionari e impiegati dei comuni, anche dei più piccoli.",
		Speakers: []webinar.Speaker{
			{Name: "Elena Marchetti", As: demoOwner, Bio: "Dirige l’associazione e ne segue la formazione."},
			{Name: "Marta Bianchi", As: "Ufficio formazione", Bio: "Ha scritto il corso che segue i due webinar."},
		},
		Questions: []webinar.Question{{Text: "Che cosa vi aspettate da questo incontro?"}},
		Survey:    webinar.UsualSurvey("it"), Ways: []cohort.Way{cohort.WayFree},
	}}
}

func secondWebinar(at time.Time) webinar.Input {
	return webinar.Input{Starts: webinar.MomentOf(at, at.Location()), Ends: webinar.MomentOf(at.Add(90*time.Minute), at.Location()), Terms: webinar.Terms{
		Title: "Smart working: le esperienze dei comuni", Series: demoSeries, Number: 2, Area: "trasversali", Link: "https://riunioni.valfiorita.example/smart-working-2",
		Abstract: "Quattro amministrazioni raccontano come hanno cominciato: chi ha scelto il gruppo di prova, con quali regole, che cosa rifarebbe e che cosa no.\n\n" +
			"Metà del tempo è per le domande.",
		Speakers: []webinar.Speaker{
			{Name: "Marta Bianchi", As: demoOwner, Bio: "Ha scritto il corso che segue i due webinar."},
			{Name: "Enrico Fabbri", As: "Unione dei Comuni dell’Alta Fiorita", Bio: "Si occupa del personale dell’unione."},
		},
		Material:  []webinar.Material{{Title: "Le regole del gruppo di prova di Pietralta (PDF)", Link: "https://www.pietralta.example/smart-working/regole.pdf"}},
		Questions: []webinar.Question{{Text: "Il vostro comune ha già cominciato?", Choices: []string{"Sì", "Stiamo per farlo", "Non ancora"}}},
		Survey:    webinar.UsualSurvey("it"), Ways: []cohort.Way{cohort.WayFree},
	}}
}

// announce has a webinar announced, with pictures of its speakers, and published.
func (s *seeder) announce(in webinar.Input, capacity int) (webinar.Webinar, error) {
	a := s.actor("amministratore@demo.aula")
	w, err := s.house.Webinars.Announce(s.ctx, a, webinar.Start{Organisation: a.Memberships[0].Organisation, Capacity: capacity, Input: in})
	for i := range w.Terms.Speakers {
		var photo []byte
		if err == nil {
			photo, err = portrait(i)
		}
		if err == nil {
			_, err = s.house.Webinars.SetPhoto(s.ctx, a, w.ID, i, bytes.NewReader(photo))
		}
	}
	if err != nil {
		return w, err
	}
	return s.house.Webinars.Publish(s.ctx, a, w.ID)
}

// register lets people register, one after another, from a moment on.
func (s *seeder) register(w webinar.Webinar, people []string, from time.Time) error {
	for i, login := range people {
		s.clock.set(from.Add(time.Duration(i*97) * time.Minute))
		answers := map[string]string{}
		if q := w.Terms.Questions[0]; len(q.Choices) > 0 {
			answers[q.ID] = q.Choices[i%len(q.Choices)]
		} else if i%4 == 1 {
			answers[q.ID] = "Sapere da dove si comincia in un comune piccolo."
		}
		if _, err := s.house.Webinars.Register(s.ctx, s.actor(login), w.Slug, "", answers); err != nil {
			return fmt.Errorf("%s registers for %s: %w", login, w.Slug, err)
		}
	}
	s.house.Cohorts.Wait() // what follows is written with the demo's clock, not with that of the next step
	return s.house.Mail.Deliver(s.ctx)
}

// hold lets a webinar happen: people come in, the report of the meeting is imported, one of its doubts is cleared and one is left, it is closed, and people say
// what they think.
func (s *seeder) hold(w webinar.Webinar, staff []string, rome *time.Location) error {
	for i, login := range slices.Concat(demoGuests(), staff) {
		s.clock.set(w.Terms.Starts.Add(time.Duration(i%9-6) * time.Minute))
		if i%2 == 0 {
			if _, err := s.house.Webinars.Enter(s.ctx, s.actor(login), w.Slug); err != nil {
				return fmt.Errorf("%s enters %s: %w", login, w.Slug, err)
			}
		}
	}
	a := s.actor("amministratore@demo.aula")
	s.clock.set(w.Terms.Ends.Add(2 * time.Hour))
	report, err := s.house.Webinars.Import(s.ctx, a, w.ID, webinar.Upload{Name: "Resoconto presenze.csv", Bytes: s.meeting(w, staff, rome), Order: "dmy"})
	if err != nil {
		return err
	}
	if err := s.clear(a, w, report, staff[len(staff)-1]); err != nil {
		return err
	}
	_, err = s.house.Webinars.SetMaterial(s.ctx, a, w.ID, []webinar.Material{
		{Title: "Le diapositive (PDF)", Link: "https://www.valfiorita.example/smart-working/diapositive-1.pdf"},
		{Title: "La registrazione, con i sottotitoli", Link: "https://www.valfiorita.example/smart-working/registrazione-1"},
	})
	if err != nil {
		return err
	}
	s.clock.set(w.Terms.Ends.Add(22 * time.Hour))
	if _, err := s.house.Webinars.Conclude(s.ctx, a, w.ID); err != nil {
		return err
	}
	s.house.Webinars.Wait()
	if err := s.house.Mail.Deliver(s.ctx); err != nil {
		return err
	}
	return s.opinions(w, staff)
}

// clear says who came with a telephone that only has a first name.
func (s *seeder) clear(a lms.Actor, w webinar.Webinar, r webinar.Report, login string) error {
	for _, l := range r.Doubts() {
		if strings.HasPrefix(l.Name, "iPhone") {
			_, err := s.house.Webinars.Resolve(s.ctx, a, w.ID, webinar.Verdict{Report: r.Hash, Line: l.Key, Person: s.people[login].ID, Reason: "Ha scritto di avere usato il telefono"})
			return err
		}
	}
	return fmt.Errorf("the report of %s has no doubt to clear", w.Slug)
}

// opinions lets most of the staff say what they think; the demo's own accounts are still free to.
func (s *seeder) opinions(w webinar.Webinar, staff []string) error {
	said := []string{"Finalmente si parla di fiducia e non di programmi.", "", "", "Vorrei più esempi di comuni piccoli.", "", ""}
	for i, login := range staff[:8] {
		s.clock.set(w.Terms.Ends.Add(time.Duration(23+i*3) * time.Hour))
		levels := map[string]int{}
		for j, st := range w.Terms.Survey.Statements {
			levels[st.ID] = 3 - (i*3+j)%7/3
			if st.Reversed {
				levels[st.ID] = (i + j) % 3
			}
		}
		if err := s.house.Webinars.Opine(s.ctx, s.actor(login), w.Slug, webinar.Answers{Levels: levels, Comment: said[i%len(said)]}); err != nil {
			return fmt.Errorf("%s on %s: %w", login, w.Slug, err)
		}
	}
	return nil
}

// meeting is the report of attendance as Teams writes it in Italian: most came with their address, one by name alone, one with a telephone, and one line is a
// room with several people in it, which nobody can tell from the file.
func (s *seeder) meeting(w webinar.Webinar, staff []string, rome *time.Location) []byte {
	var b strings.Builder
	b.WriteString("1. Riepilogo\nTitolo riunione\t" + w.Terms.Title + "\n\n2. Partecipanti\nNome\tPrimo accesso\tUltima uscita\tDurata in riunione\tE-mail\tID partecipante (UPN)\tRuolo\n")
	starts := w.Terms.Starts.In(rome)
	line := func(name, email string, from, to int) {
		at := func(minute int) string {
			return starts.Add(time.Duration(minute)*time.Minute + 7*time.Second).Format("02/01/2006, 15:04:05")
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%d h %d min\t%s\t%s\tPartecipante\n", name, at(from), at(to), (to-from)/60, (to-from)%60, email, email)
	}
	line("Nicolò D’Angelo", "collega@demo.aula", 31, 79) // below the threshold
	for i, login := range slices.Concat(demoGuests(), staff) {
		p := s.people[login]
		switch {
		case login == "collega@demo.aula":
		case i == len(demoGuests()): // by name alone
			line(strings.ToUpper(p.Family+" "+p.Given)+" ("+p.Memberships[0].Name+")", "", -2, 121)
		case i == len(demoGuests())+len(staff)-1:
			line("iPhone di "+p.Given, "", 3, 118)
		case i%8 == 7: // registered, and not there
		default:
			line(p.Name(), p.Email, i%5-4, 122-i%6*4)
		}
	}
	line("Sala consiliare Castelvecchio", "", -1, 119)
	return []byte(b.String())
}

// portrait draws somebody's picture: a head and shoulders on a ground of its own colour. It is nobody's photograph.
func portrait(n int) ([]byte, error) {
	const side = 160 // small, as it is written anew when the demo starts
	ground := []color.RGBA{{0x1f, 0x5f, 0x8b, 0xff}, {0x2e, 0x7d, 0x5b, 0xff}}[n%2]
	figure := color.RGBA{0xf2, 0xe8, 0xdc, 0xff}
	m := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			dx, head, body := x-side/2, y-60, y-side
			m.SetRGBA(x, y, ground)
			if dx*dx+head*head < 30*30 || dx*dx*4+body*body*4 < 120*120 {
				m.SetRGBA(x, y, figure)
			}
		}
	}
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, m)
	return b.Bytes(), err
}
