package certificate

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sampleBooklet is a year with so many rows.
func sampleBooklet(rows int) Booklet {
	b := Booklet{
		Lang: "it", Maker: "Associazione dei Comuni", Title: "Libretto formativo 2026", Person: "Nicolò D’Àvila Òrsola", Who: "Comune di Ala · Tributi · funzionario",
		Facts: [][2]string{{"Ore svolte", "12 ore"}, {"Ore chieste", "40 ore"}, {"Stampato il", "31 dicembre 2026"}}, Caption: "Attività svolte",
		Head: []string{"Attività", "Area", "Date", "Ore", "Esito", "Prova"}, Shares: []float64{0.35, 0.19, 0.15, 0.07, 0.12, 0.12},
		Empty: "Ancora nessuna ora quest’anno", Note: "Non è un registro ufficiale.", Page: "Pagina %d di %d", Made: time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC),
	}
	for i := range rows {
		b.Rows = append(b.Rows, []string{fmt.Sprintf("Corso numero %d: contesto e leve progettuali per il cambiamento organizzativo · Associazione", i+1), "Transizione digitale", "2026-03-31", "2:57", "Completamento", ""})
	}
	return b
}

func TestABookletIsReadByPrograms(t *testing.T) {
	d, dir := drawer(t), t.TempDir()
	for rows, pages := range map[int]int{0: 1, 3: 1, 40: 3} {
		t.Run(fmt.Sprint(rows), func(t *testing.T) {
			start := time.Now()
			pdf, err := d.DrawBooklet(sampleBooklet(rows))
			t.Log("drawn in", time.Since(start))
			if err != nil {
				t.Fatal(err)
			}
			again, err := d.DrawBooklet(sampleBooklet(rows))
			if err != nil || !bytes.Equal(pdf, again) {
				t.Errorf("the same words give other bytes: %v", err)
			}
			path := filepath.Join(dir, fmt.Sprint(rows, ".pdf"))
			if err := os.WriteFile(path, pdf, 0o600); err != nil {
				t.Fatal(err)
			}
			if out := judge(t, "qpdf", "qpdf", "--check", path); strings.Contains(out, "WARNING") || !strings.Contains(out, "No syntax or stream encoding errors") {
				t.Errorf("qpdf says:\n%s", out)
			}
			info := squeeze(judge(t, "poppler-utils", "pdfinfo", path))
			for _, want := range []string{"Tagged: yes", "PDF subtype: PDF/A-2a", fmt.Sprintf("Pages: %d ", pages), "Title: Libretto formativo 2026 – Nicolò D’Àvila Òrsola"} {
				if !strings.Contains(info, want) {
					t.Errorf("pdfinfo does not say %q:\n%s", want, info)
				}
			}
			text := squeeze(judge(t, "poppler-utils", "pdftotext", path, "-"))
			tree := squeeze(judge(t, "poppler-utils", "pdfinfo", "-struct-text", path))
			for _, want := range []string{"Non è un registro ufficiale.", fmt.Sprintf("Pagina %d di %d", pages, pages)} {
				if !strings.Contains(text, want) {
					t.Errorf("the text does not say %q", want)
				}
			}
			if strings.Contains(tree, "Pagina 1") {
				t.Error("the number of the page is read as content")
			}
			if n := strings.Count(tree, " TR "); rows > 0 && (n != rows+1 || strings.Count(tree, " TH: /Scope /Column ") != 6 || !strings.Contains(tree, fmt.Sprintf("Corso numero %d:", rows))) {
				t.Errorf("%d rows are read, of %d headings:\n%.2000s", n, strings.Count(tree, " TH: "), tree)
			}
		})
	}
}

func TestABookletThatCannotBe(t *testing.T) {
	d := drawer(t)
	for name, change := range map[string]func(*Booklet){
		"no columns":   func(b *Booklet) { b.Head, b.Shares = nil, nil },
		"other shares": func(b *Booklet) { b.Shares = b.Shares[1:] },
		"too many":     func(b *Booklet) { b.Rows = make([][]string, maxBooklet+1) },
	} {
		b := sampleBooklet(1)
		change(&b)
		if _, err := d.DrawBooklet(b); err == nil {
			t.Error(name)
		}
	}
	odd := sampleBooklet(1)
	odd.Rows = [][]string{{"un\x00a", "b"}, {"a", "b", "c", "d", "e", "f", "g"}, {strings.Repeat("parola", 300)}}
	if _, err := d.DrawBooklet(odd); err != nil {
		t.Error(err)
	}
}
