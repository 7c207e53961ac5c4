package web

import (
	"html/template"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/web/front"
	"aulacomune/lms/web/manuscript"
)

// sampleStudio are the studio's pages, with what is hard to reach: forms that came back, files of every sort, two texts at the same time.
func sampleStudio(f front.Frame) map[string]any {
	f.User = &front.FrameUser{Name: "Marta Bianchi", Initials: "MB", Author: true}
	f.Path, f.Menu = "/studio", frameOf("/studio", lms.Author).Menu
	f.Crumbs = []front.Crumb{{Label: "Home", Href: "/"}, {Label: "Studio", Href: "/studio"}, {Label: "Accessibilità dei documenti", Href: ""}}
	at := time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)
	head := DraftHead{Href: "/studio/abc", Title: "Documenti che tutti possono leggere", Owner: "ANCI Demo", Edition: 1, Ahead: true}
	reading, picture, files := sampleFiles()
	orgs := []front.Option{{Value: "valli", Label: "Unione delle Valli"}, {Value: "fontechiara", Label: "Comune di Fontechiara"}}
	cards := []DraftCard{{"/studio/abc", head.Title, "ANCI Demo", "Marta Bianchi", at, 1, true, 1}, {"/studio/abd", "Protocollo informatico", "Unione delle Valli", "Giorgio De Gasperi", at, 0, true, 3}, {"/studio/abe", "Smart working", "ANCI Demo", "Marta Bianchi", at, 2, false, 0}}
	findings := []manuscript.Finding{
		{Line: 3, Column: 5, Severity: "error", Message: "L’immagine non ha un testo alternativo.", Hint: "Scrivi fra le parentesi quadre che cosa si vede.", Rule: "missing-alt", Why: "/guida/regole#missing-alt"},
		{Severity: "warning", Message: "Mancano gli obiettivi.", Hint: "Scrivi che cosa saprà fare chi studia.", Rule: "missing-objectives", Why: "/guida/regole#missing-objectives"},
	}
	published := []PublishedCourse{{"smart-working", sampleCard().Title, "", 2, at, "/studio/abe"}, {"documenti", head.Title, "", 1, at, ""}}
	module := manuscript.Module{Number: 1, ID: "uno", Anchor: "m-uno", Title: "Perché serve", Summary: "Chi legge, come legge e che cosa lo ferma.", Minutes: 20, Objects: []manuscript.File{reading, files["lesson"]}, First: true}
	empty := manuscript.Module{Number: 2, ID: "due", Anchor: "m-due", Title: "Come si fa", Last: true}
	tree := DraftPage{
		Frame: f, Draft: head, Modules: []manuscript.Module{module, empty}, Sheet: files["sheet"], Texts: []manuscript.File{files["text"]}, Media: []manuscript.File{picture, files["video"], files["captions"], files["document"]},
		Removed: []manuscript.File{files["gone"]}, Kinds: []string{"reading", "lesson", "pill", "story", "webinar"}, Objects: 2, Minutes: 20, Errors: 3, Warnings: 2, Comments: 1, MostBytes: mostSent,
	}
	refused, discarded := tree, tree
	gone := files["gone"]
	tree.Undo = &gone
	refused.Form = StudioForm{"aggiungi-due", map[string]string{"kind": "pill"}, "Controlla i campi segnati.", map[string]string{"title": "Questo campo serve."}}
	refused.Exists = &ExistsView{2, "/versioni/smart-working", []front.Crumb{{Label: "Documenti", Href: "/studio/abe"}, {Label: "Documenti", Href: "/studio/abf"}}}
	refused.Uploaded = []UploadedView{{"media/foto-di-gruppo-della-giunta-e-del-consiglio.jpg", "/f", false}, {"media/modello.pdf", "/m", true}}
	refused.Skipped = []LabelledValue{{"programma.exe", "Questo file non si può usare.", ""}}
	discarded.Draft.Discarded, discarded.Modules, discarded.Media, discarded.Removed, discarded.Texts = true, nil, nil, nil, nil
	discarded.Form = StudioForm{"allegati", nil, "Controlla i campi segnati.", map[string]string{"file": "Il file è troppo grande."}}
	pages := map[string]any{
		"studio":   &StudioPage{Frame: f, Drafts: cards, Discarded: cards[1:2], Published: published, Organisations: orgs, Langs: []front.Option{{Value: "it", Label: "Italiano"}, {Value: "en", Label: "Inglese"}}, MostBytes: mostSent},
		"studio-2": &StudioPage{Frame: f, Organisations: orgs[:1], Langs: []front.Option{{Value: "it", Label: "Italiano"}}, MostBytes: mostSent, Form: StudioForm{"nuovo", map[string]string{"summary": "Un corso."}, "Controlla i campi segnati.", map[string]string{"title": "Questo campo serve."}}},
		"studio-3": &StudioPage{Frame: f, Organisations: orgs, MostBytes: mostSent, Form: StudioForm{"carica", nil, "Controlla i campi segnati.", map[string]string{"file": "Nella cartella manca course.yaml."}}},

		"studio_tree": &tree, "studio_tree-2": &refused, "studio_tree-3": &discarded,
		"studio_editor": sampleEditor(f, head, findings, at), "studio_editor-2": sampleTogether(f, head, at),
		"studio_conflict": &ConflictPage{Frame: f, Draft: head, File: reading, Mine: sampleText, Theirs: sampleText + "\nUna riga in più.\n", By: "Giorgio De Gasperi", Rev: 4, At: at, Diff: wordsDiff(sampleText+"\nUna riga in più.\n", sampleText+"\nUn’altra riga.\n")},
		"studio_history": &HistoryPage{Frame: f, Draft: head, File: reading, More: "/x", Days: []HistoryDay{
			{at, []HistoryState{{0, "Marta Bianchi", at, wordsDiff("uno due tre", "uno quattro tre"), "uno quattro tre"}, {3, "Giorgio De Gasperi", at.Add(-time.Hour), wordsDiff("uno due", "uno due tre"), "uno due tre"}}},
			{at.AddDate(0, 0, -2), []HistoryState{{1, "Marta Bianchi", at.AddDate(0, 0, -2), nil, sampleText}}},
		}},
		"studio_media":   &MediaPage{Frame: f, Draft: head, File: picture, Type: "image/jpeg", Saved: at, By: "Marta Bianchi", Widths: []manuscript.File{{Width: 800, Height: 600, Size: 90_000}, {Width: 480, Height: 360, Size: 40_000}}, Findings: findings[1:]},
		"studio_media-2": &MediaPage{Frame: f, Draft: head, File: files["video"], Type: "video/mp4", Saved: at, By: "Marta Bianchi"},
		"studio_publish": &ReviewPage{
			Frame: f, Draft: head, Groups: []manuscript.Group{{File: reading, Findings: findings}, {File: files["sheet"], Findings: findings[1:]}}, Errors: 1, Warnings: 2, Next: 2, Latest: 1, Objects: 3, Modules: 2, Minutes: 35,
			Diff: &DiffView{Before: 30, After: 35, Aspects: []string{"Cambia il titolo."}, Objects: []ObjectDiff{{"changed", "I titoli", 5, 5, []string{"testo"}, wordsDiff("uno due", "uno tre"), nil}, {"added", "Le tabelle", 0, 5, nil, nil, nil}, {"removed", "Le note", 5, 0, nil, nil, nil}}},
			Form: StudioForm{"pubblica", nil, "Controlla i campi segnati.", map[string]string{"note": "Questo campo serve."}},
		},
		"studio_publish-2":   &ReviewPage{Frame: f, Draft: head, Next: 1, Objects: 3, Modules: 1, Minutes: 35, Seen: "3fa94c01b2aa", Comments: 2},
		"studio_publish-3":   &ReviewPage{Frame: f, Draft: head, Next: 3, Latest: 2, Same: true, Objects: 3, Modules: 1, Minutes: 35},
		"studio_published":   &PublishedPage{Frame: f, Draft: head, Edition: EditionRow{Number: 2, Hash: "3fa94c01b2aa", Note: "Aggiunta la lezione sulle tabelle.", Published: at}, Course: sampleCard(), Editions: "/versioni/smart-working"},
		"studio_published-2": &PublishedPage{Frame: f, Draft: head, Edition: EditionRow{Number: 1, Hash: "3fa94c01b2aa", Published: at}, Course: sampleCard(), Editions: "/versioni/smart-working"},
	}
	p := sampleEditor(f, head, nil, at)
	p.File, p.Syntax, p.Form, p.Uploaded, p.Preview = files["sheet"], "yaml", StudioForm{"allegati", nil, "Controlla i campi segnati.", map[string]string{"file": "Scegli un file."}}, nil, ""
	for _, html := range samplePreviews() {
		p.Preview += html
	}
	pages["studio_editor-3"] = p
	return pages
}

const sampleText = "---\nid: titoli\ntitle: \"I titoli dicono dove si è\"\nkind: reading\nminutes: 8\n---\n\nUn documento lungo si legge per titoli.\n\n![](foto.jpg)\n"

// sampleFiles has a file of every sort.
func sampleFiles() (reading, picture manuscript.File, all map[string]manuscript.File) {
	file := func(path, sort string, size int64) manuscript.File {
		return manuscript.File{Path: path, Name: path, Title: path, Anchor: "f-" + manuscript.Anchor(path), Href: "/studio/abc/scrivi?file=" + path, Query: "?file=" + path, Sort: sort, Size: size}
	}
	reading = file("01-perche/titoli.md", "object", 4000)
	reading.Title, reading.Kind, reading.Minutes, reading.Errors, reading.Warnings, reading.Comments, reading.First = "I titoli dicono dove si è", "reading", 8, 1, 1, 2, true
	lesson := file("01-perche/lettori-di-schermo-e-altri-modi-di-leggere.md", "object", 4000)
	lesson.Title, lesson.Kind, lesson.Minutes = "Lettori di schermo e altri modi di leggere", "lesson", 12
	picture = file("media/foto.jpg", "picture", 312_000)
	picture.Src, picture.Width, picture.Height, picture.Paste = "/foto.jpg", 1600, 1200, "![Descrivi che cosa si vede](/media/foto.jpg)"
	video := file("media/intervista-alla-segretaria-comunale.mp4", "video", 48_000_000)
	video.Src, video.Seconds, video.Width, video.Height, video.Paste = "/v.mp4", 185, 1280, 720, "![Titolo](/media/intervista-alla-segretaria-comunale.mp4)"
	sheet := file("course.yaml", "sheet", 900)
	sheet.Title, sheet.Errors = "Scheda del corso", 1
	return reading, picture, map[string]manuscript.File{
		"lesson": lesson, "video": video, "sheet": sheet, "text": file("glossario.md", "text", 2000), "captions": file("media/intervista.vtt", "captions", 3000),
		"document": file("media/modello.pdf", "document", 80_000), "gone": file("01-perche/vecchio.md", "text", 100),
	}
}

func sampleEditor(f front.Frame, head DraftHead, findings []manuscript.Finding, at time.Time) *EditorPage {
	reading, picture, files := sampleFiles()
	object := sampleReading(f, sampleModules(), at)
	object.Preview, object.Questions, object.Completed, object.Read = true, sampleQuestions(), time.Time{}, nil
	return &EditorPage{
		Frame: f, Draft: head, File: reading, Syntax: "markdown", CourseLang: "it", Person: "p1", Text: sampleText, Rev: 3, Saved: at, By: "Marta Bianchi", Words: 812, Findings: findings, Blanks: manuscript.Blanks(),
		Preview: rendered("studio/preview", PreviewView{Object: object})[0], MostBytes: mostSent,
		Comments: []CommentView{{"1", "Giorgio De Gasperi", "La fonte è del 2019:\nsi può citare quella nuova?", at, false}, {"2", "Marta Bianchi", "Titolo accorciato.", at, true}},
		Media:    []manuscript.File{picture, files["video"]}, Uploaded: &picture, Before: &front.Crumb{Label: "Chi legge", Href: "/b"}, After: &front.Crumb{Label: "Lettori di schermo e altri modi di leggere", Href: "/a"},
		Snippets: []manuscript.SnippetGroup{{Label: "Testo", Snippets: []manuscript.Snippet{{Label: "Titolo", Text: "\n## ${cursor}\n", Select: "Titolo"}, {Label: "Grassetto", Text: "**${cursor}**", Select: "parole"}}}},
		Form:     StudioForm{"commenti", map[string]string{"comment": ""}, "Controlla i campi segnati.", map[string]string{"comment": "Scrivi il commento."}},
	}
}

// sampleTogether is the editor of captions that two people wrote, one of which is not saved.
func sampleTogether(f front.Frame, head DraftHead, at time.Time) *EditorPage {
	_, _, files := sampleFiles()
	return &EditorPage{
		Frame: f, Draft: head, File: files["captions"], Syntax: "vtt", CourseLang: "it", Person: "p1", Text: "WEBVTT\n\n00:00.000 --> 00:04.000\nBuongiorno.\n", Rev: 3, Over: 3, Saved: at, By: "Giorgio De Gasperi", Gone: true,
		Preview: rendered("studio/preview", PreviewView{Captions: manuscript.Captions([]course.Cue{{From: 0, To: 4, Text: "Buongiorno."}, {From: 4, To: 5, Text: "Questa battuta è troppo lunga per il tempo che ha."}})})[0],
		Theirs:  "WEBVTT\n\n00:00.000 --> 00:04.000\nBuonasera.\n", TheirName: "Giorgio De Gasperi", MostBytes: mostSent,
		Form: StudioForm{"scrivi", nil, "Controlla i campi segnati.", map[string]string{"text": "Il testo è troppo lungo: al massimo un megabyte."}},
	}
}

// samplePreviews are what texts become that are no objects.
func samplePreviews() []template.HTML {
	return rendered("studio/preview", PreviewView{Course: &CourseSheet{Title: "Documenti", Summary: "In breve.", Objectives: []string{"Fare titoli"}, Minutes: 35, Objects: 3, Modules: sampleModules()}},
		PreviewView{Terms: []LabelledHTML{{"Testo alternativo", "<p>Le parole al posto di un’immagine.</p>"}}}, PreviewView{Picture: manuscript.Drawing("<svg xmlns='http://www.w3.org/2000/svg'/>")}, PreviewView{HTML: "<p>Un testo.</p>"}, PreviewView{})
}
