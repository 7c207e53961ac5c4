package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/course"
	"aulacomune/lms/export"
)

type exportCmd struct {
	place
	Edition string `arg:"" help:"A course here, or one of its editions: smart-working, smart-working@2."`
	As      string `help:"folder, zip (the same folder, packed) or page (one HTML file to print)." enum:"folder,zip,page" default:"folder"`
	Out     string `help:"Where to write it; without it, a name made of course and edition. A folder must be new or empty, a file must not be there." short:"o" type:"path"`
	URL     string `help:"Public address of this installation: copies then say where the online course is." env:"AULA_URL"`
}

// Help teaches by example.
func (exportCmd) Help() string {
	return "For example:\n\n    aula export privacy --as zip\n    aula export privacy@2 --as page -o privacy.html --url https://corsi.example.it\n    aula export privacy -o /media/chiavetta/privacy\n\n" +
		"The folder opens with a double click on index.html, without network or server: readings, videos with captions, transcripts, glossary. The page\n" +
		"holds the whole course, pictures included, to be printed or made a PDF by any browser. Questions are exercises there: right answers stay here.\n" +
		"The same edition gives the same bytes."
}

// Run exports an edition of this machine's data.
func (c *exportCmd) Run(ctx context.Context) error {
	slug, number, err := parseEdition(c.Edition)
	if err != nil {
		return err
	}
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return err
	}
	defer house.Close()
	o, err := house.Exporter.Edition(ctx, slug, number)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Edition, err)
	}
	o.Address = ""
	if c.URL != "" {
		o.Address = strings.TrimSuffix(c.URL, "/") + "/corsi/" + string(slug)
	}
	written, err := c.write(ctx, house, o)
	if err != nil {
		return err
	}
	fmt.Printf("%s: edition %d written to %s\n", slug, o.Edition.Number, written)
	return nil
}

// parseEdition reads "slug" or "slug@2".
func parseEdition(name string) (course.Slug, int, error) {
	slug, number, numbered := strings.Cut(name, "@")
	if !numbered {
		return course.Slug(slug), 0, nil
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return "", 0, fmt.Errorf("%q is no edition: write smart-working, or smart-working@2", name)
	}
	return course.Slug(slug), n, nil
}

// write writes the form that was asked for, and says where.
func (c *exportCmd) write(ctx context.Context, house *wiring.House, o export.Outgoing) (string, error) {
	form := export.Folder
	if c.As == "page" {
		form = export.Page
	}
	p, err := house.Exporter.Pack(ctx, o, form)
	if err != nil {
		return "", err
	}
	out := c.Out
	if out == "" {
		out = p.Name
	}
	if c.As == "folder" {
		out = strings.TrimSuffix(out, ".zip")
		return out, writeFolder(out, func(create func(string) (io.WriteCloser, error)) error {
			return house.Exporter.Unpacked(ctx, o, create)
		})
	}
	return out, writeNew(out, func(w io.Writer) error { return p.Write(ctx, w) })
}

// writeFolder fills a folder that is new or empty.
func writeFolder(dir string, fill func(create func(name string) (io.WriteCloser, error)) error) error {
	there, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(there) > 0 {
		return fmt.Errorf("%s is not empty: choose another folder with -o", dir)
	}
	return fill(func(name string) (io.WriteCloser, error) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	})
}

// writeNew writes a file that was not there. One that could not be finished is taken away again.
func writeNew(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: choose another name with -o", name)
	}
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}
