package web

import (
	"html/template"
	"maps"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms/web/front"
)

// samplePages are pages with content, by template ("signin-2" is signin.html again). They show what is hard to reach: errors, long names, empty lists.
func samplePages() map[string]any {
	f := sampleFrame()
	nobody := f
	nobody.User, nobody.CSRF, nobody.Demo, nobody.Crumbs, nobody.Menu, nobody.Desk = nil, "", false, nil, frameOf(f.Path).Menu, nil
	at := time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)
	card, done := sampleCard(), sampleCard()
	done.State, done.Percent, done.Done, done.Next, done.Certificate = "completed", 100, 16, nil, "/verifica/ABCD"
	fresh := sampleCard()
	fresh.Enrolled, fresh.State, fresh.Next, fresh.Closed = false, "", nil, true
	modules := sampleModules()
	members := []front.MembershipView{{Organisation: "Comune di Fontechiara", Office: "Anagrafe", Category: "funzionario", Role: "Partecipante", From: at}}
	row := front.EnrolmentRow{Person: "Bianchi Chiara", PersonHref: "/x", Organisation: "Comune di Fontechiara", Course: card.Title, CourseHref: "/y", Edition: 1, State: "in_progress", Percent: 62, Done: 10, Total: 16, Minutes: 110}
	rowDone := row
	rowDone.Person, rowDone.State, rowDone.Percent, rowDone.Completed, rowDone.Certificate, rowDone.Number = "De Gasperi Maria Antonietta", "completed", 100, at, "/c", "12/2026"
	rowMine := rowDone
	rowMine.Person, rowMine.PersonHref, rowMine.Issue = "", "", "/i"
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	certificate := sampleCertificate(f, at)
	revoked := sampleCertificate(nobody, at)
	superseded := sampleCertificate(nobody, at)
	superseded.State, superseded.Reason, superseded.Next = "superseded", "Minuti contati due volte.", "/verifica/x"
	revoked.State, revoked.Reason, revoked.Compared, revoked.Erased = "revoked", "Rilasciato alla persona sbagliata.", "different", true
	adminCourse := AdminCourse{Title: card.Title, Href: "/amministrazione/corsi/smart-working", Edition: 1, Published: at, Enrolled: 57, Hash: "3fa94c01b2aa", Note: "Prima pubblicazione"}
	pages := map[string]any{
		"elements":          sampleGuide(),
		"home":              &HomePage{Frame: f, Courses: []CourseCard{card}, Continue: &card},
		"home-2":            &HomePage{Frame: nobody, Courses: []CourseCard{fresh}},
		"signin":            &front.SignInPage{Frame: nobody, Email: "chiara", Problem: "Nome o password non corrispondono.", Errors: map[string]string{"password": "Nome o password non corrispondono."}, Next: "/corsi"},
		"signin-2":          &front.SignInPage{Frame: nobody, Keep: "x", Next: "/corsi", Ways: []front.Way{{Name: "Identità digitale della Regione", Address: "/accedi/con/regione"}, {Address: "/accedi/collegamento"}}},
		"activate":          &ActivatePage{Frame: nobody, Name: "Chiara Bianchi", Login: "chiara@fontechiara.example", Action: "/attiva/x", MinLength: 8},
		"courses":           &CoursesPage{Frame: f, Courses: []CourseCard{card, done, fresh}, More: "/corsi?cursore=x"},
		"courses-2":         &CoursesPage{Frame: nobody},
		"course":            &CoursePage{Frame: f, Course: card, Programme: "Contesto e norme; fiducia e risultati.", Audience: "Chi lavora nei comuni.", Objectives: []string{"Distinguere il lavoro agile dal telelavoro", "Concordare obiettivi"}, Modules: rendered("part/module", modules...), Planned: 177, Minutes: 110, Newer: 2, News: "/novita/x", Editions: "/versioni/x"},
		"course-2":          &CoursePage{Frame: nobody, Course: fresh, Modules: rendered("part/module", modules...), Planned: 177, SignIn: "/accedi?da=/corsi/smart-working"},
		"object":            sampleObject(f, modules, at),
		"object-2":          sampleReading(f, modules, at),
		"learning":          &LearningPage{Frame: f, Active: rendered("part/course-card", card), Completed: []CourseCard{done}, Minutes: 287},
		"learning-2":        &LearningPage{Frame: f, Waiting: []front.Waiting{{Label: "richieste aspettano la tua risposta", Icon: "users", Href: "/r", Count: 3}}},
		"certificates":      &CertificatesPage{Frame: f, Certificates: []CertificateCard{{Course: card.Title, Number: "12/2026", Code: "7K4M-9QXR-2BHT", Issued: at, Minutes: 177, State: "valid", PDF: "/p", Verify: "/v"}, {Course: card.Title, Number: "3/2025", Code: "9K4M-9QXR-2BHT", Issued: at, Minutes: 60, State: "revoked", PDF: "/p", Verify: "/v"}}},
		"certificates-2":    &CertificatesPage{Frame: f},
		"verify":            &VerifyPage{Frame: nobody, Code: "7K4M", Problem: "Il codice non è completo."},
		"certificate":       certificate,
		"certificate-2":     revoked,
		"certificate-3":     superseded,
		"profile":           &ProfilePage{Frame: f, Name: "Chiara Bianchi", Email: "chiara@fontechiara.example", Memberships: members, NewToken: "aula_3fa94c01b2aa77", MayPublish: true, Tokens: []TokenView{{Name: "Portatile", Scope: "Pubblicare corsi", Revoke: "/r", Created: at, Expires: at.AddDate(0, 3, 0)}}},
		"text":              &TextPage{Frame: nobody, Body: "<h2>Come si segue un corso</h2><p>Testo di aiuto.</p>"},
		"guide":             &GuidePage{Frame: f, Constructs: []Construct{{Name: "Riquadri", Purpose: "Mettono in evidenza.", Source: "> [!NOTE]\n> Le ore non cambiano, e questa riga è molto lunga perché si veda che cosa succede quando non ci sta.\n", HTML: "<aside class=\"callout callout-note\"><p class=\"callout-title\">Nota</p><p>Le ore non cambiano.</p></aside>"}, {Name: "Figure", Purpose: "Un'immagine.", Source: "![x](y.jpg)\n"}}},
		"rules":             &RulesPage{Frame: f, Rules: []Rule{{ID: "vague-link", Severity: "warning", WCAG: "2.4.4", Message: "«…» non dice dove porta il collegamento.", Why: "Chi usa un lettore di schermo.", Hint: "Scrivi dove si arriva.", Bad: "clicca [qui](x)\n", Good: "vedi [la guida](x)\n"}, {ID: "missing-alt", Severity: "error", Message: "Manca il testo alternativo."}}},
		"error":             &front.ErrorPage{Frame: f, Status: 500, Heading: "Qualcosa si è rotto da noi", Text: "Riprova tra poco.", Hints: []front.Crumb{{Label: "Home", Href: "/"}}, RequestID: "5f0c1d2e"},
		"resume":            &front.ResumePage{Frame: f, Action: "/x", Fields: []front.KeptField{{Name: "a", Value: "b"}}},
		"restart":           &RestartPage{Frame: nobody},
		"admin":             &AdminPage{Frame: f, Organisation: "ANCI Demo", People: 61, Organisations: 7, Courses: []AdminCourse{adminCourse}, Registers: []front.Crumb{{Label: "ANCI Demo", Href: "/r"}}},
		"admin_course":      &AdminCoursePage{Frame: f, Course: adminCourse, Organisation: "valli", Organisations: orgs, Enrolments: []front.EnrolmentRow{row, rowDone}, Total: 2, Editions: []EditionRow{{1, "3fa94c01b2aa", "Prima pubblicazione", at}}, EditionsHref: "/versioni/x", Access: "/a"},
		"register":          &RegisterPage{Frame: f, Issuer: "Unione delle Valli", IssuerID: "valli", Issuers: orgs, Chain: "ok", Total: 2, Rows: []RegisterRow{{Seq: 2, Kind: "revoked", Number: "1/2026", Code: "7K4M-9QXR-2BHT", Person: "Chiara Bianchi", Course: card.Title, At: at, Reason: "Doppione", Href: "/h"}, {Seq: 1, Kind: "issued", Number: "1/2026", Code: "7K4M-9QXR-2BHT", Person: "Chiara Bianchi", Course: card.Title, At: at, Href: "/h"}}},
		"admin_certificate": &AdminCertificatePage{Frame: f, Certificate: *certificate, Revoke: "/r", Problem: "Controlla i campi segnati.", Errors: map[string]string{"reason": "Scrivi il motivo."}},
	}
	maps.Copy(pages, sampleEditions(f, at))
	maps.Copy(pages, sampleStudio(f))
	maps.Copy(pages, sampleAccess(f, nobody, at))
	maps.Copy(pages, sampleCohorts(f, at))
	maps.Copy(pages, sampleOrganiser(f, at))
	maps.Copy(pages, sampleOffices(f, members, rowMine, at))
	maps.Copy(pages, sampleReports(f))
	maps.Copy(pages, samplePlans(f, at))
	maps.Copy(pages, sampleTree(f, at))
	maps.Copy(pages, sampleWebinars(f, nobody, at))
	maps.Copy(pages, sampleHours(f, at))
	maps.Copy(pages, samplePost(f, nobody, at))
	maps.Copy(pages, sampleActs(f, at))
	maps.Copy(pages, sampleDesk(f))
	return pages
}

func sampleCard() CourseCard {
	return CourseCard{
		Href: "/corsi/smart-working", Title: "Smart working: contesto e leve progettuali per il cambiamento organizzativo delle PA",
		Summary: "Che cosa cambia quando si lavora per risultati e non per presenza: il contesto, la fiducia, le competenze, gli strumenti, i processi e il progetto.",
		Owner:   "ANCI Demo", Minutes: 177, Objects: 16, Modules: 6, Edition: 1, Enrolled: true, State: "in_progress", Percent: 62, Done: 10, Next: &front.Crumb{Label: "Una storia: ANCI Piemonte", Href: "/corsi/smart-working/storia"},
	}
}

func sampleModules() []ModuleView {
	rule, missing := []string{"guarda il video (almeno 80 %)", "rispondi bene ad almeno 2 domande su 3"}, []string{"20 % del video (circa 24 secondi)"}
	return []ModuleView{
		{Number: 1, Title: "Il contesto: che cosa cambia davvero", Summary: "Telelavoro, lavoro da casa in emergenza, lavoro agile: tre cose diverse.", Objects: []ObjectCard{
			{Number: 1, Href: "/corsi/a/1", Title: "Oltre il telelavoro", Kind: "lesson", Minutes: 12, State: "completed", Percent: 100, Rule: rule},
			{Number: 2, Href: "/corsi/a/2", Title: "Dopo l’emergenza", Kind: "pill", Minutes: 8, State: "in_progress", Percent: 60, Rule: rule, Missing: missing, Current: true},
			{Number: 3, Href: "/corsi/a/3", Title: "Una storia: ANCI Piemonte", Kind: "story", Minutes: 10, State: "open", Rule: rule[1:]},
		}},
		{Number: 2, Title: "La fiducia: dal controllo ai risultati", Objects: []ObjectCard{
			{Number: 4, Title: "Fiducia e risultati", Kind: "reading", Minutes: 15, State: "locked", Rule: rule},
			{Number: 5, Href: "/corsi/a/5", Title: "Un obiettivo chiaro", Kind: "pill", Minutes: 6, Rule: rule[:1]},
		}},
	}
}

const sampleBody = template.HTML(`<p>Tre persone del tuo comune non erano in ufficio ieri, e tutte e tre ti diranno che erano «in smart working». Probabilmente parlano di <a href="#x">cose diverse</a>.</p>
<h2 id="parole">Mettere ordine nelle parole</h2><ul><li>Telelavoro</li><li>Lavoro agile</li></ul><blockquote><p>Autonomia nel modo, responsabilità nel risultato.</p></blockquote>
<table><thead><tr><th scope="col">Che cosa</th><th scope="col">Dove</th></tr></thead><tbody><tr><td>Telelavoro</td><td>Postazione fissa</td></tr></tbody></table>
<div class="callout callout-exercise"><p class="callout-title">Esercizio</p><p>Pensa a una tua settimana e segna che cosa potresti fare altrove.</p></div>`)

func sampleObject(f front.Frame, modules []ModuleView, at time.Time) *ObjectPage {
	return &ObjectPage{
		Frame: scripted(f, "video.js"), CourseTitle: sampleCard().Title, CourseHref: "/corsi/smart-working", Module: modules[0].Title, Object: modules[0].Objects[1], Total: 16,
		Objectives: []string{"Distinguere telelavoro, lavoro da casa in emergenza e lavoro agile"}, Body: sampleBody, Outline: rendered("part/object-module", modules...), Percent: 62, Done: 10,
		Before: &front.Crumb{Label: "Oltre il telelavoro", Href: "/corsi/a/1"}, After: &front.Crumb{Label: "Una storia: ANCI Piemonte", Href: "/corsi/a/3"},
		Video: &VideoView{
			Src: "/video.mp4", Type: "video/mp4", Captions: "/video.vtt", CaptionsLabel: "Italiano", Tracks: []TrackView{{"/video.vtt", "en", "English"}}, Lang: "it", Width: 640, Height: 360, Seconds: 60, Resume: 24, Coverage: course.Coverage{{0, 24}, {40, 50}}, Percent: 56, Needed: 80,
			Post: "/corsi/a/2/visione", Person: "p1", Object: "2", NoScript: "/corsi/a/2/visto", Cues: []course.Cue{{From: 0, To: 4, Text: "Tre persone del tuo comune non erano in ufficio."}, {From: 4, To: 8, Text: "Parlano di cose diverse."}},
		},
		Questions: sampleQuestions(),
	}
}

// sampleQuestions has one question of every kind, answered in every way.
func sampleQuestions() *QuestionsView {
	choices := []course.Choice{{ID: "1", HTML: "Il luogo <em>fisso</em>", Feedback: "<p>È il telelavoro.</p>"}, {ID: "2", HTML: "Gli obiettivi", Right: true}, {ID: "3", HTML: "Il cartellino"}}
	number := &course.Number{Value: 40}
	asked := []struct {
		q     course.Question
		given course.Answer
	}{
		{course.Question{Kind: course.Single, HTML: "<p>Che cosa distingue il lavoro agile?</p>", Choices: choices}, course.Answer{"1"}},
		{course.Question{Kind: course.Multiple, HTML: "<p>Che cosa scrive l’accordo?</p>", Choices: choices, Points: 2}, course.Answer{"2"}},
		{course.Question{Kind: course.Numeric, HTML: "<p>Quante ore l’anno?</p>", Parts: []course.Part{{Number: number}}, Feedback: "<p>Lo chiede la direttiva.</p>"}, course.Answer{"40"}},
		{course.Question{Kind: course.Short, HTML: "<p>Come si chiama in Italia?</p>", Parts: []course.Part{{Accept: []string{"lavoro agile"}}}}, course.Answer{"telelavoro"}},
		{course.Question{Kind: course.Matching, HTML: "<p>Collega ogni legge al suo tema.</p>", Choices: choices, Parts: []course.Part{{HTML: "Legge <strong>81</strong> del 2017, capo secondo, articoli dal 18 al 24", Choice: "2"}, {HTML: "CAD", Choice: "3"}}}, course.Answer{"2", "1"}},
		{course.Question{Kind: course.Ordering, HTML: "<p>Metti in ordine.</p>", Choices: choices}, course.Answer{"2", "1", "3"}},
		{course.Question{Kind: course.Cloze, HTML: "<p>La legge " + course.GapMark + " del " + course.GapMark + " regola il lavoro agile.</p>", Parts: []course.Part{{Accept: []string{"81"}}, {Number: number}}}, course.Answer{"81", "2018"}},
		{course.Question{Kind: course.Scale, HTML: "<p>Quanto sei d’accordo?</p>", Choices: choices, Parts: []course.Part{{HTML: "Mi fido dei colleghi."}, {HTML: "Controllo ogni passo."}}}, course.Answer{"1", "3"}},
	}
	v := &QuestionsView{Action: "/q", Attempt: "1", Needed: 5, Right: 3, Total: 9, Weighted: true, Answered: true, Limit: 3, Left: 2}
	for i, a := range asked {
		a.q.ID = course.QuestionID(string(rune('a' + i)))
		q := question(a.q, a.given, true)
		q.Number = i + 1
		v.Questions = append(v.Questions, q)
	}
	return v
}

func sampleReading(f front.Frame, modules []ModuleView, at time.Time) *ObjectPage {
	o := modules[0].Objects[0]
	o.Kind = "reading"
	return &ObjectPage{
		Frame: f, CourseTitle: sampleCard().Title, CourseHref: "/corsi/smart-working", Module: modules[0].Title, Object: o, Total: 16, Body: sampleBody, Completed: at,
		Webinar: &WebinarView{Href: "/webinar/x", Start: at, End: at.Add(time.Hour), Attended: true},
		Read:    &ReadForm{Action: "/r"}, After: &front.Crumb{Label: "Dopo l’emergenza", Href: "/corsi/a/2"}, Outline: rendered("part/object-module", modules...), Percent: 100, Done: 16, Finished: &Finished{Now: true, Minutes: 177, Certificate: "/verifica/ABCD"},
	}
}

func sampleCertificate(f front.Frame, at time.Time) *CertificatePage {
	return &CertificatePage{
		Frame: scripted(f, "verify.js"), State: "valid", Since: at, Heading: "Attestato di superamento", Code: "7K4M-9QXR-2BHT", Hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		Fields:  []LabelledValue{{"Rilasciato a", "Chiara Bianchi", ""}, {"Ente", "Comune di Fontechiara", ""}, {"Corso", sampleCard().Title, ""}, {"Durata", "2 ore e 50 minuti su 2 ore e 57 minuti previsti", ""}},
		Modules: []string{"Il contesto", "La fiducia"}, PDF: "/p.pdf", Compare: "/c", QR: `<svg class="qr" viewBox="0 0 4 4" role="img" aria-label="Codice QR"><path d="M0 0h1v1h-1zM2 1h1v1h-1z"/></svg>`,
	}
}

// scripted is a frame with a script of its own.
func scripted(f front.Frame, script string) front.Frame { f.Script = script; return f }

// rendered are parts as handlers put them on a page.
func rendered[T any](part string, views ...T) []template.HTML {
	assets, err := Assets()
	if err != nil {
		return nil
	}
	messages, err := LoadMessages()
	if err != nil {
		panic(err)
	}
	pages, err := front.Parse(assets, messages, "it", append(otherRooms(), front.Room{Name: "lms/web", Templates: templateFiles})...)
	if err != nil {
		panic(err)
	}
	var out []template.HTML
	for _, m := range views {
		var b strings.Builder
		if err := pages["error"].ExecuteTemplate(&b, part, m); err != nil {
			panic(err)
		}
		out = append(out, template.HTML(b.String()))
	}
	return out
}
