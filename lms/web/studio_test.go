package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/studio"
)

// desk is an author at the studio, with a draft.
type desk struct {
	*visitor
	t     *testing.T
	draft string // address
}

// write begins a draft of a published course as an author of its organisation.
func (h *house) write() *desk {
	h.t.Helper()
	v := h.as("carla")
	a := v.submit(v.page("/studio").form(h.t, "/studio/da-versione"), nil)
	if a.Status != http.StatusSeeOther {
		h.t.Fatalf("a draft from an edition: %d", a.Status)
	}
	address, _, _ := strings.Cut(a.Header.Get("Location"), "?")
	return &desk{v, h.t, address}
}

// colleague is another author of the same organisation at the same draft.
func (d *desk) colleague() *desk {
	d.t.Helper()
	d.h.add(lms.NewPerson{Email: "giulia@prova.it", Given: "Giulia", Family: "Prova", Organisation: "valle", Role: lms.Author}, "")
	return &desk{d.h.as("giulia"), d.t, d.draft}
}

// open is the editor of a file.
func (d *desk) open(name string) answer {
	d.t.Helper()
	return d.page(d.draft + "/scrivi?file=" + url.QueryEscape(name))
}

// editor is the form of a file's editor.
func (d *desk) editor(name string) form {
	d.t.Helper()
	f := d.open(name).form(d.t, "/scrivi?file=")
	f.Fields.Set("azione", "salva")
	f.Fields.Set("text", strings.TrimPrefix(f.Fields.Get("text"), "\n")) // as browsers read a textarea
	return f
}

// text is a file as it is stored.
func (d *desk) text(name string) string {
	d.t.Helper()
	f, err := d.h.studio.File(d.t.Context(), d.h.actor("carla"), studio.DraftID(strings.TrimPrefix(d.draft, "/studio/")), name)
	must(d.t, err)
	return f.Text
}

// then fails unless a form led on, and follows it.
func (d *desk) then(a answer) answer {
	d.t.Helper()
	if a.Status != http.StatusSeeOther {
		d.t.Fatalf("%d, want to be led on: %.600s", a.Status, a.Body)
	}
	address, _, _ := strings.Cut(a.Header.Get("Location"), "#")
	return d.page(address)
}

// ask posts as a script does and reads the answer.
func (d *desk) ask(address string, fields url.Values, into any) int {
	d.t.Helper()
	v := *d.visitor.with("Accept", "application/json")
	a := v.post(address, fields)
	if err := json.Unmarshal([]byte(a.Body), into); err != nil {
		d.t.Fatalf("%s: %d %.200s", address, a.Status, a.Body)
	}
	return a.Status
}

const saluto = "01-inizio/01-saluto.md"

// TestWritingACourse goes the whole way with forms alone: a new course, a module, a reading, what is wrong with it, publishing twice.
func TestWritingACourse(t *testing.T) {
	h := open(t)
	v := h.as("carla")
	f := v.page("/studio").form(t, "/studio/nuovo")
	if a := v.submit(f, url.Values{"summary": {"In breve."}}); a.Status != 422 || a.errorOf(t, "title") == "" || a.form(t, "/studio/nuovo").Fields.Get("summary") != "In breve." {
		t.Errorf("a course without a title: %d, %q", a.Status, a.errorOf(t, "title"))
	}
	a := v.submit(f, url.Values{"title": {"Privacy <in> comune"}, "summary": {"Che cosa si può scrivere in un atto, e che cosa no."}})
	d := &desk{visitor: v, t: t}
	d.draft, _, _ = strings.Cut(a.Header.Get("Location"), "?")
	tree := d.then(a)
	if !strings.Contains(tree.Body, "Privacy &lt;in&gt; comune") {
		t.Error("the title is not on the page")
	}
	add := tree.form(t, "/oggetto")
	add.Fields.Set("azione", "aggiungi")
	if a := d.submit(add, url.Values{"title": {" "}, "kind": {"story"}}); a.Status != 422 || !strings.Contains(a.Body, `value="story" checked`) || !strings.Contains(a.Body, `id="new-m-`) {
		t.Errorf("an object without a title: %d", a.Status)
	}
	page := d.then(d.submit(add, url.Values{"title": {"Dati e atti"}, "kind": {"reading"}}))
	f = page.form(t, "/scrivi?file=")
	name, _ := url.QueryUnescape(f.Action[strings.Index(f.Action, "=")+1:])
	whole := strings.TrimPrefix(f.Fields.Get("text"), "\n")
	page = d.then(d.submit(f, url.Values{"azione": {"salva"}, "text": {whole + "\n![](/media/manca.jpg)\n"}}))
	if !strings.Contains(page.Body, `data-severity="error"`) || !strings.Contains(page.Body, "/guida/regole#") {
		t.Error("what is wrong is not told beside the text")
	}
	review := d.page(d.draft + "/pubblica")
	if !strings.Contains(review.Body, "disabled") || !strings.Contains(review.Body, "&amp;riga=") {
		t.Error("a course with errors can be published, or nothing leads to them")
	}
	if a := d.submit(review.form(t, "/pubblica"), nil); a.Status != 422 {
		t.Errorf("publishing all the same: %d", a.Status)
	}
	d.then(d.submit(d.editor(name), url.Values{"text": {finished(whole)}}))
	d.mendSheet()
	review = d.page(d.draft + "/pubblica")
	done := d.then(d.submit(review.form(t, "/pubblica"), nil))
	if !strings.Contains(done.Body, "/corsi/privacy-in-comune") {
		t.Errorf("published: %.400s", textOf2(done))
	}
	d.then(d.submit(d.editor(name), url.Values{"text": {strings.Replace(finished(whole), "si scrive con prudenza", "si scrive con molta prudenza", 1)}}))
	review = d.page(d.draft + "/pubblica")
	if !strings.Contains(review.Body, "<ins>") {
		t.Error("the second edition does not show what changes")
	}
	if a := d.submit(review.form(t, "/pubblica"), url.Values{"note": {" "}}); a.Status != 422 || a.errorOf(t, "note") == "" {
		t.Errorf("a second edition without a note: %d, %q", a.Status, a.errorOf(t, "note"))
	}
	_, err := d.h.school.Learning.Enrol(t.Context(), d.h.actor("bruno"), "privacy-in-comune")
	must(t, err)
	late := d.submit(review.form(t, "/pubblica"), url.Values{"note": {"Più prudenza."}, "sposta": {"si"}, "visto": {"altro"}})
	if late.Status != 409 || !strings.Contains(late.Body, "La bozza è cambiata da quando l’hai controllata") || late.form(t, "/pubblica").Fields.Get("note") != "Più prudenza." {
		t.Errorf("publishing what nobody reviewed: %d %.300s", late.Status, textOf2(late))
	}
	done = d.then(d.submit(late.form(t, "/pubblica"), url.Values{"sposta": {"si"}}))
	if !strings.Contains(done.Body, "Annulla") {
		t.Errorf("moving people cannot be taken back: %.400s", textOf2(done))
	}
	if st, err := d.h.school.Learning.Mine(t.Context(), d.h.actor("bruno"), "privacy-in-comune"); err != nil || st.Enrolment.Edition != 2 {
		t.Errorf("who takes the course is in version %d, %v", st.Enrolment.Edition, err)
	}
	if done = d.page(d.draft + "/pubblica?versione=2"); !strings.Contains(done.Body, "Più prudenza.") || !strings.Contains(done.Body, "/versioni/privacy-in-comune") {
		t.Error("the note is not repeated, or nothing leads to the editions")
	}
	if again := d.page(d.draft + "/pubblica"); len(again.formsTo(t, "/pubblica")) != 0 {
		t.Error("the same can be published again")
	}
}

// finished is a learning object's template with everything filled in.
func finished(template string) string {
	head, _, _ := strings.Cut(template, "\n---\n")
	head = regexp.MustCompile(`\[Scrivi[^\]]*\]`).ReplaceAllString(head, "Scrivere un atto con prudenza")
	return head + "\n---\n\n## Prima di scrivere\n\nUn atto pubblico si scrive con prudenza. Si dice quello che serve, e niente di più.\n"
}

// mendSheet fills in what a new course.yaml leaves open.
func (d *desk) mendSheet() {
	d.t.Helper()
	var answer struct {
		Findings []struct{ Severity, Message string }
	}
	f := d.editor("course.yaml")
	d.ask(d.draft+"/anteprima?file=course.yaml", url.Values{"text": {f.Fields.Get("text")}}, &answer)
	for _, x := range answer.Findings {
		if x.Severity == "error" {
			d.t.Errorf("a new course.yaml has an error: %s", x.Message)
		}
	}
}

func textOf2(a answer) string {
	_, main, _ := strings.Cut(a.Body, "<main")
	return main
}

// TestTree arranges modules and objects with buttons, and takes away and back.
func TestTree(t *testing.T) {
	h := open(t)
	d := h.write()
	order := func() []string {
		t.Helper()
		var out []string
		for _, f := range d.page(d.draft).formsTo(t, "/oggetto") {
			if p := f.Fields.Get("path"); strings.HasSuffix(p, ".md") {
				out = append(out, p)
			}
		}
		return out
	}
	before := order()
	move := func(azione, path string) answer {
		t.Helper()
		return d.post(d.draft+"/oggetto", url.Values{"azione": {azione}, "path": {path}})
	}
	if a := move("giu", before[0]); !strings.HasSuffix(a.Header.Get("Location"), "#giu-f-"+strings.NewReplacer("/", "-", ".", "-").Replace(before[0])) {
		t.Errorf("the focus does not go back to the button: %q", a.Header.Get("Location"))
	}
	if after := order(); after[0] != before[1] || after[1] != before[0] {
		t.Errorf("moved down: %v", after)
	}
	d.then(move("su", before[0]))
	if !slices.Equal(order(), before) {
		t.Errorf("moved back: %v", order())
	}
	page := d.then(d.post(d.draft+"/oggetto", url.Values{"azione": {"posto"}, "path": {before[0]}, "module": {"fine"}, "index": {"0"}}))
	if i := slices.Index(order(), before[0]); i != len(before)-len(page.module(t, "fine")) {
		t.Errorf("dragged into another module it is number %d of %v", i, order())
	}
	page = d.then(move("elimina", before[0]))
	undo := page.form(t, "/oggetto")
	if undo.Fields.Get("path") != before[0] || slices.Contains(order(), before[0]) && !strings.Contains(page.Body, `value="richiama"`) {
		t.Errorf("removed, but nothing to undo it: %v", undo.Fields)
	}
	d.then(move("richiama", before[0]))
	if !slices.Contains(order(), before[0]) {
		t.Error("undone, but not back")
	}
	for name, x := range map[string]url.Values{
		"a module with objects":      {"azione": {"elimina"}, "module": {"fine"}},
		"a module without a title":   {"azione": {"aggiungi"}, "title": {""}},
		"a module that is not there": {"azione": {"su"}, "module": {"manca"}},
	} {
		if a := d.post(d.draft+"/modulo", x); a.Status != 422 || !strings.Contains(a.Body, `role="alert"`) {
			t.Errorf("%s: %d", name, a.Status)
		}
	}
	d.then(d.post(d.draft+"/modulo", url.Values{"azione": {"aggiungi"}, "title": {"Per finire"}}))
	d.then(d.post(d.draft+"/modulo", url.Values{"azione": {"su"}, "module": {"per-finire"}}))
	if a := d.then(d.post(d.draft+"/modulo", url.Values{"azione": {"cambia"}, "module": {"per-finire"}, "title": {"Per concludere"}})); !strings.Contains(a.Body, "2. Per concludere") {
		t.Error("a module was not renamed where it stands")
	}
	d.then(d.post(d.draft+"/modulo", url.Values{"azione": {"elimina"}, "module": {"per-finire"}}))
	for _, x := range []url.Values{{"azione": {"salta"}, "path": {before[0]}}, {"azione": {"elimina"}, "path": {"../../etc/passwd"}}} {
		if a := d.post(d.draft+"/oggetto", x); a.Status != 404 {
			t.Errorf("%v: %d", x, a.Status)
		}
	}
	if a := move("elimina", "course.yaml"); a.Status != 422 {
		t.Errorf("course.yaml can be removed: %d", a.Status)
	}
}

// module is the paths of a module on the page of a draft.
func (a answer) module(t *testing.T, id string) []string {
	t.Helper()
	_, rest, found := strings.Cut(a.Body, `data-module="`+id+`"`)
	if !found {
		t.Fatalf("no module %s", id)
	}
	rest, _, _ = strings.Cut(rest, `data-module="`)
	var out []string
	for _, part := range strings.Split(rest, `data-path="`)[1:] {
		path, _, _ := strings.Cut(part, `"`)
		out = append(out, path)
	}
	return out
}

// TestTwoAuthors: of two texts that are saved at the same time none is lost, whatever the author chooses, and however often.
func TestTwoAuthors(t *testing.T) {
	for _, choice := range []string{"salva", "loro", "insieme"} {
		t.Run(choice, func(t *testing.T) {
			h := open(t)
			d := h.write()
			g := d.colleague()
			mine := d.editor(saluto)
			was := mine.Fields.Get("text")
			g.then(g.submit(g.editor(saluto), url.Values{"text": {was + "\nDi Giulia.\n"}}))
			mine.Fields.Set("text", was+"\nDi \"Carla\" & <altri>.\n")
			a := d.submit(mine, nil)
			if a.Status != http.StatusConflict || !strings.Contains(a.Body, "Giulia Prova") || !strings.Contains(a.Body, "<ins>") || !strings.Contains(a.Body, "<del>") {
				t.Fatalf("two texts: %d", a.Status)
			}
			f := a.form(t, "/scrivi?file=")
			if got := f.Fields.Get("text"); got != mine.Fields.Get("text") {
				t.Fatalf("the page holds %q", got)
			}
			a = d.submit(f, url.Values{"azione": {choice}})
			want := mine.Fields.Get("text")
			switch choice {
			case "loro":
				want = was + "\nDi Giulia.\n"
			case "insieme":
				if a.Status != 200 || !strings.Contains(a.Body, "Di Giulia.") || d.text(saluto) != was+"\nDi Giulia.\n" {
					t.Fatalf("written together: %d", a.Status)
				}
				f = a.form(t, "/scrivi?file=")
				want = was + "\nDi tutte e due.\n"
				a = d.submit(f, url.Values{"azione": {"salva"}, "text": {want}})
			}
			d.then(a)
			if got := d.text(saluto); got != want {
				t.Errorf("stored: %q", got)
			}
			past := d.page(d.draft + "/cronologia?file=" + saluto).Body
			if !strings.Contains(past, "Di Giulia.") || choice != "insieme" && !strings.Contains(past, "&#34;Carla&#34; &amp; &lt;altri&gt;.") {
				t.Error("a text is not in the history")
			}
		})
	}
}

// TestSavingByScript: what a script is told of saving, of a text that somebody else saved, and of one that cannot be saved.
func TestSavingByScript(t *testing.T) {
	h := open(t)
	d := h.write()
	g := d.colleague()
	f := d.editor(saluto)
	var answer struct {
		Rev                   int
		At, Text, By, Problem string
	}
	if status := d.ask(f.Action, url.Values{"rev": {"1"}, "text": {"uno"}, "azione": {"salva"}}, &answer); status != 200 || answer.Rev != 2 || len(answer.At) != 5 {
		t.Errorf("saved: %d %+v", status, answer)
	}
	if status := d.ask(f.Action, url.Values{"rev": {"1"}, "text": {"uno"}, "azione": {"salva"}}, &answer); status != 200 || answer.Rev != 2 {
		t.Errorf("the same again: %d %+v", status, answer)
	}
	if status := g.ask(f.Action, url.Values{"rev": {"1"}, "text": {"altro"}, "azione": {"salva"}}, &answer); status != 409 || answer.Rev != 2 || answer.Text != "uno" || answer.By != "Carla Prova" {
		t.Errorf("somebody else's: %d %+v", status, answer)
	}
	for name, text := range map[string]string{"too long": strings.Repeat("a", studio.MostTextBytes+1), "no text": "a\x00b", "not UTF-8": "a\xffb"} {
		if status := d.ask(f.Action, url.Values{"rev": {"2"}, "text": {text}, "azione": {"salva"}}, &answer); status != 422 || answer.Problem == "" || strings.Contains(answer.Problem, "error.") {
			t.Errorf("%s: %d %+v", name, status, answer)
		}
	}
	a := d.submit(f, url.Values{"rev": {"2"}, "text": {strings.Repeat("a", studio.MostTextBytes+1)}})
	if a.Status != 422 || len(a.form(t, "/scrivi?file=").Fields.Get("text")) <= studio.MostTextBytes || !strings.Contains(a.Body, `role="alert"`) {
		t.Errorf("a text that is too long is lost: %d", a.Status)
	}
	if a := d.submit(f, url.Values{"rev": {"2"}, "text": {"x"}}); a.Status != 303 { // and then it is shorter
		t.Errorf("mended: %d", a.Status)
	}
	if a := h.as("").with("Accept", "application/json").send(f.Action, url.Values{"text": {"x"}}); a.Status != 401 {
		t.Errorf("without a session: %d", a.Status)
	}
}

// TestTextOutlivesTheSession: the largest text that can be written is still there after signing in again, to the last character.
func TestTextOutlivesTheSession(t *testing.T) {
	h := open(t)
	d := h.write()
	hash, err := h.school.Accounts.HashPassword(t.Context(), password)
	must(t, err)
	h.add(lms.NewPerson{Email: "nora@prova.it", Given: "Nora", Family: "Prova", Organisation: "valle", Role: lms.Author}, hash)
	f := d.editor(saluto)
	piece := "È così: «\"<perché>\"» & 'altro'\n"
	text := "\n\n" + strings.Repeat(piece, (studio.MostTextBytes-2)/len(piece))
	f.Fields.Set("text", text)
	v := h.as("")
	a := v.submit(f, nil)
	if a.Status != 401 {
		t.Fatalf("without a session: %d", a.Status)
	}
	a = v.submit(a.form(t, "/accedi"), url.Values{"email": {"nora@prova.it"}, "password": {password}})
	cookie, err := http.ParseSetCookie(a.Header.Get("Set-Cookie"))
	must(t, err)
	v.secret = cookie.Value
	if a = v.submit(a.form(t, "/scrivi"), nil); a.Status != 303 || d.text(saluto) != text {
		t.Errorf("going on: %d, %d bytes of %d", a.Status, len(d.text(saluto)), len(text))
	}
}

// TestHistoryAndComments: every state can be read and taken up again; comments come and are done.
func TestHistoryAndComments(t *testing.T) {
	h := open(t)
	d := h.write()
	g := d.colleague()
	was := d.text(saluto)
	for i := range 25 { // by turns, so that each is a state of its own
		who := []*desk{d, g}[i%2]
		who.then(who.submit(who.editor(saluto), url.Values{"text": {was + fmt.Sprintf("\nStato %d.\n", i)}}))
	}
	address := d.draft + "/cronologia?file=" + saluto
	page := d.page(address)
	if n := len(page.formsTo(t, "/ripristina")); n != 19 || !strings.Contains(page.Body, " </span>24.<") {
		t.Errorf("%d states of the first page can be taken up", n)
	}
	older := d.page(address + "&cursore=20")
	all := older.formsTo(t, "/ripristina")
	if len(all) != 6 || strings.Contains(older.Body, "cursore=") {
		t.Fatalf("%d states on the second page", len(all))
	}
	d.then(d.submit(all[len(all)-1], nil))
	if d.text(saluto) != was {
		t.Error("the first state is not back")
	}
	if !strings.Contains(d.page(address).Body, " </span>24.<") {
		t.Error("what was there before is lost")
	}
	f := d.open(saluto).form(t, "/commenti")
	if a := d.submit(f, url.Values{"comment": {"  "}}); a.Status != 422 || a.errorOf(t, "comment") == "" {
		t.Errorf("an empty comment: %d", a.Status)
	}
	page = d.then(d.submit(f, url.Values{"comment": {"Da <rileggere>\ncon calma"}}))
	if !strings.Contains(page.Body, "Da &lt;rileggere&gt;\ncon calma") || !strings.Contains(d.page(d.draft).Body, "commento aperto") {
		t.Error("the comment is not there")
	}
	for _, f := range g.open(saluto).formsTo(t, "/commenti") {
		if f.Fields.Get("done") != "" {
			page = g.then(g.submit(f, nil))
		}
	}
	if !strings.Contains(page.Body, "comment-done") {
		t.Error("the comment is not marked as done")
	}
	if a := d.get(d.draft + "/cronologia?file=video/saluto.mp4"); a.Status != 404 {
		t.Errorf("the history of a recording: %d", a.Status)
	}
}

// TestPreview: beside the text stands what learners will get, quickly, and none of it can be sent.
func TestPreview(t *testing.T) {
	h := open(t)
	d := h.write()
	var answer struct {
		HTML, Title, WordsText, MinutesText string
		Findings                            []struct{ Line int }
		Words, Minutes                      int
	}
	for _, x := range []struct{ file, holds string }{
		{saluto, "<video controls"}, {"course.yaml", "Un corso minuscolo"}, {"video/saluto.vtt", "<caption>"},
	} {
		if status := d.ask(d.draft+"/anteprima?file="+x.file, url.Values{"text": {d.text(x.file)}}, &answer); status != 200 || !strings.Contains(answer.HTML, x.holds) {
			t.Errorf("%s: %d, %.300s", x.file, status, answer.HTML)
		}
		if strings.Contains(answer.HTML, "<form") {
			t.Errorf("%s: the preview can be sent", x.file)
		}
		if page := d.open(x.file); !strings.Contains(page.Body, x.holds) {
			t.Errorf("%s: the page shows something else", x.file)
		}
	}
	for name, file := range map[string]string{"domande": "01-inizio/02-domande.md"} {
		d.ask(d.draft+"/anteprima?file="+file, url.Values{"text": {d.text(file)}}, &answer)
		object, _ := h.opened[breve].Object("domande")
		if !strings.Contains(answer.HTML, strings.TrimSpace(object.HTML)) || !strings.Contains(answer.HTML, `class="questions"`) || strings.Contains(answer.HTML, "choice-feedback") {
			t.Errorf("%s is not as learners get it: %.500s", name, answer.HTML)
		}
	}
	for _, address := range addresses(d.open(saluto).Body, `src="(media/[^"]+)"`) {
		if a := d.get(d.draft + "/" + address); a.Status != 200 || a.Header.Get("Content-Type") == "" {
			t.Errorf("%s: %d", address, a.Status)
		}
	}
	long := d.text(saluto) + strings.Repeat("\nParole da leggere con calma, una dopo l’altra, fino in fondo.\n", 100)
	best := time.Hour
	for i := range 5 {
		begin := time.Now()
		d.ask(d.draft+"/anteprima?file="+saluto, url.Values{"text": {long + fmt.Sprint(i)}}, &answer)
		best = min(best, time.Since(begin))
	}
	if answer.Words < 1000 || answer.WordsText == "" || best > 150*time.Millisecond {
		t.Errorf("%d words (%q) in %s", answer.Words, answer.WordsText, best)
	}
	if d.text(saluto) == long {
		t.Error("a preview was saved")
	}
	if a := d.get(d.draft + "/domande"); a.Status != 303 || !strings.Contains(a.Header.Get("Location"), "02-domande.md") {
		t.Errorf("a link to another object leads to %d %q", a.Status, a.Header.Get("Location"))
	}
	var words struct {
		Objects []struct{ ID, Path string }
		Media   []struct{ Path, Type string }
	}
	if err := json.Unmarshal([]byte(d.page(d.draft+"/parole.json").Body), &words); err != nil || len(words.Objects) < 3 || words.Objects[0].Path != saluto || len(words.Media) == 0 {
		t.Errorf("what can be completed: %v %+v", err, words)
	}
}
