package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/studio"
)

// draftObjects is how many objects the draft has that is opened in the studio.
const draftObjects = 1000

// measureStudio opens an object of a large draft in the editor, first after a start and again, and asks for previews of a text of 1,000 words.
func measureStudio(ctx context.Context, o options) error {
	dir := filepath.Join(o.dir, "studio")
	editor, secret, err := seedDraft(ctx, dir)
	if err != nil {
		return fmt.Errorf("seed a draft: %w", err)
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	base := fmt.Sprintf("http://127.0.0.1:%d", port)
	stop, err := start(ctx, exec.CommandContext(ctx, o.aula, "serve", "--data", dir, "--listen", strings.TrimPrefix(base, "http://"), "--url", publicURL), strings.TrimPrefix(base, "http://"))
	if err != nil {
		return err
	}
	defer stop()
	if err := firstPage(ctx, base); err != nil {
		return err
	}
	a := author{base, editor, secret}
	first, page, err := a.open(ctx)
	if err != nil {
		return err
	}
	again, err := medianTime(func() (time.Duration, error) {
		took, _, err := a.open(ctx)
		return took, err
	})
	if err != nil {
		return err
	}
	csrf := regexp.MustCompile(`name="csrf" value="([0-9a-f]+)"`).FindStringSubmatch(page)
	if csrf == nil {
		return errors.New("the editor's page has no form")
	}
	n := 0
	preview, err := medianTime(func() (time.Duration, error) {
		n++
		return a.preview(ctx, csrf[1], draftText(7, 1000)+fmt.Sprintf("\nVolta %d.\n", n))
	})
	if err != nil {
		return err
	}
	fmt.Printf("The editor of a draft of %d objects: %s after a start, %s again (goal ≤ 300 ms); a preview of 1,000 words: %s (goal ≤ 150 ms)\n\n",
		draftObjects, first.Round(time.Millisecond), again.Round(time.Millisecond), preview.Round(100*time.Microsecond))
	return nil
}

// medianTime is the median of some times.
func medianTime(measure func() (time.Duration, error)) (time.Duration, error) {
	var all []time.Duration
	for range 21 {
		took, err := measure()
		if err != nil {
			return 0, err
		}
		all = append(all, took)
	}
	slices.Sort(all)
	return all[len(all)/2], nil
}

// author is somebody with an object open in the studio.
type author struct {
	base, editor, secret string
}

func (a author) open(ctx context.Context) (time.Duration, string, error) {
	return a.ask(ctx, http.MethodGet, a.editor, nil)
}

func (a author) preview(ctx context.Context, csrf, text string) (time.Duration, error) {
	took, answer, err := a.ask(ctx, http.MethodPost, strings.Replace(a.editor, "/scrivi?", "/anteprima?", 1), url.Values{"csrf": {csrf}, "text": {text}})
	if err == nil && !strings.Contains(answer, `"html"`) {
		err = fmt.Errorf("no preview: %.200s", answer)
	}
	return took, err
}

func (a author) ask(ctx context.Context, method, path string, form url.Values) (time.Duration, string, error) {
	req, err := http.NewRequestWithContext(ctx, method, a.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Cookie", "aula="+a.secret)
	req.Header.Set("Accept", "text/html, application/json")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", publicURL)
	}
	began := time.Now()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %s", method, path, res.Status)
	}
	return time.Since(began), string(b), err
}

// seedDraft makes an installation with a large draft; editor is the address of one of its objects.
func seedDraft(ctx context.Context, dir string) (editor, secret string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", "", err
	}
	house, err := wiring.Open(ctx, wiring.Options{Data: dir, URL: publicURL})
	if err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, house.Close()) }()
	if _, err := house.School.Organisations.Add(ctx, lms.Organisation{ID: "ente", Name: "Ente di misura"}, ""); err != nil {
		return "", "", err
	}
	p, err := house.School.People.InstallActivated(ctx, lms.NewPerson{Login: "autore", Given: "Autore", Family: "Prova", Organisation: "ente", Role: lms.Author}, "")
	if err != nil {
		return "", "", err
	}
	archive, err := draftArchive()
	if err != nil {
		return "", "", err
	}
	in, err := house.Studio.Import(ctx, lms.ActorOf(p, time.Now(), lms.Everything), "", archive)
	if err != nil {
		return "", "", err
	}
	secret, err = house.School.Accounts.Enter(ctx, "autore")
	return "/studio/" + string(in.Draft.ID) + "/scrivi?file=" + url.QueryEscape(draftPath(7)), secret, err
}

func draftPath(i int) string { return fmt.Sprintf("modulo-%02d/oggetto-%04d.md", i/100, i) }

// draftText is an object of so many words.
func draftText(i, words int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\nid: oggetto-%d\ntitle: Oggetto %d\nkind: reading\nminutes: 5\nobjectives:\n  - Capire il punto %d\ncomplete:\n  read: true\n---\n", i, i, i)
	for n := 0; n < words; n += 20 {
		if n%200 == 0 {
			fmt.Fprintf(&b, "\n## Parte %d\n", n/200+1)
		}
		fmt.Fprintf(&b, "\nIl comune scrive un avviso chiaro, con parole **semplici** e frasi brevi. Chi legge capisce che cosa fare, e quando (%d).\n", n)
	}
	return b.String()
}

func draftArchive() (studio.Archive, error) {
	var b, manifest bytes.Buffer
	z := zip.NewWriter(&b)
	manifest.WriteString("slug: corso-grande\ntitle: Corso grande\nsummary: Mille oggetti.\nminutes: 5000\nobjectives:\n  - Misurare lo studio\nmodules:\n")
	for i := range draftObjects {
		if i%100 == 0 {
			fmt.Fprintf(&manifest, "  - id: modulo-%d\n    folder: modulo-%02d\n    title: Modulo %d\n", i/100, i/100, i/100+1)
		}
		if err := put(z, draftPath(i), draftText(i, 300)); err != nil {
			return studio.Archive{}, err
		}
	}
	err := errors.Join(put(z, "course.yaml", manifest.String()), z.Close())
	return studio.Archive{Body: bytes.NewReader(b.Bytes()), Size: int64(b.Len())}, err
}

func put(z *zip.Writer, name, text string) error {
	w, err := z.Create(name)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}
