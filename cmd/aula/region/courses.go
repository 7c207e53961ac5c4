package region

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms/ledger"
)

// subject is what a made-up course is about.
type subject struct {
	slug, title string
	area        ledger.AreaID
	minutes     int
}

func subjects() []subject {
	return []subject{
		{"accesso-agli-atti", "Accesso agli atti", "amministrativa", 120},
		{"anticorruzione", "Prevenzione della corruzione", "obbligatoria", 120},
		{"appalti-in-pratica", "Appalti in pratica", "amministrativa", 300},
		{"bilancio-dell-ente", "Il bilancio dell’ente", "specialistica", 240},
		{"comunicare-con-i-cittadini", "Comunicare con i cittadini", "trasversali", 180},
		{"documenti-accessibili", "Documenti accessibili", "digitale", 180},
		{"etica-pubblica", "Etica pubblica", "valori", 60},
		{"identita-digitale", "Identità digitale e servizi in rete", "digitale", 240},
		{"lavorare-in-gruppo", "Lavorare in gruppo", "trasversali", 180},
		{"protezione-dei-dati", "Protezione dei dati personali", "obbligatoria", 120},
		{"sicurezza-informatica", "Sicurezza informatica", "digitale", 240},
		{"transizione-ecologica", "La transizione ecologica nel comune", "ecologica", 180},
	}
}

const (
	modules = 2
	objects = 3 // of a module
)

// publish publishes the courses, as their author would, and says which area each is about.
func (f *filler) publish(ctx context.Context) error {
	all := subjects()
	for i, s := range all {
		files, err := s.folder()
		if err != nil {
			return err
		}
		from, err := wiring.ReadSource(ctx, files)
		if err != nil {
			return err
		}
		p, err := wiring.PublishHere(ctx, f.house.School, f.admin, from, wiring.Note{Organisation: Root, Text: "Prima pubblicazione"})
		if err != nil {
			return fmt.Errorf("course %s: %w: %v", s.slug, err, p.Findings)
		}
		c, err := f.house.School.Library.Open(ctx, p.Edition.Hash)
		if err != nil {
			return err
		}
		if err := f.house.Ledger.MapCourse(ctx, f.admin, Root, c.Slug, s.area); err != nil {
			return err
		}
		f.courses = append(f.courses, c)
		f.told("courses", i+1, len(all))
	}
	f.made.Courses = len(all)
	return nil
}

// folder is the course as its author would write it: texts to be read.
func (s subject) folder() (*zip.Reader, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	each := s.minutes / (modules * objects)
	manifest := fmt.Sprintf("slug: %s\ntitle: %q\nsummary: \"Un corso inventato, per misurare.\"\nlang: it\nprogramme: \"Letture.\"\naudience: \"Chi misura.\"\nminutes: %d\nobjectives:\n  - \"Leggere\"\nmodules:\n",
		s.slug, s.title, each*modules*objects)
	files := map[string]string{}
	for m := range modules {
		folder := fmt.Sprintf("%02d-parte", m+1)
		manifest += fmt.Sprintf("  - id: parte-%d\n    folder: %s\n    title: \"Parte %d\"\n", m+1, folder, m+1)
		for o := range objects {
			files[fmt.Sprintf("%s/%02d-lettura.md", folder, o+1)] = fmt.Sprintf(
				"---\nid: lettura-%d-%d\ntitle: \"Lettura %d.%d\"\nkind: reading\nminutes: %d\nobjectives:\n  - \"Leggere\"\ncomplete:\n  read: true\n---\n\nUn testo inventato su «%s».\n", m+1, o+1, m+1, o+1, each, s.title)
		}
	}
	files["course.yaml"] = manifest
	for name, text := range files {
		w, err := z.Create(name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(text)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
}
