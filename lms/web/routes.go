package web

import (
	"aulacomune/lms"
	"aulacomune/lms/export"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

// routes is the table of this room: method, path, who, handler. A test walks it as nobody, as a learner, as staff of another organisation and as the right person.
func (p *pages) routes() []front.Route {
	const get, post = fiber.MethodGet, fiber.MethodPost
	rows := []row{
		{get, "/", front.Anyone, home, 0},
		{get, "/accedi", front.Anyone, signInForm, 0},
		{post, "/accedi", front.Anyone, signIn, front.KeptLimit},
		{post, "/esci", front.Anyone, signOut, 0},
		{get, "/attiva/:secret", front.Anyone, activateForm, 0},
		{post, "/attiva/:secret", front.Anyone, activate, 0},
		{post, "/lingua", front.Anyone, setLang, 0},

		{get, "/corsi", front.Anyone, listCourses, 0},
		{get, "/corsi/:slug", front.Anyone, showCourse, 0},
		{post, "/corsi/:slug/iscrizione", front.Signed, enrol, 0},
		{get, "/corsi/:slug/media/:hash/:name", front.Signed, media, 0},
		{get, "/corsi/:slug/:object", front.Signed, showObject, 0},
		{post, "/corsi/:slug/:object", front.Signed, act, 0},
		{post, "/corsi/:slug/:object/visione", front.Signed, watch, 0},

		{get, "/novita/:slug", front.Signed, showNews, 0},

		{get, "/versioni/:slug", front.Staff, listEditions, 0},
		{get, "/versioni/:slug/confronto", front.Staff, compareEditions, 0},
		{get, "/versioni/:slug/sposta", front.Staff, moveForm, 0},
		{post, "/versioni/:slug/sposta", front.Staff, movePeople, 0},
		{get, "/versioni/:slug/spostamenti/:batch", front.Staff, showBatch, 0},
		{post, "/versioni/:slug/spostamenti/:batch/annulla", front.Staff, undoMove, 0},
		{get, "/versioni/:slug/:number/ripristina", front.Staff, restoreForm, 0},
		{post, "/versioni/:slug/:number/ripristina", front.Staff, restoreEdition, 0},
		{get, "/versioni/:slug/:number/ritira", front.Staff, withdrawForm, 0},
		{post, "/versioni/:slug/:number/ritira", front.Staff, withdrawEdition, 0},
		{post, "/versioni/:slug/:number/offri", front.Staff, offerEdition, 0},
		{get, "/versioni/:slug/:number/cartella.zip", front.Staff, exportEdition(export.Folder), 0},
		{get, "/versioni/:slug/:number/pagina.html", front.Staff, exportEdition(export.Page), 0},

		{get, "/apprendimento", front.Signed, myLearning, 0},
		{get, "/attestati", front.Signed, myCertificates, 0},
		{get, "/verifica", front.Anyone, verifyForm, 0},
		{get, "/verifica/:code.pdf", front.Anyone, certificatePDF, 0},
		{get, "/verifica/:code", front.Anyone, verify, 0},
		{post, "/verifica/:code", front.Anyone, comparePDF, 10 << 20},

		{get, "/guida", front.Anyone, showGuide, 0},
		{get, "/guida/regole", front.Anyone, showRules, 0},

		{get, "/studio", front.Writer, studioHome, 0},
		{post, "/studio/nuovo", front.Writer, beginDraft, 0},
		{post, "/studio/carica", front.Writer, importDraft, lms.MaxMedia},
		{post, "/studio/da-versione", front.Writer, draftFromEdition, 0},
		{get, "/studio/:draft", front.Writer, showDraft, 0},
		{post, "/studio/:draft/modulo", front.Writer, changeModule, 0},
		{post, "/studio/:draft/oggetto", front.Writer, changeObject, 0},
		{get, "/studio/:draft/scrivi", front.Writer, openFile, 0},
		{post, "/studio/:draft/scrivi", front.Writer, saveText, textLimit},
		{post, "/studio/:draft/anteprima", front.Writer, preview, textLimit},
		{get, "/studio/:draft/parole.json", front.Writer, draftWords, 0},
		{post, "/studio/:draft/allegati", front.Writer, uploadFile, lms.MaxMedia},
		{get, "/studio/:draft/cronologia", front.Writer, showHistory, 0},
		{post, "/studio/:draft/ripristina", front.Writer, revertText, 0},
		{post, "/studio/:draft/commenti", front.Writer, comment, 0},
		{get, "/studio/:draft/pubblica", front.Writer, reviewDraft, 0},
		{post, "/studio/:draft/pubblica", front.Writer, publishDraft, 0},
		{get, "/studio/:draft/scarica.zip", front.Writer, downloadDraft, 0},
		{post, "/studio/:draft/carica", front.Writer, replaceDraft, lms.MaxMedia},
		{post, "/studio/:draft/elimina", front.Writer, discardDraft, 0},
		{post, "/studio/:draft/recupera", front.Writer, recoverDraft, 0},
		{get, "/studio/:draft/media/:hash/:name", front.Writer, draftMedia, 0},
		{get, "/studio/:draft/:object", front.Writer, findObject, 0},

		{get, "/profilo", front.Signed, profile, 0},
		{post, "/profilo/password", front.Signed, changePassword, 0},
		{post, "/profilo/gettoni", front.Signed, addToken, 0},
		{post, "/profilo/gettoni/:id/revoca", front.Signed, revokeToken, 0},

		{get, "/amministrazione", front.Admin, admin, 0},
		{get, "/amministrazione/corsi/:slug", front.Admin, adminCourse, 0},
		{post, "/amministrazione/iscrizioni/:id/attestato", front.Admin, issueCertificate, 0},
		{get, "/amministrazione/registro", front.Admin, showRegister, 0},
		{get, "/amministrazione/registro/:issuer", front.Admin, showRegister, 0},
		{get, "/amministrazione/attestati/:code", front.Admin, adminCertificate, 0},
		{post, "/amministrazione/attestati/:code/revoca", front.Admin, revokeCertificate, 0},
	}
	for _, text := range textPages() {
		rows = append(rows, row{get, "/" + text, front.Anyone, textPage(text), 0})
	}
	if p.o.Demo != nil {
		rows = append(rows, row{post, "/demo/entra", front.Anyone, demoEnter, front.KeptLimit}, row{post, "/demo/ricomincia", front.Anyone, demoRestart, 0})
	}
	var out []front.Route
	for _, r := range rows {
		out = append(out, front.Route{Method: r.method, Path: r.path, Who: r.who, Handle: p.handle(r.handle), Limit: r.limit})
	}
	return out
}

// row is a row of the table.
type row struct {
	method, path string
	who          front.Who
	handle       func(*request) error
	limit        int64
}

// handle lets the front call a handler of this room.
func (p *pages) handle(h func(*request) error) func(*front.Request) error {
	return func(r *front.Request) error { return h(&request{r, p}) }
}
