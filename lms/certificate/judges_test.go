package certificate

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"aulacomune/lms"
)

// judge runs a program that this room did not write and returns what it printed.
func judge(t *testing.T, pack, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		lacking(t, program+" is missing: install Debian's package "+pack+".")
	}
	out, err := exec.Command(program, args...).Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", program, args, err, out)
	}
	return string(out)
}

// drawnFiles draws every case into a folder and gives the files by name of the case.
func drawnFiles(t *testing.T) map[string]string {
	t.Helper()
	d, dir := drawer(t), t.TempDir()
	files := map[string]string{}
	for _, c := range cases() {
		files[c.name] = filepath.Join(dir, strings.ReplaceAll(c.name, " ", "-")+".pdf")
		if err := os.WriteFile(files[c.name], draw(t, d, c.fields), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestFileIsSoundAndSaysWhatItIs(t *testing.T) {
	for name, path := range drawnFiles(t) {
		t.Run(name, func(t *testing.T) {
			if out := judge(t, "qpdf", "qpdf", "--check", path); strings.Contains(out, "WARNING") || !strings.Contains(out, "No syntax or stream encoding errors") {
				t.Errorf("qpdf says:\n%s", out)
			}
			info := squeeze(judge(t, "poppler-utils", "pdfinfo", path))
			for _, want := range []string{"Tagged: yes", "PDF subtype: PDF/A-2a", "Pages: 1 ", "(A4)", "JavaScript: no", "Metadata Stream: yes"} {
				if !strings.Contains(info, want) {
					t.Errorf("pdfinfo does not say %q:\n%s", want, info)
				}
			}
			fonts := strings.Split(strings.TrimSpace(judge(t, "poppler-utils", "pdffonts", path)), "\n")[2:]
			for _, f := range fonts {
				if !strings.Contains(squeeze(f), "CID TrueType Identity-H yes no yes") {
					t.Errorf("a font is not embedded whole with its characters: %s", f)
				}
			}
		})
	}
}

func TestMetadata(t *testing.T) {
	path := drawnFiles(t)["full"]
	info := squeeze(judge(t, "poppler-utils", "pdfinfo", "-isodates", path))
	for _, want := range []string{"Title: Attestato di partecipazione – Nicolò D’Àvila Òrsola – Smart working", "Author: ANCI Piemonte",
		"CreationDate: 2026-11-21T23:30:00Z", "ModDate: 2026-11-21T23:30:00Z"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo does not say %q:\n%s", want, info)
		}
	}
	meta := judge(t, "poppler-utils", "pdfinfo", "-meta", path)
	for _, want := range []string{"<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "<rdf:li>it-IT<", ">ANCI Piemonte<", "K7QM-4XRT-9WPD-H3<"} {
		if !strings.Contains(meta, want) {
			t.Errorf("the metadata lack %q", want)
		}
	}
}

func TestEveryFieldIsRead(t *testing.T) {
	files := drawnFiles(t)
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			plain := solid(judge(t, "poppler-utils", "pdftotext", "-raw", files[c.name], "-"))
			tags := solid(judge(t, "poppler-utils", "pdfinfo", "-struct-text", files[c.name]))
			for _, want := range fieldsOf(c.fields) {
				want = strings.TrimPrefix(want, "محمد عبد الله ") // pdftotext takes the order of these letters for that of the eye
				if !strings.Contains(plain, solid(want)) {
					t.Errorf("the text does not say %q", want)
				}
				// pdfinfo shows what is drawn, and not the text that goes along with characters that the font lacks
				if c.name != "strange" && !strings.Contains(tags, solid(want)) {
					t.Errorf("the structure tree does not say %q", want)
				}
			}
		})
	}
}

// fieldsOf lists what a certificate must say.
func fieldsOf(p lms.Printed) []string {
	p = cleaned(p)
	fields := append([]string{p.Title, p.Issuer, p.Person, p.Organisation, p.Role, p.Course, p.EditionHash, p.Programme, p.Mode, p.Result,
		p.Number, p.Place, p.Signatory, p.SignatoryAs, string(p.Code), p.Verify, p.Privacy, p.Fiscal}, p.Modules...)
	switch {
	case p.What != lms.OccasionWebinar:
	case p.Lang == "en":
		fields = append(fields, "attended the webinar", "Hours attended")
	default:
		fields = append(fields, "ha partecipato al webinar", "Ore di presenza", "codice fiscale")
	}
	switch {
	case p.Planned == 0:
	case p.Lang == "en":
		fields = append(fields, "1 hour and 1 minute of 7 hours planned", "from 3 November 2026 to 22 November 2026", "Torino, 22 November 2026")
	default:
		fields = append(fields, "6 ore e 30 minuti su 7 ore previste", "dal 3 novembre 2026 al 22 novembre 2026", ", 22 novembre 2026")
	}
	if p.Edition > 0 {
		fields = append(fields, fmt.Sprint(p.Edition, " · "))
	}
	return fields
}

// squeeze makes every run of blanks one space; solid drops them, for a text that was cut into lines anywhere.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
func solid(s string) string   { return strings.Join(strings.Fields(s), "") }

func TestTags(t *testing.T) {
	tree := judge(t, "poppler-utils", "pdfinfo", "-struct-text", drawnFiles(t)["full"])
	var got []string
	for line := range strings.Lines(tree) {
		line = strings.TrimSpace(line)
		if tag, _, _ := strings.Cut(line, " "); tag != "" && !strings.ContainsAny(tag[:1], `"/`) {
			got = append(got, strings.TrimSuffix(tag, ":"))
		}
	}
	fact, module := " LI Lbl LBody", " LI Lbl LBody"
	want := "Document P H1 P P P P P L" + strings.Repeat(fact, 6) + " H2 P H2 L" + strings.Repeat(module, 6) +
		" P P P P Figure P P P P Link Object P"
	if have := strings.Join(got, " "); have != want {
		t.Errorf("the tree is\n%s\nwant\n%s", have, want)
	}
}

func TestCodeLeadsToVerification(t *testing.T) {
	files := drawnFiles(t)
	for _, c := range cases() {
		if c.fields.Verify == "" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			image := strings.TrimSuffix(files[c.name], ".pdf")
			judge(t, "poppler-utils", "pdftoppm", "-singlefile", "-gray", "-r", "150", files[c.name], image)
			got := strings.TrimSpace(judge(t, "zbar-tools", "zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", image+".pgm"))
			if got != c.fields.Verify {
				t.Errorf("the code says %q, want %q", got, c.fields.Verify)
			}
		})
	}
}

// TestStandards asks veraPDF, the reference judge of PDF/A and PDF/UA.
func TestStandards(t *testing.T) {
	jars := os.Getenv("AULA_TEST_VERAPDF")
	if jars == "" {
		lacking(t, "veraPDF is missing: copy org.verapdf.apps:greenfield-apps with its dependencies into a folder with Maven, and name it in AULA_TEST_VERAPDF.")
	}
	files := drawnFiles(t)
	for _, flavour := range []string{"2a", "ua1"} {
		args := []string{"-cp", filepath.Join(jars, "*"), "org.verapdf.apps.GreenfieldCliWrapper", "-f", flavour, "--format", "text", "-v"}
		for _, path := range files {
			args = append(args, path)
		}
		out := judge(t, "default-jre-headless", "java", args...)
		for name, path := range files {
			if !strings.Contains(out, "PASS "+path+" "+flavour) {
				t.Errorf("%s does not conform to %s:\n%s", name, flavour, out)
			}
		}
	}
}
