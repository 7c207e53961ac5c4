package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// plans looks at the pages of what people are to take: assigned, ruled, in groups, and whom a course is open to.
func (in *inspection) plans() {
	b := in.browser()
	b.enter("amministratore@demo.aula")
	in.assigning(b)
	in.ruling(b)
	group := in.grouping(b)
	b.open("/amministrazione/accessi")
	in.look(b, "whom courses are open to")
	b.open("/amministrazione/accessi/prova-breve")
	in.look(b, "who may take a course")
	c := in.browser()
	c.enter("dipendente@demo.aula")
	for _, address := range []string{"/scadenze", "/gruppi", group} {
		c.open(address)
		in.look(c, "learner "+address)
	}
}

// assigning gives a course to the learner of the demo, and moves its day.
func (in *inspection) assigning(b *browser) {
	b.open("/amministrazione/assegnazioni/nuova")
	b.set("select[name=course]", "prova-breve")
	b.set("textarea[name=people]", "nessuno@demo.aula")
	b.submit("main form")
	in.look(b, "assigning with a problem")
	b.set("textarea[name=people]", "dipendente@demo.aula")
	b.set("input[name=due]", time.Now().AddDate(0, 1, 0).Format(time.DateOnly))
	b.submit("main form")
	in.look(b, "assigning, looked at")
	b.submit("form:has([value=assegna])")
	in.look(b, "assigned")
	b.open("/amministrazione/assegnazioni?stato=overdue")
	in.look(b, "assignments, none")
	b.open("/amministrazione/assegnazioni")
	one := get[string](b, "document.querySelector('tbody a').getAttribute('href')")
	b.open(one)
	in.look(b, "assignment")
	for _, act := range []string{"/esonero", "/togli", "/proroga"} {
		b.open(one + act)
		in.look(b, "assignment "+act)
	}
	b.set("input[name=day]", time.Now().AddDate(0, 3, 0).Format(time.DateOnly))
	b.set("textarea[name=reason]", "Prova.")
	b.submit("main form")
	in.look(b, "assignment, extended")
	in.assigningFromAFile(b)
}

// assigningFromAFile brings a file whose columns nobody can tell, says what they are, and gives it.
func (in *inspection) assigningFromAFile(b *browser) {
	b.open("/amministrazione/assegnazioni-da-file")
	in.look(b, "file of assignments")
	file := filepath.Join(in.t.TempDir(), "persone.csv")
	if err := os.WriteFile(file, []byte("chi;quando\ndipendente@demo.aula;\nnessuno@demo.aula;\n"), 0o600); err != nil {
		in.t.Fatal(err)
	}
	b.set("select[name=course]", "prova-breve")
	b.upload(file)
	b.submit("form[enctype]")
	in.look(b, "file of assignments, its columns")
	b.set("select[name=login]", "0")
	b.submit("main form")
	in.look(b, "file of assignments, dry run")
	b.submit("form:has([value=assegna])")
	in.look(b, "file of assignments, given")
}

// ruling looks whom a rule would reach, and makes it.
func (in *inspection) ruling(b *browser) {
	b.open("/amministrazione/regole")
	in.look(b, "rules, none")
	b.open("/amministrazione/regole/nuova")
	b.set("select[name=course]", "prova-breve")
	b.set("input[name=days]", "9999")
	b.submit("main form")
	in.look(b, "rule with a problem")
	b.set("input[name=days]", "30")
	b.do("document.querySelector('main [name=category][value=dirigente]').checked = true")
	b.do("document.querySelector('main [name=enti_cerca]').value = 'pietralta'; document.querySelector('main [value=cerca]').click()")
	b.until("the ente is found", func() bool {
		found, _ := ask[bool](b, "!!document.querySelector('main input[name=enti][value=comune-pietralta]')")
		return found
	})
	in.look(b, "rule, an ente is found")
	b.do("document.querySelector('main input[name=enti][value=comune-pietralta]').checked = true")
	b.submit("main form")
	in.look(b, "rule, looked at")
	b.submit("form:has([value=crea])")
	in.look(b, "rules")
}

// grouping makes a group with the learner of the demo in it, and returns its page.
func (in *inspection) grouping(b *browser) (page string) {
	b.open("/amministrazione/gruppi")
	in.look(b, "groups, none")
	b.open("/amministrazione/gruppi/nuovo")
	in.look(b, "new group")
	b.set("input[name=name]", "Squadra di prova")
	b.set("textarea[name=material]", "Senza indirizzo")
	b.submit("main form")
	in.look(b, "group with a problem")
	b.set("textarea[name=material]", "La lavagna https://esempio.example/lavagna")
	b.do("document.querySelector('main [name=course_prova-breve]').checked = true")
	b.submit("main form")
	kept := b.path()
	b.set("input[name=login]", "dipendente@demo.aula")
	b.submit("form[action$='/persone']")
	in.look(b, "group that one keeps")
	b.open(kept + "/modifica")
	in.look(b, "group, change")
	page = strings.TrimPrefix(kept, "/amministrazione")
	b.open(page)
	in.look(b, "group")
	b.open("/amministrazione/gruppi")
	in.look(b, "groups that one keeps")
	return page
}
