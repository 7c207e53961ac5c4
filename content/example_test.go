package content

import (
	"strings"

	"aulacomune/course"
)

// Sample is the folder of a small course that shows an example of the guide or of a rule: the text of a learning object,
// or files below lines "-- NAME --". What the example leaves out is filled in, and the files it may show are there.
func Sample(text string) Folder {
	const object = "01-uno/01-esempio.md"
	files := sections(text)
	body, other := files[""], files["video/prova.vtt"] != ""
	delete(files, "")
	f := Folder{Texts: map[string][]byte{
		"course.yaml":          []byte(exampleManifest),
		object:                 []byte(exampleHead(body, other) + body),
		"02-due/01-secondo.md": []byte("---\nid: secondo\ntitle: Un altro oggetto\nkind: reading\nminutes: 1\nobjectives: [Provare]\ncomplete: {read: true}\n---\n\n## Un titolo\n\nUn testo.\n"),
		"firma.vtt":            []byte("WEBVTT\n\n00:00.500 --> 00:04.000\nSi apre il modulo e si firma in fondo.\n"),
		"firma.en.vtt":         []byte("WEBVTT\n\n00:00.500 --> 00:04.000\nOne opens the form and signs at its end.\n"),
		"figura.svg":           []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80"><circle cx="40" cy="40" r="30" fill="#06c"/><circle cx="120" cy="40" r="30" fill="#06c"/><circle cx="200" cy="40" r="30" fill="#06c"/></svg>`),
	}, Media: exampleMedia()}
	if strings.Contains(text, "comune/aiuto.md") {
		f.Texts["comune/aiuto.md"] = []byte("Per un aiuto chiedi all'ufficio personale.\n")
	}
	if strings.Contains(text, "(glossario") {
		f.Texts["glossario.md"] = []byte("# Glossario\n\n## Lavoro agile\n\nUn modo di lavorare per obiettivi, in parte fuori dalla sede.\n")
	}
	if own := files["course.yaml"]; own != "" { // a course of the example's own has only the objects it names
		for name := range f.Texts {
			if strings.HasSuffix(name, ".md") && !strings.Contains(own, strings.Split(name, "/")[0]) {
				delete(f.Texts, name)
			}
		}
	}
	for name, text := range files {
		f.Texts[name] = []byte(text)
	}
	return f
}

const exampleManifest = "slug: esempio\ntitle: Un esempio\nsummary: Un corso piccolo.\nobjectives: [Provare]\nmodules:\n" +
	"  - {id: uno, folder: 01-uno, title: Primo modulo}\n  - {id: due, folder: 02-due, title: Secondo modulo}\n"

// exampleHead is the front matter for the text of an example.
func exampleHead(body string, video bool) string {
	kind, complete := "reading", "{read: true}"
	if strings.Contains(body, "[!QUESTION") {
		complete = "{answered: 60}"
	}
	if video {
		kind = "lesson\nvideo: {file: video/prova.mp4, captions: video/prova.vtt, poster: video/prova.jpg, poster_alt: Un titolo}"
	}
	return "---\nid: esempio\ntitle: Un esempio\nkind: " + kind + "\nminutes: 1\nobjectives: [Provare]\ncomplete: " + complete + "\n---\n\n"
}

// exampleMedia are the files that examples may show; nobody has their bytes.
func exampleMedia() map[string]course.Media {
	media := map[string]course.Media{}
	add := func(name, kind string, m course.Media) {
		m.Path, m.Type, m.Hash = name, kind, hashOf([]byte(name))
		media[name] = m
	}
	add("figura.jpg", "image/jpeg", course.Media{Size: 40_000, Width: 800, Height: 600})
	for _, width := range []int{1600, 800, 400} {
		name := map[int]string{1600: "tavolo.jpg", 800: "tavolo.800w.jpg", 400: "tavolo.400w.jpg"}[width]
		add(name, "image/jpeg", course.Media{Size: int64(50 * width), Width: width, Height: width * 3 / 4})
	}
	add("vecchia.jpg", "image/jpeg", course.Media{Size: 90_000, Width: 1600, Height: 1200})
	add("vecchia.800w.jpg", "image/jpeg", course.Media{Size: 40_000, Width: 800, Height: 500})
	add("enorme.jpg", "image/jpeg", course.Media{Size: 400_000, Width: 4000, Height: 3000})
	add("pesante.jpg", "image/jpeg", course.Media{Size: 900_000, Width: 800, Height: 600})
	add("modello.pdf", "application/pdf", course.Media{Size: 120_000})
	add("intervista.mp3", "audio/mpeg", course.Media{Size: 900_000, Seconds: 20})
	add("firma.mp4", "video/mp4", course.Media{Size: 2_000_000, Seconds: 20, Width: 640, Height: 360})
	add("firma.jpg", "image/jpeg", course.Media{Size: 40_000, Width: 640, Height: 360})
	add("muto.mp4", "video/mp4", course.Media{Size: 2_000_000, Seconds: 20, Width: 640, Height: 360})
	add("muto.jpg", "image/jpeg", course.Media{Size: 40_000, Width: 640, Height: 360})
	add("nudo.mp4", "video/mp4", course.Media{Size: 2_000_000, Seconds: 20, Width: 640, Height: 360})
	add("video/prova.mp4", "video/mp4", course.Media{Size: 2_000_000, Seconds: 20, Width: 640, Height: 360})
	add("video/prova.jpg", "image/jpeg", course.Media{Size: 40_000, Width: 640, Height: 360})
	return media
}

// sections parts an example at its lines "-- NAME --"; what comes before the first is the text of an object.
func sections(text string) map[string]string {
	files, name := map[string]string{}, ""
	for line := range strings.Lines(text) {
		if file, ok := strings.CutPrefix(strings.TrimSpace(line), "-- "); ok && strings.HasSuffix(file, " --") {
			name = strings.TrimSuffix(file, " --")
			continue
		}
		files[name] += line
	}
	if files[""] == "" {
		files[""] = "Un testo.\n"
	}
	return files
}
