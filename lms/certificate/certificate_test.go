package certificate

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
)

// strict tells whether a missing tool or font is a failure, as it is where the gate runs.
func strict() bool { return os.Getenv("AULA_TEST_STRICT") == "1" }

// lacking skips a test for want of something, or fails it in strict mode.
func lacking(t testing.TB, sentence string) {
	t.Helper()
	if strict() {
		t.Fatal(sentence)
	}
	t.Skip(sentence)
}

// drawer makes a Drawer with the fonts of the npm packages, or of the folder AULA_TEST_FONTS.
func drawer(t testing.TB) *Drawer {
	t.Helper()
	return New(Fonts{Regular: font(t, "regular"), Bold: font(t, "700")})
}

func font(t testing.TB, weight string) []byte {
	t.Helper()
	name := "titillium-web-v10-latin-ext_latin-" + weight + ".ttf"
	for _, dir := range []string{"../../node_modules/bootstrap-italia/dist/fonts/Titillium_Web", os.Getenv("AULA_TEST_FONTS")} {
		if b, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
			return b
		}
	}
	lacking(t, "The fonts are missing: run npm ci, or name their folder in AULA_TEST_FONTS.")
	return nil
}

// sample is a certificate with every field.
func sample() lms.Printed {
	return lms.Printed{
		Lang: "it", Title: "Attestato di partecipazione", Issuer: "ANCI Piemonte", Person: "Nicolò D’Àvila Òrsola",
		Organisation: "Comune di Santa Vittoria d’Alba", Role: "funzionaria",
		Course:  "Smart working: contesto e leve progettuali per il cambiamento organizzativo delle PA",
		Edition: 2, EditionHash: "3f9a0c12ab77",
		Programme: "Direttiva del 14 gennaio 2025 – competenze per la transizione amministrativa; «lavorare per obiettivi»",
		Modules: []string{"Che cos’è lo smart working", "Le norme e l’accordo individuale", "Lavorare per obiettivi",
			"Gli strumenti e la sicurezza", "La leadership e la fiducia", "Progettare il cambiamento nell’ente"},
		Minutes: 390, Planned: 420, Mode: "e-learning asincrono",
		From: time.Date(2026, 11, 3, 8, 0, 0, 0, time.UTC), To: time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC),
		Result: "28 risposte esatte su 30", Number: "12/2026", Place: "Torino", Issued: time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC),
		Signatory: "Maria Bianchi", SignatoryAs: "Direttrice", Code: "K7QM-4XRT-9WPD-H3",
		Verify:  "https://corsi.example.it/verifica/K7QM-4XRT-9WPD-H3",
		Privacy: "I dati personali sono trattati da ANCI Piemonte ai sensi del Regolamento (UE) 2016/679, solo per rilasciare e verificare l’attestato.",
	}
}

// long is a text of n characters, made of words.
func long(words string, n int) string {
	r := []rune(strings.Repeat(words+" ", n/len(words)+1))
	return strings.TrimSpace(string(r[:n-1])) + "."
}

// printed is one certificate that the tests draw.
type printed struct {
	name   string
	fields lms.Printed
}

// cases are the certificates that every judge sees.
func cases() []printed {
	variant := func(name string, change func(p *lms.Printed)) printed {
		p := sample()
		change(&p)
		return printed{name, p}
	}
	return []printed{
		{"full", sample()},
		variant("english", func(p *lms.Printed) {
			p.Lang, p.Title, p.Mode, p.Minutes, p.Planned = "en", "Certificate of attendance", "self-paced e-learning", 61, 420
			p.Result = "28 right answers out of 30"
		}),
		variant("webinar", func(p *lms.Printed) {
			p.What, p.Course, p.Fiscal, p.Mode, p.Minutes, p.Planned = lms.OccasionWebinar, "Lavorare per obiettivi: esperienze a confronto", "DVLNCL80A01F205X", "webinar in diretta", 390, 420
			p.Edition, p.EditionHash, p.Modules, p.Result = 0, "", nil, ""
		}),
		variant("webinar in English", func(p *lms.Printed) {
			p.What, p.Lang, p.Title, p.Course, p.Mode, p.Minutes, p.Planned = lms.OccasionWebinar, "en", "Certificate of attendance", "Working by objectives", "live webinar", 61, 420
			p.Edition, p.EditionHash, p.Modules, p.Result = 0, "", nil, ""
		}),
		{"bare", lms.Printed{Lang: "it", Title: "Attestato di partecipazione", Issuer: "Comune di Alba", Person: "Li Po"}},
		{"nothing", lms.Printed{}},
		variant("long", lengthen),
		variant("long and many", func(p *lms.Printed) {
			lengthen(p)
			p.Programme = long("Direttiva del 14 gennaio 2025 – competenze per la transizione", 1200)
			for range 18 {
				p.Modules = append(p.Modules, long("Le leve del cambiamento", 120))
			}
		}),
		variant("unbroken", func(p *lms.Printed) {
			p.Person, p.Course, p.Organisation = strings.Repeat("W", 200), strings.Repeat("m", 200), strings.Repeat("Q", 200)
			p.Modules = []string{strings.Repeat("x", 200), strings.Repeat("W", 200)}
			p.Verify = "https://corsi.example.it/" + strings.Repeat("percorso-lungo/", 12) + "K7QM-4XRT-9WPD-H3"
		}),
		variant("strange", func(p *lms.Printed) {
			p.Person, p.Course = "محمد عبد الله Łukasz Nguyễn 李小龙 😀", "Zero\u0000 \u202eassor\u202c (parentesi) \\ <b>&amp; \ufeff\xff fine"
			p.Organisation, p.Modules = "Δήμος Αθηναίων", []string{"Модуль первый", "e\u0301 composta", "\u200b", "🇮🇹👩‍💻"}
		}),
	}
}

// lengthen makes every text as long as a form lets it be.
func lengthen(p *lms.Printed) {
	p.Title = long("Attestato di partecipazione e di superamento", 200)
	p.Issuer = long("Unione dei Comuni della Valle", 200)
	p.Person = long("Maria Antonietta Bernardini Quaglia", 200)
	p.Organisation = long("Comune di San Giovanni Valdarno", 200)
	p.Role = long("istruttrice amministrativa contabile", 200)
	p.Course = long("Organizzare il lavoro agile nelle amministrazioni", 200)
	p.Programme = long("Competenze per la transizione digitale", 200)
	p.Mode = long("e-learning asincrono con seminari in diretta", 200)
	p.Result = long("28 risposte esatte su 30", 200)
	p.Place = long("Reggio nell’Emilia", 200)
	p.Signatory = long("Maria Giovanna Bianchi Rossi", 200)
	p.SignatoryAs = long("direttrice generale dell’associazione", 200)
	p.Privacy = long("I dati personali sono trattati per rilasciare l’attestato", 200)
	p.Modules = nil
	for range 12 {
		p.Modules = append(p.Modules, long("Le leve progettuali del cambiamento organizzativo", 200))
	}
}

func draw(t testing.TB, d *Drawer, p lms.Printed) []byte {
	t.Helper()
	b, err := d.Draw(p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSameFieldsSameBytes(t *testing.T) {
	first, second := drawer(t), drawer(t)
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := draw(t, first, c.fields)
			for _, d := range []*Drawer{first, second} {
				if !bytes.Equal(draw(t, d, c.fields), want) {
					t.Error("the bytes differ")
				}
			}
			other := c.fields
			other.Person += " Rossi"
			if bytes.Equal(draw(t, first, other), want) {
				t.Error("another person has the same bytes")
			}
		})
	}
}

func TestDrawIsThePort(t *testing.T) {
	var port lms.DrawCertificate = drawer(t).Draw
	if _, err := port(sample()); err != nil {
		t.Error(err)
	}
}

func TestDrawRefuses(t *testing.T) {
	good := drawer(t)
	tooLong := sample()
	tooLong.Programme = strings.Repeat("parola ", 20_000)
	tooFar := sample()
	tooFar.Verify = "https://corsi.example.it/" + strings.Repeat("a", 4000)
	for _, c := range []struct {
		name, want string
		drawer     *Drawer
		fields     lms.Printed
	}{
		{"no font", "the regular font: not a TrueType file", New(Fonts{}), sample()},
		{"half a font", "the bold font: a table of the font lies past its end", New(Fonts{font(t, "regular"), font(t, "700")[:20_000]}), sample()},
		{"more words than a page holds", "do not fit on one page", good, tooLong},
		{"an address that no code holds", "the code of", good, tooFar},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := c.drawer.Draw(c.fields); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func BenchmarkDraw(b *testing.B) {
	d := drawer(b)
	for _, c := range cases() {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := d.Draw(c.fields); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
