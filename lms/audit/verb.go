package audit

import (
	"maps"
	"slices"
	"strings"
)

// verb is something that staff do, in words.
type verb struct {
	it, en string
	daily  bool // the same by the same person about the same is one row a day: reading
}

// verbs are those there are words for. A room that notes something new adds its line here; a test finds those that are missing. One that is missing all
// the same is noted, and shown as it is.
func verbs() map[string]verb {
	return map[string]verb{
		"audit.check":         {it: "ha controllato la catena del registro delle azioni", en: "checked the chain of the log of acts"},
		"audit.export":        {it: "ha esportato il registro delle azioni", en: "exported the log of acts"},
		"audit.read":          {it: "ha consultato il registro delle azioni", en: "looked through the log of acts", daily: true},
		"certificate.issue":   {it: "ha rilasciato un attestato", en: "issued a certificate"},
		"certificate.revoke":  {it: "ha revocato un attestato", en: "revoked a certificate"},
		"cohort.cancel":       {it: "ha annullato un’edizione", en: "cancelled a cohort"},
		"cohort.close":        {it: "ha chiuso un’edizione", en: "closed a cohort"},
		"cohort.enter":        {it: "ha inserito una persona in un’edizione", en: "put a person into a cohort"},
		"cohort.invite":       {it: "ha invitato una persona a un’edizione", en: "invited a person to a cohort"},
		"cohort.open":         {it: "ha aperto le iscrizioni di un’edizione", en: "opened a cohort"},
		"cohort.plan":         {it: "ha programmato un’edizione", en: "planned a cohort"},
		"cohort.remove":       {it: "ha tolto una persona da un’edizione", en: "took a person out of a cohort"},
		"cohort.resize":       {it: "ha cambiato i posti di un’edizione", en: "changed the seats of a cohort"},
		"cohort.revise":       {it: "ha cambiato i dati di un’edizione", en: "changed a cohort"},
		"cohort.transfer":     {it: "ha spostato una persona a un’altra edizione", en: "moved a person to another cohort"},
		"course.access":       {it: "ha cambiato a chi è aperto un corso", en: "changed who may take a course"},
		"deputy.end":          {it: "ha revocato un sostituto", en: "ended a deputy’s office"},
		"deputy.name":         {it: "ha nominato un sostituto", en: "named a deputy"},
		"edition.move":        {it: "ha spostato persone a un’altra versione", en: "moved people to another edition"},
		"edition.move.undo":   {it: "ha annullato uno spostamento di versione", en: "took a move between editions back"},
		"edition.offer":       {it: "ha offerto di nuovo una versione", en: "offered an edition again"},
		"edition.publish":     {it: "ha pubblicato una versione", en: "published an edition"},
		"edition.restore":     {it: "ha ripristinato una versione", en: "restored an edition"},
		"edition.withdraw":    {it: "ha ritirato una versione", en: "withdrew an edition"},
		"enrolment.add":       {it: "ha iscritto una persona a un corso", en: "enrolled a person in a course"},
		"enrolment.read":      {it: "ha visto l’iscrizione di una persona", en: "looked at a person’s enrolment", daily: true},
		"enti.import":         {it: "ha importato enti dagli open data", en: "imported organisations from open data"},
		"enti.reopen":         {it: "ha riaperto un ente che risultava cessato", en: "reopened an organisation that had ceased"},
		"group.add":           {it: "ha aggiunto una persona a un gruppo", en: "added a person to a group"},
		"group.drop":          {it: "ha tolto una persona da un gruppo", en: "took a person out of a group"},
		"group.end":           {it: "ha chiuso un gruppo", en: "ended a group"},
		"group.make":          {it: "ha creato un gruppo", en: "made a group"},
		"group.revise":        {it: "ha cambiato un gruppo", en: "changed a group"},
		"hours.correct":       {it: "ha corretto ore di formazione", en: "corrected hours of training"},
		"hours.plan":          {it: "ha fissato il piano delle ore di una persona", en: "set a person’s plan of hours"},
		"hours.policy":        {it: "ha cambiato la regola delle ore", en: "changed the policy of hours"},
		"hours.read":          {it: "ha visto le ore di formazione di una persona", en: "looked at a person’s hours of training", daily: true},
		"hours.refuse":        {it: "ha respinto ore dichiarate", en: "refused declared hours"},
		"hours.terms":         {it: "ha cambiato le condizioni di lavoro di una persona", en: "changed a person’s terms of work"},
		"hours.validate":      {it: "ha convalidato ore dichiarate", en: "validated declared hours"},
		"letter.bounce":       {it: "ha segnato una lettera come tornata indietro", en: "marked a letter as come back"},
		"letter.list":         {it: "ha consultato l’elenco delle lettere spedite", en: "looked through the list of letters", daily: true},
		"letter.read":         {it: "ha visto una lettera spedita a una persona", en: "looked at a letter to a person", daily: true},
		"letter.retry":        {it: "ha rispedito una lettera", en: "sent a letter again"},
		"organisation.change": {it: "ha cambiato i dati di un ente", en: "changed an organisation"},
		"people.import":       {it: "ha importato persone", en: "imported people"},
		"people.import.undo":  {it: "ha annullato un’importazione di persone", en: "took an import of people back"},
		"people.list":         {it: "ha consultato l’elenco delle persone", en: "looked through the list of people", daily: true},
		"person.add":          {it: "ha aggiunto una persona", en: "added a person"},
		"person.copy":         {it: "ha esportato i dati di una persona", en: "exported a person’s data"},
		"person.correct":      {it: "ha corretto i dati di una persona", en: "corrected a person’s data"},
		"person.erase":        {it: "ha cancellato una persona", en: "erased a person"},
		"person.leave":        {it: "ha chiuso l’appartenenza di una persona", en: "ended a person’s membership"},
		"person.link":         {it: "ha creato un collegamento di accesso per una persona", en: "made an access link for a person"},
		"person.merge":        {it: "ha unito due schede della stessa persona", en: "merged two records of one person"},
		"person.move":         {it: "ha spostato una persona in un altro ente", en: "moved a person to another organisation"},
		"person.read":         {it: "ha visto la pagina di una persona", en: "looked at a person’s page", daily: true},
		"person.resume":       {it: "ha riattivato una persona", en: "let a person in again"},
		"person.suspend":      {it: "ha sospeso una persona", en: "suspended a person"},
		"person.transfer":     {it: "ha trasferito una persona in un altro ente", en: "transferred a person to another organisation"},
		"plan.assign":         {it: "ha assegnato un corso", en: "assigned a course"},
		"plan.extend":         {it: "ha prorogato una scadenza", en: "extended a due date"},
		"plan.rule":           {it: "ha fissato una regola di assegnazione", en: "set a rule of assignment"},
		"plan.rule.stop":      {it: "ha fermato una regola di assegnazione", en: "stopped a rule of assignment"},
		"plan.waive":          {it: "ha dispensato una persona da un corso", en: "waived a course for a person"},
		"plan.withdraw":       {it: "ha ritirato un’assegnazione", en: "withdrew an assignment"},
		"progress.list":       {it: "ha consultato i progressi di un corso", en: "looked through the progress in a course", daily: true},
		"request.appoint":     {it: "ha confermato chi approva una richiesta", en: "confirmed who approves a request"},
		"request.approve":     {it: "ha approvato una richiesta", en: "approved a request"},
		"request.policy":      {it: "ha cambiato come si approvano le richieste", en: "changed how requests are approved"},
		"request.refuse":      {it: "ha respinto una richiesta", en: "refused a request"},
		"role.give":           {it: "ha dato un ruolo a una persona", en: "gave a person a role"},
		"role.take":           {it: "ha tolto un ruolo a una persona", en: "took a role from a person"},
		"webinar.announce":    {it: "ha annunciato un webinar", en: "announced a webinar"},
		"webinar.attendance":  {it: "ha visto le presenze di un webinar", en: "looked at the attendance of a webinar", daily: true},
		"webinar.cancel":      {it: "ha annullato un webinar", en: "cancelled a webinar"},
		"webinar.close":       {it: "ha chiuso un webinar", en: "closed a webinar"},
		"webinar.enter":       {it: "ha inserito una persona in un webinar", en: "put a person into a webinar"},
		"webinar.hold":        {it: "ha segnato un webinar come tenuto", en: "said that a webinar took place"},
		"webinar.message":     {it: "ha scritto agli iscritti di un webinar", en: "wrote to everybody registered for a webinar"},
		"webinar.move":        {it: "ha cambiato ora, titolo o collegamento di un webinar", en: "changed hour, title or link of a webinar"},
		"webinar.presence":    {it: "ha corretto a mano la presenza di una persona", en: "corrected a person’s presence by hand"},
		"webinar.publish":     {it: "ha pubblicato un webinar", en: "published a webinar"},
		"webinar.remove":      {it: "ha tolto una persona da un webinar", en: "took a person out of a webinar"},
		"webinar.report":      {it: "ha importato le presenze di un incontro", en: "took in a report of a meeting"},
		"webinar.resize":      {it: "ha cambiato i posti di un webinar", en: "changed the seats of a webinar"},
		"webinar.resolve":     {it: "ha deciso chi è una persona in un report", en: "decided who somebody in a report is"},
		"webinar.revise":      {it: "ha cambiato i dati di un webinar", en: "changed a webinar"},
		"webinar.roster":      {it: "ha consultato gli iscritti di un webinar", en: "looked through those registered for a webinar", daily: true},
		"webinar.times":       {it: "ha visto gli orari di presenza a un webinar", en: "looked at the times of presence in a webinar", daily: true},
	}
}

// Words says a verb in a language, "it" or "en"; a verb that is no longer known stays as it is.
func Words(name, lang string) string {
	v, ok := verbs()[name]
	switch {
	case !ok:
		return name
	case lang == "en":
		return v.en
	}
	return v.it
}

// Verbs lists the verbs, in the order of their names.
func Verbs() []string { return slices.Sorted(maps.Keys(verbs())) }

// isVerb says whether a text can be a verb: words of small letters with full stops between them.
func isVerb(s string) bool {
	for word := range strings.SplitSeq(s, ".") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
			return false
		}
	}
	return len(s) <= 100
}
