package web_test

import (
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"aulacomune/lms"
)

// everyKind is a course whose one object asks a question of each kind.
func everyKind(t *testing.T) fstest.MapFS {
	t.Helper()
	text, err := os.ReadFile("../../content/testdata/question_every_kind.txtar")
	must(t, err)
	files := fstest.MapFS{}
	for _, part := range strings.Split(string(text), "\n-- ")[1:] {
		name, body, _ := strings.Cut(part, " --\n")
		if !strings.HasPrefix(name, "want/") {
			body = strings.ReplaceAll(strings.ReplaceAll(body, "slug: prova", "slug: tutte"), "draw: 1 of leggi\n", "")
			files[name] = &fstest.MapFile{Data: []byte(body + "\n")}
		}
	}
	return files
}

func TestEveryKindOfQuestion(t *testing.T) {
	h := open(t)
	h.publish("carla", everyKind(t))
	_, err := h.school.Learning.Enrol(t.Context(), h.actor("anna"), "tutte")
	must(t, err)
	v, page := h.as("anna"), "/corsi/tutte/primo"
	first := v.page(page)
	if strings.Contains(first.Body, "ottantuno") || strings.Contains(first.Body, `value="40"`) {
		t.Error("the page gives answers away")
	}
	right := url.Values{
		"q-vero": {"falso"}, "q-ore_0": {"41"}, "q-quota_0": {"3,6"}, "q-nome_0": {"LAVORO AGILE"}, "q-coppie_0": {"agile"}, "q-coppie_1": {"cad"},
		"q-passi_obiettivi": {"1"}, "q-passi_accordo": {"2"}, "q-lacune_0": {"81"}, "q-lacune_1": {"2017"}, "q-lacune_2": {"Agile"}, "q-altra_0": {"cad"},
		"q-fiducia_0": {"3"}, "q-fiducia_1": {"1"},
	}
	open := url.Values{"q-passi_accordo": {"1"}, "q-lacune_1": {""}, "q-coppie_1": {""}, "q-ore_0": {" "}}
	for name, values := range right {
		if _, ok := open[name]; !ok {
			open[name] = values
		}
	}
	again := v.submit(first.form(t, "risposte"), open)
	if again.Status != 422 || strings.Count(again.Body, "field-wrong") != 4 || !strings.Contains(again.Body, `value="LAVORO AGILE"`) {
		t.Fatalf("%d, %d open", again.Status, strings.Count(again.Body, "field-wrong"))
	}
	if strings.Contains(again.Body, "mark-right") || strings.Contains(again.Body, "verdict") {
		t.Error("what was not sent whole is judged")
	}
	if done := v.submit(again.form(t, "risposte"), right); done.Status != 303 {
		t.Fatalf("%d %s", done.Status, done.Body)
	}
	st, err := h.school.Learning.Mine(t.Context(), h.actor("anna"), "tutte")
	must(t, err)
	if st.State != lms.Completed {
		t.Errorf("%+v", st.Objects[0].Missing)
	}
	shown := v.page(page)
	if n := strings.Count(shown.Body, "mark-right"); n != 9 {
		t.Errorf("%d fields are marked right", n)
	}
	if strings.Contains(shown.Body, "verdict-wrong") || strings.Contains(shown.Body, "quarantadue") {
		t.Error("something is marked wrong")
	}
}
