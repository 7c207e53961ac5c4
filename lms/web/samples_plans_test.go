package web

import (
	"slices"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/plans"
)

// samplePlans are the pages of assignments, rules and groups with content.
func samplePlans(f front.Frame, at time.Time) map[string]any {
	as := func(address string) front.Frame {
		g := f
		g.Path = address
		g.Menu, g.Desk = frameOf(address, lms.Referent).Menu, frameOf(address, lms.Referent).Desk
		return g
	}
	desk := as("/amministrazione/assegnazioni")
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	states := []front.Option{{Value: "", Label: "Tutti"}, {Value: "overdue", Label: "scaduto"}}
	course := "Smart working: contesto e leve progettuali per il cambiamento organizzativo delle PA"
	var rows []plans.DutyRow
	for _, s := range []string{"overdue", "grace", "expiring", "not_started", "in_progress", "compliant", "waived", "withdrawn"} {
		rows = append(rows, plans.DutyRow{Href: "/a", Person: "De Gasperi Maria Antonietta", Ente: "Comune di Fontechiara", Course: course, State: s, By: "31 marzo 2026"})
	}
	rows[1].Note, rows[5].By = "tollerato fino al 10 aprile 2026", ""
	wrong := map[string]string{"course": "Questo corso non c’è.", "people": "Tra le tue persone non c’è: nessuno@fontechiara.example.", "everybody": "Questa scelta non comprende nessuno.", "due": "Scrivi un giorno.", "months": "Questo numero non va.", "day": "Scrivi un giorno.", "reason": "Questo campo serve."}
	lines := []plans.LineRow{{Name: "Chiara Bianchi", Outcome: "new"}, {Name: "Maria Antonietta De Gasperi", Outcome: "changed"}, {Name: "Ugo Neri", Outcome: "same"}, {Why: "Questa persona non c’è."}}
	seen := &plans.Preview{Fields: []plans.Hidden{{Name: "course", Value: "smart-working"}}, People: 4, New: 1, Changed: 1, Wrong: 1, Lines: lines, LeftOut: 12}
	acts := []plans.ActLink{{Name: "extend", Href: "/p"}, {Name: "waive", Href: "/e"}, {Name: "withdraw", Href: "/t"}}
	past := []plans.PastRow{{At: at, Text: "Mara Ferri ha spostato la scadenza al 31 marzo 2026.", Reason: "Era in congedo."}, {At: at, Text: "Mara Ferri ha assegnato il corso."}}
	audience := sampleAudience()
	own, keep := as("/scadenze"), as("/amministrazione/gruppi")
	teams := []plans.GroupRow{{Href: "/g", Name: "Squadra Kanban dell’Ufficio tributi", Ente: "Unione delle Valli", Members: 12}, {Href: "/g", Name: "Gruppo pilota", Ente: "Comune di Fontechiara", Members: 3, Ended: at}}
	members := []plans.MemberRow{{ID: "a", Name: "Chiara Bianchi", Percents: []plans.CoursePercent{{Title: course, Percent: 100}, {Title: "Documenti accessibili", Percent: 20}}}, {ID: "b", Name: "Maria Antonietta De Gasperi", Percents: []plans.CoursePercent{{Title: course, Percent: 22}, {Title: "Documenti accessibili"}}}}
	tabs := []front.Entry{{Href: "/edizioni", Label: "Edizioni"}, {Href: "/scadenze", Label: "Scadenze", Current: "page"}, {Href: "/gruppi", Label: "Gruppi"}}
	mine := slices.Clone(rows[:7])
	for i := range mine {
		mine[i].Person, mine[i].Ente = "", ""
	}
	columns := []front.FileColumn{{Field: "login", Label: "Nome utente", Options: orgs}, {Field: "due", Label: "Scadenza", Value: "valli", Options: orgs}}
	file := plans.AssignedFilePage{Frame: as("/amministrazione/assegnazioni-da-file"), Href: "/f", Another: "/a", Name: "persone del comune di Fontechiara.xlsx", State: "checked", Course: course, Due: "31 marzo 2026", At: at, Total: 14, Done: 14, New: 9, Changed: 1, Same: 2, Wrong: 2,
		Headings: []string{"Denominazione", "Recapito"}, Sample: [][]string{{"Rossi Ada", "ada@fontechiara.example"}}, Columns: columns, Assignments: "/e",
		Problems: []front.FileProblem{{Line: 3, Name: "nessuno@fontechiara.example", Problems: []string{"Nome utente: Questa persona non c’è."}}, {Line: 9, Problems: []string{"Nome utente: Questo campo serve."}}}}
	working, mapping, given, failed, nothing := file, file, file, file, file
	working.State, working.Working, working.Done, working.Total, working.Problems = "giving", true, 7250, 20000, nil
	mapping.State, mapping.Problem, mapping.Errors, mapping.Problems = "mapping", "Controlla i campi segnati.", map[string]string{"login": "Scegli la colonna."}, nil
	given.State, failed.State, failed.Fault, failed.FaultLine = "given", "failed", "Il file non si legge.", 4
	nothing.New, nothing.Changed, nothing.Due = 0, 0, ""
	return map[string]any{
		"assign_file":       &plans.AssignFilePage{Frame: as("/amministrazione/assegnazioni-da-file"), Values: map[string]string{"due": "2026-03-31"}, Courses: orgs, Problem: "Controlla i campi segnati.", Errors: map[string]string{"course": "Questo corso non c’è.", "file": "Il file è vuoto o non è stato scelto.", "due": "Scrivi un giorno.", "grace": "Questo numero non va."}, Files: []plans.FileRow{{Href: "/f", Name: "persone del comune di Fontechiara.xlsx", Course: course, State: "given", At: at, Total: 14}, {Href: "/g", Name: "altre.csv", State: "checked", At: at, Total: 2}}},
		"assign_file-2":     &plans.AssignFilePage{Frame: as("/amministrazione/assegnazioni-da-file"), Courses: orgs},
		"assigned_file":     &file,
		"assigned_file-2":   &working,
		"assigned_file-3":   &mapping,
		"assigned_file-4":   &given,
		"assigned_file-5":   &failed,
		"assigned_file-6":   &nothing,
		"duties":            &plans.DutiesPage{Frame: own, Tabs: tabs, Rows: mine},
		"duties-2":          &plans.DutiesPage{Frame: own, Tabs: tabs},
		"assignments":       &plans.AssignmentsPage{Frame: desk, Whose: "valli", Whoses: orgs, Courses: orgs, States: states, Rules: "/r", File: "/f", Rows: rows, More: "/m"},
		"assignments-2":     &plans.AssignmentsPage{Frame: desk, Whose: "@", Whoses: orgs[:1], Courses: orgs, States: states, File: "/f"},
		"assign_form":       &plans.AssignPage{Frame: desk, Values: map[string]string{"people": "chiara"}, Courses: orgs, Everybody: orgs, Offices: true, Problem: "Controlla i campi segnati.", Errors: wrong},
		"assign_form-2":     &plans.AssignPage{Frame: desk, Values: map[string]string{"everybody": "valli"}, Courses: orgs, Everybody: orgs, Preview: seen},
		"assignment":        &plans.AssignmentPage{Frame: desk, Row: rows[0], PersonHref: "/p", CourseHref: "/c", Last: "2 marzo 2025", Repeat: "ogni 12 mesi", History: past, Acts: acts},
		"assignment_act":    &plans.ActPage{Frame: as("/amministrazione/assegnazioni/x/y/proroga"), Name: "extend", Row: rows[1], Back: "/b", Day: true, Values: map[string]string{"reason": "Era in congedo."}, Errors: wrong, Problem: "Controlla i campi segnati."},
		"assignment_act-2":  &plans.ActPage{Frame: as("/amministrazione/assegnazioni/x/y/togli"), Name: "withdraw", Row: rows[0], Back: "/b"},
		"plan_rules":        &plans.RulesPage{Frame: as("/amministrazione/regole"), Organisation: "valli", Organisations: orgs, Rows: []plans.RuleRow{{Course: course, Ente: "Unione delle Valli", For: "Funzionario, Squadra Kanban", Terms: "entro 30 giorni da quando riguarda la persona, ogni 12 mesi", By: "Mara Ferri", At: at, Stop: "/f"}, {Course: "Documenti accessibili", Ente: "Unione delle Valli", For: "tutte le persone", Terms: "senza scadenza", By: "Mara Ferri", At: at, Stopped: at}}},
		"plan_rules-2":      &plans.RulesPage{Frame: as("/amministrazione/regole"), Organisation: "valli", Organisations: orgs[:1]},
		"plan_rule_form":    &plans.RulePage{Frame: desk, Values: map[string]string{"organisation": "valli", "days": "30"}, Courses: orgs, Organisations: orgs, Audience: audience, Problem: "Controlla i campi segnati.", Errors: map[string]string{"course": "Questo corso non c’è.", "categories": "Scegli una categoria.", "enti": "Questo ente non c’è.", "days": "Questo numero non va."}},
		"plan_rule_form-2":  &plans.RulePage{Frame: desk, Courses: orgs, Organisations: orgs[:1], Preview: seen},
		"groups":            &plans.GroupsPage{Frame: own, Tabs: tabs, Rows: teams},
		"groups-2":          &plans.GroupsPage{Frame: own, Tabs: tabs},
		"group":             &plans.GroupPage{Frame: as("/gruppi/x"), Row: teams[0], Purpose: "Provare una lavagna\nper sei settimane.", Facilitators: []string{"Mara Ferri", "Ivo Prova"}, Material: []front.Crumb{{Label: "La lavagna della squadra", Href: "https://esempio.example/lavagna"}}, Courses: []plans.GroupCourse{{Href: "/c", Title: course, Done: 2, Percent: 61, Told: true}, {Href: "/c", Title: "Documenti accessibili", Told: true}}, Members: members, Each: true, Keep: "/k"},
		"group-2":           &plans.GroupPage{Frame: as("/gruppi/x"), Row: teams[1], Courses: []plans.GroupCourse{{Href: "/c", Title: course}}, Members: []plans.MemberRow{{ID: "a", Name: "Chiara Bianchi"}}},
		"group-3":           &plans.GroupPage{Frame: as("/gruppi/x"), Row: teams[0]},
		"kept_groups":       &plans.KeptGroupsPage{Frame: keep, Rows: teams},
		"kept_groups-2":     &plans.KeptGroupsPage{Frame: keep},
		"group_form":        &plans.GroupFormPage{Frame: keep, New: true, Organisations: orgs, Courses: []plans.Tick{{Name: "course_x", Label: course, On: true}}, Problem: "Controlla i campi segnati.", Errors: map[string]string{"name": "Questo campo serve.", "facilitators": "Questa persona non c’è.", "material": "Ogni materiale ha un titolo e un indirizzo.", "courses": "Questo corso non c’è."}},
		"group_form-2":      &plans.GroupFormPage{Frame: keep, Values: map[string]string{"name": "Squadra Kanban"}},
		"kept_group":        &plans.KeptGroupPage{Frame: keep, Row: teams[0], Base: "/b", Open: true, Members: members, Problem: "Controlla i campi segnati.", Errors: map[string]string{"login": "Questa persona non c’è."}},
		"kept_group-2":      &plans.KeptGroupPage{Frame: keep, Row: teams[1], Base: "/b"},
		"course_accesses":   &plans.AccessesPage{Frame: as("/amministrazione/accessi"), Rows: []plans.AccessRow{{Href: "/a", Course: course, Way: "Solo tramite le edizioni", For: "Funzionario, Comune di Fontechiara", Reserved: true}, {Href: "/b", Course: "Documenti accessibili", Way: "Ognuno da sé, e tramite le edizioni", For: "tutte le persone"}}},
		"course_accesses-2": &plans.AccessesPage{Frame: as("/amministrazione/accessi")},
		"course_access":     &plans.AccessPage{Frame: as("/amministrazione/accessi/x"), Course: course, CourseHref: "/c", Values: map[string]string{"way": "cohorts", "reserved": "si", "enti": "valli\nfontechiara"}, Ways: orgs, Audience: audience, Others: 2, Problem: "Controlla i campi segnati.", Errors: map[string]string{"way": "Scegli.", "enti": "Questo ente non c’è.", "categories": "Scegli."}},
		"course_access-2":   &plans.AccessPage{Frame: as("/amministrazione/accessi/x"), Course: course, CourseHref: "/c", Ways: orgs},
		"assignment-2":      &plans.AssignmentPage{Frame: desk, Row: rows[7], CourseHref: "/c", History: past[1:]},
	}
}
