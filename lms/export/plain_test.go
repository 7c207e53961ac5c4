package export

import (
	"slices"
	"strings"
	"testing"

	"aulacomune/course"

	"golang.org/x/net/html/atom"
)

func TestNamesThatAnySystemCanHold(t *testing.T) {
	for name, want := range map[string]string{
		"figura.jpg": "figura.jpg", "Quadrato Grande.PNG": "quadrato-grande.png", "perché è così?.pdf": "perche-e-cosi.pdf", "a:b*c|d.mp4": "a-b-c-d.mp4", "…": "file",
		".nascosto": "file.nascosto", "senza": "senza", "日本.svg": "file.svg", strings.Repeat("x", 300) + ".vtt": strings.Repeat("x", 80) + ".vtt",
	} {
		if got := plainName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	shelf := newShelf(&course.Course{Media: []course.Media{{Path: "a/Foto.jpg", Hash: "111111111111x"}, {Path: "b/foto.JPG", Hash: "222222222222x"}, {Path: "c/foto.jpg", Hash: "111111111111x"}}})
	if a, b := shelf.take("111111111111x"), shelf.take("222222222222x"); a != "media/foto.jpg" || b != "media/foto-222222222222.jpg" {
		t.Errorf("%q and %q", a, b)
	}
}

func TestWhereAddressesLead(t *testing.T) {
	for address, want := range map[string]goal{
		"https://a.example/b#c": {outside: true}, "http://a.example": {outside: true}, "mailto:a@b.it": {outside: true},
		"media/abc/figura.jpg": {media: "abc"}, "altro": {object: "altro"}, "altro#l%C3%AC": {object: "altro", fragment: "l%C3%AC"}, "#qui": {fragment: "qui"}, "#term:voce": {fragment: "term:voce"},
	} {
		if got := goalOf(address); got != want {
			t.Errorf("%q leads to %+v, want %+v", address, got, want)
		}
	}
	up := func(s string) string { return "../" + s }
	if got := eachSource("media/a/x.jpg 320w, media/b/y.jpg 640w", up); got != "../media/a/x.jpg 320w, ../media/b/y.jpg 640w" {
		t.Errorf("sources %q", got)
	}
}

func TestPaperTakesThePictureThatIsSharpEnough(t *testing.T) {
	for srcset, want := range map[string]string{
		"": "x", "a 400w, b 800w, x 2000w": "b", "a 400w, x 600w": "x", "x 2000w, b 900w, c 1200w": "b", "a 2x": "x",
	} {
		n := element(atom.Img, "src", "x", "srcset", srcset)
		if got := printed(n); got != want {
			t.Errorf("of %q: %q, want %q", srcset, got, want)
		}
	}
}

func TestTranscriptsArePutInParagraphs(t *testing.T) {
	long := strings.Repeat("parola ", 60) + "fine."
	got := transcript([]course.Cue{{From: 0, To: 2, Text: "Uno"}, {From: 2.5, To: 4, Text: "due."}, {From: 65, To: 66, Text: long}, {From: 66, To: 67, Text: "Poi."}, {From: 3700, To: 3701, Text: "Fine."}})
	want := []said{{"0:00", "Uno due."}, {"1:05", long}, {"1:06", "Poi."}, {"1:01:40", "Fine."}}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if transcript(nil) != nil {
		t.Error("something is said where nothing is")
	}
}

func TestAnyTextCanBeAStringOfCSS(t *testing.T) {
	if got := quoted("A \"b\" </style>\n\\è"); got != `"A \22 b\22  \3c \2f style\3e \a \5c \e8 "` {
		t.Error(got)
	}
}

func TestLengthsInWords(t *testing.T) {
	w, err := loadWords("it")
	if err != nil {
		t.Fatal(err)
	}
	for minutes, want := range map[int]string{1: "1 minuto", 59: "59 minuti", 60: "1 ora", 80: "1 ora e 20 minuti", 121: "2 ore e 1 minuto"} {
		if got := w.duration(minutes); got != want {
			t.Errorf("%d: %q", minutes, got)
		}
	}
	for seconds, want := range map[float64]string{0.6: "1 secondo", 59.6: "1 minuto", 125: "2 minuti e 5 secondi"} {
		if got := w.length(seconds); got != want {
			t.Errorf("%v: %q", seconds, got)
		}
	}
	if _, err := w.t("manca"); err == nil {
		t.Error("a text that is not there is no error")
	}
}
