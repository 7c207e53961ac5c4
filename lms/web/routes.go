package web

import (
	"aulacomune/lms"
	"aulacomune/lms/export"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of every page: method, path, who, handler. A test walks it as nobody, as a learner, as staff of another organisation and as the right person.
func (s *Site) routes() []route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	rows := []route{
		{get, "/", Anyone, home, 0},
		{get, "/accedi", Anyone, signInForm, 0},
		{post, "/accedi", Anyone, signIn, keptLimit},
		{post, "/esci", Anyone, signOut, 0},
		{get, "/password-dimenticata", Anyone, forgotten, 0},
		{get, "/attiva/:secret", Anyone, activateForm, 0},
		{post, "/attiva/:secret", Anyone, activate, 0},
		{post, "/lingua", Anyone, setLang, 0},

		{get, "/corsi", Anyone, listCourses, 0},
		{get, "/corsi/:slug", Anyone, showCourse, 0},
		{post, "/corsi/:slug/iscrizione", Signed, enrol, 0},
		{get, "/corsi/:slug/media/:hash/:name", Signed, media, 0},
		{get, "/corsi/:slug/:object", Signed, showObject, 0},
		{post, "/corsi/:slug/:object", Signed, act, 0},
		{post, "/corsi/:slug/:object/visione", Signed, watch, 0},

		{get, "/novita/:slug", Signed, showNews, 0},

		{get, "/versioni/:slug", Staff, listEditions, 0},
		{get, "/versioni/:slug/confronto", Staff, compareEditions, 0},
		{get, "/versioni/:slug/sposta", Staff, moveForm, 0},
		{post, "/versioni/:slug/sposta", Staff, movePeople, 0},
		{get, "/versioni/:slug/spostamenti/:batch", Staff, showBatch, 0},
		{post, "/versioni/:slug/spostamenti/:batch/annulla", Staff, undoMove, 0},
		{get, "/versioni/:slug/:number/ripristina", Staff, restoreForm, 0},
		{post, "/versioni/:slug/:number/ripristina", Staff, restoreEdition, 0},
		{get, "/versioni/:slug/:number/ritira", Staff, withdrawForm, 0},
		{post, "/versioni/:slug/:number/ritira", Staff, withdrawEdition, 0},
		{post, "/versioni/:slug/:number/offri", Staff, offerEdition, 0},
		{get, "/versioni/:slug/:number/cartella.zip", Staff, exportEdition(export.Folder), 0},
		{get, "/versioni/:slug/:number/pagina.html", Staff, exportEdition(export.Page), 0},

		{get, "/apprendimento", Signed, myLearning, 0},
		{get, "/attestati", Signed, myCertificates, 0},
		{get, "/verifica", Anyone, verifyForm, 0},
		{get, "/verifica/:code.pdf", Anyone, certificatePDF, 0},
		{get, "/verifica/:code", Anyone, verify, 0},
		{post, "/verifica/:code", Anyone, comparePDF, 10 << 20},

		{get, "/guida", Anyone, showGuide, 0},
		{get, "/guida/regole", Anyone, showRules, 0},

		{get, "/studio", Writer, studioHome, 0},
		{post, "/studio/nuovo", Writer, beginDraft, 0},
		{post, "/studio/carica", Writer, importDraft, lms.MaxMedia},
		{post, "/studio/da-versione", Writer, draftFromEdition, 0},
		{get, "/studio/:draft", Writer, showDraft, 0},
		{post, "/studio/:draft/modulo", Writer, changeModule, 0},
		{post, "/studio/:draft/oggetto", Writer, changeObject, 0},
		{get, "/studio/:draft/scrivi", Writer, openFile, 0},
		{post, "/studio/:draft/scrivi", Writer, saveText, textLimit},
		{post, "/studio/:draft/anteprima", Writer, preview, textLimit},
		{get, "/studio/:draft/parole.json", Writer, draftWords, 0},
		{post, "/studio/:draft/allegati", Writer, uploadFile, lms.MaxMedia},
		{get, "/studio/:draft/cronologia", Writer, showHistory, 0},
		{post, "/studio/:draft/ripristina", Writer, revertText, 0},
		{post, "/studio/:draft/commenti", Writer, comment, 0},
		{get, "/studio/:draft/pubblica", Writer, reviewDraft, 0},
		{post, "/studio/:draft/pubblica", Writer, publishDraft, 0},
		{get, "/studio/:draft/scarica.zip", Writer, downloadDraft, 0},
		{post, "/studio/:draft/carica", Writer, replaceDraft, lms.MaxMedia},
		{post, "/studio/:draft/elimina", Writer, discardDraft, 0},
		{post, "/studio/:draft/recupera", Writer, recoverDraft, 0},
		{get, "/studio/:draft/media/:hash/:name", Writer, draftMedia, 0},
		{get, "/studio/:draft/:object", Writer, findObject, 0},

		{get, "/profilo", Signed, profile, 0},
		{post, "/profilo/password", Signed, changePassword, 0},
		{post, "/profilo/gettoni", Signed, addToken, 0},
		{post, "/profilo/gettoni/:id/revoca", Signed, revokeToken, 0},

		{get, "/amministrazione", Admin, admin, 0},
		{get, "/amministrazione/persone", Admin, listPeople, 0},
		{get, "/amministrazione/persone/nuova", Admin, personForm, 0},
		{post, "/amministrazione/persone/nuova", Admin, addPerson, 0},
		{get, "/amministrazione/persone/importa", Admin, importForm, 0},
		{post, "/amministrazione/persone/importa", Admin, importPeople, 4 << 20},
		{get, "/amministrazione/persone/:id", Admin, showPerson, 0},
		{post, "/amministrazione/persone/:id/link", Admin, newLink, 0},
		{post, "/amministrazione/persone/:id/iscrizioni", Admin, enrolPerson, 0},
		{get, "/amministrazione/corsi/:slug", Admin, adminCourse, 0},
		{post, "/amministrazione/iscrizioni/:id/attestato", Admin, issueCertificate, 0},
		{get, "/amministrazione/registro", Admin, showRegister, 0},
		{get, "/amministrazione/registro/:issuer", Admin, showRegister, 0},
		{get, "/amministrazione/attestati/:code", Admin, adminCertificate, 0},
		{post, "/amministrazione/attestati/:code/revoca", Admin, revokeCertificate, 0},
	}
	for _, p := range textPages() {
		rows = append(rows, route{get, "/" + p, Anyone, textPage(p), 0})
	}
	if s.o.Demo != nil {
		rows = append(rows, route{post, "/demo/entra", Anyone, demoEnter, keptLimit}, route{post, "/demo/ricomincia", Anyone, demoRestart, 0})
	}
	return rows
}
