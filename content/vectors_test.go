package content_test

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"aulacomune/content"
	"aulacomune/course"
)

// TestVectors compiles every vector of the corpus, so that they are tried without fuzzing too.
func TestVectors(t *testing.T) {
	list := vectors(t)
	if len(list) < 200 {
		t.Errorf("only %d vectors", len(list))
	}
	for _, vector := range list {
		compileBody(t, vector)
	}
}

// TestVectorsInEveryPlace puts every vector that is a line where authors write a line: names, captions, answers, values.
func TestVectorsInEveryPlace(t *testing.T) {
	for _, vector := range vectors(t) {
		if strings.Contains(vector, "\n") {
			continue
		}
		quoted := strconv.Quote(vector)
		for place, change := range vectorPlaces() {
			f := content.Folder{
				Texts: map[string][]byte{
					"course.yaml": []byte(manifest), "m/1.md": object("uno", "Testo.\n"),
					"m/v.vtt": []byte("WEBVTT\n\n00:00.000 --> 00:01.000\nCiao.\n"),
				},
				Media: map[string]course.Media{"m/v.mp4": {Hash: "2", Type: "video/mp4", Seconds: 3}, "m/v.jpg": {Hash: "3", Type: "image/jpeg"}, "m/b.pdf": {Hash: "1", Type: "application/pdf"}},
			}
			change(f, vector, quoted)
			made, findings := content.Compile(f)
			judged(t, made, findings)
			if t.Failed() {
				t.Fatalf("%s in %s", vector, place)
			}
		}
	}
}

// vectorPlaces are what a vector may be put into, as it is and quoted for YAML.
func vectorPlaces() map[string]func(f content.Folder, vector, quoted string) {
	body := func(around string) func(content.Folder, string, string) {
		return func(f content.Folder, vector, _ string) {
			f.Texts["m/1.md"] = object("uno", strings.ReplaceAll(around, "X", vector)+"\n")
		}
	}
	return map[string]func(content.Folder, string, string){
		"captions": func(f content.Folder, vector, _ string) {
			f.Texts["m/1.md"] = object("uno", "![a](v.mp4)\n")
			f.Texts["m/v.vtt"] = []byte("WEBVTT\n\n" + vector + "\n00:00.000 --> 00:01.000\n" + vector + "\n<v " + vector + ">ciao\n")
		},
		"front matter": func(f content.Folder, _, quoted string) {
			f.Texts["m/1.md"] = []byte("---\nid: uno\ntitle: " + quoted + "\nkind: pill\nminutes: 1\nobjectives: [" + quoted + "]\ncomplete: {watched: 80}\n" +
				"video: {file: m/v.mp4, captions: m/v.vtt, poster: m/v.jpg, poster_alt: " + quoted + "}\n---\n\nTesto.\n")
		},
		"ids": func(f content.Folder, _, quoted string) {
			f.Texts["m/1.md"] = []byte("---\nid: " + quoted + "\ntitle: T\nkind: " + quoted + "\nminutes: " + quoted + "\nobjectives: " + quoted + "\ncomplete: {read: " + quoted + "}\n" + quoted + ": " + quoted + "\n---\n\nTesto.\n")
		},
		"course.yaml": func(f content.Folder, _, quoted string) {
			f.Texts["course.yaml"] = []byte("slug: " + quoted + "\ntitle: " + quoted + "\nsummary: " + quoted + "\nlang: " + quoted + "\nprogramme: " + quoted + "\naudience: " + quoted +
				"\nobjectives: [" + quoted + "]\nmodules: [{id: " + quoted + ", folder: m, title: " + quoted + ", summary: " + quoted + "}]\n")
		},
		"names of files": func(f content.Folder, vector, _ string) {
			f.Media["m/"+vector+".pdf"] = course.Media{Hash: "4", Type: "application/pdf"}
			f.Media["m/"+vector+".png"] = course.Media{Hash: "5", Type: "image/png"}
			f.Texts["m/"+vector+".md"] = object("due", "Testo.\n")
			f.Texts["m/1.md"] = object("uno", "[a](<"+vector+".pdf>) [b](<"+vector+".md>)\n\n![c](<"+vector+".png>)\n")
		},
		"glossary": func(f content.Folder, vector, _ string) {
			f.Texts["m/1.md"] = object("uno", "[a](glossario#a) [b](glossario#"+vector+")\n")
			f.Texts["glossario.md"] = []byte("## A\n\n" + vector + " [b](#" + vector + ")\n\n## " + vector + "\n\n" + vector + "\n")
		},
		"shared text": func(f content.Folder, vector, _ string) {
			f.Texts["m/1.md"] = object("uno", "> [!INCLUDE]\n> ["+vector+"](../c/n.md)\n")
			f.Texts["c/n.md"] = []byte(vector + "\n\nNota[^1]\n\n[^1]: " + vector + "\n")
		},
		"drawing": func(f content.Folder, vector, _ string) {
			f.Texts["m/1.md"] = object("uno", "![a](a.svg)\n")
			f.Texts["m/a.svg"] = []byte("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>" + vector + "</title></svg>")
		},
		"heading":    body("## X\n\n[a](#X)"),
		"figure":     body("![X](v.jpg \"X\")\n*X*"),
		"recording":  body("![X](v.mp4 \"X\")\n*X*"),
		"download":   body("[X](b.pdf \"X\")"),
		"link":       body("[X](X) [a](<X>) [b](https://a.it/X \"X\")"),
		"table":      body("| X | b |\n|---|---|\n| X | X |"),
		"list":       body("- X\n  1. X\n- [ ] X"),
		"definition": body("X\n: X"),
		"note":       body("a[^X]\n\n[^X]: X"),
		"box":        body("> [!NOTE]\n> X\n\n> [!X]\n> a\n\n> [!DETAILS X]\n> X"),
		"code":       body("`X`\n\n```X\nX\n```"),
		"language":   body("[lang=X]{X} [lang=en]{X}"),
		"single":     body("> [!QUESTION X X]\n> X\n>\n> - [x] `X` X\n>   > X\n> - [ ] `b` X\n>\n> X"),
		"matching":   body("> [!QUESTION a matching]\n> X\n>\n> - `a` X => X\n> - `b` b => X"),
		"ordering":   body("> [!QUESTION a ordering]\n> X\n>\n> 1. `a` X\n> 2. `b` X"),
		"cloze":      body("> [!QUESTION a cloze]\n> X {X} {= X} {a|X}"),
		"short":      body("> [!QUESTION a short]\n> X\n>\n> = X | X"),
		"numeric":    body("> [!QUESTION a numeric]\n> X\n>\n> = X"),
		"scale":      body("> [!QUESTION a scale]\n> X\n>\n> - `1` X\n> - `2` b\n>\n> 1. `X` X"),
	}
}

func vectors(tb testing.TB) []string {
	tb.Helper()
	text, err := os.ReadFile("testdata/xss.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n%%\n")
}

const manifest = "slug: prova\ntitle: T\nsummary: S\nobjectives: [o]\nmodules: [{id: m, folder: m, title: M}]\n"

// object is an object's file with a body.
func object(id, body string) []byte {
	return []byte("---\nid: " + id + "\ntitle: T\nkind: reading\nminutes: 1\nobjectives: [o]\ncomplete: {read: true}\n---\n" + body)
}

// compileBody compiles a course whose object has this text, and judges all HTML that comes out.
func compileBody(t *testing.T, body string) {
	t.Helper()
	made, findings := content.Compile(content.Folder{
		Texts: map[string][]byte{
			"course.yaml": []byte(manifest), "m/1.md": object("uno", body), "m/2.md": object("due", "## Titolo\n\nTesto.\n"),
			"c/n.md":       []byte("## T\n\nNota[^1] <script>alert(1)</script>\n\n> [!INCLUDE]\n> [x](n.md)\n\n[^1]: [x](javascript:alert(1))\n"),
			"glossario.md": []byte("## T\n\nX [u](glossario#u).\n\n## \\<script>alert(1)\\</script> \"U\n\n[x](javascript:alert(1)) <b>\n\n## U\n\n[t](#t) [t](glossario#t)\n"),
			"m/v.vtt":      []byte("WEBVTT\n\n00:00.000 --> 00:01.000\n&lt;script&gt;alert(1)&lt;/script&gt;\"\n"),
			"m/a.svg":      []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`),
		},
		Media: map[string]course.Media{"m/a.png": {Hash: "0", Type: "image/png", Width: 1600, Height: 800}, "m/a.400w.png": {Hash: "5", Type: "image/png", Width: 400, Height: 200}, "m/b.pdf": {Hash: "1", Type: "application/pdf"},
			"m/v.mp4": {Hash: "2", Type: "video/mp4", Seconds: 3}, "m/v.jpg": {Hash: "3", Type: "image/jpeg"}, "m/s.mp3": {Hash: "4", Type: "audio/mpeg"},
		},
	})
	judged(t, made, findings)
}

// judged fails on findings without place or words, and on HTML anywhere in a course that could do something.
func judged(t *testing.T, made course.Course, findings []course.Finding) {
	t.Helper()
	for _, f := range findings {
		if f.File == "" || f.Rule == "" || f.Message == "" || f.Line < 0 || f.Column < 0 || strings.Contains(f.Message+f.Hint, "{0}") || strings.Contains(f.Message+f.Hint, "@") && len(f.Args) == 0 {
			t.Errorf("a finding without place or words: %+v", f)
		}
	}
	for _, text := range written(reflect.ValueOf(made)) {
		harmless(t, text)
	}
}

// written is all HTML in a value: what stands in fields called so, wherever they are.
func written(v reflect.Value) (texts []string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			texts = written(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts = append(texts, written(v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if f := v.Field(i); f.Kind() == reflect.String && (name == "HTML" || name == "Feedback") {
				texts = append(texts, f.String())
			} else {
				texts = append(texts, written(f)...)
			}
		}
	}
	return texts
}

// harmless fails on HTML that is not well formed or could do something.
func harmless(t *testing.T, text string) {
	t.Helper()
	for _, harm := range harms(text) {
		t.Errorf("%s in\n%s", harm, text)
	}
}

// harms says what is not well formed in HTML, or could do something.
func harms(text string) (found []string) {
	var open []string
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				found = append(found, fmt.Sprint("not closed: ", open))
			}
			return found
		case html.CommentToken, html.DoctypeToken:
			found = append(found, "a comment or doctype")
		case html.StartTagToken:
			token := z.Token()
			found = append(found, elementHarms(token)...)
			if !slices.Contains([]string{"br", "hr", "img", "track", "source"}, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return append(found, fmt.Sprintf("</%s> closes %v", name, open))
			}
			open = open[:len(open)-1]
		}
	}
}

// elementHarms are elements, attributes and addresses that we never write.
func elementHarms(token html.Token) (found []string) {
	if !slices.Contains(strings.Fields("p br hr em strong del code pre blockquote ul ol li dl dt dd dfn sup h1 h2 h3 h4 h5 h6 table thead tbody tr th td"+
		" figure figcaption details summary aside div span img a video audio track"), token.Data) {
		found = append(found, "<"+token.Data+">")
	}
	seen := map[string]bool{}
	for _, a := range token.Attr {
		harm := a.Key + "=" + strconv.Quote(a.Val)
		if seen[a.Key] || !slices.Contains(strings.Fields("href title rel role alt loading src srcset sizes poster controls playsinline preload kind label srclang width height start scope"+
			" tabindex aria-label aria-hidden lang id class"), a.Key) {
			found = append(found, harm)
		}
		seen[a.Key] = true
		scheme, _, absolute := strings.Cut(strings.ToLower(a.Val), ":")
		switch a.Key {
		case "href":
			if absolute && !strings.ContainsAny(scheme, "/#?") && !slices.Contains([]string{"https", "http", "mailto"}, scheme) || strings.HasPrefix(a.Val, "//") || strings.HasPrefix(a.Val, "\\") {
				found = append(found, harm)
			}
		case "src", "poster", "srcset":
			for part := range strings.SplitSeq(a.Val, ",") {
				if !strings.HasPrefix(strings.TrimSpace(part), "media/") {
					found = append(found, harm)
				}
			}
		}
	}
	return found
}

// TestHarms: what is looked for in HTML is found where it is. Vectors that are HTML do something when nobody takes them out.
func TestHarms(t *testing.T) {
	for _, vector := range vectors(t) {
		if strings.HasPrefix(vector, "<") && strings.ContainsAny(vector[1:2], "abdefimopqstvABDS") && !strings.HasPrefix(vector, "<https") && !strings.HasPrefix(vector, "<a href=x>") && len(harms(vector)) == 0 {
			t.Errorf("harmless: %s", vector)
		}
	}
	good := `<p lang="it">a <a href="https://a.it/?b=c:d" rel="noopener">b</a><br><img src="media/0/a.png" alt="x"></p>`
	if found := harms(good); len(found) > 0 {
		t.Error(found)
	}
}
